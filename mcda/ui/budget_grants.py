"""Part "Ohne Förderung" of the page Budget: programmes failing one by one, measures that need their grant."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.grants_failing import GrantFails, Hanging, grants_failing, hanging_on_grants
from mcda.report.exhibits.plan_words import measure_words
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui.budget_limits import change_words
from mcda.ui.budget_made import ROUNDS, asked
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    if not made.grant:
        st.markdown(text("budget_page.no_grants", language))
        return
    key, words = ResultKey(result), text("budget_page.working", language)
    hanging = asked("hanging", key, task, words, lambda t: hanging_on_grants(result, made, seconds=ROUNDS[0], told=t))
    st.markdown(f"**{literal(hanging_sentence(hanging, made, language))}**")
    if hanging:
        frame = hanging_table(hanging, result, language)
        show_table(frame, text("budget_page.hanging", language), numeric=(2, 3), stack=True, own_line=2)
    fails = asked("fails", key, task, words, lambda t: grants_failing(result, made, seconds=ROUNDS[0], told=t))
    heading = text("budget_page.failing", language)
    st.header(heading, anchor=False)
    show_table(failing_table(fails, result, language), heading, numeric=(2, 3, 4), stack=True, own_line=2)
    show_quiet(text("budget_page.failing_about", language))


def hanging_sentence(hanging: tuple[Hanging, ...], made: Plan, language: str) -> str:
    """How many measures of the plan stand only through their grant."""
    key = "budget_page.hanging_sentence" if hanging else "budget_page.hanging_none"
    return text(key, language, count=len(hanging), all=len(made.chosen))


def hanging_table(hanging: tuple[Hanging, ...], result: Result, language: str) -> pd.DataFrame:
    """One row per measure that falls out without its grant."""
    rows = [
        (
            measure_words(one.measure, result.study, language),
            ", ".join(programme_name(result.study, name, language) for name in one.programmes),
            money(one.grant, language, cents=False),
            loss_words(one.loss, language),
        )
        for one in hanging
    ]
    return _frame(rows, ("measure", "programmes", "grant", "loss"), language)


def failing_table(fails: tuple[GrantFails, ...], result: Result, language: str) -> pd.DataFrame:
    """One row per programme that pays in the plan, the heaviest loss first."""
    rows = [
        (
            programme_name(result.study, one.programme, language),
            failing_words(one, result, language),
            money(one.grant, language, cents=False),
            loss_words(one.loss, language),
            "–" if one.own_eur is None else money(one.own_eur, language, cents=False),
        )
        for one in fails
    ]
    return _frame(rows, ("programme", "change", "grant", "loss", "own_more"), language)


def failing_words(one: GrantFails, result: Result, language: str) -> str:
    """What changes without the programme: measures, or only who pays."""
    own = one.own_eur or Decimal(0)
    if one.comes_in or one.falls_out or not own:
        return change_words(one.comes_in, one.falls_out, result, language)
    key = f"budget_page.stays_{'dearer' if own > 0 else 'cheaper'}"
    return text(key, language, amount=money(abs(own), language, cents=False))


def loss_words(loss: float | None, language: str) -> str:
    """Points that are lost; without any plan that is said."""
    if loss is None:
        return text("budget_page.no_plan_left", language)
    return number(loss, language, 0 if abs(loss) >= 1 or not loss else 2)


def _frame(rows: Sequence[tuple[str, ...]], names: tuple[str, ...], language: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])
