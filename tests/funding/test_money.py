"""The worked cases of the domain reference, section 3.3, through the whole chain."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.funding.money import measure_money
from mcda.study.model import Eligibility

POINT = st.floats(0, 1)
EUROS = st.decimals(0, 10**8, places=2)
PERCENT = st.decimals(0, 100, places=1)


def yes(**changes):
    return Eligibility(**{"measure": "M1", "programme": "P1", "verdict": "yes", "reason": "geprüft"} | changes)


def test_scsr_nordallianz_by_the_rate_alone(measure, programme, study) -> None:
    scsr = programme(min_own_share_pct=40)
    money = measure_money(study(measure(), scsr))["M1"]
    assert money.investment_gross == Decimal("202300.00")
    assert money.best is not None
    assert money.best.eligible_cost == Decimal("202300.00")
    assert (money.best.verdict, money.best.bound) == ("yes", "rate")
    assert money.grant == Decimal("121380.00")
    assert money.life_cycle_gross == Decimal("202300.00")
    assert money.own_contribution == Decimal("80920.00")


def test_scsr_nordallianz_with_the_awarded_grant(measure, programme, study) -> None:
    awarded = study(measure(cost_key="equal"), programme(), eligibility=(yes(awarded_eur=120_000),))
    money = measure_money(awarded)["M1"]
    assert money.own_contribution == Decimal("82300.00")
    assert set(money.shares.values()) == {Decimal("10287.50")}
    assert len(money.shares) == 8
    assert money.best is not None
    assert money.best.bound == "awarded"


def test_vat_not_eligible_pays_on_the_net_sum(measure, programme, study) -> None:
    kommklima = programme(rate_pct=70, vat_rule="not_eligible", min_own_share_pct=10)
    money = measure_money(study(measure(), kommklima))["M1"]
    assert money.best is not None
    assert money.best.eligible_cost == Decimal("170000.00")
    assert money.grant == Decimal("119000.00")
    assert money.own_contribution == Decimal("83300.00")


@pytest.mark.parametrize(
    ("cost", "grant", "own", "bound"), [(40_000, 34_000, 6_000, "rate"), (80_000, 50_000, 30_000, "cap")]
)
def test_ikz_fixed_amount_capped_by_85_per_cent(measure, programme, study, cost, grant, own, bound) -> None:
    ikz = programme(instrument="fixed_capped_by_share", rate_pct=85, max_grant_eur=50_000, min_own_share_pct=15)
    money = measure_money(study(measure(capex_eur=cost, price_basis="gross"), ikz))["M1"]
    assert (money.grant, money.own_contribution) == (Decimal(grant), Decimal(own))
    assert money.best is not None
    assert money.best.bound == bound


def test_per_unit_32_charge_points_are_capped_at_2500_each(measure, programme, study) -> None:
    charging = programme(instrument="per_unit", rate_pct=40, max_grant_eur=2_500)
    points = measure(capex_eur=256_000, price_basis="gross", units=tuple((m, 4) for m in measure().municipalities))
    assert measure_money(study(points, charging))["M1"].grant == Decimal("80000.00")


def test_per_unit_without_the_number_of_units_is_open_up_to_the_rate(measure, programme, study) -> None:
    charging = programme(instrument="per_unit", rate_pct=40, max_grant_eur=2_500)
    money = measure_money(study(measure(capex_eur=256_000, price_basis="gross"), charging))["M1"]
    assert (money.grant_low, money.grant_high) == (Decimal(0), Decimal("102400.00"))
    assert money.best is not None
    assert money.best.bound == "unknown_units"


def test_of_two_programmes_only_the_better_one_counts(measure, programme, study) -> None:
    both = study(measure(), programme(id="P60"), programme(id="P80", rate_pct=80))
    money = measure_money(both)["M1"]
    assert money.best is not None
    assert money.best.programme == "P80"
    assert money.grant == Decimal("161840.00")  # 80 % of 202,300, never 140 %


def test_mixed_area_counts_the_inside_partners_part_and_is_to_be_checked(measure, programme, study) -> None:
    leader = programme(area="lag", rate_pct=50)
    money = measure_money(study(measure(cost_key="equal"), leader))["M1"]
    found = money.assessments[0]
    assert found.verdict == "check"
    assert found.eligible_cost == Decimal("75862.50")  # 3 of 8 equal parts of 202,300
    assert (money.grant_low, money.grant_high) == (Decimal(0), Decimal("37931.25"))


def test_mixed_area_follows_the_measure_s_cost_key(measure, programme, study) -> None:
    money = measure_money(study(measure(cost_key="per_capita"), programme(area="lag")))["M1"]
    assert money.assessments[0].eligible_cost == Decimal("69479.73")  # 202,300 x 46,673 / 135,895


def test_unknown_rate_stays_unknown_up_to_the_cap(measure, programme, study) -> None:
    twinby = programme(rate_pct=None, max_grant_eur=75_000)
    money = measure_money(study(measure(capex_eur=150_000, price_basis="gross"), twinby))["M1"]
    found = money.assessments[0]
    assert (found.verdict, found.bound, found.rate_pct) == ("yes", "unknown_rate", None)
    assert (money.grant_low, money.grant, money.grant_high) == (Decimal(0), Decimal(37_500), Decimal(75_000))


def test_unknown_rate_is_limited_by_the_raised_rate_and_the_own_share(measure, programme, study) -> None:
    plain = measure(capex_eur=100_000, price_basis="gross")
    raised = study(plain, programme(rate_pct=None, rate_raised_pct=80))
    own = study(plain, programme(rate_pct=None, min_own_share_pct=10))
    assert measure_money(raised)["M1"].grant_high == Decimal(80_000)
    assert measure_money(own)["M1"].grant_high == Decimal(90_000)


def test_a_falling_rate_gives_an_interval_up_to_its_first_year(measure, programme, study) -> None:
    erna = programme(
        instrument="degressive",
        rate_pct=65,
        running_cost_years=4,
        eligible_costs=("operation",),
        excluded_costs=("investment",),
    )
    deficit = measure(capex_eur=10, opex_eur_per_year=100_000, price_basis="gross", cost_categories=("operation",))
    found = measure_money(study(deficit, erna))["M1"].assessments[0]
    assert found.eligible_cost == Decimal(400_000)  # operation only, four years
    assert (found.grant_low, found.grant_high, found.bound) == (Decimal(0), Decimal(260_000), "unknown_rate")


def test_a_loan_is_financing_and_no_saving(measure, programme, study) -> None:
    loan = programme(instrument="loan", rate_pct=100, max_grant_eur=0)
    money = measure_money(study(measure(), loan))["M1"]
    assert (money.assessments[0].verdict, money.assessments[0].bound) == ("yes", "loan")
    assert (money.best, money.grant_high) == (None, Decimal(0))
    assert money.own_contribution == Decimal("202300.00")


def test_grant_plus_loan_counts_the_grant_part(measure, programme, study) -> None:
    housing = programme(instrument="share_plus_loan", rate_pct=30)
    assert measure_money(study(measure(), housing))["M1"].grant == Decimal("60690.00")


@pytest.mark.parametrize(("basis", "grant"), [(None, 5_000), ("municipality", 40_000)])
def test_a_fixed_amount_is_paid_once_or_per_municipality(measure, programme, study, basis, grant) -> None:
    wlan = programme(instrument="fixed_amount", rate_pct=None, max_grant_eur=5_000, max_grant_basis=basis)
    found = measure_money(study(measure(), wlan))["M1"].assessments[0]
    assert (found.grant_low, found.grant_high, found.bound) == (Decimal(grant), Decimal(grant), "cap")


def test_a_yearly_cap_counts_for_every_year_begun(measure, programme, study) -> None:
    foerla = programme(rate_pct=90, max_grant_eur=50_000, max_grant_basis="project_year")
    assert measure_money(study(measure(duration_months=25), foerla))["M1"].grant == Decimal(150_000)


def test_the_own_share_binds_before_the_rate(measure, programme, study) -> None:
    found = measure_money(study(measure(), programme(rate_pct=95, min_own_share_pct=10)))["M1"].assessments[0]
    assert (found.grant_high, found.bound) == (Decimal("182070.00"), "own_share")


@pytest.mark.parametrize(
    ("rule", "deductible", "eligible"),
    [
        (None, False, "202300.00"),
        (None, True, "170000.00"),
        ("follows_deduction", False, "202300.00"),
        ("follows_deduction", True, "170000.00"),
        ("gross", True, "202300.00"),
        ("net_only", False, "170000.00"),
    ],
)
def test_vat_rules(measure, programme, study, rule, deductible, eligible) -> None:
    money = measure_money(study(measure(vat_deductible=deductible), programme(vat_rule=rule)))["M1"]
    found = money.assessments[0]
    assert found.eligible_cost == Decimal(eligible)
    assert ("vat_rule_assumed" in {r.code for r in found.reasons}) is (rule is None)


def test_eligible_cost_is_limited_by_the_programme(measure, programme, study) -> None:
    money = measure_money(study(measure(), programme(max_eligible_cost_eur=100_000)))["M1"]
    assert money.grant == Decimal(60_000)


def test_running_cost_counts_for_the_years_the_programme_takes(measure, programme, study) -> None:
    money = measure_money(study(measure(opex_eur_per_year=1_000), programme(running_cost_years=2)))["M1"]
    assert money.assessments[0].eligible_cost == Decimal("204680.00")


def test_sure_and_possible_programmes_span_the_interval(measure, programme, study) -> None:
    sure = programme(id="SURE", rate_pct=40)
    maybe = programme(id="MAYBE", rate_pct=80, prerequisites="Beschluss")
    money = measure_money(study(measure(), sure, maybe, interval_point=0.25))["M1"]
    assert (money.grant_low, money.grant_high) == (Decimal("80920.00"), Decimal("161840.00"))
    assert money.grant == Decimal("101150.00")
    assert money.best is not None
    assert money.best.programme == "SURE"
    assert money.own_contribution_low == Decimal("40460.00")
    assert money.own_contribution_high == Decimal("121380.00")


def test_only_named_candidates_bring_money(measure, programme, study) -> None:
    named = measure(funding_candidates=("P1",))
    silent = measure(id="M2")
    money = measure_money(study(named, programme(), programme(id="P2", rate_pct=80), measures=(silent,)))
    assert [a.candidate for a in money["M1"].assessments] == [True, False]
    assert money["M1"].grant == Decimal("121380.00")
    assert money["M2"].grant_high == 0
    assert money["M2"].best is None
    assert len(money["M2"].assessments) == 2


def test_where_nobody_names_candidates_every_programme_is_one(measure, programme, study) -> None:
    assert measure_money(study(measure(), programme()))["M1"].assessments[0].candidate


def test_a_person_s_finding_overrides_and_both_are_kept(measure, programme, study) -> None:
    closed = programme(valid_to=date(2025, 1, 1))
    found = measure_money(study(measure(), closed, eligibility=(yes(),)))["M1"].assessments[0]
    assert (found.verdict, found.computed_verdict) == ("yes", "no")
    assert found.finding is not None
    assert found.grant_high == Decimal("121380.00")
    refused = study(measure(), programme(), eligibility=(yes(verdict="no", awarded_eur=5),))
    found = measure_money(refused)["M1"].assessments[0]
    assert (found.verdict, found.computed_verdict, found.grant_high) == ("no", "yes", Decimal(0))


def test_a_dated_finding_does_not_outlive_its_call(measure, programme, study) -> None:
    open_then = programme(valid_to=date(2025, 12, 31))
    dated = yes(date=date(2025, 5, 1))
    after = date(2026, 1, 1)
    found = measure_money(study(measure(), open_then, eligibility=(dated,)), after)["M1"].assessments[0]
    assert (found.verdict, found.grant_high) == ("no", Decimal(0))
    assert found.finding == dated
    assert "finding_outlived" in {reason.code for reason in found.reasons}
    for stands in (yes(date=date(2025, 5, 1), awarded_eur=1_000), yes(date=after), yes()):
        found = measure_money(study(measure(), open_then, eligibility=(stands,)), after)["M1"].assessments[0]
        assert found.verdict == "yes"


def test_a_later_finding_does_not_open_a_programme_that_did_not_exist_yet(measure, programme, study) -> None:
    begun = programme(valid_from=date(2024, 10, 23), valid_to=None)
    dated = yes(date=date(2025, 5, 1))
    found = measure_money(study(measure(), begun, eligibility=(dated,)), date(2019, 1, 1))["M1"].assessments[0]
    assert (found.verdict, found.grant_high) == ("no", Decimal(0))
    assert measure_money(study(measure(), begun, eligibility=(dated,)))["M1"].assessments[0].verdict == "yes"


def test_no_stated_cost_leaves_minimum_and_investment_to_be_checked(measure, programme, study) -> None:
    bank = programme(min_eligible_cost_eur=Decimal(1000), min_grant_eur=Decimal(10), themes=("any_investment",))
    found = measure_money(study(measure(capex_eur=None), bank))["M1"]
    assert not found.cost_known
    assert found.assessments[0].verdict == "check"


def test_moving_the_day_closes_and_reopens_a_programme(measure, programme, study) -> None:
    both = study(measure(), programme(valid_from=None, valid_to=date(2025, 12, 31)))
    verdicts = [
        measure_money(both, day)["M1"].assessments[0].verdict
        for day in (date(2026, 1, 1), date(2025, 12, 31), date(2025, 6, 30), date(2025, 6, 29))
    ]
    assert verdicts == ["no", "yes", "yes", "check"]


def test_no_programmes_no_grant(measure, study) -> None:
    money = measure_money(study(measure()))["M1"]
    assert (money.grant_low, money.grant_high, money.best) == (Decimal(0), Decimal(0), None)
    assert money.own_contribution == Decimal("202300.00")


def test_a_measure_without_cost_has_nothing_to_pay(measure, programme, study) -> None:
    money = measure_money(study(measure(capex_eur=0), programme()))["M1"]
    assert money.own_contribution == 0
    assert sum(money.shares.values()) == 0


@given(EUROS, EUROS, PERCENT, PERCENT, st.none() | EUROS, POINT, st.booleans(), st.sampled_from([None, "gross"]))
def test_grant_and_own_contribution_always_make_the_whole(
    measure, programme, study, capex, opex, rate, own, cap, point, deductible, rule
) -> None:
    paid = programme(rate_pct=rate, min_own_share_pct=own, max_grant_eur=cap, vat_rule=rule, running_cost_years=3)
    costly = measure(capex_eur=capex, opex_eur_per_year=opex, vat_deductible=deductible)
    money = measure_money(study(costly, paid, interval_point=point, discount_rate_pct=3))["M1"]
    to_pay = money.life_cycle_gross - money.recoverable_vat
    assert money.grant + money.own_contribution == to_pay
    assert 0 <= money.grant_low <= money.grant <= money.grant_high <= to_pay
    assert sum(money.shares.values()) == money.own_contribution


@given(EUROS, PERCENT)
def test_the_own_share_is_never_undercut(measure, programme, study, capex, own) -> None:
    greedy = programme(rate_pct=100, min_own_share_pct=own)
    money = measure_money(study(measure(capex_eur=capex, price_basis="gross"), greedy))["M1"]
    assert money.own_contribution >= money.investment_gross * own / 100 - Decimal("0.005")


def test_sure_and_possible_are_the_programmes_at_the_ends_of_the_interval(measure, programme, study) -> None:
    sure, less = programme(id="P1", max_grant_eur=10_000), programme(id="P2", max_grant_eur=5_000)
    more = programme(id="P3", max_grant_eur=20_000, prerequisites="Ratsbeschluss")
    money = measure_money(study(measure(), less, sure, more))["M1"]
    assert money.sure is not None
    assert money.possible is not None
    assert (money.sure.programmes, money.sure.total) == (("P1",), money.grant_low)
    assert (money.possible.programmes, money.possible.total) == (("P3",), money.grant_high)
    alone = measure_money(study(measure(), less))["M1"]
    assert alone.sure is not None
    assert alone.possible is None
    nothing = measure_money(study(measure()))["M1"]
    assert (nothing.sure, nothing.possible) == (None, None)
