"""Every permitted choice of grants: first what the study counts, never more than one may have, to the cent."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from around_one import DAY, make_measure, make_programme, make_study
from example import the_example
from mcda.funding.bundles import Offer, permitted, standing, total_of
from mcda.funding.calls import window_of
from mcda.funding.choices import MOST_COMBINED, Choice, grant_choices
from mcda.funding.facts import facts_of
from mcda.funding.grants import borne
from mcda.funding.money import Desk, judge, measure_money, offer_of
from mcda.funding.rulebook import rules_of
from mcda.funding.stacking import pairing
from mcda.study.model import Eligibility, ProgrammeCall, Study
from mcda.study.read import read_study

ZERO = Decimal(0)
CENT = Decimal("0.01")
ROOT = Path(__file__).parents[2]
STUDIES = ("data/nordallianz", "examples/climate", "examples/tender")


def hold(study: Study, name: str, choices: Iterable[Choice]) -> None:
    """What holds for the choices of any measure."""
    rules = {r.programme.id: r for r in rules_of(study)}
    awarded = {e.programme: e.awarded_eur for e in study.eligibility if e.measure == name and e.awarded_eur}
    seen: list[Mapping[str, Decimal]] = []
    for choice in choices:
        money, grants = choice.money, choice.grants
        assert money.measure == name
        assert sum(grants.values(), ZERO) == money.grant
        assert all(amount > 0 and amount == amount.quantize(CENT) for amount in grants.values())
        assert money.life_cycle_gross - money.recoverable_vat == money.grant + money.co_payment + money.own_contribution
        if money.shares:
            assert sum(money.shares.values(), ZERO) == money.own_contribution
        for a, b in combinations(grants, 2):
            both_awarded = a in awarded and b in awarded
            several = money.sure and money.possible and set(money.sure.programmes) != set(money.possible.programmes)
            assert both_awarded or several or pairing(rules[a], rules[b]).permission == "yes", (name, a, b)
        assert dict(grants) not in seen
        seen.append(dict(grants))


@pytest.mark.parametrize("name", STUDIES)
def test_the_first_choice_is_what_the_study_counts(name: str) -> None:
    study = read_study(ROOT / name)
    money, choices = measure_money(study), grant_choices(study, study.study.as_of)
    assert choices.keys() == money.keys()
    for measure, found in choices.items():
        assert found[0].money == money[measure]
        hold(study, measure, found)


@pytest.mark.parametrize("point", [ZERO, Decimal("0.5"), Decimal(1)])
def test_every_choice_of_the_example_is_permitted_and_adds_up(point: Decimal) -> None:
    study = the_example()
    for measure, found in grant_choices(study, study.study.as_of, date(2026, 12, 31), point=point).items():
        hold(study, measure, found)


def test_without_programmes_only_the_measure_itself_is_left() -> None:
    study = the_example().model_copy(update={"eligibility": ()})
    for found in grant_choices(study, study.study.as_of, without=("*",)).values():
        assert [dict(choice.grants) for choice in found] == [{}]


def found_for(*programmes, measure=None, calls=(), eligibility=(), first=DAY, last=None, point=None):
    """The grants of every choice of one measure of 100,000 EUR gross."""
    plain = measure or make_measure(capex_eur=Decimal(100_000), price_basis="gross")
    study = make_study(plain, *programmes, eligibility=eligibility).model_copy(update={"programme_calls": calls})
    return [dict(choice.grants) for choice in grant_choices(study, first, last, point=point)["M1"]]


def free(name, rate=30, **more):
    return make_programme(id=name, rate_pct=Decimal(rate), stacking=more.pop("stacking", "free"), **more)


def test_of_two_that_may_stand_together_both_either_and_none() -> None:
    assert found_for(free("P", 30), free("Q", 20)) == [{"P": 30_000, "Q": 20_000}, {"P": 30_000}, {"Q": 20_000}, {}]


def test_of_two_exclusive_ones_either_and_none() -> None:
    found = found_for(free("P", 30, stacking="exclusive"), free("Q", 20))
    assert found == [{"P": 30_000}, {"Q": 20_000}, {}]


def test_a_subsidiary_one_steps_back_from_what_surely_pays_whatever_is_chosen() -> None:
    """It may not be had by leaving the other one out."""
    assert found_for(free("P", 30, stacking="subsidiary"), free("Q", 20)) == [{"Q": 20_000}, {}]
    unsure = (Eligibility(measure="M1", programme="Q", verdict="check"),)
    found = found_for(free("P", 30, stacking="subsidiary"), free("Q", 20), eligibility=unsure, point=Decimal(1))
    assert found == [{"P": 30_000}, {"Q": 20_000}, {}]


def test_an_awarded_grant_is_in_every_choice() -> None:
    award = (Eligibility(measure="M1", programme="P", verdict="yes", awarded_eur=Decimal("12345.67")),)
    found = found_for(free("P", 30), free("Q", 20), free("R", 10, stacking="exclusive"), eligibility=award)
    assert found == [{"P": Decimal("12345.67"), "Q": 20_000}, {"P": Decimal("12345.67")}]


def test_an_open_grant_counts_at_the_point_asked_for() -> None:
    check = (Eligibility(measure="M1", programme="P", verdict="check"),)
    for point, amounts in ((ZERO, [{}]), (Decimal("0.5"), [{"P": 15_000}, {}]), (Decimal(1), [{"P": 30_000}, {}])):
        assert found_for(free("P", 30), eligibility=check, point=point) == amounts
    assert found_for(free("P", 30), eligibility=check) == [{"P": 15_000}, {}]


CALL = (ProgrammeCall(programme="P", first_day=date(2026, 3, 1), last_day=date(2026, 4, 30)),)


@pytest.mark.parametrize(
    ("first", "last", "opens"),
    [
        (date(2025, 6, 30), date(2025, 12, 31), False),
        (date(2025, 6, 30), date(2026, 2, 28), False),
        (date(2025, 6, 30), date(2026, 3, 1), True),
        (date(2026, 1, 1), date(2026, 12, 31), True),
        (date(2026, 4, 30), date(2026, 12, 31), True),
        (date(2026, 5, 1), date(2026, 12, 31), False),
        (date(2026, 3, 15), None, True),
        (date(2026, 2, 28), None, False),
    ],
)
def test_a_call_counts_if_it_is_open_on_a_day_of_the_window(first: date, last: date | None, opens: bool) -> None:
    assert found_for(free("P", 30), calls=CALL, first=first, last=last) == ([{"P": 30_000}, {}] if opens else [{}])


def test_a_programme_that_closes_is_judged_while_it_is_open() -> None:
    closing = free("P", 30, valid_to=date(2026, 6, 30))
    assert found_for(closing, first=date(2026, 6, 30), last=date(2027, 12, 31)) == [{"P": 30_000}, {}]
    assert found_for(closing, first=date(2026, 7, 1), last=date(2027, 12, 31)) == [{}]


def test_calls_at_different_times_of_one_window_can_both_be_had() -> None:
    calls = (*CALL, ProgrammeCall(programme="Q", first_day=date(2026, 9, 1), last_day=date(2026, 9, 30)))
    both = found_for(free("P", 30), free("Q", 20), calls=calls, first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert both[0] == {"P": 30_000, "Q": 20_000}


def test_of_more_than_six_programmes_each_alone_all_and_all_but_one() -> None:
    names = [f"P{n}" for n in range(MOST_COMBINED + 1)]
    found = found_for(*(free(name, 5 + n) for n, name in enumerate(names)))
    sets = [frozenset(grants) for grants in found]
    assert sets[0] == frozenset(names)
    assert sets[-1] == frozenset()
    some = [frozenset(few) for size in (0, 1, 6, 7) for few in combinations(names, size)]
    assert sorted(map(sorted, sets)) == sorted(map(sorted, some))


OFFERED = st.lists(
    st.tuples(
        st.sampled_from(["free", "exclusive", "subsidiary", "capped", "state_exclusive", "unknown"]),
        st.sampled_from([10, 30, 45, 60]),
        st.sampled_from(["Land", "Bund"]),
        st.sampled_from([None, 10, 30]),
        st.sampled_from(["yes", "yes", "check", "awarded"]),
    ),
    min_size=1,
    max_size=4,
)


@given(OFFERED)
def test_every_permitted_set_has_a_choice_that_brings_as_much_and_asks_no_more(offered) -> None:
    """Against all sets: what a plan could have from any of them, some choice gives it too."""
    programmes = [
        free(f"P{n}", rate, stacking=stacking, level=level, min_own_share_pct=own)
        for n, (stacking, rate, level, own, _) in enumerate(offered)
    ]
    findings = tuple(
        Eligibility(
            measure="M1",
            programme=f"P{n}",
            verdict="check" if said == "check" else "yes",
            awarded_eur=Decimal(5_000) if said == "awarded" else None,
        )
        for n, (*_, said) in enumerate(offered)
        if said != "yes"
    )
    study = make_study(make_measure(capex_eur=Decimal(100_000), price_basis="gross"), *programmes, eligibility=findings)
    choices = grant_choices(study, DAY, point=Decimal(1))["M1"]
    hold(study, "M1", choices)
    pool, to_pay = _pool(study)
    fixed = [o for o in pool if o.awarded]
    for size in range(len(pool) + 1):
        for some in combinations([o for o in pool if not o.awarded], size):
            chosen = [*fixed, *some]
            if not permitted(chosen, pool):
                continue
            alone = {o.id: o.alone for o in chosen}
            total = total_of(chosen, to_pay)[0] if chosen else ZERO
            assert any(
                choice.money.grant >= total and all(amount <= alone.get(p, ZERO) for p, amount in choice.grants.items())
                for choice in choices
            ), [o.id for o in chosen]


def test_two_that_bring_no_more_than_one_of_them_are_not_applied_for_together() -> None:
    """Both pay 10 % beside each other and 20 % alone: nobody writes two applications for what one brings."""
    falls = {"stacking": "reduced_rate_when_combined", "combined_rate_pct": Decimal(10)}
    assert found_for(free("P", 20, **falls), free("Q", 20, **falls)) == [{"P": 20_000}, {"Q": 20_000}, {}]


def _pool(study: Study) -> tuple[list[Offer], Decimal]:
    rulebook = rules_of(study)
    facts = facts_of(study)["M1"]
    findings = {(row.measure, row.programme): row for row in study.eligibility}
    desk = Desk(rulebook, [window_of(rules, facts, DAY) for rules in rulebook], DAY, findings, True)
    _, paying = judge(desk, facts)
    return standing([offer_of(*one, high=True) for one in paying]), borne(facts.costs)
