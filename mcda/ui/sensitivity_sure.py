"""Part "How sure?" of the page Sensitivity: above or below the line, in one word each, and why it is contested."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.exhibits.doubtful import hidden_sentence
from mcda.report.exhibits.label_list import considered, label_lines, label_table, question
from mcda.report.exhibits.plan_doubts import plan_doubts
from mcda.result import Result
from mcda.robustness.labels import SETTINGS, Labels, LabelSettings, has_labels, robustness_labels
from mcda.ui import state
from mcda.ui.amount import read_amount
from mcda.ui.budget_made import bar_of
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.pinned import choose_shown
from mcda.ui.segments import choose_one
from mcda.ui.sure_html import sure_html

_SPREADS = (3.0, 6.0, 10.0)


def show(result: Result, language: str) -> None:
    """Draw the part."""
    _sure(result, language)


@st.fragment
def _sure(result: Result, language: str) -> None:
    if not has_labels(result):
        st.info(text("labels.not_offered", language))
        return
    settings = _settings(result, language)
    made = state.planning().taken if settings.budget_eur is None else None
    found = robustness_labels(result, settings, budget_doubts=_doubts(made, result, language))
    st.header(question(found, language), anchor=False)
    st.markdown(f"**{literal(_counts(found, language))}**")
    shown = choose_shown(result, language, found)
    st.html(sure_html(found, result, shown.measures, language))
    if hidden := hidden_sentence(shown, language):
        show_quiet(hidden)
    with st.expander(text("sensitivity_page.sure_table", language)):
        table = label_table(found, result, language)
        show_table(
            table, text("sensitivity_page.sure_table", language), numeric=range(4, len(table.columns)), stack=True
        )
    show_quiet(considered(found, settings, language))


def _doubts(made: Plan | None, result: Result, language: str) -> Mapping[str, float] | None:
    """How near the budget line of the plan taken over is, where there is one and no other budget is asked about."""
    place, words = st.empty(), text("budget_page.working", language)
    found = plan_doubts(result, made, told=bar_of(place, words))
    place.empty()
    return found


def _settings(result: Result, language: str) -> LabelSettings:
    """Where the line is, and how far weights are moved."""
    line, money, spread = st.columns(3)
    with money:
        typed = st.text_input(
            text("sensitivity_page.budget", language),
            placeholder=text("sensitivity_page.no_budget", language),
            key="sensitivity_budget",
            persist_state="session",
        )
        budget = read_amount(typed)
        if typed.strip() and budget is None:
            st.error(literal(text("sensitivity_page.no_amount", language, value=typed)))
    with line:
        first = st.number_input(
            text("sensitivity_page.first", language),
            min_value=1,
            max_value=len(result.ranking),
            value=None,
            placeholder=text("sensitivity_page.first_tier", language),
            disabled=budget is not None,
            key="sensitivity_first",
            persist_state="session",
        )
    with spread:
        points = choose_one(
            text("sensitivity_page.spread", language),
            _SPREADS,
            SETTINGS.spread,
            shown=lambda value: text("sensitivity_page.points", language, points=value),
            key="sensitivity_spread",
        )
    return replace(
        SETTINGS,
        first=first if budget is None else None,
        budget_eur=budget,
        spread=points or SETTINGS.spread,
    )


def _counts(found: Labels, language: str) -> str:
    """How many places are sure and how many contested."""
    labels = [line.label for line in label_lines(found, language)]
    counts = {name: labels.count(name) for name in ("secure", "likely", "contested", "unlikely")}
    return text("sensitivity_page.sure_counts", language, **counts)
