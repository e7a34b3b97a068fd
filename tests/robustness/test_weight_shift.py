"""Smallest shifts of weights against grids of all weights, linear programmes and a worked case."""

import numpy as np
import pytest
from scipy.optimize import linprog

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.methods import method
from mcda.ranking import quantise
from mcda.result import Array, Result
from mcda.robustness.goal import goal_of, wins
from mcda.robustness.least_shift import scaled, shift_for_all, shift_for_one, sizes_for_one
from mcda.robustness.pair_shift import pair_possible
from mcda.robustness.weight_levers import leaf_levers, points_for, top_levers
from mcda.robustness.weight_shift import WeightShift, weight_shift
from mcda.scenario import Scenario
from problems import case
from rated import rated, simplex
from small import small_study

STEPS = {3: 150, 4: 40}
GRIDS = {columns: simplex(columns, steps) for columns, steps in STEPS.items()}
NOISE = 1e-9


def random_result(seed: int, rows: int, columns: int, name: str) -> Result:
    generator = np.random.default_rng(seed)
    weights = 100 * generator.dirichlet(np.ones(columns))
    return rated(generator.random((rows, columns)), weights.tolist(), name)


def on_the_grid(result: Result, target: str, rivals: tuple[str, ...], top: int = 1) -> float:
    """The smallest shift in points of any weights on the grid that does it; infinite where none do."""
    names = result.matrix.measures
    row, others = names.index(target), [i for i, m in enumerate(names) if m != target and (not rivals or m in rivals)]
    grid = GRIDS[len(result.matrix.leaves)]
    scores = method(result.method).score(result.matrix, grid)
    needed = len(others) if rivals else len(others) - top + 1
    ahead = (scores[:, [row]] > scores[:, others] + NOISE).sum(axis=1) >= needed
    sizes = 50 * np.abs(grid - result.weights.leaf).sum(axis=1)
    return float(sizes[ahead].min()) if ahead.any() else np.inf


def check_against_grid(result: Result, target: str, rivals: tuple[str, ...] = (), top: int = 1) -> WeightShift:
    """No weights on the grid are nearer, and the answer is no further off than the grid is wide and rounding adds."""
    found = weight_shift(result, target, rivals, top)
    assert found is not None
    nearest, columns = on_the_grid(result, target, rivals, top), len(result.matrix.leaves)
    if found.status == "found":
        width = 100 * (columns - 1) / STEPS[columns] / 2
        assert found.leaf is not None
        assert wins(result, goal_of(result, target, rivals, top))(found.leaf[None, :])[0]
        assert 0.5 * np.abs(found.leaf - result.weights.leaf).sum() <= found.points / 100 + 1e-9
        rounding = 0.11 if found.points > 1 else 0.011
        assert found.points <= nearest + rounding
        assert nearest == np.inf or nearest <= found.points + 2 * width
    elif found.status != "already":
        assert nearest == np.inf
    return found


def test_the_worked_case_of_a_sum_moves_as_little_as_the_published_programme() -> None:
    example = case("saw_min_change_lp")
    inputs = example["inputs"]
    result = rated(inputs["V"], [100 * w for w in inputs["w0"]], "weighted_sum")
    found = weight_shift(result, f"A{inputs['target']}")
    assert found is not None
    points = 100 * example["expected"]["l1"] / 2
    assert points - 1e-6 <= found.points <= points + 0.1
    assert found.decimals == 1


@pytest.mark.parametrize("seed", range(18))
@pytest.mark.parametrize("columns", [3, 4])
def test_sum_first_place_as_on_the_grid(seed: int, columns: int) -> None:
    result = random_result(seed, 6, columns, "weighted_sum")
    for target in result.matrix.measures[:2]:
        found = check_against_grid(result, target)
        assert found.status != "not_found"


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["weighted_sum", "topsis"])
def test_first_three_as_on_the_grid(seed: int, name: str) -> None:
    result = random_result(seed + 50, 8, 3, name)
    for target in [line.measure for line in result.ranking[4:6]]:
        check_against_grid(result, target, top=3)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("columns", [3, 4])
def test_closeness_of_pairs_as_on_the_grid(seed: int, columns: int) -> None:
    result = random_result(seed + 100, 4, columns, "topsis")
    for target, rival in zip(result.matrix.measures[:2], result.matrix.measures[2:], strict=True):
        found = check_against_grid(result, target, (rival,))
        assert found.status != "not_found"


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("columns", [3, 4])
def test_closeness_first_place_as_on_the_grid(seed: int, columns: int) -> None:
    result = random_result(seed + 200, 6, columns, "topsis")
    check_against_grid(result, result.ranking[2].measure)


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_closeness_of_a_pair_as_a_programme_per_closeness(seed: int) -> None:
    """Seven criteria, where no grid of weights reaches: a programme at every of 250 ratios of the two distances."""
    result = random_result(seed + 300, 2, 7, "topsis")
    behind, ahead = result.ranking[1].measure, result.ranking[0].measure
    now, found = result.weights.leaf, weight_shift(result, behind, ahead)
    values = result.matrix.values[[result.matrix.measures.index(m) for m in (behind, ahead)]]
    near, far = (1 - values) ** 2, values**2
    sizes = [programme(now, np.stack([far[0] - k * near[0], k * near[1] - far[1]])) for k in np.logspace(-1, 1, 250)]
    assert found is not None
    if found.status == "none":
        assert min(sizes) == np.inf
    else:
        assert 100 * min(sizes) - 1.0 <= found.points <= 100 * min(sizes) + (0.11 if found.points > 1 else 0.011)


