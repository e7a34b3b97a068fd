"""Which measures together, under budgets, grants and dependencies: exact, checked, and how far it is proven."""

from mcda.portfolio.plan import plan
from mcda.portfolio.read import read_task
from mcda.portfolio.records import Missed, Plan, Planned, Use
from mcda.portfolio.task import Number, PlanTask, Synergy, task_from
from mcda.portfolio.values import plan_values
from mcda.portfolio.verify import Choices, Verified, verify

__all__ = [
    "plan",
    "Plan",
    "Planned",
    "PlanTask",
    "Number",
    "Synergy",
    "Use",
    "Missed",
    "read_task",
    "task_from",
    "plan_values",
    "verify",
    "Choices",
    "Verified",
]
