"""The smallest move of weights by which one measure comes nearer to the ideal (TOPSIS, fixed bounds) than several."""

import numpy as np

from mcda.result import Array
from mcda.robustness.closeness_conditions import closeness, closeness_range, conditions, moved_share
from mcda.robustness.least_shift import PROGRAMME_MARGIN, shift_for_all, sizes_for_one

ALL_GRID, ALL_ZOOM, ALL_ROUNDS = 33, 7, 4
"""Closeness values tried first, then around the best so far, and how often."""

FEW = 6
FINE, COARSE = (17, 5, 3, 0.98), (9, 3, 3, 0.97)
"""The same where it is also decided whom to pass, for so few weights and for more: grid, zoom, rounds, and how much
nearer another such decision must bring the weights."""

SCAN, DRAWS = 40, 2_000
"""Steps on every straight way, and random weights, tried before the programmes."""


def several_shift(now: Array, near: Array, far: Array, needed: int | None = None) -> Array | None:
    """The weights (p,) nearest to `now` under which the first measure is ahead of all others, or of `needed` of them.

    `near` and `far` (m, p). None: none found (a very thin band of weights can slip through the grid). Where only some
    must be passed, which ones is decided at few closeness values, then the weights are brought as near as these allow.
    """
    rivals = len(near) - 1
    if needed is None or needed >= rivals:
        return _all_passed(now, near, far, _scanned(now, near, far, rivals))
    best = _scanned(now, near, far, needed)
    low, high = closeness_range(near, far, needed)
    if low > high:
        return best
    grid, zoom, rounds, worth = FINE if len(now) <= FEW else COARSE
    at, step = np.linspace(low, high, grid), (high - low) / (grid - 1)
    for _ in range(rounds):
        before, best = best, _best_at(at, now, near, far, needed, best, worth)
        if best is None or (best is before and len(at) < grid):
            break
        rows = np.concatenate([[0], np.argsort(closeness(best[None], near, far)[0, 1:])[:needed] + 1])
        found = _all_passed(now, near[rows], far[rows], best)
        best = best if found is None else found
        middle = float(closeness(best[None], near, far)[0, 0])
        at = np.clip(middle + step * np.linspace(-1.0, 1.0, zoom), low, high)
    return best


def _all_passed(now: Array, near: Array, far: Array, best: Array | None) -> Array | None:
    """The nearest weights under which the first is ahead of all others: a grid of closeness, closer around the best."""
    wanted = len(near) - 1
    low, high = closeness_range(near, far)
    if low > high:
        return best
    at, step = np.linspace(low, high, ALL_GRID), (high - low) / (ALL_GRID - 1)
    for _ in range(1 + ALL_ROUNDS):
        best = _best_at(at, now, near, far, wanted, best)
        if best is None:
            break
        middle = float(closeness(best[None], near, far)[0, 0])
        at = np.clip(middle + step * np.linspace(-1.0, 1.0, ALL_ZOOM), low, high)
        step *= 2 / (ALL_ZOOM - 1)
    return best


def _best_at(
    at: Array, now: Array, near: Array, far: Array, wanted: int, best: Array | None, worth: float = 1.0
) -> Array | None:
    """The nearest weights at any closeness of `at` (k,); `best` where none are nearer than `worth` times it."""
    rows = conditions(at, near, far)
    least = _least_sizes(now, rows, wanted)
    for k in np.argsort(least):
        most = 1.0 if best is None else worth * moved_share(now, best)
        if least[k] >= most - 1e-6:
            break
        found = shift_for_all(now, rows[k, 1:], wanted, rows[k, :1], most, quick=True)
        if found is not None and moved_share(now, found) < most:
            best = found
    return best


def _least_sizes(now: Array, rows: Array, wanted: int) -> Array:
    """A size (k,) that no move can stay below at each closeness: what the conditions `rows` (k, m, p) need alone."""
    alone = np.stack([sizes_for_one(now, rows[:, r]) for r in range(rows.shape[1])], axis=1)
    rivals = np.sort(alone[:, 1:], axis=1)[:, wanted - 1] if wanted else np.zeros(len(rows))
    least = np.maximum(np.maximum(alone[:, 0], rivals), 0.0)
    return np.where(least > 1, np.inf, least)


def _scanned(now: Array, near: Array, far: Array, wanted: int) -> Array | None:
    """The nearest of many tried weights that do it: transfers from one to one, from all to one, and drawn ones."""
    count = len(now)
    corners, share = np.eye(count), np.linspace(0.0, 1.0, SCAN + 1)[1:]
    single = np.concatenate([now + t * now[i] * (corners - corners[i]) for t in share for i in range(count)])
    whole = np.concatenate([now + t * (corners - now) for t in share])
    drawn = np.random.default_rng(0).dirichlet(np.ones(count), DRAWS)
    part = np.tile(share, -(-DRAWS // SCAN))[:DRAWS, None]
    tried = np.concatenate([single, whole, now + part * (drawn - now)])
    reached = closeness(tried, near, far)
    done = np.flatnonzero((reached[:, :1] > reached[:, 1:] + PROGRAMME_MARGIN).sum(axis=1) >= wanted)
    sizes = np.abs(tried[done] - now).sum(axis=1)
    return tried[done[sizes.argmin()]] if len(done) else None
