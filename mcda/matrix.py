"""From a study to its decision matrix: ratings agreed or averaged, computed criteria filled in, values mapped."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.errors import Finding, Where
from mcda.funding.records import MeasureMoney
from mcda.methods.values import value
from mcda.result import Array, DecisionMatrix
from mcda.study.counted import counted_ratings
from mcda.study.model import Criterion, Measure, Quantity, Rating, Study


@dataclass(frozen=True, slots=True)
class Level:
    """A measure's level on one leaf in the criterion's unit: the number used, and the ends of what is open."""

    value: float
    low: float
    high: float
    missing: bool = False


def decision_matrix(study: Study, money: Mapping[str, MeasureMoney]) -> tuple[DecisionMatrix, tuple[Finding, ...]]:
    """All measures on all leaves, and what is worth telling: clipped values (V04), missing ratings (V17)."""
    leaves = tuple(study.criterion_by_id[leaf] for leaf in study.leaves)
    ratings = _by_cell(study.ratings)
    columns: list[tuple[Array, Array, Array, Array]] = []
    findings: list[Finding] = []
    for leaf in leaves:
        cells = [_level(study, leaf, measure, ratings, money) for measure in study.measures]
        columns.append(_column(leaf, cells))
        findings += _told(study, leaf, cells)
    raw, values, low, high = (np.column_stack([column[i] for column in columns]) for i in range(4))
    senses = np.array([1.0 if leaf.sense == "max" else -1.0 for leaf in leaves])
    steps = np.array([leaf.step / abs(_bound(leaf.best) - _bound(leaf.worst)) for leaf in leaves])
    for array in (raw, values, low, high, senses, steps):
        array.setflags(write=False)
    ids = tuple(m.id for m in study.measures)
    return DecisionMatrix(ids, study.leaves, raw, values, low, high, senses, steps), tuple(findings)


def pick(matrix: DecisionMatrix, measures: Iterable[str]) -> DecisionMatrix:
    """The matrix of some of its measures, in the matrix's order."""
    chosen = frozenset(measures)
    rows = [i for i, m in enumerate(matrix.measures) if m in chosen]
    raw, values, low, high = (a[rows] for a in (matrix.raw, matrix.values, matrix.low, matrix.high))
    for array in (raw, values, low, high):
        array.setflags(write=False)
    ids = tuple(matrix.measures[i] for i in rows)
    return DecisionMatrix(ids, matrix.leaves, raw, values, low, high, matrix.senses, matrix.steps)


def _by_cell(ratings: Iterable[Rating]) -> dict[tuple[str, str], list[Rating]]:
    cells: dict[tuple[str, str], list[Rating]] = {}
    for rating in ratings:
        cells.setdefault((rating.measure, rating.criterion), []).append(rating)
    return cells


def _level(
    study: Study,
    leaf: Criterion,
    measure: Measure,
    ratings: Mapping[tuple[str, str], list[Rating]],
    money: Mapping[str, MeasureMoney],
) -> Level:
    point = study.study.interval_point
    if leaf.kind == "computed" and leaf.quantity is not None:
        found = _computed(leaf.quantity, measure, money[measure.id], point)
        return found if found is not None else _open(leaf, point)
    counted = counted_ratings(study, measure, ratings.get((measure.id, leaf.id), ()))
    if not counted:
        return _open(leaf, point)
    values = [_bound(r.value) for r in counted]
    lows = [v if r.low is None else r.low for r, v in zip(counted, values, strict=True)]
    highs = [v if r.high is None else r.high for r, v in zip(counted, values, strict=True)]
    return Level(_mean(values), _mean(lows), _mean(highs))


def _open(leaf: Criterion, point: float) -> Level:
    """Nothing is known: the whole scale is the interval, `point` of it (from worst to best) is used."""
    best, worst = _bound(leaf.best), _bound(leaf.worst)
    return Level(worst + point * (best - worst), worst, best, missing=True)


def _computed(quantity: Quantity, measure: Measure, money: MeasureMoney, point: float) -> Level | None:
    if quantity == "staff_fte":
        return None if measure.staff_fte is None else _sure(measure.staff_fte)
    if not money.cost_known:
        return None
    if quantity == "grant_eur":
        return _between(float(money.grant_low), float(money.grant_high), point)
    if quantity == "own_contribution_eur":
        sure = float(money.own_contribution)
        return Level(sure, float(money.own_contribution_low), float(money.own_contribution_high))
    if quantity == "funding_share":
        cost = float(money.life_cycle_gross)
        if cost <= 0:
            return _sure(0.0)
        return _between(float(money.grant_low) / cost, float(money.grant_high) / cost, point)
    amounts = {
        "life_cycle_cost_eur": money.life_cycle_gross,
        "investment_eur": money.investment_gross,
        "running_cost_eur_per_year": money.running_gross_per_year,
    }
    return _sure(float(amounts[quantity]))


def _sure(amount: float) -> Level:
    return Level(amount, amount, amount)


def _between(low: float, high: float, point: float) -> Level:
    return Level(low + point * (high - low), low, high)


def _column(leaf: Criterion, cells: list[Level]) -> tuple[Array, Array, Array, Array]:
    """Raw levels, and values at the level used and at both ends (ordered by worth)."""
    raw = np.array([cell.value for cell in cells], dtype=np.float64)
    values = value(raw, leaf)[0]
    ends = [value(np.array([getattr(cell, end) for cell in cells]), leaf)[0] for end in ("low", "high")]
    return raw, values, np.minimum(values, np.minimum(*ends)), np.maximum(values, np.maximum(*ends))


def _told(study: Study, leaf: Criterion, cells: list[Level]) -> list[Finding]:
    found: list[Finding] = []
    ids = [m.id for m in study.measures]
    clipped = value(np.array([cell.value for cell in cells]), leaf)[1]
    outside = tuple(m for m, flag in zip(ids, clipped, strict=True) if flag)
    missing = tuple(m for m, cell in zip(ids, cells, strict=True) if cell.missing)
    where = Where("criteria", column=leaf.id)
    if outside:
        found.append(Finding("clipped", "warning", where, {"criterion": leaf.id, "measures": outside}))
    if missing:
        found.append(Finding("rating_missing", "warning", where, {"criterion": leaf.id, "measures": missing}))
    return found


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _bound(number: float | None) -> float:
    assert number is not None  # held by the rules of the study
    return number
