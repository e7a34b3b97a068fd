from decimal import Decimal

import pytest

from mcda.funding.costs import annuity, cost_of, price


def test_seed_price_of_the_concept_net_to_gross() -> None:
    assert price(Decimal(170_000), "net", Decimal(19)).gross == Decimal("202300.00")


def test_the_given_gross_figure_is_kept_where_the_way_back_would_miss_it_by_a_cent() -> None:
    shown = price(Decimal(560_000), "gross", Decimal(19))
    assert shown.gross == Decimal("560000.00")
    assert shown.net == Decimal("470588.24")
    assert price(shown.net, "net", Decimal(19)).gross == Decimal("560000.01")


@pytest.mark.parametrize("basis", ["net", "gross"])
def test_net_and_vat_sum_to_gross(basis: str) -> None:
    shown = price(Decimal("123456.78"), basis, Decimal(7))
    assert shown.net + shown.vat == shown.gross


def test_half_a_cent_is_rounded_up() -> None:
    assert price(Decimal("0.50"), "net", Decimal(19)).gross == Decimal("0.60")  # 0.595


def test_staff_without_vat_has_its_own_rate(measure, study) -> None:
    staff = measure(capex_eur=0, opex_eur_per_year=50_000, vat_rate_pct=19, opex_vat_rate_pct=0)
    costs = cost_of(staff, study(staff).study)
    assert costs.running.gross == costs.running.net == Decimal("50000.00")


def test_life_cycle_is_investment_plus_running_cost_over_the_horizon(measure, study) -> None:
    costs = cost_of(measure(opex_eur_per_year=1_000), study(measure()).study)
    assert costs.years == 10
    assert costs.life_cycle.gross == Decimal("214200.00")  # 202,300 + 10 x 1,190


def test_the_measure_s_own_lifetime_wins_over_the_horizon(measure, study) -> None:
    costs = cost_of(measure(opex_eur_per_year=1_000, lifetime_years=4), study(measure()).study)
    assert costs.life_cycle.gross == Decimal("207060.00")


def test_discounted_running_cost_against_the_annuity_factor_table(measure, study) -> None:
    # 3 %, 10 years: 8.5302 (financial tables)
    assert float(annuity(10, 3.0)) == pytest.approx(8.5302, abs=5e-5)
    gross = measure(capex_eur=0, opex_eur_per_year=1_000, price_basis="gross")
    costs = cost_of(gross, study(gross, discount_rate_pct=3).study)
    assert costs.life_cycle.gross == Decimal("8530.20")


def test_only_who_may_deduct_recovers_vat(measure, study) -> None:
    info = study(measure()).study
    assert cost_of(measure(), info).recoverable_vat == 0
    assert cost_of(measure(vat_deductible=True), info).recoverable_vat == Decimal("32300.00")
