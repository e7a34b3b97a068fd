"""Correcting weights by correcting an amount: read again, the trade-off says what was said."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.result import Weights
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.tradeoffs import correct, trade_offs
from mcda.weights.tree import combine, tree_weights
from small import CRITERIA, small_study


def corrected(study: Study, points: dict[str, float]) -> Weights:
    return tree_weights(study, Scenario(weights=points))


@given(st.integers(0, 3), st.floats(1e-4, 1), st.sampled_from([10_000, 200_000, 5_000_000]))
def test_read_again_the_trade_off_gives_the_amount_said(which: int, share: float, at: float) -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    trade = trade_offs(study, weights, at=at)[which]
    said = share * (10_000_000 - at)
    after = corrected(study, correct(study, weights, trade, said))
    again = {t.leaf: t for t in trade_offs(study, after, reference="cost", at=at)}
    assert again[trade.leaf].worth == pytest.approx(said, rel=1e-9)
    assert again[trade.leaf].step_from == trade.step_from


@given(st.integers(0, 3), st.floats(1e-4, 1))
def test_all_other_leaves_keep_their_proportion_and_siblings_sum_to_100(which: int, share: float) -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    trade = trade_offs(study, weights)[which]
    points = correct(study, weights, trade, share * (10_000_000 - trade.at))
    assert list(points) == [criterion.id for criterion in study.criteria]
    for siblings in study.children.values():
        assert sum(points[key] for key in siblings) == pytest.approx(100)
    overall = combine(study, {key: part / 100 for key, part in points.items()})
    before = dict(zip(study.leaves, weights.leaf, strict=True))
    others = [key for key in study.leaves if key != trade.leaf]
    for a, b in combinations(others, 2):
        assert overall[a] / overall[b] == pytest.approx(before[a] / before[b])
    assert sum(overall[key] for key in study.leaves) == pytest.approx(1)


def test_confirming_the_amount_changes_nothing() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    for trade in trade_offs(study, weights):
        after = corrected(study, correct(study, weights, trade, trade.worth))
        assert after.leaf == pytest.approx(weights.leaf)
        assert after.local == pytest.approx(weights.local)


def test_a_step_worth_nothing_takes_all_weight_from_its_leaf() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    trade = trade_offs(study, weights)[0]
    points = correct(study, weights, trade, 0)
    assert (points["goals"], points["urgency"]) == (0, 100)
    assert "goals" not in {t.leaf for t in trade_offs(study, corrected(study, points))}


def test_a_group_without_weight_keeps_its_points() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario(weights={"relevance": 0}))
    (trade,) = (t for t in trade_offs(study, weights) if t.leaf == "funding")
    points = correct(study, weights, trade, 100_000)
    assert points["relevance"] == 0
    assert (points["goals"], points["urgency"]) == pytest.approx((60, 40))


def test_the_reference_may_be_a_criterion_where_more_is_better() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    trade = next(t for t in trade_offs(study, weights, reference="feasibility") if t.leaf == "goals")
    assert trade.worth < 0
    after = corrected(study, correct(study, weights, trade, -0.5))
    again = next(t for t in trade_offs(study, after, reference="feasibility") if t.leaf == "goals")
    assert again.worth == pytest.approx(-0.5)


@pytest.mark.parametrize("worth", [-1, 9_700_000, float("nan"), float("inf")])
def test_amounts_of_the_wrong_sign_or_beyond_the_scale_are_told(worth: float) -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    with pytest.raises(InputError) as error:
        correct(study, weights, trade_offs(study, weights)[0], worth)
    (issue,) = error.value.issues
    assert (issue.code, issue.where.column) == ("out_of_range", "cost")
    assert issue.params["allowed"] == "0 … 9680000"


def bent(name: str, points: Any) -> Study:
    changed = {"value_function": "piecewise", "value_points": points}
    return small_study(criteria=tuple(c.model_copy(update=changed) if c.id == name else c for c in CRITERIA))


def test_flat_curves_settle_no_weight() -> None:
    study = bent("goals", ((1, 0), (3, 0.5), (4, 0.5), (5, 1)))
    weights = tree_weights(study, Scenario())
    flat_cost = bent("cost", ((10_000, 1), (100_000, 0.5), (1_000_000, 0.5), (10_000_000, 0)))
    for one, name in ((study, "goals"), (flat_cost, "cost")):
        trade = trade_offs(one, weights, at=100_000)[0]
        with pytest.raises(InputError) as error:
            correct(one, weights, trade, 1_000)
        assert [(issue.code, issue.where.column) for issue in error.value.issues] == [("tradeoff_flat", name)]


def test_the_leaf_weights_come_back_exactly_through_the_tree() -> None:
    study = small_study()
    weights = tree_weights(study, Scenario())
    trade = trade_offs(study, weights)[1]
    overall = combine(study, {k: p / 100 for k, p in correct(study, weights, trade, 1_000_000).items()})
    found = np.array([overall[key] for key in study.leaves])
    expected = weights.leaf.copy()
    expected[1] = (
        expected[3] * np.log10((trade.at + 1_000_000) / trade.at) / 3 / 0.25
    )  # loss on three decades, one of four steps
    assert found == pytest.approx(expected / expected.sum(), rel=1e-12)
