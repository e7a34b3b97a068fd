"""What the ratings might also be: draws of the whole decision matrix, with what is not known left open.

A rating is no sharper than its scale, several raters differ, a missing one can be anything, grants may come or not,
and costs run over together rather than one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mcda.funding.records import MeasureMoney
from mcda.methods.values import value
from mcda.result import Array, DecisionMatrix
from mcda.robustness.rater_spread import RaterSpread, rater_spread
from mcda.study.counted import counted_ratings
from mcda.study.model import Criterion, Rating, Study

ValueDraw = Callable[[np.random.Generator, int], Array]
"""Draws a stack of values (k, m, n) in 0..1 from a generator."""

LevelDraw = Callable[[np.random.Generator, int], Array]
"""Draws values (k, m) of one column."""

Shape = Literal["uniform", "triangular", "pert"]
SHAPES: tuple[Shape, ...] = ("uniform", "triangular", "pert")


@dataclass(frozen=True, slots=True)
class RatingDoubt:
    """How far ratings and costs are in doubt.

    `shape`: how a stated interval low .. value .. high is drawn. `steps`: a rating is open by half a step of its scale
    to either side. `raters`: where several people rated, their spread counts, the half step is then only the least.
    `cost_spread`: standard deviation of a cost estimate as a share of it; `common_cost` (0..1): how much of its
    variance all measures share, as prices rise for all. Both are product defaults.
    """

    shape: Shape = "pert"
    steps: bool = True
    raters: bool = True
    cost_spread: float = 0.2
    common_cost: float = 0.5

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.shape not in SHAPES:
            raise ValueError(f"shape must be one of {', '.join(SHAPES)}, not {self.shape}")
        if not 0 <= self.cost_spread <= 2:
            raise ValueError(f"cost_spread must lie in 0 .. 2, not {self.cost_spread}")
        if not 0 <= self.common_cost <= 1:
            raise ValueError(f"common_cost must lie in 0 .. 1, not {self.common_cost}")


DOUBT = RatingDoubt()


def uncertain_values(
    study: Study, matrix: DecisionMatrix, money: Mapping[str, MeasureMoney], doubt: RatingDoubt = DOUBT
) -> ValueDraw:
    """Draws of the values (k, m, n) of the measures of `matrix`, in its order.

    Given criteria: a stated interval in the shape of `doubt`, several raters with their spread (a rater who is strict
    is strict on all measures), else half a step to either side; a missing rating is uniform over the value scale.
    Computed criteria: the cost with its overrun; grants uniform between what is sure and what is possible, in the same
    draw the same for grant, share and own contribution; an overrun finds no grant, so the municipality bears it, and
    what is saved is saved by both in proportion.
    Draws beyond the bounds are clipped as ratings are. Nothing in doubt gives the matrix's own values.
    Sources: triangular and PERT as in Vose 2008, Risk Analysis, ch. 18; common-cause overrun: design of this product.
    """
    columns = [_column(study, study.criterion_by_id[leaf], matrix, j, doubt) for j, leaf in enumerate(matrix.leaves)]
    amounts = _Amounts(matrix.measures, money)

    def draw(generator: np.random.Generator, count: int) -> Array:
        factors, open_share = _factors(generator, count, len(matrix.measures), doubt)
        drawn = []
        for j, leaf in enumerate(matrix.leaves):
            criterion = study.criterion_by_id[leaf]
            if criterion.kind == "computed":
                open_ = matrix.low[:, j] < matrix.high[:, j]
                present = np.where(open_, np.nan, matrix.values[:, j])
                drawn.append(amounts.values(criterion, present, factors, open_share, generator))
            else:
                drawn.append(columns[j](generator, count))
        return np.stack(drawn, axis=2)

    return draw


def pert(generator: np.random.Generator, low: Array, mode: Array, high: Array, count: int) -> Array:
    """Draws (k, m) of the PERT distribution Beta(1 + 4(b-a)/(c-a), 1 + 4(c-b)/(c-a)) on [a, c] with mode b.

    Mean (a + 4b + c) / 6, variance (mean - a)(c - mean) / 7. Where a = c, that value. Source: Malcolm et al. 1959.
    """
    span = high - low
    rise = np.divide(mode - low, span, out=np.full_like(span, 0.5), where=span > 0)
    share = generator.beta(1 + 4 * rise, 1 + 4 * (1 - rise), (count, len(span)))
    return np.asarray(low + span * share)


def triangular(generator: np.random.Generator, low: Array, mode: Array, high: Array, count: int) -> Array:
    """Draws (k, m) of the triangular distribution on [low, high] with its peak at `mode`; where low = high, that."""
    open_ = high > low
    safe = np.where(open_, high, low + 1.0)
    drawn = generator.triangular(low, np.clip(mode, low, safe), safe, (count, len(low)))
    return np.where(open_, drawn, low)


def _uniform(generator: np.random.Generator, low: Array, mode: Array, high: Array, count: int) -> Array:
    return np.asarray(low + (high - low) * generator.random((count, len(low))))


_SHAPES = {"uniform": _uniform, "triangular": triangular, "pert": pert}


def _factors(generator: np.random.Generator, count: int, measures: int, doubt: RatingDoubt) -> tuple[Array, Array]:
    """Cost factors (k, m), median 1, and where between sure and possible the grants of each measure lie (k, m)."""
    sigma = np.sqrt(np.log1p(doubt.cost_spread**2))
    common = generator.standard_normal((count, 1))
    own = generator.standard_normal((count, measures))
    factors = np.exp(sigma * (np.sqrt(doubt.common_cost) * common + np.sqrt(1 - doubt.common_cost) * own))
    return factors, generator.random((count, measures))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one given column: ends and mode of what was stated, half a step, and where nothing is known."""

    low: Array
    mode: Array
    high: Array
    stated: Array
    missing: Array
    spread: RaterSpread | None


