"""Value functions read backwards: from a value to its level."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.methods.levels import ends, level_of
from mcda.methods.values import value
from mcda.study.model import Criterion


def criterion(**more: Any) -> Criterion:
    return Criterion.model_validate({"id": "c", "label_de": "K", "best": 5, "worst": 1} | more)


KINDS = (
    criterion(),
    criterion(best=0, worst=500, sense="min"),
    criterion(best=40_000, worst=40_000_000, sense="min", value_function="logarithmic"),
    criterion(value_function="piecewise", value_points=((1, 0), (2, 0.6), (5, 1))),
    criterion(best=0, worst=9, sense="min", value_function="piecewise", value_points=((9, 0), (2, 0.3), (0, 1))),
)


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(worth=st.floats(0, 1))
def test_the_value_of_the_level_is_the_value_asked_for(kind: Criterion, worth: float) -> None:
    found, clipped = value(level_of(worth, kind), kind)
    assert float(found) == pytest.approx(worth, abs=1e-12)
    assert not clipped


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_ends_are_the_bounds_themselves(kind: Criterion) -> None:
    assert ends(kind) == (level_of(0, kind), level_of(1, kind)) == (kind.worst, kind.best)


def test_on_a_flat_stretch_the_level_nearest_the_best_end_is_given() -> None:
    flat = criterion(value_function="piecewise", value_points=((1, 0.2), (2, 0.2), (3, 0.5), (4, 0.5), (5, 0.9)))
    assert [level_of(worth, flat) for worth in (0, 0.2, 0.5, 0.9, 1)] == [2, 2, 4, 5, 5]
    assert ends(flat) == (1, 5)


def test_a_curve_that_rises_and_falls_has_no_level_of_a_value() -> None:
    hill = criterion(value_function="piecewise", value_points=((1, 0), (3, 1), (5, 0.5)))
    for ask in (lambda: level_of(0.7, hill), lambda: ends(hill)):
        with pytest.raises(InputError) as error:
            ask()
        assert [issue.code for issue in error.value.issues] == ["curve_up_and_down"]


@pytest.mark.parametrize("worth", [-0.1, 1.1, float("nan")])
def test_a_value_lies_within_0_and_1(worth: float) -> None:
    with pytest.raises(InputError) as error:
        level_of(worth, criterion())
    assert [issue.code for issue in error.value.issues] == ["out_of_range"]


def test_bounds_that_carry_no_function_are_told() -> None:
    with pytest.raises(InputError) as error:
        level_of(0.5, criterion(best=None))
    assert [issue.code for issue in error.value.issues] == ["bounds_missing"]
