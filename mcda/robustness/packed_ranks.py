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
from mcda.robustness.compiled_ranks import compiled_counts
from mcda.robustness.paired_counts import BATCH, WIDEST, paired_counts

Flags = NDArray[np.bool_]

SMALL = 64
"""Up to so many alternatives float32 and int32 do: near-ties swap in about 2e-5 of the cells, far below the sampling
error at any number of draws in use. Above, float64 and int64 are exact."""

CHUNK_SMALL, CHUNK_LARGE = 1024, 512
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
        self.width = self.count + (self.count % 2 if self.count <= WIDEST else 0)
        """Places of a row: an odd number gets a phantom that is always last, so that places go in pairs."""
        bits = max(int(np.ceil(np.log2(max(self.width, 2)))), 1)
        self.mask = self.whole((1 << bits) - 1)
        self.value = self.whole(np.iinfo(self.whole).max) & ~self.mask
        self.over = np.ascontiguousarray(found.over[:, first], dtype=self.real)
        self.under = None if found.under is None else np.ascontiguousarray(found.under[:, first], dtype=self.real)
        self.squared = found.squared
        sides = [self.over] if self.under is None else [self.over, self.under]
        self.sides = np.ones((len(sides), len(self.over), self.width), dtype=self.real)
        self.sides[:, :, : self.count] = sides
        self.sums = np.empty((len(sides), self.chunk, self.width), dtype=self.real)
        self.names = _names(self.count, self.width, self.chunk, self.value)

    def orders(self, weights: Array) -> Iterator[tuple[slice, NDArray[np.integer[Any]]]]:
        """For each chunk of weights (k, n) the rows and the alternatives (twins as one) from best to worst."""
        for rows, keys in self.keys(weights):
            keys &= self.mask
            yield rows, keys[:, : self.count]

    def keys(self, weights: Array) -> Iterator[tuple[slice, NDArray[np.integer[Any]]]]:
        """The same with the loss still in the upper bits, and the phantom last; overwritten by the next chunk."""
        for start in range(0, len(weights), self.chunk):
            rows = slice(start, min(start + self.chunk, len(weights)))
            given = weights[rows].astype(self.real, copy=False)
            yield rows, self._sorted(given * given if self.squared else given)

    def _sorted(self, weights: NDArray[Any]) -> NDArray[np.integer[Any]]:
        sums = self.sums[:, : len(weights)]
        np.matmul(weights, self.sides, out=sums)
        loss = sums[0]
        if len(sums) == 1:
            np.maximum(loss, 0.0, out=loss)
        else:
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                np.divide(loss, sums[1], out=loss)
        # Where nothing weighted differs the whole row is 0/0: without its sign that is one value, so all are equal.
        keys: NDArray[np.integer[Any]] = loss.view(self.whole)
        np.bitwise_and(keys, self.value, out=keys)
        np.bitwise_or(keys, self.names[: len(weights)], out=keys)
        keys.sort(axis=1)
        return keys


def _names(count: int, width: int, rows: int, last: Any) -> NDArray[np.integer[Any]]:
    """The alternatives' numbers (rows, width), the phantom's with the largest value. Small ones stand in memory row by
    row: one pass over everything instead of one over each row."""
    names = np.arange(width, dtype=last.dtype)
    names[count:] |= last
    return np.tile(names, (rows, 1)) if count <= SMALL else np.broadcast_to(names, (rows, width))


class RankCounts:
    """Counts ranks chunk after chunk: how often each alternative gets each rank, and under which weights it leads."""

    def __init__(self, found: Losses, compiled: bool = False) -> None:
        """Nothing counted yet. `compiled`: count in machine code where that can be done (see `compiled_ranks`)."""
        self.found, size = found, found.over.shape
        self.compiled = compiled
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
        active: Flags = np.asarray(weights[:1].min(axis=0, initial=1.0) > 0)
        if not active.all() or not len(weights):
            active = np.asarray((weights > 0).any(axis=0))
        if self.packed is None or (active != self.active).any():
            self.active = active
            under = None if self.found.under is None else self.found.under * active[:, None]
            self.packed = PackedRanks(Losses(self.found.over * active[:, None], under, self.found.squared))
        return _counted(self.packed, weights, self.compiled)


def rank_counts(found: Losses, weights: Array, compiled: bool = False) -> tuple[Ranks, Array]:
    """How often each alternative gets each rank (m, m) and the sum of the weights under which it is first (m, n).

    `weights` (k, n). Ties of twins share the better rank (1, 2, 2, 4). The work is k m log m, the memory two chunks.
    `compiled`: in machine code where numba is installed and the alternatives are at most 64, distinct, and weighed
    without squares; near-ties may then fall otherwise, by rounding. Raises ImportError without numba.
    """
    counter = RankCounts(found, compiled)
    counter.add(weights)
    return counter.counts, counter.led


def _counted(packed: PackedRanks, weights: Array, compiled: bool) -> tuple[Ranks, Array]:
    if compiled and packed.sizes is None and packed.count <= SMALL and not packed.squared:
        counts, led = compiled_counts(packed.over, packed.under, weights)
        return counts[packed.members], led[packed.members]
    if packed.sizes is None and packed.width <= WIDEST and len(weights) >= packed.width**2:  # else the table costs more
        counts, leaders = paired_counts(packed.keys(weights), len(weights), packed.width)
        counts = counts[: packed.count, : packed.count]
    else:
        counts, leaders = _plain_counts(packed, weights)
    return counts[packed.members], _led(leaders, weights, packed.count)[packed.members]


def _plain_counts(packed: PackedRanks, weights: Array) -> tuple[Ranks, NDArray[np.intp]]:
    """Counts (count, m) place by place, and who leads under each weight vector."""
    count, total = packed.count, len(packed.members)
    places = np.arange(count, dtype=packed.whole) * packed.whole(count)
    flat = np.zeros(total * count, dtype=np.int64)
    leaders = np.empty(len(weights), dtype=np.intp)
    for rows, order in packed.orders(weights):
        leaders[rows] = order[:, 0]
        if packed.sizes is None:
            order += places
        else:
            order = order + _places(packed.sizes[order]) * count
        flat += np.bincount(order.ravel(), minlength=total * count)
    return flat.reshape(total, count).T, leaders


def _led(leaders: NDArray[np.intp], weights: Array, count: int) -> Array:
    """The sum of the weight vectors under which each alternative is first: (count, n). Complex numbers add up two
    criteria at once."""
    columns = weights.shape[1]
    led = np.zeros((count, (columns + 1) // 2), dtype=np.complex128)
    for start in range(0, len(weights), BATCH):
        rows = slice(start, start + BATCH)
        block = np.ascontiguousarray(weights[rows], dtype=np.float64)
        twos = (np.pad(block, ((0, 0), (0, 1))) if columns % 2 else block).view(np.complex128)
        for j in range(twos.shape[1]):
            np.add.at(led[:, j], leaders[rows], twos[:, j])
    return led.view(np.float64)[:, :columns]


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
