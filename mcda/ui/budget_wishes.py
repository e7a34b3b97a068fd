"""Further demands on a plan: what is in or out anyhow, how many of what, ceilings, pots, people, time."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import streamlit as st

from mcda.locale import label, text
from mcda.portfolio import Number, PlanTask
from mcda.portfolio.task import CountedBy
from mcda.report.exhibits.catalogue import theme_label, title_of
from mcda.report.exhibits.plan_demands import demands
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result
from mcda.study.model import Study
from mcda.ui import budget_task, state
from mcda.ui.budget_inputs import amount_box
from mcda.ui.markup import show_quiet
from mcda.ui.segments import choose_one

_COLUMNS = 4
_GRANTS = ("as_ranked", "sure", "possible")


def show_wishes(task: PlanTask, result: Result, language: str) -> None:
    """A fold with one topic at a time, and below it in a line what is demanded."""
    with st.expander(text("budget_page.wishes", language), key="budget_wishes"):
        topic = choose_one(
            text("budget_page.topic", language),
            tuple(_TOPICS),
            "decided",
            shown=lambda name: text(f"budget_page.topics.{name}", language),
            key="budget_topic",
        )
        _TOPICS[topic](task, result, language)
        if task.ignore:
            st.button(
                text("budget_page.keep_all", language), key="budget_keep_all", on_click=budget_task.change, kwargs=ALL
            )
        with st.container(horizontal=True):
            there = state.planning()
            st.button(
                text("budget_page.undo", language),
                key="budget_undo",
                on_click=budget_task.step_back,
                disabled=not there.undo,
            )
            st.button(text("budget_page.restart", language), key="budget_restart", on_click=budget_task.start_over)
    if told := demands(task, result.study, language):
        show_quiet(text("budget_page.in_force", language, demands="; ".join(told)))


ALL: dict[str, tuple[str, ...]] = {"ignore": ()}


def _decided(task: PlanTask, result: Result, language: str) -> None:
    study = result.study
    in_plan, out = st.columns(2)
    for place, field in ((in_plan, "must"), (out, "never")):
        with place:
            key = f"budget_{field}"
            st.session_state[key] = list(getattr(task, field))
            st.multiselect(
                text(f"budget_page.{field}", language),
                list(study.measure_by_id),
                format_func=lambda name: f"{name} {title_of(study.measure_by_id[name], language)}",
                placeholder=text("budget_page.none", language),
                key=key,
                on_change=_take_list,
                args=(field, key),
            )


def _take_list(field: str, key: str) -> None:
    budget_task.change(**{field: tuple(st.session_state[key])})


def _numbers(task: PlanTask, result: Result, language: str) -> None:
    kind = choose_one(
        text("budget_page.count_by", language),
        ("all", "theme", "category", "municipality"),
        "all",
        shown=lambda name: text(f"budget_page.counted.{name}", language),
        key="budget_counted",
    )
    soft = any(number.soft for number in task.numbers)
    names = _kinds(result.study, language)[kind]
    columns = st.columns(_COLUMNS)
    for place, ((of, name), words) in enumerate(names.items()):
        with columns[place % _COLUMNS]:
            _least(task, of, name, words, soft)
    if task.numbers:
        st.session_state["budget_soft"] = soft
        st.toggle(
            text("budget_page.soft", language),
            key="budget_soft",
            help=text("budget_page.soft_help", language),
            on_change=_take_soft,
        )


def _kinds(study: Study, language: str) -> dict[str, dict[tuple[CountedBy, str], str]]:
    themes = {m.theme for m in study.measures if m.theme}
    categories = dict.fromkeys(m.category for m in study.measures if m.category)
    return {
        "all": {
            ("start_at_once", ""): text("budget_page.start_at_once", language),
            ("all", ""): text("budget_page.any", language),
        },
        "theme": {("theme", name): theme_label(study, name, language) for name in sorted(themes)},
        "category": {("category", name): label("category", name, language) for name in categories},
        "municipality": {("municipality", who.id): who.name for who in study.municipalities},
    }


def _least(task: PlanTask, of: CountedBy, name: str, words: str, soft: bool) -> None:
    asked = next((n for n in task.numbers if (n.of, n.name) == (of, name)), Number(of=of, name=name, soft=soft))
    key = f"budget_least_{of}_{name}"
    st.session_state[key] = asked.least or 0
    st.number_input(words, min_value=0, max_value=1000, step=1, key=key, on_change=_take_least, args=(asked, key))


def _take_least(asked: Number, key: str) -> None:
    budget_task.set_number(asked.model_copy(update={"least": st.session_state[key] or None}))


def _take_soft() -> None:
    soft = st.session_state["budget_soft"]
    task = budget_task.in_force(state.result())
    budget_task.change(numbers=tuple(n.model_copy(update={"soft": soft}) for n in task.numbers))


def _municipalities(task: PlanTask, result: Result, language: str) -> None:
    st.markdown(text("budget_page.municipalities_about", language))
    names = {who.id: who.name for who in result.study.municipalities}
    _amounts(names, task.municipality_budgets_eur, "municipality_budgets_eur", language)


def _pots(task: PlanTask, result: Result, language: str) -> None:
    study = result.study
    stated = {p.id: p.pot_eur for p in study.programmes if p.pot_eur is not None}
    before = st.session_state.get("budget_pots", list(task.pots_eur))
    st.session_state["budget_pots"] = [name for name in before if name in study.programme_by_id]
    chosen = st.multiselect(
        text("budget_page.pots", language),
        list(study.programme_by_id),
        format_func=lambda name: programme_name(study, name, language),
        placeholder=text("budget_page.none", language),
        key="budget_pots",
        help=text("budget_page.pots_help", language, count=len(stated)),
        on_change=_take_pots,
    )
    shown = dict.fromkeys((*task.pots_eur, *chosen))
    _amounts({name: programme_name(study, name, language) for name in shown}, task.pots_eur, "pots_eur", language)


def _take_pots() -> None:
    """A programme no longer chosen has no limit any more."""
    kept = st.session_state["budget_pots"]
    pots = budget_task.in_force(state.result()).pots_eur
    budget_task.change(pots_eur={name: pot for name, pot in pots.items() if name in kept})


def _amounts(names: Mapping[str, str], limits: Mapping[str, Decimal], field: str, language: str) -> None:
    columns = st.columns(_COLUMNS)
    for place, (name, words) in enumerate(names.items()):
        with columns[place % _COLUMNS]:
            amount_box(
                words,
                limits.get(name),
                f"budget_{field}_{name}",
                lambda amount, name=name: budget_task.set_entry(field, name, amount),  # type: ignore[misc]
                language,
                placeholder=text("budget_page.no_limit", language),
            )


def _time(task: PlanTask, result: Result, language: str) -> None:
    staff, later, grants = st.columns(3)
    with staff:
        people = None if task.staff_fte is None else Decimal(str(task.staff_fte))
        amount_box(text("budget_page.staff", language), people, "budget_staff", _take_staff, language, unit=False)
    with later:
        amount_box(
            text("budget_page.later", language),
            task.later_own_eur_per_year,
            "budget_later",
            lambda amount: budget_task.change(later_own_eur_per_year=amount),
            language,
            placeholder=text("budget_page.no_limit", language),
        )
    with grants:
        st.session_state["budget_grants"] = task.grants
        st.selectbox(
            text("budget_page.grants", language),
            _GRANTS,
            format_func=lambda name: text(f"budget_page.grants_{name}", language),
            key="budget_grants",
            on_change=lambda: budget_task.change(grants=st.session_state["budget_grants"]),
        )


def _take_staff(people: Decimal | None) -> None:
    if people is None or people <= MOST_PEOPLE:
        budget_task.change(staff_fte=None if people is None else float(people))


MOST_PEOPLE = 1_000_000

_TOPICS: Mapping[str, Callable[[PlanTask, Result, str], None]] = {
    "decided": _decided,
    "numbers": _numbers,
    "municipalities": _municipalities,
    "pots": _pots,
    "time": _time,
}
"""The topics of the fold by name, in the order of the choice."""
