"""The NordAllianz's municipalities and small studies around one measure, in code."""

from datetime import date
from decimal import Decimal
from typing import Any

from mcda.study.model import Eligibility, Measure, Municipality, Programme, Study, StudyInfo, Theme

POPULATION = {
    "ECH": 14_475,
    "GAR": 17_577,
    "HBM": 12_140,
    "ISM": 18_043,
    "NEU": 20_058,
    "OSH": 11_984,
    "UFG": 11_957,
    "USH": 29_661,
}
INSIDE_LAG = ("ECH", "HBM", "NEU")
ALL = tuple(POPULATION)
DAY = date(2025, 6, 30)
GROUP = "interkommunaler_zusammenschluss"


def make_measure(**changes: Any) -> Measure:
    """A measure nothing stands against: 170,000 EUR net, all eight, known form, theme and kinds of cost."""
    facts: dict[str, Any] = {
        "id": "M1",
        "title": "Konzept",
        "theme": "digital",
        "lead": "Gemeinde Neufahrn",
        "lead_form": "gemeinde",
        "municipalities": ALL,
        "capex_eur": Decimal(170_000),
        "price_basis": "net",
        "cost_categories": ("planning",),
        "start_year": 2026,
        "duration_months": 12,
    }
    return Measure(**facts | changes)


def make_programme(**changes: Any) -> Programme:
    """A programme that takes such a measure without a question: 60 % of the gross cost."""
    facts: dict[str, Any] = {
        "id": "P1",
        "name": "Programm",
        "rate_pct": Decimal(60),
        "vat_rule": "follows_deduction",
        "themes": ("digital",),
        "applicant_types": ("gemeinde",),
        "eligible_costs": ("planning",),
        "valid_from": date(2024, 1, 1),
        "valid_to": date(2026, 12, 31),
    }
    return Programme(**facts | changes)


def make_study(
    measure: Measure,
    *programmes: Programme,
    eligibility: tuple[Eligibility, ...] = (),
    measures: tuple[Measure, ...] = (),
    **info: Any,
) -> Study:
    """The eight municipalities, one theme, the measure and the programmes."""
    return Study(
        study=StudyInfo(**{"title": "Fixture", "as_of": DAY} | info),
        criteria=(),
        measures=(measure, *measures),
        themes=(Theme(id="digital", label_de="Digitales", funding_themes=("digital",)),),
        municipalities=tuple(
            Municipality(id=m, name=m, population=n, areas=("lag",) if m in INSIDE_LAG else ())
            for m, n in POPULATION.items()
        ),
        programmes=programmes,
        eligibility=eligibility,
    )
