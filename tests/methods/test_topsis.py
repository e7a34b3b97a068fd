"""TOPSIS against published figures, pymcdm, a plain loop, and its stated answers at the edges."""

from typing import Any

import numpy as np
import pytest
from pymcdm.methods import TOPSIS
from pymcdm.normalizations import vector_normalization

from mcda.errors import MethodError
from mcda.methods.topsis import topsis, topsis_minmax, topsis_split, topsis_vector, vector_gaps
from problems import case, senses


@pytest.mark.parametrize("name", ["topsis-hwang-yoon-1981-aircraft", "topsis-tzeng-huang-2011"])
def test_vector_topsis_gives_the_published_closeness_and_order(name: str) -> None:
    example = case(name)
    given, expected = example["inputs"], example["expected"]
    scores = topsis_vector(given["matrix"], given["weights"], senses(given["objectives"]))[0]
    assert scores == pytest.approx(expected["score"], abs=example["tolerance"])
    assert (-scores).argsort().argsort() + 1 == pytest.approx(expected["ranking"])


@pytest.mark.parametrize(("name", "kernel"), [("topsis_fighter", topsis_vector), ("topsis_tzeng_huang", topsis_vector)])
def test_vector_topsis_gives_the_closeness_of_the_textbooks(name: str, kernel: Any) -> None:
    example = case(name)
    scores = kernel(example["inputs"]["X"], example["inputs"]["weights"], example["inputs"]["types"])[0]
    assert scores == pytest.approx(example["expected"]["closeness"], abs=example["tolerance"])


def test_minmax_topsis_gives_the_figures_of_pymcdm_s_documentation() -> None:
    example = case("topsis_minmax_pymcdm")
    scores = topsis_minmax(example["inputs"]["X"], example["inputs"]["weights"], example["inputs"]["types"])[0]
    assert scores == pytest.approx(example["expected"]["closeness"], abs=example["tolerance"])


def test_hodgett_s_cars_pin_ideal_and_anti_ideal_to_nine_digits() -> None:
    example = case("topsis-hodgett-cars")
    x, weights = np.array(example["inputs"]["matrix"]), np.array(example["inputs"]["weights"])
    to_ideal, from_worst = vector_gaps(x, senses(example["inputs"]["objectives"]))
    best, worst = (np.array(example["expected"][end]) for end in ("positive_ideal", "negative_ideal"))
    scaled = weights * x / np.sqrt((x**2).sum(axis=0))
    assert weights * np.sqrt(to_ideal) == pytest.approx(np.abs(scaled - best), abs=example["tolerance"])
    assert weights * np.sqrt(from_worst) == pytest.approx(np.abs(scaled - worst), abs=example["tolerance"])


@pytest.mark.parametrize("seed", range(10))
def test_pymcdm_agrees_on_random_problems(seed: int) -> None:
    generator = np.random.default_rng(seed)
    x, weights = generator.uniform(1, 9, (12, 5)), generator.dirichlet(np.ones(5))
    types = generator.choice([-1, 1], 5)
    by_vector = TOPSIS(vector_normalization)(x, weights, types, validation=False)
    assert topsis_vector(x, weights, types)[0] == pytest.approx(by_vector, abs=1e-12)
    assert topsis_minmax(x, weights, types)[0] == pytest.approx(
        TOPSIS()(x, weights, types, validation=False), abs=1e-12
    )


@pytest.mark.parametrize("seed", range(10))
def test_fixed_bounds_equal_pymcdm_with_both_extremes_added_and_root_weights(seed: int) -> None:
    """With a row of ones and one of zeros, min-max changes nothing, and sqrt(w) squared is w."""
    generator = np.random.default_rng(seed)
    v, weights = generator.random((8, 4)), generator.dirichlet(np.ones(4))
    framed = np.vstack([v, np.ones(4), np.zeros(4)])
    expected = TOPSIS()(framed, np.sqrt(weights), np.ones(4), validation=False)[:8]
    assert topsis(v, weights)[0] == pytest.approx(expected, abs=1e-12)


