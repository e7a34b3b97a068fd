"""Weights computed from the figures alone: a look at which criteria tell the measures apart, nobody's preference."""

from collections.abc import Callable, Mapping

import numpy as np

from mcda.errors import Finding
from mcda.result import Array, DecisionMatrix, Source, Weights
from mcda.weights.record import sibling_weights

NAMES = ("entropy", "critic", "merec")

FLOOR = 0.01
"""MEREC takes logarithms: the values 0..1 are moved to FLOOR..1, or a level at its worst bound would weigh without
limit. A product default, no figure of the literature."""

CONSTANT = 1e-4
"""Values that differ by less do not tell measures apart (and their spread drowns in rounding)."""


def objective_weights(matrix: DecisionMatrix) -> dict[str, Weights]:
    """How strongly each leaf spreads the measures, by method: `entropy`, `critic`, `merec`.

    All three see the values 0..1 on the declared bounds (1 is best), so every criterion is one where more is better.
    Weights (n,) in the order of `matrix.leaves`, summing to 1. A criterion with one value for all measures gets 0
    (finding `objective_constant`). Where none tells the measures apart, as with a single measure, all weigh the same
    (`objective_no_spread`); criteria that run exactly parallel leave CRITIC without an answer, they share its weight
    equally (`objective_parallel`). Every result carries the finding `objective_not_preference`.
    Raises ValueError for a matrix without leaves or with values outside 0..1.
    Sources: entropy, Shannon 1948 in Hwang & Yoon (1981), ch. 3, with 0 log 0 = 0; CRITIC, Diakoulaki, Mavrotas &
    Papayannakis (1995); MEREC, Keshavarz-Ghorabaee et al. (2021), on values moved to `FLOOR`..1 (finding
    `objective_moved`). Computed by pymcdm.
    """
    values = matrix.values
    if not matrix.leaves or (values.size and not (values.min() >= 0 and values.max() <= 1)):
        raise ValueError("objective weights need criteria with values in 0..1")
    spread = np.ptp(values, axis=0) > CONSTANT if len(values) else np.zeros(len(matrix.leaves), dtype=bool)
    return {name: _one(name, matrix, spread) for name in NAMES}


def _one(name: str, matrix: DecisionMatrix, spread: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Weights:
    found = [_told("objective_not_preference")]
    amounts = spread.astype(np.float64)
    constant = tuple(leaf for leaf, tells in zip(matrix.leaves, spread, strict=True) if not tells)
    varied = matrix.values[:, spread]
    if not spread.any():
        amounts = np.ones(len(matrix.leaves))
        found.append(_told("objective_no_spread"))
    elif constant:
        found.append(Finding("objective_constant", "note", params={"criteria": constant}))
    if spread.sum() > 1:
        if name == "critic" and _parallel(varied):
            found.append(_told("objective_parallel"))
        else:
            amounts[spread] = np.clip(_METHODS[name](varied), 0.0, None)
        if name == "merec":
            found.append(Finding("objective_moved", "note", params={"floor": FLOOR}))
    return sibling_weights(matrix.leaves, amounts, Source("", name), findings=found)


def _told(code: str) -> Finding:
    return Finding(code, "note")


def _parallel(values: Array) -> bool:
    """Whether all columns rise and fall together: CRITIC's conflict, the sum of 1 - correlation, is then 0 / 0."""
    return bool((1.0 - np.corrcoef(values, rowvar=False)).max() < 1e-9)


def _entropy(values: Array) -> Array:
    """The package counts a column that holds a zero as one without any entropy; 0 log 0 = 0 is its limit."""
    from pymcdm.weights import entropy_weights  # 1.6 s to import: only who asks pays

    return np.asarray(entropy_weights(np.maximum(values, 1e-18)))


def _critic(values: Array) -> Array:
    from pymcdm.weights import critic_weights  # as above

    return np.asarray(critic_weights(values))


def _merec(values: Array) -> Array:
    from pymcdm.weights import merec_weights  # as above

    return np.asarray(merec_weights(FLOOR + (1.0 - FLOOR) * values, np.ones(values.shape[1])))


_METHODS: Mapping[str, Callable[[Array], Array]] = {"entropy": _entropy, "critic": _critic, "merec": _merec}
