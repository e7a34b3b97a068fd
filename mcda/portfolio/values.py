"""What a measure is worth to a plan: the weighted sum of its benefits, cost and grants left out."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.matrix import decision_matrix
from mcda.methods.values import value
from mcda.result import Array, Result
from mcda.study.model import Study

MONEY_TOPS = frozenset({"cost", "funding"})
"""Top criteria that speak of money whatever stands below them."""

POINTS = 100.0
"""A measure that is best on every benefit is worth so many points."""


def benefit_leaves(study: Study) -> NDArray[np.bool_]:
    """Which of the leaves (n,) are benefits: neither below cost or funding nor computed from money."""
    return np.array(
        [
            study.top_of(leaf) not in MONEY_TOPS
            and (study.criterion_by_id[leaf].kind == "given" or study.criterion_by_id[leaf].quantity == "staff_fte")
            for leaf in study.leaves
        ],
        dtype=np.bool_,
    )


def benefit_weights(result: Result) -> Array:
    """The weights in force of the benefit leaves, 0 for the others, summing to 1. Raises InputError where no benefit
    has a weight: then a plan has nothing to choose by."""
    kept = np.where(benefit_leaves(result.study), result.weights.leaf, 0.0)
    if not kept.sum() > 0:
        raise InputError([Issue("plan_without_benefit", where=Where("criteria"))])
    return np.asarray(kept / kept.sum())


def benefit_values(result: Result) -> Array:
    """All measures of the study (m, n) on 0..1, also those outside the competition; missing ratings at their middle."""
    return decision_matrix(result.study, result.money)[0].values


def plan_values(result: Result, not_doing: Mapping[str, float], weights: Array | None = None) -> dict[str, float]:
    """Points by measure: the weighted sum of benefits above not doing it, 100 for the best on all.

    `not_doing`: levels in the criteria's units that are as good as not doing a measure (worst level unless named); a
    measure below them has a negative value. Raises InputError naming unknown criteria and levels off the scale.
    """
    study = result.study
    used = benefit_weights(result) if weights is None else weights
    zero = np.zeros(len(study.leaves))
    issues: list[Issue] = []
    for name, level in not_doing.items():
        if name not in study.leaves or not benefit_leaves(study)[study.leaves.index(name)]:
            allowed = tuple(leaf for leaf, yes in zip(study.leaves, benefit_leaves(study), strict=True) if yes)
            params: dict[str, Param] = {"value": name, "allowed": allowed, "nearest": nearest(name, allowed)}
            issues.append(Issue("unknown_id", where=Where("plan", column="not_doing"), params=params))
            continue
        leaf = study.criterion_by_id[name]
        ends = sorted(end for end in (leaf.best, leaf.worst) if end is not None)
        if len(ends) == 2 and not ends[0] <= level <= ends[1]:
            params = {"value": str(level), "allowed": f"{ends[0]:g} … {ends[1]:g}"}
            issues.append(Issue("out_of_range", where=Where("plan", column=f"not_doing.{name}"), params=params))
            continue
        zero[study.leaves.index(name)] = float(value(level, leaf)[0])
    if issues:
        raise InputError(issues)
    points = POINTS * ((benefit_values(result) - zero) @ used)
    return {m.id: round(float(one), 9) for m, one in zip(study.measures, points, strict=True)}
