"""Where two measures change places while one slider moves: the whole path, and the exact crossing points.

The path is the slider's: the weight t of a criterion among its siblings runs from 0 as far as locks let it, free
siblings give way in proportion, everything else keeps its place. All leaf weights are linear in t.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.methods import Method
from mcda.methods.topsis import minmax_gaps, vector_gaps
from mcda.result import Array, DecisionMatrix, Weights
from mcda.study.model import Study
from mcda.weights.direct import TOTAL, shift
from mcda.weights.tree import combine

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

SCAN_POINTS = 201
HALVINGS = 24
"""A bracket of the scan halved that often is 3e-10 wide."""

TO_THE_LAST_BIT = 56
"""Halvings after which a bracket of 0..1 is as narrow as floats allow."""

AT_ONCE = 200_000
"""So many pairs and paths are worked on together; beyond, memory costs more than it saves."""

_FLAT = 1e-14
"""A difference this small against what is compared is rounding noise: the two are equal there."""


@dataclass(frozen=True, slots=True)
class WeightPath:
    """Leaf weights (n,) at both ends of a slider's way: `start` at weight 0 among the siblings, `end` at `reach`.

    `reach` is 1 unless siblings are locked; it is 0 where nothing can give way.
    """

    start: Array
    end: Array
    reach: float = 1.0

    def at(self, t: ArrayLike) -> Array:
        """Leaf weights (k, n) where the slider stands at `t` (k,), fractions among the siblings in 0..reach."""
        share = np.atleast_1d(np.asarray(t, dtype=np.float64))[:, None] / (self.reach or 1.0)
        return np.asarray(share * self.end + (1.0 - share) * self.start)


@dataclass(frozen=True, slots=True)
class Crossover:
    """At weight `t` (0..1) of the node, measure `b` overtakes measure `a`: `a` is ahead just below, `b` just above."""

    t: float
    a: str
    b: str


def slider_path(study: Study, weights: Weights, criterion: str, locked: Collection[str] = frozenset()) -> WeightPath:
    """The way of one criterion's slider from the weights in force, as `mcda.weights.direct.shift` moves it.

    Raises KeyError for an unknown criterion.
    """
    siblings = study.children[study.criterion_by_id[criterion].parent]
    points = {key: TOTAL * weights.local[key] for key in siblings}

    def moved(to: float) -> tuple[Array, float]:
        group = {key: part / TOTAL for key, part in shift(points, criterion, to, locked).items()}
        overall = combine(study, {**weights.local, **group})
        return np.array([overall[leaf] for leaf in study.leaves], dtype=np.float64), group[criterion]

    (start, least), (end, reach) = moved(0.0), moved(TOTAL)
    return WeightPath(start, end, reach if reach > least else 0.0)


def sweep(matrix: DecisionMatrix, method: Method, path: WeightPath, points: ArrayLike) -> Array:
    """Scores (k, m) of all measures while the slider takes the values `points` (k,): one line per measure."""
    return method.score(matrix, path.at(points))


def crossovers(
    matrix: DecisionMatrix,
    method: Method,
    path: WeightPath,
    among: Sequence[int] | None = None,
    against: Sequence[int] | None = None,
) -> tuple[Crossover, ...]:
    """Every change of places between two measures on the way, by rising t.

    Exact for the own methods, whose differences have the sign of a polynomial in t: weighted sum and product (in
    logs) linear, TOPSIS on the weighted distance quadratic, with the squared weights of the original quartic. Other
    methods: the sign changes of a scan of 201 points, each halved down to 3e-10; changes back and forth within one
    step of the scan go unseen. Touching without changing places, and ties over the whole path, are no crossovers.
    `among`: rows to look at (default all); `against`: only pairs with one of these rows in them.
    Raises MethodError when the method has no answer on the path.
    Source: own derivation, checked against dense scans.
    """
    return crossovers_on(matrix, method, [path], among, against)[0]


def crossovers_on(
    matrix: DecisionMatrix,
    method: Method,
    paths: Sequence[WeightPath],
    among: Sequence[int] | None = None,
    against: Sequence[int] | None = None,
) -> list[tuple[Crossover, ...]]:
    """`crossovers` on several paths at once: the same, in a fraction of the time."""
    rows = np.arange(len(matrix.measures)) if among is None else np.asarray(sorted(among), dtype=np.int64)
    pairs = _pairs(rows)
    if against is not None:
        told = np.isin(pairs[0], against) | np.isin(pairs[1], against)
        pairs = pairs[0][told], pairs[1][told]
    moving = [path for path in paths if path.reach]
    if method.id in _EXACT and len(pairs[0]) * len(moving) > AT_ONCE:
        one_by_one = (_EXACT[method.id](matrix, path, *pairs) for path in moving)
        found = iter([_sign_changes([left], [right], [a], [b])[0] for left, right, a, b in one_by_one])
    elif method.id in _EXACT and moving:
        found = iter(_sign_changes(*zip(*(_EXACT[method.id](matrix, path, *pairs) for path in moving), strict=True)))
    else:
        found = iter([_scanned(matrix, method, path, *pairs) for path in moving])
    return [_named(matrix, path, next(found)) if path.reach else () for path in paths]


def _named(matrix: DecisionMatrix, path: WeightPath, found: Array) -> tuple[Crossover, ...]:
    """Rows (t, ahead below, ahead above) with the measures' names, by rising t."""
    names = matrix.measures
    order = np.lexsort((found[:, 2], found[:, 1], found[:, 0]))
    return tuple(Crossover(path.reach * float(t), names[int(a)], names[int(b)]) for t, a, b in found[order])


