"""Boxes and the slider for own money on the page Budget. Each shows the task in force and changes it."""

import re
from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money
from mcda.portfolio import PlanTask
from mcda.report.exhibits.plan_demands import euros
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.study.record import MOST_MONEY
from mcda.ui.amount import read_amount
from mcda.ui.budget_task import ZERO, Room, is_proposed, room_of, set_budget, set_years
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

MOST_PLANNED = 10
_STEPS = tuple(Decimal(step) for step in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8"))
_FINEST = 4
_THOUSANDS = re.compile(r"^(\d{1,3})[.,](\d{3})$")
_SIGNS = re.compile(r"[\s€]|Euro|EUR", re.IGNORECASE)

Take = Callable[[Decimal | None], None]


def read_euros(typed: str) -> Decimal | None:
    """An amount as people write it. '50.000' and '50,000' are thousands here: nobody writes tenths of a cent."""
    bare = _SIGNS.sub("", typed)
    thousands = _THOUSANDS.match(bare)
    found = read_amount("".join(thousands.groups()) if thousands else bare)
    return None if found is None or found > MOST_MONEY else Decimal(str(round(found, 2)))


def show_budget(task: PlanTask, result: Result, language: str) -> None:
    """The joint budget as slider and as box, and the years it is for."""
    room = room_of(ResultKey(result), task.years, task.first_year)
    slider, box, years = st.container(key="budget_inputs").columns([5, 2, 2])
    with slider:
        _slider(task, room, language)
    with box:
        amount_box(
            text("budget_page.amount", language),
            None if "budget" in task.ignore else task.budget_eur,
            "budget_amount",
            set_budget,
            language,
            placeholder=text("budget_page.no_limit", language),
        )
    with years:
        _years(task, language)
    if is_proposed(result):
        show_quiet(text("budget_page.proposed", language, amount=euros(task.budget_eur or ZERO, language)))


def amounts(most: Decimal) -> tuple[Decimal, ...]:
    """Round amounts from 0 to the first that pays for everything; the steps grow with the amount."""
    found, power = [ZERO], Decimal(10) ** max(_FINEST, most.adjusted() - 2 if most else 0)
    while found[-1] < most:
        for step in _STEPS:
            found.append(step * power)
            if found[-1] >= most:
                break
        power *= 10
    return tuple(Decimal(int(amount)) for amount in found)


def nearest_amount(amount: Decimal, offered: tuple[Decimal, ...]) -> Decimal:
    """The slider's place for an amount it does not offer itself."""
    return min(offered, key=lambda one: abs(one - amount))


def _slider(task: PlanTask, room: Room, language: str) -> None:
    offered = amounts(room.own)
    none = task.budget_eur is None or "budget" in task.ignore
    budget = offered[-1] if none or task.budget_eur is None else task.budget_eur
    st.session_state["budget_slider"] = nearest_amount(budget, offered)
    st.select_slider(
        text("budget_page.slider", language),
        offered,
        format_func=lambda amount: money(amount, language, cents=False),
        key="budget_slider",
        help=text(f"budget_page.counts_{'years' if task.years else 'whole'}", language),
        on_change=_slide,
    )


def _slide() -> None:
    st.session_state.pop("budget_amount", None)
    set_budget(st.session_state["budget_slider"])


def _years(task: PlanTask, language: str) -> None:
    st.session_state["budget_years"] = task.years or 0
    most = max(MOST_PLANNED, task.years or 0)
    st.selectbox(
        text("budget_page.years", language),
        (0, *range(1, most + 1)),
        format_func=lambda years: (
            text("budget_page.years_of", language, count=years) if years else text("budget_page.no_years", language)
        ),
        key="budget_years",
        help=text("budget_page.years_help", language),
        on_change=lambda: set_years(st.session_state["budget_years"] or None),
    )


def amount_box(
    label: str, value: Decimal | None, key: str, take: Take, language: str, *, placeholder: str = "", unit: bool = True
) -> None:
    """A box for an amount that may be empty. What is no amount is told and changes nothing."""
    typed = st.session_state.get(key, "")
    wrong = bool(typed.strip()) and read_euros(typed) is None
    if not wrong:
        shown = "" if value is None else euros(value, language) if unit else f"{value:f}".replace(".", _point(language))
        st.session_state[key] = shown
    st.text_input(label, key=key, placeholder=placeholder or None, on_change=_take, args=(key, take))
    if wrong:
        st.error(literal(text("sensitivity_page.no_amount", language, value=typed)))


def _point(language: str) -> str:
    return "," if language == "de" else "."


def _take(key: str, take: Take) -> None:
    typed = st.session_state[key]
    amount = read_euros(typed)
    if amount is not None or not typed.strip():
        take(amount)
