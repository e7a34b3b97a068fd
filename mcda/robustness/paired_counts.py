"""Counts who stands where, two places at a time: half as many increments, which are what counting costs.

Of every two neighbouring places the pair of alternatives there is counted; the counts of one place are sums over the
table of pairs. Alternatives fit in a byte, so all steps before the count move a quarter of the memory.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.result import Ranks

BATCH = 8192
"""Weight vectors counted at once: clearing the table of pairs costs little then, and all of it stays below 3 MB."""

WIDEST = 50
"""Alternatives at most: with so many a place and the two alternatives there are one number of 16 bits."""

Chunks = Iterable[tuple[slice, NDArray[np.integer[Any]]]]
"""Rows, one chunk after the other, and their keys (k, width) from best to worst."""

Bytes = NDArray[np.uint8]


def paired_counts(chunks: Chunks, total: int, width: int) -> tuple[Ranks, NDArray[np.intp]]:
    """How often each alternative stands in each place (width, width), and who leads in each of `total` rows.

    The lowest bits of a key, as many as `width` needs, hold the alternative's number. `width` is even, at most 50. No
    chunk is longer than a batch. Without rows all counts are 0.
    """
    table, leaders = np.zeros(width**3 // 2, dtype=np.int64), np.empty(total, dtype=np.intp)
    size = min(BATCH, total)
    places = np.tile(np.arange(0, len(table), width**2).astype(np.uint16), (size, 1))
    codes = np.empty(places.shape, dtype=np.intp)  # bincount would make its own each time
    lowest = np.uint8((1 << (width - 1).bit_length()) - 1)
    for rows, names in _batches(chunks, size, width):
        names &= lowest
        leaders[rows] = names[:, 0]
        mine = codes[: len(names)]
        mine[:] = _pairs(names, width, places[: len(names)])
        table += np.bincount(mine.reshape(-1), minlength=len(table))
    pairs = table.reshape(-1, width, width)  # two places, the second's alternative, the first's
    counts = np.empty((width, width), dtype=np.int64)
    counts[:, 0::2], counts[:, 1::2] = pairs.sum(axis=1).T, pairs.sum(axis=2).T
    return counts, leaders


def _batches(chunks: Chunks, size: int, width: int) -> Iterator[tuple[slice, Bytes]]:
    """The lowest byte of all keys, up to `size` rows at once; overwritten by the next batch."""
    batch, start, stop = np.empty((size, width), dtype=np.uint8), 0, 0
    for rows, keys in chunks:
        if rows.stop - start > size:
            yield slice(start, stop), batch[: stop - start]
            start = stop
        stop = rows.stop
        batch[rows.start - start : stop - start] = keys
    if stop > start:
        yield slice(start, stop), batch[: stop - start]


def _pairs(names: Bytes, width: int, places: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The first of each two names plus `width` times the second plus `places` (k, width / 2), written over `names`."""
    pairs: NDArray[np.uint16] = names.view("<u2")  # first + 256 second, on any machine
    above = pairs >> 8
    above *= 256 - width
    pairs -= above
    pairs += places
    return pairs
