"""TOPSIS: how close a measure comes to the ideal, and how far it is from the worst.

Three variants. `topsis` is the product's default: fixed ideal 1 and anti-ideal 0 on declared bounds, weighted
Euclidean distance (Deng, Yeh & Willis 2000). `topsis_vector` and `topsis_minmax` take their ideal and their scale
from the data, with squared weights in the distance (Hwang & Yoon 1981); they reproduce publications and can
reverse ranks when a measure is added.
"""

from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mcda.methods.inputs import Array, matrix_and_weights


def topsis(v: ArrayLike, w: ArrayLike) -> Array:
    """Closeness to the ideal on fixed bounds, 0..1, higher is better: what the default ranking sorts by.

    `v` (m, n) are values in 0..1 (1 best), `w` (k, n) weights of any positive sum; returns (k, m).
    D+ = sqrt(sum w (1-v)^2), D- = sqrt(sum w v^2), C = D- / (D+ + D-). A measure's score depends on no other
    measure; splitting a criterion into identical copies at w/k changes nothing. A weight vector of zeros says
    nothing about anyone: 0.5 for all. Raises MethodError for NaN, negative weights or shapes that do not fit.
    Source: Deng, Yeh & Willis 2000, Computers & Operations Research 27, 963-973, with ideal 1 and anti-ideal 0.
    """
    values, weights = matrix_and_weights(v, w)
    return _closeness(weights @ ((1.0 - values) ** 2).T, weights @ (values**2).T)


def topsis_split(v: ArrayLike, w: ArrayLike) -> Array:
    """How much of a measure's closeness each criterion earns, for one weight vector: (m, n), rows sum to the score.

    The closeness is shared in proportion to w_j v_j^2, each criterion's part of the squared distance from the worst
    case. A criterion at its worst level earns nothing; equal identical criteria earn equally. It explains where the
    score comes from; it is not what the score would lose without the criterion. Zero weights: equal parts.
    Raises MethodError as `topsis` does.
    """
    values, weights = matrix_and_weights(v, w)
    closeness = topsis(values, weights)[0]
    parts = weights[0] * values**2
    total = parts.sum(axis=1, keepdims=True)
    even = np.full_like(parts, 1.0 / max(parts.shape[1], 1))
    shares = np.divide(parts, total, out=even, where=total > 0)
    return cast(Array, closeness[:, None] * shares)


def topsis_vector(x: ArrayLike, w: ArrayLike, senses: ArrayLike) -> Array:
    """Hwang & Yoon's original on raw data with vector normalisation: (k, m), 0..1, higher is better.

    `x` (m, n) raw figures, `senses` (n,) +1 or -1, `w` (k, n). Columns are divided by their Euclidean length
    (a column of zeros stays zero); ideal and anti-ideal are the best and worst present; distances use w_j^2.
    No measure differing from another on a weighted criterion (one alternative, identical rows, zero weights): 0.5.
    The scale depends on the set of measures: ranks may reverse when one is added. Raises MethodError as `topsis`.
    Source: Hwang & Yoon 1981, Multiple Attribute Decision Making, Springer.
    """
    raw, weights = matrix_and_weights(x, w)
    to_ideal, from_worst = vector_gaps(raw, senses)
    return _closeness(weights**2 @ to_ideal.T, weights**2 @ from_worst.T)


def topsis_minmax(x: ArrayLike, w: ArrayLike, senses: ArrayLike) -> Array:
    """As `topsis_vector`, but columns are stretched to 0..1 between the worst and the best present.

    A criterion on which all measures are equal has no span and no effect. Source: the default of pymcdm 1.4.0.
    """
    raw, weights = matrix_and_weights(x, w)
    to_ideal, from_worst = minmax_gaps(raw, senses)
    return _closeness(weights**2 @ to_ideal.T, weights**2 @ from_worst.T)


def vector_gaps(x: Array, senses: ArrayLike) -> tuple[Array, Array]:
    """Squared gaps (m, n) to the best and from the worst present, on columns divided by their Euclidean length."""
    length = np.sqrt((x**2).sum(axis=0))
    scaled = np.divide(x, length, out=np.zeros_like(x), where=length > 0)
    return _gaps(scaled * np.asarray(senses, dtype=np.float64))


def minmax_gaps(x: Array, senses: ArrayLike) -> tuple[Array, Array]:
    """Squared gaps (m, n) to the best and from the worst present, on columns stretched to 0..1."""
    if not x.size:
        return x, x
    span = np.ptp(x, axis=0)
    scaled = np.divide(x - x.min(axis=0), span, out=np.zeros_like(x), where=span > 0)
    return _gaps(scaled * np.asarray(senses, dtype=np.float64))


def _gaps(oriented: Array) -> tuple[Array, Array]:
    """Squared distance of every cell to its column's maximum and minimum; nothing present has no gaps."""
    if not oriented.size:
        return oriented, oriented
    return (oriented.max(axis=0) - oriented) ** 2, (oriented - oriented.min(axis=0)) ** 2


def _closeness(to_ideal: Array, from_worst: Array) -> Array:
    """C = D- / (D+ + D-) from squared distances; 0/0 is 0.5."""
    near, far = np.sqrt(to_ideal), np.sqrt(from_worst)
    total = near + far
    return cast(Array, np.divide(far, total, out=np.full_like(far, 0.5), where=total > 0))
