"""The page Budget says in plain words why no plan can be, and has a button that takes the reason away."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mcda.evaluate import evaluate
from mcda.portfolio import GrantFails, Number, PlanTask
from mcda.report.exhibits.plan_words import measure_words
from mcda.scenario import Scenario
from mcda.ui.budget_grants import failing_words
from test_budget_page import SMALL, asked, drawn, shown

RESULT = evaluate(SMALL, Scenario())
FIRST = SMALL.measures[0].id


def test_a_minimum_nobody_can_reach_is_told_without_file_language() -> None:
    app = drawn(PlanTask(numbers=(Number(of="all", least=999),)))
    said = " ".join(one.value for one in app.error)
    assert "plan" not in said.replace("planbar", "").replace("Plan", "")
    assert "Spalte" not in said
    assert "Für Maßnahmen insgesamt sind mindestens 999" in said


def test_what_is_set_and_too_dear_can_be_paid_by_a_button() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(0), must=(FIRST,)))
    assert measure_words(FIRST, SMALL, "de") in shown(app)
    (button,) = [one for one in app.button if (one.key or "").startswith("budget_fault_")]
    assert "Budget auf" in button.label
    button.click().run()
    assert not app.error
    assert asked(app).budget_eur
    assert FIRST in asked(app).must


def test_a_duty_of_the_tables_that_is_too_dear_can_be_left_out_by_a_button() -> None:
    duty = replace_measure(FIRST, mandatory=True)
    app = drawn(PlanTask(budget_eur=Decimal(0)), study=duty)
    (button,) = [one for one in app.button if "Pflichtaufgabe nicht beachten" in one.label]
    button.click().run()
    assert not app.error
    assert asked(app).ignore == (f"mandatory.{FIRST}",)


def replace_measure(name: str, **changes: object):  # type: ignore[no-untyped-def]
    measures = tuple(m.model_copy(update=changes) if m.id == name else m for m in SMALL.measures)
    return SMALL.model_copy(update={"measures": measures})


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("3545", "Der Plan bleibt; die Kommunen zahlen 3.545 € mehr."),
        ("-20", "Der Plan bleibt; die Kommunen zahlen 20 € weniger."),
        ("0", "Es ändert sich nichts."),
    ],
)
def test_a_grant_that_fails_and_moves_no_measure_still_costs_own_money(own: str, words: str) -> None:
    one = GrantFails("X", Decimal(5000), 0.0, (), (), Decimal(own))
    assert failing_words(one, RESULT, "de") == words
    moved = replace(one, falls_out=(FIRST,))
    assert FIRST in failing_words(moved, RESULT, "de")
