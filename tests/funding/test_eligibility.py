"""One gate at a time: what makes it say yes, check and no, and that nothing else speaks up."""

from datetime import date

import pytest

from mcda.funding.money import measure_money
from mcda.locale import LANGUAGES

GROUP = "interkommunaler_zusammenschluss"


@pytest.fixture(scope="session")
def judged(measure, programme, study):
    """The assessment of a changed measure before a changed programme; every sentence must exist."""

    def judge(measure_facts=None, rules=None, day=None):
        made = study(measure(**measure_facts or {}), programme(**rules or {}))
        found = measure_money(made, day)["M1"].assessments[0]
        assert all(reason.sentence(language) for reason in found.reasons for language in LANGUAGES)
        return found

    return judge


def answers(found, *gates: str) -> list[tuple[str, str]]:
    return [(r.code, r.verdict) for r in found.reasons if r.gate in gates]


def test_a_measure_that_fits_is_eligible_with_reasons(judged) -> None:
    found = judged()
    assert found.verdict == "yes"
    assert {r.verdict for r in found.reasons} == {"yes"}


@pytest.mark.parametrize(
    ("form", "allowed", "rule", "answer"),
    [
        ("gemeinde", ("gemeinde", "landkreis"), "unknown", ("applicant_fits", "yes")),
        ("stadt", ("gemeinde",), "unknown", ("applicant_fits", "yes")),
        ("gemeinde", ("stadt",), "unknown", ("applicant_excluded", "no")),
        ("oepnv_aufgabentraeger", ("landkreis",), "unknown", ("applicant_fits", "yes")),
        ("landkreis", ("oepnv_aufgabentraeger",), "unknown", ("applicant_fits", "yes")),
        ("gemeinde", ("oepnv_aufgabentraeger", "landkreis"), "unknown", ("applicant_excluded", "no")),
        ("zweckverband", ("juristische_person",), "unknown", ("applicant_fits", "yes")),
        (GROUP, (GROUP,), "allowed", ("applicant_fits", "yes")),
        (GROUP, ("gemeinde",), "allowed", ("group_needs_applicant", "check")),
        (GROUP, ("gemeinde",), "required", ("partners_apply", "yes")),
        (GROUP, ("gemeinde",), "no", ("each_municipality_alone", "check")),
        (GROUP, ("gemeinde",), "unknown", ("joint_application_unknown", "check")),
        (GROUP, ("landkreis", "verein"), "no", ("applicant_excluded", "no")),
        (GROUP, ("juristische_person",), "allowed", ("applicant_excluded", "no")),
        ("", ("gemeinde",), "allowed", ("lead_form_unknown", "check")),
        ("gemeinde", (), "allowed", ("applicants_unknown", "check")),
    ],
)
def test_applicant_form(judged, form, allowed, rule, answer) -> None:
    found = judged({"lead_form": form}, {"applicant_types": allowed, "intermunicipal": rule})
    assert answers(found, "applicant")[0] == answer


def test_cooperation_programme_needs_partners(judged) -> None:
    rules = {"intermunicipal": "required"}
    assert ("partners_required", "no") in answers(judged({"municipalities": ("GAR",)}, rules), "applicant")
    assert ("partners_required", "check") in answers(judged({"municipalities": ()}, rules), "applicant")
    assert answers(judged({}, rules), "applicant") == [("applicant_fits", "yes")]


def test_programme_for_single_municipalities_leaves_a_joint_measure_open(judged) -> None:
    assert ("each_applies_alone", "check") in answers(judged({}, {"intermunicipal": "no"}), "applicant")


@pytest.mark.parametrize(
    ("members", "area", "answer"),
    [
        (("ECH", "NEU"), "lag", ("area_fits", "yes")),
        (("ECH", "GAR"), "lag", ("area_mixed", "check")),
        (("GAR", "USH"), "lag", ("area_outside", "no")),
        (("GAR", "USH"), "grw", ("area_unknown", "check")),
        ((), "lag", ("area_unknown", "check")),
    ],
)
def test_area(judged, members, area, answer) -> None:
    assert answers(judged({"municipalities": members}, {"area": area}), "area") == [answer]


