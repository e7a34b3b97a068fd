"""What every kernel asks of its arguments, so that no NaN ever leaves a method."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import Issue, MethodError

Array = NDArray[np.float64]


def matrix_and_weights(v: ArrayLike, w: ArrayLike) -> tuple[Array, Array]:
    """The matrix as (m, n) and the weight stack as (k, n), both float64; one weight vector may come flat.

    Raises MethodError when the shapes do not fit, the matrix holds NaN or infinity, or a weight is negative,
    NaN or infinite. Weights need not sum to 1; a kernel says what their sum means to it.
    """
    matrix, weights = np.asarray(v, dtype=np.float64), np.atleast_2d(np.asarray(w, dtype=np.float64))
    if matrix.ndim != 2 or weights.ndim != 2 or matrix.shape[1] != weights.shape[1]:
        shapes = {"matrix": str(matrix.shape), "weights": str(weights.shape)}
        raise MethodError(Issue("kernel_shapes", params=shapes))
    if not np.isfinite(matrix).all():
        raise MethodError(Issue("matrix_not_finite"))
    if weights.size and not (weights.min() >= 0 and weights.max() < np.inf):
        raise MethodError(Issue("weights_not_valid"))
    return matrix, weights
