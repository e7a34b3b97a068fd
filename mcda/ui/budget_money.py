"""Part "Mehr oder weniger Geld" of the page Budget: the next step, and what every budget would buy."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number, percent
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.frontier import Frontier, frontier
from mcda.portfolio.prices import STEP, MoreMoney, more_money, next_step, objective_of
from mcda.portfolio.ratio import ratio_plan
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui.budget_limits import change_words
from mcda.ui.budget_made import ROUNDS, answered, on_demand
from mcda.ui.budget_task import has_budget
from mcda.ui.figures.look import CONFIG
from mcda.ui.figures.plan_frontier import plan_frontier_figure
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table

_POINTS = 50


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part: a little more first, then the whole curve on demand."""
    key = ResultKey(result)
    st.header(text("budget_page.more_title", language), anchor=False)
    if not has_budget(made.task):
        st.markdown(text("budget_page.more_none", language))
    else:
        with st.spinner(text("budget_page.working", language)):
            step = answered("next", key, task, lambda: next_step(result, task, made, seconds=ROUNDS[1]))
            found = answered("more", key, task, lambda: more_money(result, task, made, seconds=ROUNDS[1]))
        sentence = step_sentence(step, result, language)
        st.markdown(f"**{literal(sentence)}**")
        heading = text("budget_page.more_title", language)
        show_table(more_table(found, result, language), heading, numeric=(2,), stack=True, own_line=2)
    st.header(text("budget_page.frontier_title", language), anchor=False)
    curve = on_demand(
        "frontier",
        key,
        task,
        text("budget_page.frontier_button", language),
        text("budget_page.working", language),
        lambda told: frontier(result, task, points=_POINTS, seconds=ROUNDS[0], told=told),
    )
    if curve is not None:
        _curve(curve, made, task, result, language)


def step_sentence(step: MoreMoney | None, result: Result, language: str) -> str:
    """The least money that buys anything more."""
    if step is None:
        return text("budget_page.no_step", language)
    return text(
        "budget_page.next_step",
        language,
        amount=money(step.extra_eur, language, cents=False),
        points=number(step.gain, language, 0 if step.gain >= 1 else 2),
        change=change_words(step.enters, step.leaves, result, language),
    )


def more_table(found: tuple[MoreMoney, ...], result: Result, language: str) -> pd.DataFrame:
    """What each amount more brings."""
    rows = [
        (
            money(one.extra_eur, language, cents=False),
            change_words(one.enters, one.leaves, result, language),
            number(one.gain, language, 0 if one.gain >= 1 else 2) if one.gain >= STEP else "0",
        )
        for one in found
    ]
    names = ("extra", "change", "gain")
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])


def _curve(curve: Frontier, made: Plan, task: PlanTask, result: Result, language: str) -> None:
    if not curve.points:
        st.info(text("budget_page.frontier_none", language))
        return
    st.markdown(f"**{literal(frontier_sentence(curve, language))}**")
    if sentence := _ratio_now(made, task, result, language):
        st.markdown(literal(sentence))
    budget = made.task.budget_eur if has_budget(made.task) else None
    here = (float(made.own if budget is None else budget), objective_of(made))
    st.plotly_chart(
        plan_frontier_figure(best_points(curve, here), ratio_points(curve), here, budget is not None, language),
        theme=None,
        config=CONFIG,
        key="budget_frontier_chart",
        alt=text(
            "budget_page.frontier_alt",
            language,
            count=len(curve.points),
            loss=percent(curve.largest_loss, language),
            enough=money(curve.enough_eur, language, cents=False),
        ),
    )
    with st.expander(text("budget_page.as_table", language)):
        heading = text("budget_page.frontier_title", language)
        show_table(frontier_table(curve, language), heading, numeric=range(5), stack=True)
    show_quiet(text("budget_page.frontier_about", language))


def best_points(curve: Frontier, here: tuple[float, float]) -> list[tuple[float, float]]:
    """(budget, the most it buys) at every budget of the curve, with the present plan among them."""
    budgets = {point.budget_eur for point in (*curve.points, *curve.ratio)}
    return sorted({(float(budget), curve.value_at(budget)) for budget in budgets} | {here})


def ratio_points(curve: Frontier) -> list[tuple[float, float]]:
    """(budget, what the rule of thumb makes of it)."""
    return [(float(point.budget_eur), point.value) for point in curve.ratio]


def frontier_sentence(curve: Frontier, language: str) -> str:
    """From where on more money buys nothing, and what the rule of thumb loses at most."""
    return text(
        "budget_page.frontier_sentence",
        language,
        enough=money(curve.enough_eur, language, cents=False),
        loss=percent(curve.largest_loss, language),
    )


def _ratio_now(made: Plan, task: PlanTask, result: Result, language: str) -> str:
    """What the rule of thumb picks in the plan's place."""
    rule = answered("ratio", ResultKey(result), task, lambda: ratio_plan(result, task))
    if rule is None:
        return text("budget_page.ratio_fails", language)
    reached, best = objective_of(rule), objective_of(made)
    return text(
        "budget_page.ratio_now",
        language,
        points=number(reached, language, 0),
        best=number(best, language, 0),
        loss=percent(max(0.0, 1 - reached / best) if best > 0 else 0.0, language, 1),
    )


def frontier_table(curve: Frontier, language: str) -> pd.DataFrame:
    """One row per plan of the curve, with what the rule of thumb reaches at the same budget."""
    by_budget: dict[Decimal, float] = {point.budget_eur: point.value for point in curve.ratio}
    rows = []
    for point in curve.points:
        rule = by_budget.get(point.budget_eur)
        loss = "–" if rule is None or point.value <= 0 else percent(max(0.0, 1 - rule / point.value), language, 1)
        rows.append(
            (
                money(point.own, language, cents=False),
                str(len(point.measures)),
                number(point.value, language, 0),
                "–" if rule is None else number(rule, language, 0),
                loss,
            )
        )
    names = ("own", "count", "points", "ratio", "ratio_loss")
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])
