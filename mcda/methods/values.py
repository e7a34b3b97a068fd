"""Value functions: from a criterion's own unit to 0..1 on its declared bounds, where 1 is the best level."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import InputError, Issue, MethodError, Where
from mcda.methods.inputs import Array
from mcda.study.model import Criterion

Flags = NDArray[np.bool_]


def value(x: ArrayLike, criterion: Criterion) -> tuple[Array, Flags]:
    """What levels are worth on the criterion's declared scale: values in 0..1 (1 best) and what was clipped.

    `x` of any shape in the criterion's unit; the values and the flags have its shape. The direction comes from the
    bounds: `best` may lie below `worst`. Levels beyond the bounds get 0 or 1 and are flagged; on a logarithmic
    criterion where less is better, zero is best by declaration and not flagged.
    Raises InputError when the criterion's bounds cannot carry its function, MethodError when `x` holds NaN.
    """
    levels = np.asarray(x, dtype=np.float64)
    if faults := _faults(criterion):
        raise InputError(faults)
    if np.isnan(levels).any():
        raise MethodError(Issue("level_missing", params={"criterion": criterion.id}))
    return _FUNCTIONS[criterion.value_function](levels, criterion)


def _faults(criterion: Criterion) -> list[Issue]:
    """What keeps the criterion's bounds or points from carrying its value function."""
    if criterion.value_function == "piecewise":
        return _points_faults(criterion)
    best, worst = criterion.best, criterion.worst
    code = ""
    if best is None or worst is None:
        code = "bounds_missing"
    elif best == worst:
        code = "bounds_equal"
    elif criterion.value_function == "logarithmic" and min(best, worst) <= 0:
        code = "bounds_not_positive"
    return [Issue(code, where=Where("criteria", column="best"), params={"value": criterion.id})] if code else []


def _points_faults(criterion: Criterion) -> list[Issue]:
    where = Where("criteria", column="value_points")
    levels, worths = {level for level, _ in criterion.value_points}, [worth for _, worth in criterion.value_points]
    if len(levels) < max(len(worths), 2):
        return [Issue("points_missing", where=where, params={"value": criterion.id})]
    wrong = [worth for worth in worths if not 0 <= worth <= 1]
    return [Issue("out_of_range", where=where, params={"value": worth, "allowed": "0 ... 1"}) for worth in wrong]


def _linear(levels: Array, criterion: Criterion) -> tuple[Array, Flags]:
    best, worst = _bounds(criterion)
    return _clip((levels - worst) / (best - worst))


def _logarithmic(levels: Array, criterion: Criterion) -> tuple[Array, Flags]:
    """Equal ratios are worth the same: 100,000 to 200,000 EUR counts like 1 to 2 million."""
    best, worst = _bounds(criterion)
    below = levels <= 0
    logs = np.log(np.where(below, min(best, worst), levels))
    values, clipped = _clip((logs - np.log(worst)) / (np.log(best) - np.log(worst)))
    return values, np.where(below, (levels < 0) | (best > worst), clipped)


def _piecewise(levels: Array, criterion: Criterion) -> tuple[Array, Flags]:
    """Straight lines between the declared points (level, value), flat beyond the outermost."""
    at, worth = np.array(sorted(criterion.value_points)).T
    return np.asarray(np.interp(levels, at, worth)), (levels < at[0]) | (levels > at[-1])


def _bounds(criterion: Criterion) -> tuple[float, float]:
    assert criterion.best is not None  # both held by _faults
    assert criterion.worst is not None
    return criterion.best, criterion.worst


def _clip(values: Array) -> tuple[Array, Flags]:
    """Into 0..1; a hair beyond the bound from rounding is not called clipped."""
    return np.clip(values, 0.0, 1.0), (values < -1e-12) | (values > 1 + 1e-12)


_FUNCTIONS: Mapping[str, Callable[[Array, Criterion], tuple[Array, Flags]]] = {
    "linear": _linear,
    "logarithmic": _logarithmic,
    "piecewise": _piecewise,
}
