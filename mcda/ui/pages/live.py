"""The live page: weights left, ranking right, one engine. A fragment, so that a move redraws nothing else."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.report.exhibits.findings import finding_sentence
from mcda.report.exhibits.setting import SAME
from mcda.scenario import Scenario
from mcda.ui import sidebar, state
from mcda.ui.board import direct, show_board
from mcda.ui.board.controls import board_controls
from mcda.ui.board.orders import Order, limit_note, moved_scenario, remembered
from mcda.ui.board.payload import board_payload
from mcda.ui.board.sureness import sure_payload
from mcda.ui.collector import settle_collector
from mcda.weights.tree import points_of, tree_weights

_BOARD = "live_board"
_SEEN = "live_seen"
_ORDERS = TypeAdapter(list[Order])
_RULES = """<style>
.stMainBlockContainer { padding: 3.75rem 1.5rem 2rem; max-width: none; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.75rem 0.75rem 2rem; } }
</style>"""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far this session has carried out the board's orders, and what it has to say about the last one.

    `message` is what went wrong, `note` a plain remark with the criterion it belongs to, if it belongs to one.
    """

    seq: int = 0
    message: str = ""
    note: tuple[str, str] = ("", "")


def show() -> None:
    """Draw the page."""
    settle_collector()
    _style()
    _board()


@st.fragment
def _board() -> None:
    _obey_all()
    if sidebar.is_behind():
        st.rerun()
    study, language = state.study(), state.language()
    payload = board_payload(state.result(), state.baseline_result(), language)
    payload |= {"remembered": _remembered(payload["points"]), "note": _seen().note}
    if not direct.is_served():
        payload["sure"] = sure_payload(state.result(), state.locked(), language)
    data = {
        "controls": board_controls(study, language),
        "payload": payload,
        "session": _session(language, direct.remember(study)),
    }
    show_board(data, key=_BOARD)


def _session(language: str, study_key: str) -> dict[str, Any]:
    seen = _seen()
    return {
        "seq": seen.seq,
        "message": seen.message,
        "locked": sorted(state.locked()),
        "can_undo": state.can_undo(),
        "built": f"{study_key}-{language}",
        "route": direct.PATH if direct.is_served() else "",
        "sure_route": direct.SURE_PATH if direct.is_served() else "",
        "question": {
            "study": study_key,
            "scenario": state.scenario().canonical(),
            "baseline": state.baseline().canonical(),
            "language": language,
        },
    }


def _obey_all() -> None:
    """Carry out the orders not seen yet, in their order. What is malformed is refused whole, nothing half done."""
    language = state.language()
    sent = st.session_state.get(_BOARD, {}).get("orders") or []
    try:
        orders = _ORDERS.validate_python(sent)
    except ValidationError:
        st.session_state[_SEEN] = Seen(_seen().seq, text("board.refused", language))
        return
    for order in sorted(orders, key=lambda order: order.seq):
        if order.seq > _seen().seq:
            st.session_state[_SEEN] = _obey(order, language)


def _obey(order: Order, language: str) -> Seen:
    """Carry out one order; what there is to say about it."""
    before, message = _points(), ""
    match order.kind:
        case "lock":
            state.set_locked(set(order.locked) & set(state.study().criterion_by_id))
        case "undo":
            state.undo()
        case "baseline":
            state.set_baseline()
        case "reset":
            state.reset_to_baseline()
        case _:
            message = _try(order, language)
    if order.kind != "move":
        return Seen(order.seq, message, ("", text("board.released", language) if _releases(before) else ""))
    note = "" if message else limit_note(state.study(), order, _points(), language)
    return Seen(order.seq, message, (order.moved, note))


def _releases(before: Mapping[str, float]) -> bool:
    """Free all weights when one that was held has changed nevertheless: another setting took the place of this one."""
    now = _points()
    changed = any(abs(before.get(name, 0) - now.get(name, 0)) > SAME for name in state.locked())
    if changed:
        state.set_locked(())
    return changed


def _points() -> Mapping[str, float]:
    """The points of all criteria in force."""
    return points_of(state.study(), tree_weights(state.study(), state.scenario()))


def _remembered(points: Mapping[str, float]) -> dict[str, float]:
    """The points that criteria now at zero last had, from the steps that can be taken back."""
    if all(points.values()):
        return {}
    earlier = []
    for scenario in state.past_scenarios():
        with suppress(InputError):  # criteria may have come or gone since
            earlier.append(points_of(state.study(), tree_weights(state.study(), scenario)))
    return remembered(state.study(), points, earlier)


def _try(order: Order, language: str) -> str:
    """Put another scenario in force; one that the method cannot rank is taken back and explained."""
    try:
        wished = _wished(order)
    except InputError as error:
        return error.issues[0].sentence(language)
    state.apply(wished, record=order.final)
    try:
        state.result()
    except InputError as error:
        state.undo()
        return finding_sentence(error.issues[0], state.study(), language)
    except MethodError as error:
        state.undo()
        return error.issue.sentence(language)
    return ""


def _wished(order: Order) -> Scenario:
    now = state.scenario()
    if order.kind == "move":
        return moved_scenario(state.study(), now, order)
    if order.kind == "profile":
        return now.model_copy(update={"profile": order.choice, "people": (), "weights": {}, "name": ""})
    return now.model_copy(update={"method": order.choice, "name": ""})


def _seen() -> Seen:
    seen: Seen = st.session_state.get(_SEEN, Seen())
    return seen


def _style() -> None:
    """The board wants the width; the page's own margins would cost two columns of the table."""
    st.html(_RULES)
