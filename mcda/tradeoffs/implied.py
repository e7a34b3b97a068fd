"""What weights say in plain amounts: one step on a criterion is worth so many euros (or steps of another) more.

Additive model: levels x and y are worth the same when sum w_j v_j(x_j) = sum w_j v_j(y_j), so an improvement dv on one
criterion pays for a loss w_j dv / w_ref on the reference (Keeney & Raiffa 1976, ch. 3.4-3.7). The loss becomes an
amount through the reference's value function, hence only at a named level: a curve has no exchange rate of its own.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mcda.methods.levels import ends, level_of
from mcda.methods.values import value
from mcda.result import Weights
from mcda.study.model import Criterion, Study
from mcda.tradeoffs.amounts import gain, leaf_weights, on_scale, reference_of


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Improving `leaf` from `step_from` to `step_to` is worth changing `reference` from `at` to `at + worth`.

    Levels and `worth` in the criteria's own units; `worth` has the sign of the change: more euros to pay are positive,
    points of a criterion where more is better given up are negative. `beyond`: the step is worth more than all that is
    left of the reference from `at` to its worst level; `worth` is then that whole rest.
    """

    leaf: str
    step_from: float
    step_to: float
    reference: str
    at: float
    worth: float
    beyond: bool


def trade_offs(
    study: Study, weights: Weights, *, reference: str = "", at: float | None = None, leaves: Collection[str] = ()
) -> tuple[TradeOff, ...]:
    """For every weighted leaf but the reference: what one step on it may cost on the reference, by these weights.

    `weights.leaf` in the order of `study.leaves`. `reference` is by default the heaviest weighted leaf counted in
    euros, else the heaviest leaf (the first of equals). `at` is the level of the reference the loss starts from, by
    default the one of value 1/2, rounded to two digits. The step is the criterion's own (`step`), the middle one of
    its scale (on a straight value function each is worth the same); without a step the middle tenth of the scale, on
    a logarithmic one the middle tenth in ratios. `leaves`: only these, where any are named. One weighted leaf has
    nothing to trade: no lines.
    Raises InputError: reference unknown (with the nearest) or without weight, `at` outside its scale, value functions
    that cannot be read backwards.
    """
    weight = leaf_weights(study, weights)
    base = reference_of(study, weight, reference)
    start = _middle_level(base) if at is None else at
    on_scale(start, base)
    others = (leaf for leaf in leaves or study.leaves if weight[leaf] > 0 and leaf != base.id)
    return tuple(_trade(study.criterion_by_id[leaf], base, start, weight) for leaf in others)


def _trade(leaf: Criterion, base: Criterion, at: float, weight: Mapping[str, float]) -> TradeOff:
    """One line: the step's gain in value, paid for on the reference from `at` on."""
    step_from, step_to = _middle_step(leaf)
    loss = weight[leaf.id] * gain(leaf, step_from, step_to) / weight[base.id]
    start, lowest = (float(value(level, base)[0]) for level in (at, ends(base)[0]))
    beyond = loss > start - lowest + 1e-12
    until = ends(base)[0] if beyond else level_of(max(start - loss, lowest), base)
    return TradeOff(leaf.id, step_from, step_to, base.id, at, until - at if loss > 0 else 0.0, beyond)


def _middle_step(leaf: Criterion) -> tuple[float, float]:
    """The step in the middle of the scale, upwards in worth: of an even number the one that starts in the middle."""
    worst, best = ends(leaf)
    span, direction = abs(best - worst), math.copysign(1.0, best - worst)
    if leaf.step > 0:
        count = max(math.floor(span / leaf.step + 1e-9), 1)
        start = worst + direction * leaf.step * min(count // 2, count - 1)
        return start, start + direction * min(leaf.step, span)
    if leaf.value_function == "logarithmic":
        return level_of(0.45, leaf), level_of(0.55, leaf)
    return worst + 0.45 * (best - worst), worst + 0.55 * (best - worst)


def _middle_level(base: Criterion) -> float:
    """The level of value 1/2 in two digits, or as it is on a scale so narrow that rounding would leave it."""
    level = level_of(0.5, base)
    rounded = float(f"{level:.1e}")
    low, high = sorted(ends(base))
    return rounded if low < rounded < high else level
