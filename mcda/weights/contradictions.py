"""Where pairwise answers contradict each other: indices, triads, circles, and orders that do not hold."""

from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np

from mcda.result import Array
from mcda.weights.comparisons import Comparisons

GCI_LIMITS = {3: 0.3147, 4: 0.3526}
GCI_LIMIT = 0.370
"""Equivalent to CR <= .10 (Aguarón & Moreno-Jiménez 2003, EJOR 147, 137-145)."""

TOP_OF_SCALE = 9.0
OFTEN = 3.0
"""An answer three times as large or small as the weights say is told (V22)."""


@dataclass(frozen=True, slots=True)
class Triad:
    """Three criteria and what was said of them: `ab`, `bc` and `ac` are the three answers; consistent ones have
    ab * bc = ac. `index` is Koczkodaj's, 0 (consistent) to 1."""

    items: tuple[str, str, str]
    ab: float
    bc: float
    ac: float
    index: float


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What is wrong in one set of answers.

    `gci`: geometric consistency index with its limit. `worst`: the triad that contradicts itself most, None below
    three criteria. `circles`: a over b, b over c, c over a. `violations`: answered pairs (a, b) where a was said to
    matter more but the weights say less; `intensity_violations`: how many pairs of answers a:b > c:d > 1 whose
    weights stand the other way round (Bana e Costa & Vansnick 2008, EJOR 187, 1422-1428).
    """

    gci: float
    gci_limit: float
    worst: Triad | None
    circles: tuple[tuple[str, str, str], ...]
    violations: tuple[tuple[str, str], ...]
    intensity_violations: int


def contradictions(comparisons: Comparisons, weights: Array) -> Contradictions:
    """All that is worth telling about answers and the weights (n,) made of them. Open pairs contradict nothing."""
    return Contradictions(
        gci=geometric_consistency_index(comparisons, weights),
        gci_limit=GCI_LIMITS.get(len(comparisons.items), GCI_LIMIT),
        worst=worst_triad(comparisons),
        circles=circular_triads(comparisons),
        violations=order_violations(comparisons, weights),
        intensity_violations=intensity_violations(comparisons, weights),
    )


def errors(comparisons: Comparisons, weights: Array) -> Array:
    """How far each answer is from the weights: e_ij = a_ij w_j / w_i (n, n), 1 where it agrees or is open
    (Saaty 2003, EJOR 145, 85-91)."""
    found: Array = np.where(comparisons.answered, comparisons.matrix * weights[None, :] / weights[:, None], 1.0)
    return found


def geometric_consistency_index(comparisons: Comparisons, weights: Array) -> float:
    """GCI: the sum of ln^2 e_ij over the answered pairs, divided by the pairs beyond a spanning tree; with all pairs
    answered 2 / ((n-1)(n-2)) sum ln^2 e_ij (Aguarón & Moreno-Jiménez 2003). 0 where no answer can contradict."""
    pairs, size = len(comparisons.pairs()), len(comparisons.items)
    spare = pairs - (size - 1)
    if spare <= 0:
        return 0.0
    squares = np.log(errors(comparisons, weights)) ** 2
    return float(np.triu(squares, 1).sum() / spare)


def worst_triad(comparisons: Comparisons) -> Triad | None:
    """The three criteria whose answers agree least: max over triads of 1 - min(t, 1/t), t = a_ij a_jk / a_ik
    (Koczkodaj 1993, Mathematical and Computer Modelling 18(7) 79-84). None if no triad is answered in full."""
    logs, known = np.log(comparisons.matrix), comparisons.answered
    best, at = -1.0, (0, 0, 0)
    for i in range(len(logs)):
        gaps = np.abs(logs[i][:, None] + logs - logs[i][None, :])
        whole = np.triu(known[i][:, None] & known & known[i][None, :], 1)
        whole[: i + 1] = False
        if not whole.any():
            continue
        gaps = np.where(whole, gaps, -1.0)
        j, k = divmod(int(gaps.argmax()), len(logs))
        if gaps[j, k] > best + 1e-12:
            best, at = float(gaps[j, k]), (i, j, k)
    if best < 0:
        return None
    i, j, k = at
    matrix, items = comparisons.matrix, comparisons.items
    index = 1.0 - float(np.exp(-best))
    return Triad((items[i], items[j], items[k]), float(matrix[i, j]), float(matrix[j, k]), float(matrix[i, k]), index)


def circular_triads(comparisons: Comparisons) -> tuple[tuple[str, str, str], ...]:
    """Every circle a over b, b over c, c over a, each named once."""
    above = comparisons.answered & (comparisons.matrix > 1.0)
    items = comparisons.items
    found = []
    for i in range(len(items)):
        onward = above[i][:, None] & above & above[:, i][None, :]
        onward[:i], onward[:, :i] = False, False
        found += [(items[i], items[j], items[k]) for j, k in np.argwhere(onward)]
    return tuple(found)


def order_violations(comparisons: Comparisons, weights: Array) -> tuple[tuple[str, str], ...]:
    """Pairs (a, b) of which a was said to matter more, while its weight is smaller."""
    against = comparisons.answered & (comparisons.matrix > 1.0) & (weights[:, None] < weights[None, :] * (1 - 1e-12))
    return tuple((comparisons.items[i], comparisons.items[j]) for i, j in np.argwhere(against))


def intensity_violations(comparisons: Comparisons, weights: Array) -> int:
    """How many pairs of answers a:b > c:d > 1 stand the other way round in the weights."""
    rows, columns = np.nonzero(comparisons.answered & (comparisons.matrix > 1.0))
    said = comparisons.matrix[rows, columns]
    held = weights[rows] / weights[columns]
    order = np.argsort(said)
    said, held = said[order], held[order]
    count = 0
    for n, (answer, ratio) in enumerate(zip(said, held, strict=True)):
        stronger = said[n + 1 :] > answer * (1 + 1e-12)
        count += int((stronger & (held[n + 1 :] < ratio * (1 - 1e-12))).sum())
    return count


def extremes(comparisons: Comparisons, weights: Array) -> tuple[tuple[str, str], ...]:
    """Answered pairs (a, b) that reach the end of the 1-9 scale, or whose weights go beyond it: the scale may be too
    short for them."""
    items = comparisons.items
    return tuple(
        (items[i], items[j])
        for i, j in combinations(range(len(items)), 2)
        if comparisons.answered[i, j]
        and max(abs(log(comparisons.matrix[i, j])), abs(log(weights[i] / weights[j]))) >= log(TOP_OF_SCALE) - 1e-9
    )
