"""Open pairs: the published completion, and least squares as the normal equations give them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from mcda.weights.ahp import priorities
from mcda.weights.comparisons import read_comparisons
from mcda.weights.incomplete import complete, least_squares_weights
from mcda.weights.perron import perron
from problems import case
from test_perron import random_comparisons

Array = np.typing.NDArray[np.float64]


def bozoki() -> tuple[Array, Array]:
    upper = case("incomplete_bozoki_U")["inputs"]["upper"]
    matrix, answered = np.ones((4, 4)), np.ones((4, 4), dtype=bool)
    for (i, j), value in zip(combinations(range(4), 2), upper, strict=True):
        if value is None:
            answered[i, j] = answered[j, i] = False
        else:
            matrix[i, j], matrix[j, i] = value, 1 / value
    return matrix, answered


def test_bozoki_s_matrix_is_completed_as_published() -> None:
    example = case("incomplete_bozoki_U")
    matrix, answered = bozoki()
    filled = complete(matrix, answered)
    assert filled[2, 3] == pytest.approx(example["expected"]["x34"], abs=example["tolerance"]["x34"])
    assert filled[2, 3] == pytest.approx(example["expected"]["van_uden"], abs=example["tolerance"]["van_uden"])
    assert perron(filled)[0] == pytest.approx(example["expected"]["weights"], abs=example["tolerance"]["weights"])


def test_the_eigenvector_of_open_answers_is_that_of_the_best_completion() -> None:
    example = case("ahp-bozoki-2010-incomplete")
    table = [[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, None], [1 / 2, 1 / 4, None, 1]]
    found = priorities(read_comparisons(table, incomplete=True), how="eigenvector")
    assert found.weights == pytest.approx(example["expected"]["weights"], abs=example["tolerance"])
    assert found.consistency.missing == 1


@pytest.mark.parametrize("seed", range(8))
def test_one_open_pair_is_filled_as_a_search_along_it_does(seed: int) -> None:
    matrix = random_comparisons(5, seed)
    answered = np.ones((5, 5), dtype=bool)
    answered[1, 3] = answered[3, 1] = False

    def largest(log: float) -> float:
        trial = matrix.copy()
        trial[1, 3], trial[3, 1] = np.exp(log), np.exp(-log)
        return float(np.linalg.eigvals(trial).real.max())

    expected = minimize_scalar(largest, bracket=(-1.0, 1.0), options={"xtol": 1e-12})
    filled = complete(matrix, answered)
    assert perron(filled)[1] == pytest.approx(expected.fun, abs=1e-9)
    assert np.log(filled[1, 3]) == pytest.approx(expected.x, abs=1e-5)


@pytest.mark.parametrize(("size", "gaps"), [(5, 4), (6, 8), (8, 20)])
def test_with_many_open_pairs_no_small_change_lowers_the_eigenvalue(size: int, gaps: int) -> None:
    generator = np.random.default_rng(size)
    matrix, answered = random_comparisons(size, size), np.ones((size, size), dtype=bool)
    loose = [pair for pair in combinations(range(size), 2) if pair[1] - pair[0] > 1]
    for k in generator.choice(len(loose), min(gaps, len(loose)), replace=False):
        answered[loose[k]] = answered[loose[k][::-1]] = False
    filled = complete(matrix, answered)
    least = float(perron(filled)[1])
    for i, j in np.argwhere(np.triu(~answered, 1)):
        for step in (1e-3, -1e-3):
            trial = filled.copy()
            trial[i, j] *= np.exp(step)
            trial[j, i] = 1 / trial[i, j]
            assert float(perron(trial)[1]) >= least


def test_answers_that_only_just_connect_the_criteria_are_consistent() -> None:
    answered = np.eye(4, dtype=bool)
    matrix = np.ones((4, 4))
    for i, ratio in enumerate((2.0, 3.0, 0.5)):
        matrix[i, i + 1], matrix[i + 1, i] = ratio, 1 / ratio
        answered[i, i + 1] = answered[i + 1, i] = True
    assert least_squares_weights(matrix, answered) == pytest.approx(np.array([6, 3, 1, 2]) / 12, abs=1e-12)
    assert perron(complete(matrix, answered))[1] == pytest.approx(4, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.integers(3, 7), st.integers(0, 10_000))
def test_least_squares_is_what_a_general_solver_finds(size: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    matrix, answered = random_comparisons(size, seed), np.eye(size, dtype=bool)
    pairs = list(combinations(range(size), 2))
    chosen = {(i, i + 1) for i in range(size - 1)} | {p for p in pairs if generator.random() < 0.5}
    rows, right = [], []
    for i, j in chosen:
        answered[i, j] = answered[j, i] = True
        row = np.zeros(size)
        row[i], row[j] = 1, -1
        rows.append(row)
        right.append(np.log(matrix[i, j]))
    logs = np.linalg.lstsq(np.array(rows), np.array(right), rcond=None)[0]
    assert least_squares_weights(matrix, answered) == pytest.approx(np.exp(logs) / np.exp(logs).sum(), abs=1e-10)


def test_without_open_pairs_least_squares_is_the_row_geometric_mean() -> None:
    matrix = random_comparisons(6, 1)
    expected = np.exp(np.log(matrix).mean(axis=1))
    assert least_squares_weights(matrix, np.ones((6, 6), dtype=bool)) == pytest.approx(
        expected / expected.sum(), abs=1e-14
    )
