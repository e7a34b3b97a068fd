"""The line above which measures are meant to be done: the first so many, or as far as a budget reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array, Result

Flags = NDArray[np.bool_]

BUDGETS = 201
"""So many budgets between the smallest and the largest are tried."""

NEAR = np.float32(2e-6)
"""Losses in single precision this near to each other are level: their last digits are rounding."""

CENT = 0.005
"""Sums of euros as floats count as equal within half a cent."""


@dataclass(frozen=True, slots=True)
class Line:
    """`first`: how many measures are above it. With a `budget` (EUR) those are above it whose `costs` (m,) it still
    pays when it goes down the ranking and passes over what does not fit any more."""

    first: int
    costs: Array
    budget: float | None = None

    def above(self, losses: NDArray[Any]) -> Flags:
        """Which measures are above the line in every row of losses (k, m), smaller being better.

        Equals share their rank and with it their side of a counted line; a budget takes them in catalogue order.
        """
        count = losses.shape[1]
        if self.budget is None:
            place = min(self.first, count) - 1
            if place < 0:
                return np.zeros(losses.shape, dtype=np.bool_)
            limit = np.partition(losses, place, axis=1)[:, [place]]
            if losses.dtype == np.float32:
                limit = limit + NEAR * np.abs(limit)
            return np.asarray(losses <= limit)
        return _affordable(losses, self.costs, np.full(len(losses), self.budget))

    def share_of_budgets(self, losses: Array, slack: float) -> Array:
        """In what share of the budgets between (1 - slack) and (1 + slack) of the stated one each measure (m,) is above
        the line, the order (by losses (m,)) staying as it is."""
        assert self.budget is not None
        budgets = self.budget * np.linspace(1 - slack, 1 + slack, BUDGETS)
        return np.asarray(_affordable(np.tile(losses, (BUDGETS, 1)), self.costs, budgets).mean(axis=0))


def _affordable(losses: NDArray[Any], costs: Array, budgets: Array) -> Flags:
    """Which measures a budget (k,) reaches in rank order; what does not fit any more is passed over."""
    order = np.argsort(losses, axis=1, kind="stable")
    left = budgets + CENT
    above = np.zeros(losses.shape, dtype=np.bool_)
    rows = np.arange(len(losses))
    for place in order.T:
        cost = costs[place]
        fits = cost <= left
        left = left - np.where(fits, cost, 0.0)
        above[rows, place] = fits
    return above


def line_of(result: Result, first: int | None = None, budget_eur: float | None = None) -> Line:
    """The line of a result: behind the first `first` measures (None: as many as the study's first tier holds), or
    as far as `budget_eur` pays the own contributions in rank order. A cost that is not known counts as 0 there."""
    measures = result.matrix.measures
    if first is None:
        first = first_tier(len(measures), result.study.study.tier_limits_pct)
    costs = np.array([float(result.money[m].own_contribution) for m in measures])
    return Line(first, costs, budget_eur)


def first_tier(count: int, limits_pct: Sequence[float]) -> int:
    """How many of `count` measures the first tier holds: ranks whose places before them are below its limit."""
    share = limits_pct[0] if limits_pct else 100.0
    return min(max(int(np.ceil(count * share / 100.0)), 1), count)
