"""Whose weights may be held side by side: only what people were asked themselves, never the study's points for them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.result import Array, Weights
from mcda.study.model import Study
from mcda.weights.group import answered_by


@dataclass(frozen=True, slots=True)
class Comparable:
    """The weights (k, n) of `people` about the same `items` (leaves, or the main criteria), rows summing to 1.

    `left_out`: members of the group who did not answer all that is compared.
    """

    people: tuple[str, ...]
    items: tuple[str, ...]
    stack: Array
    left_out: tuple[str, ...]


def comparable(study: Study, weights: Mapping[str, Weights]) -> Comparable:
    """What can be compared of people's weights of the whole tree: all leaves where everybody who answered about the
    main criteria answered every group that anybody was asked about, else the main criteria alone.

    `weights` by person, whose sources say which groups they answered. Where fewer than two answered about the main
    criteria, those who answered everything asked; nobody comparable: no rows.
    """
    asked = [parent for parent in study.children if answered_by(weights, parent)]
    whole = tuple(who for who in weights if all(who in answered_by(weights, parent) for parent in asked))
    top = answered_by(weights, "")
    if set(whole) == set(top) or len(top) < 2:
        stack = np.array([weights[who].leaf for who in whole]).reshape(len(whole), len(study.leaves))
        return Comparable(whole, study.leaves, stack, tuple(who for who in weights if who not in whole))
    items = study.children[""]
    stack = np.array([[weights[who].local[item] for item in items] for who in top])
    return Comparable(top, items, stack, tuple(who for who in weights if who not in top))