def programme(now: Array, rows: Array) -> float:
    """The smallest half L1 distance to weights that meet all rows >= 0; infinite where none do."""
    count = len(now)
    found = linprog(
        np.repeat([0.0, 0.5, 0.5], count),
        A_ub=np.hstack([-rows, np.zeros((len(rows), 2 * count))]),
        b_ub=np.zeros(len(rows)),
        A_eq=np.vstack([np.repeat([1.0, 0, 0], count), np.hstack([np.eye(count), -np.eye(count), np.eye(count)])]),
        b_eq=np.concatenate([[1.0], now]),
    )
    return float(found.fun) if found.status == 0 else np.inf


def test_the_closed_form_for_one_condition_is_the_programme() -> None:
    generator = np.random.default_rng(5)
    now = generator.dirichlet(np.ones(5))
    rows = generator.normal(size=(40, 5)) - 0.4
    sizes = sizes_for_one(now, scaled(rows))
    for row, size in zip(rows, sizes, strict=True):
        expected, x = programme(now, row[None, :]), shift_for_one(now, row)
        if np.isinf(expected):
            assert size > 1
            assert x is None
        else:
            assert max(size, 0.0) == pytest.approx(expected, abs=1e-7)
            assert x is not None
            assert np.abs(x - now).sum() / 2 == pytest.approx(expected, abs=1e-7)


def test_some_of_many_conditions_as_by_trying_every_choice() -> None:
    from itertools import combinations

    generator = np.random.default_rng(6)
    for _ in range(10):
        now, rows = generator.dirichlet(np.ones(4)), generator.normal(size=(6, 4)) - 0.3
        x = shift_for_all(now, rows, 4)
        expected = min(programme(now, rows[list(choice)]) for choice in combinations(range(6), 4))
        if x is None:
            assert expected == np.inf
        else:
            assert np.abs(x - now).sum() / 2 == pytest.approx(expected, abs=1e-4)


def test_no_weights_at_all_is_seen_on_two_criteria_at_a_time() -> None:
    """Whether any weights do it is decided on the edges; drawn weights of all criteria never contradict that."""
    generator = np.random.default_rng(7)
    drawn = generator.dirichlet(np.full(5, 0.4), 20_000)
    answers = set()
    for _ in range(60):
        values = np.sort(generator.random((2, 5)), axis=0) if generator.random() < 0.7 else generator.random((2, 5))
        near, far = (1 - values) ** 2, values**2
        lead = (drawn @ far[0]) * (drawn @ near[1]) - (drawn @ far[1]) * (drawn @ near[0])
        x = pair_possible(near, far)
        answers.add(x is None)
        if x is None:
            assert lead.max() <= 1e-12
        else:
            assert (x @ far[0]) * (x @ near[1]) > (x @ far[1]) * (x @ near[0])
            assert np.count_nonzero(x) <= 2
    assert answers == {True, False}


def test_weights_of_single_leaves_move_where_those_of_the_top_criteria_cannot() -> None:
    values = [[0.9, 0.1, 0.5], [0.2, 0.7, 0.5]]
    for name in ("topsis", "weighted_sum"):
        result = rated(values, [30, 20, 50], name, groups=(2, 1))
        behind = result.ranking[1].measure
        found = weight_shift(result, behind, result.ranking[0].measure)
        assert found is not None
        assert (found.status, found.level) == ("found", "leaves")
        assert {change.criterion for change in found.changes} == {"c0", "c1"}


def test_weights_as_they_are_shown_also_do_it() -> None:
    for seed in range(8):
        result = random_result(seed + 400, 5, 4, "topsis")
        for line in result.ranking[1:]:
            found = weight_shift(result, line.measure, result.ranking[0].measure)
            assert found is not None
            if found.status != "found":
                continue
            shown = dict(zip(result.matrix.leaves, result.weights.leaf.tolist(), strict=True))
            shown |= {one.criterion: round(one.after, found.decimals + 2) for one in found.changes}
            test = wins(result, goal_of(result, line.measure, result.ranking[0].measure))
            assert test(np.array([list(shown.values())]))[0]


