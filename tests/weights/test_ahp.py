"""AHP against published priorities and ratios, closed forms, and answers that contradict each other."""

from itertools import combinations
from typing import Any

import ahpy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.errors import InputError
from mcda.study.model import Judgement
from mcda.weights.ahp import elicit_ahp, priorities
from mcda.weights.comparisons import Comparisons, comparisons_of, read_comparisons
from problems import case
from test_perron import random_comparisons

SAATY_1980 = {8: 1.41}
SAATY_2005 = {3: 0.52, 4: 0.89, 7: 1.35}


def answer(a: str, b: str, ratio: float) -> Judgement:
    return Judgement(stakeholder="mayors", a=a, b=b, value=ratio)


def house() -> Comparisons:
    example = case("ahp-saaty-1990-house")["inputs"]
    return read_comparisons(example["matrix"], example["names"])


def with_index(matrix: Any, index: float) -> float:
    """CR as the publication prints it, with its own random index."""
    found = priorities(matrix, how="eigenvector").consistency
    return (found.lambda_max - found.size) / (found.size - 1) / index


@pytest.mark.parametrize(
    ("name", "index"), [("ahp-saaty-2008-drinks", SAATY_2005[7]), ("ahp-saaty-1990-house", SAATY_1980[8])]
)
def test_saaty_s_priorities_and_consistency_ratio(name: str, index: float) -> None:
    example = case(name)
    expected = example["expected"]
    found = priorities(example["inputs"]["matrix"], how="eigenvector")
    assert found.weights == pytest.approx(expected["weights"], abs=example["tolerance"])
    assert with_index(example["inputs"]["matrix"], index) == pytest.approx(expected["CR"], abs=example["tolerance"])


def test_the_house_matrix_has_the_published_eigenvalue_and_is_over_its_limit() -> None:
    example = case("ahp_eig_house")
    found = priorities(example["inputs"]["matrix"]).consistency
    assert found.lambda_max == pytest.approx(example["expected"]["lambda_max"], abs=0.0006)
    assert found.ratio > found.limit == 0.10


def test_revising_one_answer_of_the_house_gives_the_published_figures() -> None:
    example = case("ahp_most_inconsistent_house")
    matrix, replace = np.array(example["inputs"]["matrix"]), example["inputs"]["replace"]
    matrix[replace["row"], replace["col"]] = replace["value"]
    matrix[replace["col"], replace["row"]] = 1 / replace["value"]
    found = priorities(matrix, how="eigenvector")
    expected, tolerance = example["expected"], example["tolerance"]
    assert found.weights == pytest.approx(expected["new_weights"], abs=tolerance["new_weights"])
    assert found.consistency.lambda_max == pytest.approx(expected["new_lambda"], abs=tolerance["new_lambda"])
    assert with_index(matrix, SAATY_1980[8]) == pytest.approx(expected["new_cr"], abs=tolerance["new_cr"])


def test_lambda_is_the_eigenvalue_not_the_average_of_normalised_columns() -> None:
    example = case("ahp_lambda_approx_trap")
    found = priorities(example["inputs"]["matrix"]).consistency.lambda_max
    assert found == pytest.approx(example["expected"]["lambda_max"], abs=example["tolerance"])
    assert found < example["expected"]["lambda_column_average"] - 0.02


@pytest.mark.parametrize("how", ["row_geometric_mean", "eigenvector"])
def test_a_consistent_matrix_gives_its_weights_either_way(how: Any) -> None:
    example = case("ahp_consistent_3x3")
    found = priorities(example["inputs"]["matrix"], how=how)
    assert found.weights == pytest.approx(example["expected"][how], abs=example["tolerance"])
    assert found.consistency.ratio == pytest.approx(0, abs=1e-9)


def test_three_criteria_closed_form() -> None:
    example = case("ahp_3x3_closed_form")
    found = priorities(example["inputs"]["matrix"])
    other = priorities(example["inputs"]["matrix"], how="eigenvector")
    assert found.consistency.lambda_max == pytest.approx(example["expected"]["lambda_max"], abs=example["tolerance"])
    assert found.weights == pytest.approx(other.weights, abs=example["tolerance"])


@pytest.mark.parametrize(("size", "limit"), [(3, 0.05), (4, 0.08), (5, 0.10), (9, 0.10)])
def test_the_limit_follows_the_size(size: int, limit: float) -> None:
    assert priorities(np.ones((size, size))).consistency.limit == limit


