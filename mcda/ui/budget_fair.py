"""Part "Gerecht verteilt" of the page Budget: benefit and burden by municipality, the fairest plan and its price."""

from html import escape

import pandas as pd
import streamlit as st

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import fixed, money, number, percent
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.fairness import Fair, FairPlan, Measured, fair_plan, fairness
from mcda.portfolio.prices import STEP, changes
from mcda.report.exhibits.plan_questions import fair_figure, worst_off
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui.budget_faults import fault_sentence
from mcda.ui.budget_limits import change_words
from mcda.ui.budget_made import ROUNDS, answered, on_demand
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.segments import choose_one

_BY: tuple[Measured, ...] = ("potential", "head", "own_euro")


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    by = choose_one(
        text("budget_page.fair_by", language),
        _BY,
        "potential",
        shown=lambda name: text(f"budget_page.fair.{name}", language),
        key="budget_fair_by",
    )
    st.markdown(text("budget_page.fair_political", language))
    key = ResultKey(result)
    now = answered("fairness", key, task, lambda: fairness(result, made))
    if not now:
        st.info(text("budget_page.fair_nobody", language))
        return
    st.html(fair_bars(now, by, result, language))
    heading = text("budget_page.fair_table", language)
    with st.expander(heading):
        frame = fair_table(now, result, language)
        show_table(frame, heading, numeric=range(1, len(frame.columns)), stack=True)
    show_quiet(text("budget_page.fair_about", language))
    _fairest(by, now, made, task, result, language)


def _fairest(by: Measured, now: tuple[Fair, ...], made: Plan, task: PlanTask, result: Result, language: str) -> None:
    st.header(text("budget_page.fairest", language), anchor=False)
    try:
        found = on_demand(
            f"fair_{by}",
            ResultKey(result),
            task,
            text("budget_page.fair_button", language),
            text("budget_page.working", language),
            lambda told: (fair_plan(result, made, by=by, seconds=ROUNDS[1]),),
        )
    except InputError as error:
        for issue in error.issues:
            st.error(literal(fault_sentence(issue, result.study, language)))
        return
    if found is None:
        return
    (fairest,) = found
    if fairest is None:
        st.info(text("budget_page.fair_none", language))
        return
    st.markdown(f"**{literal(fair_sentence(fairest, made, worst_off(now, by, result.study), language))}**")
    enters, leaves = changes(made, fairest.plan)
    if enters or leaves:
        st.markdown(literal(change_words(enters, leaves, result, language)))


def amount_words(value: float | None, by: Measured, language: str) -> str:
    """The figure with its unit."""
    if value is None:
        return text("budget_page.unknown", language)
    if by == "potential":
        return percent(value, language, 1)
    return text(f"budget_page.fair_unit.{by}", language, value=fixed(value, language, 1))


def fair_bars(now: tuple[Fair, ...], by: Measured, result: Result, language: str) -> str:
    """A bar for each municipality, with its figure and its own money."""
    values = {one.municipality: fair_figure(one, by) for one in now}
    most = max((value for value in values.values() if value is not None), default=0.0) or 1.0
    rows = "".join(
        f"<li><span>{escape(result.study.municipality_by_id[one.municipality].name)}</span>"
        f"<i aria-hidden='true'><em style='width:{100 * (values[one.municipality] or 0.0) / most:.1f}%'></em></i>"
        f"<b>{escape(amount_words(values[one.municipality], by, language))}</b>"
        f"<small>{escape(_own(one, language))}</small></li>"
        for one in now
    )
    return f"<ul class='rf-fair'>{rows}</ul>"


def _own(one: Fair, language: str) -> str:
    if one.own is None:
        return text("budget_page.fair_own_unknown", language)
    return text("budget_page.fair_own", language, amount=money(one.own, language, cents=False))


def fair_table(now: tuple[Fair, ...], result: Result, language: str) -> pd.DataFrame:
    """Benefit and burden of everybody, by all three measures."""
    rows = [
        (
            result.study.municipality_by_id[one.municipality].name,
            number(one.value, language, 0),
            *(amount_words(fair_figure(one, by), by, language) for by in _BY),
            "–" if one.own is None else money(one.own, language, cents=False),
            "–" if one.own_per_head is None else money(one.own_per_head, language),
        )
        for one in now
    ]
    names = ("municipality", "points", "share_of_potential", "per_head", "per_euro", "own", "own_per_head")
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])


def fair_sentence(found: FairPlan, made: Plan, who: tuple[str, ...], language: str) -> str:
    """Who has least, what everybody would get at least, and what that costs all together."""
    if found.price < STEP and found.floor <= found.before + STEP:
        return text("budget_page.fair_already", language)
    price = found.price / made.value if made.value > 0 else 0.0
    return text(
        f"budget_page.fair_price{'' if found.proven else '_open'}",
        language,
        who=who,
        before=amount_words(found.before, found.by, language),
        floor=amount_words(found.floor, found.by, language),
        points=number(found.price, language, 0 if found.price >= 1 else 2),
        share=percent(price, language, 1),
    )
