"""The best set of measures under budgets, grants and dependencies, with what it costs and how far it is proven."""

from mcda.portfolio.ratio import ratio_columns
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.solve import Solved, solve, solved_by
from mcda.portfolio.task import PlanTask
from mcda.portfolio.told import plan_of
from mcda.result import Result

SECONDS = 20.0
GAP = 1e-6


def plan(
    result: Result, task: PlanTask, *, seconds: float = SECONDS, gap: float = GAP, nodes: int | None = None
) -> Plan:
    """The measures that together are worth most within the task, and of equally good plans the one that costs least.

    Worth is the weighted sum of the benefits only; cost and grants are what limits the plan (design decision D2). The
    answer is exact up to `gap` if the search ends within `seconds`, and says how far from the best it may be
    otherwise. `nodes` ends the search after so many nodes: with `seconds` out of reach a cut-off search then gives the
    same plan on every machine. Every plan is checked against the tables before it is given back.
    Raises InputError naming whatever is unknown or cannot be met. Source: methods reference 5.1.
    """
    ready = prepare(result, task)
    return plan_of(ready, best(ready, seconds=seconds, gap=gap, nodes=nodes))


def best(
    ready: Prepared,
    *,
    seconds: float = SECONDS,
    gap: float = GAP,
    cheapest: bool = True,
    nodes: int | None = None,
) -> Solved:
    """The best solution found; where the search was cut short, never worse than what value per euro picks."""
    solved = solve(ready.problem, seconds=seconds, gap=gap, cheapest=cheapest, nodes=nodes)
    if solved.status not in ("feasible", "no_answer"):
        return solved
    x = ratio_columns(ready)
    if x is None or float(ready.problem.worth @ x) <= solved.objective:
        return solved
    return solved_by(ready.problem, x, solved.bound)
