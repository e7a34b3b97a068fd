"""A task made ready to be solved: its options, its rules, the problem they make."""

from dataclasses import dataclass
from decimal import Decimal

from mcda.portfolio.checks import check_task
from mcda.portfolio.options import Offered, offered
from mcda.portfolio.prune import pruned
from mcda.portfolio.rules import Row, rows_of
from mcda.portfolio.solve import Problem, problem_of
from mcda.portfolio.task import PlanTask
from mcda.result import Result


@dataclass(frozen=True, slots=True)
class Prepared:
    """A task made ready to be solved, more than once where one question asks for several plans."""

    result: Result
    task: PlanTask
    offer: Offered
    rows: tuple[Row, ...]
    problem: Problem


def with_budget(result: Result, task: PlanTask) -> PlanTask:
    """The task, with the scenario's budget where it names no joint one itself."""
    budget = result.scenario.budget_eur
    if budget is None or task.budget_eur is not None or task.budget_by_year_eur:
        return task
    return task.model_copy(update={"budget_eur": Decimal(str(budget))})


def prepare(result: Result, task: PlanTask, *, every: bool = False) -> Prepared:
    """Options and rules of a task; `every` option, also those no plan needs. Raises InputError naming everything that
    is unknown or cannot be met."""
    task = with_budget(result, task)
    offer = offered(result, task)
    check_task(result, task, offer)
    offer = offer if every else pruned(result.study, offer, task)
    rows = rows_of(result.study, offer, task)
    return Prepared(result, task, offer, rows, problem_of(offer, rows, task.synergies))
