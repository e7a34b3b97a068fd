"""Rank acceptability: in what share of the situations considered does a measure get which rank.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; SMAA-2, Lahdelma & Salminen
2001): weights are open, and on request the ratings too. A share of what was considered, never a probability.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.errors import Issue, MethodError
from mcda.methods import Method
from mcda.ranking import quantise
from mcda.result import Array, DecisionMatrix, Ranks
from mcda.robustness.packed_ranks import RankCounts, losses
from mcda.robustness.stacked import STACKED, stacked_scores
from mcda.robustness.uncertain_ratings import ValueDraw
from mcda.robustness.weight_draws import Draw

MOST_DRAWS = 10_000_000
"""More would take minutes for a standard error below 0.02 percentage points."""

CHUNK = 2048
"""Weight vectors scored at once: a fixed shape, so that the numbers depend on nothing but seed and draws."""

Counted = tuple[Ranks, Array]
"""Of one chunk: how often each measure got each rank (m, m), and the sum of the weights under which it led (m, n)."""


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

    def expected_ranks(self) -> Array:
        """The mean rank of each measure (m,), 1 is best."""
        return np.asarray(self.shares @ np.arange(1.0, len(self.measures) + 1))

    def rank_errors(self) -> Array:
        """The standard error of each mean rank (m,)."""
        places = np.arange(1.0, len(self.measures) + 1)
        spread = np.maximum(self.shares @ places**2 - (self.shares @ places) ** 2, 0.0)
        return np.asarray(np.sqrt(spread / self.draws))

    def within(self, top: int) -> Array:
        """In what share of the situations each measure is among the first `top`: (m,)."""
        return np.asarray(np.minimum(self.shares[:, : max(top, 0)].sum(axis=1), 1.0))

    def holistic(self) -> Array:
        """The holistic acceptability index (m,): rank r counts sum_(s >= r) 1/s over sum_s 1/s, so rank 1 counts 1.

        Source: Lahdelma & Salminen 2001, Operations Research 49, 444-454, with centroid metaweights.
        """
        parts = 1.0 / np.arange(1.0, len(self.measures) + 1)
        worth = parts[::-1].cumsum()[::-1] / parts.sum()
        return np.asarray(self.shares @ worth)

    def choice_entropy(self) -> float:
        """How open the first place is, in bits: 0 where one measure always leads, log2 m where all lead equally often.

        Where measures share the first place their shares exceed 1 together; they are brought to 1 first.
        Source: Shannon's entropy of the first-rank acceptabilities, Lahdelma & Salminen 2001.
        """
        first = self.shares[:, 0]
        first = first[first > 0] / first.sum()
        return float(abs((first * np.log2(first)).sum()))


def rank_acceptability(
    matrix: DecisionMatrix,
    method: Method,
    draw: Draw,
    *,
    draws: int = 20_000,
    seed: int = 0,
    ratings: ValueDraw | None = None,
    workers: int = 1,
    compiled: bool = False,
) -> Acceptability:
    """Sampled rank acceptability indices of all measures under the weightings `draw` yields, and with `ratings` under
    its values too, each draw its own.

    Same seed and draws give the same bytes with any number of `workers` (threads); weights are the same with and
    without `ratings`. Ties share the better rank (1, 2, 2, 4). Our own methods are counted by `packed_ranks` (with
    `compiled` in machine code, see there), others by their scores. The work grows with draws times measures; nothing
    is kept per draw.
    Raises ValueError for fewer than one draw, and where `ratings` are drawn for a method that is not on fixed bounds;
    MethodError when the method has no answer for a weighting, and for drawn weights or values that are no finite
    numbers.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    count, columns = len(matrix.measures), len(matrix.leaves)
    counts, led = np.zeros((count, count), dtype=np.int64), np.zeros((count, columns))
    for found in _chunks(matrix, method, draw, ratings, draws, seed, workers, compiled):
        counts += found[0]
        led += found[1]
    return _acceptability(matrix, counts, led, draws, seed)


