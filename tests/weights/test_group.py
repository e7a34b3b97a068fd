"""Joined weights and joined answers: the published case, their equality, zeros, people who did not answer."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.locale import LANGUAGES
from mcda.result import Source, Weights
from mcda.weights.ahp import priorities
from mcda.weights.group import answered_by, join_answers, join_many, join_priorities
from mcda.weights.record import sibling_weights
from problems import case

ITEMS = ("a", "b", "c")


def said(who: str, *amounts: float, parent: str = "top", at: str = "") -> Weights:
    return sibling_weights(ITEMS[: len(amounts)], amounts, Source(parent, "direct", (who,), at))


def reciprocal(upper: list[float], size: int) -> Any:
    matrix = np.eye(size)
    rows, columns = np.triu_indices(size, 1)
    matrix[rows, columns], matrix[columns, rows] = upper, 1 / np.array(upper)
    return matrix


def whole(matrix: Any) -> tuple[Any, Any]:
    return matrix, np.ones(matrix.shape, dtype=bool)


def test_answers_joined_are_weights_joined_barzilai_golany_1994() -> None:
    example = case("group_aij_equals_aip")
    matrices = {name: reciprocal(example["inputs"][f"{name}_upper"], 3) for name in ("A1", "A2")}
    shares = {"A1": 0.5, "A2": 0.5}
    joined, known = join_answers({name: whole(matrix) for name, matrix in matrices.items()}, shares)
    alone = {name: sibling_weights(ITEMS, priorities(m).weights, Source("", "ahp")) for name, m in matrices.items()}
    expected = pytest.approx(example["expected"]["aij"], abs=example["tolerance"])
    assert priorities(joined).weights == expected
    assert join_priorities(alone, shares, ITEMS).leaf == expected
    assert known.all()


@st.composite
def groups(draw: st.DrawFn) -> tuple[list[Any], list[float]]:
    size, people = draw(st.integers(2, 7)), draw(st.integers(1, 6))
    pairs = size * (size - 1) // 2
    ratio = st.floats(-2.2, 2.2).map(np.exp)
    matrices = [reciprocal(draw(st.lists(ratio, min_size=pairs, max_size=pairs)), size) for _ in range(people)]
    return matrices, draw(st.lists(st.floats(0.01, 5), min_size=people, max_size=people))


@given(groups())
def test_joining_answers_equals_joining_weights_for_complete_answers(group: tuple[list[Any], list[float]]) -> None:
    matrices, votes = group
    items = [str(i) for i in range(len(matrices[0]))]
    shares = {str(k): vote for k, vote in enumerate(votes)}
    joined, known = join_answers({str(k): whole(m) for k, m in enumerate(matrices)}, shares)
    alone = {str(k): sibling_weights(items, priorities(m).weights, Source("", "ahp")) for k, m in enumerate(matrices)}
    assert priorities(joined).weights == pytest.approx(join_priorities(alone, shares, items).leaf, abs=1e-12)
    assert joined * joined.T == pytest.approx(np.ones(joined.shape), abs=1e-12)
    assert known.all()


def test_the_geometric_mean_by_hand_with_unequal_votes() -> None:
    found = join_priorities({"x": said("x", 1, 4), "y": said("y", 1, 1)}, {"x": 3, "y": 1}, ITEMS[:2], "top")
    assert found.local == pytest.approx({"a": 1 / (1 + 4**0.75), "b": 4**0.75 / (1 + 4**0.75)})


def test_the_source_names_who_was_joined_and_the_latest_answer() -> None:
    weights = {"x": said("x", 1, 2, at="2026-01-03"), "y": said("y", 2, 1, at="2026-02-01"), "z": said("z", 1, 9)}
    found = join_priorities(weights, {"x": 0.5, "y": 0.5, "w": 1, "z": 0}, ITEMS[:2], "top")
    assert found.sources == (Source("top", "aip", ("x", "y"), "2026-02-01"),)
    assert found.findings == ()
    assert found.leaf == pytest.approx([0.5, 0.5])


def test_one_zero_does_not_strike_a_criterion_out() -> None:
    weights = {"x": said("x", 1, 1, 0), "y": said("y", 1, 1, 2), "z": said("z", 1, 1, 2)}
    found = join_priorities(weights, dict.fromkeys("xyz", 1.0), ITEMS, "top")
    assert found.leaf == pytest.approx([1 / 3] * 3)
    (finding,) = found.findings
    assert finding.code == "group_zero"
    assert (finding.params["people"], finding.params["criteria"]) == (("x",), ("c",))
    assert all(finding.sentence(language) for language in LANGUAGES)


def test_a_zero_of_somebody_without_a_vote_is_not_heard() -> None:
    found = join_priorities({"x": said("x", 0, 1), "y": said("y", 1, 3)}, {"x": 0, "y": 1}, ITEMS[:2])
    assert found.leaf == pytest.approx([0.25, 0.75])
    assert found.findings == ()


def test_a_criterion_everybody_gives_nothing_has_no_weight() -> None:
    weights = {"x": said("x", 0, 1, 3), "y": said("y", 0, 3, 1)}
    assert join_priorities(weights, {"x": 1, "y": 1}, ITEMS).leaf == pytest.approx([0, 0.5, 0.5])


@pytest.mark.parametrize("shares", [{}, {"x": 0.0}, {"y": 1.0}])
def test_nobody_who_answered_has_a_vote(shares: dict[str, float]) -> None:
    with pytest.raises(InputError) as error:
        join_priorities({"x": said("x", 1, 2)}, shares, ITEMS[:2], "top")
    assert [issue.code for issue in error.value.issues] == ["group_without_answers"]
    with pytest.raises(InputError):
        join_answers({"x": whole(np.eye(2))}, shares)


def test_many_ways_of_counting_at_once_equal_one_after_another() -> None:
    generator = np.random.default_rng(5)
    local = generator.dirichlet(np.ones(4), 6)
    local[2] = (0, 0.5, 0.5, 0)
    answered = np.array([True, False, True, True, False, True])
    votes = np.vstack(
        [generator.dirichlet(np.ones(6), 40), np.eye(6)[[0, 2, 3, 5]], generator.random((3, 6)) * [0, 0, 0, 1, 1, 9]]
    )
    weights = {str(k): sibling_weights("abcd", row, Source("", "ahp")) for k, row in enumerate(local) if answered[k]}
    expected = [join_priorities(weights, dict(zip("012345", row, strict=True)), "abcd").leaf for row in votes]
    assert join_many(local, answered, votes) == pytest.approx(np.array(expected), abs=1e-14)


def test_where_nobody_with_a_vote_answered_the_other_weights_hold() -> None:
    local, votes = np.array([[0.9, 0.1], [0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    answered = np.array([True, False])
    assert join_many(local, answered, votes, [0.3, 0.7]) == pytest.approx(np.array([[0.3, 0.7], [0.9, 0.1]]))
    assert join_many(local, answered, votes)[0] == pytest.approx([0.5, 0.5])
    assert join_many(local, ~(answered | True), votes).tolist() == [[0.5, 0.5]] * 2


def test_the_smallest_weights_do_not_vanish_together() -> None:
    tiny = np.array([[1e-300, 1e-300, 1.0]])
    assert join_many(tiny, np.array([True]), np.ones((1, 1)))[0] == pytest.approx([1e-300, 1e-300, 1.0], rel=1e-12)


def test_each_pair_counts_the_people_who_answered_it() -> None:
    one, two = reciprocal([2, 4, 8], 3), reciprocal([8, 1, 1], 3)
    known = np.eye(3, dtype=bool)
    known[0, 1] = known[1, 0] = True
    joined, answered = join_answers({"x": (one, np.ones((3, 3), dtype=bool)), "y": (two, known)}, {"x": 1, "y": 2})
    assert joined[0] == pytest.approx([1, (2 * 64) ** (1 / 3), 4])
    assert joined[1, 2] == pytest.approx(8)
    assert answered.all()


def test_a_pair_nobody_answered_stays_open() -> None:
    known = np.eye(3, dtype=bool)
    known[0, 2] = known[2, 0] = True
    hole = reciprocal([1, 4, 1], 3)
    hole[0, 1] = hole[1, 0] = 0
    joined, answered = join_answers({"x": (hole, known)}, {"x": 1})
    assert joined == pytest.approx(np.array([[1, 1, 4], [1, 1, 1], [0.25, 1, 1]]))
    assert (answered == known).all()


def test_answers_that_are_not_above_0_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        join_answers({"x": whole(np.zeros((2, 2)))}, {"x": 1})


def test_who_answered_is_told_by_the_sources() -> None:
    both = Weights({}, {}, np.zeros(0), sources=(Source("top", "aip", ("x", "y")),))
    weights = {"x": said("x", 1, 2), "y": said("y", 1, 2, parent="other"), "z": both}
    assert answered_by(weights, "top") == ("x",)
    assert answered_by(weights, "other") == ("y",)
    assert answered_by({}, "top") == ()
