"""How far a group agrees: on the amounts (Goepel's consensus), on the order (Kendall's W), and by how much it differs.

The consensus indicator looks at how even the weights are and says nothing about ranks, hence the three together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from mcda.result import Array

SCALE = 9.0
"""The largest ratio of two weights the indicator reckons with: the end of the scale of pairwise answers."""

WORDS = ((0.875, "very_high"), (0.75, "high"), (0.625, "moderate"), (0.5, "low"))
"""From which indicator on which word; below the last: very_low. The limits of AHP-OS's program and site (its paper
of 2013 prints 50, 65, 75, 85 %)."""

TIE_DECIMALS = 12
"""Weights equal to this many decimals share a rank."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """How far people agree on the weights of the same criteria.

    `indicator` S* in 0..1 (1: all weigh alike), `unclamped` the formula's own number, below 0 where priorities are
    more extreme than 9 to 1; `word` is a key of the catalogue's group `consensus_word`. `concordance`: Kendall's W of
    the criteria's ranks, 0..1. `difference`: the share of the weight two people place differently, averaged over pairs.
    """

    people: int
    criteria: int
    indicator: float
    unclamped: float
    word: str
    concordance: float
    difference: float


def consensus(stack: ArrayLike, shares: ArrayLike | None = None) -> Consensus:
    """Agreement of people's weights, `stack` (k, n), rows summing to 1; `shares` (k,): votes, by default equal.

    S* = (exp(-H_b) - c) / (1 - c) with H_b the Shannon entropy of the mean weights less the mean entropy, and
    c = exp(H_min) / n for the most extreme weights of a 9-point scale. One person, or one criterion: full agreement,
    difference 0. People without a vote do not count. Raises ValueError when nobody has a vote or the shapes do not fit.
    Source: Goepel 2013 (ISAHP) as in AHP-OS, Goepel 2018, IJAHP 10(3); Kendall & Babington Smith 1939.
    """
    given = np.atleast_2d(np.asarray(stack, dtype=np.float64))
    votes = np.ones(len(given)) if shares is None else np.asarray(shares, dtype=np.float64)
    if votes.shape != given.shape[:1] or not votes.sum() > 0 or (votes < 0).any():
        raise ValueError(f"{len(given)} people need as many votes, not all zero: {votes}")
    weights, votes = given[votes > 0], votes[votes > 0] / votes.sum()
    unclamped = _indicator(weights, votes)
    indicator = min(max(unclamped, 0.0), 1.0)
    return Consensus(
        people=len(weights),
        criteria=weights.shape[1],
        indicator=indicator,
        unclamped=unclamped,
        word=word(indicator),
        concordance=concordance(weights, votes),
        difference=_difference(weights, votes),
    )


def word(indicator: float) -> str:
    """The key of the word for a consensus indicator: very_low, low, moderate, high, very_high."""
    return next((name for least, name in WORDS if indicator >= least), "very_low")


def concordance(weights: Array, votes: Array) -> float:
    """Kendall's W of the criteria's ranks with the correction for ties, 0..1.

    `weights` (k, n), `votes` (k,) summing to 1: W = sum_j (sum_k p_k d_kj)^2 / sum_k p_k sum_j d_kj^2 with d the
    rank's distance from the middle, which for equal votes is Kendall's tie-corrected W. Nothing to order (one
    criterion, or everybody ties everything): 1, nobody contradicts.
    """
    ranks = _mean_ranks(np.round(weights, TIE_DECIMALS))
    gaps = ranks - (weights.shape[1] + 1) / 2
    most = float(votes @ (gaps**2).sum(axis=1))
    return min(float(((votes @ gaps) ** 2).sum()) / most, 1.0) if most > 0 else 1.0


def _mean_ranks(weights: Array) -> Array:
    """Ranks from the smallest, equals sharing the mean of their places, row by row."""
    below = (weights[:, None, :] < weights[:, :, None]).sum(axis=2)
    equal = (weights[:, None, :] == weights[:, :, None]).sum(axis=2)
    return np.asarray(below + (equal + 1) / 2)


def _indicator(weights: Array, votes: Array) -> float:
    """S* before it is brought to 0..1."""
    size = weights.shape[1]
    if size == 1 or len(weights) == 1:
        return 1.0
    most, other = SCALE / (size + SCALE - 1), 1.0 / (size + SCALE - 1)
    least_entropy = -(most * np.log(most)) - (size - 1) * other * np.log(other)
    floor = np.exp(least_entropy) / size
    between = _entropy((votes @ weights)[None, :])[0] - votes @ _entropy(weights)
    return float((np.exp(-between) - floor) / (1.0 - floor))


def _entropy(weights: Array) -> Array:
    """Shannon entropy of each row, natural logarithm, 0 ln 0 = 0."""
    log = np.log(weights, out=np.zeros_like(weights), where=weights > 0)
    return np.asarray(-(weights * log).sum(axis=1))


def _difference(weights: Array, votes: Array) -> float:
    """Half the sum of absolute differences, averaged over all pairs of people by the product of their votes."""
    first, second = np.triu_indices(len(weights), 1)
    if not len(first):
        return 0.0
    moved = [np.abs(weights[i + 1 :] - row).sum(axis=1) / 2 for i, row in enumerate(weights[:-1])]
    return float(np.average(np.concatenate(moved), weights=votes[first] * votes[second]))
