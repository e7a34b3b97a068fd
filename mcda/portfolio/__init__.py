"""Which measures together, under budgets, grants and dependencies: exact, checked, and how far it is proven."""

from mcda.portfolio.core import Inclusion, budget_doubts, inclusion, inclusion_over_budgets
from mcda.portfolio.fairness import Fair, FairPlan, fair_plan, fairness
from mcda.portfolio.flips import Flip, nearest_to_line
from mcda.portfolio.frontier import Frontier, FrontierPoint, frontier
from mcda.portfolio.grants_failing import GrantFails, Hanging, grants_failing, hanging_on_grants
from mcda.portfolio.plan import plan
from mcda.portfolio.prices import MoreMoney, RulePrice, more_money, next_step, rule_prices, rules_asked
from mcda.portfolio.ratio import ratio_plan
from mcda.portfolio.read import read_task
from mcda.portfolio.records import Missed, Plan, Planned, Use
from mcda.portfolio.relax import Relaxation, relaxations
from mcda.portfolio.task import Number, PlanTask, Synergy, task_from
from mcda.portfolio.values import plan_values
from mcda.portfolio.verify import Choices, Verified, verify

__all__ = [
    # the plan
    "plan",
    "ratio_plan",
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
    # what makes one possible, what a rule costs, what more money buys
    "relaxations",
    "Relaxation",
    "rule_prices",
    "rules_asked",
    "RulePrice",
    "more_money",
    "next_step",
    "MoreMoney",
    # how sure it is
    "frontier",
    "Frontier",
    "FrontierPoint",
    "nearest_to_line",
    "Flip",
    "grants_failing",
    "GrantFails",
    "hanging_on_grants",
    "Hanging",
    "inclusion",
    "inclusion_over_budgets",
    "Inclusion",
    "budget_doubts",
    # who gets and who bears
    "fairness",
    "Fair",
    "fair_plan",
    "FairPlan",
]
