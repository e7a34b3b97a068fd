"""A measure as a grant programme sees it: looked up once, asked by every programme's rules."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mcda.funding.costs import ZERO, Costs, cost_of
from mcda.funding.split import Key, cost_shares
from mcda.study.model import Measure, Municipality, Study

NOT = "not_"
"""Before a code: known not to hold."""

PartKey = tuple[bool, int, bool, Fraction | None]
PartSums = tuple[Decimal, Decimal, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Facts:
    """One measure with its participants, costs and cost shares. Empty sets mean that nobody stated the fact.

    `recorded_marks`: codes of areas and marks some municipality of the study has (or, as `not_CODE`, is known not to
    have); only for these does a missing code mean 'not'. `known_since`: the study's own day. `facets` are numbers that
    stand for what one group of gates asks of the measure: measures with the same number get the same answer.
    `sums` keeps the parts of the cost already added up, by what a programme looks at.
    """

    measure: Measure
    members: tuple[Municipality, ...]
    costs: Costs
    shares: Key
    themes: frozenset[str]
    kinds: frozenset[str]
    units: Decimal
    recorded_marks: frozenset[str]
    known_since: date
    facets: tuple[int, ...] = ()
    sums: dict[PartKey, PartSums] = field(default_factory=dict, compare=False, repr=False)


def facts_of(study: Study) -> dict[str, Facts]:
    """The facts of every measure, by id."""
    themes = {theme.id: theme.funding_themes for theme in study.themes}
    marks = frozenset(a.removeprefix(NOT) for m in study.municipalities for a in m.areas)
    seen: dict[tuple[int, Hashable], int] = {}
    return {m.id: _facts(study, m, themes.get(m.theme, ()), marks, seen) for m in study.measures}


def _facts(
    study: Study,
    measure: Measure,
    themes: tuple[str, ...],
    marks: frozenset[str],
    seen: dict[tuple[int, Hashable], int],
) -> Facts:
    members = tuple(study.municipality_by_id[m] for m in measure.municipalities if m in study.municipality_by_id)
    every_theme, kinds = frozenset(themes + measure.funding_themes), frozenset(measure.cost_categories)
    return Facts(
        measure=measure,
        members=members,
        costs=cost_of(measure, study.study),
        shares=cost_shares(study, measure),
        themes=every_theme,
        kinds=kinds,
        units=sum((amount for _, amount in measure.units), ZERO),
        recorded_marks=marks,
        known_since=study.study.as_of,
        facets=tuple(
            seen.setdefault((number, facet), len(seen))
            for number, facet in enumerate(_facets(measure, every_theme, kinds))
        ),
    )


def _facets(measure: Measure, themes: frozenset[str], kinds: frozenset[str]) -> tuple[Hashable, ...]:
    """What the gates ask, in their order: who, where, the day alone, when, what for, which costs, what is in place."""
    invests = None if measure.capex_eur is None else bool(measure.capex_eur)
    return (
        (measure.lead_form, measure.lead, measure.lead_en, len(measure.municipalities)),
        measure.municipalities,
        (),
        (measure.start_year, measure.duration_months, measure.status),
        (themes, invests),
        kinds,
        measure.fulfilled,
    )


WHO, WHERE, FULFILLED = 0, 1, 6
"""Places in `Facts.facets` that amounts ask for too."""


def marked(facts: Facts, member: Municipality, code: str) -> bool | None:
    """Whether a municipality lies in an area or bears a mark; None where nobody recorded it."""
    if code in member.areas:
        return True
    return False if f"{NOT}{code}" in member.areas or code in facts.recorded_marks else None


def fulfils(measure: Measure, code: str) -> bool | None:
    """Whether a prerequisite is in place for the measure; None where nobody said."""
    if code in measure.fulfilled:
        return True
    return False if f"{NOT}{code}" in measure.fulfilled else None
