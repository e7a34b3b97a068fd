"""Answers are read by their labels: from mappings and Series in any order, never by position."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from mcda.errors import InputError
from mcda.weights import elicit_direct, elicit_rank_order, elicit_swing

ITEMS = ("relevance", "feasibility", "cost")
POINTS = {"cost": 20, "relevance": 100, "feasibility": 50}
RANKS = {"cost": 3, "relevance": 1, "feasibility": 2}


@pytest.mark.parametrize("elicit", [elicit_swing, elicit_direct])
def test_points_in_any_order_and_form_are_the_same_weights(elicit: Any) -> None:
    expected = elicit({key: float(POINTS[key]) for key in ITEMS}, ITEMS).local
    for given in (POINTS, pd.Series(POINTS), pd.Series(POINTS).iloc[::-1], {k: np.int64(v) for k, v in POINTS.items()}):
        assert elicit(given, ITEMS).local == expected


def test_ranks_in_any_order_and_form_are_the_same_weights() -> None:
    expected = elicit_rank_order({key: RANKS[key] for key in ITEMS}, ITEMS).local
    for given in (RANKS, pd.Series(RANKS), pd.Series(RANKS).sort_values()):
        assert elicit_rank_order(given, ITEMS).local == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("elicit", [elicit_swing, elicit_direct, elicit_rank_order])
def test_a_label_given_twice_is_named(elicit: Any) -> None:
    with pytest.raises(InputError) as error:
        elicit(pd.Series([1, 2, 3, 4], index=["cost", "relevance", "cost", "feasibility"]), ITEMS)
    assert [(i.code, i.where.column) for i in error.value.issues] == [("label_twice", "cost")]


@pytest.mark.parametrize("elicit", [elicit_swing, elicit_direct, elicit_rank_order])
@pytest.mark.parametrize("given", [[100, 50, 20], np.array([1.0, 2.0, 3.0]), 7])
def test_figures_without_labels_are_refused(elicit: Any, given: Any) -> None:
    with pytest.raises(InputError) as error:
        elicit(given, ITEMS)
    assert error.value.issues[0].code == "answers_without_labels"
    assert error.value.issues[0].sentence("de")


def test_a_series_with_a_missing_and_a_strange_label_names_both() -> None:
    with pytest.raises(InputError) as error:
        elicit_swing(pd.Series({"relevanz": 100, "feasibility": 50, "cost": float("nan")}), ITEMS)  # type: ignore[arg-type]
    assert {(i.code, i.where.column) for i in error.value.issues} == {
        ("unknown_criterion", "relevanz"),
        ("not_a_number", "cost"),
        ("answer_missing", "relevance"),
    }
