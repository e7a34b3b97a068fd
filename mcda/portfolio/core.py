"""What is in whatever is thought: how often a measure is in the best plan, over weightings and over budgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from mcda.portfolio.plan import best
from mcda.portfolio.ready import Prepared, prepare, with_budget
from mcda.portfolio.records import Plan
from mcda.portfolio.solve import problem_of
from mcda.portfolio.task import PlanTask
from mcda.portfolio.values import benefit_leaves, plan_values
from mcda.result import Array, Result

Draw = Callable[[np.random.Generator, int], Array]
"""Draws a stack of leaf weights (k, n), such as `mcda.robustness.weights_around(...)`."""

Told = Callable[[int, int], None]
Core = Literal["always", "depends", "never"]

DRAWS = 200
SETTLED = 30
"""After so many draws in a row that change nothing about who is always, sometimes or never in, sampling may stop."""

CHUNK = 50
"""Weights are drawn in chunks of this fixed size, so that fewer draws are the beginning of more."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """In what share of the plans considered each measure is in. `errors`: standard errors, empty where nothing was
    sampled. `considered`: so many plans; `distinct` different ones; `settled`: stopped since nothing changed any more;
    `unproven`: so many of them are not proven best; `unsolved`: so many situations have no plan and are not counted.
    """

    shares: dict[str, float]
    errors: dict[str, float]
    considered: int
    distinct: int
    settled: bool
    unproven: int
    unsolved: int
    seed: int

    def core(self, measure: str) -> Core:
        """'always' in, 'never' in, or it 'depends'."""
        share = self.shares[measure]
        return "always" if share >= 1.0 else "never" if share <= 0.0 else "depends"


def inclusion(
    result: Result,
    task: PlanTask,
    draw: Draw,
    *,
    draws: int = DRAWS,
    settled: int | None = SETTLED,
    seconds: float = 2.0,
    gap: float = 1e-4,
    told: Told | None = None,
) -> Inclusion:
    """How often each measure is in the best plan over sampled weights of the benefits, with the scenario's seed.

    The share over sampled weights, not the exact core index of robust portfolio modelling (Liesiö, Mild & Salo 2007),
    which counts all non-dominated portfolios. Stops after `settled` draws without news (None: never).
    Raises InputError as `plan`, ValueError for no draws.
    """
    if draws < 1:
        raise ValueError(f"at least one draw is needed, not {draws}")
    ready = prepare(result, task)
    seed = result.scenario.seed
    plans: list[frozenset[str]] = []
    unproven = unsolved = quiet = 0
    kinds: tuple[frozenset[str], frozenset[str]] | None = None
    for number, weights in enumerate(_drawn(result, draw, draws, seed)):
        solved = best(_weighted(ready, weights), seconds=seconds, gap=gap, cheapest=False)
        unsolved += not solved.x.size
        if solved.x.size:
            unproven += solved.status != "optimal"
            plans.append(_inside(ready, solved.x))
            before, kinds = kinds, _kinds(ready, plans[-1], kinds)
            quiet = quiet + 1 if before == kinds else 0
        if told is not None:
            told(number + 1, draws)
        if settled is not None and quiet >= settled:
            break
    stopped = settled is not None and quiet >= settled
    return _counted(ready, plans, stopped, unproven, unsolved, seed, sampled=True)


def _drawn(result: Result, draw: Draw, draws: int, seed: int):  # type: ignore[no-untyped-def]
    """Benefit weights one by one; a draw that gives benefits nothing is passed over."""
    kept = benefit_leaves(result.study)
    for chunk in range(-(-draws // CHUNK)):
        generator = np.random.default_rng(np.random.SeedSequence(entropy=seed, spawn_key=(chunk,)))
        for row in draw(generator, CHUNK)[: draws - chunk * CHUNK]:
            weights = np.where(kept, row, 0.0)
            if weights.sum() > 0:
                yield weights / weights.sum()


def _weighted(ready: Prepared, weights: Array) -> Prepared:
    """The same with other weights: only the values change."""
    offer = replace(ready.offer, values=plan_values(ready.result, ready.task.not_doing, weights))
    return replace(ready, offer=offer, problem=problem_of(offer, ready.rows, ready.task.synergies))


def _inside(ready: Prepared, x: Array) -> frozenset[str]:
    return frozenset(o.measure for o, size in zip(ready.offer.options, x, strict=False) if size > 0.5)


def _kinds(
    ready: Prepared, new: frozenset[str], kinds: tuple[frozenset[str], frozenset[str]] | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Who was always in, and who ever was."""
    return (new, new) if kinds is None else (kinds[0] & new, kinds[1] | new)


def _counted(
    ready: Prepared,
    plans: Sequence[frozenset[str]],
    stopped: bool,
    unproven: int,
    unsolved: int,
    seed: int,
    *,
    sampled: bool,
) -> Inclusion:
    names = dict.fromkeys(option.measure for option in ready.offer.options)
    count = len(plans)
    shares = {name: sum(name in one for one in plans) / count if count else 0.0 for name in names}
    errors = {name: (p * (1 - p) / count) ** 0.5 if count else 0.0 for name, p in shares.items()} if sampled else {}
    return Inclusion(shares, errors, count, len(set(plans)), stopped, unproven, unsolved, seed)


def inclusion_over_budgets(
    result: Result,
    task: PlanTask,
    *,
    slack: float = 0.1,
    count: int = 21,
    seconds: float = 2.0,
    gap: float = 1e-4,
    told: Told | None = None,
) -> Inclusion:
    """In what share of the joint budgets between (1 - slack) and (1 + slack) of the task's each measure is in the best
    plan. Yearly budgets move by the same share.

    Raises InputError as `plan`, ValueError for a task without a joint budget.
    """
    task = with_budget(result, task)
    if task.budget_eur is None and not task.budget_by_year_eur:
        raise ValueError("a plan without a joint budget has no budgets around it")
    plans: list[frozenset[str]] = []
    unproven = unsolved = 0
    ready = prepare(result, task)
    for number, factor in enumerate(np.linspace(1 - slack, 1 + slack, count)):
        ready = prepare(result, _scaled(task, Decimal(str(round(float(factor), 9)))))
        solved = best(ready, seconds=seconds, gap=gap)
        unsolved += not solved.x.size
        if solved.x.size:
            unproven += solved.status != "optimal"
            plans.append(_inside(ready, solved.x))
        if told is not None:
            told(number + 1, count)
    return _counted(ready, plans, False, unproven, unsolved, result.scenario.seed, sampled=False)


def _scaled(task: PlanTask, factor: Decimal) -> PlanTask:
    by_year = {year: amount * factor for year, amount in task.budget_by_year_eur.items()}
    total = None if task.budget_eur is None else task.budget_eur * factor
    return task.model_copy(update={"budget_eur": total, "budget_by_year_eur": by_year})


def budget_doubts(made: Plan, around: Inclusion) -> dict[str, float]:
    """In what share of the budgets around a plan's own each measure changes sides: the doubt that
    `robustness_labels` calls 'the budget line is near'."""
    inside = set(made.measures)
    return {name: round(1.0 - share if name in inside else share, 12) for name, share in around.shares.items()}
