"""Weights from an order against the published tables, the centre of the ordered simplex and a linear program."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from mcda.errors import InputError
from mcda.weights.rank_order import elicit_rank_order, ordinal_bounds
from problems import case

FORMULAS = ("roc", "rank_sum", "rank_reciprocal")
ORDERS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 6), min_size=1)


@pytest.mark.parametrize("name", ["roc", "rank_sum"])
def test_the_published_tables(name: str) -> None:
    example = case(name)
    for size in example["inputs"]["n"]:
        items = tuple("abcdef"[:size])
        found = elicit_rank_order({key: place for place, key in enumerate(items, 1)}, items, "top", name)  # type: ignore[arg-type]
        assert found.leaf == pytest.approx(example["expected"][f"n{size}"], abs=example["tolerance"])
        assert found.sources[0].elicitation == name


def test_rank_reciprocal_by_hand() -> None:
    found = elicit_rank_order({"a": 2, "b": 1, "c": 3}, ("a", "b", "c"), formula="rank_reciprocal")
    assert found.local == pytest.approx({"a": 3 / 11, "b": 6 / 11, "c": 2 / 11})


@pytest.mark.parametrize("formula", FORMULAS)
def test_equals_get_the_mean_over_all_ways_to_break_the_tie(formula: str) -> None:
    items = tuple("abcde")
    ranks = {"a": 2, "b": 1, "c": 2, "d": 5, "e": 2}
    broken = []
    for second, third, fourth in permutations("ace"):
        order = {"b": 1, second: 2, third: 3, fourth: 4, "d": 5}
        broken.append(elicit_rank_order(order, items, formula=formula).leaf)  # type: ignore[arg-type]
    found = elicit_rank_order(ranks, items, formula=formula)  # type: ignore[arg-type]
    assert found.leaf == pytest.approx(np.mean(broken, axis=0))
    assert found.local["a"] == found.local["c"] == found.local["e"]


def test_gaps_mean_an_order() -> None:
    items = ("a", "b", "c")
    expected = elicit_rank_order({"a": 1, "b": 2, "c": 3}, items).local
    assert elicit_rank_order({"c": 50, "a": 1, "b": 2}, items).local == expected
    assert elicit_rank_order({"a": 2, "b": 7, "c": 8}, items).local == expected


@given(ORDERS, st.sampled_from(FORMULAS), st.randoms())
def test_labels_decide_and_the_order_is_kept(ranks: dict[str, int], formula: str, random: object) -> None:
    items = list(ranks)
    random.shuffle(items)  # type: ignore[attr-defined]
    found = elicit_rank_order(ranks, items, formula=formula).local  # type: ignore[arg-type]
    plain = elicit_rank_order(ranks, list(ranks), formula=formula).local  # type: ignore[arg-type]
    assert found == pytest.approx(plain)
    assert sum(found.values()) == pytest.approx(1)
    for a in items:
        for b in items:
            assert (ranks[a] < ranks[b]) <= (found[a] > found[b])
            assert (ranks[a] == ranks[b]) <= (found[a] == found[b])


@given(ORDERS)
def test_bounds_are_those_of_the_linear_program(ranks: dict[str, int]) -> None:
    items = tuple(ranks)
    size = len(items)
    below, same = [], []
    for i, a in enumerate(items):
        for j, b in enumerate(items):
            row = np.zeros(size)
            row[i], row[j] = -1.0, 1.0
            if ranks[a] < ranks[b]:
                below.append(row)
            elif ranks[a] == ranks[b] and i < j:
                same.append(row)
    equal = np.array([np.ones(size), *same])
    found = ordinal_bounds(ranks, items)
    assert list(found) == list(items)
    for i, key in enumerate(items):
        for sign, bound in zip((1.0, -1.0), found[key], strict=True):
            solved = linprog(
                sign * np.eye(size)[i],
                A_ub=np.array(below) if below else None,
                b_ub=np.zeros(len(below)) if below else None,
                A_eq=equal,
                b_eq=np.eye(len(equal))[0],
            )
            assert sign * solved.fun == pytest.approx(bound, abs=1e-9)


@given(ORDERS, st.sampled_from(FORMULAS))
def test_every_formula_lies_within_the_bounds(ranks: dict[str, int], formula: str) -> None:
    bounds = ordinal_bounds(ranks, tuple(ranks))
    found = elicit_rank_order(ranks, tuple(ranks), formula=formula).local  # type: ignore[arg-type]
    for key, (low, high) in bounds.items():
        assert low - 1e-12 <= found[key] <= high + 1e-12


def test_the_finding_says_how_open_the_order_leaves_the_first() -> None:
    (told,) = elicit_rank_order({"a": 2, "b": 1, "c": 2, "d": 3}, tuple("abcd"), "top").findings
    assert (told.code, told.level) == ("rank_order_only", "note")
    assert told.params == {"parent": "top", "criterion": "b", "low": 25.0, "high": 100.0}
    assert "25" in told.sentence("de")


@pytest.mark.parametrize("ranks", [{"a": 4}, {"a": 1, "b": 1, "c": 1}])
def test_one_criterion_or_all_equal_leave_nothing_open(ranks: dict[str, int]) -> None:
    found = elicit_rank_order(ranks, tuple(ranks))
    assert found.local == pytest.approx(dict.fromkeys(ranks, 1 / len(ranks)))
    assert found.findings == ()
    assert ordinal_bounds(ranks, tuple(ranks)) == dict.fromkeys(ranks, (1 / len(ranks), 1 / len(ranks)))


@pytest.mark.parametrize(
    ("rank", "code"),
    [
        (0, "out_of_range"),
        (-2, "out_of_range"),
        (1.5, "rank_not_whole"),
        (math.nan, "not_a_number"),
        ("1", "not_a_number"),
    ],
)
def test_a_rank_is_a_whole_number_from_1(rank: object, code: str) -> None:
    for ask in (elicit_rank_order, ordinal_bounds):
        with pytest.raises(InputError) as error:
            ask({"a": 1, "b": rank, "x": 2}, ("a", "b", "c"))  # type: ignore[operator]
        found = {(issue.code, issue.where.column) for issue in error.value.issues}
        assert found == {("unknown_criterion", "x"), ("answer_missing", "c"), (code, "b")}
