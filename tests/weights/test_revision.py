"""Which answer to look at again: Saaty's house, and fifty planted slips."""

from itertools import combinations

import numpy as np
import pytest

from mcda.weights.ahp import priorities
from mcda.weights.comparisons import read_comparisons
from mcda.weights.revision import SCALE, nearest_on_scale, revisions
from problems import case


def test_saaty_s_house_names_the_pair_3_7_and_a_half() -> None:
    example = case("ahp-saaty-1990-house")["inputs"]
    found = revisions(read_comparisons(example["matrix"], example["names"]))[0]
    assert (found.a, found.b, found.answer, found.nearest) == ("neighbourhood", "condition", 6, 0.5)
    assert found.best == pytest.approx(0.463, abs=0.0006)
    assert found.ratio_before == pytest.approx(0.169, abs=0.001)
    assert found.ratio_after == pytest.approx(0.083, abs=0.0011)


def test_the_ratio_after_is_that_of_the_changed_matrix() -> None:
    example = case("ahp-saaty-1990-house")["inputs"]
    for found in revisions(read_comparisons(example["matrix"], example["names"]), most=28):
        matrix = np.array(example["matrix"])
        i, j = example["names"].index(found.a), example["names"].index(found.b)
        matrix[i, j], matrix[j, i] = found.nearest, 1 / found.nearest
        assert priorities(matrix).consistency.ratio == pytest.approx(found.ratio_after, abs=1e-9)
        assert found.ratio_after < found.ratio_before


def test_fifty_consistent_matrices_with_one_planted_slip_name_it() -> None:
    named = 0
    for seed in range(50):
        generator = np.random.default_rng(seed)
        size = int(generator.integers(4, 9))
        worth = np.exp(generator.uniform(0, np.log(7), size))
        matrix = np.outer(worth, 1 / worth)
        i, j = sorted(generator.choice(size, 2, replace=False))
        slip = matrix[i, j] * float(np.exp(generator.choice((-1, 1)) * generator.uniform(np.log(3), np.log(8))))
        matrix[i, j], matrix[j, i] = slip, 1 / slip
        found = revisions(read_comparisons(matrix))[0]
        named += (found.a, found.b) == (str(i + 1), str(j + 1))
    assert named == 50


def test_answers_rounded_to_the_scale_with_one_planted_slip_name_it_at_least_45_times() -> None:
    named = 0
    for seed in range(50):
        generator = np.random.default_rng(1000 + seed)
        size = int(generator.integers(5, 9))
        worth = np.exp(generator.uniform(0, np.log(5), size))
        matrix = np.ones((size, size))
        for a, b in combinations(range(size), 2):
            matrix[a, b] = nearest_on_scale(worth[a] / worth[b])
            matrix[b, a] = 1 / matrix[a, b]
        i, j = sorted(generator.choice(size, 2, replace=False))
        slip = 1 / matrix[i, j] * (4 if matrix[i, j] <= 1 else 0.25)
        matrix[i, j], matrix[j, i] = slip, 1 / slip
        found = revisions(read_comparisons(matrix))[0]
        named += (found.a, found.b) == (str(i + 1), str(j + 1))
    assert named >= 45


def test_consistent_answers_and_two_criteria_need_no_second_look() -> None:
    worth = np.array([4.0, 2.0, 1.0])
    assert revisions(read_comparisons(np.outer(worth, 1 / worth))) == ()
    assert revisions(read_comparisons([[1, 5], [0.2, 1]])) == ()


def test_of_three_criteria_every_answer_alone_mends_the_triad() -> None:
    found = revisions(read_comparisons([[1, 3, 1 / 2], [1 / 3, 1, 4], [2, 1 / 4, 1]], "abc"))
    assert len(found) == 3
    assert {(r.a, r.b) for r in found} == {("a", "b"), ("a", "c"), ("b", "c")}


def test_an_answer_the_others_cannot_do_without_is_not_offered() -> None:
    table = [[1, 2, 8, None], [None, 1, 2, None], [None, None, 1, 3], [None, None, None, 1]]
    found = revisions(read_comparisons(table, "abcd", incomplete=True), most=9)
    assert found
    assert all((r.a, r.b) != ("c", "d") for r in found)
    assert all(r.ratio_after < r.ratio_before for r in found)


def test_only_a_tree_of_answers_has_none() -> None:
    table = [[1, 2, None], [None, 1, 9], [None, None, 1]]
    assert revisions(read_comparisons(table, "abc", incomplete=True)) == ()


@pytest.mark.parametrize(("value", "nearest"), [(0.463, 0.5), (20, 9), (0.01, 1 / 9), (1.2, 1), (2.5, 3), (1, 1)])
def test_the_nearest_value_of_the_scale_is_nearest_in_ratio(value: float, nearest: float) -> None:
    assert nearest_on_scale(value) == nearest


def test_the_scale_has_seventeen_values() -> None:
    assert len(SCALE) == 17
    assert list(SCALE) == sorted(SCALE)
