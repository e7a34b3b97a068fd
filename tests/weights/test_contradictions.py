"""Contradictions: closed forms, published limits, and brute force over all triads."""

from itertools import combinations, permutations
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.weights.ahp import priorities
from mcda.weights.comparisons import Comparisons, read_comparisons
from mcda.weights.contradictions import (
    circular_triads,
    contradictions,
    errors,
    extremes,
    geometric_consistency_index,
    intensity_violations,
    order_violations,
    worst_triad,
)
from mcda.weights.random_index import random_index
from problems import case
from test_perron import random_comparisons


def with_weights(comparisons: Comparisons) -> tuple[Comparisons, np.typing.NDArray[np.float64]]:
    return comparisons, priorities(comparisons).weights


def test_three_criteria_have_the_closed_form() -> None:
    example = case("ahp_3x3_closed_form")
    comparisons = read_comparisons(example["inputs"]["matrix"])
    found = geometric_consistency_index(*with_weights(comparisons))
    assert found == pytest.approx(example["expected"]["gci"], abs=example["tolerance"])


def test_the_limit_for_three_criteria_is_that_of_cr_0_10() -> None:
    published = case("gci_thresholds")
    cosh = 1 + 0.1 * random_index(3)[0]
    c = np.exp(3 * np.arccosh(cosh))
    matrix = [[1, c, 1], [1 / c, 1, 1], [1, 1, 1]]
    found = contradictions(*with_weights(read_comparisons(matrix)))
    assert found.gci == pytest.approx(published["expected"]["gci3"], abs=published["tolerance"])
    assert found.gci_limit == published["expected"]["gci3"]


def test_saaty_s_largest_error_of_the_house_is_the_pair_3_7() -> None:
    example = case("ahp_most_inconsistent_house")
    comparisons = read_comparisons(example["inputs"]["matrix"])
    found = errors(comparisons, priorities(comparisons, how="eigenvector").weights)
    at = np.unravel_index(found.argmax(), found.shape)
    assert list(at) == example["expected"]["worst_pair"]
    assert found[at] == pytest.approx(example["expected"]["worst_eps"], abs=example["tolerance"]["worst_eps"])


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 7), st.integers(0, 10_000))
def test_triads_and_orders_are_those_of_brute_force(size: int, seed: int) -> None:
    comparisons = read_comparisons(random_comparisons(size, seed))
    a, items = comparisons.matrix, comparisons.items
    indices = {
        t: 1 - min(r, 1 / r)
        for t in combinations(range(size), 3)
        for r in [a[t[0], t[1]] * a[t[1], t[2]] / a[t[0], t[2]]]
    }
    worst = worst_triad(comparisons)
    assert worst is not None
    assert worst.index == pytest.approx(max(indices.values()), abs=1e-12)
    assert indices[tuple(items.index(i) for i in worst.items)] == pytest.approx(worst.index, abs=1e-12)  # type: ignore[index]
    circles = {
        frozenset((i, j, k)) for i, j, k in permutations(range(size), 3) if a[i, j] > 1 and a[j, k] > 1 and a[k, i] > 1
    }
    named = [frozenset(items.index(i) for i in circle) for circle in circular_triads(comparisons)]
    assert len(named) == len(set(named)) == len(circles)
    assert set(named) == circles
    weights = priorities(comparisons).weights
    pairs = [(i, j) for i, j in permutations(range(size), 2) if a[i, j] > 1]
    assert set(order_violations(comparisons, weights)) == {
        (items[i], items[j]) for i, j in pairs if weights[i] < weights[j]
    }
    crossed = sum(
        a[p] > a[q] and weights[p[0]] / weights[p[1]] < weights[q[0]] / weights[q[1]] for p, q in permutations(pairs, 2)
    )
    assert intensity_violations(comparisons, weights) == crossed


def test_a_circle_is_named_in_its_direction() -> None:
    comparisons = read_comparisons([[1, 3, 1 / 2], [1 / 3, 1, 4], [2, 1 / 4, 1]], "abc")
    assert circular_triads(comparisons) == (("a", "b", "c"),)
    worst = worst_triad(comparisons)
    assert worst is not None
    assert (worst.ab, worst.bc, worst.ac) == (3, 4, 0.5)
    assert worst.index == pytest.approx(1 - 0.5 / 12)


def test_consistent_answers_contradict_nothing() -> None:
    worth = np.array([4.0, 2.0, 1.0, 1.0])
    found = contradictions(*with_weights(read_comparisons(np.outer(worth, 1 / worth))))
    assert found.gci == pytest.approx(0, abs=1e-12)
    assert found.worst is not None
    assert found.worst.index == pytest.approx(0, abs=1e-12)
    assert (found.circles, found.violations, found.intensity_violations) == ((), (), 0)


def test_open_pairs_are_no_contradiction() -> None:
    table = [[1, 2, None, 9], [None, 1, 3, None], [None, None, 1, 2], [None, None, None, 1]]
    comparisons = read_comparisons(table, "abcd", incomplete=True)
    weights = priorities(comparisons).weights
    assert worst_triad(comparisons) is None
    expected = sum(
        log(comparisons.matrix[i, j] * weights[j] / weights[i]) ** 2 for i, j in ((0, 1), (0, 3), (1, 2), (2, 3))
    )
    assert geometric_consistency_index(comparisons, weights) == pytest.approx(expected)
    assert extremes(comparisons, weights) == (("a", "d"),)


def test_two_criteria_have_nothing_to_contradict() -> None:
    comparisons = read_comparisons([[1, 3], [1 / 3, 1]])
    found = contradictions(*with_weights(comparisons))
    assert (found.gci, found.worst, found.circles, found.violations) == (0, None, (), ())
