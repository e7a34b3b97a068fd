"""The weighted product against pymcdm and at its zeros."""

import numpy as np
import pytest
from pymcdm.methods import WPM

from mcda.errors import MethodError
from mcda.methods.weighted_product import weighted_product


@pytest.mark.parametrize("seed", range(5))
def test_pymcdm_agrees_on_random_values(seed: int) -> None:
    generator = np.random.default_rng(seed)
    v, weights = generator.random((9, 4)), generator.dirichlet(np.ones(4))
    expected = WPM(lambda column, cost: column)(v, weights, np.ones(4), validation=False)
    assert weighted_product(v, weights)[0] == pytest.approx(expected, abs=1e-12)


def test_a_zero_under_a_positive_weight_cannot_be_made_up_for() -> None:
    assert weighted_product([[0.0, 1.0]], [0.01, 0.99]).tolist() == [[0.0]]


def test_a_zero_without_weight_does_not_count() -> None:
    assert weighted_product([[0.0, 0.25]], [0.0, 0.5]).tolist() == [[0.5]]


def test_weights_of_zero_give_one() -> None:
    assert weighted_product([[0.0, 0.3]], [0, 0]).tolist() == [[1.0]]


def test_negative_values_have_no_answer() -> None:
    with pytest.raises(MethodError):
        weighted_product([[-0.1, 0.3]], [1, 1])
