"""How near a plan's budget line is to each measure: where the plan counts, and kept, since it takes seconds."""

from collections.abc import Callable, Mapping

from mcda.portfolio import Plan, PlanTask, budget_doubts, inclusion_over_budgets
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.robustness.labels import SETTINGS

MOST_KEPT = 16
_Key = tuple[ResultKey, PlanTask, tuple[str, ...]]
_found: dict[_Key, Mapping[str, float]] = {}

Told = Callable[[int, int], None]


def plan_fits(made: Plan, result: Result) -> bool:
    """Whether a plan was worked out on this study and these weights."""
    return made.provenance == result.provenance


def plan_doubts(result: Result, made: Plan | None, *, told: Told | None = None) -> Mapping[str, float] | None:
    """In what share of the budgets around the plan's each measure changes sides (`robustness_labels`).

    None without a plan, for one of other weights or another study, and for one without a joint budget, which has no
    budget line. `told` hears how many of the budgets are done; nothing is worked out twice.
    """
    if made is None or not made.solved or not plan_fits(made, result) or not _limited(made.task):
        return None
    key = (ResultKey(result), made.task, made.measures)
    if key not in _found:
        around = inclusion_over_budgets(result, made.task, slack=SETTINGS.budget_slack, told=told)
        while len(_found) >= MOST_KEPT:
            _found.pop(next(iter(_found)), None)
        _found[key] = budget_doubts(made, around)
    return _found[key]


def _limited(task: PlanTask) -> bool:
    """Whether the plan keeps to a joint budget."""
    stated = task.budget_eur is not None or bool(task.budget_by_year_eur)
    return stated and "budget" not in task.ignore
