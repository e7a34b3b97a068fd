"""The smallest move of weights by which one measure comes nearer to the ideal (TOPSIS on fixed bounds) than another."""

from collections.abc import Callable
from functools import partial
from typing import cast

import numpy as np

from mcda.result import Array
from mcda.robustness.closeness_conditions import closeness, closeness_range, conditions, moved_share
from mcda.robustness.least_shift import shift_for_all, sizes_for_one

GOLDEN = (5**0.5 - 1) / 2
HALVINGS = 20
"""Steps of the golden section over how two conditions are mixed: the mix to 1e-4."""

GRID, ZOOM, ROUNDS = 49, 9, 6
"""Closeness values tried first, then around the best so far, and how often."""

LOSSES = (0.0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
"""So much larger a move is taken, step by step, where the solver finds no weights for the smallest."""

_FLAT = 1e-13
"""An advantage this small against what is compared is rounding noise."""


def pair_possible(near: Array, far: Array) -> Array | None:
    """Weights (p,) under which the first of two measures is ahead, where there are any: exact.

    `near` and `far` (2, p). If any weights do it, some with at most two positive weights do: at fixed closeness of the
    target the rival's shortfall is a linear programme with two conditions. Along an edge the lead is quadratic.
    """
    lead = _lead(near, far)
    first, second = np.triu_indices(len(lead), 1)
    a, b, c = lead[first, first], lead[first, second], lead[second, second]
    bend = a - 2 * b + c
    turn = np.divide(a - b, bend, out=np.zeros_like(bend), where=bend < 0)
    t = np.stack([np.zeros_like(a), np.ones_like(a), np.clip(turn, 0.0, 1.0)])
    heights = a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t**2
    if not heights.size or heights.max() <= _FLAT * np.abs(near).max() * np.abs(far).max():
        return None
    where = np.unravel_index(int(heights.argmax()), heights.shape)
    x = np.zeros(len(lead))
    x[second[where[1]]] = t[where]
    x[first[where[1]]] += 1 - t[where]
    return x


def pair_shift(now: Array, near: Array, far: Array) -> Array | None:
    """The weights (p,) nearest to `now` under which the first of two measures is ahead of the second; None: no weights.

    `near` and `far` (2, p). Single transfers in closed form, then all moves by the closeness at which the two meet.
    """
    edge = pair_possible(near, far)
    if edge is None:
        return None
    single = _single_transfer(now, near, far)
    best = edge if single is None else single
    at = np.concatenate([np.linspace(*closeness_range(near, far), GRID), closeness(edge[None], near, far)[0]])
    seen, sizes = _zoomed(at, partial(_pair_sizes, now, near, far))
    for loss in LOSSES:  # at the very end of a band of closeness values the solver's margin leaves no weights
        reached = sizes >= sizes.min() + loss
        if not reached.any() or sizes[reached].min() >= moved_share(now, best) * (1 - 1e-3):
            break
        x = shift_for_all(now, conditions(seen[[np.where(reached, sizes, np.inf).argmin()]], near, far)[0])
        if x is not None:
            return x if moved_share(now, x) < moved_share(now, best) else best
    return best


def _lead(near: Array, far: Array) -> Array:
    """The quadratic form (p, p) that is positive where the first of two measures is ahead."""
    outer = np.outer(far[0], near[1]) - np.outer(far[1], near[0])
    return cast(Array, (outer + outer.T) / 2)


def _single_transfer(now: Array, near: Array, far: Array) -> Array | None:
    """The smallest shift from one weight to one other that puts the first ahead: roots of quadratics."""
    lead = _lead(near, far)
    i, j = (side.ravel() for side in np.where(~np.eye(len(now), dtype=bool)))
    slope = lead @ now
    a, b, c = lead[i, i] - 2 * lead[i, j] + lead[j, j], 2 * (slope[j] - slope[i]), float(now @ slope)
    root = np.sqrt(np.maximum(b**2 - 4 * a * c, 0.0))
    # the first root above 0 of a t^2 + b t + c, where c <= 0: -2c / (b + root) loses no digits
    down = b + root
    t = np.divide(-2 * c, down, out=np.full_like(down, np.inf), where=(down > 0) & (b**2 >= 4 * a * c))
    t = np.where((t <= now[i]) & (t >= 0), t, np.inf)
    k = int(t.argmin())
    if not np.isfinite(t[k]):
        return None
    x, step = now.copy(), min(float(t[k]) * (1 + 1e-9) + 1e-10, float(now[i[k]]))
    x[i[k]] -= step
    x[j[k]] += step
    return x


def _pair_sizes(now: Array, near: Array, far: Array, at: Array) -> Array:
    """The smallest move (k,) at each closeness: the worst mix of the two conditions (duality), by golden section."""
    rows = conditions(at, near, far)

    def mixed(share: Array) -> Array:
        return sizes_for_one(now, (1 - share[:, None]) * rows[:, 0] + share[:, None] * rows[:, 1])

    low, high = np.zeros(len(rows)), np.ones(len(rows))
    best = np.maximum(mixed(low), mixed(high))
    left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_left, at_right = mixed(left), mixed(right)
    for _ in range(HALVINGS):
        better = at_left > at_right
        low, high = np.where(better, low, left), np.where(better, right, high)
        kept, value = np.where(better, left, right), np.where(better, at_left, at_right)
        other = np.where(better, high - GOLDEN * (high - low), low + GOLDEN * (high - low))
        seen = mixed(other)
        left, right = np.where(better, other, kept), np.where(better, kept, other)
        at_left, at_right = np.where(better, seen, value), np.where(better, value, seen)
        best = np.maximum(best, np.maximum(at_left, at_right))
    return np.where(best > 1, np.inf, np.maximum(best, 0.0))


def _zoomed(at: Array, sizes: Callable[[Array], Array]) -> tuple[Array, Array]:
    """Closeness values and their `sizes`: those given, then ever closer around the best."""
    low, high = float(at.min()), float(at.max())
    step = (high - low) / max(len(at) - 1, 1)
    seen, found = at, sizes(at)
    for _ in range(ROUNDS if np.isfinite(found).any() else 0):
        at = np.clip(seen[found.argmin()] + step * np.linspace(-1.0, 1.0, ZOOM), low, high)
        seen, found = np.concatenate([seen, at]), np.concatenate([found, sizes(at)])
        step *= 2 / (ZOOM - 1)
    return seen, found
