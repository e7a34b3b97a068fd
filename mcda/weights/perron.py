"""The principal eigenvector and eigenvalue of positive matrices, by power iteration."""

import numpy as np

from mcda.result import Array

TOLERANCE = 1e-15
ROUNDS = 2_000
_SQUARINGS = 3


def perron(matrices: Array) -> tuple[Array, Array]:
    """Principal eigenvectors (..., n), each summing to 1, and eigenvalues (...) of positive matrices (..., n, n).

    Power iteration on the eighth power of each matrix, brought to a common size; what comes near a cycle and would
    take too long (answers of a thousand to one that run in a circle) is left to numpy's decomposition. With w
    summing to 1 the eigenvalue is the sum of A w.
    """
    if matrices.ndim == 2:
        return _alone(matrices)
    power = matrices / matrices.sum(axis=(-2, -1), keepdims=True)
    for _ in range(_SQUARINGS):
        power = power @ power
        power = power / power.sum(axis=(-2, -1), keepdims=True)
    vector = power.sum(axis=-1)
    for _ in range(ROUNDS):
        image = (power @ vector[..., None])[..., 0]
        following = image / image.sum(axis=-1, keepdims=True)
        moved = np.abs(following - vector).max()
        vector = following
        if moved <= TOLERANCE:
            break
    else:
        vector = _decomposed(matrices)
    image = (matrices @ vector[..., None])[..., 0]
    return vector, image.sum(axis=-1)


def _alone(matrix: Array) -> tuple[Array, Array]:
    """The same for one matrix, without what a stack needs."""
    power = matrix
    for _ in range(_SQUARINGS):
        power = power @ power
        power /= power.sum()
    vector = power.sum(axis=1)
    for _ in range(ROUNDS):
        following = power @ vector
        following /= following.sum()
        moved = np.abs(following - vector).max()
        vector = following
        if moved <= TOLERANCE:
            break
    else:
        vector = _decomposed(matrix)
    return vector, (matrix @ vector).sum()


def _decomposed(matrices: Array) -> Array:
    values, vectors = np.linalg.eig(matrices)
    top = values.real.argmax(axis=-1)
    vector = np.abs(np.take_along_axis(vectors, top[..., None, None], axis=-1)[..., 0].real)
    found: Array = vector / vector.sum(axis=-1, keepdims=True)
    return found
