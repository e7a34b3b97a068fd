"""Somebody's own answer to one trade-off question, held against what their weights say."""

from mcda.errors import Finding, InputError, Issue, Param, Where, nearest
from mcda.result import Weights
from mcda.study.model import Study
from mcda.tradeoffs.amounts import gain, leaf_weights, loss
from mcda.tradeoffs.implied import trade_offs

FACTOR = 2.0
"""Amounts further apart than this are told as a contradiction. A product default, no figure of the literature."""


def cross_check(
    study: Study,
    weights: Weights,
    leaf: str,
    worth: float,
    at: float | None = None,
    *,
    reference: str = "",
    factor: float = FACTOR,
) -> Finding | None:
    """Somebody's own answer to one trade-off question against what the weights say; None when they agree.

    `worth` and `at` as in `TradeOff`, for the step `trade_offs` asks about. The finding `tradeoff_disagrees` (warning)
    names both amounts (the implied one in three digits) when one is more than `factor` times the other; where the
    weights ask for more than the scale holds (`tradeoff_disagrees_beyond`), the losses of value are compared. An
    answer of 0 agrees only with 0.
    Raises InputError as `trade_offs` and `correct`, and for a leaf that is not weighted.
    """
    found = {trade.leaf: trade for trade in trade_offs(study, weights, reference=reference, at=at)}
    if leaf not in found:
        hint: dict[str, Param] = {"value": leaf, "allowed": tuple(found), "nearest": nearest(leaf, found)}
        raise InputError([Issue("unknown_criterion", where=Where("weights", column=leaf), params=hint)])
    trade, base = found[leaf], study.criterion_by_id[found[leaf].reference]
    said, implied = abs(worth), abs(trade.worth)
    lost = loss(base, trade.at, worth)
    if trade.beyond:
        weight = leaf_weights(study, weights)
        gained = gain(study.criterion_by_id[leaf], trade.step_from, trade.step_to)
        said, implied = lost, weight[leaf] * gained / weight[base.id]
    if max(said, implied) <= factor * min(said, implied):
        return None
    told: dict[str, Param] = {"criterion": leaf, "reference": base.id, "unit": base.unit, "at": trade.at}
    told |= {"step_from": trade.step_from, "step_to": trade.step_to, "said": abs(worth)}
    told["implied"] = abs(trade.worth) if trade.beyond else float(f"{abs(trade.worth):.3g}")  # nobody means cents here
    code = "tradeoff_disagrees_beyond" if trade.beyond else "tradeoff_disagrees"
    return Finding(code, "warning", Where("weights", column=leaf), told)
