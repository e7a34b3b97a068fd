"""Rates and caps that hang on conditions, years and steps; calls, recurring ones and the day the next one opens."""

from datetime import date
from decimal import Decimal

import pytest

from mcda.funding.calls import closes, opens
from mcda.funding.money import measure_money
from mcda.funding.rulebook import Rules, rules_of
from mcda.locale import LANGUAGES
from mcda.study.model import Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate


@pytest.fixture(scope="session")
def judged(measure, programme, study):
    """Money and assessment of one measure before one programme with child tables; every sentence must exist."""

    def judge(facts=None, rules=None, *, rates=(), caps=(), calls=(), areas=(), day=None):
        made = study(
            measure(**{"capex_eur": 100_000, "price_basis": "gross"} | (facts or {})), programme(**rules or {})
        )
        members = tuple(m.model_copy(update={"areas": (*m.areas, *areas)}) for m in made.municipalities)
        made = made.model_copy(
            update={
                "municipalities": members,
                "programme_rates": tuple(ProgrammeRate(programme="P1", **row) for row in rates),
                "programme_caps": tuple(ProgrammeCap(programme="P1", **row) for row in caps),
                "programme_calls": tuple(ProgrammeCall(programme="P1", **row) for row in calls),
            }
        )
        money = measure_money(made, day)["M1"]
        found = money.assessments[0]
        assert all(reason.sentence(language) for reason in found.reasons for language in LANGUAGES)
        return money, found

    return judge


def codes(found) -> set[str]:
    return {reason.code for reason in found.reasons}


def test_degressive_deficit_100000_at_65_55_45_40(judged) -> None:
    deficit = {"capex_eur": 0, "opex_eur_per_year": 100_000, "cost_categories": ("operating_deficit",)}
    rules = {
        "instrument": "degressive",
        "rate_pct": 65,
        "running_cost_years": 4,
        "eligible_costs": ("operating_deficit",),
        "excluded_costs": ("investment",),
    }
    rates = [{"rate_pct": rate, "year": year} for year, rate in enumerate((65, 55, 45, 40), start=1)]
    money, found = judged(deficit, rules, rates=rates)
    assert (money.grant_low, money.grant_high) == (Decimal(205_000), Decimal(205_000))
    assert found.eligible_cost == Decimal(400_000)
    assert "rate_falls_known" in codes(found)


@pytest.mark.parametrize(
    ("areas", "low", "high", "code"),
    [
        (("rmbh",), 90_000, 90_000, "rate_condition_met"),
        (("not_rmbh",), 60_000, 60_000, None),
        ((), 60_000, 90_000, "rate_condition_open"),
    ],
)
def test_a_rate_that_hangs_on_a_mark(judged, areas, low, high, code) -> None:
    money, found = judged(rates=[{"rate_pct": 90, "condition": "rmbh"}], areas=areas)
    assert (money.grant_low, money.grant_high) == (Decimal(low), Decimal(high))
    assert found.verdict == "yes"
    assert code is None or code in codes(found)


def test_bonuses_add_up_to_the_raised_rate(judged) -> None:
    rates = [{"rate_kind": "bonus", "rate_pct": 20, "condition": c} for c in ("land_saving", "hardship")]
    money, _ = judged(None, {"rate_raised_pct": 90}, rates=rates, areas=("land_saving", "hardship"))
    assert money.grant == Decimal(90_000)
    money, _ = judged(None, {"rate_raised_pct": 90}, rates=rates, areas=("land_saving", "not_hardship"))
    assert money.grant == Decimal(80_000)


@pytest.mark.parametrize(("members", "grant"), [(("ECH", "GAR"), 75_000), (("ECH",), 50_000)])
def test_a_cap_by_the_number_of_partners_with_an_unknown_rate(judged, members, grant) -> None:
    caps = [
        {"max_grant_eur": 75_000, "condition": "intermunicipal"},
        {"max_grant_eur": 50_000, "condition": "single_applicant"},
    ]
    facts = {"capex_eur": 150_000, "municipalities": members}
    money, found = judged(facts, {"rate_pct": None, "max_grant_eur": 75_000}, caps=caps)
    assert (found.bound, money.grant_low, money.grant_high) == ("unknown_rate", Decimal(0), Decimal(grant))


def test_a_cap_by_applicant_form_and_an_open_condition(judged) -> None:
    caps = [{"max_grant_eur": 20_000, "condition": "landkreis"}, {"max_grant_eur": 50_000, "condition": "rmbh"}]
    money, found = judged(None, {"max_grant_eur": 30_000}, caps=caps)
    assert (money.grant_low, money.grant_high) == (Decimal(30_000), Decimal(50_000))
    assert "cap_condition_open" in codes(found)
    money, _ = judged({"lead_form": "landkreis"}, {"applicant_types": ("landkreis",)}, caps=caps, areas=("not_rmbh",))
    assert money.grant == Decimal(20_000)


