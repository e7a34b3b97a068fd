"""How large a grant would have to be for a measure to reach its goal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from mcda.funding.costs import ZERO, cents
from mcda.funding.money import own_part
from mcda.funding.records import MeasureMoney
from mcda.methods import method
from mcda.methods.values import value
from mcda.result import Array, Result
from mcda.robustness.goal import bar, goal_of, reached, scores_of
from mcda.robustness.outward import said, significant
from mcda.study.model import Measure

QUANTITIES = ("funding_share", "grant_eur", "own_contribution_eur")
"""What a grant changes."""

HALVINGS = 48


@dataclass(frozen=True, slots=True)
class GrantNeeded:
    """The grant in EUR from which on the target is strictly ahead, its cost as it is; `now` is today's.

    Rounded up to three significant digits (finer where little is missing), at most what is to be paid at all. `share`:
    how much of a criterion's whole way from worst (0) to best (1) the change is worth.
    """

    now: float
    grant: float
    share: float


def grant_needed(result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1) -> GrantNeeded | None:
    """The smallest grant that brings `target` to its goal through funding share, grant or own contribution.

    None where it is there already, where no such criterion has weight, the cost is not known, not even a grant of the
    whole cost does it, and for methods whose scores depend on the other measures. Raises InputError as `goal_of`.
    """
    goal = goal_of(result, target, rivals, top)
    money, columns = result.money[target], weighted_columns(result, QUANTITIES)
    if reached(result, goal) or not columns or not money.cost_known or not method(result.method).fixed_bounds:
        return None
    limit, now, most = bar(result, goal), float(money.grant), float(_to_pay(money))

    def true(grant: float) -> bool:
        return float(scores_of(result, target, _row(result, target, columns, grant))[0]) > limit

    if most <= now or not true(most):
        return None
    low, high = now, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if true(middle) else (middle, high)
    grant = said(high, now, most, significant(high), 0, true)
    if grant is None:
        return None
    row = result.matrix.measures.index(target)
    gained = (_row(result, target, columns, grant)[0] - result.matrix.values[row])[list(columns)]
    return GrantNeeded(now, grant, float(gained.max()))


def weighted_columns(result: Result, quantities: Sequence[str]) -> tuple[int, ...]:
    """The columns computed from one of these quantities that have any weight."""
    leaves = [result.study.criterion_by_id[leaf] for leaf in result.matrix.leaves]
    return tuple(j for j, leaf in enumerate(leaves) if leaf.quantity in quantities and result.weights.leaf[j] > 0)


def _to_pay(money: MeasureMoney) -> Decimal:
    return money.life_cycle_gross - money.recoverable_vat


def _row(result: Result, target: str, columns: Sequence[int], grant: float) -> Array:
    """The target's values (1, n) with another grant."""
    matrix, study = result.matrix, result.study
    levels = _levels(study.measure_by_id[target], result.money[target], cents(Decimal(grant)))
    values = matrix.values[[matrix.measures.index(target)]].copy()
    for j in columns:
        criterion = study.criterion_by_id[matrix.leaves[j]]
        values[0, j] = value(levels[str(criterion.quantity)], criterion)[0]
    return np.asarray(values)


def _levels(measure: Measure, money: MeasureMoney, grant: Decimal) -> Mapping[str, float]:
    cost = money.life_cycle_gross
    return {
        "funding_share": float(grant / cost) if cost > 0 else 0.0,
        "grant_eur": float(grant),
        "own_contribution_eur": float(own_part(measure, max(_to_pay(money) - grant, ZERO))[0]),
    }
