"""Simulated participants: as many phones as wanted, speaking plain HTTP over connections they keep, from one thread.

They do what the page's script does: send a vote with a token of its own, and send it again, the same, until it is
acknowledged. What was acknowledged is written down, to be looked for in the store.
"""

import asyncio
import json
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from example import the_example
from mcda.scenario import Scenario
from mcda.workshop.contents import RoundOpened, Shown
from mcda.workshop.desk import Desk, Opening
from mcda.workshop.events import Event
from mcda.workshop.store import open_store
from mcda.workshop.store.clock import days_from_now, this_moment

AGAIN_S = 0.05
"""Pause of a phone between two tries; the page's script waits longer."""
CRITERIA = ("relevance", "feasibility", "cost", "funding")
BROKEN = (OSError, EOFError, ValueError)
"""How a connection to a killed server ends: refused, reset, cut off in mid-sentence."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A room with an open swing round on the screen: code, facilitator's key, number of the round."""

    code: str
    key: str
    round: int


def open_meeting(database: str, view: Any = "progress") -> Meeting:
    """A room on the example, its first question asked and its progress on the projector."""
    store = open_store(database)
    desk = Desk(store, this_moment)
    code, key = desk.open_room(the_example(), Scenario(), Opening("Sitzung"), days_from_now(30))
    asked = RoundOpened(kind="weights", asked="swing")
    opened = desk.act(code, "facilitator", "facilitator", "round_opened", asked)
    desk.act(code, "facilitator", "facilitator", "shown", Shown(view=view))
    store.close()
    return Meeting(code, key, opened.seq)


def stored_events(database: str, code: str) -> tuple[Event, ...]:
    """The room's log as the database holds it."""
    store = open_store(database)
    row = store.room(code)
    events = store.records(row.id) if row else ()
    store.close()
    return events


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line:
    """A connection that is opened when it is needed and kept until it breaks."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, fields: Mapping[str, str] | None = None, accept: str = "text/html") -> Answer:
        """Send a request (a form where there are fields) and take its answer. Raises one of BROKEN."""
        if self._reader is not None and self._reader.at_eof():  # hung up meanwhile for want of talk, as servers do
            await self.close()
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        assert self._reader is not None
        try:
            self._writer.write(_request(self._port, path, fields, accept))
            await self._writer.drain()
            answer = await _answer(self._reader)
        except BROKEN:
            await self.close()
            raise
        if answer.headers.get("connection") == "close":
            await self.close()
        return answer

    async def close(self) -> None:
        """Hang up."""
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.close()
            with suppress(*BROKEN):
                await writer.wait_closed()


def _request(port: int, path: str, fields: Mapping[str, str] | None, accept: str) -> bytes:
    body = urlencode(fields or {}).encode()
    method = "GET" if fields is None else "POST"
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\n"
    if fields is not None:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return int(lines[0].split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _answer(reader: asyncio.StreamReader) -> Answer:
    status, headers = await _head(reader)
    if headers.get("transfer-encoding") != "chunked":
        return Answer(status, headers, await reader.readexactly(int(headers.get("content-length", "0"))))
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return Answer(status, headers, body)


async def messages(port: int, path: str) -> AsyncIterator[dict[str, Any]]:
    """The messages of a stream until it ends or breaks."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_request(port, path, None, "text/event-stream"))
        status, _ = await _head(reader)
        if status != 200:
            raise RuntimeError(f"the stream answered {status}")
        while line := await reader.readline():
            if line.startswith(b"data:"):
                yield json.loads(line[5:])
    finally:
        writer.close()


@dataclass(slots=True)
class Vote:
    """A vote as it was sent, and, once acknowledged, where the server says it is stored."""

    participant: str
    token: str
    points: Mapping[str, float]
    sent_at: float = 0.0
    took: float = 0.0
    tries: int = 0
    last_try: str = ""
    seq: int = 0


