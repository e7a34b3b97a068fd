"""The weighted sum against published figures and its identity with SPOTIS."""

import numpy as np
import pytest

from mcda.methods.weighted_sum import weighted_sum, weighted_sum_split
from problems import case


def test_rizan_2020_on_values_divided_by_the_maximum() -> None:
    example = case("saw-rizan-2020")
    x = np.array(example["inputs"]["matrix"])
    scores = weighted_sum(x / x.max(axis=0), example["inputs"]["weights"])[0]
    assert scores == pytest.approx(example["expected"]["score"], abs=example["tolerance"])


def test_triantaphyllou_1997_scores() -> None:
    example = case("triantaphyllou_wsm")
    scores = weighted_sum(example["inputs"]["X"], example["inputs"]["weights"])[0]
    assert scores == pytest.approx(example["expected"]["P"], abs=example["tolerance"]["P"])


def test_on_fixed_bounds_it_is_one_minus_spotis() -> None:
    example = case("spotis_1")
    given = example["inputs"]
    low, high = np.array(given["bounds"]).T
    shares = (np.array(given["X"]) - low) / (high - low)
    values = np.where(np.array(given["types"]) == 1, shares, 1 - shares)
    scores = weighted_sum(values, given["weights"])[0]
    assert 1 - scores == pytest.approx(example["expected"]["score"], abs=example["tolerance"])


def test_the_split_is_weight_times_value_and_sums_to_the_score() -> None:
    v, weights = [[1.0, 0.5], [0.2, 0.0]], [0.6, 0.4]
    assert weighted_sum_split(v, weights).tolist() == [[0.6, 0.2], [0.12, 0.0]]
    assert weighted_sum_split(v, weights).sum(axis=1) == pytest.approx(weighted_sum(v, weights)[0])


def test_weights_of_zero_give_zero() -> None:
    assert weighted_sum([[1.0, 0.5]], [0, 0]).tolist() == [[0.0]]
