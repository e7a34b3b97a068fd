"""Crossovers against published weight changes, dense scans and pairs that only touch."""

from collections import defaultdict
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.methods import METHODS, method
from mcda.robustness.crossover import WeightPath, _sign_changes, crossovers, crossovers_on, slider_path, sweep
from mcda.scenario import Scenario
from mcda.study.model import Criterion
from mcda.weights.direct import shift
from problems import case, decision_matrix
from small import CRITERIA, small_study

EXACT = list(METHODS)
SCANNED = ["pymcdm:VIKOR", "pymcdm:PROMETHEE_II"]


def flat_path(weights: Any, columns: list[int]) -> WeightPath:
    """Criteria without a tree: the columns share t in their proportions, all others 1 - t in theirs."""
    held = np.isin(np.arange(len(weights)), columns)
    inside, outside = (np.where(part, weights, 0.0) for part in (held, ~held))
    return WeightPath(outside / outside.sum(), inside / inside.sum())


def problem(seed: int, rows: int = 6) -> tuple[Any, WeightPath]:
    """A random matrix, and a slider that moves some of the leaves while others may stand aside."""
    generator = np.random.default_rng(seed)
    columns = int(generator.integers(2, 7))
    matrix = decision_matrix(generator.random((rows, columns)), directions=generator.choice([-1.0, 1.0], columns))
    node = generator.choice(columns, int(generator.integers(1, columns)), replace=False).tolist()
    path, aside = flat_path(generator.dirichlet(np.ones(columns)), node), generator.dirichlet(np.ones(columns))
    share = 0.5 * (seed % 3)
    return matrix, WeightPath(*((1 - share / 2) * end + share / 2 * aside for end in (path.start, path.end)))


DEEP = small_study(
    criteria=(
        *(c for c in CRITERIA if c.id != "goals"),
        Criterion(id="goals", parent="relevance", label_de="Ziele", weight=60),
        Criterion(id="climate", parent="goals", label_de="Klima", best=5, worst=1, step=1, weight=70),
        Criterion(id="order", parent="goals", label_de="Ordnung", best=5, worst=1, step=1, weight=30),
    ),
    ratings=tuple(
        rating.model_copy(update={"criterion": name, "value": value})
        for rating in small_study().ratings
        for name, value in (
            ((rating.criterion, rating.value),)
            if rating.criterion != "goals"
            else (("climate", rating.value), ("order", 6 - (rating.value or 0)))
        )
    ),
)


@pytest.mark.parametrize("method_name", ["topsis", "weighted_sum", "topsis_minmax"])
@pytest.mark.parametrize("criterion", ["relevance", "cost", "goals", "urgency", "climate"])
def test_the_path_is_the_slider_s_for_top_criteria_inner_nodes_and_leaves(criterion: str, method_name: str) -> None:
    result = evaluate(DEEP, Scenario(method=method_name))
    path = slider_path(DEEP, result.weights, criterion)
    siblings = DEEP.children[DEEP.criterion_by_id[criterion].parent]
    points = {key: 100 * result.weights.local[key] for key in siblings}
    assert path.at(result.weights.local[criterion])[0] == pytest.approx(result.weights.leaf)
    found = crossovers(result.matrix, METHODS[method_name], path)
    last, at = None, 0.0
    for t in np.linspace(0.002, 0.998, 90):
        live = evaluate(DEEP, Scenario(method=method_name, weights=shift(points, criterion, 100 * t)))
        assert path.at(t)[0] == pytest.approx(live.weights.leaf, abs=1e-12)
        order = [line.measure for line in live.ranking]
        met = [swap for swap in found if at < swap.t <= t]
        if not met and last is not None:
            assert order == last
        for swap in met if len(met) == 1 else ():
            assert last is not None
            assert last.index(swap.a) < last.index(swap.b)
            assert order.index(swap.a) > order.index(swap.b)
        last, at = order, t


def test_locked_siblings_stay_and_shorten_the_way() -> None:
    weights = evaluate(DEEP).weights
    held = weights.local["feasibility"]
    path = slider_path(DEEP, weights, "cost", {"feasibility"})
    assert path.reach == pytest.approx(1 - held)
    for t in (0.0, 0.3, path.reach):
        assert path.at(t)[0, DEEP.leaves.index("feasibility")] == pytest.approx(held)
        assert path.at(t)[0, DEEP.leaves.index("cost")] == pytest.approx(t)
    stuck = slider_path(DEEP, weights, "climate", {"order"})
    assert stuck.reach == 0
    assert stuck.at(0.7)[0] == pytest.approx(weights.leaf)
    assert crossovers(evaluate(DEEP).matrix, METHODS["topsis"], stuck) == ()


