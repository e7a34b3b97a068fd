"""Measures that are shown in every picture of doubt, whatever their rank: chosen once, kept on all parts."""

import streamlit as st

from mcda.locale import text
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.doubtful import Shown, doubtful
from mcda.result import Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels

_KEY = "sensitivity_pinned"


def choose_shown(result: Result, language: str, found: Labels | None = None) -> Shown:
    """The first ones, the contested ones (by `found`, else by the usual settings) and those pinned here."""
    if found is None and has_labels(result):
        found = robustness_labels(result)
    pinned = st.multiselect(
        text("sensitivity_page.pinned", language),
        [line.measure for line in result.ranking],
        format_func=lambda m: f"{m} {title_of(result.study.measure_by_id[m], language)}",
        placeholder=text("sensitivity_page.pinned_none", language),
        key=_KEY,
        persist_state="session",
    )
    return doubtful(result, found, pinned)
