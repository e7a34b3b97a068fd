"""Page: weights. How they are asked, what they mean in amounts, how people differ, and what the group makes of them."""

from collections.abc import Callable

import streamlit as st

from mcda.locale import text
from mcda.result import Result
from mcda.ui import state, weights_ask, weights_compare, weights_group, weights_trade
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.markup import show_quiet

_PARTS: dict[str, Callable[[Result, str], None]] = {
    "ask": weights_ask.show,
    "trade": weights_trade.show,
    "compare": weights_compare.show,
    "group": weights_group.show,
}


def show() -> None:
    """Draw the page: which part, and that part alone."""
    language, result = state.language(), state.result()
    page_head("weights", result, language)
    part = st.pills(
        text("weights_page.part", language),
        list(_PARTS),
        default="ask",
        required=True,
        format_func=lambda name: text(f"weights_page.parts.{name}", language),
        key="weights_part",
        persist_state="session",
    )
    _PARTS[part or "ask"](result, language)
    show_quiet(provenance_line(state.result(), language))
