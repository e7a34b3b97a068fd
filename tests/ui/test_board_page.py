"""The live page without a browser: orders go through the session, one undo step per settled move."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.study.model import DirectWeight, Stakeholder, Study
from mcda.ui import state
from mcda.ui.pages import live
from mcda.weights.tree import points_of
from small import small_study

STUDY = small_study(
    stakeholders=(Stakeholder(id="treasury", label_de="Kämmerei"),),
    weights=(DirectWeight(stakeholder="treasury", criterion="cost", points=50),),
)
POINTS = points_of(STUDY, evaluate(STUDY).weights)


def page() -> None:
    from mcda.ui.pages import live

    live.show()


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(page)
    app.session_state[state._KEY] = state.Session(study=STUDY, language="de")
    return app.run()


def send(app: AppTest, *orders: dict[str, Any]) -> state.Session:
    """What the browser does when the board asks for something, and the session after it."""
    app.session_state["live_board"] = {"orders": list(orders)}
    app.run()
    assert not app.exception
    session: state.Session = app.session_state[state._KEY]
    return session


def move(seq: int, to: float, **more: Any) -> dict[str, Any]:
    return {"seq": seq, "kind": "move", "moved": "cost", "to": to, "points": POINTS, **more}


def test_the_page_draws_without_a_choice_made(app: AppTest) -> None:
    assert not app.exception


def test_a_move_is_stored_and_can_be_undone(app: AppTest) -> None:
    assert send(app, move(1, 60)).scenario.weights["cost"] == 60
    assert not send(app, {"seq": 2, "kind": "undo"}).scenario.weights


def test_steps_of_one_drag_are_one_undo_step(app: AppTest) -> None:
    steps = [move(1, 30, final=False), move(2, 45, final=False), move(3, 60)]
    session = send(app, *steps)
    assert session.scenario.weights["cost"] == 60
    assert len(session.undo) == 1


def test_an_order_sent_twice_is_carried_out_once(app: AppTest) -> None:
    send(app, move(1, 60))
    send(app, move(1, 60), move(2, 70))
    session = send(app, move(1, 60), move(2, 70), {"seq": 3, "kind": "undo"})
    assert session.scenario.weights["cost"] == 60


def test_profile_method_lock_and_baseline(app: AppTest) -> None:
    session = send(
        app,
        {"seq": 1, "kind": "profile", "choice": "treasury"},
        {"seq": 2, "kind": "method", "choice": "weighted_sum"},
        {"seq": 3, "kind": "lock", "locked": ["cost", "nonsense"]},
        {"seq": 4, "kind": "baseline"},
        move(5, 10),
    )
    assert (session.baseline.profile, session.baseline.method) == ("treasury", "weighted_sum")
    assert session.locked == {"cost"}
    assert send(app, {"seq": 6, "kind": "reset"}).scenario == session.baseline


def test_a_starting_point_that_moves_a_held_weight_frees_it_and_says_so(app: AppTest) -> None:
    assert send(app, {"seq": 1, "kind": "lock", "locked": ["cost"]}).locked == {"cost"}
    assert send(app, {"seq": 2, "kind": "method", "choice": "weighted_sum"}).locked == {"cost"}
    assert app.session_state["live_seen"].note == ("", "")
    session = send(app, {"seq": 3, "kind": "profile", "choice": "treasury"})
    assert (session.scenario.profile, session.locked) == ("treasury", frozenset())
    assert app.session_state["live_seen"].note == ("", text("board.released", "de"))
    send(app, move(4, 40))
    assert app.session_state["live_seen"].note == ("cost", "")


def test_a_step_back_that_moves_a_held_weight_frees_it_too(app: AppTest) -> None:
    session = send(app, move(1, 60), {"seq": 2, "kind": "lock", "locked": ["cost"]}, {"seq": 3, "kind": "undo"})
    assert session.locked == frozenset()
    assert app.session_state["live_seen"].note == ("", text("board.released", "de"))


def test_a_weight_that_fixed_ones_hold_back_says_so(app: AppTest) -> None:
    held = [c for c in STUDY.children[""] if c != "cost"]
    send(app, move(1, 90, locked=held))
    assert app.session_state["live_seen"].note == ("cost", text("board.all_fixed", "de"))


def test_what_was_squeezed_to_zero_is_remembered_also_after_a_step_back(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(live, "show_board", lambda data, key: drawn.append(data["payload"]))
    squeezed = {k: POINTS[k] for k in ("relevance", "feasibility", "funding")}
    send(app, move(1, 100))
    assert drawn[-1]["remembered"] == pytest.approx(squeezed)
    send(app, move(2, 50, points=drawn[-1]["points"], remembered=drawn[-1]["remembered"]))
    assert drawn[-1]["remembered"] == {}
    send(app, {"seq": 3, "kind": "undo"})
    assert drawn[-1]["remembered"] == pytest.approx(squeezed)


def test_a_method_that_cannot_rank_is_taken_back_and_explained(app: AppTest) -> None:
    before = send(app, move(1, 60)).scenario
    assert send(app, {"seq": 2, "kind": "method", "choice": "pymcdm:COPRAS"}).scenario == before
    assert "COPRAS" in app.session_state["live_seen"].message
    assert send(app, move(3, 50)).scenario.weights["cost"] == 50
    assert app.session_state["live_seen"].message == ""


@pytest.mark.parametrize(
    "wrong", [{"seq": 1}, {"seq": 1, "kind": "move", "to": -5}, {"seq": 1, "kind": "method", "choice": "nonsense"}]
)
def test_malformed_orders_change_nothing_and_are_said(app: AppTest, wrong: dict[str, Any]) -> None:
    assert send(app, wrong).scenario == state.Session(study=STUDY, language="de").scenario
    assert app.session_state["live_seen"].message


def test_a_study_s_page_speaks_english_too() -> None:
    app = AppTest.from_function(page)
    app.session_state[state._KEY] = state.Session(study=STUDY, language="en")
    assert not app.run().exception


def test_the_study_is_equal_to_itself_in_every_session() -> None:
    assert Study.model_validate(STUDY.model_dump()) == STUDY
