"""Which weights among siblings linear conditions leave possible: a centre, the directions left, or a contradiction.

Weights are not negative and sum to 1; a condition is a row of coefficients whose product with them reaches a floor.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array

_Flags = NDArray[np.bool_]

APART = 1e-9
"""Conditions that miss each other by no more than this do not contradict: it is rounding of decimal figures."""

FLAT = 1e-6
"""A region not thicker than this (a ten-thousandth of a percent) has no extent in that direction."""

_EXACT = 1e-10
"""The solver's smallest tolerance, in fractions of a weight."""


@dataclass(frozen=True, slots=True)
class Region:
    """Weights w = centre + basis @ y with slopes @ y >= floors: (n,), (n, d), (r, d), (r,).

    The centre is as far inside as can be (Chebyshev), floors are below 0. d is n - 1 less the conditions that hold
    with equality throughout; 0 where one weighting alone is left. `corners` (c, d): for every condition the y that
    exceeds it most, each once.
    """

    centre: Array
    basis: Array
    slopes: Array
    floors: Array
    corners: Array


def weight_region(rows: Array, floors: Array) -> Region | None:
    """What conditions rows (r, n) @ w >= floors (r,) leave of the weights (n,); None where they leave nothing.

    Conditions that can only hold with equality (a >= b and b >= a, or w <= 0) take a dimension each. Source:
    Chebyshev centre by linear programming, Boyd & Vandenberghe 2004, Convex Optimization, 8.5.1.
    """
    rows, floors = _scaled(rows, floors)
    missing = _shortfall(rows, floors)
    if missing > APART:
        return None
    size = rows.shape[1]
    rows, floors = np.vstack([rows, np.eye(size)]), np.append(floors - missing, np.zeros(size))
    best = _corners(rows, floors)
    tight = np.einsum("ij,ij->i", rows, best) - floors <= FLAT
    centre, basis = _centre(rows, floors, tight, best.mean(axis=0)), _directions(rows, tight)
    slopes = rows @ basis
    curbs = ~tight & (np.linalg.norm(slopes, axis=1) > 1e-9)
    corners = np.unique(np.round((best - centre) @ basis, 9), axis=0)
    return Region(centre, basis, slopes[curbs], np.minimum(floors - rows @ centre, 0.0)[curbs], corners)


def contradiction(rows: Array, floors: Array) -> tuple[int, ...]:
    """Conditions that cannot hold together and of which none can be spared, as positions: any part of them can hold.

    Empty where all can hold. Of several such groups one of late conditions is named. Source: deletion filter,
    Chinneck & Dravnieks 1991, ORSA Journal on Computing 3, 157-168.
    """
    rows, floors = _scaled(rows, floors)
    if _shortfall(rows, floors) <= APART:
        return ()
    kept = list(range(len(rows)))
    for one in range(len(rows)):
        rest = [other for other in kept if other != one]
        if _shortfall(rows[rest], floors[rest]) > APART:
            kept = rest
    return tuple(kept)


def _scaled(rows: Array, floors: Array) -> tuple[Array, Array]:
    """Conditions whose largest coefficient is 1, so that tolerances mean the same for all; empty rows stay.

    Products with weights then lie in -1..1, and floors far beyond that say no more than floors of -2 and 2.
    """
    largest = np.abs(rows).max(axis=1, initial=0.0)
    scale = np.where(largest > 0, largest, 1.0)
    with np.errstate(over="ignore"):
        return rows / scale[:, None], np.clip(floors / scale, -2.0, 2.0)


def _shortfall(rows: Array, floors: Array) -> float:
    """By how much the weights that come nearest to all conditions miss the worst of them (elastic program)."""
    if not len(rows):
        return 0.0
    size = rows.shape[1]
    found = _solve(
        np.append(np.zeros(size), 1.0),
        np.column_stack([rows, np.ones(len(rows))]),
        floors,
        np.append(np.ones(size), 0.0)[None, :],
        np.ones(1),
    )
    return float(found[-1])


def _corners(rows: Array, floors: Array) -> Array:
    """For each condition the weights (r, n) that exceed it most; their mean exceeds all that can be exceeded."""
    total, one = np.ones((1, rows.shape[1])), np.ones(1)
    return np.array([_solve(-row, rows, floors, total, one) for row in rows])


def _centre(rows: Array, floors: Array, tight: _Flags, inside: Array) -> Array:
    """The centre (n,) of the largest ball among the weights with the `tight` products of `inside`."""
    size = rows.shape[1]
    slopes = np.linalg.norm(rows @ _directions(rows, tight), axis=1)
    curbs = ~tight & (slopes > 1e-9)
    if not curbs.any():
        return inside
    equal = np.vstack([np.ones(size), rows[tight]])
    return _solve(
        np.append(np.zeros(size), -1.0),
        np.column_stack([rows[curbs], -slopes[curbs]]),
        floors[curbs],
        np.column_stack([equal, np.zeros(len(equal))]),
        equal @ inside,
    )[:-1]


def _directions(rows: Array, tight: _Flags) -> Array:
    """An orthonormal basis (n, d) of the changes of weights that keep their sum and the tight products."""
    equal = np.vstack([np.ones(rows.shape[1]), rows[tight]])
    _, sizes, right = np.linalg.svd(equal)
    return np.asarray(right[int((sizes > 1e-9).sum()) :].T)


def _solve(cost: Array, rows: Array, floors: Array, equal: Array, values: Array) -> Array:
    """The cheapest point not below 0 with rows @ x >= floors and equal @ x = values. The callers' programs have one."""
    from scipy.optimize import linprog

    exact = {"primal_feasibility_tolerance": _EXACT, "dual_feasibility_tolerance": _EXACT}
    # the stubs want a literal of options
    found = linprog(cost, -rows, -floors, equal, values, method="highs", options=exact)  # type: ignore[call-overload]
    assert found.status == 0, found.message
    return np.asarray(found.x, dtype=np.float64)
