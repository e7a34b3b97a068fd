"""The study that the good files of tests/files hold, written in code: whatever a file looks like, this is meant."""

# ruff: noqa: E501 -- tables and cases stand one to a line

from datetime import date
from decimal import Decimal

from mcda.study.model import (
    Criterion,
    Eligibility,
    Measure,
    Municipality,
    Programme,
    Rating,
    ScaleLevel,
    Study,
    StudyInfo,
    Theme,
)

INFO = StudyInfo(
    title="Digitalkonzept Isarraum",
    region="Landkreis München",
    as_of=date(2026, 6, 30),
    horizon_years=12,
    discount_rate_pct=1.5,
)
THEMES = (
    Theme(id="verkehr", label_de="Verkehr & Mobilität", funding_themes=("mobility",)),
    Theme(id="verwaltung", label_de="Digitale Verwaltung"),
)
CRITERIA = (
    Criterion(id="relevance", label_de="Relevanz", weight=35),
    Criterion(id="goals", parent="relevance", label_de="Zielbeitrag", best=5, worst=1, step=1, weight=62.5),
    Criterion(id="urgency", parent="relevance", label_de="Dringlichkeit", best=5, worst=1, step=1, weight=37.5),
    Criterion(id="feasibility", label_de="Umsetzbarkeit", best=5, worst=1, step=0.5, weight=25),
    Criterion(
        id="cost", label_de="Kosten", sense="min", unit="EUR", kind="computed", quantity="life_cycle_cost_eur",
        best=10_000, worst=10_000_000, value_function="logarithmic", weight=20,
    ),
    Criterion(id="funding", label_de="Förderung", kind="computed", quantity="funding_share", best=0.9, worst=0, weight=20),
)  # fmt: skip
LEVELS = (
    ScaleLevel(criterion="urgency", value=1, label_de="kann warten"),
    ScaleLevel(criterion="urgency", value=5, label_de="sofort"),
)
MUNICIPALITIES = (
    Municipality(id="ISM", name="Ismaning", population=18_043, population_date=date(2024, 12, 31), latitude=48.2267),
    Municipality(id="GAR", name="Garching b. München", population=17_577, population_date=date(2024, 12, 31), latitude=48.249),
    Municipality(id="UNT", name="Unterföhring", population=11_655, population_date=date(2023, 12, 31), latitude=48.1919),
)  # fmt: skip
MEASURES = (
    Measure(
        id="M1", title="Rufbus „Nord“ – Ausbau 🚌", theme="verkehr", municipalities=("ISM", "GAR"),
        description="Bedarfsverkehr abends\nund am Wochenende", capex_eur=Decimal("34567.89"),
        opex_eur_per_year=Decimal(12_500), vat_rate_pct=Decimal(19), vat_deductible=False, staff_fte=0.5,
        start_year=2027, time_horizon="short",
    ),
    Measure(
        id="M2", title="Radwege-App", theme="verkehr", municipalities=("UNT",), capex_eur=Decimal(120_000),
        vat_rate_pct=Decimal(7), vat_deductible=True, staff_fte=1.25, start_year=2026, time_horizon="short",
    ),
    Measure(
        id="M3", title="Bürgerportal & e-Akte", theme="verwaltung", municipalities=("ISM", "GAR", "UNT"),
        description="Größtes Vorhaben", capex_eur=Decimal("890000.5"), opex_eur_per_year=Decimal("45678.9"),
        vat_rate_pct=Decimal(19), vat_deductible=False, staff_fte=2, start_year=2028, time_horizon="long",
        depends_on=("M2",), mandatory=True,
    ),
    Measure(
        id="M4", title="Glasfaser für Schulen", theme="verwaltung", municipalities=("GAR",),
        capex_eur=Decimal(2_345_678), opex_eur_per_year=Decimal(9_000), vat_rate_pct=Decimal(19), vat_deductible=False,
        start_year=2026, time_horizon="medium",
    ),
)  # fmt: skip
LEVELS_GIVEN = {"M1": (4, 3.5, 3), "M2": (2, 3, 4.5), "M3": (5, 4, 2), "M4": (3, 5, 1.5)}
RATINGS = tuple(
    Rating(measure=measure, criterion=criterion, value=value)
    for measure, values in LEVELS_GIVEN.items()
    for criterion, value in zip(("goals", "urgency", "feasibility"), values, strict=True)
)
PROGRAMMES = (
    Programme(
        id="DIGI", name="Förderrichtlinie Digital", rate_pct=Decimal(60), rate_raised_pct=Decimal("62.5"),
        max_grant_eur=Decimal(200_000), min_own_share_pct=Decimal(10), valid_from=date(2026, 1, 1),
        valid_to=date(2027, 12, 31),
    ),
)  # fmt: skip
ELIGIBILITY = (
    Eligibility(measure="M1", programme="DIGI", verdict="yes", reason="Bescheid liegt vor", date=date(2026, 5, 4)),
    Eligibility(measure="M3", programme="DIGI", verdict="check"),
)


def good_study(*without: str) -> Study:
    """The study, some of its tables left empty."""
    tables = {
        "themes": THEMES,
        "criteria": CRITERIA,
        "levels": LEVELS,
        "municipalities": MUNICIPALITIES,
        "measures": MEASURES,
        "ratings": RATINGS,
        "programmes": PROGRAMMES,
        "eligibility": ELIGIBILITY,
    }
    return Study(study=INFO, **{name: rows for name, rows in tables.items() if name not in without})
