"""Input that cannot be used, as one table of everything found, in the reader's language."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from mcda.errors import InputError, Issue, MethodError
from mcda.locale import text
from mcda.report.exhibits.issue_list import IssueLine, issue_list
from mcda.study.sheets import Sheet
from mcda.ui import state
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

SHOWN = 500
"""Issues listed on screen; the files to download hold all."""


def show_issues(name: str, issues: Sequence[Issue], language: str, sheets: Sequence[Sheet] = ()) -> None:
    """Say that `name` was not opened and list its issues, each with its place in the file's `sheets`."""
    st.error(literal(text("ui.issues.intro", language, name=name, count=len(issues))))
    show_issue_table(issues, language, sheets)


def show_issue_table(issues: Sequence[Issue], language: str, sheets: Sequence[Sheet] = ()) -> None:
    """The issues as a table, each with its place in the file's `sheets`."""
    lines = issue_list(issues[:SHOWN], sheets, language)
    show_table(issue_table(lines, language), text("ui.issues.alt", language), stack=True, own_line=2)
    if len(issues) > SHOWN:
        show_quiet(text("ui.issues.more", language, count=len(issues) - SHOWN))


def show_no_result(error: InputError | MethodError) -> None:
    """Say why the setting in force has no result, and offer the way back."""
    language = state.language()
    issues = (error.issue,) if isinstance(error, MethodError) else error.issues
    for issue in issues:
        st.error(literal(issue.sentence(language)))
    if state.can_undo():
        st.button(text("board.text.undo", language), key="no_result_undo", on_click=state.undo)


def issue_table(lines: Sequence[IssueLine], language: str) -> pd.DataFrame:
    """One row per issue: where it is, what stands there, and the sentence saying what is wrong and what is allowed."""
    headers = [text(f"issue_list.{name}", language) for name in ("place", "value", "message")]
    rows = [(_place(line, language) or "–", line.value or "–", line.message) for line in lines]
    return pd.DataFrame(rows, columns=headers)


def _place(line: IssueLine, language: str) -> str:
    """'Maßnahmen Q2, Investition (EUR)': the cell as spreadsheets call it, else the row."""
    row = text("issue.row", language, row=str(line.row)) if line.row is not None else ""
    return ", ".join(part for part in (" ".join(p for p in (line.sheet, line.cell or row) if p), line.column) if part)
