"""Which weights move: those of the top criteria while everything below stays, or every leaf's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mcda.result import Array, Result
from mcda.study.model import Study
from mcda.weights.tree import combine

Level = Literal["top", "leaves"]


@dataclass(frozen=True, slots=True)
class WeightLevers:
    """The weights that can be moved: `criteria` with their overall weights `now` (p,), summing to 1.

    Leaf weights are `shares @ spread` with `spread` (p, n): linear in what is moved.
    """

    level: Level
    criteria: tuple[str, ...]
    now: Array
    spread: Array


def top_levers(result: Result) -> WeightLevers:
    """The weights of the top criteria; the local weights below them stay."""
    study = result.study
    tops = study.children[""]
    below = combine(study, {**result.weights.local, **dict.fromkeys(tops, 1.0)})
    spread = np.array([[below[leaf] if study.top_of(leaf) == top else 0.0 for leaf in study.leaves] for top in tops])
    return WeightLevers("top", tops, np.array([result.weights.local[top] for top in tops]), spread)


def leaf_levers(result: Result) -> WeightLevers:
    """The overall weight of every leaf by itself."""
    count = len(result.matrix.leaves)
    return WeightLevers("leaves", result.matrix.leaves, np.array(result.weights.leaf), np.eye(count))


def points_for(study: Study, leaf: Array, local: Mapping[str, float]) -> dict[str, float]:
    """Points of every criterion among its siblings (100 in each group) that give the leaf weights `leaf` (n,).

    For a scenario's weights. A group that has no weight at all keeps the `local` weights it had.
    """
    overall: dict[str, float] = dict(zip(study.leaves, leaf.tolist(), strict=True))

    def total(node: str) -> float:
        below = study.children.get(node, ())
        if below:
            overall[node] = sum(total(child) for child in below)
        return overall[node]

    total("")
    points: dict[str, float] = {}
    for parent, siblings in study.children.items():
        whole = overall[parent]
        points |= {s: 100 * (overall[s] / whole if whole > 0 else local[s]) for s in siblings}
    return points
