"""What is demanded of a plan besides budget and years, in words: for the page and for the paper."""

from collections.abc import Iterator
from decimal import Decimal

from mcda.locale import text
from mcda.locale.formats import money
from mcda.portfolio import Number, PlanTask
from mcda.report.exhibits.plan_words import counted_words, rule_words
from mcda.study.model import Study


def demands(task: PlanTask, study: Study, language: str) -> tuple[str, ...]:
    """Every demand as a phrase: what is in or out, how many of what, ceilings, pots, people, what is left out."""
    return (
        *(rule_words(f"{kind}.{name}", study, language) for kind in ("must", "never") for name in getattr(task, kind)),
        *(said for one in task.numbers for said in _number(one, study, language)),
        *_limits(task, study, language),
        *_other(task, language),
        *(text("plan_demand.left_out_rule", language, rule=rule_words(key, study, language)) for key in task.ignore),
    )


def euros(amount: Decimal, language: str) -> str:
    """An amount with its cents only where it has some."""
    return money(amount, language, cents=amount != amount.to_integral_value())


def _number(one: Number, study: Study, language: str) -> Iterator[str]:
    name = counted_words(one.of, one.name, study, language)
    for end in ("least", "most"):
        if (count := getattr(one, end)) is not None:
            said = text(f"plan_demand.number_{end}", language, name=name[:1].upper() + name[1:], count=count)
            yield text("plan_demand.soft", language, demand=said) if one.soft and end == "least" else said


def _limits(task: PlanTask, study: Study, language: str) -> Iterator[str]:
    limits = {f"budget.{year}": limit for year, limit in task.budget_by_year_eur.items()}
    limits |= {f"municipality.{name}": limit for name, limit in task.municipality_budgets_eur.items()}
    for name, years in task.municipality_budgets_by_year_eur.items():
        limits |= {f"municipality.{name}.{year}": limit for year, limit in years.items()}
    limits |= {f"pot.{name}": limit for name, limit in task.pots_eur.items()}
    for key, limit in limits.items():
        rule = rule_words(key, study, language)
        yield text("plan_demand.limit_of", language, rule=rule, amount=euros(limit, language))


def _other(task: PlanTask, language: str) -> Iterator[str]:
    for name, year in task.starts.items():
        yield text("plan_demand.start_of", language, measure=name, year=str(year))
    if task.staff_fte is not None:
        yield text("plan_demand.staff_of", language, amount=task.staff_fte)
    if task.later_own_eur_per_year is not None:
        yield text("plan_demand.later_of", language, amount=euros(task.later_own_eur_per_year, language))
    if task.grants != "as_ranked":
        yield text("plan_demand.grants_of", language, how=text(f"plan_demand.grants_{task.grants}", language))
