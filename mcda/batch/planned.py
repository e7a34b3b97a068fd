"""The best plan of one scenario, as what rows say of it; the same wherever it is worked out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any

from mcda.batch.asked import Asked
from mcda.errors import Finding, InputError, Issue
from mcda.portfolio import Plan, plan
from mcda.result import Result

GAP = 1e-4
NODES = 2_000
"""Where a search stops: at a share of the value that still counts as best, or after so many nodes. Both are the same on
every machine; a limit of time would not be."""


@dataclass(frozen=True, slots=True)
class PlanRows:
    """What a plan adds: to the summary, by measure to the ranking, and what is worth telling."""

    summary: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    findings: tuple[Issue | Finding, ...] = ()


def plan_rows(result: Result, asked: Asked) -> PlanRows:
    """The plan's rows; nothing where none was asked for. A scenario under which the task cannot be met, or whose
    decisions contradict each other, has the status 'infeasible' and says why in its findings."""
    if "portfolio" not in asked.what:
        return PlanRows()
    told = {"plan_task": json.dumps(asked.plan.canonical(), ensure_ascii=False, sort_keys=True)}
    try:
        made = plan(result, asked.plan, seconds=inf, gap=GAP, nodes=NODES)
    except InputError as error:
        return PlanRows({**told, "plan_status": "infeasible"}, findings=error.issues)
    if not made.solved:
        return PlanRows({**told, "plan_status": made.status}, findings=made.findings)
    return PlanRows({**told, **_summary(made)}, _measures(result, made), made.findings)


def _summary(made: Plan) -> dict[str, Any]:
    return {
        "plan_status": made.status,
        "plan_value": made.value,
        "plan_gap": made.gap if isfinite(made.gap) else None,
        "plan_own_eur": float(made.own),
        "plan_measures": len(made.chosen),
        "plan_chosen": ";".join(made.measures),
    }


def _measures(result: Result, made: Plan) -> dict[str, dict[str, Any]]:
    starts = {one.measure: one.start for one in made.chosen}
    return {
        line.measure: {"in_plan": line.measure in starts, "plan_start": starts.get(line.measure)}
        for line in result.ranking
    }
