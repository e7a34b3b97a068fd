"""Studies of rated criteria alone, made of plain numbers: the values are the ratings."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from mcda.evaluate import evaluate
from mcda.result import Array, Result
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Rating
from small import measure, small_study


def rated(values: ArrayLike, weights: Sequence[float], method: str = "topsis", groups: Sequence[int] = ()) -> Result:
    """Measures A0, A1, ... rated 0..1 on c0, c1, ...; `groups`: how many leaves stand under each top criterion g0, ...

    `weights` are those of the leaves; a group has the sum of its leaves.
    """
    worth = np.asarray(values, dtype=np.float64)
    leaves = [f"c{j}" for j in range(worth.shape[1])]
    parents = [f"g{g}" for g, size in enumerate(groups) for _ in range(size)] or [""] * len(leaves)
    criteria = [
        Criterion(id=top, label_de=top, weight=sum(w for w, p in zip(weights, parents, strict=True) if p == top))
        for top in dict.fromkeys(filter(None, parents))
    ] + [
        Criterion(id=c, parent=p, label_de=c, best=1, worst=0, weight=w)
        for c, p, w in zip(leaves, parents, weights, strict=True)
    ]
    names = [f"A{i}" for i in range(len(worth))]
    study = small_study(
        criteria=tuple(criteria),
        measures=tuple(measure(name, 1000) for name in names),
        ratings=tuple(
            Rating(measure=name, criterion=c, value=float(worth[i, j]))
            for i, name in enumerate(names)
            for j, c in enumerate(leaves)
        ),
    )
    return evaluate(study, Scenario(method=method))


def simplex(columns: int, steps: int) -> Array:
    """All weight vectors whose parts are multiples of 1 / steps."""
    axes = np.meshgrid(*[np.arange(steps + 1)] * (columns - 1), indexing="ij")
    free = np.stack([axis.ravel() for axis in axes], axis=1)
    free = free[free.sum(axis=1) <= steps]
    return np.asarray(np.column_stack([free, steps - free.sum(axis=1)]) / steps)
