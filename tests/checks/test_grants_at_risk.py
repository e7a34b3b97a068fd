"""The grants behind a plan (V29): pots, awards and what nobody has granted yet."""

from datetime import date
from decimal import Decimal

from mcda.checks.grants import grants_at_risk
from mcda.funding.money import measure_money
from mcda.locale import LANGUAGES
from mcda.study.model import Eligibility, Measure, Municipality, Programme, Study, StudyInfo, Theme


def study_of(*programmes: Programme, eligibility: tuple[Eligibility, ...] = ()) -> Study:
    facts = {
        "theme": "t",
        "lead_form": "gemeinde",
        "municipalities": ("A",),
        "capex_eur": Decimal(100_000),
        "cost_categories": ("planning",),
        "start_year": 2027,
        "duration_months": 6,
    }
    return Study(
        study=StudyInfo(title="T", as_of=date(2026, 1, 1)),
        criteria=(),
        measures=tuple(Measure(id=f"M{n}", title=f"M{n}", **facts) for n in (1, 2)),
        themes=(Theme(id="t", label_de="T", funding_themes=("t",)),),
        municipalities=(Municipality(id="A", name="A"),),
        programmes=programmes,
        eligibility=eligibility,
    )


def programme(**changes) -> Programme:
    facts = {
        "id": "P",
        "name": "P",
        "rate_pct": Decimal(60),
        "themes": ("t",),
        "applicant_types": ("gemeinde",),
        "eligible_costs": ("planning",),
        "valid_from": date(2025, 1, 1),
    }
    return Programme(**facts | changes)


def told(study: Study):
    found = list(grants_at_risk(study, measure_money(study)))
    assert all(finding.sentence(language) for finding in found for language in LANGUAGES)
    return {finding.code: finding.params for finding in found}


def test_a_pot_that_two_measures_empty() -> None:
    assert "pot_exceeded" not in told(study_of(programme(pot_eur=120_000)))
    found = told(study_of(programme(pot_eur=119_999)))["pot_exceeded"]
    assert (found["programme"], found["asked_eur"]) == ("P", 120_000)


def test_grants_nobody_has_approved() -> None:
    assert told(study_of(programme()))["grants_unapproved"] == {"percent": 100, "programme": "P", "share": 100}
    awarded = tuple(
        Eligibility(measure=m, programme="P", verdict="yes", awarded_eur=Decimal(50_000)) for m in ("M1", "M2")
    )
    assert told(study_of(programme(), eligibility=awarded)) == {}
    assert told(study_of()) == {}


def test_an_award_above_what_the_own_share_leaves() -> None:
    award = Eligibility(measure="M1", programme="P", verdict="yes", awarded_eur=Decimal(95_000))
    found = told(study_of(programme(min_own_share_pct=10), eligibility=(award,)))
    assert found["awarded_above_own_share"]["measures"] == ("M1",)
