"""Leader against challenger: how far their difference moves with one weight or one rating, and what turns it round."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from mcda.methods import Method, method
from mcda.methods.values import value
from mcda.ranking import DECIMALS
from mcda.result import Array, DecisionMatrix, Result
from mcda.robustness.crossover import WeightPath, crossovers, slider_path, sweep
from mcda.study.counted import counted_ratings
from mcda.study.model import Criterion, Study

POINTS = 10.0
"""How far a weight is moved to either side, in points of 100 among its siblings: a product default."""

WEIGHT_SCAN, RATING_SCAN = 101, 21
"""Points at which the difference is looked at between the ends; the weighted sum needs the ends alone."""

HALVINGS = 50

_LEVEL = 10.0**-DECIMALS
"""Scores nearer than this are level, as in the ranking."""

Difference = Callable[[Array], Array]
"""Leader minus challenger (k,) at weights or levels (k,)."""


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """One thing moved alone from `low` over `now` to `high`, and what becomes of leader minus challenger.

    A 'weight' is a fraction among siblings (`measure` empty), a 'rating' a level in the criterion's unit of `measure`.
    `smallest` and `largest`: the ends of the difference in scores, reached at `smallest_at` and `largest_at`. `flip`:
    the nearest value beyond which the challenger is ahead, None where that does not happen between the ends. `step`:
    how much of the move allowed to one side leads there, 0..1, infinite without a flip.
    """

    kind: Literal["weight", "rating"]
    criterion: str
    measure: str
    now: float
    low: float
    high: float
    smallest: float
    largest: float
    smallest_at: float
    largest_at: float
    flip: float | None
    step: float

    @property
    def swing(self) -> float:
        """How far the difference moves in all."""
        return self.largest - self.smallest


@dataclass(frozen=True, slots=True)
class Tornado:
    """All bars, what turns the two round with the smallest step first, then by swing. `gap`: the difference now."""

    leader: str
    challenger: str
    gap: float
    points: float
    bars: tuple[TornadoBar, ...]


def tornado(
    result: Result, challenger: str = "", *, points: float = POINTS, locked: Collection[str] = frozenset()
) -> Tornado | None:
    """What could turn round the order of the first measure and a challenger (default: the second of the list).

    Each criterion's weight moves by `points` of 100 to either side as its slider does (siblings give way in
    proportion, `locked` ones stay, as far as 0 and 100 allow); each given rating of the two moves by one step of its
    scale, within the scale. Missing ratings, criteria without steps and weights that cannot move have no bar. Steps
    of weights and ratings are compared as parts of the move allowed. Two that are level today turn at once (step 0)
    wherever the challenger can get ahead at all. Flips of weights are the exact crossings of `crossovers`, of ratings
    halved to the last digit; extremes between the ends are those of a scan. None where only one measure is ranked.
    Raises ValueError for a challenger that is not ranked or is the leader and for points that are not above 0,
    MethodError when the method has no answer on the way.
    """
    if len(result.ranking) < 2:
        return None
    leader = result.ranking[0].measure
    chosen = challenger or result.ranking[1].measure
    if chosen == leader or chosen not in result.matrix.measures:
        raise ValueError(f"{chosen!r} is no challenger of {leader!r}")
    if not 0 < points < float("inf"):
        raise ValueError(f"points must be above 0, not {points}")
    rows = result.matrix.measures.index(leader), result.matrix.measures.index(chosen)
    bars = [*_weight_bars(result, rows, points / 100, locked), *_rating_bars(result, rows)]
    now = method(result.method).score(result.matrix, result.weights.leaf[None, :])[0]
    gap = float(np.round(now[rows[0]] - now[rows[1]], DECIMALS))
    return Tornado(leader, chosen, gap, points, tuple(sorted(bars, key=lambda bar: (bar.step, -bar.swing))))


def _weight_bars(result: Result, rows: tuple[int, int], reach: float, locked: Collection[str]) -> Iterator[TornadoBar]:
    study, chosen = result.study, method(result.method)
    for criterion in (c.id for c in study.criteria):
        path = slider_path(study, result.weights, criterion, locked)
        if not path.reach:
            continue
        now = min(result.weights.local[criterion], path.reach)
        low, high = max(now - reach, 0.0), min(now + reach, path.reach)
        met = _crossings(result.matrix, chosen, path, rows, (low, high))
        stops = np.array([*np.linspace(low, high, WEIGHT_SCAN), *(sum(two) / 2 for two in pairwise(met)), now])
        difference = _along(result.matrix, chosen, path, rows)
        yield _bar("weight", criterion, "", now, reach, stops, difference, met)


def _crossings(
    matrix: DecisionMatrix, chosen: Method, path: WeightPath, rows: tuple[int, int], ends: tuple[float, float]
) -> list[float]:
    """Where the two change places between the ends; what lies beyond them need have no answer."""
    low, high = ends
    start, end = path.at(ends)
    return [low + found.t * (high - low) for found in crossovers(matrix, chosen, WeightPath(start, end), rows)]


def _along(matrix: DecisionMatrix, chosen: Method, path: WeightPath, rows: tuple[int, int]) -> Difference:
    def difference(weights: Array) -> Array:
        scores = sweep(matrix, chosen, path, weights)
        return np.asarray(scores[:, rows[0]] - scores[:, rows[1]])

    return difference


def _rating_bars(result: Result, rows: tuple[int, int]) -> Iterator[TornadoBar]:
    study, matrix = result.study, result.matrix
    for column, leaf in enumerate(study.criterion_by_id[key] for key in matrix.leaves):
        if leaf.kind != "given" or leaf.step <= 0 or leaf.best is None or leaf.worst is None:
            continue
        for row in rows:
            if _rated(study, matrix.measures[row], leaf.id):
                now = float(matrix.raw[row, column])
                low = min(max(now - leaf.step, min(leaf.best, leaf.worst)), now)
                high = max(min(now + leaf.step, max(leaf.best, leaf.worst)), now)
                stops = np.append(np.linspace(low, high, RATING_SCAN), now)
                difference = _rerated(result, rows, row, column, leaf)
                yield _bar("rating", leaf.id, matrix.measures[row], now, leaf.step, stops, difference, None)


def _rated(study: Study, measure: str, criterion: str) -> bool:
    cell = (r for r in study.ratings if r.measure == measure and r.criterion == criterion)
    return bool(counted_ratings(study, study.measure_by_id[measure], cell))


def _rerated(result: Result, rows: tuple[int, int], row: int, column: int, leaf: Criterion) -> Difference:
    """The difference with one cell of the matrix at other levels, all else as it is."""
    chosen, stack = method(result.method), result.weights.leaf[None, :]

    def difference(levels: Array) -> Array:
        found = np.empty(len(levels))
        for i, level in enumerate(levels):
            raw, values = result.matrix.raw.copy(), result.matrix.values.copy()
            raw[row, column], values[row, column] = level, value(level, leaf)[0]
            scores = chosen.score(replace(result.matrix, raw=raw, values=values), stack)[0]
            found[i] = scores[rows[0]] - scores[rows[1]]
        return found

    return difference


def _bar(
    kind: Literal["weight", "rating"],
    criterion: str,
    measure: str,
    now: float,
    allowed: float,
    stops: Array,
    difference: Difference,
    met: list[float] | None,
) -> TornadoBar:
    """The bar of one thing moved over `stops`, whose last is `now`; `met`: exact crossings where they are known."""
    gaps = difference(stops)
    least, most = int(np.argmin(gaps)), int(np.argmax(gaps))
    if abs(gaps[-1]) <= _LEVEL:
        flip = now if gaps[least] < -_LEVEL else None
    else:
        turns = _turns(stops, gaps, difference) if met is None else met
        flip = min(turns, key=lambda at: abs(at - now), default=None)
    return TornadoBar(
        kind=kind,
        criterion=criterion,
        measure=measure,
        now=now,
        low=float(stops[:-1].min()),
        high=float(stops[:-1].max()),
        smallest=float(gaps[least]),
        largest=float(gaps[most]),
        smallest_at=float(stops[least]),
        largest_at=float(stops[most]),
        flip=flip,
        step=float("inf") if flip is None else min(abs(flip - now) / allowed, 1.0),
    )


def _turns(stops: Array, gaps: Array, difference: Difference) -> list[float]:
    """On either side of the last stop the nearest value beyond which the difference is negative, by halving."""
    found: list[float] = []
    for side in (-1.0, 1.0):
        way = side * (stops - stops[-1])
        order = [int(i) for i in np.argsort(way, kind="stable") if way[i] >= 0]
        first = next((n for n, i in enumerate(order) if gaps[i] < -_LEVEL), None)
        if first is not None:
            found.append(_halved(difference, float(stops[order[first - 1]]), float(stops[order[first]])))
    return found


def _halved(difference: Difference, ahead: float, behind: float) -> float:
    """Between a value where the leader is ahead and one where the challenger is: where they are level."""
    for _ in range(HALVINGS):
        middle = (ahead + behind) / 2
        ahead, behind = (ahead, middle) if difference(np.array([middle]))[0] < 0 else (middle, behind)
    return behind