def pairwise_winning(
    matrix: DecisionMatrix,
    method: Method,
    draw: Draw,
    *,
    draws: int = 20_000,
    seed: int = 0,
    ratings: ValueDraw | None = None,
    among: tuple[str, ...] = (),
) -> Array:
    """In what share of the situations the row's measure is strictly ahead of the column's: (a, a) for `among`.

    `among` in that order (default: all measures of the matrix). A pair and its reverse sum to 1 less their ties. The
    work grows with the square of the measures. Raises as `rank_acceptability`, KeyError for a measure not there.
    Source: pairwise winning index, Leskinen et al. 2006, EJOR 169, 169-187.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    place = {m: i for i, m in enumerate(matrix.measures)}
    rows = [place[m] for m in (among or matrix.measures)]
    won = np.zeros((len(rows), len(rows)))
    for start in range(0, draws, CHUNK):
        scores = _scores(matrix, method, draw, ratings, draws, seed, start // CHUNK)[0][:, rows]
        for i in range(len(rows)):
            won[i] += (scores[:, [i]] > scores).sum(axis=0)
    return _fixed(won / draws)


def confidence_factors(
    matrix: DecisionMatrix,
    method: Method,
    found: Acceptability,
    ratings: ValueDraw,
    *,
    draws: int = 20_000,
    seed: int = 0,
) -> dict[str, float]:
    """How often a measure is first when the weights are its own central ones and only the ratings are open: 0..1.

    Low: even those who weigh in its favour cannot be sure of it with data this uncertain. Measures that were never
    first have none. Raises as `rank_acceptability`. Source: Lahdelma, Hokkanen & Salminen 1998.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    factors = {}
    for measure, central in found.central_weights.items():
        at, weights, first = matrix.measures.index(measure), _always(central), 0
        for number in range(-(-draws // CHUNK)):
            scores = _scores(matrix, method, weights, ratings, draws, seed, number)[0]
            first += int((scores[:, at] >= scores.max(axis=1)).sum())
        factors[measure] = first / draws
    return factors


def _always(weights: Array) -> Draw:
    """The same weights in every draw."""
    return lambda generator, count: np.tile(weights, (count, 1))


def _chunks(
    matrix: DecisionMatrix,
    method: Method,
    draw: Draw,
    ratings: ValueDraw | None,
    draws: int,
    seed: int,
    workers: int,
    compiled: bool,
) -> Iterator[Counted]:
    """The counts of all chunks in their order, whoever counted them; no more of them at a time than workers."""
    numbers = range(-(-draws // CHUNK))
    chosen = losses(method.id, matrix) if ratings is None and matrix.measures else None
    counters = [RankCounts(chosen, compiled) if chosen is not None else None for _ in range(max(workers, 1))]

    def one(number: int) -> Counted:
        counter = counters[number % len(counters)]
        if counter is None:
            return _by_scores(*_scores(matrix, method, draw, ratings, draws, seed, number))
        stack = weights_of_chunk(draw, draws, seed, number)
        if _may_tie(stack):
            return _by_scores(quantise(method.score(matrix, stack)), stack)
        return counter.of(stack)

    if workers <= 1:
        yield from map(one, numbers)
        return
    with ThreadPoolExecutor(workers) as pool:
        for start in numbers[::workers]:
            yield from pool.map(one, numbers[start : start + workers])


def _may_tie(weights: Array) -> bool:
    """Whether measures that are no twins may be exactly level under some of the weights: rows that repeat come from a
    few given weightings, and weights of 0 in some rows only leave fewer criteria to tell measures apart."""
    nothing = weights <= 0
    some = weights[:64]
    return bool((nothing.any(axis=0) & ~nothing.all(axis=0)).any()) or len(np.unique(some, axis=0)) < len(some)


def weights_of_chunk(draw: Draw, draws: int, seed: int, number: int) -> Array:
    """The weight vectors of one chunk: every chunk has its own stream, so that chunks can be counted anywhere."""
    weights = draw(np.random.default_rng((seed, number, 0)), CHUNK)[: draws - number * CHUNK]
    if weights.size and not (weights.min() >= 0 and weights.max() < np.inf):  # a NaN is neither
        raise MethodError(Issue("weights_not_valid"))
    return weights


def _scores(
    matrix: DecisionMatrix,
    method: Method,
    draw: Draw,
    ratings: ValueDraw | None,
    draws: int,
    seed: int,
    number: int,
) -> tuple[Array, Array]:
    """Quantised scores (k, m) and weights (k, n) of one chunk."""
    weights = weights_of_chunk(draw, draws, seed, number)
    if ratings is None:
        return quantise(method.score(matrix, weights)), weights
    if method.id not in STACKED:
        raise ValueError(f"ratings can be open for {', '.join(STACKED)}, not for {method.id}")
    values = ratings(np.random.default_rng((seed, number, 1)), CHUNK)[: len(weights)]
    if not np.isfinite(values).all():
        raise MethodError(Issue("matrix_not_finite"))
    return quantise(stacked_scores(method.id, values, weights)), weights


def _by_scores(scores: Array, weights: Array) -> Counted:
    count = scores.shape[1]
    ranks = ranks_from_0(scores)
    counts = np.bincount((np.arange(count) * count + ranks).ravel(), minlength=count * count)
    return counts.reshape(count, count), (ranks == 0).T.astype(np.float64) @ weights


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


def ranks_from_0(scores: Array) -> Ranks:
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
