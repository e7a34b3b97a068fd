"""Where two measures change places while one weight moves: the whole path, and the exact crossing points.

The path: the chosen node of the criteria tree gets the overall weight t; its leaves share t in the proportions in
force, all other leaves share 1 - t in theirs. Where such a group has no weight in force, it shares equally.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.methods import Method
from mcda.methods.topsis import minmax_gaps, vector_gaps
from mcda.result import Array, DecisionMatrix

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

SCAN_POINTS = 201
HALVINGS = 24
"""A bracket of the scan halved that often is 3e-10 wide."""

_FLAT = 1e-14
"""Below this a pair's coefficients are rounding noise: the two are equal on the whole path."""


@dataclass(frozen=True, slots=True)
class Crossover:
    """At weight `t` (0..1) of the node, measure `b` overtakes measure `a`: `a` is ahead just below, `b` just above."""

    t: float
    a: str
    b: str


def weight_path(weights: ArrayLike, columns: Sequence[int], t: ArrayLike) -> Array:
    """Leaf weights (k, n) along the path for the node with these leaf columns, at its weights `t` (k,) in 0..1.

    `weights` (n,) are the leaf weights in force; at their own t the path passes through them. A node that holds all
    leaves has weight 1 whatever t is. Raises ValueError for no columns.
    """
    inside, outside = _ends(np.asarray(weights, dtype=np.float64), columns)
    at = np.atleast_1d(np.asarray(t, dtype=np.float64))[:, None]
    return np.asarray(at * inside + (1.0 - at) * outside)


def sweep(
    matrix: DecisionMatrix, method: Method, weights: ArrayLike, columns: Sequence[int], points: ArrayLike
) -> Array:
    """Scores (k, m) of all measures while the node's weight takes the values `points` (k,): one line per measure."""
    return method.score(matrix, weight_path(weights, columns, points))


def crossovers(
    matrix: DecisionMatrix,
    method: Method,
    weights: ArrayLike,
    columns: Sequence[int],
    among: Sequence[int] | None = None,
) -> tuple[Crossover, ...]:
    """Every change of places between two measures while the node's weight runs from 0 to 1, by rising t.

    Exact for the weighted sum and product (linear in t) and for TOPSIS (a quadratic: in t for the weighted distance,
    in the shares of t^2 and (1-t)^2 for the squared weights of the original), so at most two per pair. Other methods:
    the sign changes of a scan of 201 points, each halved down to 3e-10; changes back and forth within one step of
    the scan go unseen. Touching without changing places, and ties over the whole path, are no crossovers.
    `among`: rows to look at (default all). Raises MethodError when the method has no answer on the path.
    Source: own derivation in s = t/(1-t), checked against dense scans.
    """
    rows = np.arange(len(matrix.measures)) if among is None else np.asarray(sorted(among), dtype=np.int64)
    inside, outside = _ends(np.asarray(weights, dtype=np.float64), columns)
    if method.id in _EXACT:
        found = _EXACT[method.id](matrix, inside, outside, rows)
    else:
        found = _scanned(matrix, method, inside, outside, rows)
    names = matrix.measures
    order = np.lexsort((found[:, 2], found[:, 1], found[:, 0]))
    return tuple(Crossover(float(t), names[int(a)], names[int(b)]) for t, a, b in found[order])


def _ends(weights: Array, columns: Sequence[int]) -> tuple[Array, Array]:
    """The weight vectors at both ends of the path: all weight on the node (t = 1), none (t = 0)."""
    if not len(columns):
        raise ValueError("a node without leaf columns has no weight to move")
    held = np.zeros(len(weights), dtype=bool)
    held[list(columns)] = True
    inside = _shared(weights, held)
    return inside, _shared(weights, ~held) if not held.all() else inside


def _shared(weights: Array, held: Flags) -> Array:
    """A weight of 1 on the held leaves in the proportions in force, equally when they have none."""
    part = np.where(held, weights, 0.0)
    total = part.sum()
    return np.asarray(part / total if total > 0 else held / held.sum())


def _pairs(rows: Rows) -> tuple[Rows, Rows]:
    """Row numbers of all pairs a < b."""
    first, second = np.triu_indices(len(rows), 1)
    return rows[first], rows[second]


def _by_sum(matrix: DecisionMatrix, inside: Array, outside: Array, rows: Rows) -> Array:
    return _linear(matrix.values @ inside, matrix.values @ outside, rows)


def _by_product(matrix: DecisionMatrix, inside: Array, outside: Array, rows: Rows) -> Array:
    """Linear in the logs. A measure at its worst under some weight has the score 0 on the whole open path."""
    weighted = inside + outside > 0
    alive: Flags = ~np.any((matrix.values <= 0) & weighted, axis=1)
    logs = np.log(np.where(matrix.values > 0, matrix.values, 1.0))
    return _linear(logs @ inside, logs @ outside, rows[alive[rows]])


def _linear(at_one: Array, at_zero: Array, rows: Rows) -> Array:
    a, b = _pairs(rows)
    start, end = at_zero[a] - at_zero[b], at_one[a] - at_one[b]
    return _roots(np.zeros_like(start), end - start, start, a, b)


def _by_closeness(matrix: DecisionMatrix, inside: Array, outside: Array, rows: Rows) -> Array:
    return _quadratic((1.0 - matrix.values) ** 2, matrix.values**2, inside, outside, rows)


