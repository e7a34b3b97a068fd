"""A value curve asked of people by halving: which level lies, in worth, half way between the worst and the best?"""

import math
from collections.abc import Sequence
from itertools import pairwise

from mcda.errors import InputError, Issue, Param, Where
from mcda.study.model import Criterion

Points = tuple[tuple[float, float], ...]

_AT = Where("criteria", column="value_points")


def curve_from_midpoints(
    best: float, worst: float, halfway: float, quarter: float | None = None, three_quarters: float | None = None
) -> Points:
    """The value curve of a criterion from one to three answers: points (level, value) from worst (0) to best (1).

    Levels in the criterion's unit. Going from `worst` to `halfway` is worth as much to the decision maker as from
    `halfway` to `best`; `quarter` halves the lower and `three_quarters` the upper half in the same way, and may be
    left out. `best` may lie below `worst` (costs). The points are for `Criterion.value_points`; a straight line is
    the answer `halfway` in the middle.
    Raises InputError with every issue: a level that is no finite number, levels that do not run strictly from worst
    to best (equal neighbours would make the curve jump).
    Source: bisection (mid-value splitting), von Winterfeldt & Edwards (1986), ch. 7; Goodwin & Wright, ch. 3.
    """
    asked = ((worst, 0.0), (quarter, 0.25), (halfway, 0.5), (three_quarters, 0.75), (best, 1.0))
    points = tuple((level, worth) for level, worth in asked if level is not None)
    if issues := _order_issues(points):
        raise InputError(issues)
    return tuple((float(level), worth) for level, worth in points)


def bent_criterion(criterion: Criterion, points: Sequence[tuple[float, float]]) -> Criterion:
    """The criterion with this value curve instead of its own: piecewise linear through `points`.

    The curve runs from the criterion's worst level (value 0) to its best (value 1), strictly, so that a weight keeps
    its meaning as the step from worst to best; a criterion without bounds takes them from the curve.
    Raises InputError for fewer than two points, points out of order, a curve with other ends than the bounds.
    """
    curve = tuple(sorted(points, key=lambda point: point[1]))
    if len(curve) < 2:
        raise InputError([Issue("points_missing", where=_AT, params={"value": criterion.id})])
    if issues := _order_issues(curve):
        raise InputError(issues)
    worst, best = curve[0][0], curve[-1][0]
    bounds = (worst if criterion.worst is None else criterion.worst, best if criterion.best is None else criterion.best)
    if (worst, best) != bounds or (curve[0][1], curve[-1][1]) != (0.0, 1.0):
        told: dict[str, Param] = {"value": criterion.id, "worst": str(bounds[0]), "best": str(bounds[1])}
        raise InputError([Issue("curve_other_bounds", where=_AT, params=told)])
    bent = {"value_function": "piecewise", "value_points": curve, "worst": worst, "best": best}
    return criterion.model_copy(update=bent)


def _order_issues(points: Sequence[tuple[float, float]]) -> list[Issue]:
    """Levels that are no numbers, else where levels or values do not run strictly from the worst end to the best."""
    broken = [number for point in points for number in point if not math.isfinite(number)]
    if broken:
        return [Issue("not_a_number", where=_AT, params={"value": str(number)}) for number in broken]
    rising = points[-1][0] > points[0][0]
    pairs = pairwise(points)
    wrong = [(a, b) for a, b in pairs if not (a[1] < b[1] and a[0] != b[0] and (a[0] < b[0]) == rising)]
    return [
        Issue("curve_out_of_order", where=_AT, params={"first": a[0], "second": b[0], "low": a[1], "high": b[1]})
        for a, b in wrong
    ]
