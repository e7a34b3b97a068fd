"""Checks of the order found: dominated measures, and what a method's dependence on the list does to it."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mcda.errors import Finding, MethodError, Param, Where
from mcda.methods import Method
from mcda.ranking import quantise
from mcda.result import Array, DecisionMatrix

Rows = NDArray[np.int64]

DOMINANT_SHARE = 0.7
"""Above this effective share one criterion decides nearly alone (V13, a product default)."""


def dominated(matrix: DecisionMatrix) -> Iterator[Finding]:
    """Measures that another one matches or beats on every criterion, one finding each (the first such rival)."""
    v = matrix.values
    if not v.size:
        return
    at_least = np.all(v[:, None, :] >= v[None, :, :], axis=2)
    better = at_least & np.any(v[:, None, :] > v[None, :, :], axis=2)
    for column in np.flatnonzero(better.any(axis=0)):
        rivals = np.flatnonzero(better[:, column])
        params: dict[str, Param] = {
            "measure": matrix.measures[int(column)],
            "by": matrix.measures[int(rivals[0])],
            "count": len(rivals),
        }
        yield Finding("dominated", "note", Where("measures"), params)


def squared_weights(method: Method, matrix: DecisionMatrix, leaf_weights: Array) -> Iterator[Finding]:
    """Hwang & Yoon's distance squares the weights: what they then amount to (V13)."""
    if method.id not in {"topsis_vector", "topsis_minmax"}:
        return
    shares = leaf_weights**2 / np.sum(leaf_weights**2)
    top = int(np.argmax(shares))
    params: dict[str, Param] = {
        "criterion": matrix.leaves[top],
        "percent": round(100 * float(leaf_weights[top])),
        "effective": round(100 * float(shares[top])),
    }
    yield Finding("squared_weights", "strong" if shares[top] > DOMINANT_SHARE else "warning", Where("criteria"), params)


def rank_reversal(method: Method, matrix: DecisionMatrix, leaf_weights: Array, scores: Array) -> Iterator[Finding]:
    """Probe of methods whose scale comes from the list (V20): leave out each measure once, add a best, a worst,
    and a copy of the first; how often does the order of the others change, and does the first place?"""
    if method.fixed_bounds or len(scores) < 3:
        return
    others = [_without(matrix, kept) for kept in _leave_one_out(len(scores))]
    others += [(_with(matrix, row), np.arange(len(scores))) for row in _newcomers(matrix, scores)]
    changed = [found for probe, kept in others if (found := _differs(method, probe, leaf_weights, scores[kept]))]
    reversals = sum(order for order, _ in changed)
    if reversals:
        params: dict[str, Param] = {
            "changes": reversals,
            "probes": len(changed),
            "first": sum(first for _, first in changed),
        }
        yield Finding("rank_reversal", "strong", Where("measures"), params)


def _leave_one_out(count: int) -> Iterator[Rows]:
    for left_out in range(count):
        yield np.delete(np.arange(count), left_out)


def _newcomers(matrix: DecisionMatrix, scores: Array) -> Iterator[tuple[Array, Array]]:
    oriented = matrix.raw * matrix.senses
    yield np.ones(len(matrix.leaves)), oriented.max(axis=0) * matrix.senses
    yield np.zeros(len(matrix.leaves)), oriented.min(axis=0) * matrix.senses
    first = int(np.argmax(scores))
    yield matrix.values[first], matrix.raw[first]


def _without(matrix: DecisionMatrix, kept: Rows) -> tuple[DecisionMatrix, Rows]:
    names = tuple(matrix.measures[i] for i in kept)
    return replace(matrix, measures=names, raw=matrix.raw[kept], values=matrix.values[kept]), kept


def _with(matrix: DecisionMatrix, newcomer: tuple[Array, Array]) -> DecisionMatrix:
    values, raw = newcomer
    return replace(
        matrix,
        measures=(*matrix.measures, ""),
        raw=np.vstack([matrix.raw, raw]),
        values=np.vstack([matrix.values, values]),
    )


def _differs(method: Method, probe: DecisionMatrix, weights: Array, before: Array) -> tuple[bool, bool] | None:
    """Whether some pair changed places, and whether the best did; None where the method has no answer."""
    try:
        after = quantise(method.score(probe, weights[None, :])[0])[: len(before)]
    except MethodError:
        return None
    swapped = np.any((before[:, None] > before[None, :]) & (after[:, None] < after[None, :]))
    return bool(swapped), bool(after[int(np.argmax(before))] < after.max())
