"""Servers killed, databases busy, full and gone: what was acknowledged stays, what was not is told, nothing is half."""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import event as hooks
from starlette.applications import Starlette
from starlette.testclient import TestClient

import postgres
from mcda.locale import text
from mcda.ui.workshop.place import Place
from mcda.ui.workshop.routes import workshop_routes
from mcda.workshop.desk import Desk
from mcda.workshop.events import broken_links
from mcda.workshop.fold import fold
from mcda.workshop.store import open_store
from mcda.workshop.store.clock import this_moment
from phones import CRITERIA, Account, Meeting, Phone, account, join, open_meeting, stored_events, vote
from serving import Server, make_room_on_disk

KILLS = 3
PEOPLE = 6
AS_JSON = {"Accept": "application/json"}
AS_PAGE = {"Accept": "text/html"}


# A killed server


async def voted_through_kills(server: Server, meeting: Meeting, kills: int) -> list[Phone]:
    """Everybody votes without a pause while the server is killed after this or that vote was sent."""
    draw, over, number, sent = random.Random(3), asyncio.Event(), count(), asyncio.Queue[None]()
    phones = list(await asyncio.gather(*(join(server.port, meeting.code) for _ in range(PEOPLE))))

    async def vote_on(phone: Phone) -> None:
        while not over.is_set():
            sent.put_nowait(None)
            await vote(phone, next(number), meeting.round, lambda: 0.0)
        await phone.line.close()

    voting = [asyncio.create_task(vote_on(phone)) for phone in phones]
    for _ in range(kills):
        for _ in range(draw.randrange(sent.qsize(), sent.qsize() + 25)):
            await sent.get()
        server.kill()
        await asyncio.to_thread(server.start)
    over.set()
    await asyncio.gather(*voting)
    return phones


def test_a_killed_server_has_lost_no_acknowledged_vote_and_doubled_none(store_url: str) -> None:
    meeting = open_meeting(store_url)
    server = Server(store_url).start()
    try:
        phones = asyncio.run(voted_through_kills(server, meeting, KILLS))
    finally:
        server.kill()
    events = stored_events(store_url, meeting.code)
    known = account(events, phones)
    assert known == Account(known.acknowledged, 0, 0, 0, 0, known.resent, known.kept)
    assert known.resent > 0
    assert broken_links(events) == ()
    held = fold(events).rounds[meeting.round].votes
    assert len(held) == PEOPLE
    assert {vote.seq for vote in held.values()} == {phone.votes[-1].seq for phone in phones}


def test_a_disk_that_fills_up_under_a_running_server_costs_nothing_acknowledged(sqlite_url: str) -> None:
    meeting = open_meeting(sqlite_url)
    server = Server(sqlite_url).start(largest_file=300_000)
    told: list[dict[str, Any]] = []

    async def vote_until_full() -> None:
        phone = await join(server.port, meeting.code)
        for number in count():
            said = fields_of(meeting, f"t{number}", number % 100)
            answer = await phone.line.ask(f"{phone.page}/vote", said, "application/json")
            told.append({"status": answer.status, "token": f"t{number}", "words": answer.body.decode()})
            if answer.status == 503:
                break
        make_room_on_disk(server)
        answer = await phone.line.ask(f"{phone.page}/vote", said, "application/json")
        told.append({"status": answer.status, "token": f"t{number}", "words": ""})
        await phone.line.close()

    try:
        asyncio.run(vote_until_full())
    finally:
        server.kill()
    assert [one["status"] for one in told[-2:]] == [503, 200]
    assert "kein Speicherplatz" in told[-2]["words"]
    events = stored_events(sqlite_url, meeting.code)
    assert broken_links(events) == ()
    acknowledged = [one["token"] for one in told if one["status"] == 200]
    assert [e.token for e in events if e.kind == "voted"] == acknowledged


# Databases that are busy, full, gone


@dataclass(frozen=True, slots=True)
class Inside:
    """The application in this process on a room with an open round, one participant and that person's page."""

    place: Place
    meeting: Meeting
    client: TestClient
    page: str

    def vote(self, token: str, points: float = 40, headers: dict[str, str] = AS_JSON) -> Any:
        """The answer to a vote."""
        said = fields_of(self.meeting, token, points)
        return self.client.post(f"{self.page}/vote", data=said, headers=headers, follow_redirects=False)

    def stored(self) -> list[str]:
        """The tokens of all events but the facilitator's."""
        url = self.place._url or ""
        return [e.token for e in stored_events(url, self.meeting.code) if e.role == "participant"]


def fields_of(meeting: Meeting, token: str, points: float) -> dict[str, str]:
    """A swing vote as a form sends it."""
    values = zip(CRITERIA, (100, points, 20, 10), strict=True)
    return {"round": str(meeting.round), "token": token} | {f"points.{k}": f"{v:g}" for k, v in values}


