"""The smallest move of weights under linear conditions: in closed form for one condition, as a programme for many.

Weights `now` (p,) sum to 1 and stay 0 or more; a condition is a row g (p,) with g @ x >= 0. The size of a move is half
the sum of all changes: the share of weight that changes hands.
"""

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from mcda.result import Array

MARGIN = 1e-9
"""By so much of its largest entry a condition must hold, so that a tie is parted."""

PROGRAMME_MARGIN = 1e-6
"""The same where a solver with its own tolerance (1e-7) decides."""

Options = Mapping[str, Any]

QUICK: Options = {"node_limit": 30, "mip_rel_gap": 0.03}
"""Where many such choices are made in a row: branches looked at, and how near to the best is near enough."""


def scaled(rows: Array) -> Array:
    """Conditions (..., p) with the largest entry 1; what is zero all over stays."""
    size = np.abs(rows).max(axis=-1, keepdims=True)
    return np.asarray(np.divide(rows, size, out=np.zeros_like(rows), where=size > 0))


def shift_for_one(now: Array, gain: Array) -> Array | None:
    """The weights (p,) nearest to `now` with gain @ x >= 0: all goes to the best entry, from the worst ones first.

    Exact (a continuous knapsack). None where no entry is above 0: then no weights do.
    """
    row, x = scaled(gain), now.copy()
    best = int(row.argmax())
    if row[best] <= 0:
        return None
    short = min(MARGIN, row[best] / 2) - float(row @ x)
    for j in np.argsort(row, kind="stable"):
        if short <= 0 or row[j] >= row[best]:
            break
        step = min(float(x[j]), short / float(row[best] - row[j]))
        x[j] -= step
        x[best] += step
        short -= step * float(row[best] - row[j])
    return x


def sizes_for_one(now: Array, gains: Array) -> Array:
    """The size (k,) of `shift_for_one` for each row of `gains` (k, p), rows scaled, with no margin.

    Below 0 (how far there is room) where the condition holds already; above 1 where no weights meet it.
    """
    best = gains.max(axis=1)
    short = -gains @ now
    order = np.argsort(gains, axis=1)
    gaps = np.take_along_axis(best[:, None] - gains, order, axis=1)
    stock = now[order]
    paid = np.cumsum(stock * gaps, axis=1)
    moved = np.cumsum(stock, axis=1)
    at = np.minimum((paid < short[:, None]).sum(axis=1), gains.shape[1] - 1)
    rows = np.arange(len(gains))
    gap = gaps[rows, at]
    left = short - (paid[rows, at] - stock[rows, at] * gap)
    sizes = moved[rows, at] - stock[rows, at] + np.divide(left, gap, out=np.zeros_like(left), where=gap > 0)
    return np.where(short <= 0, short, np.where(best <= 0, 2.0 - best, sizes))


def shift_for_all(
    now: Array,
    rows: Array,
    needed: int | None = None,
    fixed: Array | None = None,
    most: float = 1.0,
    *,
    quick: bool = False,
) -> Array | None:
    """The weights (p,) nearest to `now` that meet all conditions `rows` (r, p), or at least `needed` of them.

    Those in `fixed` (q, p) must hold in any case.

    A linear programme; where only some are needed, with a yes or no for every condition that is neither sure nor out of
    reach. None: no weights do it with moving at most `most`. `quick`: such a choice is not sought to the end (`QUICK`),
    then None may also mean that none was found.
    """
    from scipy.optimize import linprog

    rows = scaled(rows)
    always = np.empty((0, len(now))) if fixed is None else scaled(fixed)
    if needed is not None and needed < len(rows):
        return _shift_for_some(now, rows, needed, always, most, QUICK if quick else {})
    rows = np.vstack([rows, always])
    if (rows.max(axis=1, initial=-1.0) <= 0).any():
        return None
    count = len(now)
    found = linprog(
        np.repeat([1.0, 0.0], count),
        A_ub=np.hstack([-rows, rows]),
        b_ub=rows @ now - PROGRAMME_MARGIN,
        A_eq=np.repeat([[1.0, -1.0]], count, axis=1).reshape(1, -1),
        b_eq=[0.0],
        bounds=[*[(0.0, 1.0)] * count, *((0.0, float(w)) for w in now)],
    )
    if found.x is None or found.status != 0 or float(found.fun or 0.0) > most:
        return None
    return _moved(now, found.x)


def _shift_for_some(now: Array, rows: Array, needed: int, always: Array, most: float, options: Options) -> Array | None:
    """The same with a binary per open condition: 1 where it must hold. `most` decides what is sure and what is out."""
    low = rows @ now - most * np.ptp(rows, axis=1)  # no move of that size goes below
    sizes = sizes_for_one(now, rows)
    wanted = needed - int((low > PROGRAMME_MARGIN).sum())
    rows = rows[(low <= PROGRAMME_MARGIN) & (sizes <= most)]
    if wanted > len(rows):
        return None
    if wanted <= 0 or wanted == len(rows):
        return shift_for_all(now, rows if wanted > 0 else rows[:0], fixed=always, most=most)
    return _picked(now, rows, wanted, always, most, options)


def _picked(now: Array, rows: Array, needed: int, always: Array, most: float, options: Options) -> Array | None:
    """The mixed-integer programme itself, for conditions that are all open."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    count, many = len(now), len(rows)
    floor = np.maximum(rows.min(axis=1), rows @ now - most * np.ptp(rows, axis=1))
    slack = PROGRAMME_MARGIN - floor
    held = np.hstack([rows, -rows, -np.diag(slack)])
    up = np.concatenate([np.ones(count), np.zeros(count + many)])
    sums = np.concatenate([np.ones(count), -np.ones(count), np.zeros(many)])
    picks = np.concatenate([np.zeros(2 * count), np.ones(many)])
    must = np.hstack([always, -always, np.zeros((len(always), many))])
    ground = np.concatenate([floor - rows @ now, PROGRAMME_MARGIN - always @ now])
    found = milp(
        up,
        integrality=picks,
        options=cast(Any, dict(options)),
        bounds=Bounds(0.0, np.concatenate([np.ones(count), now, np.ones(many)])),
        constraints=[
            LinearConstraint(np.vstack([held, must]), lb=ground),
            LinearConstraint(np.stack([sums, picks, up]), lb=[0.0, needed, 0.0], ub=[0.0, np.inf, most]),
        ],
    )
    return _moved(now, found.x) if found.x is not None else None


def _moved(now: Array, solution: Array) -> Array:
    """The weights after the amounts up and down of a solution, without the solver's rounding noise."""
    count = len(now)
    up, down = solution[:count], solution[count : 2 * count]
    change = np.where(np.abs(up - down) < 1e-9, 0.0, up - down)
    moved = np.clip(now + change, 0.0, 1.0)
    return np.asarray(moved / moved.sum())
