"""Weights from an order of importance alone: the quick door, and how far such an order leaves the weights open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import Literal

from mcda.errors import Finding, InputError, Issue, Where
from mcda.result import Source, Weights
from mcda.weights.answers import answer_issues, by_label
from mcda.weights.record import sibling_weights

Formula = Literal["roc", "rank_sum", "rank_reciprocal"]


def elicit_rank_order(
    ranks: Mapping[str, int], items: Sequence[str], parent: str = "", formula: Formula = "roc"
) -> Weights:
    """Weights of the siblings `items` from their order of importance; 1 is the most important.

    `ranks` by criterion id, whole numbers from 1. Only their order counts: 1, 2, 2, 4 and 1, 2, 5 are orders. Equals
    share a number and get the mean weight of the places they take. One criterion has all the weight.
    `roc` w_j = (1/n) sum_{i>=j} 1/i is the centre of all weightings with that order (Barron & Barrett 1996; Edwards
    & Barron 1994); `rank_sum` w_j = 2(n+1-j)/(n(n+1)); `rank_reciprocal` w_j = (1/j)/sum(1/i) (both Stillwell,
    Seaver & Edwards 1981). The finding `rank_order_only` says between which bounds the order leaves the weight of
    the first criterion; it is absent where the order leaves nothing open (all equal).
    `bounds` hold what the order leaves open for every criterion (`ordinal_bounds`); which ranks measures can get under
    the order alone is asked in `mcda.robustness.ordinal`.
    Raises InputError with every issue: unknown or missing criterion, a rank that is no whole number from 1.
    """
    ranks = by_label(ranks)
    tied = tied_groups(ranks, items)
    places = _place_weights(len(items), formula)
    weight: dict[str, float] = {}
    for group in tied:
        taken = places[len(weight) : len(weight) + len(group)]
        weight |= dict.fromkeys(group, sum(taken) / len(group))
    amounts = [weight[key] for key in items]
    found = sibling_weights(items, amounts, Source(parent, formula), findings=_order_only(tied, parent))
    return replace(found, bounds=ordinal_bounds(ranks, items))


def ordinal_bounds(ranks: Mapping[str, int], items: Sequence[str]) -> dict[str, tuple[float, float]]:
    """The smallest and the largest weight each criterion can have when only the order is known, by criterion id.

    Exact over all weightings with w_1 >= w_2 >= ... >= 0, equals equal, sum 1. That set's corners put equal weight
    on the first groups of equals and none on the rest (Barron & Barrett 1996): a criterion has at most 1/G, G being
    all criteria at or above its rank, and at least 0, or 1/n when it is in the first group.
    Raises InputError as `elicit_rank_order`.
    """
    tied = tied_groups(ranks, items)
    reach = accumulate(len(group) for group in tied)
    bounds = {
        key: (1.0 / len(items) if group is tied[0] else 0.0, 1.0 / above)
        for group, above in zip(tied, reach, strict=True)
        for key in group
    }
    return {key: bounds[key] for key in items}


def tied_groups(ranks: Mapping[str, int], items: Sequence[str]) -> list[tuple[str, ...]]:
    """The criteria from most to least important, equals together, each group in the order of `items`.

    Raises InputError as `elicit_rank_order`.
    """
    issues = answer_issues(ranks, items, smallest=1.0)
    faulty = {issue.where.column for issue in issues}
    issues += [
        Issue("rank_not_whole", where=Where("weights", column=key), params={"value": float(rank)})
        for key, rank in ranks.items()
        if key not in faulty and rank != int(rank)
    ]
    if issues:
        raise InputError(issues)
    ordered = sorted(items, key=lambda key: ranks[key])
    return [tuple(group) for _, group in groupby(ordered, key=lambda key: ranks[key])]


def _place_weights(size: int, formula: Formula) -> list[float]:
    """Weights of the places 1..n, before they sum to 1."""
    places = range(1, size + 1)
    if formula == "roc":
        return list(accumulate(1.0 / place for place in reversed(places)))[::-1]
    if formula == "rank_sum":
        return [float(size + 1 - place) for place in places]
    return [1.0 / place for place in places]


def _order_only(tied: Sequence[Sequence[str]], parent: str) -> tuple[Finding, ...]:
    if len(tied) == 1:
        return ()
    first, size = tied[0], sum(len(group) for group in tied)
    percents = {"low": round(100.0 / size, 1), "high": round(100.0 / len(first), 1)}
    told = {"parent": parent, "criterion": first[0]} | percents
    return (Finding("rank_order_only", "note", Where("weights"), told),)