def test_a_measure_at_every_best_level_scores_1_and_at_every_worst_level_0() -> None:
    assert topsis([[1, 1], [0, 0]], [0.3, 0.7])[0].tolist() == [1.0, 0.0]


def test_weights_of_zero_say_nothing_about_anyone() -> None:
    assert topsis([[1, 0], [0.2, 0.4]], [0, 0])[0].tolist() == [0.5, 0.5]
    assert topsis_vector([[1, 0], [2, 4]], [0, 0], [1, 1])[0].tolist() == [0.5, 0.5]
    assert topsis_minmax([[1, 0], [2, 4]], [0, 0], [1, 1])[0].tolist() == [0.5, 0.5]


@pytest.mark.parametrize("kernel", [topsis_vector, topsis_minmax])
def test_on_data_one_alternative_or_equal_ones_get_one_half(kernel: Any) -> None:
    assert kernel([[3, 7]], [0.5, 0.5], [1, -1])[0].tolist() == [0.5]
    assert kernel([[3, 7], [3, 7]], [0.5, 0.5], [1, -1])[0].tolist() == [0.5, 0.5]


def test_one_alternative_on_fixed_bounds_keeps_its_own_closeness() -> None:
    assert topsis([[0.25]], [1.0])[0] == pytest.approx([0.25])


@pytest.mark.parametrize("kernel", [topsis_vector, topsis_minmax])
def test_columns_of_zeros_have_no_effect(kernel: Any) -> None:
    with_zeros = kernel([[0, 1], [0, 2], [0, 4]], [0.5, 0.5], [1, 1])
    assert with_zeros == pytest.approx(kernel([[1], [2], [4]], [0.5], [1]))


def test_no_alternatives_give_no_scores() -> None:
    empty = np.empty((0, 2))
    for scores in (topsis(empty, [1, 1]), topsis_vector(empty, [1, 1], [1, 1]), topsis_minmax(empty, [1, 1], [1, 1])):
        assert scores.shape == (1, 0)


@pytest.mark.parametrize(
    ("v", "w"),
    [([[np.nan, 1]], [1, 1]), ([[np.inf, 1]], [1, 1]), ([[1, 1]], [-1, 2]), ([[1, 1]], [np.nan, 1]), ([[1, 1]], [1])],
)
def test_what_has_no_answer_is_an_error_never_a_nan(v: Any, w: Any) -> None:
    with pytest.raises(MethodError):
        topsis(v, w)


def test_the_split_sums_to_the_score_and_gives_nothing_to_a_criterion_at_its_worst() -> None:
    v = np.array([[0.0, 0.5, 1.0], [0.2, 0.2, 0.2], [0.0, 0.0, 0.0]])
    weights = np.array([0.5, 0.3, 0.2])
    parts = topsis_split(v, weights)
    assert parts.sum(axis=1) == pytest.approx(topsis(v, weights)[0])
    assert parts[0, 0] == 0
    assert parts[1] == pytest.approx(0.2 * weights)


def test_the_split_without_any_weight_is_even() -> None:
    assert topsis_split([[0.1, 0.9]], [0, 0])[0].tolist() == [0.25, 0.25]


def test_squared_weights_let_a_split_branch_fade_the_weighted_distance_does_not() -> None:
    """The reason for the default distance: the second criterion in four copies at a quarter each."""
    x = np.array([[0.9, 0.2], [0.2, 0.8], [0.0, 0.0], [1.0, 1.0]])
    split, thin = x[:, [0, 1, 1, 1, 1]], [0.4, 0.15, 0.15, 0.15, 0.15]
    assert topsis(split, thin) == pytest.approx(topsis(x, [0.4, 0.6]))
    before, after = topsis_minmax(x, [0.4, 0.6], [1, 1])[0], topsis_minmax(split, thin, np.ones(5))[0]
    assert before[1] > before[0]
    assert after[0] > after[1]
