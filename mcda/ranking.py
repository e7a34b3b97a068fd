"""From scores to an honest order: competition ranks, rank groups, tiers, ranks within a part of the list."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from mcda.methods import Method
from mcda.result import Array, DecisionMatrix, Ranks

DECIMALS = 12
"""Scores are quantised once to this many decimals: rounding noise must not decide a rank (design D6)."""

CONFIDENCE = 1.64
"""Two measures closer than this many standard deviations of their rating steps are not told apart (V18)."""


def quantise(scores: Array) -> Array:
    """Scores as they count for ranks."""
    return np.asarray(np.round(scores, DECIMALS) + 0.0)


def competition_ranks(scores: Array) -> Ranks:
    """Ranks 1, 2, 2, 4 of quantised scores (m,), higher is better; equal scores share the better rank."""
    ordered = np.sort(scores)[::-1]
    return np.searchsorted(-ordered, -scores, side="left").astype(np.int64) + 1


def rank_groups(scores: Array, band: Callable[[int], float]) -> Ranks:
    """Group numbers 1, 2, ... of measures that their leader's rating steps cannot tell apart from it.

    The best measure opens a group; all within `band(leader)` of its score belong; the next one opens the next.
    Groups are anchored at their leader, never chained (design D6).
    """
    groups = np.zeros(len(scores), dtype=np.int64)
    order = np.argsort(-scores, kind="stable")
    number, floor = 0, np.inf
    for index in order:
        if number == 0 or scores[index] < floor:
            number += 1
            floor = quantise(np.array([scores[index] - band(int(index))]))[0]
        groups[index] = number
    return groups


def resolution_band(method: Method, matrix: DecisionMatrix, weights: Array, row: int) -> float:
    """How far two scores near that of measure `row` may lie apart and still be the same within rating steps.

    1.64 standard deviations of a difference of two scores when every rating is rounded to its criterion's
    step: sqrt(sum_j (dS/dv_j * step_j)^2 / 6) with the derivative of the ranking's own score (V18).
    Criteria without a step (computed ones) add nothing.
    """
    stepped = [int(j) for j in np.flatnonzero(matrix.steps > 0)]
    if not stepped:
        return 0.0
    below, above = ([_moved(matrix, row, j, share) for j in stepped] for share in (-0.5, 0.5))
    rise = _scores(method, matrix, weights, row, above) - _scores(method, matrix, weights, row, below)
    spans = np.array([a[0][j] - b[0][j] for j, a, b in zip(stepped, above, below, strict=True)])
    slopes = np.divide(rise, spans, out=np.zeros_like(rise), where=spans > 0)
    return float(CONFIDENCE * np.sqrt(np.sum((slopes * matrix.steps[stepped]) ** 2) / 6))


def _moved(matrix: DecisionMatrix, row: int, column: int, share: float) -> tuple[Array, Array]:
    """The row's values and raw levels with one moved by a share of its step, the value kept within 0..1."""
    values, raw = matrix.values[row].copy(), matrix.raw[row].copy()
    before = values[column]
    values[column] = min(max(before + share * matrix.steps[column], 0.0), 1.0)
    unit = np.ptp(matrix.raw[:, column]) / max(float(np.ptp(matrix.values[:, column])), 1e-12)
    raw[column] += (values[column] - before) * unit * matrix.senses[column]
    return values, raw


def _scores(
    method: Method, matrix: DecisionMatrix, weights: Array, row: int, variants: Sequence[tuple[Array, Array]]
) -> Array:
    """The score of a measure in each of its variants, all others unchanged: (number of variants,)."""
    stack = weights[None, :]
    if method.fixed_bounds:
        alone = np.array([v for v, _ in variants])
        rows = tuple(matrix.measures[row] for _ in variants)
        raw = np.array([r for _, r in variants])
        variants_only = replace(matrix, measures=rows, values=alone, raw=raw, low=alone, high=alone)
        return np.asarray(method.score(variants_only, stack)[0])
    scores = []
    for changed_values, changed_raw in variants:
        values, raw = matrix.values.copy(), matrix.raw.copy()
        values[row], raw[row] = changed_values, changed_raw
        scores.append(method.score(replace(matrix, values=values, raw=raw), stack)[0, row])
    return np.array(scores)


def tiers(groups: Ranks, ranks: Ranks, decided: Sequence[int | None], limits_pct: Sequence[float]) -> Ranks:
    """Tier 1, 2, 3, ... of each measure; the last tier is 'later'.

    A rank group is never split: the rank of its leader decides, in percent of all measures against
    `limits_pct`. Where a rank was decided by people, the decided rank decides for that measure.
    """
    count = max(len(groups), 1)
    leaders = {int(g): int(ranks[groups == g].min()) for g in np.unique(groups)}
    places = [leaders[int(g)] if d is None else d for g, d in zip(groups, decided, strict=True)]
    return np.array(
        [1 + sum(100.0 * (place - 1) / count >= limit for limit in limits_pct) for place in places], dtype=np.int64
    )


def ranks_within(scores: Array, labels: Sequence[object]) -> Ranks:
    """Competition ranks among the measures that share a label (category, cost class)."""
    ranks = np.zeros(len(scores), dtype=np.int64)
    for label in dict.fromkeys(labels):
        rows = [i for i, other in enumerate(labels) if other == label]
        ranks[rows] = competition_ranks(scores[rows])
    return ranks
