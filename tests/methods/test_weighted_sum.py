"""The weighted sum against published figures and its identity with SPOTIS."""

from collections.abc import Callable

import numpy as np
import pytest
from pymcdm.methods import SPOTIS

from mcda.methods.topsis import topsis
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


def spotis_values() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values on fixed bounds and weights of the SPOTIS case, and SPOTIS's own published scores."""
    example = case(case("identity_saw_spotis_l1")["inputs"]["case"])
    given = example["inputs"]
    low, high = np.array(given["bounds"]).T
    shares = (np.array(given["X"]) - low) / (high - low)
    values = np.where(np.array(given["types"]) == 1, shares, 1 - shares)
    return (
        values,
        np.array(given["weights"]),
        SPOTIS(np.array(given["bounds"]))(
            np.array(given["X"], dtype=float), np.array(given["weights"]), np.array(given["types"])
        ),
    )


def test_on_fixed_bounds_weighted_sum_and_spotis_make_one_and_equal_topsis_with_l1_distances() -> None:
    expected = case("identity_saw_spotis_l1")
    values, weights, spotis = spotis_values()
    scores = weighted_sum(values, weights)[0]
    assert scores + spotis == pytest.approx(expected["expected"]["saw_plus_spotis"], abs=expected["tolerance"])
    to_ideal, from_worst = (1 - values) @ weights, values @ weights
    by_l1 = from_worst / (to_ideal + from_worst)
    assert by_l1 - scores == pytest.approx(expected["expected"]["l1_topsis_minus_saw"], abs=expected["tolerance"])


def test_belton_and_gear_1983_shares_of_the_column_sum_reverse_ranks_shares_of_the_best_do_not() -> None:
    example = case("rank_reversal_belton_gear")
    ratings, weights = np.array(example["inputs"]["ratings"]), example["inputs"]["weights"]
    more = np.vstack([ratings, example["inputs"]["added"]])
    before, after = (weighted_sum(x / x.sum(axis=0), weights)[0] for x in (ratings, more))
    assert before == pytest.approx(example["expected"]["before"], abs=example["tolerance"]["before"])
    assert after == pytest.approx(example["expected"]["after"], abs=example["tolerance"]["after"])
    assert before.argmax() == 1
    assert after.argmax() == 0
    ideal = weighted_sum(more / more.max(axis=0), weights)[0]
    assert [int(ideal[:3].argmax())] == example["expected"]["ideal_best_after"]


@pytest.mark.parametrize("kernel", [weighted_sum, topsis])
def test_on_fixed_bounds_belton_and_gear_s_copy_changes_no_score(kernel: Callable[..., np.ndarray]) -> None:
    example = case("rank_reversal_belton_gear")
    values = (np.array([*example["inputs"]["ratings"], example["inputs"]["added"]]) - 1) / 8
    weights = example["inputs"]["weights"]
    assert kernel(values, weights)[0][:3] == pytest.approx(kernel(values[:3], weights)[0], abs=1e-15)
