"""The plan against all plans there are, on small instances with every kind of rule."""

from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from drawn import drawn_study, drawn_task, worth_of
from every_plan import MOST_PLANS, Best, EveryPlan, cent
from mcda.errors import InputError
from mcda.portfolio import Choices, Plan, PlanTask, plan, verify
from mcda.result import Result

INSTANCES, A_STUDY = 300, 6
MORE = 3000


@cache
def studied(number: int) -> Result:
    return drawn_study(number)


def instance(number: int) -> tuple[Result, PlanTask, EveryPlan]:
    """The instance of this number: its study serves some tasks; of tasks with too many plans to look at, the next."""
    result = studied(number // A_STUDY)
    for attempt in range(100):
        task = drawn_task(result, 1000 * number + attempt)
        every = EveryPlan(result, task, worth_of(result, task))
        if every.count <= MOST_PLANS:
            return result, task, every
    raise AssertionError("no small task")


def answered(result: Result, task: PlanTask) -> Plan | InputError:
    try:
        return plan(result, task)
    except InputError as error:
        return error


NO_QUESTION = {"plan_start_impossible"}
"""Tasks refused because they name what does not exist, not because no plan keeps their rules."""


def agrees(made: Plan | InputError, best: Best | None, result: Result, every: EveryPlan) -> str:
    """How the instance was answered; every difference is an error."""
    if isinstance(made, InputError):
        if {issue.code for issue in made.issues} & NO_QUESTION:
            return "refused"
        assert best is None, f"refused as {made}, but a plan reaches {best}"
        return "contradicting"
    if best is None:
        assert made.status == "infeasible"
        return "infeasible"
    assert made.status == "optimal"
    points = made.value - sum(missed.points for missed in made.missed)
    assert points == pytest.approx(best.objective, abs=2e-6)
    assert cent(made.whole) == best.whole
    place = every.place({one.measure: (one.start, one.grants) for one in made.chosen})
    assert every.kept()[place], "the plan breaks a rule"
    assert every.objective()[place] == pytest.approx(points, abs=1e-6)
    told = verify(result, made.task, Choices(tuple((p.measure, p.start, p.grants) for p in made.chosen)))
    assert not told.broken
    assert told.value == pytest.approx(made.value, abs=1e-6)
    assert (told.own, told.whole) == (made.own, made.whole)
    assert {one.key: one.wanted - one.reached for one in made.missed} == told.missed
    inside = every.years or (0,)
    assert cent(made.own) == every.total(lambda _, way: sum(way.own.get(year, 0) for year in inside))[place]
    assert made.own == sum((one.own for one in made.chosen), Decimal(0))
    return "missed" if made.missed else "plan" if made.chosen else "nothing"


def looked_at(numbers: range) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for number in numbers:
        result, task, every = instance(number)
        made = answered(result, task)
        try:
            kinds[agrees(made, every.best(), result, every)] += 1
        except AssertionError as error:
            raise AssertionError(f"instance {number}: {task.canonical()}") from error
    return kinds


@pytest.mark.parametrize("part", range(10))
def test_the_plan_equals_the_best_of_all_plans(part: int) -> None:
    size = INSTANCES // 10
    kinds = looked_at(range(part * size, (part + 1) * size))
    assert kinds["plan"] >= size / 3, kinds
    assert kinds["refused"] <= size / 4, kinds


@pytest.mark.long
def test_the_plan_equals_the_best_of_all_plans_many_times() -> None:
    kinds = looked_at(range(INSTANCES, INSTANCES + MORE))
    assert min(kinds[kind] for kind in ("plan", "missed", "infeasible", "contradicting", "nothing")) > 0, kinds
