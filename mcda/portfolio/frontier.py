"""Value against own money: the best plan for every budget, and the rule of thumb beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal

import numpy as np

from mcda.portfolio.ratio import ratio_columns
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.rules import Row
from mcda.portfolio.solve import search, solve
from mcda.portfolio.task import PlanTask
from mcda.result import Array, Result

Told = Callable[[int, int], None]
"""Told how many of how many budgets are done."""

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best plan found for a joint budget: its own money, value in points (missed minimums taken off) and gap."""

    budget_eur: Decimal
    own: Decimal
    value: float
    gap: float
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points by rising own money, none worse than a cheaper one; `ratio`: what value per euro picks at the same
    budgets (those where it finds a plan). `enough_eur`: the least own money that buys all there is."""

    points: tuple[FrontierPoint, ...]
    ratio: tuple[FrontierPoint, ...]
    enough_eur: Decimal

    @property
    def largest_loss(self) -> float:
        """The largest share of the value that the rule of thumb loses at any budget; 0 where it is not drawn."""
        losses = [1.0 - point.value / best for point in self.ratio if (best := self.value_at(point.budget_eur)) > 0.0]
        return min(max(losses, default=0.0), 1.0)  # what it misses can cost more than all it gains

    def value_at(self, budget_eur: Decimal) -> float:
        """The most that a budget buys by these points; 0 where it buys none of them."""
        return max((point.value for point in self.points if point.own <= budget_eur), default=0.0)


def frontier(
    result: Result,
    task: PlanTask,
    *,
    points: int = 50,
    seconds: float = 5.0,
    gap: float = 1e-4,
    told: Told | None = None,
) -> Frontier:
    """The best plans for `points` budgets from the cheapest plan to the one that buys everything, other rules as they
    are, joint budgets left out.

    Each budget is solved on its own (epsilon constraint, Haimes, Lasdon & Wismer 1971), so plans that no weighting of
    value against money would ever choose are found too. A point that a cheaper one reaches is left out.
    Raises InputError as `plan`, ValueError for fewer than two points.
    """
    if points < 2:
        raise ValueError(f"a frontier needs two points or more, not {points}")
    free = task.model_copy(update={"ignore": (*task.ignore, "budget")})
    ready = _by_own(prepare(result, free))
    least = search(ready.problem, ready.problem.cost, ready.problem.rows, seconds, 0.0)
    most = solve(ready.problem, seconds=seconds, gap=gap)
    if not least.x.size or not most.x.size:
        return Frontier((), (), Decimal(0))
    enough = _own(ready, most.x)
    found: list[FrontierPoint] = []
    ratio: list[FrontierPoint] = []
    for number, budget in enumerate(_budgets(_own(ready, least.x), enough, points)):
        capped = _capped(ready, budget)
        solved, x = solve(capped.problem, seconds=seconds, gap=gap), ratio_columns(capped)
        if x is not None:
            ratio.append(_point(capped, budget, x, 0.0))
        if solved.x.size:
            better = x is not None and float(capped.problem.worth @ x) > solved.objective
            found.append(_point(capped, budget, x if better and x is not None else solved.x, solved.gap))
        if told is not None:
            told(number + 1, points)
    return Frontier(_undominated(found), tuple(ratio), enough)


def _by_own(ready: Prepared) -> Prepared:
    """The task with its own money in the planned years as what is spared among equally good plans."""
    cost = np.zeros(len(ready.problem.worth))
    cost[: len(ready.offer.options)] = [float(option.own) / 1000.0 for option in ready.offer.options]
    return replace(ready, problem=replace(ready.problem, cost=cost))


def _capped(ready: Prepared, budget: Decimal) -> Prepared:
    """The task under a joint budget."""
    terms = {number: float(cost) for number, cost in enumerate(ready.problem.cost) if cost}
    row = Row("budget", terms, high=float(budget / 1000), unit="eur")
    return replace(ready, rows=(*ready.rows, row), problem=replace(ready.problem, rows=(*ready.problem.rows, row)))


def _budgets(low: Decimal, high: Decimal, count: int) -> tuple[Decimal, ...]:
    """Evenly spaced, rounded up to the cent; fewer where both ends are one."""
    steps = (low + (high - low) * number / (count - 1) for number in range(count))
    return tuple(dict.fromkeys(step.quantize(CENT, rounding=ROUND_UP) for step in steps))


def _own(ready: Prepared, x: Array) -> Decimal:
    return sum((o.own for o, size in zip(ready.offer.options, x, strict=False) if size > 0.5), Decimal(0))


def _point(ready: Prepared, budget: Decimal, x: Array, gap: float) -> FrontierPoint:
    measures = tuple(o.measure for o, size in zip(ready.offer.options, x, strict=False) if size > 0.5)
    return FrontierPoint(budget, _own(ready, x), round(float(ready.problem.worth @ x), 6), gap, measures)


def _undominated(found: Sequence[FrontierPoint]) -> tuple[FrontierPoint, ...]:
    """Each point worth more than all that cost less or the same."""
    kept: list[FrontierPoint] = []
    for point in sorted(found, key=lambda p: (p.own, -p.value)):
        if not kept or point.value > kept[-1].value + 1e-6:
            kept.append(point)
    return tuple(kept)
