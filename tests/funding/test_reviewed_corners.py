"""Corners where money can go wrong without a word: each was wrong once, or nearly."""

from datetime import date
from decimal import Decimal

import pytest

from around_one import make_measure, make_programme, make_study
from mcda.funding.money import measure_money
from mcda.study.model import Eligibility, ProgrammeCall, ProgrammeCap, ProgrammeRate


def money_of(*programmes, findings=(), tables=None, day=None, info=None, **facts):
    measure = make_measure(**{"capex_eur": 100_000, "price_basis": "gross"} | facts)
    study = make_study(measure, *programmes, eligibility=findings, **(info or {}))
    return measure_money(study.model_copy(update=tables or {}), day)["M1"]


def found(**changes):
    return Eligibility(**{"measure": "M1", "programme": "P1", "verdict": "yes"} | changes)


def test_an_awarded_grant_needs_no_more_checking() -> None:
    money = money_of(
        make_programme(rate_pct=80, stacking="exclusive"),
        make_programme(id="P2", stacking="free"),
        findings=(found(programme="P2", verdict="check", awarded_eur=10_000),),
    )
    assert (money.grant_low, money.grant_high) == (10_000, 10_000)


def test_grants_for_running_cost_are_worth_what_the_cost_is_worth_today() -> None:
    rules = make_programme(rate_pct=95, min_own_share_pct=10, running_cost_years=10)
    money = money_of(rules, info={"discount_rate_pct": 5}, opex_eur_per_year=100_000, capex_eur=0)
    assert money.own_contribution >= money.life_cycle_gross / 10 - Decimal("0.01")
    assert money.grant == Decimal("694956.14")  # 90 % of 772,173.49, the present value of ten years


def test_a_member_s_limit_holds_for_building_and_running_together() -> None:
    caps = {"share_caps_eur": (("ECH", 10_000),), "cost_key": "equal", "running_cost_key": "equal"}
    money = money_of(municipalities=("ECH", "GAR"), opex_eur_per_year=10_000, **caps)
    assert money.shares["ECH"] == 10_000
    assert sum(money.shares.values()) == money.own_contribution


def test_no_part_of_the_cost_is_paid_for_twice() -> None:
    building = make_programme(rate_pct=90, min_own_share_pct=10, stacking="free")
    both = make_programme(id="P2", rate_pct=50, running_cost_years=5, stacking="free")
    money = money_of(building, both, opex_eur_per_year=10_000)
    once = sum(part.once for part in money.sure.parts)
    assert once <= 100_000
    assert money.grant == 125_000  # all of the investment would be paid; half of five years on top
    inside = make_programme(rate_pct=90, area="lag", stacking="free")
    whole = make_programme(id="P2", rate_pct=50, stacking="free")
    mixed = money_of(inside, whole, findings=(found(),), capex_eur=160_000, cost_key="equal")
    assert mixed.grant == 80_000 + 30_000  # 3 of 8 parts lie inside: 60,000, of which 30,000 are paid by the other


def test_a_minimum_is_not_missed_for_sure_while_a_cost_is_not_stated() -> None:
    for least in ({"min_eligible_cost_eur": 50_000}, {"min_grant_eur": 50_000}):
        answer = money_of(make_programme(**least), capex_eur=None, opex_eur_per_year=5_000).assessments[0]
        assert answer.verdict == "check"


def test_a_yearly_call_on_29_february() -> None:
    row = ProgrammeCall(programme="P1", first_day=date(2024, 2, 29), last_day=date(2024, 2, 29), yearly=True)
    for day, verdict in ((date(2024, 2, 29), "yes"), (date(2025, 2, 28), "yes"), (date(2028, 2, 29), "yes")):
        rules = make_programme(valid_from=None, valid_to=None)
        money = money_of(rules, tables={"programme_calls": (row,)}, day=day, start_year=2030)
        assert money.assessments[0].verdict == verdict, day


