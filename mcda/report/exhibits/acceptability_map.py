"""Which rank does a measure get under how many of the weightings considered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import METHODS, PREFIX, method
from mcda.report.exhibits.catalogue import title_of
from mcda.result import Array, Result
from mcda.robustness.smaa import Acceptability, rank_acceptability
from mcda.robustness.weight_draws import uniform_weights

DRAWS = 10_000
TAIL = 0.05
"""Left out at either end of a measure's ranks: what remains covers nine of ten weightings."""


@dataclass(frozen=True, slots=True)
class AcceptabilityMap:
    """Shares (m, m) with rows in today's rank order and columns by rank; `method` is the one played through.

    `replaced` says that the scenario's own method is too slow to be played through and was not used.
    """

    measures: tuple[str, ...]
    ranks_today: tuple[int, ...]
    shares: Array
    largest_error: float
    draws: int
    seed: int
    method: str
    replaced: bool


def played_method(name: str) -> str:
    """The method to play through: the scenario's own, or the default where the own one takes one call per weighting."""
    return "topsis" if name.startswith(PREFIX) else name


def sample(result: Result, draws: int = DRAWS) -> Acceptability:
    """Rank acceptability of the result's measures: all weightings alike, node by node down the criteria tree."""
    name = played_method(result.method)
    chosen = METHODS[name] if name in METHODS else method(name)
    draw = uniform_weights(result.study)
    return rank_acceptability(result.matrix, chosen, draw, draws=draws, seed=result.scenario.seed)


def acceptability_map(result: Result, sampled: Acceptability) -> AcceptabilityMap:
    """The sampled shares in the order of today's ranking."""
    order = [sampled.measures.index(line.measure) for line in result.ranking]
    shares = sampled.shares[order]
    shares.setflags(write=False)
    return AcceptabilityMap(
        measures=tuple(line.measure for line in result.ranking),
        ranks_today=tuple(line.rank for line in result.ranking),
        shares=shares,
        largest_error=float(sampled.standard_error.max(initial=0.0)),
        draws=sampled.draws,
        seed=sampled.seed,
        method=played_method(result.method),
        replaced=played_method(result.method) != result.method,
    )


def likely_ranks(shares: Array) -> tuple[int, int]:
    """The ranks (from 1) a measure keeps to in nine of ten weightings, from its row of shares."""
    below = np.cumsum(shares)
    low = int(np.searchsorted(below, TAIL, side="right"))
    high = int(np.searchsorted(below, 1.0 - TAIL - 1e-12, side="left"))
    last = len(shares) - 1
    return min(low, last) + 1, min(high, last) + 1


def acceptability_table(found: AcceptabilityMap, result: Result, language: str) -> pd.DataFrame:
    """One row per measure in today's order: shares on rank 1 and among the first 3, 5 and 10, and its likely ranks."""
    names = ("measure", "now", "first", "top3", "top5", "top10", "range")
    rows = [
        (
            f"{measure} {title_of(result.study.measure_by_id[measure], language)}",
            str(rank),
            *(percent(shares[:top].sum(), language) for top in (1, 3, 5, 10)),
            _range(shares, language),
        )
        for measure, rank, shares in zip(found.measures, found.ranks_today, found.shares, strict=True)
    ]
    return pd.DataFrame(rows, columns=[text(f"ui.sensitivity.col_{name}", language) for name in names])


def _range(shares: Array, language: str) -> str:
    low, high = likely_ranks(shares)
    return str(low) if low == high else text("ui.sensitivity.rank_range", language, low=low, high=high)
