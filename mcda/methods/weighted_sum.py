"""The weighted sum (Nutzwertanalyse): the plain second figure beside every default ranking."""

from typing import cast

from numpy.typing import ArrayLike

from mcda.methods.inputs import Array, matrix_and_weights


def weighted_sum(v: ArrayLike, w: ArrayLike) -> Array:
    """Sum of weight times value: (k, m), 0..1 when weights sum to 1, higher is better.

    `v` (m, n) values in 0..1, `w` (k, n). Fully compensating: a strength pays for any weakness. Zero weights: 0.
    Raises MethodError for NaN, negative weights or shapes that do not fit. Source: Fishburn 1967 (additive value).
    """
    values, weights = matrix_and_weights(v, w)
    return weights @ values.T


def weighted_sum_split(v: ArrayLike, w: ArrayLike) -> Array:
    """Weight times value per criterion for one weight vector: (m, n), rows sum to the score."""
    values, weights = matrix_and_weights(v, w)
    return cast(Array, weights[0] * values)
