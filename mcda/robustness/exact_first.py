"""Exact first ranks of the weighted sum: the share of all weightings that puts a measure first, as a volume.

The weightings under which one measure leads form a convex polytope inside the simplex of all weights. Its volume is
measured, nothing is sampled: the numbers have no standard error and never flicker.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.methods.inputs import matrix_and_weights
from mcda.ranking import quantise
from mcda.result import Array, Result
from mcda.weights.tree import combine

MOST_CRITERIA = 6
"""Beyond six criteria the polytopes take longer than sampling does (16 s for 40 measures on seven)."""

THINNEST = 1e-9
"""A region with no room for a ball of this radius counts as empty."""

LARGEST_ROUNDING = 1e-6
"""Shares further than this from adding up to 1 are a fault of the geometry, not rounding."""


@dataclass(frozen=True, slots=True)
class FirstRegions:
    """The weightings that put each row of a matrix first, measured by volume.

    `shares` (m,), 0..1: rows with the same values are level wherever they lead and each carry the share of their
    common region; over distinct rows the shares sum to 1. `centres`: by row the mean of all weightings (n,) that put
    it first, rows never first have none. `rounding`: how far the volumes were from 1 before they were brought to it.
    """

    shares: Array
    centres: Mapping[int, Array]
    rounding: float


@dataclass(frozen=True, slots=True)
class ExactFirst:
    """First rank acceptability over the weights of the top `criteria`, exact: no draws, no seed, no standard error.

    `shares` (m,) in the order of `measures`; `central_weights` of the top criteria (t,) by measure.
    """

    measures: tuple[str, ...]
    criteria: tuple[str, ...]
    shares: Array
    central_weights: Mapping[str, Array]
    rounding: float


def exact_first(result: Result) -> ExactFirst | None:
    """In what share of all weightings of the top criteria each measure is first, and its central weights.

    Weights below the top level stay as they are; all weightings of the top criteria count alike, which differs from
    `smaa.uniform_weights`, where every level is open. None for other methods than the weighted sum and for more than
    six top criteria: sample those. Source: Lahdelma, Hokkanen & Salminen 1998, EJOR 106, 137-143 (the definition).
    """
    criteria = result.study.children[""]
    if result.method != "weighted_sum" or len(criteria) > MOST_CRITERIA:
        return None
    found = first_regions(_top_values(result))
    names = result.matrix.measures
    return ExactFirst(
        measures=names,
        criteria=criteria,
        shares=found.shares,
        central_weights={names[row]: centre for row, centre in found.centres.items()},
        rounding=found.rounding,
    )


def first_regions(values: ArrayLike) -> FirstRegions:
    """The share of the weight simplex on which each row of `values` (m, n) has the highest weighted sum, n of 1 to 6.

    Higher values are better, any scale. Dominated rows are never first: exactly 0, as regions thinner than 1e-9 are.
    Values equal to twelve decimals are equal; identical rows share one region and are both first. One criterion: the
    best rows have it all. A criterion on which all are equal decides nothing but keeps its place among the weights.
    Volumes are brought to the sum 1 by what is rounding only. Raises ValueError for n outside 1 to 6, MethodError for
    values that are not finite, ArithmeticError where volumes miss 1 by more than 1e-6.
    Source: Lahdelma, Hokkanen & Salminen 1998; volumes by Qhull (Barber, Dobkin & Huhdanpaa 1996).
    """
    worth = np.asarray(values, dtype=np.float64)
    if worth.ndim != 2 or not 1 <= worth.shape[1] <= MOST_CRITERIA:
        raise ValueError(f"values must have 1 to {MOST_CRITERIA} columns, not the shape {worth.shape}")
    matrix_and_weights(worth, np.ones(worth.shape[1]))
    distinct, member = np.unique(quantise(worth), axis=0, return_inverse=True)
    rivals = np.flatnonzero(~dominated_rows(distinct))
    parts = {int(row): _region(distinct, int(row), rivals) for row in rivals}
    volume = sum(size for size, _ in parts.values())
    if parts and abs(volume - 1.0) > LARGEST_ROUNDING:
        raise ArithmeticError(f"the regions of first places sum to {volume}, not to 1")
    share_of = np.zeros(len(distinct))
    for row, (size, _) in parts.items():
        share_of[row] = size / volume
    members = member.reshape(-1)
    centres = {i: parts[int(row)][1] for i, row in enumerate(members) if share_of[row] > 0}
    return FirstRegions(_fixed(share_of[members]), centres, abs(volume - 1.0) if parts else 0.0)


def _top_values(result: Result) -> Array:
    """Values (m, t) on the top criteria: the weighted sum below each, with the local weights as they stand."""
    study, criteria = result.study, result.study.children[""]
    below = combine(study, {**result.weights.local, **dict.fromkeys(criteria, 1.0)})
    within = np.array(
        [[below[leaf] if study.top_of(leaf) == top else 0.0 for top in criteria] for leaf in study.leaves]
    )
    return np.asarray(result.matrix.values @ within)


def dominated_rows(values: Array) -> NDArray[np.bool_]:
    """Which rows of values (m, n) another row matches everywhere and beats somewhere: (m,); twins spare each other."""
    return np.array(
        [(np.all(values >= row, axis=1) & np.any(values > row, axis=1)).any() for row in values], dtype=bool
    )


def _region(values: Array, row: int, rivals: NDArray[np.int64]) -> tuple[float, Array]:
    """Share of the simplex on which the row beats all rivals, and the mean weights there (void for a share of 0)."""
    count, leads = values.shape[1], values[row] - values[rivals[rivals != row]]
    if count == 1 or not len(leads):
        return 1.0, _fixed(np.full(count, 1.0 / count))
    limits = _half_spaces(leads)
    size, centre = _interval(limits) if count == 2 else _polytope(limits)
    return size, _fixed(np.append(centre, 1.0 - centre.sum()))


def _half_spaces(leads: Array) -> Array:
    """Rows (a, b) with a x + b >= 0 and |a| = 1, in the first n - 1 weights x: leads over rivals and the simplex."""
    inner = leads.shape[1] - 1
    ahead = np.column_stack([leads[:, :-1] - leads[:, -1:], leads[:, -1]])
    simplex = np.vstack([np.column_stack([np.eye(inner), np.zeros(inner)]), np.append(-np.ones(inner), 1.0)])
    limits = np.vstack([ahead, simplex])
    return np.asarray(limits / np.linalg.norm(limits[:, :-1], axis=1, keepdims=True))


def _interval(limits: Array) -> tuple[float, Array]:
    """Length and middle of {x: a x + b >= 0} on the line, a being 1 or -1."""
    low = max(-b for a, b in limits if a > 0)
    high = min(b for a, b in limits if a < 0)
    return (high - low if high - low >= 2 * THINNEST else 0.0), np.array([(low + high) / 2])


def _polytope(limits: Array) -> tuple[float, Array]:
    """Volume as a share of the simplex, and centroid, of {x: a x + b >= 0}: cones from an inner point to the facets."""
    from scipy.spatial import ConvexHull, HalfspaceIntersection

    inside, radius = _deepest(limits)
    size = len(inside)
    if radius < THINNEST:
        return 0.0, np.zeros(size)
    corners = HalfspaceIntersection(-limits, inside).intersections - inside
    # thin regions are stretched to even sides first, so that their corners do not look flat
    _, lengths, axes = np.linalg.svd(corners, full_matrices=False)
    # joggled by rounding size (always alike): many corners lie in each facet, and merging them loses volume from 5-d on
    hull = ConvexHull(corners @ axes.T / lengths, qhull_options="QJ")
    facets = hull.points[hull.simplices]
    cones = np.abs(np.linalg.det(facets))
    volume = cones.sum()
    middle = (cones[:, None] * facets.sum(axis=1)).sum(axis=0) / (volume * (size + 1))
    return float(volume * np.prod(lengths)), inside + (middle * lengths) @ axes


def _deepest(limits: Array) -> tuple[Array, float]:
    """Centre and radius of the largest ball within the half-spaces (Chebyshev centre); radius 0 if there is none."""
    from scipy.optimize import linprog

    aims = np.append(np.zeros(limits.shape[1] - 1), -1.0)
    walls = np.column_stack([-limits[:, :-1], np.ones(len(limits))])
    found = linprog(aims, A_ub=walls, b_ub=limits[:, -1], bounds=(None, None), method="highs")
    return (aims[:-1], 0.0) if found.x is None else (found.x[:-1], float(found.x[-1]))


def _fixed(array: Array) -> Array:
    array.setflags(write=False)
    return array
