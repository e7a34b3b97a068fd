"""Counts in machine code: equal to numpy's, and a network that sorts whatever it is given."""

import numpy as np
import pytest

from mcda.methods import METHODS
from mcda.robustness.compiled_ranks import BLOCK, compiled_counts, is_available, sorting_network
from mcda.robustness.packed_ranks import losses, rank_counts
from mcda.robustness.smaa import rank_acceptability
from problems import decision_matrix

needs_numba = pytest.mark.skipif(not is_available(), reason="the extra `fast` is not installed")


@pytest.mark.parametrize("count", range(1, 65))
def test_the_network_sorts_every_row_of_zeros_and_ones_it_meets(count: int) -> None:
    """A network that sorts zeros and ones sorts everything (Knuth 5.3.4, zero-one principle): all rows up to 12
    places, 4,000 drawn ones above."""
    bits = np.arange(2**count)[:, None] >> np.arange(count) & 1 if count <= 12 else None
    rows = np.random.default_rng(count).integers(0, 2, (4_000, count)) if bits is None else bits
    columns = list(rows.T.copy())
    for p, q in sorting_network(count):
        columns[p], columns[q] = np.minimum(columns[p], columns[q]), np.maximum(columns[p], columns[q])
    assert (np.diff(np.array(columns), axis=0) >= 0).all()


@needs_numba
@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product"])
@pytest.mark.parametrize(("rows", "columns", "draws"), [(40, 6, 5_000), (1, 2, 300), (64, 9, BLOCK), (7, 1, 1)])
def test_counts_are_numpys_but_for_near_ties(method: str, rows: int, columns: int, draws: int) -> None:
    generator = np.random.default_rng(rows)
    found = losses(method, decision_matrix(0.02 + 0.96 * generator.random((rows, columns))))
    assert found is not None
    weights = generator.dirichlet(np.ones(columns), draws)
    counts, led = rank_counts(found, weights)
    quick, quick_led = rank_counts(found, weights, compiled=True)
    assert np.abs(quick - counts).sum() <= 1e-3 * counts.sum()
    assert quick.sum(axis=1).tolist() == counts.sum(axis=1).tolist()
    assert quick_led.sum(axis=0) == pytest.approx(weights.sum(axis=0), rel=1e-5)
    assert quick_led == pytest.approx(led, abs=1e-3 * draws)


@needs_numba
def test_nothing_weighted_differs_leaves_a_tie_in_order() -> None:
    """Constant under every weight: 0/0 for all, the places go by number, no NaN."""
    counts, led = compiled_counts(np.zeros((2, 3)), np.zeros((2, 3)), np.full((10, 2), 0.5))
    assert counts.tolist() == [[10, 0, 0], [0, 10, 0], [0, 0, 10]]
    assert np.isfinite(led).all()


@needs_numba
def test_twins_squares_and_many_alternatives_are_left_to_numpy() -> None:
    generator = np.random.default_rng(3)
    values = generator.random((5, 3))
    weights = generator.dirichlet(np.ones(3), 500)
    for method, matrix in (
        ("topsis", decision_matrix(np.vstack([values, values[:2]]))),
        ("topsis_minmax", decision_matrix(values)),
        ("topsis", decision_matrix(generator.random((70, 3)))),
    ):
        found = losses(method, matrix)
        assert found is not None
        assert (rank_counts(found, weights, compiled=True)[0] == rank_counts(found, weights)[0]).all()
    with pytest.raises(ValueError, match="64"):
        compiled_counts(np.ones((2, 65)), None, np.ones((1, 2)))


@needs_numba
def test_rank_acceptability_in_machine_code_with_any_number_of_workers() -> None:
    matrix = decision_matrix(np.random.default_rng(1).random((9, 4)))

    def flat(generator: np.random.Generator, count: int) -> np.ndarray:
        return generator.dirichlet(np.ones(4), count)

    plain = rank_acceptability(matrix, METHODS["topsis"], flat, draws=6_000)
    one, two = (
        rank_acceptability(matrix, METHODS["topsis"], flat, draws=6_000, workers=w, compiled=True) for w in (1, 2)
    )
    assert one.shares == pytest.approx(plain.shares, abs=0.001)
    assert one.shares.tobytes() == two.shares.tobytes()
