"""The task in force on the page Budget: what the page proposes at first, and how it is changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mcda.portfolio import Number, PlanTask
from mcda.portfolio.options import offered
from mcda.portfolio.relax import Relaxation
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.study.model import Study
from mcda.ui import state

YEARS = 5
SHARE = Decimal("0.1")
"""Of all own contributions, proposed as budget where nobody named one (own default, one digit)."""

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Room:
    """All that could be planned: by measure the own money it takes at the least, and its points."""

    least: Mapping[str, Decimal]
    values: Mapping[str, float]

    @property
    def own(self) -> Decimal:
        """Own money for everything at once."""
        return sum(self.least.values(), ZERO)

    @property
    def points(self) -> float:
        """What everything at once would be worth."""
        return sum(max(value, 0.0) for value in self.values.values())


@lru_cache(maxsize=64)
def room_of(key: ResultKey, years: int | None, first_year: int | None) -> Room:
    """Everything at once, without any limit."""
    offer = offered(key.result, PlanTask(years=years, first_year=first_year))
    least: dict[str, Decimal] = {}
    for option in offer.options:
        least[option.measure] = min(option.own, least.get(option.measure, option.own))
    return Room(least, {name: offer.values[name] for name in least})


def proposed(result: Result) -> PlanTask:
    """The scenario's budget, counted as its own contributions are; else a share of all own money of five years."""
    budget = result.scenario.budget_eur
    if budget is not None:
        return PlanTask(budget_eur=Decimal(str(budget)))
    room = room_of(ResultKey(result), YEARS, None)
    return PlanTask(years=YEARS, budget_eur=one_digit(SHARE * room.own))


def is_proposed(result: Result) -> bool:
    """Whether nobody has named a budget: neither here nor in the scenario."""
    return state.planning().task is None and result.scenario.budget_eur is None


def one_digit(amount: Decimal) -> Decimal:
    """Rounded to its first digit: a budget nobody named should not look exact."""
    return ZERO if amount < 1 else Decimal(int(round(amount, -amount.adjusted())))


def in_force(result: Result) -> PlanTask:
    """What is asked, as far as the study on screen still has it."""
    return fitting(state.planning().task or proposed(result), result.study)


def has_budget(task: PlanTask) -> bool:
    """Whether one amount limits the joint own money of the whole time."""
    return task.budget_eur is not None and "budget" not in task.ignore


def fitting(task: PlanTask, study: Study) -> PlanTask:
    """The task without measures, municipalities and programmes the study does not hold."""
    kinds = {
        "theme": {m.theme for m in study.measures} | {t.id for t in study.themes},
        "category": {m.category for m in study.measures},
        "municipality": set(study.municipality_by_id),
    }
    known, who, programmes = study.measure_by_id, study.municipality_by_id, study.programme_by_id
    changed: dict[str, Any] = {
        "must": _kept(task.must, known),
        "never": _kept(task.never, known),
        "starts": {name: year for name, year in task.starts.items() if name in known},
        "municipality_budgets_eur": {n: limit for n, limit in task.municipality_budgets_eur.items() if n in who},
        "pots_eur": {name: pot for name, pot in task.pots_eur.items() if name in programmes},
        "yearly_pots": _kept(task.yearly_pots, programmes),
        "ignore": tuple(key for key in task.ignore if _is_rule(key, study)),
        "numbers": tuple(n for n in task.numbers if n.of not in kinds or n.name in kinds[n.of]),
    }
    return task.model_copy(update=changed)


def _is_rule(key: str, study: Study) -> bool:
    """Whether the study still has what a rule is about."""
    kind, *names = key.split(".")
    if kind == "municipality":
        return all(name in study.municipality_by_id for name in names[:1])
    if kind == "pot":
        return all(name in study.programme_by_id for name in names[:1])
    if kind == "requires" and len(names) == 2 and names[0] in study.measure_by_id:
        return names[1] in study.measure_by_id[names[0]].depends_on
    of_measures = ("requires", "excludes", "must", "never", "mandatory", "start")
    return kind not in of_measures or all(name in study.measure_by_id for name in names)


def relaxed(task: PlanTask, found: Sequence[Relaxation]) -> PlanTask:
    """The task with each of these rules given way as far as it must; what has no single amount is left out."""
    for one in found:
        task = task.model_copy(update=_given_way(task, one) or {"ignore": (*task.ignore, one.key)})
    return task


def _given_way(task: PlanTask, one: Relaxation) -> dict[str, Any]:
    """The fields that change; nothing where the rule can only be left out."""
    kind, _, name = one.key.partition(".")
    limit = Decimal(str(one.limit))
    if kind == "budget" and task.budget_eur is not None and not task.budget_by_year_eur:
        return {"budget_eur": limit}
    if kind == "municipality" and name in task.municipality_budgets_eur:
        return {"municipality_budgets_eur": {**task.municipality_budgets_eur, name: limit}}
    if kind == "pot":
        return {"pots_eur": {**task.pots_eur, name: limit}}
    if kind == "staff":
        return {"staff_fte": one.limit}
    if kind == "later":
        return {"later_own_eur_per_year": limit}
    if kind in ("must", "never"):
        return {kind: tuple(other for other in getattr(task, kind) if other != name)}
    if kind in ("least", "most"):
        of, _, whose = name.partition(".")
        return {"numbers": tuple(_moved(n, kind, one) if (n.of, n.name) == (of, whose) else n for n in task.numbers)}
    return {}


def _moved(number: Number, end: str, one: Relaxation) -> Number:
    return number.model_copy(update={end: round(one.limit)})


def _kept(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    there = set(known)
    return tuple(name for name in names if name in there)


def change(**fields: Any) -> None:
    """Ask for something else; one step back takes it away again."""
    ask(in_force(state.result()).model_copy(update=fields))


def ask(task: PlanTask) -> None:
    """Put a task in force."""
    state.keep_planning(state.planning().asked(task))


def step_back() -> None:
    """Take the last change of the task back."""
    state.keep_planning(state.planning().back())


def start_over() -> None:
    """Return to what the page proposes; this too can be taken back."""
    ask(proposed(state.result()))


def set_budget(amount: Decimal | None) -> None:
    """A joint budget; none leaves the rule out. It stands for the whole time, not by year."""
    task = in_force(state.result())
    ignore = tuple(key for key in task.ignore if key != "budget")
    if amount is None:
        change(ignore=(*ignore, "budget"))
    else:
        change(budget_eur=amount, budget_by_year_eur={}, ignore=ignore)


def set_years(years: int | None) -> None:
    """So many planned years. What names single years goes with them."""
    by_year: dict[str, Any] = {"budget_by_year_eur": {}, "municipality_budgets_by_year_eur": {}, "starts": {}}
    change(years=years, schedule=False, **by_year)


def set_ignored(key: str, yes: bool) -> None:
    """Leave a rule out, or keep it again."""
    others = tuple(name for name in in_force(state.result()).ignore if name != key)
    change(ignore=(*others, key) if yes else others)


def set_number(number: Number) -> None:
    """How many of one kind, in place of what was asked of that kind; without least and most it asks for nothing."""
    others = tuple(n for n in in_force(state.result()).numbers if (n.of, n.name) != (number.of, number.name))
    asks = number.least is not None or number.most is not None
    change(numbers=(*others, number) if asks else others)


def set_entry(field: str, name: str, amount: Decimal | None) -> None:
    """One amount of a table such as municipality_budgets_eur; None takes it out."""
    table = {n: limit for n, limit in getattr(in_force(state.result()), field).items() if n != name}
    change(**{field: table if amount is None else table | {name: amount}})