def test_an_area_known_not_to_reach_anyone_says_no(measure, programme, study) -> None:
    whole = study(measure(), programme(area="grw"))
    outside = tuple(m.model_copy(update={"areas": ("not_grw",)}) for m in whole.municipalities)
    found = measure_money(whole.model_copy(update={"municipalities": outside}))["M1"].assessments[0]
    assert answers(found, "area") == [("area_outside", "no")]


@pytest.mark.parametrize(
    ("rules", "answer"),
    [
        ({"population_max": 50_000}, ("population_fits", "yes")),
        ({"population_min": 12_000}, ("population_mixed", "check")),
        ({"population_max": 2_000}, ("population_outside", "no")),
    ],
)
def test_population(judged, rules, answer) -> None:
    assert answers(judged({}, rules), "population") == [answer]


def test_unknown_population_is_to_be_checked(measure, programme, study) -> None:
    whole = study(measure(), programme(population_max=50_000))
    unknown = tuple(m.model_copy(update={"population": None}) for m in whole.municipalities)
    found = measure_money(whole.model_copy(update={"municipalities": unknown}))["M1"].assessments[0]
    assert answers(found, "population") == [("population_unknown", "check")]


@pytest.mark.parametrize(
    ("first", "last", "as_of", "day", "answer"),
    [
        ((2024, 1, 1), (2026, 12, 31), None, (2025, 6, 30), ("open", "yes")),
        ((2024, 1, 1), (2026, 12, 31), None, (2026, 12, 31), ("open", "yes")),
        ((2024, 1, 1), (2026, 12, 31), None, (2027, 1, 1), ("closed", "no")),
        ((2024, 1, 1), (2026, 12, 31), None, (2023, 12, 31), ("not_open_yet", "no")),
        ((2024, 1, 1), None, None, (2030, 1, 1), ("open_without_end", "yes")),
        (None, (2026, 12, 31), None, (2025, 6, 30), ("open", "yes")),
        (None, (2026, 12, 31), None, (2025, 6, 29), ("first_day_unknown", "check")),
        (None, (2026, 12, 31), (2025, 1, 1), (2025, 2, 1), ("open", "yes")),
        (None, (2026, 12, 31), (2026, 11, 1), (2025, 6, 30), ("open", "yes")),
        (None, None, None, (2025, 6, 30), ("validity_unknown", "check")),
    ],
)
def test_validity_on_the_day(judged, first, last, as_of, day, answer) -> None:
    dates = {
        "valid_from": date(*first) if first else None,
        "valid_to": date(*last) if last else None,
        "as_of": date(*as_of) if as_of else None,
    }
    assert answers(judged({"start_year": None}, dates, date(*day)), "date") == [answer]


@pytest.mark.parametrize("status", ["running", "done"])
def test_a_measure_under_way_has_lost_its_grant(judged, status) -> None:
    assert ("already_started", "no") in answers(judged({"status": status}), "date")


@pytest.mark.parametrize(
    ("year", "months", "answer"),
    [
        (2026, 6, ("ends_in_time", "yes")),
        (2026, 18, ("end_uncertain", "check")),
        (2027, 24, ("ends_too_late", "no")),
        (None, 6, ("end_uncertain", "check")),
        (2026, None, ("end_uncertain", "check")),
        (2028, None, ("ends_too_late", "no")),
        (None, 36, ("ends_too_late", "no")),
    ],
)
def test_project_end(judged, year, months, answer) -> None:
    found = judged({"start_year": year, "duration_months": months}, {"latest_project_end": date(2027, 12, 31)})
    assert answer in answers(found, "date")


@pytest.mark.parametrize(
    ("months", "answer"), [(18, None), (19, ("takes_too_long", "no")), (None, ("duration_unknown", "check"))]
)
def test_longest_duration(judged, months, answer) -> None:
    found = answers(judged({"duration_months": months}, {"max_duration_months": 18}), "date")
    assert found[1:] == ([answer] if answer else [])


