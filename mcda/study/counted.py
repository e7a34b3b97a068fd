"""Whose ratings count for a measure: the agreed one, else those of the parties it concerns."""

from collections.abc import Iterable

from mcda.study.model import Measure, Rating, Study


def counted_ratings(study: Study, measure: Measure, ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """The ratings of one cell that count: the agreed one alone if there is one, else those of the
    municipalities taking part in the measure and of every other role; abstentions never."""
    given = [r for r in ratings if not r.abstain and r.value is not None]
    agreed = [r for r in given if not r.rater]
    if agreed:
        return (agreed[0],)
    return tuple(r for r in given if takes_part(study, measure, r.rater))


def takes_part(study: Study, measure: Measure, rater: str) -> bool:
    """Whether a rater is heard on a measure: every role, and the municipalities it concerns (all if it names none)."""
    return rater not in study.municipality_by_id or not measure.municipalities or rater in measure.municipalities