def _pairs(rows: Rows) -> tuple[Rows, Rows]:
    """Row numbers of all pairs a < b."""
    first, second = np.triu_indices(len(rows), 1)
    return rows[first], rows[second]


Polynomials = tuple[Array, Array, Rows, Rows]
"""Of every pair (a, b) two polynomials (d + 1, p) in t, lowest coefficient first: a leads where the first is higher."""


def _by_sum(matrix: DecisionMatrix, path: WeightPath, a: Rows, b: Rows) -> Polynomials:
    scores = _linear(path) @ matrix.values.T
    return scores[:, a], scores[:, b], a, b


def _by_product(matrix: DecisionMatrix, path: WeightPath, a: Rows, b: Rows) -> Polynomials:
    """Linear in the logs. A measure at its worst under some weight has the score 0 on the whole open path."""
    weighted = path.end + path.start > 0
    alive: Flags = ~np.any((matrix.values <= 0) & weighted, axis=1)
    both = alive[a] & alive[b]
    a, b = a[both], b[both]
    logs = _linear(path) @ np.log(np.where(matrix.values > 0, matrix.values, 1.0)).T
    return logs[:, a], logs[:, b], a, b


def _by_closeness(matrix: DecisionMatrix, path: WeightPath, a: Rows, b: Rows) -> Polynomials:
    return _by_distances(_linear(path), (1.0 - matrix.values) ** 2, matrix.values**2, a, b)


def _by_squares(gaps: Callable[[Array, ArrayLike], tuple[Array, Array]]) -> Callable[..., Polynomials]:
    """Squared weights: every squared distance is quadratic in t, their products quartic."""

    def find(matrix: DecisionMatrix, path: WeightPath, a: Rows, b: Rows) -> Polynomials:
        start, slope = _linear(path)
        return _by_distances(np.stack([start**2, 2 * start * slope, slope**2]), *gaps(matrix.raw, matrix.senses), a, b)

    return find


def _linear(path: WeightPath) -> Array:
    """The leaf weights as polynomials of the share of the way: coefficients (2, n), lowest first."""
    return np.stack([path.start, path.end - path.start])


def _by_distances(weights: Array, to_ideal: Array, from_worst: Array, a: Rows, b: Rows) -> Polynomials:
    """Closeness of a exceeds that of b where D-_a D+_b > D-_b D+_a, with squared distances polynomial in t."""
    plus, minus = weights @ to_ideal.T, weights @ from_worst.T
    return _product(minus[:, a], plus[:, b]), _product(minus[:, b], plus[:, a]), a, b


