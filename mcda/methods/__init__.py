"""Ranking methods, one file each; every one scores a whole stack of weight vectors at once.

`METHODS` maps the ids of the own methods to their records; `method` resolves these and 'pymcdm:NAME'.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from mcda.errors import InputError, Issue, Param, nearest
from mcda.methods import from_pymcdm
from mcda.methods.inputs import Array
from mcda.methods.topsis import topsis, topsis_minmax, topsis_split, topsis_vector
from mcda.methods.weighted_product import weighted_product
from mcda.methods.weighted_sum import weighted_sum, weighted_sum_split
from mcda.result import DecisionMatrix

PREFIX = "pymcdm:"


@dataclass(frozen=True, slots=True)
class Method:
    """A way to rank. `score(matrix, weights[k, n]) -> [k, m]`, higher is better.

    `split(matrix, weights[n]) -> [m, n]`: the score shared among the criteria, rows sum to the score.
    `fixed_bounds`: a measure's score depends on no other measure, so a newcomer never reorders the old ones.
    """

    id: str
    fixed_bounds: bool
    score: Callable[[DecisionMatrix, Array], Array]
    split: Callable[[DecisionMatrix, Array], Array]


def method(name: str) -> Method:
    """The method of that name: one of `METHODS`, or 'pymcdm:NAME' with NAME in `from_pymcdm.NAMES`.

    Raises InputError (unknown_method) naming the allowed names and the nearest one.
    """
    if name in METHODS:
        return METHODS[name]
    if name.removeprefix(PREFIX) in from_pymcdm.NAMES and name.startswith(PREFIX):
        return _foreign(name.removeprefix(PREFIX))
    allowed = (*METHODS, *(PREFIX + other for other in from_pymcdm.NAMES))
    hint: dict[str, Param] = {"value": name, "allowed": allowed, "nearest": nearest(name, allowed)}
    raise InputError([Issue("unknown_method", params=hint)])


def share_by_value(scores: Array, values: Array, weights: Array) -> Array:
    """Scores (m,) shared in proportion to weight times value: (m, n), the split of a method without one of its own."""
    parts = weights * values
    total = parts.sum(axis=1, keepdims=True)
    even = np.full_like(parts, 1.0 / max(parts.shape[1], 1))
    return cast(Array, scores[:, None] * np.divide(parts, total, out=even, where=total > 0))


def _own(name: str, kernel: Callable[[Array, Array], Array], split: Callable[[Array, Array], Array] | None) -> Method:
    def score(matrix: DecisionMatrix, weights: Array) -> Array:
        return kernel(matrix.values, weights)

    def shares(matrix: DecisionMatrix, weights: Array) -> Array:
        assert split is not None
        return split(matrix.values, weights)

    return Method(name, True, score, shares if split else _shared(score))


def _on_data(name: str, kernel: Callable[[Array, Array, Array], Array]) -> Method:
    def score(matrix: DecisionMatrix, weights: Array) -> Array:
        return kernel(matrix.raw, weights, matrix.senses)

    return Method(name, False, score, _shared(score))


def _foreign(name: str) -> Method:
    """A second opinion of pymcdm on the same values, declared bounds 0 and 1, every criterion a benefit.

    Methods defined by cost criteria (`from_pymcdm.NEEDS_COST`) see the raw figures and their senses.
    """

    def score(matrix: DecisionMatrix, weights: Array) -> Array:
        if name in from_pymcdm.NEEDS_COST:
            return from_pymcdm.score(name, matrix.raw, weights, matrix.senses)
        count = len(matrix.leaves)
        bounds = np.tile([0.0, 1.0], (count, 1))
        return from_pymcdm.score(name, matrix.values, weights, np.ones(count), bounds=bounds)

    return Method(PREFIX + name, name in from_pymcdm.ON_BOUNDS, score, _shared(score))


def _shared(score: Callable[[DecisionMatrix, Array], Array]) -> Callable[[DecisionMatrix, Array], Array]:
    def split(matrix: DecisionMatrix, weights: Array) -> Array:
        flat = np.atleast_1d(np.squeeze(weights))
        return share_by_value(score(matrix, flat[None, :])[0], matrix.values, flat)

    return split


METHODS: Mapping[str, Method] = {
    entry.id: entry
    for entry in (
        _own("topsis", topsis, topsis_split),
        _own("weighted_sum", weighted_sum, weighted_sum_split),
        _own("weighted_product", weighted_product, None),
        _on_data("topsis_vector", topsis_vector),
        _on_data("topsis_minmax", topsis_minmax),
    )
}

__all__ = ["METHODS", "PREFIX", "Method", "method", "share_by_value"]
