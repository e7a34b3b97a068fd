"""Orders of the board: a move keeps sums, locks and the way back; what is malformed is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.scenario import Scenario
from mcda.ui.board.orders import Order, moved_scenario, remembered
from mcda.weights.tree import points_of
from small import small_study

STUDY = small_study()
POINTS = points_of(STUDY, evaluate(STUDY).weights)


def move(moved: str, to: float, **more: Any) -> Order:
    return Order.model_validate({"seq": 1, "kind": "move", "moved": moved, "to": to, "points": POINTS} | more)


def test_others_give_way_in_proportion() -> None:
    weights = moved_scenario(STUDY, Scenario(), move("cost", 60)).weights
    assert weights["cost"] == 60
    assert weights["relevance"] / weights["feasibility"] == pytest.approx(35 / 25)
    assert sum(weights[c] for c in STUDY.children[""]) == pytest.approx(100)


def test_a_locked_sibling_stays() -> None:
    weights = moved_scenario(STUDY, Scenario(), move("cost", 60, locked=["relevance"])).weights
    assert weights["relevance"] == 35
    assert weights["cost"] == 60


def test_a_sub_criterion_moves_only_its_siblings() -> None:
    weights = moved_scenario(STUDY, Scenario(), move("goals", 10, locked=["relevance"])).weights
    assert {**weights, "goals": 60.0, "urgency": 40.0} == pytest.approx(POINTS)
    assert weights["urgency"] == pytest.approx(90)


@given(st.floats(0, 100), st.sampled_from(sorted(STUDY.criterion_by_id)))
def test_there_and_back_ends_where_it_began(there: float, moved: str) -> None:
    moved_scenario(STUDY, Scenario(), move(moved, there))
    back = moved_scenario(STUDY, Scenario(), move(moved, POINTS[moved])).weights
    assert dict(back) == pytest.approx(POINTS)


def test_a_moved_scenario_no_longer_follows_a_profile_but_keeps_method_and_day() -> None:
    before = Scenario(name="Vorschlag", profile="treasury", method="weighted_sum", as_of="2025-01-01")
    after = moved_scenario(STUDY, before, move("cost", 60))
    assert (after.name, after.profile, after.method, after.as_of) == ("", "", "weighted_sum", before.as_of)


def test_weights_squeezed_to_zero_come_back_as_they_stood_to_each_other() -> None:
    full = moved_scenario(STUDY, Scenario(), move("relevance", 100)).weights
    memory = remembered(STUDY, full, [full, POINTS])
    back = moved_scenario(STUDY, Scenario(), move("relevance", 35, points=full, remembered=memory)).weights
    assert dict(back) == pytest.approx(POINTS)


def test_a_weight_set_to_zero_on_purpose_does_not_come_back_with_the_others() -> None:
    none = moved_scenario(STUDY, Scenario(), move("cost", 0)).weights
    full = moved_scenario(STUDY, Scenario(), move("relevance", 100, points=none)).weights
    memory = remembered(STUDY, full, [none, POINTS])
    assert memory["cost"] == 0
    back = moved_scenario(STUDY, Scenario(), move("relevance", none["relevance"], points=full, remembered=memory))
    assert dict(back.weights) == pytest.approx(none)


def test_nothing_is_remembered_of_what_is_not_at_zero_or_always_was() -> None:
    assert remembered(STUDY, POINTS, [POINTS]) == {}
    full = dict(moved_scenario(STUDY, Scenario(), move("cost", 100)).weights)
    assert remembered(STUDY, full, [full, {"other": 3.0}]) == {}


def test_unknown_and_missing_criteria_are_all_named() -> None:
    order = move("costs", 60, points={"cost": 100.0}, remembered={"gone": 1.0}, locked=["nothing"])
    with pytest.raises(InputError) as caught:
        moved_scenario(STUDY, Scenario(), order)
    named = {issue.params["value"] for issue in caught.value.issues}
    assert {"costs", "nothing", "gone", "relevance", "goals"} <= named


@pytest.mark.parametrize("wrong", [-1, 101, float("nan"), float("inf"), "viel"])
def test_impossible_points_are_refused(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        move("cost", wrong)
    with pytest.raises(ValidationError):
        move("cost", 50, points={"cost": wrong})


def test_unknown_wishes_are_refused() -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"seq": 1, "kind": "delete"})