def _product(left: Array, right: Array) -> Array:
    """Coefficients of the products of polynomials of equal degree, columns apart."""
    terms = len(left)
    found = np.zeros((2 * terms - 1, left.shape[1]))
    for i in range(terms):
        found[i : i + terms] += left[i] * right
    return found


def _sign_changes(
    lefts: Sequence[Array], rights: Sequence[Array], firsts: Sequence[Rows], seconds: Sequence[Rows]
) -> list[Array]:
    """For every path where the polynomials `left` and `right` (d + 1, p) of its pairs change places inside (0, 1): rows
    (t, ahead below, ahead above). A double root only touches; differences of rounding size count as none."""
    left, right = np.concatenate(lefts, axis=1), np.concatenate(rights, axis=1)
    a, b = np.concatenate(firsts), np.concatenate(seconds)
    gap = left - right
    noise = _FLAT * (np.abs(left) + np.abs(right)).max(axis=0, initial=0.0)
    edges = _edges(gap)
    heights = _height(gap, edges)
    signs = np.where(np.abs(heights) > noise, np.sign(heights), 0.0)
    before, after, pair = _brackets(signs)
    t = _halved(gap[:, pair], edges[before, pair], edges[after, pair])
    rising = signs[before, pair] < 0
    below, above = np.where(rising, b[pair], a[pair]), np.where(rising, a[pair], b[pair])
    found = np.column_stack([t, below.astype(np.float64), above.astype(np.float64)])
    ends = np.cumsum([len(rows) for rows in firsts])
    path = np.searchsorted(ends, pair, side="right")
    return [found[path == number] for number in range(len(ends))]


def _edges(coefficients: Array) -> Array:
    """0, the turning points inside, and 1 by rising t: between two of them a polynomial only rises or only falls."""
    degree, pairs = len(coefficients) - 1, coefficients.shape[1]
    ends = np.zeros((1, pairs)), np.ones((1, pairs))
    if degree < 2:
        return np.concatenate(ends)
    slope = coefficients[1:] * np.arange(1, degree + 1)[:, None]
    edges = _edges(slope)
    turns = [_halved(slope, low, high) for low, high in pairwise(edges)]
    return np.concatenate([ends[0], np.stack(turns), ends[1]])


def _halved(coefficients: Array, low: Array, high: Array) -> Array:
    """The sign change between `low` and `high` (p,) of each polynomial; an end where there is none."""
    before = np.sign(_height(coefficients, low))
    for _ in range(TO_THE_LAST_BIT):
        middle = (low + high) / 2
        same = np.sign(_height(coefficients, middle)) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.asarray((low + high) / 2)


def _height(coefficients: Array, t: Array) -> Array:
    """The polynomials' values at `t`, by Horner."""
    height = np.zeros_like(t)
    for coefficient in coefficients[::-1]:
        height = height * t + coefficient
    return height


def _scanned(matrix: DecisionMatrix, method: Method, path: WeightPath, a: Rows, b: Rows) -> Array:
    """Sign changes on a grid, all brackets halved together: one stack of weight vectors per halving."""

    def ahead(share: Array, left: Rows, right: Rows) -> Array:
        scores = method.score(matrix, path.at(path.reach * share))
        at = np.arange(len(share))
        return np.asarray(np.sign(np.round(scores[at, left] - scores[at, right], 12)))

    grid = np.linspace(0.0, 1.0, SCAN_POINTS)
    scores = method.score(matrix, path.at(path.reach * grid))
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


_EXACT: Mapping[str, Callable[[DecisionMatrix, WeightPath, Rows, Rows], Polynomials]] = {
    "weighted_sum": _by_sum,
    "weighted_product": _by_product,
    "topsis": _by_closeness,
    "topsis_vector": _by_squares(vector_gaps),
    "topsis_minmax": _by_squares(minmax_gaps),
}
