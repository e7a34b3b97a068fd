"""Page: how firm is the ranking? Six questions, one at a time."""

from collections.abc import Callable

import streamlit as st

from mcda.locale import text
from mcda.result import Result
from mcda.ui import (
    sensitivity_drivers,
    sensitivity_many,
    sensitivity_methods,
    sensitivity_one,
    sensitivity_sure,
    sensitivity_what_if,
    state,
)
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.markup import show_quiet

_PARTS: dict[str, Callable[[Result, str], None]] = {
    "sure": sensitivity_sure.show,
    "what_if": sensitivity_what_if.show,
    "one": sensitivity_one.show,
    "many": sensitivity_many.show,
    "drivers": sensitivity_drivers.show,
    "methods": sensitivity_methods.show,
}


def show() -> None:
    """Draw the page: which question, and its answer alone."""
    language, result = state.language(), state.result()
    page_head("sensitivity", result, language)
    part = st.pills(
        text("sensitivity_page.part", language),
        list(_PARTS),
        default="sure",
        required=True,
        format_func=lambda name: text(f"sensitivity_page.parts.{name}", language),
        key="sensitivity_part",
        persist_state="session",
    )
    _PARTS[part or "sure"](result, language)
    show_quiet(provenance_line(result, language))
