"""TOPSIS on fixed bounds seen from the weights: squared distances are linear in them, closeness is not.

`near` and `far` (m, p) are what each weight adds to the squared distance from the ideal and from the worst. For a fixed
closeness t, closeness(target) >= t >= closeness(rival) are linear conditions: (1-t)^2 far - t^2 near >= 0 and the
reverse. The smallest move of weights is then the best over t. Source: own derivation, checked against dense grids.
"""

from typing import cast

import numpy as np

from mcda.result import Array
from mcda.robustness.least_shift import scaled


def closeness(weights: Array, near: Array, far: Array) -> Array:
    """The closeness (k, m) of each measure under weights (k, p)."""
    to_ideal, from_worst = np.sqrt(weights @ near.T), np.sqrt(weights @ far.T)
    return cast(Array, from_worst / (to_ideal + from_worst))


def conditions(at: Array, near: Array, far: Array) -> Array:
    """Linear conditions (k, m, p) at each closeness `at` (k,): the first measure reaches it, no other exceeds it."""
    t = at[:, None, None]
    rows = (1 - t) ** 2 * far - t**2 * near
    rows[:, 1:] *= -1
    return scaled(rows)


def closeness_range(near: Array, far: Array, needed: int | None = None) -> tuple[float, float]:
    """Where the first can meet all others (or `needed`): each closeness lies between those of the corners."""
    corners = closeness(np.eye(near.shape[1]), near, far).T
    lowest = np.sort(corners[1:].min(axis=1))
    most = len(lowest) if needed is None else needed
    return max(float(corners[0].min()), float(lowest[most - 1])), float(corners[0].max())


def moved_share(now: Array, x: Array) -> float:
    """The share of weight that changes hands between two weight vectors."""
    return float(np.abs(x - now).sum()) / 2
