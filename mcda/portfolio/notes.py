"""What is worth telling about a plan: how far it is proven, what was missed, what it leans on, what lies behind it."""

import math
from collections.abc import Iterator
from decimal import Decimal

from mcda.errors import Finding, Param, Where
from mcda.portfolio.records import Plan
from mcda.portfolio.task import PlanTask
from mcda.result import Result

OPEN_SHARE = 0.2
"""From this share of the plan's cost on, grants nobody has approved are told (own default)."""


def plan_findings(result: Result, task: PlanTask, made: Plan) -> tuple[Finding, ...]:
    """V27 (status and gap, missed minimums), V28 (what not doing is worth), V29 (grants that are not approved)."""
    if not made.solved:
        return (Finding(f"plan_{made.status}", "strong", Where("plan")),)
    return tuple(_found(result, task, made))


def _found(result: Result, task: PlanTask, made: Plan) -> Iterator[Finding]:
    if made.status == "feasible":
        yield Finding("plan_not_proven", "warning", Where("plan"), {"percent": _percent(made.gap)})
    for missed in made.missed:
        params: dict[str, Param] = {"rule": missed.key, "wanted": missed.wanted, "reached": missed.reached}
        yield Finding("plan_minimum_missed", "warning", Where("plan", column=missed.key), params)
    if not task.not_doing:
        yield Finding("plan_zero_assumed", "note", Where("plan", column="not_doing"))
    if missing := tuple(one.measure for one in made.out if one.code == "cost_unknown"):
        yield Finding("plan_cost_unknown", "warning", Where("measures"), {"measures": missing, "count": len(missing)})
    waiting = _waiting(result, made)
    if made.cost and float(waiting / made.cost) > OPEN_SHARE:
        told: dict[str, Param] = {"amount_eur": _euros(waiting), "percent": round(100 * float(waiting / made.cost))}
        yield Finding("plan_leans_on_grants", "warning", Where("plan"), told)
    budget = task.budget_eur
    if made.years and budget is not None and made.later > budget / len(made.years):
        a_year: dict[str, Param] = {"later_eur": _euros(made.later), "budget_eur": _euros(budget / len(made.years))}
        yield Finding("plan_later_dearer", "warning", Where("plan", column="later_own_eur_per_year"), a_year)


def _euros(amount: Decimal) -> int:
    return round(amount)


def _percent(share: float) -> float:
    """Rounded up to a tenth, so that 'at most' holds; without a bound (inf) the whole is open."""
    return math.ceil(1000 * share) / 10 if share < 1 else 100.0


def _waiting(result: Result, made: Plan) -> Decimal:
    """Grants in the plan that nobody has awarded yet."""
    awarded = {(row.measure, row.programme) for row in result.study.eligibility if row.awarded_eur is not None}
    amounts = (
        amount for one in made.chosen for name, amount in one.grants.items() if (one.measure, name) not in awarded
    )
    return sum(amounts, Decimal(0))
