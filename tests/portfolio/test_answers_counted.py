"""Prices, more money, what would make a plan possible, the frontier: each against all plans there are."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from drawn import drawn_study, drawn_task, worth_of
from every_plan import EveryPlan, cent
from mcda.errors import InputError
from mcda.portfolio import (
    Plan,
    PlanTask,
    frontier,
    grants_failing,
    more_money,
    nearest_to_line,
    next_step,
    plan,
    ratio_plan,
    relaxations,
    rule_prices,
)
from mcda.portfolio.grants_failing import without_programme
from mcda.portfolio.prices import objective_of, rules_asked
from mcda.result import Result

STUDIES, FEW = range(50, 130), 1200


@cache
def drawn(number: int) -> tuple[Result, PlanTask] | None:
    """A task of few plans, or None."""
    result = drawn_study(number)
    for attempt in range(30):
        task = drawn_task(result, 70_000 + 100 * number + attempt)
        if EveryPlan(result, task, worth_of(result, task)).count <= FEW:
            return result, task
    return None


def every(result: Result, task: PlanTask) -> EveryPlan:
    return EveryPlan(result, task, worth_of(result, task))


@cache
def answered() -> tuple[tuple[Result, PlanTask, Plan], ...]:
    """The drawn tasks that are questions at all, with their plans."""
    return tuple(_answered())


def _answered() -> Iterator[tuple[Result, PlanTask, Plan]]:
    for number in STUDIES:
        asked = drawn(number)
        try:
            if asked is not None:
                yield *asked, plan(*asked)
        except InputError:
            continue


def solved() -> list[tuple[Result, PlanTask, Plan]]:
    return [one for one in answered() if one[2].solved]


def budgeted() -> list[tuple[Result, PlanTask, Plan]]:
    """Those with a joint budget that is neither ignored nor by year."""
    return [
        one
        for one in solved()
        if one[1].budget_eur is not None and not one[1].budget_by_year_eur and "budget" not in one[1].ignore
    ]


def without(task: PlanTask, *keys: str, **changes: object) -> PlanTask:
    return task.model_copy(update={"ignore": (*task.ignore, *keys), **changes})


def test_there_is_enough_to_look_at() -> None:
    assert len(solved()) >= 15
    assert len(budgeted()) >= 6
    assert len([one for one in answered() if not one[2].solved]) >= 2


def test_the_plan_is_never_below_the_rule_of_thumb() -> None:
    lost = []
    for result, task, made in solved():
        rule = ratio_plan(result, task)
        if rule is None:
            continue
        assert rule.status == "feasible"
        lost.append(objective_of(made) - objective_of(rule))
        assert lost[-1] >= -1e-6
        place = every(result, task).place({one.measure: (one.start, one.grants) for one in rule.chosen})
        assert every(result, task).kept()[place]
    assert max(lost) > 1


def test_the_price_of_a_rule_is_what_all_plans_without_it_can_reach() -> None:
    dear = 0
    for result, task, made in solved():
        asked = rules_asked(result, task)
        keys = asked[:: max(1, len(asked) // 3)]
        for price in rule_prices(result, task, made, keys=keys):
            best = every(result, without(task, price.key)).best()
            assert best is not None
            assert price.gain == pytest.approx(best.objective - objective_of(made), abs=1e-5), price.key
            assert price.gain >= -1e-6
            assert price.proven
            dear += price.gain > 0.01
    assert dear >= 10


def test_more_money_buys_what_all_plans_with_more_can_reach() -> None:
    extra = (Decimal(1_000), Decimal(20_000))
    for result, task, made in budgeted():
        assert task.budget_eur is not None
        for more in more_money(result, task, made, extra_eur=extra):
            best = every(result, without(task, budget_eur=task.budget_eur + more.extra_eur)).best()
            assert best is not None
            assert more.gain == pytest.approx(best.objective - objective_of(made), abs=1e-5)


def test_the_next_step_is_the_cheapest_plan_that_is_better() -> None:
    steps = 0
    for result, task, made in budgeted():
        plans = every(result, without(task, "budget"))
        inside = plans.years or (0,)
        own = plans.total(lambda _, way, years=inside: sum(way.own.get(y, 0) for y in years))
        better = plans.kept() & (plans.objective() >= objective_of(made) + 0.01)
        step = next_step(result, task, made)
        if not better.any():
            assert step is None
            continue
        assert step is not None
        assert task.budget_eur is not None
        assert cent(step.extra_eur) == round(own[better].min()) - cent(task.budget_eur)
        assert step.gain >= 0.01 - 1e-6
        steps += 1
    assert steps >= 2


def test_a_measure_decided_the_other_way_loses_what_all_plans_say() -> None:
    for result, task, made in solved()[:12]:
        plans = every(result, task)
        fine, reached = plans.kept(), plans.objective()
        for flip in nearest_to_line(result, made, count=None):
            other = fine & (plans.holds(flip.measure) ^ flip.inside)
            assert flip.loss == pytest.approx(objective_of(made) - reached[other].max(), abs=1e-5)
            assert flip.inside == (flip.measure in made.measures)


def test_a_programme_that_fails_costs_what_all_plans_without_it_say() -> None:
    failing = 0
    for result, task, made in solved():
        for fails in grants_failing(result, made):
            best = every(without_programme(result, fails.programme), task).best()
            if fails.loss is None:
                assert best is None
                continue
            assert best is not None
            assert fails.loss == pytest.approx(objective_of(made) - best.objective, abs=1e-5)
            assert fails.grant == sum(one.grants.get(fails.programme, Decimal(0)) for one in made.chosen)
            failing += 1
    assert failing >= 8


def test_the_frontier_holds_the_best_value_of_every_budget_and_nothing_dominated() -> None:
    for result, task, _ in budgeted()[:8]:
        found = frontier(result, task, points=9)
        plans = every(result, without(task, "budget"))
        inside = plans.years or (0,)
        own = plans.total(lambda _, way, years=inside: sum(way.own.get(y, 0) for y in years))
        fine, reached = plans.kept(), plans.objective()
        for point in found.points:
            affordable = fine & (own <= cent(point.budget_eur))
            best = reached[affordable].max()
            assert point.value == pytest.approx(best, rel=1e-4, abs=1e-5)
            assert point.own <= point.budget_eur
            cheapest = own[affordable & (reached >= best - 1e-6)].min()
            assert cent(point.own) >= cheapest or point.value < best - 1e-6
        values = [point.value for point in found.points]
        assert values == sorted(values)
        assert [point.own for point in found.points] == sorted(point.own for point in found.points)
        for point in found.ratio:
            assert point.value <= found.value_at(point.budget_eur) + 1e-3 * abs(point.value) + 1e-5
        assert np.isclose(found.points[-1].value, reached[fine].max(), rtol=1e-4)


def test_a_relaxation_makes_a_plan_possible_and_less_does_not() -> None:
    """Budgets and numbers are changed by what is told, and by a little less."""
    tried = 0
    for result, task, made in answered():
        if made.solved:
            continue
        assert every(result, task).best() is None
        changes = relaxations(result, task)
        for one in changes:
            if one.together:
                continue
            assert every(result, without(task, one.key)).best() is not None, one
            tried += 1
            for enough, limit in ((True, Decimal(str(one.limit))), (False, Decimal(str(one.limit)) - Decimal("0.01"))):
                if one.key == "budget" and task.budget_eur is not None and not task.budget_by_year_eur:
                    found = every(result, without(task, budget_eur=limit)).best()
                    assert (found is not None) == enough, one
    assert tried >= 3
