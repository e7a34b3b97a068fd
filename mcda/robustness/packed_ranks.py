"""Ranks under a whole stack of weight vectors at the speed of memory: no argsort, no loop over draws.

A method's order is that of a loss that is never negative (TOPSIS: D+ / D-; weighted sum: what is missing to 1). The
bits of a float that is not negative order like an integer, so the lowest bits take the alternative's number and one
sort of integers orders values and names at once. Chunks stay in the processor's second cache.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.methods.topsis import minmax_gaps, vector_gaps
from mcda.result import Array, DecisionMatrix, Ranks

Flags = NDArray[np.bool_]

SMALL = 64
"""Up to so many alternatives float32 and int32 do: near-ties swap in about 2e-5 of the cells, far below the sampling
error at any number of draws in use. Above, float64 and int64 are exact."""

CHUNK_SMALL, CHUNK_LARGE = 2048, 512
"""Weight vectors at once; a fixed shape, so that the numbers depend on nothing but weights."""


@dataclass(frozen=True, slots=True)
class Losses:
    """A method as matrix products: loss = (w @ over) or (w @ over) / (w @ under), smaller is better, with `squared`
    weights where the distance says so. Columns (n, m)."""

    over: Array
    under: Array | None
    squared: bool


def losses(method: str, matrix: DecisionMatrix) -> Losses | None:
    """The losses of a method of ours on this matrix; None where its order is no such product (others, zeros in the
    weighted product, figures that are not finite)."""
    values, raw = matrix.values, matrix.raw
    if not (np.isfinite(values).all() and np.isfinite(raw).all()):
        return None
    if method == "topsis":
        return Losses(((1.0 - values) ** 2).T, (values**2).T, False)
    if method == "weighted_sum":
        return Losses((1.0 - values).T, None, False)
    if method == "weighted_product" and (values > 0).all():
        return Losses(-np.log(values).T, None, False)
    if method in ("topsis_vector", "topsis_minmax"):
        gaps = vector_gaps if method == "topsis_vector" else minmax_gaps
        to_ideal, from_worst = gaps(raw, matrix.senses)
        return Losses(to_ideal.T, from_worst.T, True)
    return None


class PackedRanks:
    """Orders alternatives for chunk after chunk of weights, in buffers it owns (under a megabyte for 40 x 6)."""

    def __init__(self, found: Losses) -> None:
        """Twins (identical columns of losses) are ordered as one and share the better rank."""
        stack = found.over if found.under is None else np.vstack([found.over, found.under])
        _, first, twin_of = np.unique(stack, axis=1, return_index=True, return_inverse=True)
        self.members: NDArray[np.int64] = twin_of.reshape(-1)
        sizes = np.bincount(self.members)
        self.sizes: NDArray[np.int64] | None = sizes if (sizes > 1).any() else None
        self.count = len(first)
        small = self.count <= SMALL
        self.real: Any = np.float32 if small else np.float64
        self.whole: Any = np.int32 if small else np.int64
        self.chunk = CHUNK_SMALL if small else CHUNK_LARGE
        bits = max(int(np.ceil(np.log2(max(self.count, 2)))), 1)
        self.mask = self.whole((1 << bits) - 1)
        self.over = np.ascontiguousarray(found.over[:, first], dtype=self.real)
        self.under = None if found.under is None else np.ascontiguousarray(found.under[:, first], dtype=self.real)
        self.squared = found.squared
        self.names: NDArray[np.integer[Any]] = np.arange(self.count, dtype=self.whole)
        self.loss = np.empty((self.chunk, self.count), dtype=self.real)
        self.rest = np.empty_like(self.loss)

    def orders(self, weights: Array) -> Iterator[tuple[slice, NDArray[np.integer[Any]]]]:
        """For each chunk of weights (k, n) the rows and the alternatives (twins as one) from best to worst."""
        given = weights if weights.dtype == self.real else weights.astype(self.real)
        for start in range(0, len(given), self.chunk):
            rows = slice(start, min(start + self.chunk, len(given)))
            yield rows, self._order(given[rows])

    def _order(self, weights: NDArray[Any]) -> NDArray[np.integer[Any]]:
        size = len(weights)
        loss = self.loss[:size]
        powered = weights * weights if self.squared else weights
        np.matmul(powered, self.over, out=loss)
        if self.under is not None:
            rest = self.rest[:size]
            np.matmul(powered, self.under, out=rest)
            with np.errstate(divide="ignore", invalid="ignore"):
                np.divide(loss, rest, out=loss)
            undecided = np.isnan(loss[:, 0])  # where nothing weighted differs, the whole row is 0/0
            if undecided.any():
                loss[undecided] = 1.0
        else:
            np.maximum(loss, 0.0, out=loss)
        keys: NDArray[np.integer[Any]] = loss.view(self.whole)
        keys &= ~self.mask
        keys |= self.names
        keys.sort(axis=1)
        keys &= self.mask
        return keys


class RankCounts:
    """Counts ranks chunk after chunk: how often each alternative gets each rank, and under which weights it leads."""

    def __init__(self, found: Losses) -> None:
        """Nothing counted yet."""
        self.found, size = found, found.over.shape
        self.active: Flags = np.zeros(size[0], dtype=np.bool_)
        self.packed: PackedRanks | None = None
        self.counts: Ranks = np.zeros((size[1], size[1]), dtype=np.int64)
        self.led: Array = np.zeros((size[1], size[0]))

    def add(self, weights: Array) -> None:
        """Count one stack of weights (k, n) in."""
        counts, led = self.of(weights)
        self.counts += counts
        self.led += led

    def of(self, weights: Array) -> tuple[Ranks, Array]:
        """The counts of one stack of weights (k, n) alone. Alternatives that differ only where no weight of the stack
        is above zero are twins."""
        active: Flags = np.asarray((weights > 0).any(axis=0))
        if self.packed is None or (active != self.active).any():
            self.active = active
            under = None if self.found.under is None else self.found.under * active[:, None]
            self.packed = PackedRanks(Losses(self.found.over * active[:, None], under, self.found.squared))
        return _counted(self.packed, weights)


def rank_counts(found: Losses, weights: Array) -> tuple[Ranks, Array]:
    """How often each alternative gets each rank (m, m) and the sum of the weights under which it is first (m, n).

    `weights` (k, n). Ties of twins share the better rank (1, 2, 2, 4). The work is k m log m, the memory two chunks.
    """
    counter = RankCounts(found)
    counter.add(weights)
    return counter.counts, counter.led


def _counted(packed: PackedRanks, weights: Array) -> tuple[Ranks, Array]:
    count, total = packed.count, len(packed.members)
    places = np.arange(count, dtype=packed.whole) * packed.whole(count)
    flat = np.zeros(total * count, dtype=np.int64)
    leaders = np.empty(len(weights), dtype=np.int64)
    for rows, order in packed.orders(weights):
        leaders[rows] = order[:, 0]
        if packed.sizes is None:
            order += places
        else:
            order = order + _places(packed.sizes[order]) * count
        flat += np.bincount(order.ravel(), minlength=total * count)
    counts = flat.reshape(total, count).T
    return counts[packed.members], _led(leaders, weights, count)[packed.members]


def _led(leaders: NDArray[np.int64], weights: Array, count: int) -> Array:
    """The sum of the weight vectors under which each alternative is first: (count, n)."""
    columns = (np.bincount(leaders, weights=column, minlength=count) for column in weights.T)
    return np.column_stack(list(columns)) if weights.shape[1] else np.zeros((count, 0))


def ranks_of(found: Losses, weights: Array) -> Ranks:
    """Competition ranks from 0 of every alternative under every weight vector: (k, m)."""
    packed = PackedRanks(found)
    ranks = np.empty((len(weights), len(packed.members)), dtype=np.int64)
    places = np.arange(packed.count, dtype=np.int64)
    for rows, order in packed.orders(weights):
        ahead = np.broadcast_to(places, order.shape) if packed.sizes is None else _places(packed.sizes[order])
        alone = np.empty(order.shape, dtype=np.int64)
        np.put_along_axis(alone, order.astype(np.int64), ahead, axis=1)
        ranks[rows] = alone[:, packed.members]
    return ranks


def _places(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many alternatives stand before each place when places hold several: (k, count)."""
    before: NDArray[np.int64] = sizes.cumsum(axis=1) - sizes
    return before
