"""Plans of the example, made once for all tests of a process."""

from functools import cache

from example import ranked_example
from mcda.portfolio import Plan, PlanTask, plan

MILLION = PlanTask(budget_eur=1_000_000)  # type: ignore[arg-type]
FIVE_YEARS = PlanTask.model_validate(
    {
        "name": "Fünf Jahre",
        "years": 5,
        "budget_eur": 1_000_000,
        "municipality_budgets_eur": {"ECH": 150_000},
        "must": ["MV-07"],
        "never": ["DO-02"],
        "numbers": [{"of": "theme", "name": "housing", "least": 7, "soft": True}],
    }
)


@cache
def selected() -> Plan:
    """The best for a million, no years."""
    return plan(ranked_example(), MILLION)


@cache
def over_five_years() -> Plan:
    """Five years with a ceiling, decisions and a minimum that cannot be met."""
    return plan(ranked_example(), FIVE_YEARS)
