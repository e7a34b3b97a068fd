"""AHP for criteria weights: priorities from pairwise answers, and how far the answers agree.

Measures are never compared pairwise (they are rated); AHP only weighs criteria.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import InputError, Issue, Param, Where
from mcda.result import Array, Consistency
from mcda.scenario import AhpPriorities
from mcda.study.model import Judgement

RANDOM_INDEX_NAME = "exact (n=3, 4), Alonso & Lamata 2006 (n=5..15)"
RANDOM_INDEX = {
    3: 0.5244574543,  # full enumeration of all 17^3 reciprocal matrices on the 1/9..9 scale
    4: 0.8841579994,  # full enumeration of all 17^6
}
# Alonso & Lamata 2006, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 14(4) 445-459, 100,000 matrices
RANDOM_INDEX |= dict(
    enumerate((1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838), start=5)
)
LARGEST = max(RANDOM_INDEX)

_RECIPROCAL_TOLERANCE = 0.01
"""Two answers to one pair agree when their product is within 1 % of 1 (0.33 answers 3)."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """Weights of one sibling group from its comparison matrix: fractions summing to 1, and the consistency."""

    weights: Array
    consistency: Consistency


def comparison_matrix(judgements: Sequence[Judgement], items: Sequence[str], parent: str = "") -> Array:
    """The reciprocal pairwise comparison matrix (n, n) of `items` from one person's answers.

    Each pair needs one answer; a second answer to a pair must agree with it. Raises InputError listing every missing
    pair, contradictory pair, comparison of a criterion with itself and id that is no sibling.
    """
    answers, issues = _answers(judgements, items, parent)
    known = {frozenset(pair) for pair in answers}
    for a, b in combinations(items, 2):
        if frozenset((a, b)) not in known:
            issues.append(Issue("judgement_missing", where=Where("judgements"), params={"a": a, "b": b}))
    if issues:
        raise InputError(issues)
    matrix = np.eye(len(items))
    for (a, b), ratio in answers.items():
        i, j = items.index(a), items.index(b)
        matrix[i, j], matrix[j, i] = ratio, 1.0 / ratio
    return matrix


def priorities(matrix: ArrayLike, parent: str = "", how: AhpPriorities = "row_geometric_mean") -> Priorities:
    """Weights and consistency of a reciprocal comparison matrix (n, n).

    `row_geometric_mean` (Crawford & Williams 1985) is the default, `eigenvector` (Saaty 1977) reproduces
    publications; for n = 3 they are equal. The consistency ratio CR = (lambda_max - n) / (n - 1) / RI uses the true
    eigenvalue in both; it is 0 for n <= 2, with RI by `RANDOM_INDEX_NAME` and the limits .05 (n = 3), .08 (n = 4),
    .10 above (Saaty 1994). Raises InputError for a matrix that is not square, positive and reciprocal, or that is
    larger than the random index reaches (15).
    """
    a = np.asarray(matrix, dtype=np.float64)
    _require_reciprocal(a)
    eigenvector, lambda_max = _perron(a)
    geometric = np.exp(np.log(a).mean(axis=1))
    weights = eigenvector if how == "eigenvector" else geometric / geometric.sum()
    size = len(a)
    ratio = max(lambda_max - size, 0.0) / (size - 1) / RANDOM_INDEX[size] if size > 2 else 0.0
    limit = {3: 0.05, 4: 0.08}.get(size, 0.10)
    return Priorities(weights, Consistency(parent, size, lambda_max, ratio, limit, RANDOM_INDEX_NAME))


def _answers(
    judgements: Sequence[Judgement], items: Sequence[str], parent: str
) -> tuple[dict[tuple[str, str], float], list[Issue]]:
    """One ratio per answered pair, and what is wrong with the answers. A confirming second answer is left out."""
    answers: dict[tuple[str, str], float] = {}
    issues: list[Issue] = []
    for answer in judgements:
        if answer.a == answer.b or not {answer.a, answer.b} <= set(items):
            pair = (answer.a, answer.b)
            issues.append(Issue("not_siblings", where=Where("judgements"), params={"value": pair, "parent": parent}))
            continue
        earlier = answers.get((answer.a, answer.b), 1.0 / answers.get((answer.b, answer.a), 1.0 / answer.value))
        if abs(earlier / answer.value - 1) > _RECIPROCAL_TOLERANCE:
            answered: dict[str, Param] = {"a": answer.a, "b": answer.b, "first": earlier, "second": answer.value}
            issues.append(Issue("judgement_contradiction", where=Where("judgements"), params=answered))
        elif (answer.b, answer.a) not in answers:
            answers.setdefault((answer.a, answer.b), answer.value)
    return answers, issues


def _require_reciprocal(a: Array) -> None:
    size = len(a)
    if a.shape != (size, size) or not size or size > LARGEST:
        raise InputError([Issue("comparison_size", params={"shape": str(a.shape), "largest": LARGEST})])
    if not (np.isfinite(a).all() and (a > 0).all() and np.allclose(a * a.T, 1.0, rtol=0, atol=_RECIPROCAL_TOLERANCE)):
        raise InputError([Issue("comparison_not_reciprocal")])


def _perron(a: Array) -> tuple[Array, float]:
    """Principal eigenvector (summing to 1) and eigenvalue by power iteration; positive matrices always converge."""
    vector = np.full(len(a), 1.0 / len(a))
    for _ in range(10_000):
        image = a @ vector
        following = image / image.sum()
        if np.abs(following - vector).max() < 1e-14:
            break
        vector = following
    return following, float(cast(np.float64, (a @ following).sum()))
