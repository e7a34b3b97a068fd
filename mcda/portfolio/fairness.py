"""Who gets and who bears: benefit and own money by municipality, the fairest plan and what it costs.

What a municipality's benefit is measured against is a political choice; it is offered, never hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf
from typing import Literal

import numpy as np

from mcda.errors import InputError, Issue, Where
from mcda.portfolio.flips import with_rows
from mcda.portfolio.plan import GAP, SECONDS, best
from mcda.portfolio.prices import objective_of
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.rules import Row
from mcda.portfolio.solve import search, widened
from mcda.portfolio.told import plan_of
from mcda.result import Result
from mcda.study.model import Study

Measured = Literal["potential", "head", "own_euro"]
"""Against what a municipality can get at most, its inhabitants, or the own money it pays."""

PER_HEADS = 1000.0
PER_EUROS = 10_000.0
MOST_PER_EUROS = 1e9


@dataclass(frozen=True, slots=True)
class Fair:
    """One municipality in a plan. `value`: points of the measures it takes part in (each counts in full: a joint
    measure serves every participant), `potential` those of all it could take part in, `share` their ratio. `own`: EUR
    against the budgets. None where nobody knows: inhabitants, or who pays for some measure of the plan."""

    municipality: str
    value: float
    potential: float
    share: float | None
    per_1000_heads: float | None
    own: Decimal | None
    own_per_head: Decimal | None
    per_10_000_eur: float | None


@dataclass(frozen=True, slots=True)
class FairPlan:
    """The plan whose worst-off municipality is best off. `floor`: what that one gets (share of its potential, points
    per 1,000 inhabitants, or points per 10,000 EUR), `before` what the worst-off one gets in the plan without; `price`
    in points. `proven`: the floor cannot be raised."""

    plan: Plan
    by: Measured
    floor: float
    before: float
    price: float
    proven: bool


def fairness(result: Result, made: Plan) -> tuple[Fair, ...]:
    """Benefit and burden of every municipality in a plan, in the order of their table."""
    potential = _potential(prepare(result, made.task))
    study = result.study
    paid_by_all = all(one.shares or not one.own for one in made.chosen)
    return tuple(_fair(study, made, who.id, potential[who.id], paid_by_all) for who in study.municipalities)


def _fair(study: Study, made: Plan, who: str, potential: float, known: bool) -> Fair:
    mine = [one for one in made.chosen if who in study.measure_by_id[one.measure].municipalities]
    value = sum(one.value for one in mine)
    people = study.municipality_by_id[who].population
    own = sum((one.shares.get(who, Decimal(0)) for one in made.chosen), Decimal(0)) if known else None
    return Fair(
        municipality=who,
        value=value,
        potential=potential,
        share=value / potential if potential > 0 else None,
        per_1000_heads=PER_HEADS * value / people if people else None,
        own=own,
        own_per_head=own / people if own is not None and people else None,
        per_10_000_eur=PER_EUROS * value / float(own) if own else None,
    )


def _potential(ready: Prepared) -> dict[str, float]:
    """The points of all measures each municipality could take part in, each at its best option."""
    found: dict[str, float] = {}
    study = ready.result.study
    most: dict[str, float] = {}
    for option in ready.offer.options:
        points = ready.offer.values[option.measure]
        most[option.measure] = max(most.get(option.measure, 0.0), points * option.factor)
    for who in study.municipalities:
        found[who.id] = sum(v for name, v in most.items() if who.id in study.measure_by_id[name].municipalities)
    return found


def fair_plan(
    result: Result,
    made: Plan,
    *,
    by: Measured = "potential",
    keep: float | None = None,
    seconds: float = SECONDS,
    gap: float = GAP,
) -> FairPlan | None:
    """The plan that gives the worst-off municipality most, and of those the one worth most, under the plan's task.

    `keep`: the least share of the plan's value that is kept (default: none, but 0.9 per own euro, where doing nothing
    would be fair to all).
    Municipalities that can get nothing at all are not asked about. None where no plan is found in time.
    Raises InputError where what is measured against is not known: inhabitants, or who pays. Source: max-min fairness
    (methods reference 5.5); per own euro by halving, since a ratio of two sums is not linear.
    """
    ready = prepare(result, made.task)
    _known(ready, by)
    least = (0.9 if by == "own_euro" else 0.0) if keep is None else keep
    worth = {n: float(points) for n, points in enumerate(ready.problem.worth) if points}
    kept = Row("kept", worth, low=min(least * objective_of(made), objective_of(made)) if least else -inf)
    under = with_rows(ready, [kept])
    found = _by_halving(under, made, seconds, gap) if by == "own_euro" else _raised(under, by, seconds, gap)
    if found is None:
        return None
    floor, proven = found
    fair = with_rows(under, _floors(ready, by, floor - 1e-6 * max(1.0, abs(floor))))
    solved = best(fair, seconds=seconds, gap=gap)
    if not solved.x.size:
        return None
    plan = replace(plan_of(fair, solved), task=made.task)
    return FairPlan(
        plan, by, floor, _worst(result, made, by), round(objective_of(made) - objective_of(plan), 6), proven
    )


def _known(ready: Prepared, by: Measured) -> None:
    study = ready.result.study
    if by == "head" and (missing := tuple(who.id for who in study.municipalities if not who.population)):
        raise InputError([Issue("fair_population_missing", where=Where("municipalities"), params={"names": missing})])
    open_ = tuple(dict.fromkeys(o.measure for o in ready.offer.options if o.own and not o.shares))
    if by == "own_euro" and open_:
        raise InputError([Issue("fair_payer_unknown", where=Where("measures"), params={"names": open_})])


def _benefit(ready: Prepared, who: str) -> dict[int, float]:
    """The points of every option a municipality takes part in."""
    study = ready.result.study
    return {
        number: float(ready.problem.worth[number])
        for number, option in enumerate(ready.offer.options)
        if who in study.measure_by_id[option.measure].municipalities
    }


def _units(ready: Prepared, by: Measured) -> dict[str, float]:
    """By municipality that can get something: what its points are divided by (1 per own euro: see `_floors`)."""
    potential = _potential(ready)
    able = [who for who in ready.result.study.municipalities if potential[who.id] > 0]
    if by == "potential":
        return {who.id: potential[who.id] for who in able}
    return {who.id: (who.population or 0) / PER_HEADS if by == "head" else 1.0 for who in able}


def _floors(ready: Prepared, by: Measured, floor: float) -> list[Row]:
    """Every municipality gets at least `floor`."""
    rows = []
    for who, unit in _units(ready, by).items():
        terms, low = _benefit(ready, who), floor * unit
        if by == "own_euro":
            low = 0.0
            for number, option in enumerate(ready.offer.options):
                paid = float(option.shares.get(who, Decimal(0))) / PER_EUROS
                terms[number] = terms.get(number, 0.0) - floor * paid
        rows.append(Row(f"fair.{who}", terms, low=low))
    return rows


def _raised(ready: Prepared, by: Measured, seconds: float, gap: float) -> tuple[float, bool] | None:
    """The highest floor, as one more column of the problem, and whether that is proven."""
    column = len(ready.problem.worth)
    rows = [
        Row(f"fair.{who}", {**{n: v / unit for n, v in _benefit(ready, who).items()}, column: -1.0}, low=0.0)
        for who, unit in _units(ready, by).items()
    ]
    if not rows:
        return None
    goal = np.zeros(column + 1)
    goal[column] = -1.0
    found = search(widened(ready.problem, 1), goal, (*ready.problem.rows, *rows), seconds, gap)
    return (float(found.x[column]), found.ended) if found.x.size else None


def _by_halving(ready: Prepared, made: Plan, seconds: float, gap: float) -> tuple[float, bool] | None:
    """The highest floor per own euro: doubled from what the plan reaches until it cannot be held, then halved between.
    Within a thousandth; where even a billion points per 10,000 EUR can be held, somebody always gets without paying."""
    low, nothing = _worst(ready.result, made, "own_euro"), np.zeros_like(ready.problem.worth)

    def held(floor: float) -> tuple[bool, bool]:
        rows = (*ready.problem.rows, *_floors(ready, "own_euro", floor))
        found = search(ready.problem, nothing, rows, seconds, gap)
        return bool(found.x.size), bool(found.x.size) or found.status == "infeasible"

    high, proven = max(2 * low, 1e-3), True
    while high < MOST_PER_EUROS and held(high)[0]:
        low, high = high, 2 * high
    while high < MOST_PER_EUROS and high - low > 1e-3 * high:
        middle = (low + high) / 2
        can, sure = held(middle)
        proven &= sure
        low, high = (middle, high) if can else (low, middle)
    return low, proven


def _worst(result: Result, made: Plan, by: Measured) -> float:
    """What the worst-off municipality gets in a plan."""
    names: Mapping[Measured, str] = {"potential": "share", "head": "per_1000_heads", "own_euro": "per_10_000_eur"}
    found = [getattr(one, names[by]) for one in fairness(result, made) if one.potential > 0]
    return min((float(one) for one in found if one is not None), default=0.0)
