"""The value functions read backwards: from a value to the level of the criterion that has it."""

import math
from itertools import pairwise

import numpy as np

from mcda.errors import InputError, Issue, Where
from mcda.methods.values import value
from mcda.study.model import Criterion


def level_of(worth: float, criterion: Criterion) -> float:
    """The level, in the criterion's unit, that is worth `worth` in 0..1 (0 worst, 1 best).

    The inverse of `mcda.methods.values.value`: value(level_of(v)) = v. A piecewise function must rise (or fall) all
    along; where it is flat, the level of the stretch nearest its best end is given; a `worth` beyond its outermost
    values gives the outermost level. Raises InputError when the criterion's bounds or points cannot carry its
    function, when its points go up and down, and for a `worth` outside 0..1.
    """
    value(np.empty(0), criterion)  # tells what keeps the bounds from carrying the function
    if not 0 <= worth <= 1:
        raise InputError([Issue("out_of_range", params={"value": str(worth), "allowed": "0 … 1"})])
    if criterion.value_function == "piecewise":
        return _on_points(worth, criterion)
    best, worst = criterion.best, criterion.worst
    assert best is not None  # both held by value
    assert worst is not None
    if worth in (0.0, 1.0):
        return best if worth else worst
    if criterion.value_function == "logarithmic":
        return math.exp(math.log(worst) + worth * (math.log(best) - math.log(worst)))
    return worst + worth * (best - worst)


def ends(criterion: Criterion) -> tuple[float, float]:
    """The worst and the best level the criterion's value function reaches: its bounds, or its outermost points.

    Raises InputError as `level_of`.
    """
    if criterion.value_function != "piecewise":
        return level_of(0.0, criterion), level_of(1.0, criterion)
    points = _rising(criterion)
    return points[0][0], points[-1][0]


def _on_points(worth: float, criterion: Criterion) -> float:
    """On the straight lines between the points. Of several levels of one value the last, nearest the best end."""
    points = _rising(criterion)
    if worth <= points[0][1]:
        return [level for level, reached in points if reached == points[0][1]][-1]
    upper = next((i for i, (_, reached) in enumerate(points) if reached > worth), len(points))
    if upper == len(points):
        return points[-1][0]
    (x0, v0), (x1, v1) = points[upper - 1], points[upper]
    return x0 + (worth - v0) / (v1 - v0) * (x1 - x0)


def _rising(criterion: Criterion) -> list[tuple[float, float]]:
    """The points from the worst level to the best, their values never falling."""
    value(np.empty(0), criterion)
    points = sorted(criterion.value_points)
    if points[-1][1] < points[0][1]:
        points.reverse()
    if any(after[1] < before[1] for before, after in pairwise(points)):
        where = Where("criteria", column="value_points")
        raise InputError([Issue("curve_up_and_down", where=where, params={"value": criterion.id})])
    return points
