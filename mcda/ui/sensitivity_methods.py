"""Part "Other methods" of the page Sensitivity: other ways to compute, other scales, beside the ranking in force."""

from functools import lru_cache

import streamlit as st

from mcda.errors import MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.report.exhibits.method_table import (
    agreement_pairs,
    agreement_sentence,
    agreement_table,
    apart_sentence,
    choices_table,
    ranks_table,
    unanswered,
)
from mcda.report.exhibits.reversal_table import reversal_table
from mcda.result import Result
from mcda.robustness.method_agreement import MethodAgreement, method_agreement
from mcda.robustness.reversal import RankReversal, rank_reversals
from mcda.robustness.value_choices import ValueChoice, value_choices
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.pinned import choose_shown


def show(result: Result, language: str) -> None:
    """Draw the part."""
    st.header(text("method_table.title", language), anchor=False)
    st.markdown(literal(text("method_table.lead", language)))
    found = _methods(result.study, result.scenario)
    st.markdown(f"**{literal(agreement_sentence(found, language))}**")
    for sentence in unanswered(found, language):
        st.info(literal(sentence))
    table = agreement_table(found, language)
    show_table(table, text("method_table.title", language), numeric=range(2, len(table.columns)), stack=True)
    show_quiet(text("method_table.measures", language))
    with st.expander(text("method_table.pairs", language)):
        pairs = agreement_pairs(found, language)
        show_table(pairs, text("method_table.pairs", language), numeric=(3,), stack=True, own_line=2)
    st.subheader(text("method_table.ranks", language), anchor=False)
    shown = choose_shown(result, language)
    order = [line.measure for line in result.ranking]
    chosen = [*shown.measures, *(m for m in order if m not in shown.measures)]
    ranks = ranks_table(found, result, chosen, language)
    show_table(
        ranks,
        text("method_table.ranks", language),
        numeric=range(1, len(ranks.columns)),
        stack=True,
        fold=len(shown.measures),
        more=text("ui.sensitivity.more_rows", language, count=shown.hidden),
    )
    if apart := apart_sentence(found, result, language):
        show_quiet(apart)
    _list_probes(result, language)
    _scales(result, language)


def _list_probes(result: Result, language: str) -> None:
    st.header(text("reversal.title", language), anchor=False)
    st.markdown(literal(text("reversal.lead", language)))
    table = reversal_table(_reversals(result.study, result.scenario), language)
    show_table(table, text("reversal.title", language), stack=True)


def _scales(result: Result, language: str) -> None:
    st.header(text("value_choices.title", language), anchor=False)
    st.markdown(literal(text("value_choices.lead", language)))
    try:
        found = _choices(result.study, result.scenario)
    except MethodError as error:
        st.info(literal(error.issue.sentence(language)))
        return
    if not found:
        st.markdown(literal(text("value_choices.none", language)))
        return
    table = choices_table(found, result, language)
    show_table(table, text("value_choices.title", language), numeric=(2, 6), stack=True, own_line=2)


@lru_cache(maxsize=8)
def _methods(study: Study, scenario: Scenario) -> MethodAgreement:
    return method_agreement(evaluate(study, scenario))


@lru_cache(maxsize=8)
def _reversals(study: Study, scenario: Scenario) -> tuple[RankReversal, ...]:
    return rank_reversals(evaluate(study, scenario))


@lru_cache(maxsize=8)
def _choices(study: Study, scenario: Scenario) -> tuple[ValueChoice, ...]:
    return value_choices(evaluate(study, scenario))