def test_siblings_without_weight_share_equally_what_the_slider_leaves() -> None:
    alone = evaluate(DEEP, Scenario(weights={"cost": 100, "relevance": 0, "feasibility": 0, "funding": 0})).weights
    path = slider_path(DEEP, alone, "cost")
    assert path.at(0.7)[0, DEEP.leaves.index("funding")] == pytest.approx(0.1)


def test_the_sweep_scores_every_measure_at_every_point() -> None:
    matrix, path = problem(5)
    scores = sweep(matrix, METHODS["topsis"], path, np.linspace(0, 1, 11))
    assert scores.shape == (11, 6)
    assert scores[5] == pytest.approx(METHODS["topsis"].score(matrix, path.at(0.5))[0])


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("seed", range(12))
def test_exact_crossovers_are_the_sign_changes_of_a_dense_scan(name: str, seed: int) -> None:
    matrix, path = problem(seed)
    found = crossovers(matrix, METHODS[name], path)
    scores = sweep(matrix, METHODS[name], path, np.linspace(0, 1, 4001))
    for a, b in combinations(range(6), 2):
        signs = np.sign(scores[:, a] - scores[:, b])
        changes = np.count_nonzero(np.diff(signs[signs != 0]))
        assert changes == sum({c.a, c.b} == {f"A{a}", f"A{b}"} for c in found)


@pytest.mark.parametrize("name", EXACT + SCANNED)
@pytest.mark.parametrize("seed", range(4))
def test_at_a_crossover_scores_are_equal_and_b_comes_from_below(name: str, seed: int) -> None:
    matrix, path = problem(seed)
    found = crossovers(matrix, method(name), path)
    assert [c.t for c in found] == sorted(c.t for c in found)
    for crossing in found:
        a, b = int(crossing.a[1:]), int(crossing.b[1:])
        near = sweep(matrix, method(name), path, [crossing.t - 1e-6, crossing.t, crossing.t + 1e-6])
        gap = near[:, a] - near[:, b]
        assert gap[1] == pytest.approx(0, abs=1e-7)
        assert gap[0] > 0 > gap[2]


@pytest.mark.parametrize("name", SCANNED)
def test_scanned_crossovers_are_the_sign_changes_of_a_denser_scan(name: str) -> None:
    matrix, path = problem(2, rows=4)
    found = crossovers(matrix, method(name), path)
    scores = sweep(matrix, method(name), path, np.linspace(0, 1, 1001))
    changes = 0
    for a, b in combinations(range(4), 2):
        signs = np.sign(np.round(scores[:, a] - scores[:, b], 12))
        changes += np.count_nonzero(np.diff(signs[signs != 0]))
    assert changes == len(found) > 0


def test_triantaphyllou_1997_every_feasible_weight_change_is_a_crossover() -> None:
    """Their smallest change delta of weight k makes the new share t = (w_k - delta) / (sum w - delta)."""
    example = case("sensitivity-triantaphyllou-sanchez-1997")
    x, weights = np.array(example["inputs"]["matrix"]), np.array(example["inputs"]["weights"])
    matrix = decision_matrix(x)
    for pair, row in example["expected"]["delta_percent_recomputed"].items():
        names = {f"A{int(part[1:]) - 1}" for part in pair.split("-")}
        for k, percent in enumerate(row):
            found = [
                c.t for c in crossovers(matrix, METHODS["weighted_sum"], flat_path(weights, [k])) if {c.a, c.b} == names
            ]
            if percent is None:
                assert found == []
            else:
                delta = percent / 100 * weights[k]
                assert found == pytest.approx([(weights[k] - delta) / (weights.sum() - delta)], abs=1e-9)


def test_the_weighted_sum_crossover_of_the_analytic_case() -> None:
    example = case("saw_crossover_relation")
    given = example["inputs"]
    found = crossovers(
        decision_matrix(given["X"]), METHODS["weighted_sum"], flat_path(np.array(given["weights"]), [given["k"]])
    )
    t = next(c.t for c in found if {c.a, c.b} == {"A0", "A1"})
    # the printed weights sum to 1.0001, the case takes them as 1
    assert t == pytest.approx(example["expected"]["t"], abs=2e-4)