@contextmanager
def inside(url: str) -> Iterator[Inside]:
    """The application on a store that waits a tenth of a second for others."""
    meeting = open_meeting(url)
    place = Place(url)
    place._desk = Desk(open_store(url, patience=100), this_moment)
    with TestClient(
        Starlette(routes=workshop_routes(lambda: place)), headers={"Sec-Fetch-Site": "same-origin"}
    ) as client:
        joined = client.post(f"/w/{meeting.code}", data={"token": "j", "role": "Rat"}, follow_redirects=False)
        client.cookies.clear()  # who joins next is somebody else
        yield Inside(place, meeting, client, joined.headers["location"])
    place._desk.store.close()


def assert_told(answer: Any, words: str) -> None:
    """Not saved, why not, and to try again."""
    assert answer.status_code == 503
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == answer.request.headers["accept"]
    said = answer.json()["message"] if kind == AS_JSON["Accept"] else answer.text
    assert text("workshop.not_saved", "de") in said
    assert words in said
    assert not any(inner in said for inner in ("Traceback", "sqlite", "postgres", "127.0.0.1", "rooms/"))


def every_write(room: Inside) -> Iterator[Callable[[str], Any]]:
    """Each way in which a phone or the console writes, given the token."""
    lead = f"/w/{room.meeting.code}/f/{room.meeting.key}/step"
    for path, fields in (
        (f"/w/{room.meeting.code}", {"role": "Rat"}),
        (f"{room.page}/me", {"role": "Bürgermeisterin"}),
        (f"{room.page}/leave", {}),
        (lead, {"kind": "snapshot_taken", "name": "Stand"}),
    ):
        yield lambda token, path=path, fields=fields: room.client.post(
            path, data=fields | {"token": token}, headers=AS_PAGE, follow_redirects=False
        )
    yield lambda token: room.vote(token)
    yield lambda token: room.vote(token, headers=AS_PAGE)


def test_a_database_somebody_else_holds_is_told_and_the_next_try_is_stored_once(sqlite_url: str) -> None:
    with inside(sqlite_url) as room:
        before = room.stored()
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        for write in every_write(room):
            assert_told(write("busy"), "gerade belegt")
        assert room.client.get(room.page).status_code == 200  # who only looks does not wait
        assert room.client.get(f"/w/{room.meeting.code}/screen/view").status_code == 200
        other.execute("ROLLBACK")
        other.close()
        assert room.stored() == before
        first, again = room.vote("t"), room.vote("t")
        assert first.status_code == again.status_code == 200
        assert first.json() == again.json()
        assert room.stored() == [*before, "t"]


def test_a_full_disk_is_told_and_the_next_try_is_stored_once(sqlite_url: str) -> None:
    with inside(sqlite_url) as room:
        before, limit = room.stored(), 1

        @hooks.listens_for(room.place.desk().store._engine, "begin")
        def _limit(connection: Any) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {limit}")

        full = next(n for n in count() if room.vote(f"v{n}").status_code == 503)
        kept = [*before, *(f"v{n}" for n in range(full))]
        for write in (room.vote, lambda token: room.vote(token, headers=AS_PAGE)):
            assert_told(write(f"v{full}"), "kein Speicherplatz")
        assert room.stored() == kept
        assert room.client.get(room.page).status_code == 200
        limit = 1_000_000
        assert room.vote(f"v{full}").status_code == 200
        assert room.vote(f"v{full}").status_code == 200
        assert room.stored() == [*kept, f"v{full}"]


def test_a_database_server_that_is_away_is_told_and_the_room_goes_on_when_it_is_back(
    postgres_url: str, server: postgres.Server
) -> None:
    with inside(postgres_url) as room:
        before = room.stored()
        server.stop()
        try:
            for write in every_write(room):
                assert_told(write("away"), "nicht erreichbar")
            for path in (room.page, f"/w/{room.meeting.code}/screen/view", f"/w/{room.meeting.code}/stream"):
                answer = room.client.get(path, headers=AS_PAGE)
                assert answer.status_code == 503
                assert text("workshop.store_gone", "de") in answer.text
                assert text("workshop.not_saved", "de") not in answer.text
        finally:
            server.start()
        assert room.stored() == before
        assert room.client.get(room.page).status_code == 200
        assert room.vote("t").status_code == 200
        assert room.vote("t").status_code == 200
        assert room.stored() == [*before, "t"]


def test_a_database_server_restarted_between_two_votes_is_hardly_noticed(
    postgres_url: str, server: postgres.Server
) -> None:
    with inside(postgres_url) as room:
        before = room.stored()
        for number in range(3):
            server.restart()
            answers = [room.vote(f"t{number}").status_code for _ in range(2)]
            assert answers[-1] == 200
        assert room.stored() == [*before, "t0", "t1", "t2"]