def test_two_criteria_cannot_contradict_themselves() -> None:
    matrix = [[1.0, 7.0], [1 / 7, 1.0]]
    assert priorities(matrix).consistency.ratio == 0
    assert priorities(matrix).weights.sum() == pytest.approx(1)


def test_saaty_s_house_with_all_that_speaks_against_its_answers() -> None:
    found = elicit_ahp(house()).consistency[0]
    assert (found.size, found.missing, found.approximate) == (8, 0, False)
    assert found.gci > found.gci_limit == 0.370
    assert found.circular_triads == 1
    assert found.order_violations == 2
    assert found.worst_triad == ("size", "neighbourhood", "condition")


def test_an_elicitation_says_how_it_was_asked_and_how_good_it_is() -> None:
    found = elicit_ahp(house(), "home")
    assert found.sources[0].elicitation == "ahp"
    assert {q.name for q in found.quality} >= {"cr", "gci", "koczkodaj", "circular_triads", "order_violations"}
    assert {q.parent for q in found.quality} == {"home"}
    assert {f.code for f in found.findings} >= {"circular_triads", "order_violations"}
    assert all(f.sentence(language) for f in found.findings for language in ("de", "en"))
    assert found.local == found.overall
    assert sum(found.local.values()) == pytest.approx(1, abs=1e-15)
    assert not found.leaf.flags.writeable


def test_open_pairs_give_weights_and_an_approximate_ratio_that_says_so() -> None:
    answers = [answer("a", "b", 2), answer("b", "c", 3), answer("c", "d", 2), answer("a", "d", 5)]
    found = elicit_ahp(comparisons_of(answers, ["a", "b", "c", "d"]))
    assert found.consistency[0].missing == 2
    assert found.consistency[0].approximate
    assert "approximate" in found.consistency[0].random_index
    assert [f.code for f in found.findings] == ["judgements_open"]


def test_more_criteria_than_a_random_index_is_known_for_are_refused() -> None:
    with pytest.raises(InputError) as error:
        priorities(np.ones((101, 101)))
    assert error.value.issues[0].code == "comparison_too_large"
    assert error.value.issues[0].sentence("de")


@given(arrays(np.float64, 5, elements=st.floats(0.06, 15)), st.permutations(range(5)))
def test_the_order_of_the_criteria_does_not_matter(worth: Any, order: list[int]) -> None:
    matrix = np.outer(worth, 1 / worth)
    matrix[0, 1], matrix[1, 0] = matrix[0, 1] * 3, matrix[1, 0] / 3
    for how in ("row_geometric_mean", "eigenvector"):
        straight = priorities(matrix, how=how)  # type: ignore[arg-type]
        turned = priorities(matrix[np.ix_(order, order)], how=how)  # type: ignore[arg-type]
        assert turned.weights == pytest.approx(straight.weights[order], abs=1e-12)
        assert turned.consistency.ratio == pytest.approx(straight.consistency.ratio, abs=1e-12)


@pytest.mark.parametrize("size", [3, 5, 8, 12])
def test_ahpy_finds_the_same_priorities_and_ratio(size: int) -> None:
    matrix = random_comparisons(size, size)
    names = [str(n) for n in range(size)]
    pairs = {(names[i], names[j]): float(matrix[i, j]) for i, j in combinations(range(size), 2)}
    theirs = ahpy.Compare("x", pairs, precision=8, random_index="saaty", iterations=500)
    mine = priorities(matrix, how="eigenvector")
    assert mine.weights == pytest.approx([theirs.local_weights[n] for n in names], abs=1e-7)
    saaty = {3: 0.52, 5: 1.11, 8: 1.40, 12: 1.54}[size]
    found = mine.consistency
    assert (found.lambda_max - size) / (size - 1) / saaty == pytest.approx(theirs.consistency_ratio, abs=1e-7)


def test_saaty_s_drinks_by_table_and_by_alonso_and_lamata_s_straight_line() -> None:
    example, straight = case("ahp_eig_drinks"), case("cr_alonso_linear")
    matrix = example["inputs"]["matrix"]
    found = priorities(matrix, how="eigenvector")
    assert found.weights == pytest.approx(example["expected"]["weights"], abs=example["tolerance"]["weights"])
    assert with_index(matrix, SAATY_2005[7]) == pytest.approx(example["expected"]["cr"], abs=example["tolerance"]["cr"])
    size = found.consistency.size
    ratio = (found.consistency.lambda_max - size) / (2.7699 * size - 4.3513 - size)
    assert ratio == pytest.approx(straight["expected"]["cr"], abs=straight["tolerance"])
