"""What every page of a study carries: its title, its notice, and the line saying where the numbers come from."""

from datetime import date
from html import escape

import streamlit as st

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.setting import method_name, scenario_name
from mcda.result import Result
from mcda.study.model import Study


def study_title(study: Study, language: str) -> str:
    """The study's title in the reader's language, in the study's own where there is no translation."""
    return (study.study.title_en if language == "en" else "") or study.study.title


def notice(study: Study, language: str) -> str:
    """What a reader must know about the data, e.g. that it is illustrative; empty when the study says nothing."""
    return (study.study.notice_en if language == "en" else "") or study.study.notice


def provenance_line(result: Result, language: str) -> str:
    """Version, inputs, scenario, method, seed and as-of date in one line: enough to make the numbers again."""
    made = result.provenance
    return text(
        "board.provenance",
        language,
        version=made.version,
        inputs=made.input_hash[:12],
        scenario=scenario_name(result, language),
        method=method_name(made.method, language),
        seed=str(made.seed),
        as_of=day(date.fromisoformat(made.as_of), language),
    )


def page_head(page: str, result: Result, language: str) -> None:
    """Heading, one plain sentence on what the page answers, and the study's notice."""
    st.title(text(f"ui.page.{page}.title", language), anchor=False)
    st.markdown(text(f"ui.page.{page}.lead", language))
    if warning := notice(result.study, language):
        st.html(f"<p class='rf-notice'>{escape(warning)}</p>")
