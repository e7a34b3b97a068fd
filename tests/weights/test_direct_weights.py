"""Points among siblings: normalised, and shifted so that they always sum to 100."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.weights.direct import elicit_direct, normalise, shift

POINTS = {"relevance": 35.0, "feasibility": 25.0, "cost": 20.0, "funding": 20.0}


def test_points_become_fractions_among_siblings() -> None:
    assert normalise({"a": 3, "b": 1}) == {"a": 0.75, "b": 0.25}


@pytest.mark.parametrize("points", [{"a": 0, "b": 0}, {"a": -1, "b": 2}, {"a": float("nan")}, {"a": float("inf")}, {}])
def test_what_is_no_weighting_is_refused(points: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        normalise(points)


def test_the_others_give_way_in_proportion() -> None:
    after = shift(POINTS, "relevance", 48)
    assert after == pytest.approx({"relevance": 48, "feasibility": 20, "cost": 16, "funding": 16})


def test_a_locked_sibling_stays_and_the_free_ones_carry_the_change() -> None:
    after = shift(POINTS, "relevance", 55, {"cost"})
    assert after["cost"] == 20
    assert after == pytest.approx({"relevance": 55, "feasibility": 25 * 25 / 45, "cost": 20, "funding": 20 * 25 / 45})


def test_locks_limit_how_far_a_slider_goes() -> None:
    assert shift(POINTS, "relevance", 90, {"cost", "funding"})["relevance"] == 60


def test_with_every_other_sibling_locked_nothing_moves() -> None:
    assert shift(POINTS, "relevance", 10, {"feasibility", "cost", "funding"}) == POINTS


def test_a_lock_on_the_moved_one_does_not_hold_it() -> None:
    assert shift(POINTS, "relevance", 48, {"relevance"})["relevance"] == 48


def test_others_all_at_zero_share_equally() -> None:
    assert shift({"a": 100, "b": 0, "c": 0}, "a", 40) == {"a": 40, "b": 30, "c": 30}


def test_others_all_at_zero_share_as_they_last_stood_to_each_other() -> None:
    last = {"relevance": 35.0, "feasibility": 25.0, "funding": 20.0}
    assert shift(shift(POINTS, "cost", 100), "cost", 20, remembered=last) == pytest.approx(POINTS)
    held = shift(shift(POINTS, "cost", 100), "cost", 40, {"relevance"}, last)
    assert held == pytest.approx({"relevance": 0, "feasibility": 60 * 25 / 45, "cost": 40, "funding": 60 * 20 / 45})


def test_what_is_remembered_counts_only_while_all_others_are_at_zero() -> None:
    assert shift(POINTS, "cost", 50, remembered={"relevance": 0.0, "funding": 100.0}) == shift(POINTS, "cost", 50)
    assert shift({"a": 100, "b": 0, "c": 0}, "a", 40, remembered={"b": 0.0}) == {"a": 40, "b": 30, "c": 30}


def test_to_100_and_back_without_memory_gives_equal_parts_to_the_others() -> None:
    assert shift(shift(POINTS, "cost", 100), "cost", 70) == {
        "relevance": 10,
        "feasibility": 10,
        "cost": 70,
        "funding": 10,
    }


@pytest.mark.parametrize(("to", "reached"), [(-5, 0), (0, 0), (100, 100), (250, 100)])
def test_a_target_beyond_the_ends_stops_there(to: float, reached: float) -> None:
    assert shift(POINTS, "cost", to)["cost"] == reached


def test_a_single_criterion_keeps_everything() -> None:
    assert shift({"only": 100}, "only", 20) == {"only": 100}


def test_points_on_another_scale_are_brought_to_100_first() -> None:
    assert shift({"a": 1, "b": 1, "c": 2}, "a", 40) == pytest.approx({"a": 40, "b": 20, "c": 40})
    assert shift({"a": 0, "b": 0}, "a", 40) == {"a": 40, "b": 60}


def test_an_unknown_criterion_or_a_target_that_is_no_number_is_refused() -> None:
    with pytest.raises(KeyError):
        shift(POINTS, "beauty", 3)
    with pytest.raises(ValueError):
        shift(POINTS, "cost", float("nan"))
    with pytest.raises(ValueError):
        shift(POINTS | {"cost": -20.0, "funding": 60.0}, "relevance", 3)


@st.composite
def moves(draw: st.DrawFn) -> Any:
    names = "abcdefg"[: draw(st.integers(1, 7))]
    steps = draw(st.lists(st.tuples(st.sampled_from(names), st.floats(0, 100)), min_size=1, max_size=12))
    return dict.fromkeys(names, 100 / len(names)), steps, draw(st.sets(st.sampled_from(names)))


@given(moves())
def test_after_any_moves_the_points_sum_to_exactly_100_and_none_is_negative(walk: Any) -> None:
    points, steps, locked = walk
    for moved, to in steps:
        before, points = points, shift(points, moved, to, locked)
        assert sum(points.values()) == 100
        assert min(points.values()) >= 0
        for held in locked - {moved}:
            assert points[held] == pytest.approx(before[held], abs=1e-12)


def test_direct_points_become_weights_by_label() -> None:
    found = elicit_direct({"b": 20, "a": 40, "c": 0}, ("a", "b", "c"), "top")
    assert found.local == pytest.approx({"a": 2 / 3, "b": 1 / 3, "c": 0})
    assert found.leaf.tolist() == list(found.local.values())
    assert not found.leaf.flags.writeable
    assert (found.sources[0].parent, found.sources[0].elicitation) == ("top", "direct")


def test_corrected_points_say_that_they_come_from_a_trade_off() -> None:
    assert elicit_direct({"a": 1}, ("a",), "top", "tradeoff").sources[0].elicitation == "tradeoff"


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(1e-3, 1e6), min_size=1), st.floats(0.1, 1000))
def test_the_unit_of_direct_points_does_not_matter(points: dict[str, float], unit: float) -> None:
    items = tuple(points)
    scaled = elicit_direct({key: part * unit for key, part in reversed(points.items())}, items)
    assert scaled.local == pytest.approx(elicit_direct(points, items).local)


def test_direct_points_that_cannot_be_weights_are_told() -> None:
    with pytest.raises(InputError) as error:
        elicit_direct({"a": 0, "b": 0}, ("a", "b"))
    assert [issue.code for issue in error.value.issues] == ["weights_all_zero"]
