"""Rank acceptability against interval lengths on two criteria, and what sampling must print and keep."""

import numpy as np
import pytest

from mcda.methods import METHODS
from mcda.ranking import competition_ranks, quantise
from mcda.robustness.smaa import CHUNK, rank_acceptability
from mcda.robustness.weight_draws import Draw, uniform_weights
from problems import case, decision_matrix
from small import small_study

SUM = METHODS["weighted_sum"]


def flat(columns: int) -> Draw:
    """Uniform weights on one simplex, without a tree."""
    return lambda generator, count: generator.dirichlet(np.ones(columns), count)


def test_two_criteria_first_ranks_are_the_interval_lengths() -> None:
    example = case("smaa_two_criteria")
    found = rank_acceptability(decision_matrix(example["inputs"]["V"]), SUM, flat(2), draws=100_000)
    expected = np.array(example["expected"]["first_rank"])
    assert np.abs(found.shares[:, 0] - expected).max() < 4 * found.standard_error[:, 0].max()
    centres = [found.central_weights[name][0] for name in found.measures]
    assert centres == pytest.approx(example["expected"]["central_w1"], abs=0.003)


def test_two_criteria_all_ranks_by_hand() -> None:
    example = case("smaa-analytic-2criteria")
    found = rank_acceptability(decision_matrix(example["inputs"]["matrix"]), SUM, flat(2), draws=100_000)
    assert found.shares == pytest.approx(np.array(example["expected"]["rank_acceptability"]), abs=example["tolerance"])
    centres = dict(zip(found.measures, example["expected"]["central_weight_1"], strict=True))
    assert set(found.central_weights) == {name for name, centre in centres.items() if centre is not None}
    for name, weights in found.central_weights.items():
        assert weights[0] == pytest.approx(centres[name], abs=0.005)


def test_shares_count_the_competition_ranks_of_every_draw() -> None:
    generator = np.random.default_rng(4)
    matrix = decision_matrix(generator.integers(0, 3, (5, 3)) / 2)
    method = METHODS["topsis"]
    found = rank_acceptability(matrix, method, flat(3), draws=300, seed=9)
    counts = np.zeros((5, 5))
    for weights in np.random.default_rng((9, 0, 0)).dirichlet(np.ones(3), CHUNK)[:300]:
        ranks = competition_ranks(quantise(method.score(matrix, weights[None, :])[0]))
        counts[np.arange(5), ranks - 1] += 1
    assert found.shares == pytest.approx(counts / 300)


def test_identical_measures_share_the_better_rank() -> None:
    found = rank_acceptability(decision_matrix([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]]), SUM, flat(2), draws=50)
    assert found.shares.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert set(found.central_weights) == {"A0", "A1"}


def test_rows_sum_to_1_and_the_standard_error_is_the_binomial_one() -> None:
    matrix = decision_matrix(np.random.default_rng(1).random((7, 4)))
    found = rank_acceptability(matrix, METHODS["topsis"], flat(4), draws=5_000, seed=3)
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(7))
    assert found.standard_error == pytest.approx(np.sqrt(found.shares * (1 - found.shares) / 5_000))
    assert (found.draws, found.seed) == (5_000, 3)


def test_same_seed_same_numbers_and_seed_0_is_a_seed() -> None:
    matrix = decision_matrix(np.random.default_rng(1).random((4, 3)))
    first, again, other = (rank_acceptability(matrix, SUM, flat(3), draws=3_000, seed=s) for s in (0, 0, 1))
    assert first.shares.tobytes() == again.shares.tobytes()
    assert first.shares.tobytes() != other.shares.tobytes()


def test_a_dominated_measure_is_never_first() -> None:
    found = rank_acceptability(decision_matrix([[0.9, 0.5], [0.8, 0.4], [0.1, 0.9]]), SUM, flat(2), draws=1_000)
    assert found.shares[1, 0] == 0
    assert "A1" not in found.central_weights


def test_one_measure_is_always_first() -> None:
    assert rank_acceptability(decision_matrix([[0.2, 0.4]]), SUM, flat(2), draws=10).shares.tolist() == [[1.0]]


def test_weights_are_drawn_node_by_node_so_leaves_do_not_add_weight_to_their_branch() -> None:
    study = small_study()
    drawn = uniform_weights(study)(np.random.default_rng(0), 40_000)
    assert drawn.shape == (40_000, 5)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert drawn.mean(axis=0) == pytest.approx([1 / 8, 1 / 8, 1 / 4, 1 / 4, 1 / 4], abs=0.004)
    top = drawn[:, :2].sum(axis=1)
    assert top.var() == pytest.approx(3 / 80, abs=0.001)  # one of four uniform shares: Beta(1, 3)


def test_the_frame_has_a_row_per_measure_and_a_column_per_rank() -> None:
    frame = rank_acceptability(decision_matrix([[0.9, 0.1], [0.2, 0.8]]), SUM, flat(2), draws=100).frame()
    assert list(frame.index) == ["A0", "A1"]
    assert list(frame.columns) == [1, 2]


def test_less_than_one_draw_is_no_sample() -> None:
    with pytest.raises(ValueError):
        rank_acceptability(decision_matrix([[0.9, 0.1]]), SUM, flat(2), draws=0)
