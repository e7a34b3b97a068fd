"""One request to a workshop page, and how it is answered whatever goes wrong."""

import logging
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from mcda.errors import InputError, Issue, MethodError
from mcda.locale import LANGUAGES, text
from mcda.ui.workshop.guard import CONTENT_POLICY, Form, TooLarge, TooOften, address_of, read_form
from mcda.ui.workshop.place import Place
from mcda.ui.workshop.render import local_time, page
from mcda.workshop.contents import clean
from mcda.workshop.desk import FACILITATOR, Loaded, UnknownRoom
from mcda.workshop.events import digest
from mcda.workshop.rules import Forbidden
from mcda.workshop.store import RoomRow, StoreError
from mcda.workshop.store.keys import tidy_code

LONGEST_HOST = 260
"""A name has 253 letters at most (RFC 1035), a port five digits; a QR code could not hold much more."""
NO_ROOM = RoomRow(0, "", "", "", "", "")
_TOKEN = re.compile(r"[!-~]{0,64}")
_LOG = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A request with everything a handler needs; `language` is the one asked for, '' for the room's own;
    `accepted` what the browser prefers, where there is no room."""

    place: Place
    method: str
    code: str
    key: str
    query: Mapping[str, str]
    cookies: Mapping[str, str]
    form: Form
    address: str
    base: str
    json: bool
    language: str = ""
    accepted: str = "de"

    @property
    def token(self) -> str:
        """What makes a step sent twice count once; empty when the form has none. One that a database might not keep is
        taken by its digest."""
        given = dict(self.form).get("token", "")
        return given if _TOKEN.fullmatch(given) else digest(given)

    def told_in(self, loaded: Loaded | None) -> str:
        """The language to answer in."""
        return self.language or (loaded.room.opened.language if loaded else "de")


@dataclass(frozen=True, slots=True)
class Later:
    """An answer whose content takes seconds: made where it holds up nobody. `key`: what is the same when asked for
    twice meanwhile."""

    key: Hashable
    make: Callable[[], bytes]
    told: Callable[[bytes], Response]


Handler = Callable[[Ask], Response | Later]


def answering(place: Callable[[], Place], handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A Starlette endpoint: reads the request, works in a thread, and tells every expected failure in plain words."""

    async def endpoint(request: Request) -> Response:
        ask = ask_of(request, place())
        try:
            if request.method == "POST":
                if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                    raise Forbidden("cross-site")
                ask = replace(ask, form=await read_form(request))
            answer = await run_in_threadpool(handler, ask)
            if isinstance(answer, Later):
                answer = answer.told(await ask.place.press.made(answer.key, answer.make))
            return told(answer, ask)
        except ClientDisconnect:  # a phone out of reach in the middle of its form: nobody hears this
            return Response(status_code=400)
        except (TooLarge, TooOften, Forbidden, UnknownRoom, StoreError, InputError, MethodError) as error:
            return told(failed(ask, error), ask)

    return endpoint


def ask_of(request: Request, place: Place) -> Ask:
    """What a request asks for, before its form is read."""
    asked = request.query_params.get("lang", "") or request.cookies.get("rf_lang", "")
    return Ask(
        place=place,
        method=request.method,
        code=tidy_code(request.path_params.get("code", "")),
        key=request.path_params.get("key", "")[:200],
        query=dict(request.query_params),
        cookies=dict(request.cookies),
        form=[],
        address=address_of(request),
        base=f"{request.url.scheme}://{request.url.netloc[:LONGEST_HOST]}",
        json="application/json" in request.headers.get("accept", ""),
        language=asked if asked in LANGUAGES else "",
        accepted="en" if request.headers.get("accept-language", "")[:2].lower() == "en" else "de",
    )


