"""Part "Plan" of the page Budget: what to do, what it costs and brings, what was left out and why."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.left_out import LeftOut, left_out
from mcda.report.exhibits.plan_lists import in_order, left_out_reason
from mcda.report.exhibits.plan_words import measure_words, out_reason, plan_finding_lines
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui.budget_made import answered
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

_LOUD = ("error", "strong", "warning")


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    for line in plan_finding_lines(made, result.study, language):
        if line.level in _LOUD:
            st.warning(literal(line.sentence))
        else:
            show_quiet(line.sentence)
    heading = text("budget_page.table", language)
    if made.chosen:
        frame = plan_table(made, result, language)
        amounts = range(2, len(frame.columns))
        show_table(frame, heading, numeric=amounts, stack=True, own_line=2)
    else:
        st.markdown(text("budget_page.nothing", language))
    if made.left_out:
        with st.expander(text("budget_page.left_out", language, count=len(made.left_out))):
            left = left_out_table(
                answered("left_out", ResultKey(result), task, lambda: left_out(result, made)), made, result, language
            )
            show_table(left, text("budget_page.left_out", language, count=len(left)), numeric=(1, 2), stack=True)
    if made.out:
        with st.expander(text("budget_page.out", language, count=len(made.out))):
            rows = [(measure_words(o.measure, result.study, language), out_reason(o.code, language)) for o in made.out]
            heads = [text(f"budget_page.column.{name}", language) for name in ("measure", "why")]
            show_table(pd.DataFrame(rows, columns=heads), text("budget_page.out", language, count=len(rows)))


def plan_table(made: Plan, result: Result, language: str) -> pd.DataFrame:
    """One row per measure of the plan; start and later costs only where years are planned."""

    def euro(amount: Decimal) -> str:
        return money(amount, language, cents=False)

    names = ["measure", "programmes", "start", "own", "later", "grant", "points"]
    if not made.years:
        names = [name for name in names if name not in ("start", "later")]
    rows = []
    for one in in_order(made):
        fixed = f" {text('budget_page.fixed', language)}" if one.fixed else ""
        cells = {
            "measure": measure_words(one.measure, result.study, language) + fixed,
            "programmes": ", ".join(programme_name(result.study, p, language) for p in one.programmes) or "–",
            "start": "" if one.start is None else str(one.start),
            "own": euro(one.own),
            "later": euro(one.later),
            "grant": euro(one.grant),
            "points": number(one.value, language, 0),
        }
        rows.append([cells[name] for name in names])
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])


def left_out_table(found: tuple[LeftOut, ...], made: Plan, result: Result, language: str) -> pd.DataFrame:
    """What could have been planned, the most points first, and what stands against adding it."""
    rows = [
        (
            measure_words(one.measure, result.study, language),
            money(one.own, language, cents=False),
            number(one.value, language, 0),
            left_out_reason(one, made, result.study, language),
        )
        for one in sorted(found, key=lambda one: -one.value)
    ]
    heads = [text(f"budget_page.column.{name}", language) for name in ("measure", "own", "points", "why")]
    return pd.DataFrame(rows, columns=heads)
