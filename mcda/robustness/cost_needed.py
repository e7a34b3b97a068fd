"""How much less a measure would have to cost to reach its goal, its grant following the programmes' rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

import numpy as np

from mcda.funding.costs import CENT
from mcda.funding.money import measure_money
from mcda.matrix import decision_matrix
from mcda.methods import method
from mcda.result import Array, Result
from mcda.robustness.goal import bar, goal_of, reached, scores_of
from mcda.robustness.grant_needed import weighted_columns
from mcda.robustness.outward import round_to, said, significant
from mcda.study.model import Measure, Study

QUANTITIES = (
    "life_cycle_cost_eur",
    "investment_eur",
    "running_cost_eur_per_year",
    "funding_share",
    "grant_eur",
    "own_contribution_eur",
)
"""What a lower cost changes."""

SHARES = (0.999, 0.998, 0.995, 0.99, 0.98, 0.965, *(0.95 * 0.93**k for k in range(63)))
"""Parts of today's cost tried from the top, down to a hundredth: a grant can jump in between."""

HALVINGS = 10
"""Then the way between the first that does it and the one before is halved that often."""


@dataclass(frozen=True, slots=True)
class CostNeeded:
    """The gross life-cycle cost in EUR at which the target is strictly ahead; `now` is today's.

    Investment and running cost fall in the same proportion and the grant follows its rules. Rounded down to three
    significant digits (finer where little is missing). `floor`: below this cost it is behind again, because a grant is
    lost; None where it stays ahead down to a hundredth of today's cost. `share`: how much of a criterion's whole way
    from worst (0) to best (1) the change is worth.
    """

    now: float
    cost: float
    share: float
    floor: float | None = None


def cost_needed(result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1) -> CostNeeded | None:
    """The highest cost below today's that brings `target` to its goal.

    None where it is there already, where cost has no weight in any form or is not known, where no cost down to a
    hundredth of today's does it, and for methods whose scores depend on the other measures. Raises InputError as
    `goal_of`.
    """
    goal = goal_of(result, target, rivals, top)
    money, columns = result.money[target], weighted_columns(result, QUANTITIES)
    if reached(result, goal) or not columns or not money.cost_known or not method(result.method).fixed_bounds:
        return None
    limit, now = bar(result, goal), float(money.life_cycle_gross)
    as_of = result.scenario.as_of or result.study.study.as_of
    priced = _priced(result.study, as_of, tuple(sorted(set(result.scenario.without_programmes))), target)

    def true(cost: float) -> bool:
        return float(scores_of(result, target, priced.row(cost))[0]) > limit

    exact = _highest(now, true)
    if exact is None:
        return None
    cost = said(exact, now, 0.0, significant(exact), 0, lambda euros: euros > 0 and true(euros))
    if cost is None:
        return None
    row = result.matrix.measures.index(target)
    gained = (priced.row(cost)[0] - result.matrix.values[row])[list(columns)]
    return CostNeeded(now, cost, float(gained.max()), _floor(now, cost, true))


def _floor(now: float, cost: float, true: Callable[[float], bool]) -> float | None:
    """The lowest cost on the grid, going down from `cost`, before it no longer does it: rounded up and true."""
    high = cost
    for low in (now * share for share in SHARES if now * share < cost):
        if true(low):
            high = low
            continue
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if true(middle) else (middle, high)
        near = round_to(high, significant(high), up=False)
        return near if low < near and true(near) else said(high, 0.0, cost, significant(high), 0, true)
    return None


def _highest(now: float, true: Callable[[float], bool]) -> float | None:
    """The highest cost on the grid that does it, refined towards the next higher one."""
    high = now
    for share in SHARES:
        low = now * share
        if not true(low):
            high = low
            continue
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if true(middle) else (low, middle)
        return low
    return None


@dataclass(frozen=True, slots=True)
class _Priced:
    """One measure at other costs: today's values `row_now` (1, n), of which those `computed` change; `rows` keeps what
    has been worked out, by cost in EUR."""

    study: Study
    as_of: date
    without: tuple[str, ...]
    measure: Measure
    cost: Decimal
    row_now: Array
    computed: list[int]
    rows: dict[float, Array] = field(default_factory=dict)

    def row(self, cost: float) -> Array:
        """The measure's values (1, n) if its life-cycle cost were at most `cost`."""
        if cost not in self.rows:
            self.rows[cost] = self._worked_out(cost)
        return self.rows[cost]

    def _worked_out(self, cost: float) -> Array:
        share = Decimal(cost) / self.cost if self.cost else Decimal(1)
        scaled = self.measure.model_copy(
            update={
                name: None if amount is None else (amount * share).quantize(CENT, rounding=ROUND_DOWN)
                for name in ("capex_eur", "opex_eur_per_year")
                for amount in (getattr(self.measure, name),)
            }
        )
        alone = self.study.model_copy(update={"measures": (scaled,)})
        row = self.row_now.copy()
        row[:, self.computed] = decision_matrix(alone, measure_money(alone, self.as_of, self.without))[0].values
        return np.asarray(row)


@lru_cache(maxsize=64)
def _priced(study: Study, as_of: date, without: tuple[str, ...], target: str) -> _Priced:
    """The target in a study of its own: the computed criteria, and the programmes that can bring it money."""
    measure = study.measure_by_id[target]
    named = measure.funding_candidates
    every = not any(m.funding_candidates for m in study.measures)
    alone = study.model_copy(
        update={
            "measures": (measure,),
            "programmes": tuple(p for p in study.programmes if every or p.id in named),
            "ratings": tuple(r for r in study.ratings if r.measure == target),
            "eligibility": tuple(e for e in study.eligibility if e.measure == target),
        }
    )
    money = measure_money(alone, as_of, without)
    row_now = decision_matrix(alone, money)[0].values
    computed = tuple(j for j, leaf in enumerate(study.leaves) if study.criterion_by_id[leaf].kind == "computed")
    leaves = tuple(study.criterion_by_id[study.leaves[j]].model_copy(update={"parent": ""}) for j in computed)
    bare = alone.model_copy(update={"criteria": leaves, "ratings": ()})
    return _Priced(bare, as_of, without, measure, money[target].life_cycle_gross, row_now, list(computed))
