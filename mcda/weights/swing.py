"""Swing weights: how much the step from a criterion's worst to its best level matters, the largest step being 100."""

from collections.abc import Mapping, Sequence

from mcda.errors import Finding, InputError, Param, Where
from mcda.result import Source, Weights
from mcda.weights.answers import by_label, points_issues
from mcda.weights.record import sibling_weights

LARGEST_SWING = 100.0


def elicit_swing(points: Mapping[str, float], items: Sequence[str], parent: str = "") -> Weights:
    """Weights of the siblings `items` from what each step from worst to best is worth: w_j = s_j / sum s.

    `points` by criterion id in 0..100, in any order; the largest should be 100. When it is not, the finding
    `swing_not_100` names the criterion that was largest (the first of several) and its points: the weights are the
    same as if all had been scaled up. Equal points are equal weights, zero points no weight, one criterion has all.
    Raises InputError with every issue, each naming its criterion: unknown, missing, negative, above 100, not a
    number, all zero.
    Source: von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8; Goodwin & Wright,
    Decision Analysis for Management Judgment, ch. 3.
    """
    points = by_label(points)
    if issues := points_issues(points, items, LARGEST_SWING):
        raise InputError(issues)
    largest = max(items, key=lambda key: points[key])
    told: dict[str, Param] = {"parent": parent, "criterion": largest, "points": float(points[largest])}
    found = () if points[largest] == LARGEST_SWING else (Finding("swing_not_100", "note", Where("weights"), told),)
    return sibling_weights(items, [points[key] for key in items], Source(parent, "swing"), findings=found)
