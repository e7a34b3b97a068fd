"""A task that no plan can answer: each reason in plain words, with buttons that take it away."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_UP, Decimal
from functools import partial

import streamlit as st

from mcda.errors import Issue, Param, Where
from mcda.locale import text
from mcda.locale.formats import money
from mcda.report.exhibits.plan_words import counted_words, measure_words, rule_words
from mcda.result import Result
from mcda.study.model import Study
from mcda.ui import budget_task
from mcda.ui.literal import literal

_KINDS = ("all", "theme", "category", "municipality", "start_at_once")
_EITHER_END = ("least", "most")
_MOST_BUTTONS = 3
"""So many duties get a button, the dearest first."""


def show_faults(issues: Iterable[Issue], result: Result, language: str) -> None:
    """Draw every reason, and below it what would take it away."""
    for number, issue in enumerate(issues):
        st.error(literal(fault_sentence(issue, result.study, language)))
        with st.container(horizontal=True):
            for words, press in _ways_out(issue, result, language):
                st.button(literal(words), key=f"budget_fault_{number}_{words}", on_click=press)


def fault_sentence(issue: Issue, study: Study, language: str) -> str:
    """The issue without the file's words: no place in a file, rules, measures and municipalities by their names."""
    plain = {name: _named(value, study, language) for name, value in issue.params.items()}
    return replace(issue, where=Where(), params=plain).sentence(language)


def _named(value: Param, study: Study, language: str) -> Param:
    if isinstance(value, tuple):
        return tuple(str(_named(one, study, language)) for one in value)
    if not isinstance(value, str):
        return value
    if value in study.measure_by_id:
        return measure_words(value, study, language)
    if value in study.municipality_by_id:
        return study.municipality_by_id[value].name
    kind, _, name = value.partition(".")
    if kind in _EITHER_END:
        return rule_words(value, study, language)
    return counted_words(kind, name, study, language) if kind in _KINDS else value


Way = tuple[str, partial[None]]


def _ways_out(issue: Issue, result: Result, language: str) -> list[Way]:
    """What would take the reason away: more budget, or a duty of the tables left out."""
    found: list[Way] = []
    needed = issue.params.get("needed_eur")
    if needed is not None:
        amount = Decimal(str(needed)).quantize(Decimal(1), rounding=ROUND_UP)
        said = money(amount, language, cents=False)
        who = str(issue.params.get("municipality") or "")
        if who:
            name = result.study.municipality_by_id[who].name
            words = text("budget_page.raise_member", language, name=name, amount=said)
            found.append((words, partial(budget_task.set_entry, "municipality_budgets_eur", who, amount)))
        else:
            words = text("budget_page.raise_budget", language, amount=said)
            found.append((words, partial(budget_task.set_budget, amount)))
    for name in _duties(issue, result)[:_MOST_BUTTONS]:
        words = text("budget_page.not_mandatory", language, measure=measure_words(name, result.study, language))
        found.append((words, partial(budget_task.set_ignored, f"mandatory.{name}", True)))
    return found


def _duties(issue: Issue, result: Result) -> list[str]:
    """The measures the issue names that the tables call mandatory."""
    named: list[str] = []
    for value in issue.params.values():
        named += value if isinstance(value, tuple) else [str(value)]
    duties = {gate.measure for gate in result.gated if gate.mandatory}
    return [name for name in dict.fromkeys(named) if name in duties]
