"""Value functions: ends, middles, direction by bounds, clipping, and bounds that cannot carry them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError, MethodError
from mcda.methods.values import value
from mcda.study.model import Criterion


def criterion(**facts: Any) -> Criterion:
    return Criterion.model_validate({"id": "c", "label_de": "K", "best": 5, "worst": 1} | facts)


COST = criterion(sense="min", best=10_000, worst=1_000_000, value_function="logarithmic")
POINTS = criterion(value_function="piecewise", value_points=((10, 1.0), (0, 0.0), (5, 0.8)), best=None, worst=None)


def test_linear_runs_from_the_worst_to_the_best_level() -> None:
    values, clipped = value([1, 2, 3, 5], criterion())
    assert values.tolist() == [0, 0.25, 0.5, 1]
    assert not clipped.any()


def test_the_bounds_give_the_direction() -> None:
    assert value([0, 25, 100], criterion(sense="min", best=0, worst=100))[0].tolist() == [1, 0.75, 0]


def test_levels_beyond_the_bounds_are_clipped_and_flagged() -> None:
    values, clipped = value([0, 1, 6, np.inf], criterion())
    assert values.tolist() == [0, 0, 1, 1]
    assert clipped.tolist() == [True, False, True, True]


def test_logarithmic_gives_equal_ratios_equal_worth() -> None:
    values, clipped = value([10_000, 100_000, 1_000_000], COST)
    assert values == pytest.approx([1, 0.5, 0])
    assert not clipped.any()


def test_zero_cost_is_best_and_no_clipping_but_a_negative_cost_is_told() -> None:
    values, clipped = value([0, -5, 5_000, 2_000_000], COST)
    assert values.tolist() == [1, 1, 1, 0]
    assert clipped.tolist() == [False, True, True, True]


def test_zero_is_worst_where_more_is_better_on_a_logarithmic_scale() -> None:
    values, clipped = value([0, 1, 100], criterion(best=100, worst=1, value_function="logarithmic"))
    assert values.tolist() == [0, 0, 1]
    assert clipped.tolist() == [True, False, False]


def test_piecewise_joins_its_points_in_any_order_and_is_flat_beyond() -> None:
    values, clipped = value([-1, 0, 2.5, 5, 7.5, 12], POINTS)
    assert values == pytest.approx([0, 0, 0.4, 0.8, 0.9, 1])
    assert clipped.tolist() == [True, False, False, False, False, True]


def test_the_shape_of_the_levels_is_kept() -> None:
    assert value(3.0, criterion())[0].shape == ()
    assert value([[1, 2], [3, 4]], criterion())[0].shape == (2, 2)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"best": None}, "bounds_missing"),
        ({"best": 3, "worst": 3}, "bounds_equal"),
        ({"best": 0, "worst": 9, "value_function": "logarithmic"}, "bounds_not_positive"),
        ({"value_function": "piecewise", "value_points": ((1, 0.5),)}, "points_missing"),
        ({"value_function": "piecewise", "value_points": ((1, 0.5), (1, 0.7))}, "points_missing"),
        ({"value_function": "piecewise", "value_points": ((1, 0.5), (2, 1.5))}, "out_of_range"),
    ],
)
def test_bounds_that_cannot_carry_the_function_are_named(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as error:
        value([1.0], criterion(**facts))
    assert [issue.code for issue in error.value.issues] == [code]
    assert all(issue.sentence(language) for issue in error.value.issues for language in ("de", "en"))


def test_a_missing_level_is_never_guessed() -> None:
    with pytest.raises(MethodError) as error:
        value([1.0, np.nan], criterion())
    assert error.value.issue.code == "level_missing"


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7), st.sampled_from([criterion(), COST, POINTS]))
def test_values_lie_in_0_to_1_and_never_fall_towards_the_better_end(x: float, y: float, scale: Criterion) -> None:
    worse, better = (max(x, y), min(x, y)) if scale.sense == "min" else (min(x, y), max(x, y))
    low, high = value([worse, better], scale)[0]
    assert 0 <= low <= high <= 1


@given(st.floats(0, 100), st.sampled_from([0.001, 2.0, 1936.27]))
def test_a_change_of_unit_changes_no_value(x: float, factor: float) -> None:
    for function in ("linear", "logarithmic"):
        here = criterion(sense="min", best=1, worst=80, value_function=function)
        there = criterion(sense="min", best=1 * factor, worst=80 * factor, value_function=function)
        assert value(x, here)[0] == pytest.approx(value(x * factor, there)[0], abs=1e-12)
