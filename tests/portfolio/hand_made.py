"""Studies small enough to know the best plan of: one benefit from 0 to 100, so that a measure is worth its rating."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.study.model import Criterion, Measure, Municipality, Programme, Rating, Study, StudyInfo, Theme

AS_OF = date(2025, 6, 30)
FIRST_YEAR = 2026
BENEFIT = Criterion(id="benefit", label_de="Nutzen", label_en="Benefit", best=100, worst=0, weight=100)
THEMES = ("digital", "mobility")
TOWNS = tuple(
    Municipality(id=i, name=n, population=p) for i, n, p in (("AAA", "Aheim", 10_000), ("BBB", "Bach", 5_000))
)


def work(name: str, cost: float | str | Decimal | None = 1000, **more: Any) -> Measure:
    """A measure of one year, paid in equal parts by the towns."""
    facts: dict[str, Any] = {
        "id": name,
        "title": f"Maßnahme {name}",
        "theme": "digital",
        "municipalities": ("AAA", "BBB"),
        "capex_eur": None if cost is None else Decimal(str(cost)),
        "duration_months": 12,
        "lead_form": "gemeinde",
        "cost_categories": ("planning",),
        "cost_key": "equal",
    }
    return Measure(**facts | more)


def pays(name: str, rate: float = 50, **more: Any) -> Programme:
    """A programme that takes every such measure at any time."""
    facts: dict[str, Any] = {
        "id": name,
        "name": name,
        "rate_pct": Decimal(str(rate)),
        "vat_rule": "follows_deduction",
        "themes": THEMES,
        "applicant_types": ("gemeinde",),
        "eligible_costs": ("planning",),
        "stacking": "free",
        "valid_from": date(2024, 1, 1),
        "valid_to": date(2040, 12, 31),
    }
    return Programme(**facts | more)


def study_of(
    measures: Sequence[Measure], worth: Mapping[str, float] | None = None, *programmes: Programme, **tables: Any
) -> Study:
    """The measures with their ratings (50 unless named)."""
    rated = worth or {}
    made: dict[str, Any] = {
        "study": StudyInfo(title="Handgemacht", as_of=AS_OF),
        "criteria": (BENEFIT,),
        "measures": tuple(measures),
        "themes": tuple(Theme(id=t, label_de=t, funding_themes=(t,)) for t in THEMES),
        "municipalities": TOWNS,
        "programmes": programmes,
        "ratings": tuple(Rating(measure=m.id, criterion="benefit", value=rated.get(m.id, 50)) for m in measures),
    }
    return Study(**made | tables)


def ranked(
    measures: Sequence[Measure], worth: Mapping[str, float] | None = None, *programmes: Programme, **tables: Any
) -> Result:
    """Such a study, evaluated."""
    return evaluate(study_of(measures, worth, *programmes, **tables))


def knapsack(values: Sequence[float], costs: Sequence[float]) -> Result:
    """Items as measures: the most valuable rated 100, so that points are value / most * 100."""
    most = max(values)
    names = [f"I{n + 1:02d}" for n in range(len(values))]
    return ranked(
        [work(name, cost) for name, cost in zip(names, costs, strict=True)],
        {name: 100 * value / most for name, value in zip(names, values, strict=True)},
    )
