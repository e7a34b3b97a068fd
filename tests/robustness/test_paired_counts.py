"""Counting two places at a time against counting one by one, and all routes against exact ranks."""

import numpy as np
import pytest

from mcda.methods import METHODS
from mcda.robustness.compiled_ranks import is_available
from mcda.robustness.packed_ranks import Losses, losses, rank_counts, ranks_of
from mcda.robustness.paired_counts import BATCH, WIDEST, paired_counts
from problems import decision_matrix

ROUTES = [
    False,
    pytest.param(True, marks=pytest.mark.skipif(not is_available(), reason="the extra `fast` is not installed")),
]


@pytest.mark.parametrize("width", [2, 4, 16, 18, 32, 34, 40, WIDEST])
@pytest.mark.parametrize("total", [1, 700, BATCH, BATCH + 1, 2 * BATCH + 333])
def test_pairs_of_places_add_up_to_single_places(width: int, total: int) -> None:
    generator = np.random.default_rng(width + total)
    order = generator.permuted(np.tile(np.arange(width, dtype=np.int32), (total, 1)), axis=1)
    above = generator.integers(0, 2**20, order.shape, dtype=np.int32) << (width - 1).bit_length()
    cuts = range(0, total, 900)
    counts, leaders = paired_counts(
        ((slice(c, min(c + 900, total)), (order | above)[c : c + 900]) for c in cuts), total, width
    )
    expected = np.zeros((width, width), dtype=np.int64)
    np.add.at(expected, (order, np.arange(width)), 1)
    assert (counts == expected).all()
    assert (leaders == order[:, 0]).all()


def test_no_rows_count_nothing() -> None:
    counts, leaders = paired_counts(iter(()), 0, 6)
    assert (counts.shape, counts.sum(), leaders.size) == ((6, 6), 0, 0)


@pytest.mark.parametrize("compiled", ROUTES)
@pytest.mark.parametrize(
    ("method", "size", "criteria"),
    [
        ("topsis", 1, 2),
        ("weighted_sum", 2, 1),
        ("topsis_minmax", 9, 3),
        ("topsis", 40, 6),
        ("weighted_product", 40, 6),
        ("weighted_sum", 49, 4),
        ("topsis", WIDEST, 5),
        ("topsis", WIDEST + 1, 5),
        ("weighted_sum", 63, 3),
        ("topsis", 64, 7),
    ],
)
def test_counts_are_exact_where_no_two_losses_are_close(method: str, compiled: bool, size: int, criteria: int) -> None:
    """Every integer, and every sum of leaders' weights, for weights under which losses are 2^-15 apart (relative)."""
    generator = np.random.default_rng(size)
    found = losses(method, decision_matrix(generator.uniform(0.02, 0.98, (size, criteria))))
    assert found is not None
    weights = generator.dirichlet(np.ones(criteria), BATCH + 500)
    loss = exact_losses(found, weights)
    ascending = np.sort(loss, axis=1)
    weights = weights[(ascending[:, :-1] < (1.0 - 2.0**-15) * ascending[:, 1:]).all(axis=1)]
    order = exact_losses(found, weights).argsort(axis=1)
    counts, led = np.zeros((size, size), dtype=np.int64), np.zeros((size, criteria))
    np.add.at(counts, (order, np.arange(size)), 1)
    np.add.at(led, order[:, 0], weights)
    assert len(weights) >= WIDEST**2
    found_counts, found_led = rank_counts(found, weights, compiled)
    assert (found_counts == counts).all()
    assert found_led == pytest.approx(led, rel=1e-6)


def exact_losses(found: Losses, weights: np.ndarray) -> np.ndarray:
    """The losses in double precision, as a formula has them."""
    given = weights**2 if found.squared else weights
    if found.under is None:
        return given @ found.over
    with np.errstate(divide="ignore", invalid="ignore"):
        return (given @ found.over) / (given @ found.under)


@pytest.mark.parametrize("size", [3, 4, 55, 70])
def test_weights_under_which_nothing_differs_do_not_touch_their_neighbours(size: int) -> None:
    """All weight on a criterion on which all are alike is 0/0 for everyone: places go by number, in that row alone."""
    generator = np.random.default_rng(size)
    raw = np.column_stack([generator.random(size), np.full(size, 0.5)])
    matrix = decision_matrix(raw, raw=raw)
    found = losses("topsis_minmax", matrix)
    assert found is not None
    weights = np.array([[0.5, 0.5], [0.0, 1.0], [1.0, 0.0]])
    by_score = METHODS["topsis_minmax"].score(matrix, weights)
    ranks = ranks_of(found, weights)
    assert sorted(ranks[1]) == list(range(size))
    for row in (0, 2):
        assert (ranks[row] == (-by_score[row]).argsort().argsort()).all()
    counts, led = rank_counts(found, weights)
    assert (counts.sum(axis=1) == 3).all()
    assert led.sum(axis=0).tolist() == [1.5, 1.5]
