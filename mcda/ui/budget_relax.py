"""No plan keeps all rules: the smallest changes that would make one possible, each with a button that makes it."""

from collections.abc import Sequence

import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import PlanTask
from mcda.portfolio.relax import Relaxation, relaxations
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui import budget_task
from mcda.ui.budget_limits import rule_name
from mcda.ui.budget_made import ROUNDS, answered
from mcda.ui.literal import literal


def show(task: PlanTask, result: Result, language: str) -> None:
    """Draw the ways out, or say that none was found in time."""
    with st.spinner(text("budget_page.relaxing", language)):
        found = answered("relax", ResultKey(result), task, lambda: relaxations(result, task, seconds=ROUNDS[1]))
    if not found:
        st.markdown(text("budget_page.no_relaxation", language))
        return
    together = found[0].together
    st.markdown(text(f"budget_page.relax_{'together' if together else 'single'}", language))
    if together:
        for one in found:
            st.markdown(f"- {literal(relaxation_words(one, result, language))}")
        _button(task, found, text("budget_page.relax_all", language), "all")
        return
    for one in found:
        _button(task, (one,), literal(relaxation_words(one, result, language)), one.key)


def _button(task: PlanTask, found: Sequence[Relaxation], words: str, name: str) -> None:
    st.button(words, key=f"budget_relax_{name}", on_click=budget_task.ask, args=(budget_task.relaxed(task, found),))


def relaxation_words(one: Relaxation, result: Result, language: str) -> str:
    """What to change, and to what."""
    rule = rule_name(one.key, result, language)

    def amount(size: float) -> str:
        return money(size, language) if one.unit == "eur" else number(size, language)

    return text(
        f"budget_page.relax.{one.kind}",
        language,
        rule=rule[:1].upper() + rule[1:],
        needed=amount(one.needed),
        limit=amount(one.limit),
    )
