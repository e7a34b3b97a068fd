"""Files to take along from the page Daten: made at the click, so that drawing the page costs nothing."""

from collections.abc import Callable, Sequence

import streamlit as st

from mcda.errors import InputError, Issue
from mcda.locale import text
from mcda.report.exhibits.issue_list import IssueLine, issue_list
from mcda.report.exports.issues_file import issues_csv, issues_xlsx
from mcda.ui.upload import Upload, marked_copy

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_file(name: str, make: Callable[[], bytes], ending: str, language: str, kind: str = "secondary") -> None:
    """A button that makes a file at the click; the page stays as it is."""
    st.download_button(
        text(f"data.{name}_button", language),
        make,
        f"{text(f'data.{name}_file', language)}.{ending}",
        XLSX if ending == "xlsx" else "text/csv",
        key=f"download_{name}",
        on_click="ignore",
        type="primary" if kind == "primary" else "secondary",
    )


def offer_lists(upload: Upload, issues: Sequence[Issue], language: str) -> None:
    """The upload with its bad cells marked, and the list of its faults as workbook and CSV."""

    def lines() -> tuple[IssueLine, ...]:
        return issue_list(issues, upload.sheets, language)

    if upload.sheets:
        offer_file("marked", lambda: _marked(upload, issues, language), "xlsx", language, "primary")
    offer_file("issues_xlsx", lambda: issues_xlsx(lines(), language), "xlsx", language)
    offer_file("issues_csv", lambda: issues_csv(lines(), language), "csv", language)


def _marked(upload: Upload, issues: Sequence[Issue], language: str) -> bytes:
    """The marked copy; where the file cannot be copied, the list of its faults."""
    try:
        return marked_copy(upload, issues, language)
    except InputError:
        return issues_xlsx(issue_list(issues, upload.sheets, language), language)
