"""The verifier sees every way a plan can be spoilt, and what the solver would do if one of its rows were missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import mcda.portfolio.ready as ready_module
from example import ranked_example
from hand_made import FIRST_YEAR, pays, ranked, work
from mcda.portfolio import Choices, Plan, fairness, plan, task_from, verify
from mcda.portfolio.families import family
from mcda.portfolio.rules import Row, rows_of
from mcda.result import Result
from mcda.study.model import ProgrammeCall

NEXT = FIRST_YEAR + 1
Chosen = dict[str, tuple[int | None, Mapping[str, Decimal]]]


def chosen_of(made: Plan) -> Chosen:
    return {one.measure: (one.start, one.grants) for one in made.chosen}


def broken(result: Result, task: Mapping[str, Any], chosen: Chosen) -> set[str]:
    told = verify(result, task_from(task), Choices(tuple((name, *rest) for name, rest in chosen.items())))
    return set(told.broken)


@dataclass(frozen=True)
class Rule:
    """One rule, alone: measures (and programmes) and a task under which the better plan breaks it."""

    task: Mapping[str, Any]
    key: str
    measures: Callable[[], Result]
    better: tuple[str, ...]


def two(**more: Any) -> Result:
    return ranked([work("A", 1000, **more), work("B", 1000)], {"A": 60, "B": 40})


def granted(**more: Any) -> Result:
    return ranked([work("A", 1000), work("B", 1000)], {"A": 60, "B": 40}, pays("P", 50, **more))


BOTH = ("A", "B")
RULES = {
    "joint budget": Rule({"budget_eur": "1999.99"}, "budget", two, BOTH),
    "joint budget, years": Rule({"years": 1, "budget_eur": "1999.99"}, "budget", two, BOTH),
    "one year": Rule({"years": 2, "budget_by_year_eur": {2026: 1999, 2027: 9999}}, "budget.2026", two, BOTH),
    "two years carried over": Rule(
        {"years": 2, "budget_by_year_eur": {2026: 1400, 2027: 599}},
        "budget.2027",
        lambda: two(start_year=NEXT),
        BOTH,
    ),
    "a year alone": Rule(
        {"years": 2, "carry_over": False, "budget_by_year_eur": {2026: 9999, 2027: 999}},
        "budget.2027",
        lambda: two(start_year=NEXT),
        BOTH,
    ),
    "one town": Rule({"municipality_budgets_eur": {"BBB": "999.99"}}, "municipality.BBB", two, BOTH),
    "one town, years": Rule({"years": 1, "municipality_budgets_eur": {"BBB": 999}}, "municipality.BBB", two, BOTH),
    "one town, one year": Rule(
        {"years": 1, "municipality_budgets_by_year_eur": {"AAA": {2026: 999}}}, "municipality.AAA.2026", two, BOTH
    ),
    "later": Rule(
        {"years": 1, "later_own_eur_per_year": 49},
        "later.2028",
        lambda: two(opex_eur_per_year=50, lifetime_years=2),
        BOTH,
    ),
    "pot": Rule({"pots_eur": {"P": 999}, "budget_eur": 1000}, "pot.P", granted, BOTH),
    "the study's pot": Rule({"budget_eur": 1000}, "pot.P", lambda: granted(pot_eur=Decimal(999)), BOTH),
    "pot of a year": Rule(
        {"years": 1, "pots_eur": {"P": 999}, "yearly_pots": ["P"], "budget_eur": 1000}, "pot.P.2026", granted, BOTH
    ),
    "staff": Rule({"staff_fte": 0.9}, "staff", lambda: two(staff_fte=1.0), BOTH),
    "staff on average": Rule({"years": 2, "staff_fte": 0.45}, "staff", lambda: two(staff_fte=1.0), BOTH),
    "staff of a year": Rule(
        {"years": 1, "schedule": True, "staff_fte": 0.9}, "staff.2026", lambda: two(staff_fte=1.0), BOTH
    ),
    "requires": Rule({"numbers": [{"most": 1}]}, "requires.A.B", lambda: two(depends_on=("B",)), ("A",)),
    "requires, in time": Rule(
        {"years": 2, "schedule": True, "starts": {"B": NEXT}, "delay_pct": 50},
        "requires.A.B",
        lambda: two(depends_on=("B",)),
        BOTH,
    ),
    "excludes": Rule({}, "excludes.A.B", lambda: two(excludes=("B",)), BOTH),
    "must": Rule({"must": ["B"], "numbers": [{"most": 1}]}, "must.B", two, ("A",)),
    "mandatory": Rule(
        {"numbers": [{"most": 1}]},
        "mandatory.B",
        lambda: ranked([work("A"), work("B", mandatory=True)], {"A": 60, "B": 40}),
        ("A",),
    ),
    "never": Rule({"never": ["B"]}, "never.B", two, BOTH),
    "start": Rule({"years": 2, "schedule": True, "starts": {"B": NEXT}}, "start.B", two, BOTH),
    "least of a theme": Rule(
        {"numbers": [{"of": "theme", "name": "mobility", "least": 1}, {"most": 1}]},
        "least.theme.mobility",
        lambda: ranked([work("A"), work("B", theme="mobility")], {"A": 60, "B": 40}),
        ("A",),
    ),
    "least at once": Rule(
        {"numbers": [{"of": "start_at_once", "least": 1}, {"most": 1}]},
        "least.start_at_once",
        lambda: two(time_horizon="long"),
        ("A",),
    ),
    "most of a category": Rule(
        {"numbers": [{"of": "category", "name": "x", "most": 0}]}, "most.category.x", lambda: two(category="x"), BOTH
    ),
    "most of a town": Rule(
        {"numbers": [{"of": "municipality", "name": "BBB", "most": 1}]}, "most.municipality.BBB", two, BOTH
    ),
    "most of all": Rule({"numbers": [{"most": 1}]}, "most.all", two, BOTH),
}


@pytest.mark.parametrize("name", RULES)
def test_the_better_plan_breaks_the_rule_and_the_verifier_says_which(name: str) -> None:
    """The plan without the rule is worth more; held against the task with the rule, just the rule is broken."""
    rule = RULES[name]
    result = rule.measures()
    kept, free = (plan(result, task_from({**rule.task, "ignore": i})) for i in ((), (family(rule.key),)))
    assert free.value > kept.value
    assert free.measures == rule.better
    assert broken(result, rule.task, chosen_of(kept)) == set()
    found = broken(result, rule.task, chosen_of(free))
    assert rule.key in found
    assert {family(key) for key in found} == {family(rule.key)}
    assert broken(result, {**rule.task, "ignore": [rule.key, *found]}, chosen_of(free)) == set()


@pytest.mark.parametrize("name", RULES)
def test_a_plan_made_without_one_of_the_rows_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = RULES[name]
    result = rule.measures()

    def without(*asked: Any) -> tuple[Row, ...]:
        return tuple(row for row in rows_of(*asked) if family(row.key) != family(rule.key))

    monkeypatch.setattr(ready_module, "rows_of", without)
    with pytest.raises(RuntimeError, match=rf"the plan breaks.* {rule.key.replace('.', '[.]')}"):
        plan(result, task_from(rule.task))


def test_a_plan_without_the_row_that_takes_each_measure_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    result = ranked([work("A", 1000)], {"A": 60}, pays("P", 50, pot_eur=Decimal(500)))

    def without(*asked: Any) -> tuple[Row, ...]:
        return tuple(row for row in rows_of(*asked) if not row.key.startswith("once."))

    monkeypatch.setattr(ready_module, "rows_of", without)
    with pytest.raises(RuntimeError, match=r"once[.]A"):
        plan(result, task_from({}))


TIMED = {"years": 2, "schedule": True}
SPOILT: dict[str, tuple[Mapping[str, Any], Callable[[Chosen], Chosen], str]] = {
    "more from a programme than it pays": ({}, lambda c: {**c, "A": (None, {"P": Decimal("500.01")})}, "grants.A"),
    "less than it pays": ({}, lambda c: {**c, "A": (None, {"P": Decimal(1)})}, "grants.A"),
    "from a programme that pays nothing": ({}, lambda c: {**c, "A": (None, {"Q": Decimal(500)})}, "grants.A"),
    "both of two exclusive ones": (
        {},
        lambda c: {**c, "A": (None, {"P": Decimal(500), "X": Decimal(300)})},
        "grants.A",
    ),
    "after the call": (TIMED, lambda c: {**c, "B": (NEXT, {"X": Decimal(300)})}, "grants.B"),
    "nobody's measure": ({}, lambda c: {**c, "Z": (None, {})}, "impossible.Z"),
    "excluded": ({}, lambda c: {**c, "OUT": (None, {})}, "excluded.OUT"),
    "done": ({}, lambda c: {**c, "DONE": (None, {})}, "excluded.DONE"),
    "of unknown cost": ({}, lambda c: {**c, "OPEN": (None, {})}, "impossible.OPEN"),
    "no start where years are planned": (TIMED, lambda c: {**c, "A": (None, c["A"][1])}, "impossible.A"),
    "a start where none are": ({}, lambda c: {**c, "A": (FIRST_YEAR, c["A"][1])}, "impossible.A"),
    "before the planned years": (TIMED, lambda c: {**c, "A": (FIRST_YEAR - 1, {})}, "impossible.A"),
    "after the planned years": (TIMED, lambda c: {**c, "A": (NEXT + 1, {})}, "impossible.A"),
    "before its own first year": (TIMED, lambda c: {**c, "LATE": (FIRST_YEAR, {})}, "impossible.LATE"),
    "too late to be built": (TIMED, lambda c: {**c, "LONG": (NEXT, {})}, "impossible.LONG"),
    "later where starts are not chosen": ({"years": 2}, lambda c: {**c, "A": (NEXT, {})}, "impossible.A"),
}


def spoilable() -> Result:
    call = ProgrammeCall(programme="X", first_day=date(2025, 5, 1), last_day=date(2025, 8, 1))
    return ranked(
        [
            work("A"),
            work("B", depends_on=()),
            work("OUT", knock_out="kein Grundstück"),
            work("DONE", status="done"),
            work("OPEN", None),
            work("LATE", start_year=NEXT),
            work("LONG", duration_months=13),
        ],
        None,
        pays("P", 50, stacking="exclusive"),
        pays("X", 30, stacking="exclusive"),
        pays("Q", 50, stacking="exclusive", themes=("culture",)),
        programme_calls=(call,),
    )


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("ignore", [(), ("grants", "impossible", "excluded", "start", "mandatory")])
def test_what_cannot_be_is_told_and_cannot_be_ignored(name: str, ignore: tuple[str, ...]) -> None:
    task, spoil, key = SPOILT[name]
    result = spoilable()
    asked = {**task, "ignore": ignore}
    known = [key for key in ignore if key in ("start", "mandatory")]
    good = chosen_of(plan(result, task_from({**task, "ignore": known})))
    assert broken(result, asked, good) == set()
    assert broken(result, asked, spoil(good)) == {key}


def test_nobody_knows_who_pays_where_a_town_has_a_budget() -> None:
    result = ranked([work("A", cost_key="single_payer"), work("B")])
    asked: dict[str, Any] = {"municipality_budgets_eur": {"AAA": 5000}}
    made = plan(result, task_from(asked))
    assert made.measures == ("B",)
    assert [(out.measure, out.code) for out in made.out] == [("A", "payer_unknown")]
    assert broken(result, asked, {"A": (None, {})}) == {"impossible.A"}
    assert broken(result, {}, {"A": (None, {})}) == set()


def test_a_measure_taken_twice_is_told() -> None:
    result = spoilable()
    one = ("A", None, {})
    assert set(verify(result, task_from({}), Choices((one, one))).broken) == {"once.A"}
    assert set(verify(result, task_from({"ignore": ["once"]}), Choices((one, one))).broken) == {"once.A"}


def test_sums_to_the_cent_by_hand() -> None:
    """A: 1,000.01 less half of it, rounded half up; B: 333.33, asked of nobody or less half of it. Both towns pay the
    same, an odd cent goes to the first."""
    result = ranked([work("A", "1000.01"), work("B", "333.33")], {"A": 70, "B": 20.5}, pays("P", 50))
    for of_b, own, shares in (
        ({}, "833.33", ("416.67", "416.66")),
        ({"P": Decimal("166.67")}, "666.66", ("333.33", "333.33")),
    ):
        told = verify(result, task_from({}), Choices((("A", None, {"P": Decimal("500.01")}), ("B", None, of_b))))
        assert told.broken == ()
        assert told.own == told.whole == Decimal(own)
        assert told.grants == {"P": Decimal("500.01") + of_b.get("P", 0)}
        assert (told.shares["AAA"], told.shares["BBB"]) == tuple(Decimal(part) for part in shares)
        assert told.value == 90.5


@pytest.mark.parametrize("schedule", [False, True])
def test_every_figure_of_the_examples_plan_comes_out_of_the_tables_again(schedule: bool) -> None:
    """One million over five years: money by measure, town, programme and year, and the points."""
    result = ranked_example()
    task = task_from({"budget_eur": 1_000_000, "years": 5, "schedule": schedule})
    made = plan(result, task, gap=1e-3)
    told = verify(result, task, Choices(tuple((one.measure, one.start, one.grants) for one in made.chosen)))
    assert told.broken == ()
    assert made.chosen
    assert (told.own, told.whole) == (made.own, made.whole)
    assert told.own <= 1_000_000
    assert told.value == pytest.approx(made.value, abs=1e-6)
    assert sum(told.grants.values()) == made.grant
    assert max(told.later_by_year.values(), default=0) == made.later
    for year in made.years:
        assert told.own_by_year.get(year, 0) == sum(one.own_by_year.get(year, 0) for one in made.chosen)
    assert sum(told.own_by_year.values()) == made.own
    fair = {one.municipality: one.own for one in fairness(result, made)}
    assert fair == {who: told.shares[who] for who in fair}
    assert sum(told.shares.values()) == made.own
    assert {use.key: use.used for use in made.uses}["budget"] == pytest.approx(float(told.own), abs=0.005)
