"""Input that cannot be used, as one table of everything found, in the reader's language."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from mcda.errors import InputError, Issue, MethodError, Where
from mcda.locale import text
from mcda.ui import state
from mcda.ui.literal import literal
from mcda.ui.markup import show_table


def show_rejected() -> None:
    """The issues of the last upload, above the page, until somebody puts them away."""
    name, issues = state.rejected()
    if not issues:
        return
    language = state.language()
    show_issues(name, issues, language)
    st.button(text("ui.issues.dismiss", language), key="issues_dismiss", on_click=state.forget_rejected)


def show_issues(name: str, issues: Sequence[Issue], language: str) -> None:
    """Say that `name` was not opened and list every issue with its place."""
    st.error(literal(text("ui.issues.intro", language, name=name, count=len(issues))))
    show_table(issue_table(issues, language), text("ui.issues.alt", language, name=name), numeric=(1,))


def show_no_result(error: InputError | MethodError) -> None:
    """Say why the setting in force has no result, and offer the way back."""
    language = state.language()
    issues = (error.issue,) if isinstance(error, MethodError) else error.issues
    for issue in issues:
        st.error(literal(issue.sentence(language)))
    if state.can_undo():
        st.button(text("board.text.undo", language), key="no_result_undo", on_click=state.undo)


def issue_table(issues: Sequence[Issue], language: str) -> pd.DataFrame:
    """One row per issue: table, row, column, and the sentence saying what is wrong and what is allowed."""
    headers = [text(f"ui.issues.{column}", language) for column in ("table", "row", "column", "message")]
    rows = [
        (
            issue.where.table or "–",
            "–" if issue.where.row is None else str(issue.where.row),
            issue.where.column or "–",
            replace(issue, where=Where()).sentence(language),
        )
        for issue in issues
    ]
    return pd.DataFrame(rows, columns=headers)
