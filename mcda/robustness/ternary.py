"""Three weights at once: which measure is first where in the triangle of their weightings.

A corner gives one of three siblings all that the three weigh together, all others keep what they have. The weighted
sum is linear in the triangle, so its regions are convex polygons, cut exactly; any other method is scored on a grid.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.methods import Method
from mcda.ranking import quantise
from mcda.result import Array, DecisionMatrix, Weights
from mcda.robustness.exact_first import dominated_rows
from mcda.robustness.triangle import clipped, deepest, grid, outlines, size_and_centre
from mcda.study.model import Study
from mcda.weights.tree import combine

SIDE = 101
"""Grid points along a side: 5,151 in all, one per cent apart."""

SMALLEST = 1e-12
"""A part of the triangle this small is rounding, not a region."""

_Cut = tuple[tuple[int, ...], tuple[Array, ...]]
"""Rows of the matrix that are first together, and the outlines of where."""


@dataclass(frozen=True, slots=True)
class TernaryRegion:
    """Where in the triangle `measures` are first: one, or several that are level in the whole triangle.

    `polygons`: outlines as barycentric corners (k, 3), rows summing to 1, counter-clockwise for criteria 1, 2, 3 in
    this sense; a hole runs clockwise. `share` of the triangle's area, 0..1. `centre` (3,): the mean of the region's
    weightings. `label_at` (3,): a point deep inside, clear of today's weights; `room`: its distance from
    these and from the outline (a side is 1).
    """

    measures: tuple[str, ...]
    polygons: tuple[Array, ...]
    share: float
    centre: Array
    label_at: Array
    room: float


@dataclass(frozen=True, slots=True)
class TernaryMap:
    """The triangle of three siblings `criteria`; `total` is what they weigh together among their siblings, 0..1.

    `present` (3,): today's weights as parts of `total` (thirds where that is 0), `first_now` who is first there.
    `regions` by falling share. `exact`: cut exactly; otherwise from a grid with `side` points along each side.
    """

    criteria: tuple[str, str, str]
    total: float
    present: Array
    first_now: tuple[str, ...]
    regions: tuple[TernaryRegion, ...]
    exact: bool
    side: int


def ternary_map(
    study: Study,
    matrix: DecisionMatrix,
    method: Method,
    weights: Weights,
    criteria: Sequence[str],
    *,
    side: int = SIDE,
) -> TernaryMap:
    """Which measure is first under which weighting of three siblings, the other weights being those in force.

    The parts of the triangle sum to 1. Measures with equal scores in all of it share a region. If the three weigh
    nothing, one region holds everything. Weighted sum: exact. Other methods: first places at the points of a grid,
    the borders between them where the difference of the two scores, taken as straight between neighbours, is zero; what
    is smaller than a cell of the grid may be missed. Raises KeyError for an unknown criterion, ValueError unless they
    are three different siblings or for a `side` below 2, MethodError when the method has no answer in the triangle.
    """
    chosen = _three_siblings(study, criteria)
    total = sum(weights.local[key] for key in chosen)
    corners = np.stack([_leaf_weights(study, weights_at(weights, chosen, corner)) for corner in np.eye(3)])
    exact = method.id == "weighted_sum"
    cut = _by_clipping(matrix, corners) if exact else _by_grid(matrix, method, corners, side)
    present = [weights.local[key] / total if total > 0 else 1 / 3 for key in chosen]
    now = quantise(method.score(matrix, weights.leaf[None, :])[0])
    return TernaryMap(
        criteria=chosen,
        total=total,
        present=_fixed(np.array(present)),
        first_now=tuple(matrix.measures[i] for i in np.flatnonzero(now == now.max(initial=-np.inf))),
        regions=_regions(matrix, cut, np.array(present)),
        exact=exact,
        side=side,
    )


def weights_at(weights: Weights, criteria: Sequence[str], point: Array) -> dict[str, float]:
    """The local weights of all criteria where the three stand at a point (3,) of their triangle."""
    total = sum(weights.local[key] for key in criteria)
    return {**weights.local, **{key: total * float(part) for key, part in zip(criteria, point, strict=True)}}


def _three_siblings(study: Study, criteria: Sequence[str]) -> tuple[str, str, str]:
    parents = {study.criterion_by_id[key].parent for key in criteria}
    if len(set(criteria)) != 3 or len(criteria) != 3 or len(parents) != 1:
        raise ValueError(f"a triangle needs three different criteria with one parent, not {tuple(criteria)}")
    first, second, third = criteria
    return first, second, third


def _leaf_weights(study: Study, local: Mapping[str, float]) -> Array:
    overall = combine(study, local)
    return np.array([overall[leaf] for leaf in study.leaves], dtype=np.float64)


def _by_clipping(matrix: DecisionMatrix, corners: Array) -> list[_Cut]:
    """The weighted sum is linear between the corners: its scores there (m, 3) say everything."""
    scores, members = np.unique(quantise(matrix.values @ corners.T), axis=0, return_inverse=True)
    rivals = np.flatnonzero(~dominated_rows(scores))
    found: list[_Cut] = []
    for row in rivals:
        polygon = np.eye(3)
        for rival in rivals[rivals != row]:
            if not len(polygon := clipped(polygon, scores[row] - scores[rival])):
                break
        found.append((_rows(members, int(row)), (polygon,) if len(polygon) else ()))
    return found


def _by_grid(matrix: DecisionMatrix, method: Method, corners: Array, side: int) -> list[_Cut]:
    """Scores at the grid's points, those that are alike at all points inside the triangle taken as one."""
    if side < 2:
        raise ValueError(f"a side needs at least 2 points, not {side}")
    points = grid(side)
    scores = quantise(method.score(matrix, points @ corners))
    inside = scores[points.min(axis=1) > 0] if side > 3 else scores
    _, first, members = np.unique(inside, axis=1, return_index=True, return_inverse=True)
    groups = sorted(_rows(members, number) for number in range(len(first)))
    joined = np.column_stack([scores[:, list(rows)].max(axis=1) for rows in groups]) if groups else scores
    return [(groups[owner], polygons) for owner, polygons in outlines(side, joined).items()] if groups else []


def _rows(members: NDArray[np.intp], number: int) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(members.reshape(-1) == number))


def _regions(matrix: DecisionMatrix, cut: Sequence[_Cut], present: Array) -> tuple[TernaryRegion, ...]:
    """The records of all regions with an area, largest first."""
    found: list[TernaryRegion] = []
    for rows, polygons in cut:
        share, centre = size_and_centre(polygons)
        if share > SMALLEST:
            outline = tuple(_fixed(polygon) for polygon in polygons if len(polygon) > 2)
            at, room = deepest(outline, present)
            names = tuple(matrix.measures[row] for row in rows)
            found.append(TernaryRegion(names, outline, share, _fixed(centre), _fixed(at), room))
    return tuple(sorted(found, key=lambda region: (-region.share, region.measures)))


def _fixed(array: Array) -> Array:
    array.setflags(write=False)
    return array
