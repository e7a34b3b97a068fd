"""The workshop's addresses."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from mcda.errors import McdaError
from mcda.ui.workshop import console, phone, screen
from mcda.ui.workshop.ask import HEADERS, Ask, Handler, answering, ask_of, entered, failed, html, told
from mcda.ui.workshop.guard import TooOften
from mcda.ui.workshop.papers import MIMES, PAPERS, paper_of
from mcda.ui.workshop.place import Place, place
from mcda.ui.workshop.render import STATIC, static
from mcda.workshop.desk import UnknownRoom

Endpoint = Callable[[Request], Awaitable[Response]]


def workshop_routes(where: Callable[[], Place] = place) -> list[Route]:
    """All addresses of the workshop, on the rooms of one place."""

    def at(path: str, handler: Handler, *methods: str) -> Route:
        return Route(path, answering(where, handler), methods=list(methods or ("GET",)))

    mine, led = "/w/{code}/p/{key}", "/w/{code}/f/{key}"
    return [
        at("/w", phone.enter, "GET", "POST"),
        at("/w/privacy", privacy),
        at("/w/hello", hello),
        Route("/w/static/{name}", static_file),
        Route("/w/{code}/stream", stream_of(where)),
        at("/w/{code}/screen", screen.screen),
        at("/w/{code}/screen/view", screen.screen_view),
        at("/w/{code}/qr.svg", screen.qr_file),
        at(mine, phone.participant),
        at(f"{mine}/vote", phone.vote, "POST"),
        at(f"{mine}/me", phone.describe, "POST"),
        at(f"{mine}/leave", phone.leave, "POST"),
        at(f"{mine}/return", phone.come_back, "POST"),
        at(f"{mine}/erase", phone.erase, "POST"),
        at(f"{mine}/data.json", phone.own_data),
        at(f"{mine}/try", phone.sandbox),
        at(led, console.console),
        at(f"{led}/step", console.step, "POST"),
        at(f"{led}/preview", console.preview, "POST"),
        at(f"{led}/rehearse", console.rehearse, "POST"),
        at(f"{led}/paper", console.paper),
        at(f"{led}/protocol", console.protocol),
        at(f"{led}/protocol.json", console.protocol_file),
        *(at(f"{led}/{kind}.{form}", paper_of(kind, form)) for kind in PAPERS for form in MIMES),
        at(f"{led}/ballots", console.ballots),
        at(f"{led}/check", console.check),
        at(f"{led}/delete", console.delete, "POST"),
        *(at(f"{mine}/{form}", phone.own_page) for form in ("vote", "me", "leave", "return", "erase")),
        *(at(f"{led}/{form}", console.own_page) for form in ("step", "preview", "rehearse", "delete")),
        at("/w/{code}", phone.join, "GET", "POST"),
        at("/w/{rest:path}", nowhere, "GET", "POST"),
    ]


def nowhere(ask: Ask) -> Response:
    """An address of the workshop that leads nowhere."""
    raise UnknownRoom(ask.code)


def privacy(ask: Ask) -> Response:
    """What is stored, for how long, and who reads it."""
    return html("privacy.html", ask.language or "de")


def hello(ask: Ask) -> Response:
    """A phone that opens this page has reached the machine; the check on the console hears of it."""
    if len(ask.place.seen_from) < 1000:
        ask.place.seen_from.add(ask.address)
    return html("hello.html", ask.language or "de")


async def static_file(request: Request) -> Response:
    """The style and the script of these pages."""
    name = request.path_params["name"]
    if name not in STATIC:
        return PlainTextResponse("", status_code=404)
    return Response(static(name), media_type=STATIC[name], headers={"Cache-Control": "no-cache"})


def stream_of(where: Callable[[], Place]) -> Endpoint:
    """The stream of a room's changes; it says that something changed, never what was answered."""

    async def stream(request: Request) -> Response:
        ask = ask_of(request, where())
        try:
            await run_in_threadpool(entered, ask)
        except (UnknownRoom, TooOften, McdaError) as error:
            return told(failed(ask, error), ask)
        audience = request.query_params.get("for", "screen")
        messages = ask.place.hub.messages(ask.code, audience)
        return StreamingResponse(
            messages, media_type="text/event-stream", headers=HEADERS | {"X-Accel-Buffering": "no"}
        )

    return stream
