"""What a further point of benefit costs, against Goodwin & Wright's offices."""

import pytest

from mcda.tradeoffs import cost_per_point
from problems import case


def test_goodwin_and_wright_offices() -> None:
    example = case("smart_cost_per_point")
    found = cost_per_point(example["inputs"]["benefit"], example["inputs"]["extra_cost"])
    assert found == pytest.approx(example["expected"]["per_point"], abs=example["tolerance"])


def test_one_option_has_no_next() -> None:
    assert cost_per_point([40.0], []) == ()
    assert cost_per_point([], []) == ()


@pytest.mark.parametrize(("benefit", "extra"), [([1, 2], []), ([1, 1], [5]), ([2, 1], [5]), ([1, float("nan")], [5])])
def test_benefits_rise_with_one_cost_for_each_step(benefit: list[float], extra: list[float]) -> None:
    with pytest.raises(ValueError, match="rise"):
        cost_per_point(benefit, extra)
