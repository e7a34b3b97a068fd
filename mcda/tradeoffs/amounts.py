"""What implied, corrected and cross-checked trade-offs share: the reference, and gains and losses of value."""

import math
from collections.abc import Mapping

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.methods.levels import ends
from mcda.methods.values import value
from mcda.result import Weights
from mcda.study.model import Criterion, Study


def leaf_weights(study: Study, weights: Weights) -> dict[str, float]:
    """Overall weight by leaf."""
    return dict(zip(study.leaves, weights.leaf.tolist(), strict=True))


def reference_of(study: Study, weight: Mapping[str, float], named: str) -> Criterion:
    """The leaf amounts are counted in: the one named, else the heaviest weighted in euros, else the heaviest.

    Raises InputError for one that is no leaf (with the nearest) or has no weight.
    """
    money = [leaf for leaf in study.leaves if weight[leaf] > 0 and _in_euros(study.criterion_by_id[leaf])]
    chosen = named or max(money or study.leaves, key=lambda leaf: weight[leaf])
    where = Where("weights", column=chosen)
    if chosen not in weight:
        hint: dict[str, Param] = {"value": chosen, "allowed": study.leaves, "nearest": nearest(chosen, study.leaves)}
        raise InputError([Issue("unknown_criterion", where=where, params=hint)])
    if not weight[chosen] > 0:
        raise InputError([Issue("tradeoff_no_weight", where=where, params={"value": chosen})])
    return study.criterion_by_id[chosen]


def gain(leaf: Criterion, step_from: float, step_to: float) -> float:
    """How much value the step adds on its leaf's own scale 0..1."""
    before, after = (float(value(level, leaf)[0]) for level in (step_from, step_to))
    return after - before


def loss(base: Criterion, at: float, worth: float) -> float:
    """How much value changing the reference from `at` by `worth` costs on its scale 0..1.

    Raises InputError when the change is no number, an improvement, or leads beyond the worst level.
    """
    on_scale(at, base)
    rest = ends(base)[0] - at
    slack = 1e-9 * abs(ends(base)[1] - ends(base)[0])
    low, high = sorted((0.0, rest))
    if not (math.isfinite(worth) and low - slack <= worth <= high + slack):
        params: dict[str, Param] = {"value": str(worth), "allowed": f"{low:.10g} … {high:.10g}"}
        raise InputError([Issue("out_of_range", where=Where("weights", column=base.id), params=params)])
    return max(-gain(base, at, at + min(max(worth, low), high)), 0.0)


def on_scale(level: float, criterion: Criterion) -> None:
    """Raises InputError when the level lies outside the criterion's scale or is no number."""
    low, high = sorted(ends(criterion))
    if not low <= level <= high:
        params: dict[str, Param] = {"value": str(level), "allowed": f"{low:.10g} … {high:.10g}"}
        raise InputError([Issue("out_of_range", where=Where("criteria", column=criterion.id), params=params)])


def _in_euros(leaf: Criterion) -> bool:
    return leaf.kind == "computed" and "_eur" in (leaf.quantity or "")
