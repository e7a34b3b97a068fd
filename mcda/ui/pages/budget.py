"""Page: the plan. Which measures together, with how much own money, and what each limit costs."""

from collections.abc import Callable, Mapping

import streamlit as st

from mcda.errors import InputError
from mcda.locale import text
from mcda.portfolio import Plan, PlanTask
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui import (
    budget_fair,
    budget_grants,
    budget_limits,
    budget_money,
    budget_near,
    budget_plan,
    budget_relax,
    budget_schedule,
    budget_take,
    budget_task,
    state,
)
from mcda.ui.budget_faults import show_faults
from mcda.ui.budget_head import head_html
from mcda.ui.budget_inputs import show_budget
from mcda.ui.budget_made import rounds
from mcda.ui.budget_task import Room, room_of
from mcda.ui.budget_wishes import show_wishes
from mcda.ui.frame import page_head, provenance_line
from mcda.ui.markup import show_quiet
from mcda.ui.segments import choose_one

Draw = Callable[[Plan, PlanTask, Result, str], None]


def show() -> None:
    """Draw the page."""
    language, result = state.language(), state.result()
    page_head("budget", result, language)
    _planned(result, language)
    show_quiet(provenance_line(result, language))


@st.fragment
def _planned(result: Result, language: str) -> None:
    """The answer on top, what may be moved below it, then one part; the others cost nothing."""
    head = st.container()
    try:
        task = budget_task.in_force(result)
        show_budget(task, result, language)
        show_wishes(task, result, language)
        room = room_of(ResultKey(result), task.years, task.first_year)
        made = _solved(head, task, room, result, language)
    except InputError as error:
        with head:
            show_faults(error.issues, result, language)
            if state.planning().undo:
                st.button(text("budget_page.undo", language), key="budget_back", on_click=budget_task.step_back)
        return
    if made.status == "infeasible":
        budget_relax.show(task, result, language)
    if made.solved:
        _part(made, task, result, language)


def _solved(head: st.delta_generator.DeltaGenerator, task: PlanTask, room: Room, result: Result, language: str) -> Plan:
    """The plan with its head; the best so far is shown while the search goes on."""
    place, bar = head.empty(), head.empty()
    for done, made in rounds(ResultKey(result), task):
        place.html(head_html(made, room, language))
        if done < 1:
            bar.progress(done, text("budget_page.searching", language))
    bar.empty()
    return made


def _part(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    part = choose_one(
        text("budget_page.part", language),
        tuple(_PARTS),
        "plan",
        shown=lambda name: text(f"budget_page.parts.{name}", language),
        key="budget_part",
    )
    _PARTS[part](made, task, result, language)


_PARTS: Mapping[str, Draw] = {
    "plan": budget_plan.show,
    "schedule": budget_schedule.show,
    "limits": budget_limits.show,
    "money": budget_money.show,
    "grants": budget_grants.show,
    "near": budget_near.show_near,
    "core": budget_near.show_core,
    "fair": budget_fair.show,
    "take": budget_take.show,
}
"""The parts of the page by name, in the order of the choice."""
