"""Checks of the order found: dominated measures, and what a method's dependence on the list does to it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mcda.checks.list_probes import changes
from mcda.errors import Finding, Level, Param, Where
from mcda.methods import METHODS, Method
from mcda.rank_correlation import tau_b
from mcda.ranking import competition_ranks, quantise
from mcda.result import Array, DecisionMatrix
from mcda.study.model import Study

DOMINANT_SHARE = 0.7
"""Above this effective share one criterion decides nearly alone (V13, a product default)."""

BLOCK = 2**22
"""Pairs of measures compared for dominance at a time: 5,000 measures need megabytes, not gigabytes."""

TOP = 5
TOP_SHARE = 0.25
WEAK = 0.2
PLACES, PLACES_SHARE = 3, 0.1
"""A measure among the first five (at most a quarter of the list) stands there by compensation when a weighted value
is below 0.2, or when the weighted product puts it more than three places (a tenth of the list) lower (V16, product
defaults)."""

ALIKE = 0.8
"""Below this Kendall tau-b to the weighted sum the choice of method matters (V21, a product default)."""

BLURRED = 0.5
"""Told when more than half of the measures cannot be told from the one above them (V18, a product default)."""


def dominated(matrix: DecisionMatrix) -> Iterator[Finding]:
    """Measures that another one matches or beats on every criterion, one finding each (the first such rival).

    Where a level is open, the rival's lowest must match or beat the measure's highest: what is asserted is sure.
    """
    low, high = matrix.low, matrix.high
    width = max(1, BLOCK // max(low.shape[0], 1))
    for start in range(0, low.shape[0] if low.size else 0, width):
        better = _beaten(low, high[start : start + width])
        for column in np.flatnonzero(better.any(axis=0)):
            rivals = np.flatnonzero(better[:, column])
            params: dict[str, Param] = {
                "measure": matrix.measures[start + int(column)],
                "by": matrix.measures[int(rivals[0])],
                "count": len(rivals),
            }
            yield Finding("dominated", "note", Where("measures"), params)


def _beaten(all_values: Array, some: Array) -> NDArray[np.bool_]:
    """(m, s): whether a measure dominates one of some others, criterion by criterion so that no cube is built."""
    at_least = np.ones((len(all_values), len(some)), dtype=bool)
    above = np.zeros_like(at_least)
    for mine, theirs in zip(all_values.T, some.T, strict=True):
        at_least &= mine[:, None] >= theirs
        above |= mine[:, None] > theirs
    return at_least & above


def compensated(matrix: DecisionMatrix, leaf_weights: Array, scores: Array) -> Iterator[Finding]:
    """Measures near the top although a criterion speaks strongly against them (V16); those the weighted product,
    which forgives a weakness less, would put clearly lower are told as well."""
    count = len(scores)
    ranks = competition_ranks(scores)
    top = np.flatnonzero(ranks <= min(TOP, max(1, int(TOP_SHARE * count))))
    if count < 2 or not leaf_weights.any():
        return
    weak = (matrix.values[top] < WEAK) & (leaf_weights > 0)
    product = competition_ranks(quantise(METHODS["weighted_product"].score(matrix, leaf_weights[None, :])[0]))
    lower = product[top] - ranks[top] > max(PLACES, PLACES_SHARE * count)
    if weak.any():
        params: dict[str, Param] = {
            "measures": tuple(matrix.measures[i] for i in top[weak.any(axis=1)]),
            "criteria": tuple(matrix.leaves[j] for j in np.flatnonzero(weak.any(axis=0))),
            "percent": round(100 * WEAK),
        }
        yield Finding("compensated", "note", Where("measures"), params)
    only_lower = top[lower & ~weak.any(axis=1)]
    if len(only_lower):
        names = tuple(matrix.measures[i] for i in only_lower)
        places = int(np.max((product - ranks)[only_lower]))
        yield Finding("product_disagrees", "note", Where("measures"), {"measures": names, "places": places})


def methods_disagree(method: Method, matrix: DecisionMatrix, leaf_weights: Array, scores: Array) -> Iterator[Finding]:
    """The plain weighted sum on the same values puts another measure first, or orders the list clearly differently
    (V21); nothing to tell where it ranks itself."""
    if method.id == "weighted_sum" or len(scores) < 2:
        return
    sums = quantise(METHODS["weighted_sum"].score(matrix, leaf_weights[None, :])[0])
    ranks, other = competition_ranks(scores), competition_ranks(sums)
    alike = tau_b(ranks, other)
    first = tuple(matrix.measures[i] for i in np.flatnonzero(other == 1))
    if not (set(first) & {matrix.measures[i] for i in np.flatnonzero(ranks == 1)}):
        params: dict[str, Param] = {"measures": first, "tau": round(alike, 2)}
        yield Finding("another_first", "warning", Where("measures"), params)
    elif alike < ALIKE:
        yield Finding("methods_disagree", "note", Where("measures"), {"tau": round(alike, 2)})


def blurred(groups: int, count: int) -> Iterator[Finding]:
    """Most measures stand in one rank group with the one above them: the rating steps do not tell them apart (V18)."""
    same = count - groups
    if count > 1 and same > BLURRED * count:
        level: Level = "warning" if groups == 1 else "note"
        yield Finding("blurred", level, Where("measures"), {"count": count, "groups": groups, "same": same})


def squared_weights(method: Method, matrix: DecisionMatrix, leaf_weights: Array) -> Iterator[Finding]:
    """Hwang & Yoon's distance squares the weights: what they then amount to (V13)."""
    if method.id not in {"topsis_vector", "topsis_minmax"}:
        return
    shares = leaf_weights**2 / np.sum(leaf_weights**2)
    top = int(np.argmax(shares))
    params: dict[str, Param] = {
        "criterion": matrix.leaves[top],
        "percent": round(100 * float(leaf_weights[top])),
        "effective": round(100 * float(shares[top])),
    }
    yield Finding("squared_weights", "strong" if shares[top] > DOMINANT_SHARE else "warning", Where("criteria"), params)


def rank_reversal(study: Study, method: Method, matrix: DecisionMatrix, leaf_weights: Array) -> Iterator[Finding]:
    """Probe of methods whose scale comes from the list (V20): with one measure less or more, how often does the order
    of the others change, and does the first place?"""
    if method.fixed_bounds:
        return
    found = tuple(changes(study, method, matrix, leaf_weights))
    reversals = sum(one.swapped > 0 for one in found)
    if reversals:
        params: dict[str, Param] = {
            "changes": reversals,
            "probes": len(found),
            "first": sum(one.first_moved for one in found),
        }
        yield Finding("rank_reversal", "strong", Where("measures"), params)
