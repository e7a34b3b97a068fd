"""The live board: a Streamlit component (version 2) that draws what Python computes, in place, while a thumb moves.

`payload` makes what it draws, `orders` checks what it asks for, `direct` answers a thumb in motion.
"""

from importlib.resources import files
from typing import Any

import streamlit as st


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


_mount = st.components.v2.component(
    "rangfolge_board",
    html=_part("board.html"),
    css=_part("board.css"),
    js=_part("board.js") + _part("drawing.js"),
)


def show_board(data: dict[str, Any], *, key: str) -> None:
    """Draw the board with `data` (controls, payload, session).

    What it asks for is, in the next run, in `st.session_state[key]["orders"]`: JSON objects for `orders.Order`.
    """
    _mount(data=data, key=key, on_orders_change=_nothing)


def _nothing() -> None:
    """Streamlit keeps only state that has a callback; the page reads the orders at the start of its next run."""
