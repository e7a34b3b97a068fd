"""Best and worst found in the rows of `judgements`, or what is missing to find them."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.study.model import Judgement
from mcda.weights.best_worst import elicit_best_worst
from mcda.weights.best_worst_rows import best_worst_of


def row(a: str, b: str, ratio: float, **more: Any) -> Judgement:
    return Judgement(stakeholder="mayors", a=a, b=b, value=ratio, elicitation="best_worst", **more)


ROWS = (row("a", "b", 2), row("a", "c", 8), row("a", "d", 4), row("b", "c", 3), row("d", "c", 2))
ITEMS = ("d", "c", "b", "a")
EXPECTED = elicit_best_worst("a", "c", {"b": 2, "c": 8, "d": 4}, {"b": 3, "d": 2}, ITEMS).local


def codes(rows: Any, items: Any = ITEMS) -> list[str]:
    with pytest.raises(InputError) as error:
        best_worst_of(rows, items)
    assert all(issue.sentence("de") and issue.sentence("en") for issue in error.value.issues)
    return [issue.code for issue in error.value.issues]


@given(st.permutations(ROWS), st.lists(st.booleans(), min_size=5, max_size=5))
def test_rows_in_any_order_and_either_direction(rows: list[Judgement], turned: list[bool]) -> None:
    written = [row(one.b, one.a, 1 / one.value) if turn else one for one, turn in zip(rows, turned, strict=True)]
    assert best_worst_of(written, ITEMS).local == pytest.approx(EXPECTED)


def test_the_source_names_who_answered_and_when_last() -> None:
    rows = [row("a", "b", 2, answered_at="2025-03-01T10:00:00"), row("a", "c", 8, answered_at="2025-03-02T09:00:00")]
    (source,) = best_worst_of([*rows, row("b", "c", 3)], ("a", "b", "c")).sources
    assert (source.elicitation, source.people, source.answered_at) == ("best_worst", ("mayors",), "2025-03-02T09:00:00")


def test_rows_of_other_groups_and_other_elicitations_are_not_read() -> None:
    ahp = Judgement(stakeholder="mayors", a="b", b="d", value=9)
    assert best_worst_of([*ROWS, ahp, row("x", "y", 2, parent="below")], ITEMS).local == EXPECTED


def test_best_against_worst_may_be_answered_twice_when_it_agrees() -> None:
    assert best_worst_of([*ROWS, row("c", "a", 0.125)], ITEMS).local == EXPECTED
    assert codes([*ROWS, row("a", "c", 7)]) == ["judgement_contradiction"]


def test_equal_importance_counts_as_written() -> None:
    rows = [row("a", "b", 1), row("a", "c", 5), row("b", "c", 5)]
    found = best_worst_of(rows, ("a", "b", "c"))
    assert found.local == pytest.approx({"a": 5 / 11, "b": 5 / 11, "c": 1 / 11})


def test_equal_importance_written_the_other_way_is_understood_where_only_one_reading_fits() -> None:
    rows = [row("b", "a", 1), row("a", "c", 5), row("a", "d", 2), row("b", "d", 3), row("c", "d", 1)]
    said = elicit_best_worst("a", "d", {"b": 1, "c": 5, "d": 2}, {"b": 3, "c": 1}, ITEMS)
    assert best_worst_of(rows, ITEMS).local == pytest.approx(said.local)


def test_two_and_one_criteria() -> None:
    assert best_worst_of([row("b", "a", 1 / 3)], ("b", "a")).local == pytest.approx({"b": 0.25, "a": 0.75})
    assert best_worst_of([row("b", "a", 1)], ("b", "a")).local == pytest.approx({"b": 0.5, "a": 0.5})
    assert best_worst_of([], ("a",)).local == {"a": 1.0}
    assert codes([], ("a", "b")) == ["best_worst_unclear"]


def test_a_missing_comparison_is_named() -> None:
    with pytest.raises(InputError) as error:
        best_worst_of(ROWS[:-1], ITEMS)
    assert [(issue.code, dict(issue.params)) for issue in error.value.issues] == [
        ("judgement_missing", {"a": "d", "b": "c"})
    ]


def test_a_circle_has_neither_best_nor_worst() -> None:
    circle = [row(a, b, 2) for a, b in pairwise("abcda")]
    assert codes(circle) == ["best_worst_unclear"]


def test_a_comparison_between_two_in_the_middle_is_told() -> None:
    assert codes([*ROWS, row("b", "d", 2)]) == ["best_worst_extra"]


def test_criteria_that_are_no_siblings_are_told() -> None:
    assert codes([*ROWS, row("a", "z", 2), row("a", "a", 1)]) == ["not_siblings", "not_siblings"]
