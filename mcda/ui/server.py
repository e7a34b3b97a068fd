"""The server behind `mcda app`: the front end, the direct address for a thumb in motion, headers, language, health.

`streamlit run app.py` shows the same pages; what is added here is speed while dragging and what a browser should
be told. Nothing here keeps state and nothing leaves the machine.
"""

import os
import re
import threading
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.bootstrap import load_config_options

from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.study.read import read_study
from mcda.ui import state
from mcda.ui.board import direct
from mcda.ui.collector import settle_collector
from mcda.ui.home import home
from mcda.ui.workshop.place import place
from mcda.ui.workshop.routes import workshop_routes
from mcda.version import __version__

SCRIPT = home() / "app.py"
LARGEST_QUESTION = 64 * 1024
LARGEST_MESSAGE = 200 * 1024 * 1024
"""Streamlit's own limit (server.maxMessageSize) for what one step may send through its socket."""
SHUTDOWN_S = 3
_WORKSHOP = "/w"
"""The workshop's pages know their language and their headers themselves."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Streamlit compiles its own component code from text: eval and inline are its own, other hosts are nobody's.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; "
        "connect-src 'self' ws: wss: blob: data:; worker-src 'self' blob:; frame-src 'self' blob: data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
}


def serve(
    study_path: str | Path | None = None,
    port: int = 8501,
    address: str = "127.0.0.1",
    open_browser: bool = True,
) -> None:
    """Serve the front end on a study until stopped; without a path, the example.

    Raises InputError with every issue when the study cannot be used, before anything is served.
    """
    if study_path:
        os.environ[state.STUDY_VARIABLE] = str(Path(study_path).resolve())
        evaluate(read_study(study_path))
    load_config_options(settings(port, address))
    place().listens_at = address or "0.0.0.0"
    url = f"http://{'localhost' if address in ('', '0.0.0.0', '::') else address}:{port}"
    # uvicorn binds the port itself: on a socket bound by st.App.run(), asyncio leaves Nagle's algorithm on, and every
    # answer of two writes then waits some 40 ms for the browser's delayed acknowledgement.
    uvicorn.run(
        make_app(url, open_browser),
        host=address,
        port=port,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=SHUTDOWN_S,
    )


def make_app(url: str, open_browser: bool = False) -> st.App:
    """The front end as an ASGI application with the routes and headers of this server."""

    @asynccontextmanager
    async def life(_: st.App) -> AsyncIterator[None]:
        _warm_up()
        print(f"Rangfolge {__version__}: {url}", flush=True)  # noqa: T201 - the command says where it serves
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
        yield

    return st.App(
        SCRIPT,
        lifespan=life,
        on_script_error=explain,
        routes=[
            Route(direct.PATH, answer_move, methods=["POST"]),
            Route(direct.SURE_PATH, answer_sure, methods=["POST"]),
            Route("/health", health),
            *workshop_routes(),
        ],
        middleware=[Middleware(Told)],
    )


def explain(_: Exception) -> bool:
    """Tell in plain words that something unexpected happened; the server's log holds the traceback by now."""
    st.error(text("ui.server.unexpected", state.language()))
    return True


def settings(port: int, address: str) -> dict[str, Any]:
    """Streamlit's settings: the file beside the front end, with this call's port and address laid over it."""
    file = SCRIPT.parent / ".streamlit" / "config.toml"
    written = dict(_dotted(tomllib.loads(file.read_text(encoding="utf-8")))) if file.exists() else {}
    return written | {
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.port": port,
        "server.address": address,
        "runner.postScriptGC": False,
    }


async def answer_move(request: Request) -> Response:
    """The ranking after one move of a dragged weight: 200, 410 for a study no longer here, 422 with a sentence."""
    return await _answered(request, direct.Question, direct.answer)


async def answer_sure(request: Request) -> Response:
    """How sure that ranking is: answered as `answer_move` answers."""
    return await _answered(request, direct.SureQuestion, direct.sureness)


async def _answered(request: Request, kind: type[BaseModel], answer: Callable[[Any], dict[str, Any]]) -> Response:
    body = await request.body()
    if len(body) > LARGEST_QUESTION or not is_own_page(request.headers):
        return PlainTextResponse("", status_code=413 if len(body) > LARGEST_QUESTION else 403)
    language = _spoken(body, request.scope)
    try:
        question = kind.model_validate_json(body)
        return JSONResponse(await run_in_threadpool(answer, question), headers={"Cache-Control": "no-store"})
    except ValidationError:
        return _refused(text("board.refused", language))
    except InputError as error:
        return _refused(error.issues[0].sentence(language))
    except MethodError as error:
        return _refused(error.issue.sentence(language))
    except direct.UnknownStudy:
        return PlainTextResponse("", status_code=410)


async def health(_: Request) -> Response:
    """Alive; for a container or a start script."""
    return PlainTextResponse("ok")


def is_own_page(headers: Mapping[str, str]) -> bool:
    """Whether a browser sends this from one of our own pages (or a program that is no browser asks)."""
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


class Told:
    """ASGI middleware: security headers on every answer, the page's language in its first tag."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a page request asks for plain text, because a packed page cannot be told its language."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own_language = scope["path"] == _WORKSHOP or scope["path"].startswith(_WORKSHOP + "/")
        if _wants_page(scope) and not own_language:
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        start: Message | None = None

        async def tell(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                for name, value in HEADERS.items():
                    MutableHeaders(scope=message).setdefault(name, value)
                if _is_page(message) and not own_language:
                    start = message
                    return
            elif start is not None:
                message = _in_language(start, message, page_language(scope))
                await send(start)
                start = None
            await send(message)

        await self.app(scope, receive, tell)


def page_language(scope: Scope) -> str:
    """The language a page opens in: `?lang=` of its address, else the browser's first choice, else German."""
    asked = re.search(rb"(?:^|&)lang=(de|en)(?:&|$)", scope.get("query_string", b""))
    if asked:
        return asked[1].decode()
    accepted = dict(scope["headers"]).get(b"accept-language", b"")[:2].lower().decode("ascii", "replace")
    return "en" if accepted == "en" else "de"


def _in_language(start: Message, body: Message, language: str) -> Message:
    """The page with its language set. A page sent in several pieces stays as it is but for the first."""
    told = re.sub(rb'(<html[^>]*\blang=")[^"]*', rb"\g<1>" + language.encode(), body["body"], count=1)
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(int(headers["content-length"]) + len(told) - len(body["body"]))
    if "etag" in headers:
        del headers["etag"]
    return {**body, "body": told}


def _wants_page(scope: Scope) -> bool:
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    plain = "content-encoding" not in headers and "content-length" in headers
    return plain and headers.get("content-type", "").startswith("text/html")


def _spoken(question: bytes, scope: Scope) -> str:
    """The language a question is asked in, also of one that is malformed."""
    asked = re.search(rb'"language":\s*"(de|en)"', question)
    return asked[1].decode() if asked else page_language(scope)


def _refused(sentence: str) -> Response:
    return JSONResponse({"message": sentence}, status_code=422)


def _warm_up() -> None:
    """Read and rank the study once, then close the collector's trap, so that the first visitor does not wait."""
    direct.serve_here()
    try:
        study = state.example_study()
        evaluate(study)
        direct.remember(study)
    except InputError:
        pass  # every page shows the issues in the reader's language
    settle_collector()


def _dotted(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
