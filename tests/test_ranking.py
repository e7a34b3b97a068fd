import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.evaluate import prepare
from mcda.methods import METHODS
from mcda.ranking import competition_ranks, quantise, rank_groups, ranks_within, resolution_band, tiers
from small import small_study


def test_equal_scores_share_the_better_rank():
    assert competition_ranks(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]


def test_rounding_noise_does_not_decide_a_rank():
    assert competition_ranks(quantise(np.array([0.1 + 0.2, 0.3]))).tolist() == [1, 1]


@given(arrays(np.float64, st.integers(1, 12), elements=st.floats(-5, 5)))
def test_ranks_count_those_strictly_better(scores):
    assert competition_ranks(scores).tolist() == [1 + int((scores > s).sum()) for s in scores]


def test_groups_are_anchored_at_their_leader_and_never_chained():
    scores = np.array([0.90, 0.87, 0.84, 0.81, 0.50])
    assert rank_groups(scores, lambda _: 0.05).tolist() == [1, 1, 2, 2, 3]


def test_equal_scores_fall_into_one_group_without_a_band():
    assert rank_groups(np.array([0.2, 0.7, 0.2]), lambda _: 0.0).tolist() == [2, 1, 2]


def test_band_of_the_weighted_sum_is_the_formula_of_the_literature():
    """V18: 1.64 sqrt(sum w^2 (s/R)^2 / 6) for criteria with a step; computed criteria add nothing."""
    matrix = prepare(small_study(), small_study().study.as_of).matrix
    weights = np.array([0.21, 0.14, 0.25, 0.2, 0.2])
    expected = 1.64 * np.sqrt((0.21**2 + 0.14**2 + 0.25**2) * 0.25**2 / 6)
    assert np.isclose(resolution_band(METHODS["weighted_sum"], matrix, weights, 1), expected, atol=1e-12)


def test_band_of_topsis_follows_its_own_slope():
    """The derivative of sqrt(D-)/(sqrt(D+)+sqrt(D-)) by each rated value, by hand."""
    matrix = prepare(small_study(), small_study().study.as_of).matrix
    weights = np.array([0.21, 0.14, 0.25, 0.2, 0.2])
    v = matrix.values[3]
    near, far = np.sqrt(weights @ (1 - v) ** 2), np.sqrt(weights @ v**2)
    slope = weights * (v / far * near + (1 - v) / near * far) / (near + far) ** 2
    expected = 1.64 * np.sqrt(np.sum((slope[:3] * 0.25) ** 2) / 6)
    assert np.isclose(resolution_band(METHODS["topsis"], matrix, weights, 3), expected, rtol=0.02)


def test_tiers_follow_the_leader_of_a_group_and_the_decided_rank():
    groups, ranks = np.array([1, 1, 2, 3, 4]), np.array([1, 2, 3, 4, 5])
    assert tiers(groups, ranks, [None] * 5, (25, 50, 75)).tolist() == [1, 1, 2, 3, 4]
    assert tiers(groups, ranks, [None, None, None, None, 1], (25, 50, 75)).tolist() == [1, 1, 2, 3, 1]


def test_ranks_within_a_part_of_the_list():
    assert ranks_within(np.array([0.9, 0.1, 0.5, 0.5]), ["a", "b", "a", "b"]).tolist() == [1, 2, 2, 1]
