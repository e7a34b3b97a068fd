"""How far one weight can move before something that matters changes: first place, the first k, the whole order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.methods import Method
from mcda.ranking import competition_ranks, quantise
from mcda.result import Array, DecisionMatrix, Weights
from mcda.robustness.crossover import Crossover, WeightPath, crossovers_on, slider_path
from mcda.study.model import Study

FRAGILE = 0.05
"""An interval that ends nearer than this to the weight in force is told (V23, a product default)."""


@dataclass(frozen=True, slots=True)
class StabilityInterval:
    """From where to where a criterion's weight among its siblings can move (`low` <= `now` <= `high`, 0..1).

    `kept`: 'first' (who is first), 'top' (who is among the first `top`) or 'order' (every place). At `low_rival` and
    `high_rival` the measure named second overtakes the one named first; empty where the slider reaches its end
    without a change.
    """

    criterion: str
    kept: str
    top: int
    now: float
    low: float
    high: float
    low_rival: tuple[str, str] | tuple[()]
    high_rival: tuple[str, str] | tuple[()]

    @property
    def room(self) -> float:
        """The shorter way to a change; infinite where neither side has one."""
        sides = [self.now - self.low] if self.low_rival else []
        sides += [self.high - self.now] if self.high_rival else []
        return min(sides, default=float("inf"))


@dataclass(frozen=True, slots=True)
class CriticalWeight:
    """The smallest change of one weight that lets `overtaking` pass `overtaken`, in per cent of the weight itself.

    `percent` as its source counts it: the weight alone falls (positive) or rises (negative) by so much before all are
    brought to 1 again (Triantaphyllou & Sanchez 1997, Decision Sciences 28, 151-194).
    """

    criterion: str
    percent: float
    overtaken: str
    overtaking: str


@dataclass(frozen=True, slots=True)
class FirstPlace:
    """How first place fares while one slider moves all its way: the exact `interval` around the weight in force, and
    by how much today's first leads the best other (`lead` (k,), in scores) where the slider stands at `at` (k,)."""

    interval: StabilityInterval
    at: Array
    lead: Array


def first_places(
    study: Study,
    matrix: DecisionMatrix,
    method: Method,
    weights: Weights,
    *,
    points: int = 41,
    locked: Collection[str] = frozenset(),
) -> tuple[FirstPlace, ...]:
    """The way of first place for every criterion whose slider can move: fast enough to follow a hand.

    Where several lead today, the best of them counts against the best of the rest. With nobody else there is no lead
    to lose: 0 all the way. Intervals as `stability_intervals` gives them. Raises MethodError as it does.
    """
    scores = quantise(method.score(matrix, weights.leaf[None, :])[0])
    leading = np.flatnonzero(scores == scores.max())
    rest = np.setdiff1d(np.arange(len(scores)), leading)
    paths = {c.id: slider_path(study, weights, c.id, locked) for c in study.criteria}
    all_changes = crossovers_on(matrix, method, list(paths.values()), against=leading.tolist())
    found = []
    for (criterion, path), changes in zip(paths.items(), all_changes, strict=True):
        if not path.reach:
            continue
        now = min(weights.local[criterion], path.reach)
        interval = _intervals(matrix, method, path, changes, criterion, now, 1)[0]
        at = np.linspace(0.0, path.reach, points)
        swept = method.score(matrix, path.at(at))
        lead = swept[:, leading].max(axis=1) - swept[:, rest].max(axis=1) if len(rest) else np.zeros(points)
        found.append(FirstPlace(interval, at, lead))
    return tuple(found)


def stability_intervals(
    study: Study,
    matrix: DecisionMatrix,
    method: Method,
    weights: Weights,
    *,
    top: int = 10,
    locked: Collection[str] = frozenset(),
) -> tuple[StabilityInterval, ...]:
    """The stability intervals of every criterion of the tree for first place, the first `top` and the whole order.

    One slider moves as on the live page: free siblings give way in proportion, everything else keeps its place. The
    ends are the exact crossing points of `crossovers`; measures level at the weight in force count as level, so what
    parts them first on either side is no change of places. A criterion without siblings that can give way has the
    interval of its weight alone. Sources: Mareschal 1988, EJOR 33, 54-64 (weighted sum); own derivation for TOPSIS.
    Raises MethodError when the method has no answer on the way.
    """
    paths = {c.id: slider_path(study, weights, c.id, locked) for c in study.criteria}
    found: list[StabilityInterval] = []
    for (criterion, path), changes in zip(
        paths.items(), crossovers_on(matrix, method, list(paths.values())), strict=True
    ):
        now = min(weights.local[criterion], path.reach) if path.reach else weights.local[criterion]
        found += _intervals(matrix, method, path, changes, criterion, now, top)
    return tuple(found)


def critical_weights(intervals: Sequence[StabilityInterval]) -> tuple[CriticalWeight | None, CriticalWeight | None]:
    """Percent-top and percent-any: the weights that need the least change, in per cent of themselves, to change first
    place and to change any place. A weight of 0 has no per cent of itself and is left out."""
    first, second = (_critical([one for one in intervals if one.kept == kept]) for kept in ("first", "order"))
    return first, second


def _critical(intervals: Sequence[StabilityInterval]) -> CriticalWeight | None:
    found: list[CriticalWeight] = []
    for one in intervals:
        if one.now <= 0:
            continue
        for end, rival in ((one.low, one.low_rival), (one.high, one.high_rival)):
            if rival and end < 1:
                change = (one.now - end) / (1 - end)
                found.append(CriticalWeight(one.criterion, 100 * change / one.now, rival[0], rival[1]))
    return min(found, key=lambda one: (abs(one.percent), one.criterion), default=None)


def _intervals(
    matrix: DecisionMatrix,
    method: Method,
    path: WeightPath,
    changes: Sequence[Crossover],
    criterion: str,
    now: float,
    top: int,
) -> list[StabilityInterval]:
    """The three intervals of one criterion from all changes of places on its way."""
    if not path.reach:
        return [StabilityInterval(criterion, kept, top, now, now, now, (), ()) for kept in ("first", "top", "order")]
    ranks = competition_ranks(quantise(method.score(matrix, path.at(now))[0]))
    place = dict(zip(matrix.measures, np.asarray(ranks).tolist(), strict=True))
    apart = [c for c in changes if place[c.a] != place[c.b]]
    found = []
    for kept, limit in (("first", 1), ("top", top), ("order", len(matrix.measures))):
        telling = [c for c in apart if kept == "order" or (place[c.a] <= limit) != (place[c.b] <= limit)]
        below = max((c for c in telling if c.t < now), key=lambda c: c.t, default=None)
        above = min((c for c in telling if c.t > now), key=lambda c: c.t, default=None)
        found.append(
            StabilityInterval(
                criterion=criterion,
                kept=kept,
                top=limit,
                now=now,
                low=below.t if below else 0.0,
                high=above.t if above else path.reach,
                low_rival=(below.b, below.a) if below else (),
                high_rival=(above.a, above.b) if above else (),
            )
        )
    return found
