"""What can be asked of a plan besides: prices, the line, grants, budgets, weightings, fairness; each on demand."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, TypeVar

from mcda.portfolio import (
    Fair,
    FairPlan,
    Flip,
    Frontier,
    GrantFails,
    Hanging,
    Inclusion,
    MoreMoney,
    Plan,
    RulePrice,
    fair_plan,
    fairness,
    frontier,
    grants_failing,
    hanging_on_grants,
    inclusion,
    inclusion_over_budgets,
    more_money,
    nearest_to_line,
    next_step,
    rule_prices,
)
from mcda.portfolio.core import DRAWS
from mcda.result import Result
from mcda.robustness.weight_draws import SPREAD, weights_around

T = TypeVar("T")
PlanQuestion = Literal["prices", "line", "grants", "frontier", "core", "fairness"]
QUESTIONS: tuple[PlanQuestion, ...] = ("prices", "line", "grants", "frontier", "core", "fairness")
POINTS, YEAR_POINTS = 50, 15
"""Budgets of the frontier; fewer where years are planned, which takes longer (methods reference 5.3)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked and answered; None or empty what was not. `step`: the next amount that buys anything."""

    prices: tuple[RulePrice, ...] = ()
    more: tuple[MoreMoney, ...] = ()
    step: MoreMoney | None = None
    line: tuple[Flip, ...] = ()
    failing: tuple[GrantFails, ...] = ()
    hanging: tuple[Hanging, ...] = ()
    frontier: Frontier | None = None
    core: Inclusion | None = None
    budgets: Inclusion | None = None
    fair: tuple[Fair, ...] = ()
    fairest: FairPlan | None = None


def answers(result: Result, made: Plan, asked: Collection[str], *, seconds: float = 5.0) -> Answers:
    """The answers to `asked` (of `QUESTIONS`) for a plan there is; `seconds` for every plan worked out on the way."""
    task = made.task
    budget = task.budget_eur is not None or bool(task.budget_by_year_eur)

    def told(name: PlanQuestion, find: Callable[[], T], otherwise: T) -> T:
        return find() if name in asked and made.solved else otherwise

    return Answers(
        prices=told("prices", lambda: rule_prices(result, task, made, seconds=seconds), ()),
        more=told("prices", lambda: more_money(result, task, made, seconds=seconds), ()),
        step=told("prices", lambda: next_step(result, task, made, seconds=seconds), None),
        line=told("line", lambda: nearest_to_line(result, made, seconds=seconds), ()),
        failing=told("grants", lambda: grants_failing(result, made, seconds=seconds), ()),
        hanging=told("grants", lambda: hanging_on_grants(result, made, seconds=seconds), ()),
        frontier=told("frontier", lambda: _frontier(result, made, seconds), None),
        core=told("core", lambda: core_over_weights(result, made, seconds=seconds), None),
        budgets=told("core", lambda: inclusion_over_budgets(result, task, seconds=seconds) if budget else None, None),
        fair=told("fairness", lambda: fairness(result, made), ()),
        fairest=told("fairness", lambda: fair_plan(result, made, seconds=seconds), None),
    )


def core_over_weights(result: Result, made: Plan, *, draws: int = DRAWS, seconds: float = 2.0) -> Inclusion:
    """How often each measure is in the best plan when all weights move around those in force."""
    around = weights_around(result.study, result.weights, SPREAD)
    return inclusion(result, made.task, around, draws=draws, seconds=seconds)


def _frontier(result: Result, made: Plan, seconds: float) -> Frontier:
    points = YEAR_POINTS if made.task.schedule else POINTS
    return frontier(result, made.task, points=points, seconds=seconds)
