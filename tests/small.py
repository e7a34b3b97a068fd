"""A small study built in code, for tests that need a whole one."""

from datetime import date
from typing import Any

from mcda.study.model import Criterion, Measure, Municipality, Rating, Study, StudyInfo

CRITERIA = (
    Criterion(id="relevance", label_de="Relevanz", label_en="Relevance", weight=35),
    Criterion(id="goals", parent="relevance", label_de="Ziele", best=5, worst=1, step=1, weight=60),
    Criterion(id="urgency", parent="relevance", label_de="Dringlichkeit", best=5, worst=1, step=1, weight=40),
    Criterion(id="feasibility", label_de="Umsetzbarkeit", best=5, worst=1, step=1, weight=25),
    Criterion(
        id="cost",
        label_de="Kosten",
        sense="min",
        unit="EUR",
        kind="computed",
        quantity="life_cycle_cost_eur",
        best=10_000,
        worst=10_000_000,
        value_function="logarithmic",
        weight=20,
    ),
    Criterion(
        id="funding", label_de="Förderung", kind="computed", quantity="funding_share", best=0.9, worst=0, weight=20
    ),
)

MEMBERS = tuple(
    Municipality(id=i, name=n, population=p) for i, n, p in (("ISM", "Ismaning", 18_043), ("GAR", "Garching", 17_577))
)

LEVELS = {
    "M1": (5, 4, 4, 60_000),
    "M2": (3, 5, 2, 250_000),
    "M3": (2, 2, 5, 30_000),
    "M4": (4, 3, 3, 2_000_000),
}


def measure(name: str, cost: float, **more: Any) -> Measure:
    return Measure.model_validate(
        {
            "id": name,
            "title": f"Maßnahme {name}",
            "capex_eur": str(cost),
            "opex_eur_per_year": 0,
            "municipalities": ("ISM", "GAR"),
        }
        | more
    )


def ratings(name: str, goals: float, urgency: float, feasibility: float) -> tuple[Rating, ...]:
    given = {"goals": goals, "urgency": urgency, "feasibility": feasibility}
    return tuple(Rating(measure=name, criterion=c, value=v) for c, v in given.items())


def small_study(**changes: Any) -> Study:
    """Four measures, four top criteria, two municipalities, no programmes; `changes` replace tables."""
    tables: dict[str, Any] = {
        "study": StudyInfo(title="Kleine Studie", as_of=date(2025, 6, 30)),
        "criteria": CRITERIA,
        "measures": tuple(measure(m, level[3]) for m, level in LEVELS.items()),
        "ratings": tuple(r for m, level in LEVELS.items() for r in ratings(m, *level[:3])),
        "municipalities": MEMBERS,
    }
    return Study(**(tables | changes))


def with_measure(study: Study, name: str, levels: tuple[float, float, float, float]) -> Study:
    """The study with one more measure rated (goals, urgency, feasibility, cost in EUR)."""
    return study.model_copy(
        update={
            "measures": (*study.measures, measure(name, levels[3])),
            "ratings": (*study.ratings, *ratings(name, *levels[:3])),
        }
    )
