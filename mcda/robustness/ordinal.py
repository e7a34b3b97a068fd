"""What an order of importance alone decides: the ranks measures can get under all weightings that keep to it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.errors import InputError, Issue, Param, Where
from mcda.methods import Method
from mcda.result import Array, DecisionMatrix, Weights
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.weight_draws import Draw, leaf_weights, top_down
from mcda.study.model import Study
from mcda.weights.rank_order import tied_groups

FIRST_TEN = 10

Orders = Mapping[str, Mapping[str, int]]
"""Ranks of the criteria below each parent that was ordered; '' holds the top criteria."""


@dataclass(frozen=True, slots=True)
class RankRange:
    """One measure under the order alone: the `best` and `worst` rank seen, and in what share of the weightings (0..1)
    it was `first` or among the `first_ten`, with the standard errors sqrt(p (1-p) / draws)."""

    measure: str
    best: int
    worst: int
    first: float
    first_error: float
    first_ten: float
    first_ten_error: float


@dataclass(frozen=True, slots=True)
class OrderAlone:
    """Rank ranges in the order of the matrix's measures. The ranks seen are sampled: rarer ones may exist."""

    ranges: tuple[RankRange, ...]
    draws: int
    seed: int


def ordered_weights(study: Study, ranks: Orders, fixed: Weights) -> Draw:
    """All weightings that keep to the order below the ranked parents; the other sibling groups stay at `fixed`.

    Within a ranked group weights are uniform on {w_1 >= w_2 >= ... >= 0, sum 1}: a Dirichlet(1, .., 1) draw, sorted;
    its mean is the ROC vector. Equals share the sum of their places equally, so their mean is `elicit_rank_order`'s
    too. Leaf columns (k, n) in the order of `study.leaves`. Raises InputError with every issue: a parent without
    criteria below it, ranks as in `elicit_rank_order`.
    """
    tied = _tied(study, ranks)

    def below(parent: str, generator: np.random.Generator, count: int) -> Array:
        children = study.children[parent]
        if parent in tied:
            return _ordered_shares(generator, count, children, tied[parent])
        return np.tile([fixed.local[child] for child in children], (count, 1))

    def draw(generator: np.random.Generator, count: int) -> Array:
        return leaf_weights(study, {parent: below(parent, generator, count) for parent in top_down(study)}, count)

    return draw


def order_alone(
    study: Study,
    matrix: DecisionMatrix,
    method: Method,
    ranks: Orders,
    fixed: Weights,
    *,
    draws: int = 20_000,
    seed: int = 0,
) -> OrderAlone:
    """Between which ranks each measure moves when of the weights only the order is known.

    Samples `ordered_weights`; ties share the better rank. Same seed and draws, same numbers. No measures, no ranges.
    Raises as `ordered_weights` and `rank_acceptability`.
    Source: ordinal SMAA, Lahdelma, Miettinen & Salminen (2003), EJOR 147, 117-127.
    """
    found = rank_acceptability(matrix, method, ordered_weights(study, ranks, fixed), draws=draws, seed=seed)

    def of(measure: str, shares: Array) -> RankRange:
        seen = np.flatnonzero(shares > 0)
        first, ten = float(shares[0]), round(float(shares[:FIRST_TEN].sum()), 12)
        errors = [float(np.sqrt(share * (1.0 - share) / draws)) for share in (first, ten)]
        return RankRange(measure, int(seen[0]) + 1, int(seen[-1]) + 1, first, errors[0], ten, errors[1])

    return OrderAlone(tuple(map(of, found.measures, found.shares)), draws, seed)


def _tied(study: Study, ranks: Orders) -> dict[str, list[tuple[str, ...]]]:
    """Groups of equals by parent, from most to least important; all issues of all groups together."""
    tied: dict[str, list[tuple[str, ...]]] = {}
    issues: list[Issue] = []
    for parent, order in ranks.items():
        if parent not in study.children:
            told: dict[str, Param] = {"value": parent, "allowed": tuple(study.children)}
            issues.append(Issue("judgement_unknown_group", where=Where("weights"), params=told))
            continue
        try:
            tied[parent] = tied_groups(order, study.children[parent])
        except InputError as error:
            issues.extend(error.issues)
    if issues:
        raise InputError(issues)
    return tied


def _ordered_shares(
    generator: np.random.Generator, count: int, children: tuple[str, ...], tied: list[tuple[str, ...]]
) -> Array:
    drawn = -np.sort(-generator.dirichlet(np.ones(len(children)), count), axis=1)
    shares: dict[str, Array] = {}
    for group in tied:
        places = drawn[:, len(shares) : len(shares) + len(group)]
        shares |= dict.fromkeys(group, places.mean(axis=1))
    return np.column_stack([shares[child] for child in children])
