"""Implied trade-offs against the linear exchange rate and against searching the amount that keeps the score."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.methods.values import value
from mcda.result import Source, Weights
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.tradeoffs import TradeOff, trade_offs
from mcda.weights.record import sibling_weights
from mcda.weights.tree import tree_weights
from problems import case
from small import CRITERIA, small_study


def flat(*criteria: Criterion) -> Study:
    return small_study(criteria=criteria, ratings=())


def leaf(name: str, **more: Any) -> Criterion:
    return Criterion.model_validate({"id": name, "label_de": name, "best": 5, "worst": 1, "step": 1} | more)


def euros(name: str = "cost", **more: Any) -> Criterion:
    money = {"sense": "min", "kind": "computed", "quantity": "investment_eur", "step": 0, "unit": "EUR"}
    return leaf(name, **(money | {"best": 0, "worst": 500} | more))


def weigh(study: Study, *amounts: float) -> Weights:
    return sibling_weights(study.leaves, amounts, Source("", "direct"))


def only(study: Study, weights: Weights, **more: Any) -> TradeOff:
    (found,) = trade_offs(study, weights, **more)
    return found


def test_one_relevance_point_in_thousand_euros() -> None:
    example = case("implied_tradeoff")
    study = flat(leaf("relevance"), euros())
    found = only(study, weigh(study, *example["inputs"]["w"]), at=100)
    assert found.worth == pytest.approx(example["expected"]["value"], abs=example["tolerance"])
    assert (found.reference, found.at, found.beyond) == ("cost", 100, False)
    assert (found.step_from, found.step_to) == (3, 4)


@given(st.floats(0, 280), st.floats(0.01, 1))
def test_on_straight_scales_the_level_does_not_matter(at: float, weight: float) -> None:
    study = flat(leaf("relevance"), euros())
    found = only(study, weigh(study, weight, 1.0), at=at)
    assert found.beyond == (weight / 4 > (500 - at) / 500 + 1e-12)
    assert found.worth == pytest.approx(min(weight / 4 * 500, 500 - at), abs=1e-6)


@given(st.floats(10_000, 10_000_000), st.lists(st.floats(0.01, 1), min_size=5, max_size=5))
def test_the_amount_keeps_the_score_found_by_halving(at: float, amounts: list[float]) -> None:
    study = small_study()
    weights = weigh(study, *amounts)
    weight = dict(zip(study.leaves, weights.leaf, strict=True))
    cost = study.criterion_by_id["cost"]
    for found in trade_offs(study, weights, reference="cost", at=at):
        one = study.criterion_by_id[found.leaf]
        gained = weight[one.id] * float(value(found.step_to, one)[0] - value(found.step_from, one)[0])
        low, high = at, 10_000_000.0
        for _ in range(80):
            middle = (low + high) / 2
            lost = weight["cost"] * float(value(at, cost)[0] - value(middle, cost)[0])
            low, high = (middle, high) if lost < gained else (low, middle)
        assert found.at + found.worth == pytest.approx(low, rel=1e-6)
        assert found.beyond == (weight["cost"] * float(value(at, cost)[0]) < gained - 1e-9) or found.worth == 0


def test_on_a_logarithmic_scale_the_same_step_is_worth_a_constant_ratio() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    ratios = [
        [1 + t.worth / t.at for t in trade_offs(study, weights, at=at) if not t.beyond] for at in (20_000, 200_000)
    ]
    assert ratios[0] == pytest.approx(ratios[1])


def test_the_money_leaf_is_the_reference_and_the_middle_of_its_value_range_the_level() -> None:
    study = small_study()
    found = trade_offs(study, tree_weights(study, Scenario()))
    assert [trade.leaf for trade in found] == ["goals", "urgency", "feasibility", "funding"]
    assert {(trade.reference, trade.at) for trade in found} == {("cost", 320_000)}  # sqrt(10,000 x 10,000,000)
    assert all(trade.worth > 0 for trade in found)


def test_of_several_money_leaves_the_heaviest_weighted_counts() -> None:
    study = flat(leaf("relevance"), euros("a"), euros("b"), euros("c"))
    assert {t.reference for t in trade_offs(study, weigh(study, 9, 0, 2, 3))} == {"c"}
    assert {t.reference for t in trade_offs(study, weigh(study, 9, 3, 3, 1))} == {"a"}
    assert {t.reference for t in trade_offs(study, weigh(study, 9, 0, 0, 0))} == set()


def test_without_money_the_heaviest_leaf_is_given_up_downwards() -> None:
    study = flat(leaf("a"), leaf("b"))
    found = only(study, weigh(study, 1, 2))
    assert (found.reference, found.at) == ("b", 3)
    assert found.worth == pytest.approx(-0.5)


def test_beyond_the_scale_the_whole_rest_is_told() -> None:
    study = flat(leaf("a"), euros())
    found = only(study, weigh(study, 10, 1), at=400)
    assert (found.worth, found.beyond) == (100, True)
    assert only(study, weigh(study, 2, 1), at=250).beyond is False  # exactly all that is left
    at_the_end = only(study, weigh(study, 1, 1), at=500)
    assert (at_the_end.worth, at_the_end.beyond) == (0, True)


@pytest.mark.parametrize(
    ("more", "step"),
    [
        ({"step": 1}, (3, 4)),
        ({"step": 1, "best": 6}, (3, 4)),
        ({"step": 4}, (1, 5)),
        ({"step": 2, "best": 1, "worst": 7, "sense": "min"}, (5, 3)),
        ({"step": 0}, (2.8, 3.2)),
        ({"step": 0, "best": 1, "worst": 9, "sense": "min"}, (5.4, 4.6)),
        ({"step": 0, "best": 100, "worst": 1, "value_function": "logarithmic"}, (100**0.45, 100**0.55)),
    ],
)
def test_the_middle_step_of_the_scale(more: dict[str, Any], step: tuple[float, float]) -> None:
    study = flat(leaf("a", **more), euros())
    found = only(study, weigh(study, 1, 9))
    assert (found.step_from, found.step_to) == pytest.approx(step)


def test_a_flat_step_is_worth_nothing_and_a_narrow_scale_keeps_its_middle() -> None:
    bent = {"value_function": "piecewise", "value_points": ((1, 0), (3, 0.5), (4, 0.5), (5, 1))}
    study = flat(leaf("a", **bent), euros(best=1000.1, worst=1000.3))
    found = only(study, weigh(study, 1, 9))
    assert (found.worth, found.beyond) == (0, False)
    assert found.at == pytest.approx(1000.2)


def test_only_one_weighted_leaf_has_nothing_to_trade() -> None:
    study = flat(leaf("a"), leaf("b"))
    assert trade_offs(study, weigh(study, 1, 0)) == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reference": "cst"}, "unknown_criterion"),
        ({"reference": "relevance"}, "unknown_criterion"),
        ({"reference": "funding"}, "tradeoff_no_weight"),
        ({"at": 9_999}, "out_of_range"),
        ({"at": float("nan")}, "out_of_range"),
    ],
)
def test_questions_without_an_answer_are_told(more: dict[str, Any], code: str) -> None:
    study = small_study()
    weights = tree_weights(study, Scenario(weights={"funding": 0}))
    with pytest.raises(InputError) as error:
        trade_offs(study, weights, **more)
    (issue,) = error.value.issues
    assert issue.code == code
    assert issue.sentence("de")
    assert issue.sentence("en")


def test_a_curve_that_rises_and_falls_has_no_trade_off() -> None:
    hill = leaf("a", value_function="piecewise", value_points=((1, 0), (3, 1), (5, 0.5)))
    study = flat(hill, euros())
    for reference in ("a", "cost"):
        with pytest.raises(InputError) as error:
            trade_offs(study, weigh(study, 1, 1), reference=reference)
        assert [issue.code for issue in error.value.issues] == ["curve_up_and_down"]


def test_splitting_the_tree_otherwise_changes_no_trade_off() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    loose = [c.model_copy(update={"parent": ""}) for c in CRITERIA if c.id != "relevance"]
    other = small_study(criteria=tuple(loose))
    again = trade_offs(other, weigh(other, *weights.leaf))
    assert np.array([t.worth for t in again]) == pytest.approx([t.worth for t in trade_offs(study, weights)])
