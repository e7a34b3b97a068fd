"""Comparison matrices: read by label, and every bad cell named."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from mcda.errors import InputError, Issue
from mcda.study.model import Judgement
from mcda.weights.comparisons import comparisons_of, components, read_comparisons


def answer(a: str, b: str, ratio: float) -> Judgement:
    return Judgement(stakeholder="mayors", a=a, b=b, value=ratio)


def issues(matrix: Any, items: Any = ("x", "y", "z"), **options: Any) -> tuple[Issue, ...]:
    with pytest.raises(InputError) as error:
        read_comparisons(matrix, items, **options)
    assert all(issue.sentence(language) for issue in error.value.issues for language in ("de", "en"))
    return error.value.issues


def spoilt(i: int, j: int, value: Any) -> list[list[Any]]:
    matrix: list[list[Any]] = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]
    matrix[i][j] = value
    return matrix


@pytest.mark.parametrize(
    ("matrix", "code", "row", "column"),
    [
        (spoilt(1, 0, 2), "comparison_not_reciprocal", 2, "x"),
        (spoilt(0, 1, 0), "comparison_not_positive", 1, "y"),
        (spoilt(0, 1, -2), "comparison_not_positive", 1, "y"),
        (spoilt(2, 1, float("nan")), "comparison_not_positive", 3, "y"),
        (spoilt(2, 1, float("inf")), "comparison_not_positive", 3, "y"),
        (spoilt(2, 1, None), "comparison_not_positive", 3, "y"),
        (spoilt(2, 1, "viel"), "comparison_not_positive", 3, "y"),
        (spoilt(1, 1, 2), "comparison_diagonal", 2, "y"),
        (spoilt(2, 2, 0), "comparison_not_positive", 3, "z"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(matrix: Any, code: str, row: int, column: str) -> None:
    found = issues(matrix)[0]
    assert (found.code, found.where.table, found.where.row, found.where.column) == (code, "comparisons", row, column)


def test_all_bad_cells_are_named_at_once() -> None:
    matrix = [[1, 0, -1], [float("nan"), 1, 2], [1, 0.5, 1]]
    assert [(i.where.row, i.where.column) for i in issues(matrix)] == [(2, "x"), (1, "y"), (1, "z")]


@pytest.mark.parametrize("matrix", [[[1, 2, 3], [1, 2, 3]], [], [1, 2], "abc", 5, np.ones((2, 3)), [[1, 2], [1]]])
def test_what_is_not_square_is_refused(matrix: Any) -> None:
    assert issues(matrix, ())[0].code == "comparison_size"


def test_one_criterion_needs_no_comparison() -> None:
    found = issues([[1]], ("only",))[0]
    assert (found.code, found.params["value"]) == ("comparison_single", "only")


def test_a_labelled_table_is_read_by_label_never_by_position() -> None:
    table = pd.DataFrame([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]], index=list("xyz"), columns=list("xyz"))
    mixed = table.loc[list("zxy"), list("yzx")]
    found = read_comparisons(mixed, ("x", "y", "z"))
    assert found.items == ("x", "y", "z")
    assert found.matrix == pytest.approx(table.to_numpy())


@pytest.mark.parametrize(
    ("rows", "columns", "codes"),
    [
        ("xyz", "xyy", ["label_twice", "label_missing"]),
        ("xyq", "xyz", ["unknown_criterion", "label_missing"]),
    ],
)
def test_wrong_labels_are_named(rows: str, columns: str, codes: list[str]) -> None:
    table = pd.DataFrame(np.ones((3, 3)), index=list(rows), columns=list(columns))
    assert [i.code for i in issues(table)] == codes


def test_an_incomplete_table_takes_the_mirror_of_what_is_given() -> None:
    found = read_comparisons([[None, 2, None], [None, None, None], [0.25, None, 1]], "xyz", incomplete=True)
    assert found.matrix[1, 0] == 0.5
    assert found.matrix[0, 2] == 4
    assert found.missing == 1
    assert not found.answered[1, 2]


def test_answers_that_do_not_connect_the_criteria_are_refused_and_the_parts_named() -> None:
    table = np.full((4, 4), np.nan)
    table[0, 1], table[2, 3] = 2, 3
    found = issues(table, list("wxyz"), incomplete=True)[0]
    assert found.code == "judgements_disconnected"
    assert found.params["parts"] == ("w + x", "y + z")


def test_answers_become_a_reciprocal_matrix_in_the_order_of_the_siblings() -> None:
    given = [answer("b", "a", 2), answer("a", "c", 3), answer("c", "b", 0.2)]
    found = comparisons_of(given, ["a", "b", "c"])
    assert found.matrix == pytest.approx(np.array([[1, 0.5, 3], [2, 1, 5], [1 / 3, 0.2, 1]]))
    assert found.missing == 0


def test_answers_off_the_scale_are_kept_as_they_are() -> None:
    root = 2**0.5
    assert comparisons_of([answer("a", "b", root)], ["a", "b"]).matrix[0, 1] == pytest.approx(root, rel=1e-14)


def test_a_second_answer_that_agrees_is_welcome() -> None:
    assert comparisons_of([answer("a", "b", 3), answer("b", "a", 0.333)], ["a", "b"]).matrix[0, 1] == 3


def test_contradictory_answers_and_strangers_are_named_together() -> None:
    given = [answer("a", "b", 3), answer("b", "a", 3), answer("a", "a", 1), answer("a", "x", 2)]
    with pytest.raises(InputError) as error:
        comparisons_of(given, ["a", "b", "c"], "relevance")
    found = error.value.issues
    assert [i.code for i in found] == ["judgement_contradiction", "not_siblings", "not_siblings"]
    assert [i.where.row for i in found] == [3, 4, 5]
    assert all(issue.sentence(language) for issue in found for language in ("de", "en"))


def test_components_are_found_whatever_the_order() -> None:
    answered = np.eye(5, dtype=bool)
    for i, j in ((4, 0), (0, 2), (1, 3)):
        answered[i, j] = answered[j, i] = True
    assert components(answered) == ((0, 2, 4), (1, 3))


def test_the_arrays_cannot_be_written() -> None:
    found = read_comparisons(np.ones((2, 2)))
    assert not found.matrix.flags.writeable
    assert not found.answered.flags.writeable
