"""Swing weights against Goodwin & Wright's offices, and what is told when the largest step is not 100."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.weights.swing import elicit_swing
from problems import case


def test_goodwin_and_wright_office_location() -> None:
    example = case("swing_offices")
    items = tuple("abcdef")
    found = elicit_swing(dict(zip(items, example["inputs"]["points"], strict=True)), items, "top")
    assert found.leaf == pytest.approx(example["expected"]["weights"], abs=example["tolerance"])
    assert found.findings == ()
    assert (found.sources[0].parent, found.sources[0].elicitation) == ("top", "swing")


def test_a_largest_step_below_100_is_scaled_up_and_told() -> None:
    found = elicit_swing({"a": 20, "b": 80}, ("a", "b"), "top")
    assert found.local == pytest.approx({"a": 0.2, "b": 0.8})
    (told,) = found.findings
    assert (told.code, told.level) == ("swing_not_100", "note")
    assert told.params == {"parent": "top", "criterion": "b", "points": 80.0}
    assert "80" in told.sentence("de")


@pytest.mark.parametrize(
    ("points", "code"), [(100.5, "out_of_range"), (-1, "weight_negative"), (float("nan"), "not_a_number")]
)
def test_points_outside_0_to_100_name_their_criterion(points: float, code: str) -> None:
    with pytest.raises(InputError) as error:
        elicit_swing({"a": 100, "b": points}, ("a", "b"))
    (issue,) = error.value.issues
    assert (issue.code, issue.where.column) == (code, "b")


def test_all_zero_has_no_weights() -> None:
    with pytest.raises(InputError) as error:
        elicit_swing({"a": 0, "b": 0}, ("a", "b"))
    assert [issue.code for issue in error.value.issues] == ["weights_all_zero"]


def test_one_criterion_has_all_the_weight_and_a_zero_step_none() -> None:
    assert elicit_swing({"a": 7}, ("a",)).local == {"a": 1.0}
    assert elicit_swing({"a": 100, "b": 0}, ("b", "a")).local == {"b": 0.0, "a": 1.0}


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 100), min_size=1), st.randoms())
def test_labels_decide_never_the_order(points: dict[str, float], random: object) -> None:
    if not any(points.values()):
        return
    items, labels = list(points), list(points)
    random.shuffle(items)  # type: ignore[attr-defined]
    random.shuffle(labels)  # type: ignore[attr-defined]
    found = elicit_swing({key: points[key] for key in labels}, items)
    assert found.local == pytest.approx(elicit_swing(points, list(points)).local)
    assert sum(found.local.values()) == pytest.approx(1)
    assert found.leaf.tolist() == list(found.local.values())
