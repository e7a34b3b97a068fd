"""AHP against published priorities and ratios, closed forms, and answers that contradict each other."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.errors import InputError
from mcda.study.model import Judgement
from mcda.weights.ahp import LARGEST, RANDOM_INDEX, comparison_matrix, priorities
from problems import case

SAATY_1980 = {8: 1.41}
SAATY_2005 = {3: 0.52, 4: 0.89, 7: 1.35}


def answer(a: str, b: str, ratio: float) -> Judgement:
    return Judgement(stakeholder="mayors", a=a, b=b, value=ratio)


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


def test_the_random_index_is_exact_for_3_and_4_and_alonso_lamata_above() -> None:
    exact, sampled = case("ri_exact_3_4"), case("ri_alonso_lamata")
    for size, index in zip(exact["inputs"]["n"], exact["expected"]["ri"], strict=True):
        assert RANDOM_INDEX[size] == pytest.approx(index, abs=exact["tolerance"])
    for size, index in zip(sampled["inputs"]["n"], sampled["expected"]["ri"], strict=True):
        assert RANDOM_INDEX[size] == pytest.approx(index, abs=0 if size > 4 else sampled["tolerance"])
    assert LARGEST == 15


def test_the_random_index_in_use_is_named() -> None:
    assert "Alonso" in priorities(np.ones((4, 4))).consistency.random_index


@pytest.mark.parametrize(("size", "limit"), [(3, 0.05), (4, 0.08), (5, 0.10), (9, 0.10)])
def test_the_limit_follows_the_size(size: int, limit: float) -> None:
    assert priorities(np.ones((size, size))).consistency.limit == limit


@pytest.mark.parametrize("matrix", [[[1.0]], [[1.0, 7.0], [1 / 7, 1.0]]])
def test_one_or_two_criteria_cannot_contradict_themselves(matrix: Any) -> None:
    assert priorities(matrix).consistency.ratio == 0
    assert priorities(matrix).weights.sum() == pytest.approx(1)


@given(arrays(np.float64, (6, 6), elements=st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1.0, 2.0, 4.0, 7.0, 9.0])))
def test_the_eigenvector_is_the_one_of_a_full_decomposition(upper: Any) -> None:
    matrix = np.eye(6)
    for i, j in combinations(range(6), 2):
        matrix[i, j], matrix[j, i] = upper[i, j], 1 / upper[i, j]
    found = priorities(matrix, how="eigenvector")
    eigenvalues, vectors = np.linalg.eig(matrix)
    top = eigenvalues.real.argmax()
    assert found.consistency.lambda_max == pytest.approx(eigenvalues[top].real, abs=1e-9)
    assert found.weights == pytest.approx((vectors[:, top] / vectors[:, top].sum()).real, abs=1e-9)


def test_answers_become_a_reciprocal_matrix_in_the_order_of_the_siblings() -> None:
    matrix = comparison_matrix([answer("b", "a", 2), answer("a", "c", 3), answer("c", "b", 0.2)], ["a", "b", "c"])
    assert matrix == pytest.approx(np.array([[1, 0.5, 3], [2, 1, 5], [1 / 3, 0.2, 1]]))


def test_a_second_answer_that_agrees_is_welcome() -> None:
    matrix = comparison_matrix([answer("a", "b", 3), answer("b", "a", 0.333)], ["a", "b"])
    assert matrix[0, 1] == 3


def test_every_missing_and_contradictory_answer_is_named() -> None:
    given_answers = [answer("a", "b", 3), answer("b", "a", 3), answer("a", "a", 1), answer("a", "x", 2)]
    with pytest.raises(InputError) as error:
        comparison_matrix(given_answers, ["a", "b", "c"], "relevance")
    codes = [issue.code for issue in error.value.issues]
    assert codes == [
        "judgement_contradiction",
        "not_siblings",
        "not_siblings",
        "judgement_missing",
        "judgement_missing",
    ]
    assert {(i.params["a"], i.params["b"]) for i in error.value.issues[3:]} == {("a", "c"), ("b", "c")}
    assert all(issue.sentence(language) for issue in error.value.issues for language in ("de", "en"))


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([[1, 2], [2, 1]], "comparison_not_reciprocal"),
        ([[1, 0], [0, 1]], "comparison_not_reciprocal"),
        ([[1, float("nan")], [1, 1]], "comparison_not_reciprocal"),
        ([[1, 2, 3], [1, 2, 3]], "comparison_size"),
        (np.ones((16, 16)), "comparison_size"),
    ],
)
def test_what_is_no_comparison_matrix_is_refused(matrix: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        priorities(matrix)
    assert error.value.issues[0].code == code
    assert error.value.issues[0].sentence("de")