def test_limits_that_count_something_nobody_stated_leave_the_amount_open() -> None:
    units = money_of(make_programme(max_grant_eur=2_500, max_grant_basis="unit"))
    assert (units.grant_low, units.grant_high) == (0, 60_000)
    years = money_of(make_programme(max_grant_eur=20_000, max_grant_basis="project_year"), duration_months=None)
    assert (years.grant_low, years.grant_high) == (20_000, 60_000)
    cap = ProgrammeCap(programme="P1", max_grant_eur=Decimal(10_000), condition="rmbh")
    conditional = money_of(make_programme(), tables={"programme_caps": (cap,)})
    assert (conditional.grant_low, conditional.grant_high) == (10_000, 60_000)


def test_a_reduced_rate_nobody_stated_is_no_full_rate() -> None:
    reduced = make_programme(rate_pct=40, stacking="reduced_rate_when_combined")
    money = money_of(reduced, make_programme(id="P2", rate_pct=30, stacking="free"))
    assert (money.grant_low, money.grant_high) == (40_000, 70_000)


def test_closed_by_its_source_is_closed_even_with_a_first_day() -> None:
    rules = make_programme(status="closed", valid_from=date(2020, 1, 1), valid_to=None, as_of=date(2025, 1, 1))
    assert money_of(rules).assessments[0].verdict == "no"


def test_a_finding_does_not_outlive_its_call_window() -> None:
    row = ProgrammeCall(programme="P1", first_day=date(2025, 6, 1), last_day=date(2025, 7, 4))
    rules, tables = make_programme(valid_to=None), {"programme_calls": (row,)}
    dated = (found(date=date(2025, 6, 24)),)
    assert money_of(rules, findings=dated, tables=tables, day=date(2025, 6, 30)).grant == 60_000
    assert money_of(rules, findings=dated, tables=tables, day=date(2025, 8, 1)).grant_high == 0


def test_a_subsidiary_programme_gives_way_only_to_money_that_is_sure() -> None:
    urban = make_programme(rate_pct=80, stacking="subsidiary")
    unknown = make_programme(id="P2", rate_pct=None, stacking="free")
    money = money_of(urban, unknown)
    assert (money.grant_low, money.grant_high) == (80_000, 100_000)


def test_limits_of_different_bases_bind_together() -> None:
    cap = ProgrammeCap(programme="P1", max_grant_eur=Decimal(20_000), basis="project")
    rules = make_programme(instrument="per_unit", rate_pct=40, max_grant_eur=2_500)
    points = {"units": (("ECH", 32),), "capex_eur": 256_000}
    assert money_of(rules, tables={"programme_caps": (cap,)}, **points).grant == 20_000


def test_the_rate_for_combinations_holds_for_every_step() -> None:
    step = ProgrammeRate(programme="P1", rate_pct=Decimal(60), above_eur=Decimal(10_000))
    state = make_programme(rate_pct=40, stacking="reduced_rate_when_combined", combined_rate_pct=20)
    federal = make_programme(id="P2", rate_pct=50, stacking="free")
    money = money_of(state, federal, tables={"programme_rates": (step,)})
    assert {part.programme: part.grant for part in money.sure.parts} == {"P1": 20_000, "P2": 50_000}


def test_a_loan_misses_no_smallest_grant() -> None:
    loan = make_programme(instrument="loan", rate_pct=100, min_grant_eur=5_000)
    assert money_of(loan).assessments[0].verdict == "yes"


@pytest.mark.parametrize("form", ["xyz", "private"])
def test_a_word_nobody_knows_is_no_legal_person(form) -> None:
    answer = money_of(make_programme(applicant_types=("juristische_person",)), lead_form=form).assessments[0]
    assert answer.verdict == "no"


def test_who_opted_out_is_not_the_only_payer() -> None:
    money = money_of(cost_key="single_payer", payer="GAR", opt_outs=("GAR",))
    assert (dict(money.shares), money.share_issue) == ({}, "share_payer_missing")
