"""Who pays the own contribution: keys, limits, opt-outs, a co-payer before the split, building and running apart."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from around_one import ALL, make_measure, make_programme, make_study
from mcda.funding.money import measure_money
from mcda.funding.split import split, split_within
from mcda.study.model import ProgrammeRate

CENT = Decimal("0.01")
HALF_BY_UNITS = (("equal", 50), ("per_unit", 50))


def money_of(*programmes, rates=(), **facts):
    made = make_study(make_measure(**{"capex_eur": 82_300, "price_basis": "gross"} | facts), *programmes)
    made = made.model_copy(update={"programme_rates": tuple(ProgrammeRate(programme="P1", **row) for row in rates)})
    return measure_money(made)["M1"]


@pytest.mark.parametrize(
    ("facts", "paid"),
    [
        ({"cost_key": "fixed", "fixed_shares_pct": (("ECH", 60), ("GAR", 40))}, {"ECH": "49380.00", "GAR": "32920.00"}),
        (
            {"cost_key": "mixed", "key_mix_pct": (("equal", 50), ("per_unit", 50))},
            {"ECH": "30862.50", "GAR": "51437.50"},
        ),
        ({"cost_key": "equal", "opt_outs": ("GAR",)}, {"ECH": "82300.00"}),
        ({"cost_key": "equal", "share_caps_eur": (("ECH", 10_000),)}, {"ECH": "10000.00", "GAR": "72300.00"}),
        ({"cost_key": "single_payer", "payer": "GAR"}, {"GAR": "82300.00"}),
    ],
)
def test_keys_for_two(facts, paid) -> None:
    two = {"municipalities": ("ECH", "GAR"), "units": (("ECH", 1), ("GAR", 3))}
    money = money_of(**two | facts)
    assert dict(money.shares) == {who: Decimal(part) for who, part in paid.items()}
    assert sum(money.shares.values()) == money.own_contribution


def test_a_mix_of_two_keys_equals_the_mixed_key_of_old() -> None:
    mixed = money_of(cost_key="mixed", key_mix_pct=(("equal", 50), ("per_capita", 50)))
    assert dict(mixed.shares) == dict(money_of(cost_key="mixed_50_50").shares)


def test_half_is_borne_by_the_district_after_the_grant() -> None:
    federal = make_programme(rate_pct=60)
    money = money_of(federal, capex_eur=100_000, co_payer="Landkreis", co_payer_pct=50, cost_key="equal")
    assert (money.grant, money.co_payment, money.own_contribution) == (60_000, 20_000, 20_000)
    assert set(money.shares.values()) == {Decimal(2_500)}
    fixed = money_of(federal, capex_eur=100_000, co_payer="Landkreis", co_payer_eur=50_000)
    assert (fixed.co_payment, fixed.own_contribution) == (40_000, 0)  # no more than what is left


def test_one_pays_for_building_and_another_for_running() -> None:
    money = money_of(
        capex_eur=100_000,
        opex_eur_per_year=1_000,
        municipalities=("ECH", "GAR"),
        cost_key="equal",
        running_cost_key="single_payer",
        running_payer="GAR",
    )
    assert (money.own_investment, money.own_running) == (100_000, 10_000)
    assert dict(money.shares) == {"ECH": 50_000, "GAR": 60_000}
    assert dict(money.shares_running) == {"GAR": 10_000}


def test_a_grant_for_running_cost_lowers_the_running_part() -> None:
    operation = make_programme(
        instrument="degressive",
        rate_pct=50,
        running_cost_years=2,
        eligible_costs=("operation",),
        excluded_costs=("investment",),
    )
    rates = [{"rate_pct": 50, "year": 1}, {"rate_pct": 40, "year": 2}]
    money = money_of(
        operation, rates=rates, capex_eur=5_000, opex_eur_per_year=1_000, cost_categories=("operation", "planning")
    )
    assert (money.grant_high, money.own_contribution_low) == (900, 14_100)
    sure = money_of(operation, rates=rates, capex_eur=5_000, opex_eur_per_year=1_000, cost_categories=("operation",))
    assert (sure.grant, sure.own_investment, sure.own_running) == (900, 5_000, 9_100)


def test_limits_that_do_not_reach_give_no_split_but_a_reason() -> None:
    money = money_of(municipalities=("ECH",), share_caps_eur=(("ECH", 5),))
    assert (dict(money.shares), money.share_issue) == ({}, "share_caps_too_low")
    assert money_of(opt_outs=ALL).share_issue == "share_all_opted_out"
    assert money_of(cost_key="fixed").share_issue == "share_fixed_missing"
    assert money_of(cost_key="mixed").share_issue == "share_mix_missing"


AMOUNTS = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)
WEIGHTS = st.dictionaries(st.sampled_from(ALL), st.integers(0, 10**6).map(Decimal), min_size=1)


@given(AMOUNTS, WEIGHTS, st.dictionaries(st.sampled_from(ALL), AMOUNTS))
def test_limits_hold_and_the_sum_is_exact_or_nobody_knows(amount, weights, caps) -> None:
    if not any(weights.values()):
        return
    parts = split_within(amount, weights, caps)
    if parts is None:
        assert all(who in caps for who, weight in weights.items() if weight)
        assert sum(caps[who] for who, weight in weights.items() if weight) < amount
        return
    assert sum(parts.values()) == amount
    assert all(part <= caps[who] for who, part in parts.items() if who in caps)
    if not caps:
        assert parts == split(amount, weights)


STACKING = st.sampled_from(["exclusive", "state_exclusive", "subsidiary", "capped", "free", "unknown"])
PERCENT = st.integers(0, 100)


@st.composite
def programmes(draw):
    """Up to four programmes of any stacking, some to be checked, some with caps, floors or an unknown rate."""
    return [
        make_programme(
            id=f"P{n}",
            rate_pct=draw(st.none() | PERCENT),
            max_grant_eur=draw(st.none() | st.integers(0, 200_000)),
            min_own_share_pct=draw(st.none() | PERCENT),
            stacking=draw(STACKING),
            level=draw(st.sampled_from(["Land", "Bund"])),
            vat_rule=draw(st.sampled_from([None, "gross", "net_only"])),
            prerequisites=draw(st.sampled_from(["", "Beschluss"])),
            running_cost_years=draw(st.integers(0, 3)),
        )
        for n in range(draw(st.integers(1, 4)))
    ]


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(programmes(), AMOUNTS, AMOUNTS, st.booleans(), st.sampled_from([0.0, 0.5, 1.0]), st.none() | PERCENT)
def test_nothing_is_lost_between_grant_and_own_contribution(found, once, yearly, deductible, point, helped) -> None:
    facts = {"capex_eur": once, "opex_eur_per_year": yearly, "vat_deductible": deductible, "co_payer_pct": helped}
    made = make_study(make_measure(**facts), *found, interval_point=point)
    money = measure_money(made)["M1"]
    to_pay = money.life_cycle_gross - money.recoverable_vat
    assert money.grant + money.co_payment + money.own_contribution == to_pay
    assert money.grant_low <= money.grant <= money.grant_high <= to_pay
    assert money.own_contribution_low <= money.own_contribution <= money.own_contribution_high
    assert money.own_investment + money.own_running == money.own_contribution
    assert min(money.own_investment, money.own_running) >= 0
    assert sum(money.shares.values()) == money.own_contribution
    for bundle in filter(None, (money.sure, money.possible)):
        floor = max(made.programme_by_id[p].min_own_share_pct or 0 for p in bundle.programmes)
        assert to_pay - bundle.total >= to_pay * floor / 100 - CENT


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(programmes(), programmes(), AMOUNTS)
def test_one_more_programme_never_raises_the_own_contribution_but_where_one_gives_way(found, more, once) -> None:
    new = more[0].model_copy(update={"id": "NEW"})
    before = measure_money(make_study(make_measure(capex_eur=once), *found))["M1"]
    after = measure_money(make_study(make_measure(capex_eur=once), *found, new))["M1"]
    gave_way = any(out.code == "subsidiary" and out.other == "NEW" for out in after.left_out)
    assert after.own_contribution <= before.own_contribution or gave_way
