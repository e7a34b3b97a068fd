"""How alike two rankings are: over the whole list (Kendall's tau-b), and at its top (WS)."""

import numpy as np
from numpy.typing import ArrayLike

from mcda.result import Array


def tau_b(one: ArrayLike, other: ArrayLike) -> float:
    """Kendall's tau-b of two rankings (m,), -1 (reversed) to 1 (the same order), 0 for no relation; symmetric.

    Ties count for neither side and shrink what is attainable (that is the b). Two rankings that tie everything, and
    single alternatives, agree: 1; one that ties everything against one that does not says nothing: 0. Raises ValueError
    for different lengths, none, or figures that are not finite. Source: Kendall 1945, Biometrika 33, 239-251.
    """
    first, second = _two(one, other)
    rows, columns = np.triu_indices(len(first), 1)
    a, b = np.sign(first[rows] - first[columns]), np.sign(second[rows] - second[columns])
    most = float(np.sqrt((a**2).sum() * (b**2).sum()))
    if most == 0:
        return 1.0 if not a.any() and not b.any() else 0.0
    return float((a * b).sum()) / most


def ws(reference: ArrayLike, other: ArrayLike) -> float:
    """How well `other` keeps the top of `reference`: 1 is the same ranking, a change at the top weighs most.

    Ranks (m,), 1 is best; WS = 1 - sum 2^-R |R - Q| / max(|R - 1|, |R - m|) with R the reference and Q the other.
    Not symmetric: the reference decides what counts as top, so name it. Ties enter with the ranks they have. One
    alternative: 1. Raises ValueError as `tau_b`. Source: Salabun & Urbaniak 2020, ICCS, LNCS 12138, 632-645.
    """
    first, second = _two(reference, other)
    if len(first) == 1:
        return 1.0
    furthest = np.maximum(np.abs(first - 1), np.abs(first - len(first)))
    return float(1.0 - (2.0**-first * np.abs(first - second) / furthest).sum())


def _two(one: ArrayLike, other: ArrayLike) -> tuple[Array, Array]:
    first, second = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape or not first.size:
        raise ValueError(f"two rankings of the same alternatives are needed, not {first.shape} and {second.shape}")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("ranks must be finite numbers")
    return first, second
