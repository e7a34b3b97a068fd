"""Checks of the criteria and weights in force: what has no effect, what counts money twice, what contradicts."""

from collections.abc import Iterator

import numpy as np

from mcda.errors import Finding, Param, Where
from mcda.result import DecisionMatrix, Weights
from mcda.study.model import Study

NARROW_RANGE = 0.25
"""A criterion that uses less of its range hardly tells measures apart (V05, a product default)."""

COST = frozenset({"life_cycle_cost_eur", "investment_eur", "running_cost_eur_per_year"})
SUBSIDY = frozenset({"grant_eur"})
NET = frozenset({"own_contribution_eur"})


def without_effect(matrix: DecisionMatrix, weights: Weights) -> Iterator[Finding]:
    """Criteria that cannot move the order: no weight, or all measures (nearly) equal (V05)."""
    spans = np.ptp(matrix.values, axis=0) if len(matrix.measures) else np.zeros(len(matrix.leaves))
    for leaf, span, weight in zip(matrix.leaves, spans, weights.leaf, strict=True):
        where = Where("criteria", column=leaf)
        if weight == 0:
            yield Finding("no_weight", "note", where, {"criterion": leaf})
        elif span == 0:
            yield Finding("no_effect", "warning", where, {"criterion": leaf})
        elif span < NARROW_RANGE:
            yield Finding("narrow_range", "note", where, {"criterion": leaf, "percent": round(100 * float(span))})


def counted_twice(study: Study, weights: Weights) -> Iterator[Finding]:
    """Money weighted twice (V08): own contribution = cost - grant, so it stands alone; the grant in EUR does not
    stand beside the cost it lowers. Gross cost beside the funding share is the design's own pair and allowed."""
    weighted = {
        c.quantity: c.id
        for leaf, weight in zip(study.leaves, weights.leaf, strict=True)
        if weight > 0 and (c := study.criterion_by_id[leaf]).kind == "computed" and c.quantity is not None
    }
    money = {q: i for q, i in weighted.items() if q in COST | SUBSIDY | NET | {"funding_share"}}
    doubled = len(money) > 1 and (set(money) & (SUBSIDY | NET))
    if doubled:
        ids = tuple(money.values())
        share = sum(weights.overall[i] for i in ids)
        params: dict[str, Param] = {"criteria": ids, "percent": round(100 * share)}
        yield Finding("money_counted_twice", "strong", Where("criteria"), params)


def inconsistent(weights: Weights) -> Iterator[Finding]:
    """Comparisons that contradict each other more than the limit for their size (V22)."""
    for found in weights.consistency:
        if found.ratio > found.limit:
            params: dict[str, Param] = {
                "parent": found.parent,
                "ratio": round(found.ratio, 3),
                "limit": found.limit,
                "random_index": found.random_index,
            }
            yield Finding("inconsistent", "warning", Where("judgements", column=found.parent), params)
