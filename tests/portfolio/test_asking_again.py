"""What a rule costs, what is near the line, what hangs on grants: each against a plan made another way."""

from decimal import Decimal

import pytest

from mcda import Result, Scenario, evaluate, read_study
from mcda.portfolio import (
    Plan,
    PlanTask,
    budget_doubts,
    fair_plan,
    fairness,
    frontier,
    grants_failing,
    hanging_on_grants,
    inclusion,
    inclusion_over_budgets,
    more_money,
    nearest_to_line,
    next_step,
    plan,
    ratio_plan,
    relaxations,
    rule_prices,
)
from mcda.portfolio.grants_failing import without_programme
from mcda.robustness import LabelSettings, robustness_labels, weights_around

BUDGET = Decimal(600_000)
TASK = PlanTask(budget_eur=BUDGET, years=5)


@pytest.fixture(scope="module")
def result() -> Result:
    """Three themes of the example, so that asking forty times is not slow."""
    return evaluate(read_study("data/nordallianz"), Scenario(themes=("mobility", "open_data", "cooperation")))


@pytest.fixture(scope="module")
def made(result: Result) -> Plan:
    return plan(result, TASK)


def test_the_price_of_a_rule_is_the_plan_without_it_less_the_plan(result: Result, made: Plan) -> None:
    keys = ("budget", "requires.ZK-06.ZK-01")
    for price in rule_prices(result, TASK, made, keys=keys):
        other = plan(result, TASK.model_copy(update={"ignore": (price.key,)}))
        assert price.gain == pytest.approx(other.value - made.value, abs=1e-6)
        assert price.own_eur == other.own - made.own
        assert set(price.enters) == set(other.measures) - set(made.measures)


def test_more_money_buys_what_a_plan_with_more_money_is_worth(result: Result, made: Plan) -> None:
    (one,) = more_money(result, TASK, made, extra_eur=[Decimal(50_000)])
    richer = plan(result, TASK.model_copy(update={"budget_eur": BUDGET + 50_000}))
    assert one.gain == pytest.approx(richer.value - made.value, abs=1e-6)


def test_the_next_step_buys_something_and_a_cent_less_buys_nothing(result: Result, made: Plan) -> None:
    step = next_step(result, TASK, made)
    assert step is not None
    assert step.gain > 0
    less = BUDGET + step.extra_eur - Decimal("0.01")
    assert plan(result, TASK.model_copy(update={"budget_eur": less})).value == pytest.approx(made.value, abs=1e-6)


def test_with_money_for_everything_there_is_no_next_step(result: Result) -> None:
    rich = TASK.model_copy(update={"budget_eur": Decimal(10**9)})
    assert next_step(result, rich, plan(result, rich)) is None


def test_a_measure_near_the_line_costs_what_the_plan_with_the_other_decision_loses(result: Result, made: Plan) -> None:
    flips = nearest_to_line(result, made, count=None)
    assert [flip.loss for flip in flips] == sorted(flip.loss for flip in flips)
    assert all(flip.loss >= -1e-6 for flip in flips)
    for flip in flips[:3]:
        decided = {"never": (flip.measure,)} if flip.inside else {"must": (flip.measure,)}
        other = plan(result, TASK.model_copy(update=decided))
        assert flip.loss == pytest.approx(made.value - other.value, abs=1e-6)


def test_a_failing_programme_costs_what_the_plan_without_it_loses(result: Result, made: Plan) -> None:
    for fails in grants_failing(result, made)[:2]:
        other = plan(without_programme(result, fails.programme), TASK)
        assert fails.loss == pytest.approx(made.value - other.value, abs=1e-6)
        assert set(fails.falls_out) == set(made.measures) - set(other.measures)
        paid = sum((one.grants.get(fails.programme, Decimal(0)) for one in made.chosen), Decimal(0))
        assert fails.grant == paid


def test_what_hangs_on_a_grant_is_out_when_its_programmes_are_no_candidates(result: Result, made: Plan) -> None:
    hanging = hanging_on_grants(result, made)
    assert hanging
    for one in hanging[:2]:
        measures = tuple(
            m.model_copy(update={"funding_candidates": ("NONE",)}) if m.id == one.measure else m
            for m in result.study.measures
        )
        programmes = (*result.study.programmes, result.study.programmes[0].model_copy(update={"id": "NONE"}))
        findings = tuple(row for row in result.study.eligibility if row.measure != one.measure)
        away = (*result.scenario.without_programmes, "NONE")
        study = result.study.model_copy(
            update={"measures": measures, "programmes": programmes, "eligibility": findings}
        )
        bare = evaluate(study, result.scenario.model_copy(update={"without_programmes": away}))
        assert one.measure not in plan(bare, TASK).measures


