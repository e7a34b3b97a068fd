"""A value curve asked by halving: the answers lie on it, and answers out of order are told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.methods.curve import bent_criterion, curve_from_midpoints
from mcda.methods.values import value
from mcda.study.model import Criterion


def criterion(**more: Any) -> Criterion:
    return Criterion.model_validate({"id": "reach", "label_de": "R", "best": 5, "worst": 1, "step": 1} | more)


def codes(error: Any) -> list[str]:
    assert all(issue.sentence("de") and issue.sentence("en") for issue in error.value.issues)
    return [issue.code for issue in error.value.issues]


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5, unique=True), st.booleans())
def test_the_levels_answered_have_the_values_asked_for(levels: list[float], down: bool) -> None:
    worst, quarter, halfway, three_quarters, best = sorted(levels, reverse=down)
    points = curve_from_midpoints(best, worst, halfway, quarter, three_quarters)
    kind = bent_criterion(criterion(best=None, worst=None, sense="min" if down else "max"), points)
    found, clipped = value([worst, quarter, halfway, three_quarters, best], kind)
    assert found == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert not clipped.any()
    assert (kind.worst, kind.best) == (worst, best)


def test_one_answer_is_enough_and_the_middle_is_a_straight_line() -> None:
    points = curve_from_midpoints(5, 1, 3)
    assert points == ((1, 0), (3, 0.5), (5, 1))
    levels = [1, 1.7, 4.2, 5]
    assert value(levels, bent_criterion(criterion(), points))[0] == pytest.approx(value(levels, criterion())[0])


@pytest.mark.parametrize("halfway", [1, 0.5, 5, 7])
def test_a_half_way_level_outside_the_scale_is_told(halfway: float) -> None:
    with pytest.raises(InputError) as error:
        curve_from_midpoints(5, 1, halfway)
    assert codes(error) == ["curve_out_of_order"]


def test_all_levels_out_of_order_are_told() -> None:
    with pytest.raises(InputError) as error:
        curve_from_midpoints(5, 1, 3, quarter=3.5, three_quarters=2)
    assert codes(error) == ["curve_out_of_order", "curve_out_of_order"]
    with pytest.raises(InputError) as error:
        curve_from_midpoints(5, 1, float("nan"), quarter=float("inf"))
    assert codes(error) == ["not_a_number", "not_a_number"]


def test_equal_ends_leave_nothing_to_halve() -> None:
    with pytest.raises(InputError) as error:
        curve_from_midpoints(1, 1, 1)
    assert "curve_out_of_order" in codes(error)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (((1, 0),), "points_missing"),
        ((), "points_missing"),
        (((1, 0), (6, 1)), "curve_other_bounds"),
        (((1, 0.1), (5, 1)), "curve_other_bounds"),
        (((1, 0), (4, 0.5), (3, 0.7), (5, 1)), "curve_out_of_order"),
        (((1, 0), (3, 0.5), (4, 0.5), (5, 1)), "curve_out_of_order"),
        (((5, 0), (1, 1)), "curve_other_bounds"),
        (((1, 0), (float("nan"), 0.5), (5, 1)), "not_a_number"),
    ],
)
def test_a_curve_runs_strictly_from_the_worst_to_the_best_level(points: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        bent_criterion(criterion(), points)
    assert codes(error) == [code]


def test_the_rest_of_the_criterion_stays() -> None:
    bent = bent_criterion(criterion(weight=30), ((5, 1), (1, 0), (2, 0.5)))
    assert bent == criterion(weight=30, value_function="piecewise", value_points=((1, 0), (2, 0.5), (5, 1)))
