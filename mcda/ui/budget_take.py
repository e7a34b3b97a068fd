"""Part "Übernehmen" of the page Budget: keep the plan for the documents, take its task and itself along as files."""

from dataclasses import replace

import streamlit as st

from mcda.locale import text
from mcda.portfolio import Plan, PlanTask
from mcda.portfolio.written import task_toml
from mcda.result import Result
from mcda.ui import state
from mcda.ui.budget_head import plan_sentence
from mcda.ui.budget_schedule import scheduled
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.ui.segments import choose_one

_WHICH = ("shown", "schedule")


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part."""
    chosen = made
    if made.years:
        which = choose_one(
            text("budget_page.take_which", language),
            _WHICH,
            "shown",
            shown=lambda name: text(f"budget_page.take.{name}", language),
            key="budget_take_which",
        )
        chosen = scheduled(task, result, language) if which == "schedule" else made
    st.markdown(literal(plan_sentence(chosen, language)))
    st.button(
        text("budget_page.take_button", language),
        key="budget_take",
        type="primary",
        on_click=take,
        args=(chosen,),
        disabled=not chosen.solved,
    )
    if (taken := state.planning().taken) is not None:
        st.success(literal(text("budget_page.taken", language, plan=plan_sentence(taken, language))))
        with st.container(horizontal=True):
            show_link("export", text("budget_page.to_export", language), language)
            st.button(text("budget_page.give_back", language), key="budget_give_back", on_click=take, args=(None,))
    st.download_button(
        text("budget_page.download_task", language),
        task_toml(chosen.task),
        f"{text('budget_page.task_file', language)}.toml",
        "application/toml",
        key="download_plan_task",
        on_click="ignore",
    )
    show_quiet(text("budget_page.task_about", language))


def take(chosen: Plan | None) -> None:
    """Keep a plan for the documents, or none."""
    state.keep_planning(replace(state.planning(), taken=chosen))
