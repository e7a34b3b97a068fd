"""Money by calendar year: every year, row and member adds up to the cent; two measures by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import the_example
from mcda.funding.money import measure_money
from mcda.funding.records import MeasureMoney
from mcda.funding.years import MeasureYears, measure_years, money_by_years
from mcda.study.model import Measure, Study

EXAMPLE = the_example()
ZERO = Decimal(0)


def priced(rate: float = 0.0, **fields: object) -> tuple[Study, MeasureMoney, MeasureYears]:
    """The example with one measure in place of all, priced and spread."""
    measure = Measure.model_validate({"id": "X", "title": "X", **fields})
    info = EXAMPLE.study.model_copy(update={"discount_rate_pct": rate, "horizon_years": 5})
    changes = {"study": info, "measures": (measure,), "ratings": (), "eligibility": ()}
    if "funding_candidates" not in fields:  # a study that names none would have every programme pay
        changes |= {"programmes": (), "programme_rates": (), "programme_caps": (), "programme_calls": ()}
    study = EXAMPLE.model_copy(update=changes)
    money = measure_money(study)["X"]
    return study, money, measure_years(study, money)


def sums_hold(money: MeasureMoney, found: MeasureYears, *, nominal: bool = False) -> None:
    for y in found.years:
        assert y.cost == y.recoverable_vat + y.grant + y.co_payment + y.own_contribution
        assert min(y.cost, y.recoverable_vat, y.grant, y.co_payment, y.own_contribution, *y.shares.values()) >= 0
        assert not y.shares or sum(y.shares.values()) == y.own_contribution
        assert y.cost == y.cost.quantize(Decimal("0.01"))
    assert [y.year for y in found.years] == list(range(found.years[0].year, found.years[-1].year + 1))
    if nominal:
        return
    for name, total in (
        ("cost", money.life_cycle_gross),
        ("recoverable_vat", money.recoverable_vat),
        ("grant", money.grant),
        ("co_payment", money.co_payment),
        ("own_contribution", money.own_contribution),
    ):
        assert sum(getattr(y, name) for y in found.years) == total, name
    for who, share in money.shares.items():
        assert sum(y.shares[who] for y in found.years) == share


def test_every_measure_of_the_example_adds_up_over_years_and_members() -> None:
    money = measure_money(EXAMPLE)
    found = money_by_years(EXAMPLE, money)
    assert set(found) == {name for name, one in money.items() if one.cost_known}
    for name, years in found.items():
        sums_hold(money[name], years)
    everything = sum((y.cost for one in found.values() for y in one.years), ZERO)
    assert everything == sum((money[name].life_cycle_gross for name in found), ZERO)


def test_eighteen_months_by_hand() -> None:
    """90,000 over 18 months from January 2027: 60,000 and 30,000. Then 12,000 a year for two years from July 2028."""
    _, money, found = priced(
        capex_eur=90_000, opex_eur_per_year=12_000, start_year=2027, duration_months=18, lifetime_years=2,
        municipalities=("ISM", "GAR"), cost_key="equal",
    )  # fmt: skip
    assert money.life_cycle_gross == 114_000
    assert {y.year: y.cost for y in found.years} == {2027: 60_000, 2028: 36_000, 2029: 12_000, 2030: 6_000}
    assert [y.shares["ISM"] for y in found.years] == [30_000, 18_000, 6_000, 3_000]
    assert not found.start_assumed
    assert not found.duration_assumed


def test_net_price_with_deductible_vat_by_hand() -> None:
    """10,000 net: 11,900 are paid in one year and 1,900 come back; nobody named a start, so it is the year after."""
    _, money, found = priced(
        capex_eur=10_000, price_basis="net", vat_deductible=True, municipalities=("ISM",), co_payer_pct=25
    )
    (year,) = found.years
    assert year.year == EXAMPLE.study.as_of.year + 1
    assert (year.cost, year.recoverable_vat, year.co_payment, year.own_contribution) == (11_900, 1_900, 2_500, 7_500)
    assert found.start_assumed
    assert found.duration_assumed
    sums_hold(money, found)


def test_running_cost_alone_starts_with_the_measure() -> None:
    _, _, found = priced(opex_eur_per_year=1_000, start_year=2028, duration_months=60, lifetime_years=3)
    assert {y.year: y.cost for y in found.years} == {2028: 1_000, 2029: 1_000, 2030: 1_000}
    assert not found.duration_assumed


def test_a_measure_that_costs_nothing_has_one_year_of_nothing() -> None:
    _, _, found = priced(capex_eur=0, start_year=2027)
    assert [(y.year, y.cost) for y in found.years] == [(2027, 0)]


def test_payments_are_nominal_at_a_discount_rate() -> None:
    """1,000 a year for four years are 4,000 paid, though they count less; members pay in the same proportion."""
    _, money, found = priced(
        3.0, capex_eur=500, opex_eur_per_year=1_000, start_year=2027, lifetime_years=4, municipalities=("ISM", "GAR")
    )
    assert money.life_cycle_gross < 4_500
    assert sum(y.cost for y in found.years) == 4_500
    assert sum(y.own_contribution for y in found.years) == 4_500
    sums_hold(money, found, nominal=True)


cents = st.integers(0, 10_000_000).map(lambda n: Decimal(n) / 100)
MEMBERS = ("ISM", "GAR", "ECH", "USH")


@given(
    capex=cents,
    opex=cents,
    fields=st.fixed_dictionaries(
        {
            "start_year": st.none() | st.integers(2025, 2035),
            "duration_months": st.none() | st.integers(0, 70),
            "lifetime_years": st.none() | st.integers(1, 12),
            "price_basis": st.sampled_from(["net", "gross"]),
            "vat_rate_pct": st.sampled_from([0, 7, 19]),
            "vat_deductible": st.booleans(),
            "co_payer_pct": st.none() | st.decimals(0, 100, places=1),
            "cost_key": st.sampled_from(["equal", "per_capita", "mixed_50_50"]),
            "running_cost_key": st.sampled_from(["", "single_payer", "per_capita"]),
            "opt_outs": st.sampled_from([(), ("GAR",)]),
            "share_caps_eur": st.sampled_from([(), (("ISM", Decimal("33.33")),)]),
            "funding_candidates": st.sampled_from([(), ("IKZ",), tuple(p.id for p in EXAMPLE.programmes)]),
        }
    ),
    rate=st.sampled_from([0.0, 0.0, 1.7]),
)
def test_whatever_it_costs_and_whoever_pays_every_sum_holds(
    capex: Decimal, opex: Decimal, fields: dict[str, object], rate: float
) -> None:
    filled = {name: value for name, value in fields.items() if value not in (None, "")}
    _, money, found = priced(
        rate, capex_eur=capex, opex_eur_per_year=opex, municipalities=MEMBERS, running_payer="USH", **filled
    )
    sums_hold(money, found, nominal=bool(rate))


@pytest.mark.parametrize("name", ["grant_investment", "own_investment"])
def test_the_investment_part_is_within_the_whole(name: str) -> None:
    for money in measure_money(EXAMPLE).values():
        whole = money.grant if name == "grant_investment" else money.own_contribution
        assert 0 <= getattr(money, name) <= whole