def told(response: Response, ask: Ask) -> Response:
    """The answer with the headers of every page here."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if ask.query.get("lang") in LANGUAGES:
        response.set_cookie("rf_lang", ask.query["lang"], httponly=True, samesite="lax", path="/w")
    return response


def failed(ask: Ask, error: Exception) -> Response:
    """The answer to what could not be done, as a page or, for our script, as JSON."""
    language = ask.language or ask.place.language_of(ask.code) or ask.accepted
    status, words = _words(error, language)
    if isinstance(error, StoreError):
        _LOG.warning("%s", error.issue.sentence("en"))  # where and why is for who runs the server
        words = f"{text('workshop.not_saved', language)} {words}" if ask.method == "POST" else words
    if ask.json:
        return JSONResponse({"message": words}, status_code=status)
    title = text("workshop.failed", language)
    html = page("message.html", language, title=title, words=words, again=status in (429, 503), home="/w")
    headers = {"Retry-After": "5"} if status == 503 else {"Retry-After": "60"} if status == 429 else {}
    return HTMLResponse(html, status_code=status, headers=headers)


def _words(error: Exception, language: str) -> tuple[int, str]:
    if isinstance(error, TooLarge):
        return 413, text("workshop.too_large", language)
    if isinstance(error, TooOften):
        return 429, text("workshop.too_often", language)
    if isinstance(error, UnknownRoom):
        return 404, text("workshop.unknown", language)
    if isinstance(error, Forbidden):
        return 403, text("workshop.forbidden", language)
    if isinstance(error, StoreError):
        return 503, text(f"workshop.{error.issue.code}", language)
    if isinstance(error, InputError):
        return status_of(error), " ".join(plain_sentence(issue, language) for issue in error.issues[:5])
    assert isinstance(error, MethodError)
    return 422, error.issue.sentence(language)


def status_of(error: InputError) -> int:
    """409 where the room's state stands against it, 422 where what was sent is wrong."""
    return 409 if any(issue.code in _STATE for issue in error.issues) else 422


_STATE = frozenset({"vote_after_close", "vote_withdrawn", "room_ended", "room_weights_locked", "room_round_open"})


def plain_sentence(issue: Issue, language: str) -> str:
    """An issue without its technical place and without control characters somebody typed; times of the log in local
    time."""
    params = {k: local_time(str(v)) if k == "at" else v for k, v in issue.params.items()}
    return clean(replace(issue, where=type(issue.where)(), params=params).sentence(language))


def see_other(address: str) -> Response:
    """Go and look there: what was sent is stored, reloading sends nothing again."""
    return RedirectResponse(address, status_code=303)


def entered(ask: Ask) -> Loaded:
    """The room with the code asked for. Raises TooOften or UnknownRoom; wrong codes are counted."""
    ask.place.door.require_open(ask.address, ask.code)
    try:
        loaded = ask.place.load(ask.code) if ask.code else None
    except UnknownRoom:
        loaded = None
    if loaded is None:
        ask.place.door.was_wrong(ask.address)
        raise UnknownRoom(ask.code)
    ask.place.door.was_right(ask.address, ask.code)
    return loaded


def by_key(ask: Ask, of_participant: bool) -> tuple[Loaded, str]:
    """The room and whose key it is: a participant's id, or 'facilitator'. Raises UnknownRoom for any other key, alike
    for rooms that do not exist; TooOften only for those whose key is wrong, too often.

    A room that does not exist costs the same look-ups, and a room is read only for who holds a key of it: the time an
    answer takes tells no codes.
    """
    desk = ask.place.desk()
    row = (desk.store.room(ask.code) if ask.code else None) or NO_ROOM
    if of_participant:
        who = desk.participant(row, ask.key)
    else:
        who = FACILITATOR if desk.is_facilitator(row, ask.key) else None
    if who is None:
        ask.place.door.require_open(ask.address, "")
        ask.place.door.was_wrong(ask.address)
        raise UnknownRoom(ask.code)
    ask.place.door.was_right(ask.address, ask.code)
    return ask.place.load(ask.code), who


def html(name: str, language: str, status: int = 200, **context: Any) -> Response:
    """A page of ours."""
    return HTMLResponse(page(name, language, **context), status_code=status)
