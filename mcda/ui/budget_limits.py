"""Part "Vorgaben" of the page Budget: every rule with a switch, how far it is used up, and what it costs."""

import streamlit as st

from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.portfolio import Plan, PlanTask, Use
from mcda.portfolio.families import family
from mcda.portfolio.prices import STEP, RulePrice, rule_prices
from mcda.report.exhibits.plan_words import measure_words, rule_words
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.ui import budget_task
from mcda.ui.budget_made import ROUNDS, asked
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

_NAMED = 4
"""So many measures are named in a sentence; the others are counted."""


def show(made: Plan, task: PlanTask, result: Result, language: str) -> None:
    """Draw the part: first what costs something, the rest below a fold."""
    prices = _prices(made, task, result, language)
    st.markdown(text("budget_page.rules_about", language))
    for key in task.ignore:
        _switch(key, result, text("budget_page.ignored", language), "", on=False, language=language)
    dear = [one for one in prices if one.gain >= STEP or _full(made, one.key)]
    free = [one for one in prices if one not in dear]
    for one in dear:
        _rule(one, made, result, language)
    if free:
        with st.expander(text("budget_page.free_rules", language, count=len(free))):
            for one in free:
                _rule(one, made, result, language)
    if not prices and not task.ignore:
        st.markdown(text("budget_page.no_rules", language))


def _prices(made: Plan, task: PlanTask, result: Result, language: str) -> tuple[RulePrice, ...]:
    return asked(
        "prices",
        ResultKey(result),
        task,
        text("budget_page.working", language),
        lambda told: rule_prices(result, task, made, seconds=ROUNDS[1], told=told),
    )


def _full(made: Plan, key: str) -> bool:
    return any(use.binding for use in made.uses if family(use.key) == key)


def _rule(one: RulePrice, made: Plan, result: Result, language: str) -> None:
    used = used_words(made, one.key, language)
    _switch(
        one.key,
        result,
        " · ".join((*used, price_words(one, language))),
        changed(one, result, language),
        on=True,
        language=language,
    )


def _switch(key: str, result: Result, told: str, below: str, *, on: bool, language: str) -> None:
    words = rule_name(key, result, language)
    widget = f"budget_rule_{key}"
    st.session_state[widget] = on
    st.toggle(
        f"**{literal(words[:1].upper() + words[1:])}**: {literal(told)}",
        key=widget,
        on_change=_take,
        args=(key, widget),
    )
    if below:
        show_quiet(below)


def rule_name(key: str, result: Result, language: str) -> str:
    """The rule in words; where two measures are tied, both by their titles."""
    kind, *names = key.split(".")
    if kind in ("requires", "excludes") and len(names) == 2:
        one, other = (measure_words(name, result.study, language) for name in names)
        return text(f"budget_page.{kind}", language, one=one, other=other)
    return rule_words(key, result.study, language)


def _take(key: str, widget: str) -> None:
    budget_task.set_ignored(key, not st.session_state[widget])


def used_words(made: Plan, key: str, language: str) -> tuple[str, ...]:
    """How far the limits of a rule are used, at the fullest of its years, and whether that is all of it."""
    uses = [use for use in made.uses if family(use.key) == key]
    if not uses:
        return ()
    fullest = max(uses, key=lambda use: use.used / use.limit if use.limit else float(use.used > 0))
    told = text(
        "budget_page.used",
        language,
        used=_amount(fullest, fullest.used, language),
        limit=_amount(fullest, fullest.limit, language),
    )
    return (told, text("budget_page.binding", language)) if any(use.binding for use in uses) else (told,)


def _amount(use: Use, amount: float, language: str) -> str:
    return money(amount, language, cents=False) if use.unit == "eur" else number(amount, language, 1)


def price_words(one: RulePrice, language: str) -> str:
    """What the rule costs in points; 'at least' where a better plan without it may be left."""
    if one.gain < STEP:
        return text("budget_page.costs_nothing" if one.proven else "budget_page.costs_open", language)
    key = "budget_page.costs" if one.proven else "budget_page.costs_about"
    return text(key, language, points=number(one.gain, language, 0 if one.gain >= 1 else 2))


def changed(one: RulePrice, result: Result, language: str) -> str:
    """What would come in and fall out without the rule; empty where nothing is gained."""
    if one.gain < STEP:
        return ""
    return change_words(one.enters, one.leaves, result, language)


def some_measures(names: tuple[str, ...], result: Result, language: str) -> str:
    """The first few by id and title, the others counted."""
    shown = [measure_words(name, result.study, language) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        shown.append(text("budget_page.and_more", language, count=len(names) - _NAMED))
    return ", ".join(shown)


def change_words(enters: tuple[str, ...], leaves: tuple[str, ...], result: Result, language: str) -> str:
    """What comes in and what falls out, each only where there is any."""
    parts = [
        text(f"budget_page.{name}", language, measures=some_measures(names, result, language))
        for name, names in (("comes", enters), ("falls", leaves))
        if names
    ]
    return " ".join(parts) or text("budget_page.no_change", language)
