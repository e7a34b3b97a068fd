"""A study with something in every table, as a planner types it: awkward ids, cents, shares, reasons, findings."""

from datetime import date
from decimal import Decimal

from mcda.study.model import (
    DirectWeight,
    Eligibility,
    Judgement,
    Municipality,
    Programme,
    Rating,
    ScaleLevel,
    Stakeholder,
    Study,
    StudyInfo,
    Theme,
)
from small import CRITERIA, measure, ratings, small_study

INFO = StudyInfo(
    title="Regionales Entwicklungskonzept – Maßnahmenkatalog",
    region="Münchner Norden",
    as_of=date(2026, 3, 1),
    horizon_years=15,
    discount_rate_pct=2.25,
    cost_key="per_capita",
    method="weighted_sum",
    notice="Beträge in Euro; geschätzt nach DIN 276.",
)
MEASURES = (
    measure(
        "1-2", Decimal("1234.50"), title="Rufbus „Heide-Flitzer“", theme="bus", category="quick_start",
        description="Ein Fahrzeug, werktags; bestellt wird per Telefon.", lead="Landratsamt", start_year=2027,
        time_horizon="short", duration_months=18, opex_eur_per_year=Decimal("98765.43"), staff_fte=0.75,
        cost_quality="estimated", cost_categories=("planning", "running"), funding_candidates=("RAD",),
        vat_deductible=True, location="48,2° Nord", source="Nahverkehrsplan 2024, S. 17",
    ),
    measure(
        "007", Decimal("2500000"), title="Radschnellweg; Abschnitt 1/2", theme="bus", price_basis="net",
        vat_rate_pct=Decimal(7), municipalities=("GAR",), depends_on=("1-2",), excludes=("M3",), lifetime_years=25,
        cost_key="per_unit", units=(("GAR", Decimal("12.75")),), status="planned",
    ),
    measure("M3", 30_000, title="Schulung +10 %", municipalities=("ISM",), excludes=("007",), mandatory=False),
    measure("M4", Decimal("0.99"), title="Prüfauftrag: -5 °C", decided_rank=2, decided_reason="Beschluss"),
)  # fmt: skip


def whole_study() -> Study:
    """Four measures, two municipalities, agreed and single ratings, programmes, findings and weights."""
    return small_study(
        study=INFO,
        themes=(Theme(id="bus", label_de="Verkehr", label_en="Transport", funding_themes=("mobility",)),),
        criteria=tuple(
            c.model_copy(update={"weight": c.weight + 0.5, "label_en": c.label_en or c.id.title()}) for c in CRITERIA
        ),
        levels=tuple(
            ScaleLevel(criterion="goals", value=v, label_de=f"Stufe {v} für „Ziele“", label_en=f"Level {v}")
            for v in range(1, 6)
        ),
        municipalities=(
            Municipality(
                id="ISM", name="Ismaning", ags="09184130", population=18_043, population_date=date(2024, 12, 31),
                voting_weight=1.5, latitude=48.2264, longitude=11.6722,
            ),
            Municipality(id="GAR", name="Garching b. München", ags="09184119", population=17_577),
        ),
        measures=MEASURES,
        ratings=(
            *ratings("1-2", 5, 4, 3),
            *ratings("007", 2, 3.5, 4),
            *ratings("M3", 1, 2, 5)[1:],
            *ratings("M4", 4, 4, 2),
            Rating(measure="M3", criterion="goals", rater="ISM", value=4, low=3, high=4.5, reason="Siehe Anlage 2.1"),
            Rating(measure="M3", criterion="goals", rater="GAR", abstain=True, reason="befangen; 1/2 Ja"),
        ),
        programmes=(
            Programme(
                id="RAD", name="Radverkehr „Stadt und Land“", funder="Bund", rate_pct=Decimal("62.5"),
                rate_raised_pct=Decimal(75), max_grant_eur=Decimal("1234567.89"), min_own_share_pct=Decimal("0.5"),
                min_eligible_cost_eur=Decimal(10_000), vat_rule="gross", applicant_types=("gemeinde", "stadt"),
                themes=("mobility",), valid_from=date(2023, 1, 1), valid_to=date(2026, 12, 31),
                latest_project_end=date(2028, 2, 29), population_min=5_000, intermunicipal="allowed",
            ),
        ),
        eligibility=(
            Eligibility(
                measure="007", programme="RAD", verdict="yes", reason="Bescheid liegt vor", by="Bauamt",
                date=date(2026, 2, 27), awarded_eur=Decimal("345678.90"),
            ),
            Eligibility(measure="1-2", programme="RAD", verdict="check", reason="Anruf am 1.3."),
        ),
        stakeholders=(Stakeholder(id="rat", label_de="Gemeinderat", label_en="Council", voting_weight=2.5),),
        judgements=(Judgement(stakeholder="rat", parent="relevance", a="goals", b="urgency", value=3),),
        weights=(DirectWeight(stakeholder="rat", criterion="relevance", points=12.5),),
    )  # fmt: skip
