"""Plans whose best is known: published knapsacks, and studies of two or three measures worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from hand_made import BENEFIT, FIRST_YEAR, knapsack, pays, ranked, work
from mcda.errors import InputError
from mcda.portfolio import plan, ratio_plan, task_from
from mcda.study.model import ProgrammeCall
from problems import case


def test_knapsack_of_ten_items() -> None:
    known = case("portfolio_knapsack_p01")
    value, cost = known["inputs"]["value"], known["inputs"]["cost"]
    result = knapsack(value, cost)
    made = plan(result, task_from({"budget_eur": known["inputs"]["budget"]}))
    taken = [f"I{n + 1:02d}" in made.measures for n in range(len(value))]
    assert taken == [bool(x) for x in known["expected"]["x"]]
    assert made.value * max(value) / 100 == pytest.approx(known["expected"]["value"], abs=known["tolerance"])
    assert (made.status, made.gap) == ("optimal", 0.0)
    assert made.own == sum(c for c, yes in zip(cost, taken, strict=True) if yes)


def test_value_for_cost_takes_160_where_220_can_be_had() -> None:
    known = case("portfolio_value_for_cost_fails")
    value, cost, expected = known["inputs"]["value"], known["inputs"]["cost"], known["expected"]
    result, task = knapsack(value, cost), task_from({"budget_eur": known["inputs"]["budget"]})
    made, rule = plan(result, task), ratio_plan(result, task)
    assert rule is not None
    for found, told in ((made, expected["optimum"]), (rule, expected["ratio"])):
        assert found.value * max(value) / 100 == pytest.approx(told, abs=known["tolerance"])
    assert made.measures == ("I02", "I03")
    assert rule.measures == ("I01", "I02")
    assert rule.status == "feasible"


def test_of_equally_good_plans_the_cheapest() -> None:
    result = ranked([work("A", 900), work("B", 500), work("C", 500.01)])
    made = plan(result, task_from({"numbers": [{"most": 1}]}))
    assert (made.measures, made.whole) == (("B",), 500)


def test_what_two_pots_can_pay_is_shared_out() -> None:
    """Each programme pays half of 1,000, and its pot is good for one measure: both for A leave 0 and 1,000 of own
    money for A and B, one for each leaves 500 and 500."""
    free = {"pot_eur": Decimal(500), "stacking": "free"}
    result = ranked([work("A"), work("B")], {"A": 60, "B": 50}, pays("P", 50, **free), pays("Q", 50, **free))
    assert plan(result, task_from({"budget_eur": 999})).measures == ("A",)
    made = plan(result, task_from({"budget_eur": 1000}))
    assert made.measures == ("A", "B")
    assert made.grant == 1000
    pots = {use.key: use.used for use in made.uses if use.key.startswith("pot.")}
    assert pots == {"pot.P": 500, "pot.Q": 500}


def test_what_is_left_of_a_year_is_carried_over_or_lost() -> None:
    result = ranked([work("A", 1000, start_year=FIRST_YEAR + 1)])
    asked = {"years": 2, "budget_by_year_eur": {FIRST_YEAR: 600, FIRST_YEAR + 1: 400}}
    assert plan(result, task_from(asked)).measures == ("A",)
    assert plan(result, task_from({**asked, "carry_over": False})).measures == ()


def test_a_year_later_is_worth_a_tenth_less() -> None:
    result = ranked([work("A", 1000), work("B", 1000)], {"A": 80, "B": 60})
    asked = {"years": 2, "budget_by_year_eur": {FIRST_YEAR: 1000, FIRST_YEAR + 1: 1000}}
    assert plan(result, task_from(asked)).measures == ("A",)
    made = plan(result, task_from({**asked, "schedule": True}))
    assert [(one.measure, one.start, one.value) for one in made.chosen] == [("A", 2026, 80.0), ("B", 2027, 54.0)]


def test_only_what_is_paid_in_the_planned_years_counts() -> None:
    """1,200 to build in 24 months, then 100 a year for two years: 600 and 600 inside, 100 and 100 after."""
    result = ranked([work("A", 1200, duration_months=24, opex_eur_per_year=100, lifetime_years=2)])
    made = plan(result, task_from({"years": 2, "budget_eur": 1200}))
    assert (made.own, made.whole, made.later) == (1200, 1400, 100)
    assert plan(result, task_from({"years": 2, "budget_eur": "1199.99"})).measures == ()
    assert plan(result, task_from({"years": 2, "later_own_eur_per_year": "99.99"})).measures == ()


def test_a_call_opens_for_a_later_start() -> None:
    """The call is open in spring 2026: too late for a start in 2026, in time for one in 2027."""
    call = ProgrammeCall(programme="P", first_day=date(2026, 3, 1), last_day=date(2026, 4, 30))
    result = ranked([work("A", 1000)], None, pays("P", 90), programme_calls=(call,))
    asked = {"years": 2, "budget_eur": 100}
    assert plan(result, task_from(asked)).measures == ()
    made = plan(result, task_from({**asked, "schedule": True}))
    assert [(one.start, one.programmes) for one in made.chosen] == [(2027, ("P",))]


def test_both_ends_of_a_synergy_count_as_they_are() -> None:
    result = ranked([work("A"), work("B"), work("C")], {"A": 40, "B": 30, "C": 50})
    more = plan(result, task_from({"numbers": [{"most": 2}], "synergies": [{"a": "A", "b": "B", "points": 21}]}))
    assert (more.measures, more.value) == (("A", "B"), 91.0)
    less = plan(result, task_from({"synergies": [{"a": "A", "b": "B", "points": -35}]}))
    assert (less.measures, less.value) == (("A", "C"), 90.0)


@pytest.mark.parametrize("penalty", [0, 4, 6])
def test_a_soft_minimum_is_missed_where_it_costs_less(penalty: float) -> None:
    result = ranked([work("A"), work("B", theme="mobility")], {"A": 50, "B": 45})
    soft = {"of": "theme", "name": "mobility", "least": 1, "soft": True, "penalty": penalty}
    made = plan(result, task_from({"numbers": [soft, {"most": 1}]}))
    if penalty > 5:
        assert (made.measures, made.missed) == (("B",), ())
    else:
        assert made.measures == ("A",)
        assert [(m.key, m.wanted, m.reached, m.points) for m in made.missed] == [
            ("least.theme.mobility", 1, 0, penalty)
        ]
        assert made.value == 50.0


def test_what_is_needed_starts_first_even_where_neither_can_wait() -> None:
    """A takes two years and starts at once, what it needs starts a year later: no plan holds A."""
    first = work("A", depends_on=("B",), duration_months=24)
    result = ranked([first, work("B", start_year=FIRST_YEAR + 1)], {"A": 90, "B": 20})
    asked = {"years": 2, "schedule": True}
    assert plan(result, task_from(asked)).measures == ("B",)
    assert plan(result, task_from({**asked, "ignore": ["requires"]})).measures == ("A", "B")
    assert plan(result, task_from({"years": 2})).measures == ("B",)


def test_what_needs_another_waits_for_it_where_starts_are_not_chosen_too() -> None:
    """A could start at once and is worth 90, but waits a year for B: a tenth less."""
    result = ranked([work("A", depends_on=("B",)), work("B", start_year=FIRST_YEAR + 1)], {"A": 90, "B": 20})
    made = plan(result, task_from({"years": 3}))
    assert [(one.measure, one.start, one.value) for one in made.chosen] == [
        ("A", FIRST_YEAR + 1, 81.0),
        ("B", FIRST_YEAR + 1, 20.0),
    ]
    free = plan(result, task_from({"years": 3, "ignore": ["requires.A.B"]}))
    assert [one.start for one in free.chosen] == [FIRST_YEAR, FIRST_YEAR + 1]


def test_a_duty_that_is_done_or_given_up_binds_nobody() -> None:
    for status in ("done", "dropped"):
        result = ranked([work("A", mandatory=True, status=status), work("B")])
        made = plan(result, task_from({"budget_eur": 1000}))
        assert made.measures == ("B",)
        assert [(out.measure, out.code) for out in made.out] == [("A", "done" if status == "done" else "excluded")]


def test_a_duty_that_misses_a_minimum_level_stays_a_duty_and_a_knock_out_ends_it() -> None:
    strict = BENEFIT.model_copy(update={"minimum": 40.0})
    low = ranked([work("A", mandatory=True), work("B"), work("C")], {"A": 10, "C": 10}, criteria=(strict,))
    made = plan(low, task_from({"budget_eur": 1000}))
    assert made.measures == ("A",)
    assert [(out.measure, out.code) for out in made.out] == [("C", "excluded")]
    ended = ranked([work("A", mandatory=True, knock_out="kein Grundstück"), work("B")])
    assert plan(ended, task_from({"budget_eur": 1000})).measures == ("B",)


@pytest.mark.parametrize("says", ["A", "C"])
def test_what_excludes_a_measure_that_is_done_stays_out(says: str) -> None:
    a, b, c = work("A", status="done"), work("B", depends_on=("A",)), work("C")
    apart = {"A": c, "C": a}[says]
    measures = [m.model_copy(update={"excludes": (apart.id,)}) if m.id == says else m for m in (a, b, c)]
    result = ranked(measures)
    made = plan(result, task_from({}))
    assert made.measures == ("B",)
    assert [(out.measure, out.code) for out in made.out] == [("A", "done"), ("C", "excluded_by_done")]
    with pytest.raises(InputError, match="already done"):
        plan(result, task_from({"must": ["C"]}))
    assert plan(result, task_from({"must": ["C"], "ignore": ["excludes.A.C"]})).measures == ("B", "C")


def test_large_penalties_give_away_no_value() -> None:
    result = ranked(
        [work(name, cost) for name, cost in (("A", 600), ("B", 500), ("C", 500))], {"A": 90, "B": 50, "C": 50}
    )
    asked = {"budget_eur": 1000, "numbers": [{"least": 1000, "soft": True, "penalty": 1_000_000}]}
    made = plan(result, task_from(asked))
    assert (made.measures, made.value, made.status) == (("B", "C"), 100.0, "optimal")


def test_a_limit_binds_where_it_alone_keeps_something_out() -> None:
    small = ranked([work("A", 600), work("B", 700)], {"A": 90, "B": 60})
    (use,) = plan(small, task_from({"budget_eur": 1000})).uses
    assert (use.used, use.limit, use.binding) == (600.0, 1000.0, True)
    apart = ranked([work("A", 600, excludes=("B",)), work("B", 700)], {"A": 90, "B": 60})
    (use,) = plan(apart, task_from({"budget_eur": 1000})).uses
    assert not use.binding


def test_keys_of_rules_that_no_study_has_are_named_with_the_nearest() -> None:
    result = ranked([work("A", depends_on=("B",)), work("B")])
    for key, hint in (
        ("budgett", "budget"),
        ("requires.A.A", "requires.A.B"),
        ("municipality.AAB", "municipality.AAA"),
    ):
        with pytest.raises(InputError) as error:
            plan(result, task_from({"ignore": [key]}))
        assert [(i.code, i.params["value"], i.params["nearest"]) for i in error.value.issues] == [
            ("unknown_id", key, hint)
        ]
    assert plan(result, task_from({"ignore": ["budget", "municipality.AAA", "requires", "least.theme.digital"]})).solved


def test_planned_years_begin_no_earlier_than_the_study_is_looked_at() -> None:
    with pytest.raises(InputError, match="2025"):
        plan(ranked([work("A")]), task_from({"years": 5, "first_year": 2020}))


def test_what_a_decided_measure_needs_counts_among_what_is_too_dear() -> None:
    result = ranked([work("A", 100, depends_on=("B",)), work("B", 5000)])
    with pytest.raises(InputError) as error:
        plan(result, task_from({"must": ["A"], "budget_eur": 1000}))
    (issue,) = error.value.issues
    assert (issue.code, issue.params["needed_eur"], issue.params["measures"]) == (
        "plan_must_too_dear",
        5100.0,
        ("B", "A"),
    )


def test_who_starts_after_the_planned_years_is_told() -> None:
    result = ranked([work("A", start_year=FIRST_YEAR + 4), work("B")])
    made = plan(result, task_from({"years": 2}))
    assert (made.measures, made.left_out) == (("B",), ())
    assert [(out.measure, out.code) for out in made.out] == [("A", "starts_later")]


def test_an_ignored_start_asks_for_nothing() -> None:
    result = ranked([work("A")])
    task = {"years": 2, "starts": {"A": FIRST_YEAR + 1}}
    with pytest.raises(InputError):
        plan(result, task_from(task))
    assert plan(result, task_from({**task, "ignore": ["start.A"]})).measures == ("A",)


@pytest.mark.parametrize("cost", ["10", "1000", "100000", "10000000", "123456789.01"])
def test_a_cent_too_little_is_too_little(cost: str) -> None:
    result = ranked([work("A", cost), work("B", cost)])
    asked = Decimal(cost)
    assert plan(result, task_from({"budget_eur": asked * 2})).measures == ("A", "B")
    assert len(plan(result, task_from({"budget_eur": asked * 2 - Decimal("0.01")})).measures) == 1
    assert plan(result, task_from({"budget_eur": asked - Decimal("0.01")})).measures == ()


def test_a_cent_is_seen_among_tens_of_millions() -> None:
    """Five of the six cost 93,788,700.37. The solver alone takes them for a cent less: it holds 0.9999999 of a measure
    for all of it."""
    costs = ("3127196.41", "27682450.28", "28539958.04", "12872136.32", "19328466.84", "30778450.52")
    names = "ABCDEF"
    result = ranked(
        [work(name, cost) for name, cost in zip(names, costs, strict=True)],
        {name: 50 + number for number, name in enumerate(names)},
    )
    asked = Decimal("93788700.37")
    assert plan(result, task_from({"budget_eur": asked})).measures == ("A", "B", "D", "E", "F")
    made = plan(result, task_from({"budget_eur": asked - Decimal("0.01")}))
    assert (made.status, made.measures, made.value) == ("optimal", ("A", "B", "C", "D", "E"), 260.0)


def test_a_plan_of_nothing_is_a_plan() -> None:
    made = plan(ranked([work("A")]), task_from({"budget_eur": 0}))
    assert (made.status, made.measures, made.value, made.gap, made.own) == ("optimal", (), 0.0, 0.0, 0)


def test_where_nothing_can_be_planned_the_empty_plan_is_proven_best() -> None:
    """No option is left, only the minimum that is missed: nothing whole to choose, and still no doubt."""
    result = ranked([work("A", None), work("B", start_year=FIRST_YEAR + 5)])
    made = plan(result, task_from({"years": 1, "numbers": [{"least": 2, "soft": True, "penalty": 40}]}))
    assert (made.status, made.measures, made.value, made.gap) == ("optimal", (), 0.0, 0.0)
    assert [missed.points for missed in made.missed] == [80.0]
