"""Scores where every draw has its own ratings: one decision matrix per weight vector, all at once."""

import numpy as np

from mcda.result import Array

STACKED = ("topsis", "weighted_sum", "weighted_product")
"""The methods a stack of matrices can be scored by: those on fixed bounds, whose score needs no other measure."""


def stacked_scores(method: str, values: Array, weights: Array) -> Array:
    """Scores (k, m), higher is better, of `values` (k, m, n) in 0..1 under `weights` (k, n), matrix by matrix.

    The same figures as `Method.score` gives for one matrix at a time, zero weights and values of 0 included.
    Raises KeyError for a method that is not in `STACKED`.
    """
    return np.asarray(_KERNELS[method](values, weights[:, :, None]))


def _times(values: Array, columns: Array) -> Array:
    """The products of every matrix with its own weight vector: (k, m)."""
    return np.asarray(np.matmul(values, columns)[:, :, 0])


def _closeness(values: Array, columns: Array) -> Array:
    near, far = np.sqrt(_times((1.0 - values) ** 2, columns)), np.sqrt(_times(values**2, columns))
    total = near + far
    return np.asarray(np.divide(far, total, out=np.full_like(far, 0.5), where=total > 0))


def _product(values: Array, columns: Array) -> Array:
    at_worst = values <= 0
    logs = np.log(np.where(at_worst, 1.0, values))
    ruled_out = _times(at_worst.astype(np.float64), (columns > 0).astype(np.float64)) > 0
    return np.where(ruled_out, 0.0, np.exp(_times(logs, columns)))


_KERNELS = {"topsis": _closeness, "weighted_sum": _times, "weighted_product": _product}