def test_the_frontier_rises_and_holds_the_plan_of_its_own_budgets(result: Result, made: Plan) -> None:
    found = frontier(result, TASK, points=8)
    own, value = [p.own for p in found.points], [p.value for p in found.points]
    assert own == sorted(own)
    assert value == sorted(value)
    assert all(p.own <= p.budget_eur for p in (*found.points, *found.ratio))
    middle = found.points[len(found.points) // 2]
    again = plan(result, TASK.model_copy(update={"budget_eur": middle.budget_eur}), gap=1e-4)
    assert again.value == pytest.approx(middle.value, rel=2e-4)
    assert found.largest_loss > 0  # the rule of thumb loses something on this study
    for point in found.ratio:
        assert point.value <= found.value_at(point.budget_eur) * (1 + 2e-4) + 1e-6


def test_the_rule_of_thumb_is_never_better_than_the_plan(result: Result, made: Plan) -> None:
    ratio = ratio_plan(result, TASK)
    assert ratio is not None
    assert ratio.own <= BUDGET
    assert ratio.value <= made.value + 1e-6


def test_sampled_weights_give_the_same_shares_again_and_fewer_draws_are_the_beginning_of_more(result: Result) -> None:
    draw = weights_around(result.study, result.weights, 6.0)
    few, again = (inclusion(result, TASK, draw, draws=12, settled=None) for _ in range(2))
    assert few == again
    assert few.considered == 12
    first = inclusion(result, TASK, draw, draws=1, settled=None)
    assert set(first.shares.values()) <= {0.0, 1.0}
    always = {name for name in few.shares if few.core(name) == "always"}
    assert always <= {name for name, share in first.shares.items() if share == 1.0}


def test_without_spread_of_the_weights_the_core_is_the_plan(result: Result, made: Plan) -> None:
    found = inclusion(result, TASK, weights_around(result.study, result.weights, 0.0), draws=2, settled=None, gap=0.0)
    assert {name for name, share in found.shares.items() if share == 1.0} == set(made.measures)
    assert found.distinct == 1


def test_the_budget_line_is_near_for_measures_that_a_little_more_or_less_money_decides(
    result: Result, made: Plan
) -> None:
    around = inclusion_over_budgets(result, TASK, count=5)
    doubts = budget_doubts(made, around)
    near = {name for name, doubt in doubts.items() if doubt >= 0.25}
    assert near
    quick = LabelSettings(budget_eur=6e5, draws=200, data_draws=200)
    lines = robustness_labels(result, quick, budget_doubts=doubts).lines
    assert {one.measure for one in lines if "budget" in one.reasons} == near
    steady = next(name for name, doubt in doubts.items() if doubt == 0.0)
    assert {one.measure: one for one in lines}[steady].doubts["budget"] == 0.0


def test_an_impossible_minimum_says_how_much_money_or_how_many_fewer_would_do(result: Result) -> None:
    wanted = {"of": "theme", "name": "mobility", "least": 9}
    task = PlanTask(budget_eur=BUDGET, numbers=[wanted])
    found = {one.key: one for one in relaxations(result, task)}
    assert set(found) == {"budget", "least.theme.mobility"}
    enough = Decimal(str(found["budget"].limit))
    assert plan(result, task.model_copy(update={"budget_eur": enough})).solved
    assert not plan(result, task.model_copy(update={"budget_eur": enough - Decimal("0.02")})).solved
    fewer = {**wanted, "least": int(found["least.theme.mobility"].limit)}
    assert plan(result, PlanTask(budget_eur=BUDGET, numbers=[fewer])).solved
    assert not plan(result, PlanTask(budget_eur=BUDGET, numbers=[{**fewer, "least": fewer["least"] + 1}])).solved
    assert relaxations(result, TASK) == ()


def test_the_fair_plan_lifts_the_worst_off_and_its_price_is_told(result: Result, made: Plan) -> None:
    for by, name in (("potential", "share"), ("head", "per_1000_heads"), ("own_euro", "per_10_000_eur")):
        fair = fair_plan(result, made, by=by)
        assert fair is not None
        assert fair.floor >= fair.before - 1e-9
        assert fair.price >= -1e-6
        reached = min(getattr(one, name) for one in fairness(result, fair.plan))
        assert reached == pytest.approx(fair.floor, rel=1e-2)
        assert fair.price == pytest.approx(made.value - fair.plan.value, abs=1e-6)


def test_the_floor_per_own_euro_is_searched_beyond_what_the_plan_gives_anybody() -> None:
    """One municipality alone: the best ratio that keeps nine tenths of the value is known by looking at all plans."""
    study = read_study("examples/climate")
    climate = evaluate(study)
    made = plan(climate, PlanTask(years=5, budget_eur=Decimal(3_000_000)))
    fair = fair_plan(climate, made, by="own_euro")
    assert fair is not None
    assert fair.floor == pytest.approx(2.537, abs=0.003)
    assert fair.plan.value >= 0.9 * made.value - 1e-6


def test_benefit_and_burden_add_up(result: Result, made: Plan) -> None:
    lines = fairness(result, made)
    assert sum((one.own for one in lines if one.own is not None), Decimal(0)) == made.own
    for one in lines:
        mine = [p for p in made.chosen if one.municipality in result.study.measure_by_id[p.measure].municipalities]
        assert one.value == pytest.approx(sum(p.value for p in mine))