@pytest.mark.parametrize("name", EXACT)
def test_identical_and_dominated_measures_never_cross(name: str) -> None:
    matrix = decision_matrix([[0.6, 0.7, 0.8], [0.6, 0.7, 0.8], [0.5, 0.6, 0.7]])
    assert crossovers(matrix, METHODS[name], flat_path(np.array([0.2, 0.3, 0.5]), [1])) == ()


def one_path(*parts: Any) -> Any:
    """The sign changes of the polynomials of one path alone."""
    return _sign_changes(*([part] for part in parts))[0]


def test_a_double_root_touches_and_is_no_crossover() -> None:
    """(2t - 1)^2 is zero at one half and positive on both sides; a hundredth lower it crosses twice."""
    pair, nothing = (np.array([0]), np.array([1])), np.zeros((3, 1))
    assert len(one_path(np.array([[1.0], [-4.0], [4.0]]), nothing, *pair)) == 0
    crossing = one_path(np.array([[0.99], [-4.0], [4.0]]), nothing, *pair)
    assert sorted(crossing.tolist()) == [pytest.approx([0.45, 0, 1]), pytest.approx([0.55, 1, 0])]


def test_a_quartic_may_change_sign_four_times() -> None:
    coefficients = np.array(np.polynomial.polynomial.polyfromroots([0.2, 0.3, 0.6, 0.61]))[:, None]
    found = one_path(coefficients, np.zeros_like(coefficients), np.array([0]), np.array([1]))
    assert sorted(found[:, 0]) == pytest.approx([0.2, 0.3, 0.6, 0.61], abs=1e-12)


def test_default_topsis_can_cross_twice_and_never_more() -> None:
    """Found by search, confirmed by the scan: one measure leads the other only for middling weights."""
    generator = np.random.default_rng(0)
    twice = 0
    for _ in range(6):
        matrix = decision_matrix(generator.random((40, 4)))
        path = flat_path(generator.dirichlet(np.ones(4)), [0])
        met = defaultdict(list)
        for swap in crossovers(matrix, METHODS["topsis"], path):
            met[frozenset((swap.a, swap.b))].append(swap)
        assert {len(swaps) for swaps in met.values()} <= {1, 2}
        for first, second in (swaps for swaps in met.values() if len(swaps) == 2):
            twice += 1
            assert (first.a, first.b) == (second.b, second.a)
            middle = sweep(matrix, METHODS["topsis"], path, [0.0, (first.t + second.t) / 2, 1.0])
            signs = np.sign(middle[:, int(first.a[1:])] - middle[:, int(first.b[1:])])
            assert signs.tolist() == [1, -1, 1]
    assert twice > 0


def test_a_zero_in_the_weighted_product_keeps_its_measure_last_all_along() -> None:
    matrix = decision_matrix([[0.0, 0.9], [0.4, 0.4], [0.9, 0.1]])
    found = crossovers(matrix, METHODS["weighted_product"], flat_path(np.array([0.5, 0.5]), [0]))
    assert [(c.a, c.b) for c in found] == [("A1", "A2")]


def test_among_limits_the_pairs_looked_at() -> None:
    matrix, path = problem(7)
    everything = crossovers(matrix, METHODS["topsis"], path)
    some = crossovers(matrix, METHODS["topsis"], path, among=[4, 0, 2])
    assert some == tuple(c for c in everything if {c.a, c.b} <= {"A0", "A2", "A4"})


def test_one_measure_crosses_nobody() -> None:
    for name in (*EXACT, "pymcdm:SPOTIS"):
        assert crossovers(decision_matrix([[0.3, 0.8]]), method(name), flat_path(np.array([0.5, 0.5]), [0])) == ()


@pytest.mark.parametrize("name", EXACT)
def test_several_paths_at_once_are_each_alone(name: str) -> None:
    result = evaluate(small_study())
    paths = [slider_path(result.study, result.weights, c.id) for c in result.study.criteria]
    locked = slider_path(result.study, result.weights, "goals", {"urgency"})
    found = crossovers_on(result.matrix, method(name), [*paths, locked])
    assert found[-1] == ()
    assert found[:-1] == [crossovers(result.matrix, method(name), path) for path in paths]
