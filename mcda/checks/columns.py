"""Checks of the matrix's columns, which no weight changes: bounds taken from the data, levels far apart,
criteria that say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcda.errors import Finding, Level, Param, Where
from mcda.result import Array, DecisionMatrix, Weights
from mcda.study.model import Criterion, Study

FAR_APART = 20.0
SKEWNESS = 2.0
"""Largest over smallest level, or skewness, above which a linear scale gives most measures nearly the same value
(V10, product defaults)."""

ALIKE, SAME = 0.8, 0.95
"""Rank correlation from which two criteria likely, or almost surely, count one thing twice (V07)."""

EXPLAINED, NEARLY_ALL = 0.8, 0.9
"""Share of a criterion's variance the others explain: variance inflation factors of 5 and 10 (V07; common rule,
e.g. Kutner et al. 2004)."""

ENOUGH = 7
"""Below seven measures a rank correlation of 0.8 is no surprise (critical value at 5 %, two-sided: 0.786 for 7)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two leaf criteria and the rank correlation of their values."""

    first: str
    second: str
    correlation: float


def bounds_from_data(study: Study, matrix: DecisionMatrix) -> Iterator[Finding]:
    """Bounds that are just the lowest and highest level of the list (V03): the next measure would move them.
    Scales that declare a step or the wording of their levels do not come from the data."""
    worded = {level.criterion for level in study.levels}
    taken = []
    for column, leaf in enumerate(matrix.leaves):
        c = study.criterion_by_id[leaf]
        levels = matrix.raw[:, column]
        if c.step or leaf in worded or not len(levels) or np.ptp(levels) == 0:
            continue
        ends = np.sort(np.array([c.best, c.worst], dtype=np.float64))
        if np.allclose([levels.min(), levels.max()], ends, rtol=0, atol=1e-9 * float(np.ptp(ends))):
            taken.append(leaf)
    if taken:
        yield Finding("bounds_from_data", "warning", Where("criteria", column="best"), {"criteria": tuple(taken)})


def skewed(study: Study, matrix: DecisionMatrix) -> Iterator[Finding]:
    """Linear criteria whose levels lie so far apart that most measures get nearly the same value (V10); the one
    farthest apart gives the figure. Rating scales with a step are not meant."""
    found: dict[str, float] = {}
    for column, leaf in enumerate(matrix.leaves):
        c = study.criterion_by_id[leaf]
        if c.value_function == "linear" and not c.step and _far_apart(matrix.raw[:, column]):
            found[leaf] = _middle_value(matrix.raw[:, column], c)
    if found:
        worst = min(found, key=lambda leaf: min(found[leaf], 1 - found[leaf]))
        params: dict[str, Param] = {"criteria": tuple(found), "criterion": worst, "percent": round(100 * found[worst])}
        yield Finding("skewed", "note", Where("criteria", column="value_function"), params)


def _far_apart(levels: Array) -> bool:
    if len(levels) < 3 or np.ptp(levels) == 0:
        return False
    if levels.min() > 0 and levels.max() / levels.min() > FAR_APART:
        return True
    centred = levels - levels.mean()
    return bool(abs(np.mean(centred**3)) > SKEWNESS * np.mean(centred**2) ** 1.5)


def _middle_value(levels: Array, leaf: Criterion) -> float:
    """What the middle measure is worth on the linear scale."""
    assert leaf.best is not None  # held by the rules of the study
    assert leaf.worst is not None
    return float(np.clip((np.median(levels) - leaf.worst) / (leaf.best - leaf.worst), 0, 1))


def alike(matrix: DecisionMatrix) -> tuple[Pair, ...]:
    """Pairs of leaves whose values rise and fall together (Spearman 1904, ties at their mean rank), closest first.

    Measures whose level is wholly open are left out of a pair; fewer than seven others say nothing.
    """
    known = matrix.high - matrix.low < 1
    pairs = []
    for i, j in combinations(range(len(matrix.leaves)), 2):
        rows = known[:, i] & known[:, j]
        if rows.sum() >= ENOUGH:
            found = spearman(matrix.values[rows, i], matrix.values[rows, j])
            if found >= ALIKE - 1e-12:
                pairs.append(Pair(matrix.leaves[i], matrix.leaves[j], found))
    return tuple(sorted(pairs, key=lambda pair: -pair.correlation))


def spearman(x: Array, y: Array) -> float:
    """Rank correlation of two vectors, ties at their mean rank; 0 where one of them is constant."""
    a, b = (_mean_ranks(v) for v in (x, y))
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale else 0.0


def _mean_ranks(x: Array) -> Array:
    _, group, count = np.unique(x, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2.0)[group])


def explained(matrix: DecisionMatrix, pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Criteria the others together all but determine (V07, variance inflation), beyond the pairs already named.
    Needs more than twice as many measures as criteria, or every list would look explained."""
    varied = np.flatnonzero(np.ptp(matrix.values, axis=0) > 0) if len(matrix.measures) else np.array([], dtype=int)
    if len(varied) < 3 or len(matrix.measures) <= 2 * len(varied):
        return
    named = {leaf for pair in pairs for leaf in (pair.first, pair.second)}
    shares = {
        leaf: share
        for k, leaf in enumerate(matrix.leaves[j] for j in varied)
        if leaf not in named and (share := _explained_share(matrix.values[:, varied], k)) > EXPLAINED
    }
    if shares:
        most = max(shares.values())
        level: Level = "strong" if most > NEARLY_ALL else "warning"
        params: dict[str, Param] = {"criteria": tuple(shares), "percent": int(100 * most)}
        yield Finding("explained_by_others", level, Where("criteria"), params)


def _explained_share(values: Array, column: int) -> float:
    """R squared of one column on all others with an intercept; its VIF is 1 / (1 - R squared)."""
    y = values[:, column] - values[:, column].mean()
    others = np.delete(values, column, axis=1)
    others = others - others.mean(axis=0)
    residual = y - others @ np.linalg.lstsq(others, y, rcond=None)[0]
    return 1.0 - float(residual @ residual) / float(y @ y)


def counted_alike(pairs: Sequence[Pair], weights: Weights) -> Iterator[Finding]:
    """The closest pair of weighted criteria that say the same, with the weight they carry together (V07)."""
    both = [p for p in pairs if weights.overall[p.first] > 0 and weights.overall[p.second] > 0]
    if both:
        closest = both[0]
        together = weights.overall[closest.first] + weights.overall[closest.second]
        params: dict[str, Param] = {
            "criteria": (closest.first, closest.second),
            "correlation": round(closest.correlation, 2),
            "percent": round(100 * together),
            "pairs": len(both),
        }
        level: Level = "strong" if closest.correlation >= SAME else "warning"
        yield Finding("counted_alike", level, Where("criteria"), params)
