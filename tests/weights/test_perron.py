"""Power iteration against numpy's decomposition."""

from typing import Any

import numpy as np
import pytest

from mcda.weights.perron import perron

Array = np.typing.NDArray[np.float64]


def random_comparisons(size: int, seed: int, most: float = 9.0) -> Array:
    generator = np.random.default_rng(seed)
    upper = np.triu(np.exp(generator.uniform(-np.log(most), np.log(most), (size, size))), 1)
    lower = np.zeros_like(upper)
    lower.T[upper > 0] = 1 / upper[upper > 0]
    found: Array = upper + lower + np.eye(size)
    return found


def decomposed(matrix: Any) -> tuple[Array, float]:
    values, vectors = np.linalg.eig(matrix)
    top = int(values.real.argmax())
    vector = np.abs(vectors[:, top].real)
    return vector / vector.sum(), float(values[top].real)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 15, 30, 60, 100])
def test_random_matrices_have_the_eigenvector_and_eigenvalue_of_a_full_decomposition(size: int) -> None:
    for seed in range(20):
        matrix = random_comparisons(size, seed)
        vector, value = perron(matrix)
        expected, largest = decomposed(matrix)
        assert np.abs(vector - expected).max() <= 1e-12
        assert abs(float(value) - largest) <= 1e-12 * largest


def test_a_stack_is_its_members_one_by_one() -> None:
    stack = np.stack([random_comparisons(6, seed) for seed in range(7)])
    vectors, values = perron(stack)
    for matrix, vector, value in zip(stack, vectors, values, strict=True):
        alone, alone_value = perron(matrix)
        assert vector == pytest.approx(alone, abs=1e-14)
        assert value == pytest.approx(alone_value, rel=1e-14)


def test_answers_of_a_million_to_one_in_a_circle_still_come_to_an_end() -> None:
    ratio = 1e6
    matrix = np.array([[1, ratio, 1 / ratio], [1 / ratio, 1, ratio], [ratio, 1 / ratio, 1]])
    vector, value = perron(matrix)
    assert vector == pytest.approx([1 / 3] * 3, abs=1e-9)
    assert value == pytest.approx(1 + ratio + 1 / ratio, rel=1e-9)
