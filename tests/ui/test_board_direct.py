"""The short way of a thumb in motion: same numbers as the session, no state, and a server that tells browsers how."""

import asyncio
import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route

from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.ui import server
from mcda.ui.board import direct
from mcda.ui.board.orders import Order, moved_scenario
from mcda.ui.board.payload import board_payload
from mcda.weights.tree import points_of
from small import small_study

STUDY = small_study()
PAGE = '<!doctype html><html lang="en"><body>Rangfolge</body></html>'
OWN = {"sec-fetch-site": "same-origin"}

app = Starlette(
    routes=[
        Route(direct.PATH, server.answer_move, methods=["POST"]),
        Route("/health", server.health),
        Route("/", lambda _: HTMLResponse(PAGE)),
    ],
    middleware=[Middleware(server.Told)],
)


def question(**more: Any) -> dict[str, Any]:
    order = {"seq": 0, "kind": "move", "moved": "cost", "to": 55, "points": points_of(STUDY, evaluate(STUDY).weights)}
    return {
        "study": direct.remember(STUDY),
        "scenario": Scenario().canonical(),
        "baseline": Scenario().canonical(),
        "language": "de",
        "order": order | more.pop("order", {}),
    } | more


def call(method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, Any, bytes]:
    """One request through the application: status, headers, body."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "root_path": "",
        "http_version": "1.1",
        "scheme": "http",
        "raw_path": path.encode(),
        "server": ("localhost", 80),
        "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    answered = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message.get("body", b"") for message in sent[1:])


def ask(content: Any, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    status, _, body = call("POST", direct.PATH, json.dumps(content).encode(), OWN if headers is None else headers)
    return status, json.loads(body) if body else None


def test_the_answer_is_what_the_session_would_show() -> None:
    status, answer = ask(question())
    order = Order.model_validate(question()["order"])
    moved = evaluate(STUDY, moved_scenario(STUDY, Scenario(), order))
    assert status == 200
    drawn = board_payload(moved, evaluate(STUDY), "de")
    assert answer == json.loads(json.dumps(drawn | {"remembered": {}, "note": ["cost", ""]}))


def test_the_answer_remembers_what_was_squeezed_to_zero_also_over_a_second_move() -> None:
    points = points_of(STUDY, evaluate(STUDY).weights)
    _, full = ask(question(order={"to": 100}))
    assert full["remembered"] == pytest.approx({k: points[k] for k in ("relevance", "feasibility", "funding")})
    again = {"points": full["points"], "remembered": full["remembered"]}
    _, still = ask(question(order={"to": 100, **again}))
    assert still["remembered"] == full["remembered"]
    _, back = ask(question(order={"to": points["cost"], **again}))
    assert back["points"] == pytest.approx(points)
    assert back["remembered"] == {}


def test_a_move_that_locks_hold_back_says_so() -> None:
    held = [c for c in STUDY.children[""] if c != "cost"]
    _, answer = ask(question(order={"to": 90, "locked": held}))
    assert answer["note"] == ["cost", text("board.all_fixed", "de")]
    _, answer = ask(question(order={"to": 90, "locked": ["relevance"]}))
    assert answer["points"]["cost"] == 65
    assert answer["note"] == ["cost", text("board.fixed_limit", "de", points=65.0)]


def test_a_study_on_no_screen_is_gone() -> None:
    assert ask(question(study="unknown")) == (410, None)


def test_the_least_used_studies_are_forgotten_first() -> None:
    about_first = question()
    for number in range(direct.KEPT_STUDIES):
        direct.remember(small_study(study=STUDY.study.model_copy(update={"title": f"Studie {number}"})))
    assert ask(about_first) == (410, None)
    assert ask(question())[0] == 200


def test_a_method_without_an_answer_says_so_in_the_reader_s_language() -> None:
    status, answer = ask(question(scenario=Scenario(method="pymcdm:COPRAS").canonical()))
    assert status == 422
    assert "COPRAS" in answer["message"]


@pytest.mark.parametrize(
    "wrong", [{"language": "fr"}, {"order": {"to": -3}}, {"order": {"kind": "drop"}}, {"surplus": 1}]
)
def test_malformed_questions_are_refused(wrong: dict[str, Any]) -> None:
    assert ask(question(**wrong))[0] == 422


@pytest.mark.parametrize(
    "scenario", [{"weights": {"cost": 1e308, "relevance": 1e308}}, {"as_of": "9999-12-31"}, {"seed": -1}, {"x": 1}]
)
@pytest.mark.parametrize("role", ["scenario", "baseline"])
def test_a_setting_beyond_all_limits_is_refused_in_the_reader_s_language(role: str, scenario: dict[str, Any]) -> None:
    order = {"moved": "goals"}
    status, answer = ask(question(**{role: scenario, "order": order}))
    if role == "scenario" and "weights" in scenario:  # a move states all weights anew: only the others can be wrong
        assert status == 200
        return
    assert status == 422
    assert "rlaubt" in answer["message"]


def test_what_cannot_be_read_is_refused_with_a_plain_sentence() -> None:
    for body in (b"", b"{", b"[]", b"null", b'{"language": "de"}'):
        status, _, answer = call("POST", direct.PATH, body, OWN)
        assert status == 422
        assert json.loads(answer)["message"] == text("board.refused", "de")


def test_an_unexpected_error_is_a_sentence_without_search_links(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(server.st, "error", said.append)
    monkeypatch.setattr(server.state, "language", lambda: "de")
    assert server.explain(ZeroDivisionError("division by zero")) is True
    assert said == [text("ui.server.unexpected", "de")]
    chosen = server.settings(8765, "127.0.0.1")
    assert chosen["client.showErrorDetails"] == "none"
    assert chosen["client.showErrorLinks"] is False


def test_a_foreign_page_gets_no_answer() -> None:
    assert ask(question(), {"sec-fetch-site": "cross-site"}) == (403, None)


def test_an_oversized_question_is_turned_away() -> None:
    assert ask({"study": "x" * server.LARGEST_QUESTION})[0] == 413


def test_alive() -> None:
    assert call("GET", "/health")[::2] == (200, b"ok")


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/", "de-DE,de;q=0.9", "de"),
        ("/", "en-GB,en;q=0.9", "en"),
        ("/", "", "de"),
        ("/?lang=en", "de-DE", "en"),
        ("/?study=x&lang=de", "en-GB", "de"),
    ],
)
def test_the_page_says_its_language(path: str, accepts: str, language: str) -> None:
    status, headers, body = call("GET", path, headers={"accept": "text/html", "accept-language": accepts})
    assert status == 200
    assert f'<html lang="{language}">' in body.decode()
    assert int(headers["content-length"]) == len(body)


def test_every_answer_carries_the_security_headers_and_allows_no_other_host() -> None:
    for path in ("/", "/health", "/nowhere"):
        _, headers, _ = call("GET", path)
        for name, value in server.HEADERS.items():
            assert headers[name.lower()] == value
    assert "http:" not in server.HEADERS["Content-Security-Policy"]
    assert "https:" not in server.HEADERS["Content-Security-Policy"]


def test_settings_send_nothing_out_and_close_the_collector_s_trap() -> None:
    chosen = server.settings(8765, "127.0.0.1")
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["runner.postScriptGC"] is False
    assert (chosen["server.port"], chosen["server.address"]) == (8765, "127.0.0.1")
    assert chosen["theme.primaryColor"].startswith("#")
