"""Rank counts in machine code, for whoever installs numba (`rangfolge[fast]`) and asks for it: never by itself.

The same packed keys as `packed_ranks`, sorted by a network of minima and maxima over 256 weight vectors side by side,
all in the processor's first caches. Near-ties may fall otherwise than in numpy, by rounding of single precision; so
the numbers of an analysis do not depend on what happens to be installed.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array, Ranks

BLOCK = 256
"""Weight vectors side by side: 40 alternatives of them are 40 kilobytes."""

MOST = 64
"""Alternatives that a key of 32 bits can name beside its loss."""

BITS = 63
"""The lowest bits of a key, which hold the alternative's number."""


def is_available() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def compiled_counts(over: NDArray[Any], under: NDArray[Any] | None, weights: Array) -> tuple[Ranks, Array]:
    """Counts (m, m) of alternatives by rank and the sums (m, n) of the weights under which each is first.

    `over`, `under` (n, m) as in `packed_ranks.Losses`, columns distinct, m at most 64; `weights` (k, n), squared where
    the method squares them. Raises ImportError without numba, ValueError for more alternatives.
    """
    columns, count = over.shape
    if count > MOST:
        raise ValueError(f"at most {MOST} alternatives, not {count}")
    rest = np.ones_like(over) if under is None else under
    counts, led = np.zeros((count, MOST), dtype=np.int32), np.zeros((MOST, columns))
    narrow = [np.ascontiguousarray(array, dtype=np.float32) for array in (weights, over, rest)]
    _kernel()(*narrow, under is not None, sorting_network(count), counts, led)
    return counts[:, :count].T.astype(np.int64), led[:count]


@lru_cache(maxsize=8)
def sorting_network(count: int) -> NDArray[np.int64]:
    """Pairs (c, 2) of places to be put in order, one after the other, that sort any `count` values.

    Batcher's merge exchange, Knuth 1998, The Art of Computer Programming 3, 5.2.2, algorithm M.
    """
    pairs: list[tuple[int, int]] = []
    start = 1 << max((count - 1).bit_length() - 1, 0)
    size = start
    while size and count > 1:
        step, rest, distance = start, 0, size
        while True:
            pairs += [(i, i + distance) for i in range(count - distance) if i & size == rest]
            if step == size:
                break
            distance, step, rest = step - size, step >> 1, size
        size >>= 1
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


@lru_cache(maxsize=1)
def _kernel() -> Callable[..., Any]:
    """The loops, compiled on first use (a few seconds) and kept on disk where there is a place for it."""
    numba = import_module("numba")
    options = {"boundscheck": False, "error_model": "numpy", "fastmath": {"contract"}, "nogil": True}
    try:
        return numba.njit(cache=True, **options)(_count)  # type: ignore[no-any-return]
    except RuntimeError:  # neither beside this file nor in the user's cache may be written
        return numba.njit(**options)(_count)  # type: ignore[no-any-return]


def _count(  # noqa: C901 -- one body of plain loops is what the compiler makes fast
    weights: NDArray[np.float32],
    over: NDArray[np.float32],
    under: NDArray[np.float32],
    divides: bool,
    network: NDArray[np.int64],
    counts: NDArray[np.int32],
    led: Array,
) -> None:
    total, columns = weights.shape
    alternatives = over.shape[1]
    side = np.zeros((columns, BLOCK), np.float32)
    keys = np.empty((alternatives, BLOCK), np.int32)
    loss = keys.view(np.float32)
    rest = np.empty(BLOCK, np.float32)
    for start in range(0, total, BLOCK):
        size = min(BLOCK, total - start)
        for i in range(size):
            for j in range(columns):
                side[j, i] = weights[start + i, j]
        for a in range(alternatives):
            for i in range(BLOCK):
                loss[a, i] = side[0, i] * over[0, a]
                rest[i] = side[0, i] * under[0, a]
            for j in range(1, columns):
                x, y = over[j, a], under[j, a]
                for i in range(BLOCK):
                    loss[a, i] += side[j, i] * x
                    rest[i] += side[j, i] * y
            if divides:
                for i in range(BLOCK):
                    ratio = loss[a, i] / rest[i]
                    loss[a, i] = ratio if ratio == ratio else np.float32(1.0)
            else:
                for i in range(BLOCK):
                    loss[a, i] = max(loss[a, i], np.float32(0.0))
            for i in range(BLOCK):
                keys[a, i] = (keys[a, i] & ~np.int32(BITS)) | np.int32(a)
        for c in range(len(network)):
            p, q = network[c, 0], network[c, 1]
            for i in range(BLOCK):
                first, second = keys[p, i], keys[q, i]
                keys[p, i] = min(first, second)
                keys[q, i] = max(first, second)
        for place in range(alternatives):
            for i in range(size):
                counts[place, keys[place, i] & np.int32(BITS)] += 1
        for i in range(size):
            leader = keys[0, i] & np.int32(BITS)
            for j in range(columns):
                led[leader, j] += side[j, i]
