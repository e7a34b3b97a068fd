"""The weighted product: a contrast that does not let one strength pay for a zero elsewhere."""

from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import Issue, MethodError
from mcda.methods.inputs import Array, matrix_and_weights


def weighted_product(v: ArrayLike, w: ArrayLike) -> Array:
    """Product of value to the power of weight: (k, m), 0..1, higher is better.

    `v` (m, n) values in 0..1, `w` (k, n). A value of 0 under a positive weight makes the score 0; 0^0 is 1, so a
    criterion without weight has no effect, and zero weights give 1 for all. Computed as one matrix product of logs.
    Raises MethodError for NaN, negative weights, negative values or shapes that do not fit.
    Source: Bridgman 1922; Miller & Starr 1969.
    """
    values, weights = matrix_and_weights(v, w)
    if (values < 0).any():
        raise MethodError(Issue("values_negative"))
    at_worst = values == 0
    logs = np.log(np.where(at_worst, 1.0, values))
    ruled_out = (weights > 0).astype(np.float64) @ at_worst.T.astype(np.float64) > 0
    return cast(Array, np.where(ruled_out, 0.0, np.exp(weights @ logs.T)))
