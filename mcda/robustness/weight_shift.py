"""The smallest change of weights by which a measure passes another, comes first or among the first so many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mcda.result import Array, Result
from mcda.robustness.goal import Flags, Goal, goal_of, needed_of, others_of, reached, wins
from mcda.robustness.least_shift import shift_for_all, shift_for_one
from mcda.robustness.outward import FINER, exponent_for, round_to
from mcda.robustness.pair_shift import pair_possible, pair_shift
from mcda.robustness.several_shift import several_shift
from mcda.robustness.weight_levers import Level, WeightLevers, leaf_levers, top_levers

Status = Literal["found", "none", "not_found", "already"]

METHODS = ("topsis", "weighted_sum")
"""The methods whose comparison of two measures is linear in the weights, or nearly so."""

COARSEST, FINEST = -1, -3
"""Points are said to a tenth, small ones to a thousandth (powers of ten)."""

RAY, RAY_ROUNDS = 33, 4
"""Points tried on the way to the new weights, and how often the first success is looked at closer."""


@dataclass(frozen=True, slots=True)
class WeightChange:
    """A criterion's weight of the whole (0..1) today, and after the change."""

    criterion: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WeightShift:
    """The smallest change of weights that does it.

    `status`: 'found'; 'already' (nothing needs to change); 'none' (no weights do it); 'not_found' (none were found).
    `points`: how much weight changes hands, of 100, rounded up to the digits said. `changes`: the weights that move;
    `level`: whether those of the top criteria ('top', what is below keeps its proportions) or of single leaves.
    `leaf` (n,): all leaf weights afterwards, read-only. The target is strictly ahead under `leaf`, and also if the new
    weights are set as `decimals` digits of points show them.
    """

    status: Status
    level: Level = "top"
    points: float = 0.0
    decimals: int = 1
    changes: tuple[WeightChange, ...] = ()
    leaf: Array | None = None


def weight_shift(result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1) -> WeightShift | None:
    """The smallest change of weights by which `target` beats all `rivals` or, none given, is among the first `top`.

    The weights of the top criteria move; only where they cannot do it, those of all leaves. For one rival, and for the
    weighted sum always, 'none' is exact; elsewhere a negative answer is 'not_found'. None for other methods than TOPSIS
    on fixed bounds and the weighted sum. Raises InputError as `goal_of`.
    Source: own derivation (linear programmes; for TOPSIS one per closeness), reference case checked against a grid.
    """
    goal = goal_of(result, target, rivals, top)
    if result.method not in METHODS:
        return None
    if reached(result, goal):
        return WeightShift("already")
    tops, leaves = top_levers(result), leaf_levers(result)
    if (found := _least(result, goal, tops)) is not None:
        return found
    last: Level = "top" if tops.criteria == leaves.criteria else "leaves"
    if _impossible(result, goal):
        return WeightShift("none", last)
    if last == "leaves" and (found := _least(result, goal, leaves)) is not None:
        return found
    return WeightShift("none" if result.method == "weighted_sum" else "not_found", last)


def _least(result: Result, goal: Goal, levers: WeightLevers) -> WeightShift | None:
    """The smallest shift of these weights, rounded as it is said; None where they cannot do it."""
    values = _rows(result, goal)
    x = _by_sum(result, goal, levers, values) if result.method == "weighted_sum" else None
    if result.method == "topsis":
        x = _by_closeness(result, goal, levers, values)
    if x is None:
        return None
    test = wins(result, goal)

    def holds(shares: Array) -> Flags:
        return test(shares @ levers.spread)

    return _said(levers, _nearest_on_the_way(levers.now, x, holds), holds)


def _rows(result: Result, goal: Goal) -> Array:
    """Values of the target and of all who count against it."""
    matrix = result.matrix
    return np.asarray(matrix.values[[matrix.measures.index(m) for m in (goal.target, *others_of(result, goal))]])


def _by_sum(result: Result, goal: Goal, levers: WeightLevers, values: Array) -> Array | None:
    worth = values @ levers.spread.T
    gains = worth[0] - worth[1:]
    return (
        shift_for_one(levers.now, gains[0])
        if len(gains) == 1
        else shift_for_all(levers.now, gains, _some(result, goal))
    )