@pytest.mark.parametrize(
    ("facts", "themes", "expected"),
    [
        ({}, ("digital", "urban"), [("theme_fits", "yes")]),
        ({"funding_themes": ("cycling",)}, ("cycling",), [("theme_fits", "yes")]),
        ({}, ("housing",), [("theme_outside", "no")]),
        ({}, (), [("programme_themes_unknown", "check")]),
        ({"theme": ""}, ("digital",), [("theme_unknown", "check")]),
        ({"theme": ""}, ("any_investment",), []),
        ({"capex_eur": 0}, ("any_investment",), [("no_investment", "no")]),
    ],
)
def test_theme(judged, facts, themes, expected) -> None:
    assert answers(judged(facts, {"themes": themes}), "theme") == expected


@pytest.mark.parametrize(
    ("kinds", "eligible", "excluded", "years", "answer"),
    [
        (("planning",), ("planning", "staff"), (), 0, ("cost_kinds_fit", "yes")),
        (("planning", "construction"), ("planning",), (), 0, ("cost_kinds_partly", "check")),
        (("planning", "operation"), ("planning",), (), 0, ("cost_kinds_fit", "yes")),
        (("planning", "operation"), ("planning",), (), 2, ("cost_kinds_partly", "check")),
        (("construction",), ("planning",), (), 0, ("cost_kinds_outside", "no")),
        (("planning",), (), ("planning",), 0, ("cost_kinds_excluded", "no")),
        (("planning",), (), ("construction",), 0, ("cost_kinds_fit", "yes")),
        (("hardware",), ("investment",), (), 0, ("cost_kinds_fit", "yes")),
        (("operation",), ("investment",), (), 0, ("cost_kinds_outside", "no")),
        ((), ("planning",), (), 0, ("cost_kinds_unknown", "check")),
        (("planning",), (), (), 0, ("programme_costs_unknown", "check")),
    ],
)
def test_kinds_of_cost(judged, kinds, eligible, excluded, years, answer) -> None:
    rules = {"eligible_costs": eligible, "excluded_costs": excluded, "running_cost_years": years}
    assert answers(judged({"cost_categories": kinds}, rules), "cost") == [answer]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"min_eligible_cost_eur": 202_300}, []),
        ({"min_eligible_cost_eur": 202_301}, [("cost_below_minimum", "no")]),
        ({"min_grant_eur": 121_380}, []),
        ({"min_grant_eur": 121_381}, [("grant_below_minimum", "no")]),
        ({"min_grant_eur": 7_000, "rate_pct": None}, [("grant_maybe_below_minimum", "check")]),
    ],
)
def test_minimum(judged, rules, expected) -> None:
    assert answers(judged({}, rules), "minimum") == expected


def test_prerequisites_are_for_a_person_to_confirm(judged) -> None:
    found = judged({}, {"prerequisites": "ISEK"})
    assert found.verdict == "check"
    assert found.reasons[-1].sentence("de") == "Vor dem Antrag zu prüfen: ISEK."


def test_every_reason_is_kept_not_only_the_first(judged) -> None:
    found = judged({"lead_form": "landkreis"}, {"valid_to": date(2025, 1, 1), "themes": ("housing",)})
    assert [r.code for r in found.reasons if r.verdict == "no"] == ["applicant_excluded", "closed", "theme_outside"]


def test_sentences_speak_german_of_codes_money_and_dates(judged) -> None:
    found = judged(
        {"lead": "Gemeinde Neufahrn"},
        {"applicant_types": ("landkreis",), "valid_to": date(2025, 1, 31), "min_eligible_cost_eur": 500_000},
    )
    sentences = [r.sentence("de") for r in found.reasons if r.verdict == "no"]
    assert sentences == [
        "Den Antrag stellen darf nur: Landkreis. Die Federführung müsste dorthin wechseln; "
        "sie liegt bei: Gemeinde Neufahrn.",
        "Am 30.06.2025 nicht mehr offen: Das Programm endete am 31.01.2025.",
        "Die zuwendungsfähigen Kosten von 202.300,00 € liegen unter dem Minimum von 500.000,00 €.",
    ]
