"""Weight intervals from the rounding of answers."""

import numpy as np
import pytest

from mcda.weights.ahp import priorities
from mcda.weights.comparisons import read_comparisons
from mcda.weights.rounding import rounding_intervals


def test_two_criteria_have_the_interval_of_their_single_answer() -> None:
    found = rounding_intervals(read_comparisons([[1, 3], [1 / 3, 1]], "ab"), draws=100_000)
    low, high = 2.5 + 0.05, 3.5 - 0.05
    assert found.low["a"] == pytest.approx(low / (1 + low), abs=0.001)
    assert found.high["a"] == pytest.approx(high / (1 + high), abs=0.001)
    assert found.low["b"] == pytest.approx(1 - found.high["a"])


def test_equal_may_be_half_a_step_to_either_side() -> None:
    found = rounding_intervals(read_comparisons([[1, 1], [1, 1]], "ab"), draws=100_000, covered=1.0)
    assert found.high["a"] == pytest.approx(1.5 / 2.5, abs=0.001)
    assert found.low["a"] == pytest.approx(1 / 2.5, abs=0.001)


def test_intervals_hold_the_weights_and_repeat_with_the_seed() -> None:
    worth = np.array([6.0, 3.0, 2.0, 1.0])
    comparisons = read_comparisons(np.outer(worth, 1 / worth), "abcd")
    found, again = rounding_intervals(comparisons), rounding_intervals(comparisons)
    assert found == again
    assert found != rounding_intervals(comparisons, seed=1)
    for name, weight in zip("abcd", priorities(comparisons).weights, strict=True):
        assert found.low[name] <= weight <= found.high[name]


def test_the_draws_are_what_one_by_one_gives() -> None:
    comparisons = read_comparisons([[1, 2, 5], [1 / 2, 1, 3], [1 / 5, 1 / 3, 1]], "abc")
    found = rounding_intervals(comparisons, draws=500, seed=7)
    generator = np.random.default_rng(7)
    steps = np.array([1.0, 4.0, 2.0]) + generator.uniform(-0.5, 0.5, (500, 3))
    weights = []
    for ab, ac, bc in steps + 1:
        weights.append(priorities([[1, ab, ac], [1 / ab, 1, bc], [1 / ac, 1 / bc, 1]]).weights)
    assert [found.low[n] for n in "abc"] == pytest.approx(np.quantile(weights, 0.05, axis=0), abs=1e-9)
    assert [found.high[n] for n in "abc"] == pytest.approx(np.quantile(weights, 0.95, axis=0), abs=1e-9)


def test_open_pairs_have_intervals_too() -> None:
    comparisons = read_comparisons([[1, 2, None], [None, 1, 3], [None, None, 1]], "abc", incomplete=True)
    found = rounding_intervals(comparisons)
    assert all(0 < found.low[n] < found.high[n] < 1 for n in "abc")
