"""Correcting weights by correcting one amount: no, that step is worth so much."""

from collections.abc import Mapping

from mcda.errors import InputError, Issue, Where
from mcda.result import Weights
from mcda.study.model import Study
from mcda.tradeoffs.amounts import gain, leaf_weights, loss, reference_of
from mcda.tradeoffs.implied import TradeOff
from mcda.weights.direct import TOTAL


def correct(study: Study, weights: Weights, trade: TradeOff, worth: float) -> dict[str, float]:
    """The weights after somebody says: no, that step is worth `worth`. Points per criterion of the whole tree.

    The weight of the trade's leaf changes against the reference, all other leaves keep their proportion to the
    reference, and the tree is filled from the leaves up: points sum to 100 in each sibling group, and `combine`
    gives exactly the corrected leaf weights. A group without any weight keeps its points. Read again, the trade-off
    gives the amount said (where the reference's curve is flat, an amount of the same value). 0 takes all weight
    from the leaf. Raises InputError: `worth` no number, of the wrong sign or beyond the reference's scale, a step
    without value or a reference without weight.
    """
    weight = leaf_weights(study, weights)
    base = reference_of(study, weight, trade.reference)
    gained = gain(study.criterion_by_id[trade.leaf], trade.step_from, trade.step_to)
    lost = loss(base, trade.at, worth)
    if gained <= 0 or (lost == 0 and worth != 0):
        flat = trade.leaf if gained <= 0 else base.id
        raise InputError([Issue("tradeoff_flat", where=Where("weights", column=flat), params={"value": flat})])
    changed = weight | {trade.leaf: abs(weight[base.id] * lost / gained)}
    return _points_from_leaves(study, changed, weights)


def _points_from_leaves(study: Study, leaf_weight: Mapping[str, float], weights: Weights) -> dict[str, float]:
    """Points among siblings, in the order of the criteria, whose products down the tree are in proportion to the
    leaf weights."""
    totals: dict[str, float] = {}

    def total(node: str) -> float:
        below = study.children.get(node, ())
        totals[node] = sum(total(child) for child in below) if below else leaf_weight[node]
        return totals[node]

    total("")
    return {
        criterion.id: TOTAL * totals[criterion.id] / totals[criterion.parent]
        if totals[criterion.parent] > 0
        else TOTAL * weights.local[criterion.id]
        for criterion in study.criteria
    }