def _by_closeness(result: Result, goal: Goal, levers: WeightLevers, values: Array) -> Array | None:
    near, far = (1.0 - values) ** 2 @ levers.spread.T, values**2 @ levers.spread.T
    if len(values) == 2:
        return pair_shift(levers.now, near, far)
    return several_shift(levers.now, near, far, _some(result, goal))


def _some(result: Result, goal: Goal) -> int | None:
    needed = needed_of(result, goal)
    return needed if needed < len(others_of(result, goal)) else None


def _impossible(result: Result, goal: Goal) -> bool:
    """Whether rivals one by one make it certain that no weights do it: too many that no weights put behind."""
    values, spare = _rows(result, goal), len(others_of(result, goal)) - needed_of(result, goal)
    if result.method == "weighted_sum":
        out = int(((values[0] - values[1:]).max(axis=1) <= 0).sum())
    else:
        near, far = (1.0 - values) ** 2, values**2
        out = sum(pair_possible(near[[0, r]], far[[0, r]]) is None for r in range(1, len(values)))
    return out > spare


def _nearest_on_the_way(now: Array, x: Array, holds: Callable[[Array], Flags]) -> Array:
    """The first weights on the straight way from `now` that do it; `x`, where the way shows none."""
    low, high = 0.0, 1.0
    for _ in range(RAY_ROUNDS):
        at = np.linspace(low, high, RAY)
        done = np.flatnonzero(holds(now + at[:, None] * (x - now)))
        if not len(done) or not done[0]:
            break
        low, high = float(at[done[0] - 1]), float(at[done[0]])
    return np.asarray(now + high * (x - now))


def _said(levers: WeightLevers, x: Array, holds: Callable[[Array], Flags]) -> WeightShift | None:
    """The shift in figures as they are said, rounded up until they are true; None where rounding never is."""
    change = x - levers.now
    exact = 100 * float(np.abs(change).sum()) / 2
    if exact <= 0:
        return None
    first = exponent_for(exact, COARSEST, FINEST)
    for exponent in range(first, min(FINEST, first - FINER) - 1, -1):
        for more in range(3):
            points = round_to(round_to(exact, exponent, up=True) + more * 10.0**exponent, exponent, up=True)
            after = _moved(levers.now, change, exact, points, exponent)
            shown = np.where(after == levers.now, levers.now, np.round(after, 2 - exponent))
            if holds(np.stack([after, shown])).all():
                return _found(levers, after, points, -exponent)
    return _found(levers, x, exact, 9) if holds(x[None, :])[0] else None


def _moved(now: Array, change: Array, exact: float, points: float, exponent: int) -> Array:
    """The weights when `points` change hands in the proportions of `change`, clean amounts for those who gain.

    What would be shown as no change is none. Who gives away all it has gives just that; the one with most left gives
    the rest.
    """
    unit = 10.0**exponent
    amount = change * points / exact
    small = 100 * np.abs(amount) < unit / 2
    small[[amount.argmin(), amount.argmax()]] = False
    amount = np.where(small, 0.0, amount)
    givers, given = amount < 0, np.minimum(np.maximum(-amount, 0.0), now)
    total = min(points, 100 * float(now[givers].sum()))
    wanted = np.maximum(amount, 0.0) * 100 * total / points
    gains = np.floor(wanted / unit + 1e-6) * unit
    gains[int((wanted - gains).argmax())] += total - gains.sum()
    rest = total / 100 - float(given.sum())
    room = np.where(givers, now - given, -1.0)
    for j in np.argsort(-room):
        step = min(rest, float(room[j])) if room[j] > 0 else 0.0
        given[j], rest = given[j] + step, rest - step
    after = np.maximum(now - given + gains / 100, 0.0)
    return np.where(np.abs(after) < 1e-12, 0.0, after)


def _found(levers: WeightLevers, after: Array, points: float, decimals: int) -> WeightShift:
    leaf = after / after.sum() @ levers.spread
    leaf.flags.writeable = False
    changes = tuple(
        WeightChange(criterion, float(before), float(now))
        for criterion, before, now in zip(levers.criteria, levers.now, after, strict=True)
        if abs(before - now) > 1e-12
    )
    moved = 100 * sum(max(change.after - change.before, 0.0) for change in changes)
    return WeightShift(
        "found", levers.level, min(points, round_to(moved, -decimals - 2, up=True)), decimals, changes, leaf
    )
