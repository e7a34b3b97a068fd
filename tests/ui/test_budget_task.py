"""What the page Budget asks: amounts as people write them, proposals, steps back, rules that give way."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mcda.evaluate import evaluate
from mcda.portfolio import Number, Plan, PlanTask, plan
from mcda.portfolio.relax import Relaxation
from mcda.report.exhibits.result_key import ResultKey
from mcda.scenario import Scenario
from mcda.ui import budget_made
from mcda.ui.budget_inputs import amounts, nearest_amount, read_euros
from mcda.ui.budget_task import fitting, one_digit, relaxed
from mcda.ui.figures.plan_frontier import unit_of
from mcda.ui.planning import Planning
from small import small_study


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50.000 €", "50000"),
        ("50,000", "50000"),
        ("1.000", "1000"),
        ("1.000.000 Euro", "1000000"),
        ("€1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("2,5", "2.5"),
        ("0", "0"),
        ("viel", None),
        ("-5", None),
        ("", None),
        ("9999999999999", None),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: str | None) -> None:
    assert read_euros(typed) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("most", ["0", "900", "23500", "1000000", "14000998.20", "999999999"])
def test_the_slider_reaches_from_nothing_to_everything_in_round_steps(most: str) -> None:
    offered = amounts(Decimal(most))
    assert offered[0] == 0
    assert offered[-1] >= Decimal(most)
    assert list(offered) == sorted(set(offered))
    assert len(offered) < 60
    assert nearest_amount(offered[-1] + 1, offered) == offered[-1]


@pytest.mark.parametrize(
    ("amount", "rounded"), [("1400099", "1000000"), ("0.4", "0"), ("97", "100"), ("250000", "200000")]
)
def test_a_proposed_budget_has_one_digit(amount: str, rounded: str) -> None:
    assert one_digit(Decimal(amount)) == Decimal(rounded)


def test_steps_are_taken_back_one_by_one() -> None:
    first, second = PlanTask(years=1), PlanTask(years=2)
    planning = Planning().asked(first).asked(first).asked(second)
    assert planning.back().task == first
    assert planning.back().back() == Planning()
    assert planning.back().back().back() == Planning()


def test_what_another_study_does_not_hold_is_dropped() -> None:
    task = PlanTask(
        must=("M1", "X"),
        municipality_budgets_eur={"ISM": Decimal(1), "Y": Decimal(1)},
        pots_eur={"IKZ": Decimal(1)},
        numbers=(Number(of="all", least=1), Number(of="municipality", name="Y", least=1)),
    )
    kept = fitting(task, small_study())
    assert (kept.must, dict(kept.municipality_budgets_eur), dict(kept.pots_eur)) == (("M1",), {"ISM": Decimal(1)}, {})
    assert kept.numbers == (Number(of="all", least=1),)


@pytest.mark.parametrize(
    ("one", "field", "value"),
    [
        (Relaxation("budget", "raise", 5.0, 105.5, "eur"), "budget_eur", Decimal("105.5")),
        (
            Relaxation("municipality.ISM", "raise", 5.0, 15.0, "eur"),
            "municipality_budgets_eur",
            {"ISM": Decimal("15.0")},
        ),
        (Relaxation("pot.IKZ", "raise", 5.0, 15.0, "eur"), "pots_eur", {"IKZ": Decimal("15.0")}),
        (Relaxation("staff", "raise", 0.5, 2.5, "fte"), "staff_fte", 2.5),
        (Relaxation("later", "raise", 1.0, 8.0, "eur"), "later_own_eur_per_year", Decimal("8.0")),
        (Relaxation("must.M1", "drop", 0.0, 0.0, ""), "must", ()),
        (Relaxation("requires.M1.M2", "drop", 0.0, 0.0, ""), "ignore", ("requires.M1.M2",)),
        (Relaxation("least.all", "lower", 1.0, 2.0, "measures"), "numbers", (Number(of="all", least=2),)),
        (Relaxation("most.all", "raise", 1.0, 4.0, "measures"), "numbers", (Number(of="all", least=3, most=4),)),
    ],
)
def test_a_rule_gives_way_as_far_as_it_must(one: Relaxation, field: str, value: object) -> None:
    task = PlanTask(
        budget_eur=Decimal(100),
        municipality_budgets_eur={"ISM": Decimal(10)},
        must=("M1",),
        numbers=(Number(of="all", least=3),),
    )
    changed = relaxed(task, (one,))
    assert getattr(changed, field) == value
    assert changed != task


def test_a_budget_by_year_that_must_give_way_is_left_out() -> None:
    task = PlanTask(years=1, budget_by_year_eur={2026: Decimal(1)})
    assert relaxed(task, (Relaxation("budget", "raise", 1.0, 2.0, "eur"),)).ignore == ("budget",)


def test_the_search_goes_on_until_the_plan_is_proven_and_never_shows_a_worse_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result, task = evaluate(small_study(), Scenario()), PlanTask(budget_eur=Decimal(300_000))
    best = plan(result, task)
    answers: dict[float, Plan] = {
        1.0: replace(best, status="feasible", gap=0.02),
        4.0: replace(best, status="no_answer", gap=float("inf")),
        15.0: replace(best, status="feasible", gap=0.01),
    }
    monkeypatch.setattr(budget_made, "made", lambda key, task, seconds: answers[seconds])
    found = list(budget_made.rounds(ResultKey(result), task))
    assert [(made.gap, done == 1.0) for done, made in found] == [(0.02, False), (0.02, False), (0.01, True)]
    answers[1.0] = best
    assert [done for done, _ in budget_made.rounds(ResultKey(result), task)] == [1.0]


def test_an_answer_is_worked_out_once_for_each_task() -> None:
    counted: list[int] = []
    key = ResultKey(evaluate(small_study(), Scenario()))
    first, second = PlanTask(budget_eur=Decimal(111)), PlanTask(budget_eur=Decimal(112))
    for task in (first, first, second):
        budget_made.answered("test", key, task, lambda: counted.append(1))
    assert len(counted) == 2
    assert budget_made.is_answered("test", key, first)
    assert not budget_made.is_answered("test", key, PlanTask(budget_eur=Decimal(113)))


@pytest.mark.parametrize(("most", "unit"), [(5e6, "million"), (5e4, "thousand"), (500.0, "one")])
def test_amounts_on_an_axis_are_short(most: float, unit: str) -> None:
    assert unit_of(most)[0] == unit
