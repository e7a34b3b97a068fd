"""Checks of the criteria and weights in force: what has no effect, what counts money twice, what contradicts."""

from collections.abc import Iterator

import numpy as np

from mcda.checks.columns import spearman
from mcda.errors import Finding, Param, Where
from mcda.result import DecisionMatrix, Weights
from mcda.study.model import Study

NARROW_RANGE = 0.25
"""A criterion that uses less of its range hardly tells measures apart (V05, a product default)."""

EFFECT_GAP = 0.15
"""A criterion whose effective weight lies further from its weight is told (V06, a product default)."""

SPLIT_CORRELATION = 0.9
BRANCHES = 3
"""Rank correlation of number of leaves and weight over so many branches that hints at splitting bias (V11, product
defaults; Weber, Eisenführ & von Winterfeldt 1988)."""

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


def effective_weights(matrix: DecisionMatrix, weights: Weights) -> Iterator[Finding]:
    """The criterion whose say in the order differs most from its weight, because its values spread more or less
    than the others' (V06): e_j = w_j sd(v_j) / sum_k w_k sd(v_k) (Paruolo, Saisana & Saltelli 2013)."""
    if len(matrix.measures) < 2:
        return
    effect = weights.leaf * matrix.values.std(axis=0)
    total = float(effect.sum())
    if total == 0:
        return
    effect = effect / total
    most = int(np.argmax(np.abs(effect - weights.leaf)))
    if abs(effect[most] - weights.leaf[most]) > EFFECT_GAP:
        params: dict[str, Param] = {
            "criterion": matrix.leaves[most],
            "percent": round(100 * float(weights.leaf[most])),
            "effective": round(100 * float(effect[most])),
        }
        yield Finding("effective_weight", "warning", Where("criteria", column="weight"), params)


def more_leaves_more_weight(study: Study, weights: Weights) -> Iterator[Finding]:
    """Main criteria weigh the more the more sub-criteria they have (V11): people give split branches more weight."""
    branches = study.children[""]
    if len(branches) < BRANCHES:
        return
    tops = [study.top_of(leaf) for leaf in study.leaves]
    counts = np.array([tops.count(branch) for branch in branches], dtype=np.float64)
    shares = np.array([weights.overall[branch] for branch in branches])
    if spearman(counts, shares) > SPLIT_CORRELATION:
        heaviest = branches[int(np.argmax(shares))]
        params: dict[str, Param] = {
            "criterion": heaviest,
            "count": int(counts[branches.index(heaviest)]),
            "percent": round(100 * float(shares.max())),
        }
        yield Finding("splitting", "note", Where("criteria", column="weight"), params)


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
