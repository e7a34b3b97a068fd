"""The same list with one measure less or more: what a method whose scale comes from the list makes of the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mcda.errors import MethodError
from mcda.methods import Method
from mcda.methods.values import value
from mcda.ranking import competition_ranks, quantise
from mcda.result import Array, DecisionMatrix
from mcda.study.model import Criterion, Study

Rows = NDArray[np.int64]
Kind = Literal["without", "best", "worst", "copy"]


@dataclass(frozen=True, slots=True)
class Probe:
    """One list to try: `without` a measure, with one more at the `best` or the `worst` end of every scale, or with a
    `copy` of one. `measure`: which is left out or copied, empty for the ends. `kept`: rows of the old list, first in
    the new `matrix`."""

    kind: Kind
    measure: str
    matrix: DecisionMatrix
    kept: Rows


@dataclass(frozen=True, slots=True)
class Change:
    """What a probe did to the measures in both lists: how many of their pairs changed places (`swapped`; becoming or
    ceasing to be equal is no change), an `example` (was ahead, is now behind; the one highest up), and whether the
    first place moved: nobody who was first among them still is."""

    probe: Probe
    swapped: int
    first_moved: bool
    example: tuple[str, str] | tuple[()]


def changes(study: Study, method: Method, matrix: DecisionMatrix, leaf_weights: Array) -> Iterator[Change]:
    """Leave out each measure once, add one at either end of all scales and a copy of the first: what changes for the
    others. O(m) rankings; probes the method cannot answer are left out, and fewer than two measures have no order.

    Raises MethodError where the method has no answer for the list as it is.
    """
    scores = quantise(method.score(matrix, leaf_weights[None, :])[0])
    if len(scores) < 2:
        return
    for probe in probes(study, matrix, int(np.argmax(scores))):
        try:
            after = quantise(method.score(probe.matrix, leaf_weights[None, :])[0])
        except MethodError:
            continue
        yield _change(probe, scores[probe.kept], after[: len(probe.kept)])


def probes(study: Study, matrix: DecisionMatrix, first: int) -> Iterator[Probe]:
    """The lists to try; `first` is the row to copy. The ends are those declared for the scales, not those present."""
    everyone = np.arange(len(matrix.measures))
    for left_out in everyone:
        kept = np.delete(everyone, left_out)
        names = tuple(matrix.measures[i] for i in kept)
        raw, values, low, high = (cells[kept] for cells in _cells(matrix))
        less = replace(matrix, measures=names, raw=raw, values=values, low=low, high=high)
        yield Probe("without", matrix.measures[left_out], less, kept)
    leaves = [study.criterion_by_id[leaf] for leaf in matrix.leaves]
    best, worst = (np.array([_end(leaf, best=best) for leaf in leaves]).T for best in (True, False))
    yield Probe("best", "", _with(matrix, *best), everyone)
    yield Probe("worst", "", _with(matrix, *worst), everyone)
    yield Probe("copy", matrix.measures[first], _with(matrix, matrix.raw[first], matrix.values[first]), everyone)


def _cells(matrix: DecisionMatrix) -> tuple[Array, Array, Array, Array]:
    return matrix.raw, matrix.values, matrix.low, matrix.high


def _end(leaf: Criterion, *, best: bool) -> tuple[float, float]:
    """The level at one end of a criterion's scale and what it is worth; a curve of its own may turn in between."""
    ends = [level for level, _ in leaf.value_points] if leaf.value_function == "piecewise" else [leaf.best, leaf.worst]
    levels = np.array(ends, dtype=np.float64)
    worths = value(levels, leaf)[0]
    at = int(np.argmax(worths) if best else np.argmin(worths))
    return float(levels[at]), float(worths[at])


def _with(matrix: DecisionMatrix, level: Array, worth: Array) -> DecisionMatrix:
    rows = (level, worth, worth, worth)
    raw, values, low, high = (np.vstack([cells, row]) for cells, row in zip(_cells(matrix), rows, strict=True))
    return replace(matrix, measures=(*matrix.measures, ""), raw=raw, values=values, low=low, high=high)


def _change(probe: Probe, before: Array, after: Array) -> Change:
    old, new = (competition_ranks(scores).astype(np.int32) for scores in (before, after))
    swaps = (old[:, None] < old[None, :]) & (new[:, None] > new[None, :])
    swapped = int(np.count_nonzero(swaps))
    first_moved = len(old) > 0 and not ((old == 1) & (new == 1)).any()
    example: tuple[str, str] | tuple[()] = ()
    if swapped:
        overtaken = min(np.flatnonzero(swaps.any(axis=1)), key=lambda i: old[i])
        by = min(np.flatnonzero(swaps[overtaken]), key=lambda i: old[i])
        example = (probe.matrix.measures[overtaken], probe.matrix.measures[by])
    return Change(probe, swapped, bool(first_moved), example)
