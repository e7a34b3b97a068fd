"""The notice above every page while the data on screen are not those that were opened, and the way back."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.report.exhibits.changes import KINDS, Change, changes, headers
from mcda.ui import state
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_table

SHOWN = 300
FOLD = 20
_NO_RETURN = "changed_no_return"


def show_changed() -> None:
    """Say that the numbers rest on changed data, which, and offer the data as they were opened."""
    opened, language = state.origin(), state.language()
    if opened is None:
        return
    found = changes(opened, state.study(), language)
    count = Counter(change.kind for change in found)
    words = text("changed.notice", language, **{kind: count[kind] for kind in KINDS})
    st.html(f"<p class='rf-notice' role='status'>{escape(words)}</p>")
    if st.session_state.pop(_NO_RETURN, False):
        st.error(literal(text("changed.no_return", language)))
    with st.expander(text("changed.what", language)):
        show_changes(found, text("changed.alt", language), language)
        with st.container(horizontal=True):
            st.button(text("changed.return", language), key="changed_return", on_click=_return)
            show_link("edit", text("changed.to_edit", language), language)


def show_changes(found: Sequence[Change], caption: str, language: str) -> None:
    """Changes as a table of old and new contents."""
    more = text("changed.more", language, count=len(found) - FOLD)
    show_table(change_table(found[:SHOWN], language), caption, fold=FOLD, more=more)


def change_table(found: Sequence[Change], language: str) -> pd.DataFrame:
    """One row per change; a row come or gone says so in place of its column."""
    rows = [
        tuple(part or "–" for part in change.texts())
        if change.kind == "changed"
        else (change.table, change.row, text(f"changes.row_is.{change.kind}", language), "–", "–")
        for change in found
    ]
    return pd.DataFrame(rows, columns=list(headers(language)))


def _return() -> None:
    try:
        state.return_to_origin()
    except (InputError, MethodError):
        st.session_state[_NO_RETURN] = True
