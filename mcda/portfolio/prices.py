"""What a rule costs, and what more money would buy: always by solving again, never by a multiplier."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from mcda.portfolio.families import families, family
from mcda.portfolio.plan import GAP, SECONDS, plan
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.rules import Row
from mcda.portfolio.solve import search
from mcda.portfolio.task import PlanTask
from mcda.result import Result

STEP = 0.01
"""So many points more are a gain worth naming."""

Told = Callable[[int, int], None]
"""Told how many of how many questions are answered."""


@dataclass(frozen=True, slots=True)
class RulePrice:
    """A rule, and the plan without it. `gain` in points (missed minimums taken off on both sides); `own_eur` is what
    the plan without it costs more. `proven`: both plans are proven best; else the gain is what was found."""

    key: str
    gain: float
    value: float
    own_eur: Decimal
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class MoreMoney:
    """What `extra_eur` more in the joint budget brings: points, and what changes."""

    extra_eur: Decimal
    gain: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    proven: bool


def objective_of(made: Plan) -> float:
    """A plan's value with what its missed minimums cost taken off: what the search maximises."""
    return made.value - sum(one.points for one in made.missed)


def rules_asked(result: Result, task: PlanTask) -> tuple[str, ...]:
    """The rules of a task that can be ignored, as `families` names them."""
    return tuple(name for name in families(prepare(result, task).rows) if not name.startswith("once."))


def rule_prices(
    result: Result,
    task: PlanTask,
    made: Plan,
    *,
    keys: Sequence[str] | None = None,
    seconds: float = SECONDS,
    gap: float = GAP,
    told: Told | None = None,
) -> tuple[RulePrice, ...]:
    """What each rule (default: all that can be ignored) costs: the plan without it, less the plan; dearest first."""
    asked = rules_asked(result, task) if keys is None else tuple(keys)
    found = []
    for number, key in enumerate(asked):
        other = plan(result, task.model_copy(update={"ignore": (*task.ignore, key)}), seconds=seconds, gap=gap)
        found.append(_price(key, made, other))
        if told is not None:
            told(number + 1, len(asked))
    return tuple(sorted(found, key=lambda one: -one.gain))


def _price(key: str, made: Plan, other: Plan) -> RulePrice:
    enters, leaves = changes(made, other)
    return RulePrice(
        key,
        round(objective_of(other) - objective_of(made), 6),
        other.value,
        other.own - made.own,
        enters,
        leaves,
        made.status == other.status == "optimal",
    )


def changes(made: Plan, other: Plan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the other plan has that the first has not, and the reverse."""
    mine, theirs = set(made.measures), set(other.measures)
    return tuple(m for m in other.measures if m not in mine), tuple(m for m in made.measures if m not in theirs)


def more_money(
    result: Result,
    task: PlanTask,
    made: Plan,
    *,
    extra_eur: Sequence[Decimal] = (Decimal(10_000), Decimal(50_000), Decimal(100_000)),
    seconds: float = SECONDS,
    gap: float = GAP,
) -> tuple[MoreMoney, ...]:
    """What more joint own money buys, amount by amount. Yearly budgets get it in the first year where what is left is
    carried over, else in every year. Empty where there is no joint budget."""
    base = made.task
    if base.budget_eur is None and not base.budget_by_year_eur:
        return ()
    found = []
    for extra in extra_eur:
        other = plan(result, _richer(base, extra), seconds=seconds, gap=gap)
        gain = round(objective_of(other) - objective_of(made), 6)
        found.append(MoreMoney(extra, gain, *changes(made, other), made.status == other.status == "optimal"))
    return tuple(found)


def _richer(task: PlanTask, extra: Decimal) -> PlanTask:
    first = min(task.budget_by_year_eur, default=0)
    by_year = {
        year: amount + (extra if year == first or not task.carry_over else 0)
        for year, amount in task.budget_by_year_eur.items()
    }
    total = None if task.budget_eur is None else task.budget_eur + extra
    return task.model_copy(update={"budget_eur": total, "budget_by_year_eur": by_year})


def next_step(result: Result, task: PlanTask, made: Plan, *, seconds: float = SECONDS) -> MoreMoney | None:
    """The smallest rise of the joint budget that buys anything (at least STEP points); None where nothing more can be
    had, where the budget is by year, and where the time did not suffice."""
    budget = made.task.budget_eur
    if budget is None or made.task.budget_by_year_eur:
        return None
    ready = prepare(result, made.task)
    more = Row("more", _worth(ready), low=objective_of(made) + STEP)
    kept = (*(row for row in ready.problem.rows if family(row.key) != "budget"), more)
    found = search(ready.problem, _own(ready), kept, seconds, 0.0)
    if not found.x.size:
        return None
    extra = sum((o.own for o, x in zip(ready.offer.options, found.x, strict=False) if x > 0.5), Decimal(0)) - budget
    if extra <= 0:  # a better plan within the budget: the one given was not the best
        return None
    other = plan(result, _richer(made.task, extra), seconds=seconds)
    gain = round(objective_of(other) - objective_of(made), 6)
    return MoreMoney(extra, gain, *changes(made, other), made.status == other.status == "optimal")


def _worth(ready: Prepared) -> dict[int, float]:
    return {number: float(worth) for number, worth in enumerate(ready.problem.worth) if worth}


def _own(ready: Prepared) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    own = np.zeros(len(ready.problem.worth))
    own[: len(ready.offer.options)] = [float(option.own) / 1000.0 for option in ready.offer.options]
    return own
