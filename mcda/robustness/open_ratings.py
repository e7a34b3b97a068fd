"""Many decision matrices kept ready for weights that move: a slider asks for products, not for new draws."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mcda.evaluate import prepare
from mcda.methods.inputs import Array
from mcda.result import Result
from mcda.robustness.smaa import CHUNK
from mcda.robustness.uncertain_ratings import RatingDoubt, uncertain_values
from mcda.study.model import Study

Narrow = NDArray[np.float32]

MOST_CELLS = 8_000_000
"""Values kept at once (64 megabytes); studies with very many measures get fewer draws, and the result says how many."""
FEWEST = 200
RULED_OUT = 1e6
"""Stands for -log 0: whatever weight it meets, the measure comes last."""


@dataclass(frozen=True, slots=True)
class OpenRatings:
    """Draws of a study's ratings as losses: `over` (n, k, m) and for TOPSIS `under`, criterion by criterion.

    The loss of a draw is sum_j w_j over_j, divided by sum_j w_j under_j where there is one; smaller is better.
    """

    over: Narrow
    under: Narrow | None

    @property
    def draws(self) -> int:
        """How many matrices there are."""
        return int(self.over.shape[1])

    def losses(self, weights: Array) -> Narrow:
        """Losses (k, m) under one weight vector (n,) for all draws, or each draw's own (k, n)."""
        loss = _weighted(self.over, weights)
        if self.under is None:
            return loss
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            ratio = np.divide(loss, _weighted(self.under, weights))
        return np.nan_to_num(ratio, copy=False, nan=1.0, posinf=np.inf)


def open_ratings(result: Result, method: str, doubt: RatingDoubt, draws: int, seed: int) -> OpenRatings:
    """The open ratings of a result's competing measures for a method of `stacked.STACKED`; kept for the last few
    studies, since weights do not change them. The same draws as `rank_acceptability` with the same seed."""
    source = result.provenance
    without = tuple(sorted(set(result.scenario.without_programmes)))
    return _kept(result.study, source.as_of, without, method, doubt, draws, seed)


def forget_open_ratings() -> None:
    """Give back the memory of what is kept: dozens of megabytes for hundreds of measures."""
    _kept.cache_clear()


@lru_cache(maxsize=4)
def _kept(
    study: Study, as_of: str, without: tuple[str, ...], method: str, doubt: RatingDoubt, draws: int, seed: int
) -> OpenRatings:
    prepared = prepare(study, np.datetime64(as_of).astype(object), without)
    matrix = prepared.matrix
    cells = max(len(matrix.measures) * len(matrix.leaves), 1)
    count = max(min(draws, MOST_CELLS // cells), min(draws, FEWEST))
    draw = uncertain_values(study, matrix, prepared.money, doubt)
    chunks = []
    for number in range(-(-count // CHUNK)):
        drawn = draw(np.random.default_rng((seed, number, 1)), CHUNK)[: count - number * CHUNK]
        chunks.append(np.moveaxis(drawn, 2, 0).astype(np.float32))
    values = np.concatenate(chunks, axis=1)
    if method == "topsis":
        return OpenRatings(_fixed((1 - values) ** 2), _fixed(values**2))
    if method == "weighted_sum":
        return OpenRatings(_fixed(1 - values), None)
    logs = np.log(np.where(values > 0, values, 1))
    return OpenRatings(_fixed(np.where(values > 0, -logs, np.float32(RULED_OUT))), None)


def _weighted(columns: Narrow, weights: Array) -> Narrow:
    narrow = np.asarray(weights, dtype=np.float32)
    if narrow.ndim == 1:
        return np.asarray((narrow @ columns.reshape(len(columns), -1)).reshape(columns.shape[1:]))
    return np.asarray(np.einsum("kj,jkm->km", narrow, columns))


def _fixed(array: Narrow) -> Narrow:
    array.setflags(write=False)
    return array
