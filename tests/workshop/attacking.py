"""An opponent's browser: requests put to the workshop's addresses directly, byte by byte, and a room to attack."""

import asyncio
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.workshop.place import Place
from mcda.ui.workshop.routes import workshop_routes
from mcda.workshop.desk import Opening
from mcda.workshop.store.clock import days_from_now
from small import small_study

FORM = "application/x-www-form-urlencoded"
UNKNOWN = "ZZZZZZ"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `taken`: how many bytes of the body had been read by then."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    taken: int = 0

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")

    @property
    def location(self) -> str:
        return self.header("location")


Fields = Mapping[str, str] | Sequence[tuple[str, str]]


@dataclass(slots=True)
class Visitor:
    """Somebody at one network address; what goes wrong inside the application is raised here with its traceback."""

    app: ASGIApp
    address: str = "10.0.0.1"
    sent: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return asyncio.run(self.get_now(path, **headers))

    def post(self, path: str, form: Fields = (), **headers: str) -> Answer:
        return asyncio.run(self.post_now(path, form, **headers))

    def ask(self, method: str, path: str, chunks: Iterable[bytes], headers: Mapping[str, str]) -> Answer:
        return asyncio.run(self._ask(method, path, iter(chunks), headers))

    async def get_now(self, path: str, **headers: str) -> Answer:
        """The same inside a loop, where several requests are under way at once."""
        return await self._ask("GET", path, iter(()), headers)

    async def post_now(self, path: str, form: Fields = (), **headers: str) -> Answer:
        body = urlencode(form if isinstance(form, Sequence) else list(form.items())).encode()
        sent = {"content_type": FORM, "content_length": str(len(body))} | headers
        return await self._ask("POST", path, iter([body]), sent)

    async def _ask(self, method: str, path: str, chunks: Iterator[bytes], headers: Mapping[str, str]) -> Answer:
        headers = {"host": "rangfolge.test"} | self.sent | dict(headers)
        told: list[Message] = []
        taken = 0

        async def receive() -> Message:
            nonlocal taken
            chunk = next(chunks, None)
            taken += len(chunk or b"")
            return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

        async def send(message: Message) -> None:
            told.append(message)

        await self.app(scope_of(method, path, headers, self.address), receive, send)
        named = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in told[0]["headers"])
        body = b"".join(message.get("body", b"") for message in told[1:])
        return Answer(told[0]["status"], named, body, taken)

    def listen(self, path: str, during: Sequence[Any]) -> str:
        """Everything a stream says while these calls are made one after another; it is left after the last."""
        return asyncio.run(self._listen(path, during))

    async def _listen(self, path: str, during: Sequence[Any]) -> str:
        said: list[bytes] = []
        heard, left = asyncio.Event(), asyncio.Event()

        async def receive() -> Message:
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            said.append(message.get("body", b""))
            if b"data:" in said[-1]:
                heard.set()

        stream = asyncio.create_task(
            self.app(scope_of("GET", path, {"host": "rangfolge.test"}, self.address), receive, send)
        )
        for call in during:
            await asyncio.wait_for(heard.wait(), 20)
            heard.clear()
            await asyncio.to_thread(call)
        await asyncio.wait_for(heard.wait(), 20)
        left.set()
        await stream
        return b"".join(said).decode()


def scope_of(method: str, path: str, headers: Mapping[str, str], address: str) -> dict[str, Any]:
    """What a server hands on for a request line: the path decoded as servers do it."""
    before, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(before),
        "raw_path": quote(before, safe="/%").encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(k.replace("_", "-").lower().encode(), v.encode("latin-1")) for k, v in headers.items()],
        "client": (address, 50000),
        "server": ("rangfolge.test", 80),
        "state": {},
    }


@dataclass(slots=True)
class Attacked:
    """A room with its facilitator, and the application it lives in."""

    place: Place
    app: ASGIApp
    code: str
    key: str
    lead: Visitor

    @property
    def console(self) -> str:
        return f"/w/{self.code}/f/{self.key}"

    def step(self, kind: str, fields: Fields = (), status: int = 303) -> Answer:
        """A step of the facilitator, which must be answered so."""
        given = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        answer = self.lead.post(f"{self.console}/step", [("kind", kind), *given])
        assert answer.status == status, (kind, answer.status, sentences(answer.text))
        return answer

    def ask_round(self, what: str = "weights", fields: Fields = ()) -> int:
        """Open a round; its number."""
        given = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        self.step("round_opened", [("what", what), *given])
        return self.room.open_round.id if self.room.open_round else 0

    def join(self, **fields: str) -> str:
        """Join; the address of one's own page."""
        answer = Visitor(self.app, "10.0.0.9").post(f"/w/{self.code}", fields)
        assert answer.status == 303, (answer.status, sentences(answer.text))
        return answer.location

    def close(self) -> None:
        """Give the database back."""
        self.place.desk().store.close()

    @property
    def room(self) -> Any:
        return self.place.load(self.code).room

    @property
    def events(self) -> Any:
        return self.place.load(self.code).events


def attacked(url: str, study: Study | None = None, title: str = "Klausur", **opening: Any) -> Attacked:
    """An application on this database with one room open."""
    place = Place(url)
    app = Starlette(routes=workshop_routes(lambda: place))
    desk = place.desk()
    code, key = desk.open_room(study or small_study(), Scenario(), Opening(title, **opening), days_from_now(30))
    return Attacked(place, app, code, key, Visitor(app, "10.0.0.2"))


def swing(**points: str) -> dict[str, str]:
    """A swing vote on the main criteria of the small study; 50 for those not named."""
    return {f"points.{k}": points.get(k, "50") for k in ("relevance", "feasibility", "cost", "funding")}


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, and everything that stands between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("<!--", ()))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(("<![", ()))


def sentences(page: str) -> str:
    """A page's words without its tags."""
    return re.sub(r"\s+", " ", " ".join(Tags(page).words))