def _by_squares(gaps: Callable[[Array, ArrayLike], tuple[Array, Array]]) -> Callable[..., Array]:
    """Squared weights: the squared distances are linear in u = t^2 / (t^2 + (1-t)^2), which rises with t."""

    def find(matrix: DecisionMatrix, inside: Array, outside: Array, rows: Rows) -> Array:
        to_ideal, from_worst = gaps(matrix.raw, matrix.senses)
        found = _quadratic(to_ideal, from_worst, inside**2, outside**2, rows)
        near, far = np.sqrt(found[:, 0]), np.sqrt(1.0 - found[:, 0])
        found[:, 0] = near / (near + far)
        return found

    return find


def _quadratic(to_ideal: Array, from_worst: Array, inside: Array, outside: Array, rows: Rows) -> Array:
    """Closeness of a exceeds that of b where D-_a D+_b - D-_b D+_a > 0, with D(t) = t D(1) + (1-t) D(0)."""
    a, b = _pairs(rows)
    plus1, plus0, minus1, minus0 = to_ideal @ inside, to_ideal @ outside, from_worst @ inside, from_worst @ outside
    both = minus1[a] * plus1[b] - minus1[b] * plus1[a]
    cross = minus1[a] * plus0[b] + minus0[a] * plus1[b] - minus1[b] * plus0[a] - minus0[b] * plus1[a]
    none = minus0[a] * plus0[b] - minus0[b] * plus0[a]
    return _roots(both - cross + none, cross - 2 * none, none, a, b)


def _roots(c2: Array, c1: Array, c0: Array, a: Rows, b: Rows) -> Array:
    """Simple roots of c2 t^2 + c1 t + c0 inside (0, 1), as rows (t, ahead below, ahead above).

    A double root only touches; coefficients of rounding size mean the pair is equal all along.
    """
    size = np.maximum(np.maximum(np.abs(c2), np.abs(c1)), np.abs(c0))
    discriminant = c1**2 - 4 * c2 * c0
    real = (size > _FLAT) & (discriminant > _FLAT * size**2)
    c2, c1, c0, a, b, size = c2[real], c1[real], c0[real], a[real], b[real], size[real]
    stable = -0.5 * (c1 + np.copysign(np.sqrt(discriminant[real]), c1))
    outside = np.full_like(stable, np.inf)
    with np.errstate(over="ignore"):
        first = np.divide(stable, c2, out=outside.copy(), where=c2 != 0)
        second = np.divide(c0, stable, out=outside.copy(), where=stable != 0)
    return np.concatenate([_kept(t, c2, c1, a, b) for t in (first, second)])


def _kept(t: Array, c2: Array, c1: Array, a: Rows, b: Rows) -> Array:
    """The roots strictly between 0 and 1; the slope there tells who comes from below."""
    ok = (t > 1e-12) & (t < 1 - 1e-12)
    rising = (2 * c2[ok] * t[ok] + c1[ok]) > 0
    below, above = np.where(rising, b[ok], a[ok]), np.where(rising, a[ok], b[ok])
    return np.column_stack([t[ok], below.astype(np.float64), above.astype(np.float64)])


def _scanned(matrix: DecisionMatrix, method: Method, inside: Array, outside: Array, rows: Rows) -> Array:
    """Sign changes on a grid, all brackets halved together: one stack of weight vectors per halving."""
    a, b = _pairs(rows)

    def ahead(t: Array, left: Rows, right: Rows) -> Array:
        scores = method.score(matrix, t[:, None] * inside + (1.0 - t[:, None]) * outside)
        at = np.arange(len(t))
        return np.asarray(np.sign(np.round(scores[at, left] - scores[at, right], 12)))

    grid = np.linspace(0.0, 1.0, SCAN_POINTS)
    scores = method.score(matrix, grid[:, None] * inside + (1.0 - grid[:, None]) * outside)
    signs = np.sign(np.round(scores[:, a] - scores[:, b], 12))
    start, end, pair = _brackets(signs)
    low, high, before = grid[start], grid[end], signs[start, pair]
    for _ in range(HALVINGS if len(pair) else 0):
        middle = (low + high) / 2
        same = ahead(middle, a[pair], b[pair]) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    below, above = np.where(before > 0, a[pair], b[pair]), np.where(before > 0, b[pair], a[pair])
    return np.column_stack([(low + high) / 2, below.astype(np.float64), above.astype(np.float64)])


def _brackets(signs: Array) -> tuple[Rows, Rows, Rows]:
    """Grid index before, grid index after, and pair of each sign change; stretches of ties are stepped over."""
    last, seen = np.zeros(signs.shape[1], dtype=np.int64), signs[0].copy()
    found: list[Rows] = []
    for point, now in enumerate(signs):
        changed = np.flatnonzero((now != 0) & (seen != 0) & (now != seen))
        found.append(np.stack([last[changed], np.full_like(changed, point), changed]))
        last, seen = np.where(now != 0, point, last), np.where(now != 0, now, seen)
    start, end, pair = np.concatenate(found, axis=1)
    return start, end, pair


_EXACT: Mapping[str, Callable[[DecisionMatrix, Array, Array, Rows], Array]] = {
    "weighted_sum": _by_sum,
    "weighted_product": _by_product,
    "topsis": _by_closeness,
    "topsis_vector": _by_squares(vector_gaps),
    "topsis_minmax": _by_squares(minmax_gaps),
}
