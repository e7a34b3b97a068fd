"""The live page: weights left, ranking right, one engine. A fragment, so that a move redraws nothing else."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.ui import sidebar, state
from mcda.ui.board import direct, show_board
from mcda.ui.board.controls import board_controls
from mcda.ui.board.orders import Order, moved_scenario
from mcda.ui.board.payload import board_payload
from mcda.ui.collector import settle_collector

_BOARD = "live_board"
_SEEN = "live_seen"
_ORDERS = TypeAdapter(list[Order])
_RULES = """<style>
.stMainBlockContainer { padding: 3.75rem 1.5rem 2rem; max-width: none; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 3.75rem 0.75rem 2rem; } }
</style>"""


@dataclass(frozen=True, slots=True)
class Seen:
    """How far this session has carried out the board's orders, and what it has to say about the last one."""

    seq: int = 0
    message: str = ""


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
    data = {
        "controls": board_controls(study, language),
        "payload": board_payload(state.result(), state.baseline_result(), language),
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
            st.session_state[_SEEN] = Seen(order.seq, _obey(order, language))


def _obey(order: Order, language: str) -> str:
    """Carry out one order; what went wrong as a sentence, or nothing."""
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
            return _try(order, language)
    return ""


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
        return error.issues[0].sentence(language)
    except MethodError as error:
        state.undo()
        return error.issue.sentence(language)
    return ""


def _wished(order: Order) -> Scenario:
    now = state.scenario()
    if order.kind == "move":
        return moved_scenario(state.study(), now, order)
    if order.kind == "profile":
        return now.model_copy(update={"profile": order.choice, "weights": {}, "name": ""})
    return now.model_copy(update={"method": order.choice, "name": ""})


def _seen() -> Seen:
    seen: Seen = st.session_state.get(_SEEN, Seen())
    return seen


def _style() -> None:
    """The board wants the width; the page's own margins would cost two columns of the table."""
    st.html(_RULES)