def test_steps_of_the_rate_each_on_its_own_part(judged) -> None:
    rates = [{"rate_pct": 30, "above_eur": 40_000}]
    assert judged(rates=rates)[0].grant == Decimal(42_000)  # 60 % of 40,000 and 30 % of 60,000
    assert judged({"capex_eur": 40_000}, rates=rates)[0].grant == Decimal(24_000)


def test_a_loan_of_100_per_cent_to_2_million_and_50_above(judged) -> None:
    rows = [
        {"rate_kind": "loan", "rate_pct": 100},
        {"rate_kind": "loan", "rate_pct": 50, "above_eur": 2_000_000},
    ]
    rules = {"instrument": "loan", "rate_pct": 100, "max_grant_eur": 0}
    money, found = judged({"capex_eur": 3_000_000}, rules, rates=rows)
    assert found.loan_eur == Decimal(2_500_000)
    assert (money.grant_high, money.loans) == (Decimal(0), (("P1", Decimal(2_500_000)),))


def test_grant_and_loan_of_one_programme(judged) -> None:
    rows = [{"rate_kind": "loan", "rate_pct": 60}]
    money, found = judged(None, {"instrument": "share_plus_loan", "rate_pct": 30}, rates=rows)
    assert (money.grant, found.loan_eur, money.own_contribution) == (Decimal(30_000), Decimal(60_000), Decimal(70_000))


@pytest.mark.parametrize(
    ("fulfilled", "verdict", "code"),
    [
        (("isek", "council_decision"), "yes", "prerequisites_met"),
        (("isek",), "check", "prerequisites_unsaid"),
        (("isek", "not_council_decision"), "no", "prerequisites_lacking"),
    ],
)
def test_prerequisites_as_codes(judged, fulfilled, verdict, code) -> None:
    rules = {"requires": ("isek", "council_decision"), "prerequisites": "ISEK; Beschluss"}
    _, found = judged({"fulfilled": fulfilled}, rules)
    assert found.verdict == verdict
    assert code in codes(found)


def test_a_call_window_opens_and_closes_and_reopens_when_the_day_is_moved(judged) -> None:
    calls = [{"first_day": date(2025, 6, 2), "last_day": date(2025, 7, 4)}]
    for day, verdict, code in (
        (date(2025, 6, 1), "no", "between_calls"),
        (date(2025, 6, 2), "yes", "call_open"),
        (date(2025, 7, 4), "yes", "call_open"),
        (date(2025, 7, 5), "no", "calls_ended"),
    ):
        money, found = judged({"start_year": 2027}, {"valid_to": None}, calls=calls, day=day)
        assert (found.verdict, code in codes(found)) == (verdict, True), day
        assert money.grant == (Decimal(60_000) if verdict == "yes" else Decimal(0))
    assert found.opens is None


def test_a_yearly_call_goes_on_the_watch_list_when_it_is_closed(judged) -> None:
    yearly = {"first_day": date(2024, 2, 1), "last_day": date(2024, 2, 29), "yearly": True}
    _, found = judged({"start_year": 2030}, {"valid_to": None}, calls=[yearly], day=date(2025, 6, 30))
    assert (found.verdict, found.opens) == ("no", date(2026, 2, 1))
    _, found = judged({"start_year": 2030}, {"valid_to": None}, calls=[yearly], day=date(2026, 2, 10))
    assert (found.verdict, found.closes) == ("yes", date(2026, 2, 28))


def test_a_window_over_the_turn_of_the_year() -> None:
    row = ProgrammeCall(programme="P", first_day=date(2024, 12, 2), last_day=date(2025, 12, 1), yearly=True)
    rules = Rules(Programme(id="P", name="P"), calls=(row,))
    assert closes(rules, date(2026, 11, 24)) == date(2026, 12, 1)
    assert closes(rules, date(2026, 12, 2)) == date(2027, 12, 1)
    assert closes(rules, date(2024, 12, 1)) is None
    assert opens(rules, date(2024, 11, 30)) == date(2024, 12, 2)


def test_a_source_s_word_counts_from_its_day(judged) -> None:
    rules = {"valid_from": None, "valid_to": None, "status": "open", "as_of": date(2026, 11, 1)}
    facts = {"start_year": 2030}
    assert judged(facts, rules, day=date(2026, 11, 24))[1].verdict == "yes"
    assert judged(facts, rules, day=date(2025, 6, 30))[1].verdict == "check"
    assert judged(facts, rules | {"status": "closed"}, day=date(2026, 11, 24))[1].verdict == "no"


def test_a_start_that_has_passed_is_asked_about(judged) -> None:
    _, found = judged({"start_year": 2024})
    assert (found.verdict, "start_has_passed" in codes(found)) == ("check", True)
    assert judged({"start_year": 2024}, {"early_start_allowed": True})[1].verdict == "yes"
    assert judged({"status": "running"})[1].verdict == "no"
    assert judged({"status": "running"}, {"early_start_allowed": True})[1].verdict == "yes"


def test_closed_programmes_bring_no_rules(measure, programme, study) -> None:
    made = study(measure(), programme(), programme(id="P2"))
    assert [r.programme.id for r in rules_of(made, ("P1",))] == ["P2"]
    assert rules_of(made, ("*",)) == ()
