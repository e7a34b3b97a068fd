"""How much better a measure would have to be rated to reach its goal, and which rating changes whose rank."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcda.errors import InputError
from mcda.methods import method
from mcda.methods.levels import ends
from mcda.methods.values import value
from mcda.result import Array, Result
from mcda.robustness.goal import bar, goal_of, reached, scores_of
from mcda.robustness.outward import said
from mcda.study.model import Criterion

HALVINGS = 48
"""The way of a value through 0..1 is halved that often: 4e-15."""

COARSEST, FINEST = -1, -4
"""Levels are said to a tenth, small changes finer (powers of ten)."""


@dataclass(frozen=True, slots=True)
class RatingNeeded:
    """The level (in the criterion's unit) at which the target is strictly ahead, everything else as it is.

    `level` is rounded to the better side; `step` is the next step of the scale from there on (None: the criterion has
    no steps). `share`: how much of the whole way from worst (0) to best (1) the change is worth.
    """

    criterion: str
    now: float
    level: float
    step: float | None
    share: float


@dataclass(frozen=True, slots=True)
class CriticalCell:
    """At which level of one rating its measure changes places with its neighbour in the ranking.

    From `rise` on it overtakes `overtakes`, from `fall` on `overtaken_by` overtakes it; None and '' where no level of
    the scale does it. Levels are rounded so that the change has happened.
    """

    measure: str
    criterion: str
    now: float
    rise: float | None
    overtakes: str
    fall: float | None
    overtaken_by: str


def ratings_needed(
    result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1
) -> tuple[RatingNeeded, ...]:
    """Every given criterion that can bring `target` to its goal by its rating alone, the smallest change first.

    Empty where it is there already, where no rating does it, and for methods whose scores depend on the other
    measures. Raises InputError as `goal_of`.
    """
    goal = goal_of(result, target, rivals, top)
    if reached(result, goal) or not method(result.method).fixed_bounds:
        return ()
    leaves = _given(result)
    if not leaves:
        return ()
    row, limit = result.matrix.measures.index(target), bar(result, goal)
    critical = _critical(result, np.full(len(leaves), row), np.array(leaves), np.full(len(leaves), limit), up=True)
    found = []
    for j, worth in zip(leaves, critical.tolist(), strict=True):
        level = _level(result, row, j, worth, limit, up=True)
        if level is not None:
            found.append(_needed(result, row, j, level, limit))
    return tuple(sorted(found, key=lambda one: one.share))


def critical_cells(result: Result) -> tuple[CriticalCell, ...]:
    """For every measure and given criterion the levels at which it changes places with its next neighbours.

    Measures in rank order, criteria in the order of the matrix. Level with a neighbour, the next level beyond today's
    parts them. Empty for methods whose scores depend on the other measures.
    """
    leaves = _given(result)
    if not leaves or not method(result.method).fixed_bounds:
        return ()
    lines, at = result.ranking, {m: i for i, m in enumerate(result.matrix.measures)}
    rows = np.repeat([at[line.measure] for line in lines], len(leaves))
    columns = np.tile(leaves, len(lines))
    scores = np.array([line.score for line in lines])
    above = np.repeat(np.concatenate([[np.inf], scores[:-1]]), len(leaves))
    below = np.repeat(np.concatenate([scores[1:], [-np.inf]]), len(leaves))
    rises, falls = (_critical(result, rows, columns, *side) for side in ((above, True), (below, False)))
    found = []
    for k, (row, j) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        place = k // len(leaves)
        rise = _level(result, row, j, float(rises[k]), float(above[k]), up=True)
        fall = _level(result, row, j, float(falls[k]), float(below[k]), up=False)
        found.append(
            CriticalCell(
                measure=lines[place].measure,
                criterion=result.matrix.leaves[j],
                now=float(result.matrix.raw[row, j]),
                rise=rise,
                overtakes=lines[place - 1].measure if rise is not None else "",
                fall=fall,
                overtaken_by=lines[place + 1].measure if fall is not None else "",
            )
        )
    return tuple(found)


def _given(result: Result) -> list[int]:
    """Columns of the rated criteria whose levels run one way from worst to best."""
    found = []
    for j, leaf in enumerate(result.matrix.leaves):
        criterion = result.study.criterion_by_id[leaf]
        if criterion.kind == "given" and _ends(criterion) is not None:
            found.append(j)
    return found


def _ends(criterion: Criterion) -> tuple[float, float] | None:
    try:
        return ends(criterion)
    except InputError:
        return None


def _critical(result: Result, rows: Array, columns: Array, limits: Array, up: bool) -> Array:
    """The value (k,) of each cell at which its measure's score passes its limit upwards (or downwards); NaN inside this
    module only where no value does. All cells are halved together."""
    values = result.matrix.values[rows]
    cells = np.arange(len(rows))
    near, far = values[cells, columns].copy(), np.full(len(rows), 1.0 if up else 0.0)

    def passed(at: Array) -> Array:
        changed = values.copy()
        changed[cells, columns] = at
        scores = scores_of(result, result.matrix.measures[0], changed)
        return np.asarray(scores > limits if up else scores < limits)

    able = passed(far)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        done = passed(middle)
        near, far = np.where(done, near, middle), np.where(done, middle, far)
    return np.where(able, far, np.nan)


def _level(result: Result, row: int, j: int, worth: float, limit: float, *, up: bool) -> float | None:
    """The level to say for a critical value; None where there is none."""
    if math.isnan(worth):
        return None
    criterion = result.study.criterion_by_id[result.matrix.leaves[j]]
    found = _ends(criterion)
    assert found is not None  # held by _given
    worst, best = found
    now = float(np.clip(result.matrix.raw[row, j], min(worst, best), max(worst, best)))
    end = best if up else worst
    exact = _level_at(criterion, worth, now, end)

    def true(level: float) -> bool:
        score = _score_at(result, row, j, level)
        return score > limit if up else score < limit

    return said(exact, now, end, COARSEST, FINEST, true) if now != end else None


def _level_at(criterion: Criterion, worth: float, now: float, end: float) -> float:
    """The level nearest to `now`, on the way to `end`, that is worth so much."""
    rising = float(value(end, criterion)[0]) >= float(value(now, criterion)[0])
    for _ in range(HALVINGS):
        middle = (now + end) / 2
        there = float(value(middle, criterion)[0])
        now, end = (now, middle) if (there >= worth if rising else there <= worth) else (middle, end)
    return end


def _score_at(result: Result, row: int, j: int, level: float) -> float:
    matrix = result.matrix
    values = matrix.values[[row]].copy()
    values[0, j] = value(level, result.study.criterion_by_id[matrix.leaves[j]])[0]
    return float(scores_of(result, matrix.measures[row], values)[0])


def _needed(result: Result, row: int, j: int, level: float, limit: float) -> RatingNeeded:
    matrix, criterion = result.matrix, result.study.criterion_by_id[result.matrix.leaves[j]]
    share = float(value(level, criterion)[0]) - float(matrix.values[row, j])
    return RatingNeeded(criterion.id, float(matrix.raw[row, j]), level, _next_step(criterion, level), share)


def _next_step(criterion: Criterion, level: float) -> float | None:
    """The first step of the scale, counted from its worst level, at or beyond `level`."""
    found = _ends(criterion)
    if found is None or criterion.step <= 0:
        return None
    worst, best = found
    steps = math.ceil(abs(level - worst) / criterion.step - 1e-9)
    reached = worst + math.copysign(steps * criterion.step, best - worst)
    return min(reached, best) if best > worst else max(reached, best)