@dataclass(slots=True)
class Phone:
    """One participant: line, address of the own page, and every vote sent."""

    line: Line
    page: str = ""
    votes: list[Vote] = field(default_factory=list)


async def join(port: int, code: str, home: str = "") -> Phone:
    """Join by code until it has worked, with one token; the phone then shows its own page."""
    phone, token = Phone(Line(port)), secrets.token_urlsafe(12)
    said = {"role": "Rat", "municipality": home, "token": token}
    answer = await insist(phone.line, f"/w/{code}", said, "text/html", 303)
    phone.page = answer.headers["location"]
    return phone


async def vote(phone: Phone, number: int, asked: int, now: Callable[[], float]) -> Vote:
    """Answer the swing round with points no other vote has, until it is acknowledged."""
    points = dict(zip(CRITERIA, (100.0, number % 1000 / 10, number // 1000 % 1000 / 10, 50.0), strict=True))
    cast = Vote(phone.page, secrets.token_urlsafe(12), points, now())
    phone.votes.append(cast)
    said = {"round": str(asked), "token": cast.token} | {f"points.{name}": f"{p:g}" for name, p in points.items()}
    answer = await insist(phone.line, f"{phone.page}/vote", said, "application/json", 200, cast)
    cast.took, cast.seq = now() - cast.sent_at, int(json.loads(answer.body)["seq"])
    return cast


async def insist(
    line: Line, path: str, fields: Mapping[str, str], accept: str, expected: int, cast: Vote | None = None
) -> Answer:
    """Send the same again until it is answered as expected; only a broken line or 503 is a reason to try again."""
    while True:
        if cast is not None:
            cast.tries, cast.last_try = cast.tries + 1, this_moment()
        try:
            answer = await line.ask(path, fields, accept)
        except BROKEN:
            await asyncio.sleep(AGAIN_S)
            continue
        if answer.status == expected:
            return answer
        if answer.status != 503:
            raise RuntimeError(f"{path} answered {answer.status}: {answer.body.decode()[:300]}")
        await asyncio.sleep(AGAIN_S)


@dataclass(frozen=True, slots=True)
class Account:
    """Votes acknowledged, and of these those not found where they were said to be; stored twice; stored unasked.

    `resent`: acknowledged only at a second try or later. `kept`: of these, stored at an earlier one, whose answer was
    lost. `changed`: found, but not as sent.
    """

    acknowledged: int
    lost: int
    doubled: int
    changed: int
    strange: int
    resent: int
    kept: int


def account(events: Sequence[Event], phones: Sequence[Phone]) -> Account:
    """What became of the votes of these phones."""
    votes = [cast for phone in phones for cast in phone.votes]
    held = [event for event in events if event.kind == "voted"]
    by_token = {event.token: event for event in held}
    said = {event.seq: json.loads(event.content) for event in held}
    known = [cast for cast in votes if cast.seq]
    found = [cast for cast in known if cast.token in by_token and by_token[cast.token].seq == cast.seq]
    changed = sum(said[cast.seq]["points"] != cast.points for cast in found)
    twice = Counter((said[e.seq]["participant"], json.dumps(said[e.seq]["points"], sort_keys=True)) for e in held)
    tokens = Counter(event.token for event in held)
    doubled = max(sum(twice.values()) - len(twice), sum(tokens.values()) - len(tokens))
    strange = len(set(by_token) - {cast.token for cast in votes})
    resent = [cast for cast in known if cast.tries > 1]
    kept = sum(by_token[cast.token].at < cast.last_try for cast in resent if cast.token in by_token)
    return Account(len(known), len(known) - len(found), doubled, changed, strange, len(resent), kept)


def added(one: Account, other: Account) -> Account:
    """Two accounts in one."""
    names = Account.__dataclass_fields__
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in names})


def seq_of_view(body: bytes) -> int:
    """Up to which event a projector's view goes."""
    found = re.search(rb'data-seq="(\d+)"', body)
    return int(found[1]) if found else 0
