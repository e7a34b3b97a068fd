"""Crossovers against published weight changes, dense scans and pairs that only touch."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from mcda.methods import METHODS, method
from mcda.robustness.crossover import _roots, crossovers, sweep, weight_path
from problems import case, decision_matrix

EXACT = list(METHODS)
SCANNED = ["pymcdm:VIKOR", "pymcdm:PROMETHEE_II"]


def problem(seed: int, rows: int = 6) -> tuple[Any, Any, list[int]]:
    generator = np.random.default_rng(seed)
    columns = int(generator.integers(2, 7))
    matrix = decision_matrix(generator.random((rows, columns)), directions=generator.choice([-1.0, 1.0], columns))
    node = generator.choice(columns, int(generator.integers(1, columns)), replace=False).tolist()
    return matrix, generator.dirichlet(np.ones(columns)), node


def test_the_path_passes_through_the_weights_in_force() -> None:
    weights = np.array([0.1, 0.2, 0.3, 0.4])
    assert weight_path(weights, [1, 2], 0.5)[0] == pytest.approx(weights)


def test_on_the_path_the_node_shares_t_and_the_others_the_rest_in_their_proportions() -> None:
    path = weight_path([0.1, 0.2, 0.3, 0.4], [1, 2], [0.0, 0.2, 1.0])
    assert path == pytest.approx(np.array([[0.2, 0, 0, 0.8], [0.16, 0.08, 0.12, 0.64], [0, 0.4, 0.6, 0]]))


def test_groups_without_weight_share_equally() -> None:
    assert weight_path([0, 0, 1], [0, 1], 0.5)[0] == pytest.approx([0.25, 0.25, 0.5])
    assert weight_path([1, 0, 0], [0], 0.5)[0] == pytest.approx([0.5, 0.25, 0.25])


def test_a_node_with_all_leaves_has_nothing_to_move() -> None:
    assert weight_path([0.3, 0.7], [0, 1], [0.0, 1.0]) == pytest.approx(np.array([[0.3, 0.7], [0.3, 0.7]]))
    matrix = decision_matrix([[0.1, 0.9], [0.8, 0.3]])
    assert crossovers(matrix, METHODS["topsis"], [0.3, 0.7], [0, 1]) == ()


def test_no_columns_are_no_node() -> None:
    with pytest.raises(ValueError):
        weight_path([0.5, 0.5], [], 0.3)


def test_the_sweep_scores_every_measure_at_every_point() -> None:
    matrix, weights, node = problem(5)
    scores = sweep(matrix, METHODS["topsis"], weights, node, np.linspace(0, 1, 11))
    assert scores.shape == (11, 6)
    here = sweep(matrix, METHODS["topsis"], weights, node, [weights[node].sum()])
    assert here == pytest.approx(METHODS["topsis"].score(matrix, weights[None, :]))


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("seed", range(12))
def test_exact_crossovers_are_the_sign_changes_of_a_dense_scan(name: str, seed: int) -> None:
    matrix, weights, node = problem(seed)
    found = crossovers(matrix, METHODS[name], weights, node)
    scores = sweep(matrix, METHODS[name], weights, node, np.linspace(0, 1, 4001))
    for a, b in combinations(range(6), 2):
        signs = np.sign(scores[:, a] - scores[:, b])
        changes = np.count_nonzero(np.diff(signs[signs != 0]))
        assert changes == sum({c.a, c.b} == {f"A{a}", f"A{b}"} for c in found)


@pytest.mark.parametrize("name", EXACT + SCANNED)
@pytest.mark.parametrize("seed", range(4))
def test_at_a_crossover_scores_are_equal_and_b_comes_from_below(name: str, seed: int) -> None:
    matrix, weights, node = problem(seed)
    found = crossovers(matrix, method(name), weights, node)
    assert [c.t for c in found] == sorted(c.t for c in found)
    for crossing in found:
        a, b = int(crossing.a[1:]), int(crossing.b[1:])
        near = sweep(matrix, method(name), weights, node, [crossing.t - 1e-6, crossing.t, crossing.t + 1e-6])
        gap = near[:, a] - near[:, b]
        assert gap[1] == pytest.approx(0, abs=1e-7)
        assert gap[0] > 0 > gap[2]


@pytest.mark.parametrize("name", SCANNED)
def test_scanned_crossovers_are_the_sign_changes_of_a_denser_scan(name: str) -> None:
    matrix, weights, node = problem(2, rows=4)
    found = crossovers(matrix, method(name), weights, node)
    scores = sweep(matrix, method(name), weights, node, np.linspace(0, 1, 1001))
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
            found = [c.t for c in crossovers(matrix, METHODS["weighted_sum"], weights, [k]) if {c.a, c.b} == names]
            if percent is None:
                assert found == []
            else:
                delta = percent / 100 * weights[k]
                assert found == pytest.approx([(weights[k] - delta) / (weights.sum() - delta)], abs=1e-9)


def test_the_weighted_sum_crossover_of_the_analytic_case() -> None:
    example = case("saw_crossover_relation")
    given = example["inputs"]
    found = crossovers(decision_matrix(given["X"]), METHODS["weighted_sum"], given["weights"], [given["k"]])
    t = next(c.t for c in found if {c.a, c.b} == {"A0", "A1"})
    # the printed weights sum to 1.0001, the case takes them as 1
    assert t == pytest.approx(example["expected"]["t"], abs=2e-4)


@pytest.mark.parametrize("name", EXACT)
def test_identical_and_dominated_measures_never_cross(name: str) -> None:
    matrix = decision_matrix([[0.6, 0.7, 0.8], [0.6, 0.7, 0.8], [0.5, 0.6, 0.7]])
    assert crossovers(matrix, METHODS[name], [0.2, 0.3, 0.5], [1]) == ()


def test_a_double_root_touches_and_is_no_crossover() -> None:
    """(2t - 1)^2 is zero at one half and positive on both sides; a hundredth lower it crosses twice."""
    pair = np.array([0]), np.array([1])
    assert len(_roots(np.array([4.0]), np.array([-4.0]), np.array([1.0]), *pair)) == 0
    crossing = _roots(np.array([4.0]), np.array([-4.0]), np.array([0.99]), *pair)
    assert sorted(crossing.tolist()) == [pytest.approx([0.45, 0, 1]), pytest.approx([0.55, 1, 0])]


def test_default_topsis_can_cross_twice() -> None:
    """Found by search, confirmed by the scan: A1 leads only for middling weights."""
    generator = np.random.default_rng(0)
    twice = 0
    for _ in range(4000):
        matrix = decision_matrix(generator.random((2, 4)))
        weights = generator.dirichlet(np.ones(4))
        found = crossovers(matrix, METHODS["topsis"], weights, [0])
        twice += len(found) == 2
        assert len(found) <= 2
        if len(found) == 2:
            assert (found[0].a, found[0].b) == (found[1].b, found[1].a)
            scores = sweep(matrix, METHODS["topsis"], weights, [0], [0.0, (found[0].t + found[1].t) / 2, 1.0])
            assert np.sign(scores[0, 0] - scores[0, 1]) == -np.sign(scores[1, 0] - scores[1, 1])
    assert twice > 0


def test_a_zero_in_the_weighted_product_keeps_its_measure_last_all_along() -> None:
    matrix = decision_matrix([[0.0, 0.9], [0.4, 0.4], [0.9, 0.1]])
    found = crossovers(matrix, METHODS["weighted_product"], [0.5, 0.5], [0])
    assert [(c.a, c.b) for c in found] == [("A1", "A2")]


def test_among_limits_the_pairs_looked_at() -> None:
    matrix, weights, node = problem(7)
    everything = crossovers(matrix, METHODS["topsis"], weights, node)
    some = crossovers(matrix, METHODS["topsis"], weights, node, among=[4, 0, 2])
    assert some == tuple(c for c in everything if {c.a, c.b} <= {"A0", "A2", "A4"})


def test_one_measure_crosses_nobody() -> None:
    for name in (*EXACT, "pymcdm:SPOTIS"):
        assert crossovers(decision_matrix([[0.3, 0.8]]), method(name), [0.5, 0.5], [0]) == ()
