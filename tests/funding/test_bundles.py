"""Bundles: the cases of the domain reference 3.3, the stacking rules pair by pair, and brute force as the oracle."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.funding.bundles import Offer, best_bundle, permitted, standing, total_of
from mcda.funding.costs import ZERO
from mcda.funding.grants import Scope
from mcda.funding.money import measure_money
from mcda.funding.rulebook import Rules, is_state_money
from mcda.funding.stacking import pairing
from mcda.locale import LANGUAGES, text
from mcda.study.model import Eligibility, Programme

RULES = ("exclusive", "state_exclusive", "subsidiary", "capped", "reduced_rate_when_combined", "free", "unknown")


@pytest.fixture(scope="session")
def money_of(measure, programme, study):
    """The money of a measure of 100,000 EUR gross before programmes given as changes."""

    def judge(*rules, findings=(), **facts):
        plain = measure(capex_eur=100_000, price_basis="gross", **facts)
        programmes = [programme(**{"id": f"P{n}"} | changes) for n, changes in enumerate(rules, start=1)]
        return measure_money(study(plain, *programmes, eligibility=findings))["M1"]

    return judge


def test_reduced_when_combined_federal_40_and_state_70_or_50(money_of) -> None:
    federal = {"rate_pct": 40, "level": "Bund", "stacking": "free"}
    state = {
        "rate_pct": 70,
        "level": "Land",
        "stacking": "reduced_rate_when_combined",
        "combined_rate_pct": 50,
        "min_own_share_pct": 10,
    }
    money = money_of(federal, state)
    assert (money.grant, money.own_contribution) == (Decimal(90_000), Decimal(10_000))
    assert {part.programme: part.grant for part in money.sure.parts} == {"P1": 40_000, "P2": 50_000}
    assert {part.programme: part.alone for part in money.sure.parts} == {"P1": 40_000, "P2": 70_000}
    assert money_of(state).grant == Decimal(70_000)


def test_two_exclusive_programmes_of_60_and_80_never_bring_140(money_of) -> None:
    money = money_of({"rate_pct": 60, "stacking": "exclusive"}, {"rate_pct": 80, "stacking": "exclusive"})
    assert money.grant == Decimal(80_000)
    assert money.sure.programmes == ("P2",)
    assert [(out.programme, out.code, out.other) for out in money.left_out] == [("P1", "exclusive", "P2")]
    assert [bundle.programmes for bundle in money.alternatives] == [("P1",)]


def test_a_capped_sum_stays_within_the_eligible_cost(money_of) -> None:
    money = money_of({"rate_pct": 65, "stacking": "capped"}, {"rate_pct": 60, "stacking": "free"})
    assert money.grant == Decimal(100_000)
    assert (money.sure.bound, money.sure.bound_by) == ("common_limit", "P1")
    lower = money_of(
        {"rate_pct": 65, "stacking": "capped", "stacking_cap_pct": 90}, {"rate_pct": 60, "stacking": "free"}
    )
    assert lower.grant == Decimal(90_000)
    assert {part.programme: part.grant for part in lower.sure.parts} == {"P1": 30_000, "P2": 60_000}


def test_the_highest_least_own_share_of_a_bundle_binds(money_of) -> None:
    money = money_of(
        {"rate_pct": 50, "stacking": "free", "min_own_share_pct": 10},
        {"rate_pct": 60, "stacking": "free", "min_own_share_pct": 20},
    )
    assert money.own_contribution == Decimal(20_000)
    assert (money.sure.bound, money.sure.bound_by) == ("own_share", "P2")


def test_state_money_does_not_stand_beside_what_bars_it(money_of) -> None:
    ikz = {"rate_pct": 30, "stacking": "state_exclusive", "level": "Land"}
    land, bund = {"stacking": "free", "level": "Land+Bund"}, {"stacking": "free", "level": "Bund"}
    assert money_of(ikz, land | {"rate_pct": 20}).grant == Decimal(30_000)
    assert money_of(ikz, land | {"rate_pct": 20}).left_out[0].code == "state_exclusive"
    assert money_of(ikz, bund | {"rate_pct": 20}).grant == Decimal(50_000)


def test_a_subsidiary_programme_gives_way_even_if_it_would_pay_more(money_of) -> None:
    urban = {"rate_pct": 60, "stacking": "subsidiary"}
    money = money_of(urban, {"rate_pct": 20, "stacking": "free"})
    assert money.grant == Decimal(20_000)
    assert [(out.programme, out.code, out.other) for out in money.left_out] == [("P1", "subsidiary", "P2")]
    assert money_of(urban).grant == Decimal(60_000)
    unsure = money_of(urban, {"rate_pct": 20, "stacking": "free", "prerequisites": "Beschluss"})
    assert (unsure.grant_low, unsure.grant_high) == (Decimal(60_000), Decimal(60_000))


def test_unknown_combination_follows_the_general_rule_and_names_the_question(money_of) -> None:
    money = money_of({"rate_pct": 40, "stacking": "unknown"}, {"rate_pct": 30, "stacking": "free"})
    assert (money.grant_low, money.grant_high) == (Decimal(40_000), Decimal(40_000))
    assert money.left_out[0].code == "stacking_unknown"
    assert (money.alternatives[0].total, money.alternatives[0].to_check) == (Decimal(70_000), True)


def test_an_awarded_grant_is_a_fact_and_stays_in_the_bundle(money_of) -> None:
    awarded = Eligibility(measure="M1", programme="P1", verdict="yes", awarded_eur=Decimal(10_000))
    money = money_of({"stacking": "exclusive"}, {"rate_pct": 80, "stacking": "free"}, findings=(awarded,))
    assert money.sure.programmes == ("P1",)
    assert money.grant == Decimal(10_000)


def test_loans_are_financing_beside_the_bundle(money_of) -> None:
    money = money_of({"rate_pct": 40}, {"instrument": "loan", "rate_pct": 100, "stacking": "free"})
    assert money.grant == Decimal(40_000)
    assert money.loans == (("P2", Decimal(60_000)),)


@pytest.mark.parametrize("level", ["Land", "Land+Bund", "EU+Land", "Freistaat Bayern"])
def test_state_money_by_the_word_of_its_level(level) -> None:
    assert is_state_money(Programme(id="P", name="P", level=level))
    assert not is_state_money(Programme(id="P", name="P", level="Bund"))


def test_every_reason_to_be_left_out_has_a_sentence() -> None:
    for code in ("exclusive", "state_exclusive", "subsidiary", "stacking_unknown", "no_more"):
        assert all(text(f"left_out.{code}", language, other="X") for language in LANGUAGES)


def cents(most):
    return st.integers(0, most).map(lambda n: Decimal(n) / 100)


@st.composite
def offers(draw, most=7):
    found = []
    for number in range(draw(st.integers(1, most))):
        once, running = draw(cents(10_000_00)), draw(cents(5_000_00))
        alone = draw(cents(int((once + running) * 100)))
        rules = Rules(
            Programme(
                id=f"P{number}",
                name="P",
                stacking=draw(st.sampled_from(RULES)),
                stacking_cap_pct=draw(st.none() | st.integers(50, 100)),
                min_own_share_pct=draw(st.none() | st.integers(0, 60)),
            ),
            state_money=draw(st.booleans()),
        )
        verdict = draw(st.sampled_from(["yes", "check"]))
        combined = draw(st.sampled_from([alone, alone / 2])).quantize(Decimal("0.01"))
        found.append(Offer(rules, verdict, alone, combined, Scope(once, running, once, running)))
    return [o for o in found if o.alone > 0]


def by_brute_force(pool, to_pay, unsure):
    """The most any permitted set pays: all of them, one after the other."""
    sets = (chosen for size in range(1, len(pool) + 1) for chosen in combinations(pool, size))
    return max((total_of(s, to_pay)[0] for s in sets if permitted(s, pool, unsure=unsure)), default=ZERO)


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(offers(), st.booleans(), cents(12_000_00))
def test_the_search_finds_what_brute_force_finds(found, unsure, to_pay) -> None:
    pool = standing(found)
    bundle = best_bundle(pool, to_pay, unsure=unsure)
    assert bundle.total == by_brute_force(pool, to_pay, unsure)
    assert sum((part.grant for part in bundle.parts), ZERO) == bundle.total
    assert bundle.total <= to_pay
    assert all(ZERO < part.grant <= part.alone for part in bundle.parts)


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(offers(), st.booleans())
def test_what_excludes_each_other_never_stands_together(found, unsure) -> None:
    bundle = best_bundle(standing(found), Decimal(10**6), unsure=unsure)
    inside = [o for o in found if o.id in bundle.programmes]
    for a, b in combinations(inside, 2):
        assert pairing(a.rules, b.rules) == pairing(b.rules, a.rules)
        assert pairing(a.rules, b.rules).permission == "yes" or unsure
        assert "exclusive" not in {a.rules.programme.stacking, b.rules.programme.stacking}


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(offers(), offers(most=1))
def test_one_more_programme_never_lowers_the_grant_unless_a_subsidiary_one_gives_way(found, more) -> None:
    more = [Offer(o.rules, o.verdict, o.alone, o.combined, o.scope) for o in more]
    for o in more:
        object.__setattr__(o.rules, "programme", o.rules.programme.model_copy(update={"id": "NEW"}))
    before = best_bundle(standing(found), Decimal(10**6)).total
    after = best_bundle(standing([*found, *more]), Decimal(10**6)).total
    gave_way = any(o not in standing([*found, *more]) for o in standing(found))
    assert after >= before or gave_way


def test_many_combinable_programmes_are_searched_at_once() -> None:
    scope = Scope(Decimal(100_000), ZERO, Decimal(100_000), ZERO)
    rules = [Rules(Programme(id=f"P{n}", name="P", stacking="free", min_own_share_pct=Decimal(10))) for n in range(40)]
    pool = [Offer(r, "yes", Decimal(10_000 + n), Decimal(10_000 + n), scope) for n, r in enumerate(rules)]
    assert best_bundle(pool, Decimal(100_000)).total == Decimal(90_000)
