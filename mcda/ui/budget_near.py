"""Part "Knapp" of the page Budget: which decisions are near the line, and which are sure whatever is thought."""

import pandas as pd
import streamlit as st

from mcda.locale import text
from mcda.locale.formats import number, percent
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.core import Core, Inclusion, inclusion, inclusion_over_budgets
from mcda.portfolio.flips import Flip, nearest_to_line
from mcda.report.exhibits.plan_words import measure_words
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.robustness.considered import Considered, weights_considered
from mcda.ui.budget_grants import loss_words
from mcda.ui.budget_limits import change_words
from mcda.ui.budget_made import ROUNDS, asked, on_demand
from mcda.ui.budget_task import has_budget
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_table
from mcda.ui.segments import choose_one

_NEAREST = 3
_SLACK = 0.2
_KINDS: tuple[Core, ...] = ("always", "depends", "never")
_SIGNS = {"always": "●", "depends": "◐", "never": "○"}


def show_near(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part: the three nearest, each with what deciding otherwise costs."""
    found = asked(
        "near",
        ResultKey(result),
        task,
        text("budget_page.working", language),
        lambda told: nearest_to_line(result, made, count=_NEAREST, seconds=ROUNDS[0], told=told),
    )
    if not found:
        st.markdown(text("budget_page.near_none", language))
        return
    st.markdown(text("budget_page.near_about", language))
    for one in found:
        st.markdown(f"**{literal(flip_sentence(one, result, language))}**")
        if one.enters or one.leaves:
            show_quiet(also_sentence(one, result, language))


def flip_sentence(one: Flip, result: Result, language: str) -> str:
    """What it costs to decide a measure the other way."""
    return text(
        f"budget_page.flip_{'out' if one.inside else 'in'}",
        language,
        measure=measure_words(one.measure, result.study, language),
        points=loss_words(one.loss, language),
    )


def also_sentence(one: Flip, result: Result, language: str) -> str:
    """What else changes then."""
    return change_words(one.enters, one.leaves, result, language)


def show_core(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part: always in, never in, or it depends, over weightings or over budgets."""
    over = choose_one(
        text("budget_page.core_over", language),
        ("around", "all", "budgets"),
        "around",
        shown=lambda name: text(f"budget_page.core_{name}", language),
        key="budget_core",
        explained=text("budget_page.core_help", language),
    )
    if over == "budgets" and not has_budget(made.task):
        st.info(text("budget_page.core_no_budget", language))
        return
    key, words = ResultKey(result), text("budget_page.working", language)
    label = text("budget_page.core_button", language)
    found = on_demand(f"core_{over}", key, task, label, words, lambda told: _core(over, task, result, told))
    if found is None:
        return
    kind = "budgets" if over == "budgets" else "weights"
    st.markdown(f"**{literal(core_sentence(found, kind, language))}**")
    sometimes = sum(found.core(name) != "never" for name in found.shares)
    more = text(f"budget_page.core_never_{kind}", language, count=len(found.shares) - sometimes)
    frame = core_table(found, kind, made, result, language)
    show_table(frame, label, numeric=(2,), stack=True, fold=sometimes, more=more)
    show_quiet(core_note(found, over, language))


def _core(over: str, task: PlanTask, result: Result, told) -> Inclusion:  # type: ignore[no-untyped-def]
    if over == "budgets":
        return inclusion_over_budgets(result, task, slack=_SLACK, told=told)
    considered = Considered(weightings="around" if over == "around" else "all")
    return inclusion(result, task, weights_considered(result, considered), told=told)


def core_sentence(found: Inclusion, kind: str, language: str) -> str:
    """How many are always in, depend, never in, of what was varied: weights or budgets."""
    kinds = [found.core(name) for name in found.shares]
    counts = {one: kinds.count(one) for one in _KINDS}
    key = f"budget_page.core_sentence_{kind}"
    return text(key, language, considered=found.considered, distinct=found.distinct, **counts)


def core_table(found: Inclusion, kind: str, made: Plan, result: Result, language: str) -> pd.DataFrame:
    """One row per measure, those most often in first."""
    order = sorted(found.shares, key=lambda name: -found.shares[name])
    rows = [
        (
            measure_words(name, result.study, language),
            f"{_SIGNS[found.core(name)]} {text(f'budget_page.core_kind.{kind}_{found.core(name)}', language)}",
            percent(found.shares[name], language),
            text(f"budget_page.now_{'in' if name in made.measures else 'out'}", language),
        )
        for name in order
    ]
    names = ("measure", "core", "share", "now")
    return pd.DataFrame(rows, columns=[text(f"budget_page.column.{name}", language) for name in names])


def core_note(found: Inclusion, over: str, language: str) -> str:
    """What was considered, how exact the shares are, and what they are not."""
    if over == "budgets":
        return text("budget_page.core_note_budgets", language, slack=percent(_SLACK, language), count=found.considered)
    error = max(found.errors.values(), default=0.0)
    return text("budget_page.core_note", language, error=number(100 * error, language, 1), seed=str(found.seed))
