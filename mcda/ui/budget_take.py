"""Part "Übernehmen" of the page Budget: keep the plan for the documents, take its task and itself along as files."""

from dataclasses import replace

import streamlit as st

from mcda.locale import text
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.written import task_toml
from mcda.report.exhibits.plan_doubts import plan_doubts, plan_fits
from mcda.report.exports.plan_file import plan_xlsx
from mcda.result import Result
from mcda.ui import budget_task, state
from mcda.ui.budget_head import plan_sentence
from mcda.ui.budget_made import bar_of
from mcda.ui.budget_schedule import scheduled
from mcda.ui.downloads import XLSX
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.ui.segments import choose_one

_WHICH = ("shown", "schedule")


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    chosen = made
    if made.years and not task.schedule:
        which = choose_one(
            text("budget_page.take_which", language),
            _WHICH,
            "shown",
            shown=lambda name: text(f"budget_page.take.{name}", language),
            key="budget_take_which",
        )
        chosen = scheduled(task, result, language) if which == "schedule" else made
    st.markdown(f"**{literal(plan_sentence(chosen, language))}**")
    with st.container(horizontal=True):
        st.button(
            text("budget_page.take_button", language),
            key="budget_take",
            type="primary",
            on_click=take,
            args=(chosen,),
            disabled=not chosen.solved,
        )
        _files(chosen, result, language)
    show_quiet(text("budget_page.task_about", language))
    _taken(result, language)


def _files(chosen: Plan, result: Result, language: str) -> None:
    st.download_button(
        text("budget_page.download_plan", language),
        lambda: plan_xlsx(result, chosen, language=language),
        f"{text('budget_page.plan_file', language)}.xlsx",
        XLSX,
        key="download_plan",
        on_click="ignore",
        disabled=not chosen.solved,
    )
    st.download_button(
        text("budget_page.download_task", language),
        task_toml(chosen.task),
        f"{text('budget_page.task_file', language)}.toml",
        "application/toml",
        key="download_plan_task",
        on_click="ignore",
    )


def _taken(result: Result, language: str) -> None:
    """What the documents speak of now; a plan made under other weights is told apart."""
    taken = state.planning().taken
    if taken is None:
        return
    if plan_fits(taken, result):
        _near(taken, result, language)
        st.success(literal(text("budget_page.taken", language, plan=plan_sentence(taken, language))))
    else:
        st.warning(literal(text("budget_page.taken_before", language)))
    with st.container(horizontal=True):
        show_link("export", text("budget_page.to_export", language), language)
        st.button(text("budget_page.give_back", language), key="budget_give_back", on_click=take, args=(None,))


def _near(taken: Plan, result: Result, language: str) -> None:
    """Find out once how near the budget line is: the list and its documents say so from now on."""
    place, words = st.empty(), text("budget_page.working", language)
    plan_doubts(result, taken, told=bar_of(place, words))
    place.empty()


def take(chosen: Plan | None) -> None:
    """Keep a plan for the documents, or none. What was only proposed is then asked for: it moves no more."""
    there = state.planning()
    asked = there if chosen is None or there.task is not None else there.asked(budget_task.in_force(state.result()))
    state.keep_planning(replace(asked, taken=chosen))
