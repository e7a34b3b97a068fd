"""Packed ranks against plain ones: the same integers as argsort, twins, zeros, one alternative."""

import numpy as np
import pytest

from mcda.methods import METHODS
from mcda.ranking import quantise
from mcda.robustness.packed_ranks import SMALL, Losses, losses, rank_counts, ranks_of
from problems import decision_matrix

Array = np.typing.NDArray[np.float64]


def plain_ranks(scores: Array) -> Array:
    """How many alternatives are strictly better, one by one."""
    return (scores[:, None, :] > scores[:, :, None]).sum(axis=2)


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product", "topsis_vector", "topsis_minmax"])
@pytest.mark.parametrize(("size", "criteria"), [(2, 3), (7, 4), (40, 6), (SMALL, 5), (SMALL + 1, 5), (150, 8)])
def test_ranks_are_those_of_the_scores(method: str, size: int, criteria: int) -> None:
    generator = np.random.default_rng(size)
    values = generator.uniform(0.02, 1, (size, criteria))
    matrix = decision_matrix(values, raw=values * 9 + 1)
    weights = generator.dirichlet(np.ones(criteria), 700)
    found = losses(method, matrix)
    assert found is not None
    expected = plain_ranks(METHODS[method].score(matrix, weights))
    ranks = ranks_of(found, weights)
    wrong = (ranks != expected).mean()
    assert wrong <= (5e-4 if size <= SMALL else 0)
    counts, led = rank_counts(found, weights)
    assert counts.sum() == ranks.size
    by_hand = np.stack([np.bincount(column, minlength=size) for column in ranks.T])
    assert (counts == by_hand).all()
    assert led.sum() == pytest.approx(weights.sum())


def test_a_thousand_random_problems_with_int64_equal_argsort_exactly() -> None:
    generator = np.random.default_rng(5)
    for _ in range(1000):
        size = int(generator.integers(SMALL + 1, 1000))
        over, under = generator.random((2, 3, size))
        weights = generator.dirichlet(np.ones(3), 3)
        loss = (weights @ over) / (weights @ under)
        expected = np.argsort(np.argsort(loss, axis=1, kind="stable"), axis=1, kind="stable")
        assert (ranks_of(Losses(over, under, False), weights) == expected).all()


def test_twins_share_the_better_rank_and_push_the_others_back() -> None:
    matrix = decision_matrix([[0.5, 0.5], [0.9, 0.9], [0.5, 0.5], [0.1, 0.1], [0.9, 0.9]])
    found = losses("topsis", matrix)
    assert found is not None
    weights = np.array([[0.5, 0.5], [0.2, 0.8]])
    assert ranks_of(found, weights).tolist() == [[2, 0, 2, 4, 0]] * 2
    counts, led = rank_counts(found, weights)
    assert counts[:, [0, 2, 4]].tolist() == [[0, 2, 0], [2, 0, 0], [0, 2, 0], [0, 0, 2], [2, 0, 0]]
    assert led[1].tolist() == led[4].tolist() == pytest.approx([0.7, 1.3])


def test_who_differs_only_where_nothing_is_weighted_is_a_twin() -> None:
    matrix = decision_matrix([[0.5, 0.1], [0.5, 0.9], [0.9, 0.5]])
    found = losses("weighted_sum", matrix)
    assert found is not None
    counts, _ = rank_counts(found, np.array([[1.0, 0.0], [2.0, 0.0]]))
    assert counts[:, :2].tolist() == [[0, 2], [0, 2], [2, 0]]


def test_weights_of_zero_say_nothing_about_anyone() -> None:
    found = losses("topsis", decision_matrix([[0.5, 0.1], [0.2, 0.9]]))
    assert found is not None
    assert rank_counts(found, np.zeros((3, 2)))[0].tolist() == [[3, 0], [3, 0]]


def test_one_alternative_is_always_first() -> None:
    found = losses("weighted_sum", decision_matrix([[0.3, 0.4]]))
    assert found is not None
    assert rank_counts(found, np.full((5, 2), 0.5))[0].tolist() == [[5]]


def test_a_method_without_such_a_loss_is_left_to_its_scores() -> None:
    assert losses("pymcdm:VIKOR", decision_matrix([[0.5, 0.1], [0.2, 0.9]])) is None
    assert losses("weighted_product", decision_matrix([[0.0, 0.1], [0.2, 0.9]])) is None
    assert losses("topsis", decision_matrix([[np.nan, 0.1], [0.2, 0.9]])) is None


def test_ideal_and_worst_alternatives_stand_at_the_ends() -> None:
    matrix = decision_matrix([[1.0, 1.0], [0.0, 0.0], [0.5, 0.5]])
    weights = np.random.default_rng(0).dirichlet(np.ones(2), 50)
    for method in ("topsis", "weighted_sum"):
        found = losses(method, matrix)
        assert found is not None
        assert ranks_of(found, weights).tolist() == [[0, 2, 1]] * 50
        assert (plain_ranks(quantise(METHODS[method].score(matrix, weights))) == ranks_of(found, weights)).all()
