"""One order out of several people's orders: Kemeny's, with Borda's and Copeland's counts beside it.

Sound for people who answer the same question. Methods answer different questions: their orders are compared
(`mcda.rank_correlation`), never blended.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from mcda.result import Array, Ranks


@dataclass(frozen=True, slots=True)
class Kemeny:
    """The order that contradicts the ballots least: `ranks` (m,) 1..m without ties.

    `score` counts the pairwise preferences of all ballots it agrees with, `disagreement` those it contradicts;
    a tie on a ballot is half of each. `unanimous`: it contradicts nobody.
    """

    ranks: Ranks
    score: float
    disagreement: float
    unanimous: bool


def kemeny(ballots: ArrayLike, counts: ArrayLike | None = None) -> Kemeny:
    """The order with the fewest pairwise disagreements with all ballots.

    `ballots` (k, m): ranks, 1 is best, ties share a number; `counts` (k,): how often each was cast (any positive
    numbers, default 1). Exact, a mixed-integer program in m (m-1) / 2 unknowns; seconds at 60 alternatives. Several
    orders may be equally good: one of them is returned, always the same. One alternative: rank 1, nothing to disagree
    on. Raises ValueError for shapes that do not fit, negative counts or none at all.
    Source: Kemeny 1959, Daedalus 88, 577-591; the program of Conitzer, Davenport & Kalagnanam 2006.
    """
    wins = preferences(ballots, counts)
    size = len(wins)
    rows, columns = np.triu_indices(size, 1)
    ahead = np.zeros((size, size))
    gain = (wins - wins.T)[rows, columns]
    ahead[rows, columns] = _best_order(gain, size)
    ahead[columns, rows] = 1.0 - ahead[rows, columns]
    score = float((wins * ahead).sum())
    against = float((wins * ahead.T).sum())
    return Kemeny(1 + ahead.sum(axis=0).astype(np.int64), score, against, against == 0)


def borda(ballots: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Borda's count (m,): for each ballot as many points as alternatives stand behind, half a point for a tie.

    Arguments and errors as `kemeny`. Source: Borda 1781; Young 1974, Journal of Economic Theory 9, 43-52.
    """
    return np.asarray(preferences(ballots, counts).sum(axis=1))


def copeland(ballots: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """Copeland's count (m,): how many others an alternative beats in a vote between the two, half for a draw.

    Arguments and errors as `kemeny`. Source: Copeland 1951; Fishburn 1977, SIAM J. Applied Mathematics 33, 469-489.
    """
    wins = preferences(ballots, counts)
    margin = np.round((wins - wins.T) / wins.max(initial=1e-300), 9)
    beaten = (np.sign(margin) + 1.0) / 2.0
    np.fill_diagonal(beaten, 0.0)
    return np.asarray(beaten.sum(axis=1))


def preferences(ballots: ArrayLike, counts: ArrayLike | None = None) -> Array:
    """How many ballots put row before column: (m, m), a tie counts half for each, the diagonal is 0."""
    ranks = np.atleast_2d(np.asarray(ballots, dtype=np.float64))
    cast = np.ones(len(ranks)) if counts is None else np.asarray(counts, dtype=np.float64)
    if (
        cast.shape != ranks.shape[:1]
        or not cast.sum() > 0
        or not (cast >= 0).all()
        or not np.isfinite(ranks).all()
        or not np.isfinite(cast).all()
    ):
        raise ValueError(f"{len(ranks)} ballots of finite ranks need as many counts, not all zero: {cast}")
    before = (np.sign(ranks[:, None, :] - ranks[:, :, None]) + 1.0) / 2.0
    wins = np.asarray(np.tensordot(cast, before, axes=1))
    np.fill_diagonal(wins, 0.0)
    return wins


def _best_order(gain: Array, size: int) -> Array:
    """Which of each pair i < j goes first (1: i), free of circles, with the largest sum of gains."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # takes longer to import than most analyses take
    from scipy.sparse import csr_array

    if size < 3:
        return (gain >= 0).astype(np.float64)
    number = {pair: column for column, pair in enumerate(combinations(range(size), 2))}
    triads = [(number[i, j], number[j, k], number[i, k]) for i, j, k in combinations(range(size), 3)]
    rows = np.repeat(np.arange(len(triads)), 3)
    signs = np.tile([1.0, 1.0, -1.0], len(triads))
    table = csr_array((signs, (rows, np.array(triads).ravel())), shape=(len(triads), len(gain)))
    found = milp(
        -gain / max(float(np.abs(gain).max()), 1e-300),
        constraints=LinearConstraint(table, 0.0, 1.0),
        integrality=np.ones(len(gain), dtype=np.int64),
        bounds=Bounds(0.0, 1.0),
        options={"mip_rel_gap": 0.0},
    )
    if not found.success:
        raise RuntimeError(f"the order program has an answer for every input, yet: {found.message}")
    return np.asarray(np.round(found.x), dtype=np.float64)