def test_points_of_a_scenario_give_the_weights_found() -> None:
    result = evaluate(small_study())
    target, leader = result.ranking[1].measure, result.ranking[0].measure
    found = weight_shift(result, target, leader)
    assert found is not None
    assert found.leaf is not None
    points = points_for(result.study, found.leaf, result.weights.local)
    moved = evaluate(result.study, Scenario(weights=points))
    np.testing.assert_allclose(moved.weights.leaf, found.leaf, atol=1e-12)
    places = {line.measure: line.rank for line in moved.ranking}
    assert places[target] < places[leader]


def test_a_group_without_weight_keeps_its_proportions() -> None:
    result = evaluate(small_study())
    leaf = np.where(np.isin(result.matrix.leaves, ["goals", "urgency"]), 0.0, 1.0)
    points = points_for(result.study, leaf / leaf.sum(), result.weights.local)
    assert points["relevance"] == 0
    assert points["goals"] == pytest.approx(60)


def test_levers_give_the_weights_in_force() -> None:
    result = evaluate(small_study())
    for levers in (top_levers(result), leaf_levers(result)):
        np.testing.assert_allclose(levers.now @ levers.spread, result.weights.leaf, atol=1e-15)


@pytest.mark.parametrize("name", ["topsis", "weighted_sum"])
class TestDegenerate:
    def test_one_measure_is_first(self, name: str) -> None:
        assert weight_shift(rated([[0.5, 0.2]], [1, 1], name), "A0") == WeightShift("already")

    def test_equal_measures_are_parted_by_no_weights(self, name: str) -> None:
        result = rated([[0.5, 0.2], [0.5, 0.2], [0.1, 0.1]], [1, 1], name)
        found = weight_shift(result, "A0", "A1")
        assert found is not None
        assert found.status == "none"

    def test_a_dominated_measure_is_never_ahead(self, name: str) -> None:
        result = rated([[0.5, 0.2, 0.3], [0.5, 0.4, 0.3], [0.1, 0.1, 0.9]], [1, 1, 1], name)
        for rivals, top in (("A1", 1), ((), 1)):
            found = weight_shift(result, "A0", rivals, top)
            assert found is not None
            assert found.status == "none"

    def test_a_tie_is_parted_by_a_thousandth_of_a_point(self, name: str) -> None:
        result = rated([[0.2, 0.8], [0.8, 0.2]], [50, 50], name)
        found = weight_shift(result, "A0", "A1")
        assert found is not None
        assert (found.status, found.points) == ("found", 0.001)

    def test_a_criterion_without_weight_can_gain_some(self, name: str) -> None:
        result = rated([[0.2, 0.9], [0.8, 0.1]], [100, 0], name)
        found = weight_shift(result, "A0", "A1")
        assert found is not None
        assert [(one.criterion, one.before) for one in found.changes] == [("c0", 1.0), ("c1", 0.0)]
        assert wins(result, goal_of(result, "A0", "A1"))(np.array([[one.after for one in found.changes]]))[0]

    def test_a_constant_criterion_neither_helps_nor_hurts(self, name: str) -> None:
        result = rated([[0.5, 0.3, 0.5], [0.5, 0.6, 0.4]], [20, 50, 30], name)
        found = weight_shift(result, "A0", "A1")
        assert found is not None
        assert {one.criterion for one in found.changes} <= {"c1", "c2"}

    def test_more_places_than_measures_are_reached(self, name: str) -> None:
        assert weight_shift(rated([[0.5, 0.2], [0.9, 0.9]], [1, 1], name), "A0", top=5) == WeightShift("already")

    def test_who_is_not_ranked_and_a_place_below_one_are_told_together(self, name: str) -> None:
        result = rated([[0.5, 0.2], [0.9, 0.9]], [1, 1], name)
        with pytest.raises(InputError) as told:
            weight_shift(result, "A7", ("A8", "A7"), 0)
        assert [issue.code for issue in told.value.issues].count("unknown_id") >= 3
        assert "out_of_range" in [issue.code for issue in told.value.issues]


def test_other_methods_offer_no_weights() -> None:
    assert weight_shift(rated([[0.5, 0.2], [0.9, 0.1]], [1, 1], "weighted_product"), "A0", "A1") is None
    assert weight_shift(rated([[0.5, 0.2], [0.9, 0.1]], [1, 1], "topsis_vector"), "A0", "A1") is None


def test_weights_left_read_only_and_the_same_every_time() -> None:
    result = random_result(1, 8, 4, "topsis")
    target = result.ranking[-1].measure
    one, two = (weight_shift(result, target, top=2) for _ in range(2))
    assert one is not None
    assert two is not None
    if one.leaf is not None and two.leaf is not None:
        assert not one.leaf.flags.writeable
        assert (quantise(one.leaf) == quantise(two.leaf)).all()
    assert one.points == two.points
