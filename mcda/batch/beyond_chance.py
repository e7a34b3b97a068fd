"""How often a kind of measure would lead in several regions if places had nothing to do with kinds: exact, no draws.

Within each region the first tier is dealt out among its measures at random. How many of it fall to one kind is then
hypergeometric (Fisher 1935); over regions the counts add up, so their distributions are convolved.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy.stats import hypergeom

from mcda.result import Array

LEVEL = 0.05
"""So often may a comparison in which kinds do not matter tell anything at all of what comes first."""


class Region(NamedTuple):
    """One region that has the kind: all its measures and those in the first tier, then both of the kind alone."""

    measures: int
    first_tier: int
    of_kind: int
    kind_first: int


def expected_first(regions: Iterable[Region]) -> float:
    """How many measures of the kind would be in the first tier, on average."""
    return sum(one.of_kind * one.first_tier / one.measures for one in regions)


def chance_of_as_many(regions: Iterable[Region]) -> float:
    """The probability of at least as many measures of the kind in the first tier, over all regions."""
    regions = tuple(regions)
    return float(_counts(regions)[sum(one.kind_first for one in regions) :].sum())


def chance_of_as_few(regions: Iterable[Region]) -> float:
    """The probability of at most as many measures of the kind in the first tier, over all regions."""
    regions = tuple(regions)
    return float(_counts(regions)[: sum(one.kind_first for one in regions) + 1].sum())


def _counts(regions: tuple[Region, ...]) -> Array:
    """The probability of each number of measures of the kind in the first tier."""
    found: Array = np.ones(1)
    for one in regions:
        possible = np.arange(one.of_kind + 1)
        found = np.convolve(found, hypergeom.pmf(possible, one.measures, one.first_tier, one.of_kind))
    return found
