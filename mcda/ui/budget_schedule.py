"""Part "Jahresplan" of the page Budget: when each measure starts, what is paid when, as bars and as a table."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import Plan, PlanTask
from mcda.report.exhibits.plan_lists import in_order
from mcda.report.exhibits.plan_words import measure_words, status_sentence
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui import budget_task
from mcda.ui.budget_made import longest
from mcda.ui.figures.look import CONFIG
from mcda.ui.figures.plan_years import YearBar, plan_years_figure
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

MONTHS = 12


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    if not made.years:
        st.info(text("budget_page.schedule_no_years", language))
        return
    planned = scheduled(task, result, language)
    if not planned.solved:
        st.info(status_sentence(planned, language))
        return
    st.markdown(f"**{literal(schedule_sentence(planned, made, language))}**")
    show_quiet(text("budget_page.schedule_about", language, percent=number(planned.task.delay_pct, language, 0)))
    st.button(
        text(f"budget_page.schedule_{'leave' if task.schedule else 'keep'}", language),
        key="budget_schedule",
        on_click=budget_task.change,
        kwargs={"schedule": not task.schedule},
    )
    if planned.chosen:
        _draw(planned, result, language)


def _draw(planned: Plan, result: Result, language: str) -> None:
    show_quiet(text("budget_page.schedule_key", language))
    first, last = (str(planned.years[end]) for end in (0, -1))
    st.plotly_chart(
        plan_years_figure(year_bars(planned, result, language), planned.years, language),
        theme=None,
        config=CONFIG,
        key="budget_years_chart",
        alt=text("budget_page.schedule_alt", language, count=len(planned.chosen), first=first, last=last),
    )
    heading = text("budget_page.schedule_table", language)
    st.subheader(heading, anchor=False)
    frame = year_table(planned, result, language)
    show_table(frame, heading, numeric=range(1, len(frame.columns)))


def scheduled(task: PlanTask, result: Result, language: str) -> Plan:
    """The plan with its starts chosen."""
    asked = task.model_copy(update={"schedule": True})
    return longest(text("budget_page.searching", language), ResultKey(result), asked)


def schedule_sentence(planned: Plan, made: Plan, language: str) -> str:
    """What choosing the starts brings beside starting everything as early as it can, and what either costs later."""
    said = {"count": len(planned.chosen), "points": number(planned.value, language, 0)}
    said["later"] = money(planned.later, language, cents=False)
    said["status"] = status_sentence(planned, language)
    if made.task.schedule:
        return text("budget_page.schedule_alone", language, **said)
    before = {"before": len(made.chosen), "before_points": number(made.value, language, 0)}
    later = money(made.later, language, cents=False)
    return text("budget_page.schedule_sentence", language, before_later=later, **before, **said)


def year_bars(planned: Plan, result: Result, language: str) -> tuple[YearBar, ...]:
    """One bar for each measure, by start."""
    bars = []
    for one in in_order(planned):
        months = result.study.measure_by_id[one.measure].duration_months or MONTHS
        start = float(one.start or planned.years[0])
        name = measure_words(one.measure, result.study, language)
        told = f"{name}: {one.start}, {money(one.own, language, cents=False)}"
        bars.append(YearBar(name, told, start, start + months / MONTHS))
    return tuple(bars)


def year_table(planned: Plan, result: Result, language: str) -> pd.DataFrame:
    """Own money by measure and year, with the sums below."""

    def euro(amount: Decimal) -> str:
        return money(amount, language, cents=False) if amount else "–"

    zero = Decimal(0)
    rows = [
        [
            measure_words(one.measure, result.study, language),
            str(one.start),
            *(euro(one.own_by_year.get(year, zero)) for year in planned.years),
            euro(one.own),
        ]
        for one in in_order(planned)
    ]
    sums = [sum((one.own_by_year.get(year, zero) for one in planned.chosen), zero) for year in planned.years]
    rows.append([text("budget_page.sum", language), "", *(euro(one) for one in sums), euro(planned.own)])
    names = ("measure", "start", "own")
    heads = [text(f"budget_page.column.{name}", language) for name in names]
    return pd.DataFrame(rows, columns=[*heads[:2], *(str(year) for year in planned.years), heads[2]])
