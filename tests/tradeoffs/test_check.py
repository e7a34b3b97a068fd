"""Somebody's own answer against the implied amount: told when the factor between them is above two."""

import pytest

from mcda.errors import InputError
from mcda.scenario import Scenario
from mcda.tradeoffs import cross_check, trade_offs
from mcda.weights.tree import tree_weights
from small import small_study

STUDY = small_study()
WEIGHTS = tree_weights(STUDY, Scenario())
AT = 100_000.0
IMPLIED = {t.leaf: t for t in trade_offs(STUDY, WEIGHTS, at=AT)}


@pytest.mark.parametrize(("share", "agrees"), [(1, True), (1.99, True), (0.501, True), (2.01, False), (0.499, False)])
def test_a_factor_above_two_is_told_with_both_amounts(share: float, agrees: bool) -> None:
    trade = IMPLIED["funding"]
    found = cross_check(STUDY, WEIGHTS, "funding", share * trade.worth, AT)
    assert (found is None) == agrees
    if found is not None:
        assert (found.code, found.level) == ("tradeoff_disagrees", "warning")
        assert found.params["said"] == pytest.approx(share * trade.worth)
        assert found.params["implied"] == pytest.approx(trade.worth, rel=0.005)
        assert len(f"{found.params['implied']:.0f}".rstrip("0")) <= 3
        assert "EUR" in found.sentence("de")
        assert "EUR" in found.sentence("en")


def test_another_factor_may_be_declared() -> None:
    trade = IMPLIED["goals"]
    assert cross_check(STUDY, WEIGHTS, "goals", 1.5 * trade.worth, AT, factor=1.2) is not None
    assert cross_check(STUDY, WEIGHTS, "goals", 4.0 * trade.worth, AT, factor=5) is None


def test_zero_agrees_only_with_zero() -> None:
    assert cross_check(STUDY, WEIGHTS, "goals", 0, AT) is not None


def test_beyond_the_scale_the_losses_of_value_are_compared() -> None:
    heavy = tree_weights(STUDY, Scenario(weights={"feasibility": 1000}))
    assert next(t for t in trade_offs(STUDY, heavy, at=AT) if t.leaf == "feasibility").beyond
    found = cross_check(STUDY, heavy, "feasibility", 9_000_000, AT)
    assert found is not None
    assert found.code == "tradeoff_disagrees_beyond"
    assert found.params["implied"] == 9_900_000
    assert "9.900.000" in found.sentence("de")
    slightly = tree_weights(STUDY, Scenario(weights={"feasibility": 60}))
    assert next(t for t in trade_offs(STUDY, slightly, at=AT) if t.leaf == "feasibility").beyond
    assert cross_check(STUDY, slightly, "feasibility", 9_000_000, AT) is None


def test_a_leaf_without_weight_and_an_amount_off_the_scale_are_told() -> None:
    for leaf, worth, code in (("cost", 1.0, "unknown_criterion"), ("goals", -5.0, "out_of_range")):
        with pytest.raises(InputError) as error:
            cross_check(STUDY, WEIGHTS, leaf, worth, AT)
        assert [issue.code for issue in error.value.issues] == [code]
