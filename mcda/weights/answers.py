"""Answers by criterion, checked in one place: what every elicitation that asks for one figure per criterion refuses."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.scenario import LARGEST_WEIGHT


def by_label(answers: Any) -> dict[str, Any]:
    """Answers as a plain dictionary, from a mapping or from a pandas Series by its index; numpy's numbers become plain.

    Raises InputError for labels that stand twice in a Series, and for figures without labels (a list, an array):
    nothing is ever taken by position.
    """
    if isinstance(answers, pd.Series):
        labels = [str(label) for label in answers.index]
        double = dict.fromkeys(label for n, label in enumerate(labels) if label in labels[:n])
        if double:
            raise InputError([Issue("label_twice", where=_at(label), params={"value": label}) for label in double])
        answers = dict(zip(labels, answers.tolist(), strict=True))
    if not isinstance(answers, Mapping):
        raise InputError([Issue("answers_without_labels", where=Where("weights"), params={"value": str(answers)[:40]})])
    return {str(key): value.item() if isinstance(value, np.generic) else value for key, value in answers.items()}


def figure_issues(
    answers: Mapping[str, object], items: Sequence[str], *, largest: float = LARGEST_WEIGHT, smallest: float = 0.0
) -> list[Issue]:
    """What keeps the figures given from being usable; each issue names its criterion as the column.

    Unknown criteria (with the nearest), text or NaN or infinity, negative figures, figures outside
    `smallest`..`largest`. Empty when all is well. `items` are the siblings asked about.
    Raises ValueError when `items` is empty or names a criterion twice: that is no question at all.
    """
    if not items or len(set(items)) < len(items):
        raise ValueError(f"not a group of criteria: {tuple(items)}")
    found = (
        _figure_issue(given, smallest, largest, _at(key)) if key in items else _unknown(key, items)
        for key, given in answers.items()
    )
    return [issue for issue in found if issue is not None]


def answer_issues(
    answers: Mapping[str, object], items: Sequence[str], *, largest: float = LARGEST_WEIGHT, smallest: float = 0.0
) -> list[Issue]:
    """`figure_issues`, and each criterion without an answer."""
    issues = figure_issues(answers, items, largest=largest, smallest=smallest)
    missing = [key for key in items if key not in answers]
    return issues + [Issue("answer_missing", where=_at(key), params={"value": key}) for key in missing]


def points_issues(points: Mapping[str, object], items: Sequence[str], largest: float = LARGEST_WEIGHT) -> list[Issue]:
    """`answer_issues` of points, and that some criterion has more than zero."""
    issues = answer_issues(points, items, largest=largest)
    if not issues and not any(points.values()):
        issues.append(Issue("weights_all_zero", where=Where("weights"), params={"value": tuple(items)}))
    return issues


def _unknown(key: str, items: Sequence[str]) -> Issue:
    hint: dict[str, Param] = {"value": key, "allowed": tuple(items), "nearest": nearest(key, items)}
    return Issue("unknown_criterion", where=_at(key), params=hint)


def _figure_issue(given: object, smallest: float, largest: float, where: Where) -> Issue | None:
    """Why this is no usable figure. True and False are no figures."""
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        return Issue("not_a_number", where=where, params={"value": str(given)})
    if given < 0 and smallest == 0:
        return Issue("weight_negative", where=where, params={"value": float(given)})
    if not smallest <= given <= largest:
        open_end = f"≥ {smallest:.0f}" if given < smallest else f"≤ {largest:.0f}"
        allowed = f"{smallest:.0f} … {largest:.0f}" if largest < LARGEST_WEIGHT else open_end
        return Issue("out_of_range", where=where, params={"value": float(given), "allowed": allowed})
    return None


def _at(criterion: str) -> Where:
    return Where("weights", column=criterion)
