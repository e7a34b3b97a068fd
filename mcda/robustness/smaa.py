"""Rank acceptability: in what share of the weightings considered does a measure get which rank.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; SMAA-2, Lahdelma & Salminen
2001), here with weights open and ratings as they are. A share of weightings, never a probability.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.methods import Method
from mcda.ranking import quantise
from mcda.result import Array, DecisionMatrix, Ranks
from mcda.robustness.packed_ranks import RankCounts, losses
from mcda.robustness.weight_draws import Draw as Draw
from mcda.robustness.weight_draws import uniform_weights as uniform_weights

CHUNK = 2048
"""Weight vectors scored at once: a fixed shape, so that the numbers depend on nothing but seed and draws."""


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What the sampling found. `shares` (m, m): row a measure, column a rank (first column rank 1), 0..1.

    Each row sums to 1; with ties both get the better rank, so a column may not. `standard_error` has the same shape:
    sqrt(p (1-p) / draws). `central_weights`: the mean leaf weights (n,) under which a measure is first; a measure
    that was never first has none.
    """

    measures: tuple[str, ...]
    shares: Array
    standard_error: Array
    central_weights: Mapping[str, Array]
    draws: int
    seed: int

    def frame(self) -> pd.DataFrame:
        """The shares as a fresh DataFrame: one row per measure, one column per rank 1..m."""
        ranks = pd.RangeIndex(1, len(self.measures) + 1, name="rank")
        return pd.DataFrame(self.shares.copy(), index=pd.Index(self.measures, name="id"), columns=ranks)


def rank_acceptability(
    matrix: DecisionMatrix, method: Method, draw: Draw, *, draws: int = 20_000, seed: int = 0
) -> Acceptability:
    """Sampled rank acceptability indices of all measures under the weightings `draw` yields.

    Same seed and draws give the same numbers. Ties share the better rank (1, 2, 2, 4). Our own methods are counted by
    `packed_ranks`, others by their scores. The work grows with draws times measures; nothing is kept per draw.
    Raises ValueError for fewer than one draw, MethodError when the method has no answer for a weighting.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    generator = np.random.default_rng(seed)
    if matrix.measures and (found := losses(method.id, matrix)) is not None:
        counter = RankCounts(found)
        for start in range(0, draws, CHUNK):
            counter.add(draw(generator, CHUNK)[: draws - start])
        return _acceptability(matrix, counter.counts, counter.led, draws, seed)
    count = len(matrix.measures)
    counts = np.zeros(count * count, dtype=np.int64)
    weight_sums = np.zeros((count, len(matrix.leaves)))
    for start in range(0, draws, CHUNK):
        weights = draw(generator, CHUNK)[: draws - start]
        ranks = _ranks(quantise(method.score(matrix, weights)))
        counts += np.bincount((np.arange(count) * count + ranks).ravel(), minlength=count * count)
        weight_sums += (ranks == 0).T.astype(np.float64) @ weights
    return _acceptability(matrix, counts.reshape(count, count), weight_sums, draws, seed)


def _acceptability(matrix: DecisionMatrix, counts: Ranks, led: Array, draws: int, seed: int) -> Acceptability:
    shares = counts / draws
    return Acceptability(
        measures=matrix.measures,
        shares=_fixed(shares),
        standard_error=_fixed(np.sqrt(shares * (1.0 - shares) / draws)),
        central_weights=_central(matrix.measures, counts, led),
        draws=draws,
        seed=seed,
    )


def _ranks(scores: Array) -> Ranks:
    """Competition ranks from 0 of each row (k, m): how many measures are strictly better."""
    order = np.argsort(-scores, axis=1)
    descending = np.take_along_axis(scores, order, axis=1)
    opens = np.ones(scores.shape, dtype=bool)
    opens[:, 1:] = descending[:, 1:] != descending[:, :-1]
    places = np.maximum.accumulate(np.where(opens, np.arange(scores.shape[1], dtype=np.int64), 0), axis=1)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, order, places, axis=1)
    return ranks


def _central(measures: tuple[str, ...], counts: Ranks, weight_sums: Array) -> dict[str, Array]:
    """Mean weights over the draws that put a measure first, for measures that were first at least once."""
    first = counts[:, 0] if counts.size else counts
    return {name: _fixed(weight_sums[i] / first[i]) for i, name in enumerate(measures) if first[i] > 0}


def _fixed(array: Array) -> Array:
    array.setflags(write=False)
    return array