def _column(study: Study, leaf: Criterion, matrix: DecisionMatrix, j: int, doubt: RatingDoubt) -> LevelDraw:
    """The draw of one given column; a computed one is drawn from amounts instead."""
    values = matrix.values[:, j]
    if leaf.kind == "computed":
        return lambda generator, count: np.tile(values, (count, 1))
    cells = _cells(study, leaf, matrix.measures, doubt)

    def draw(generator: np.random.Generator, count: int) -> Array:
        levels = _SHAPES[doubt.shape](generator, cells.low, cells.mode, cells.high, count)
        jitter = (generator.random((count, len(values))) - 0.5) * (leaf.step if doubt.steps else 0.0)
        if cells.spread is not None:
            levels = levels + cells.spread.draw(generator, count)
            jitter = jitter * ~cells.spread.wider_than(leaf.step)
        found = value(levels + np.where(cells.stated > 0, 0.0, jitter), leaf)[0]
        anything = generator.random((count, len(values)))
        return np.where(cells.missing > 0, anything, found)

    return draw


def _cells(study: Study, leaf: Criterion, measures: Sequence[str], doubt: RatingDoubt) -> _Cells:
    by_measure: dict[str, list[Rating]] = {}
    for rating in study.ratings:
        if rating.criterion == leaf.id:
            by_measure.setdefault(rating.measure, []).append(rating)
    counted = [counted_ratings(study, study.measure_by_id[m], by_measure.get(m, ())) for m in measures]
    low, mode, high, stated = (np.zeros(len(measures)) for _ in range(4))
    middle = ((leaf.best or 0.0) + (leaf.worst or 0.0)) / 2
    for i, ratings in enumerate(counted):
        marks = [r.value if r.value is not None else middle for r in ratings] or [middle]
        lows = [m if r.low is None else r.low for r, m in zip(ratings, marks, strict=False)] or marks
        highs = [m if r.high is None else r.high for r, m in zip(ratings, marks, strict=False)] or marks
        low[i], mode[i], high[i] = (sum(part) / len(part) for part in (lows, marks, highs))
        stated[i] = float(low[i] < high[i])
    missing = np.array([float(not ratings) for ratings in counted])
    return _Cells(low, mode, high, stated, missing, rater_spread(counted) if doubt.raters else None)


class _Amounts:
    """The money of the measures as arrays (m,), in EUR."""

    def __init__(self, measures: Sequence[str], money: Mapping[str, MeasureMoney]) -> None:
        found = [money[m] for m in measures]

        def column(name: str) -> Array:
            return np.array([float(getattr(one, name)) for one in found])

        self.known: Array = np.array([float(one.cost_known) for one in found])
        self.cost, self.investment = column("life_cycle_gross"), column("investment_gross")
        self.running = column("running_gross_per_year")
        self.grant = column("grant_low"), column("grant_high")
        self.own = column("own_contribution_low"), column("own_contribution_high")

    def values(
        self, leaf: Criterion, present: Array, factors: Array, share: Array, generator: np.random.Generator
    ) -> Array:
        """Values (k, m) of a computed criterion where costs are `factors` times and grants `share` of what is open.

        `present`: the values in force, NaN where staff or cost are not known: there anything may hold.
        """
        anything = generator.random(factors.shape)
        if leaf.quantity == "staff_fte":
            return np.where(np.isnan(present), anything, present)
        grant = self.grant[0] + share * (self.grant[1] - self.grant[0])
        cost = factors * self.cost
        saved, more = np.minimum(factors, 1.0), np.maximum(factors - 1.0, 0.0) * self.cost
        own = self.own[1] - share * (self.own[1] - self.own[0])
        levels = {
            "life_cycle_cost_eur": cost,
            "investment_eur": factors * self.investment,
            "running_cost_eur_per_year": factors * self.running,
            "grant_eur": saved * grant,
            "funding_share": np.divide(saved * grant, cost, out=np.zeros_like(cost), where=cost > 0),
            "own_contribution_eur": saved * own + more,
        }[str(leaf.quantity)]
        return np.where(self.known > 0, value(levels, leaf)[0], anything)
