"""A measure as a grant programme sees it: looked up once, asked by every programme's rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mcda.funding.costs import ZERO, Costs, cost_of
from mcda.funding.split import Key, cost_shares
from mcda.study.model import Measure, Municipality, Study


@dataclass(frozen=True, slots=True)
class Facts:
    """One measure with its participants, costs and cost shares. Empty sets mean that nobody stated the fact.

    `recorded_areas`: area codes some municipality of the study has (or, as `not_CODE`, is known not to have);
    only for these does a missing code mean 'outside'. `known_since`: the study's own day.
    """

    measure: Measure
    members: tuple[Municipality, ...]
    costs: Costs
    shares: Key
    themes: frozenset[str]
    kinds: frozenset[str]
    units: Decimal
    recorded_areas: frozenset[str]
    known_since: date


def facts_of(study: Study) -> dict[str, Facts]:
    """The facts of every measure, by id."""
    themes = {theme.id: theme.funding_themes for theme in study.themes}
    areas = frozenset(a.removeprefix("not_") for m in study.municipalities for a in m.areas)
    return {m.id: _facts(study, m, themes.get(m.theme, ()), areas) for m in study.measures}


def _facts(study: Study, measure: Measure, themes: tuple[str, ...], areas: frozenset[str]) -> Facts:
    return Facts(
        measure=measure,
        members=tuple(study.municipality_by_id[m] for m in measure.municipalities if m in study.municipality_by_id),
        costs=cost_of(measure, study.study),
        shares=cost_shares(study, measure),
        themes=frozenset(themes + measure.funding_themes),
        kinds=frozenset(measure.cost_categories),
        units=sum((amount for _, amount in measure.units), ZERO),
        recorded_areas=areas,
        known_since=study.study.as_of,
    )
