"""AHP for criteria weights: priorities from pairwise answers, and how far the answers agree.

Measures are never compared pairwise (they are rated); AHP only weighs criteria.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from mcda.errors import Finding, InputError, Issue, Param, Where
from mcda.result import Array, Consistency, Quality, Source, Weights
from mcda.scenario import AhpPriorities
from mcda.weights.comparisons import Comparisons, read_comparisons
from mcda.weights.contradictions import Contradictions, contradictions, extremes
from mcda.weights.incomplete import complete, least_squares_weights
from mcda.weights.perron import perron
from mcda.weights.random_index import LARGEST, random_index
from mcda.weights.record import sibling_weights

LIMITS = {3: 0.05, 4: 0.08}
LIMIT = 0.10
"""Saaty 1994: .05 for three criteria, .08 for four, .10 beyond."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """Weights of one sibling group from its comparison matrix: fractions summing to 1, and the consistency."""

    weights: Array
    consistency: Consistency


def elicit_ahp(comparisons: Comparisons, parent: str = "", how: AhpPriorities = "row_geometric_mean") -> Weights:
    """Weights of one sibling group from pairwise answers, with all that speaks for and against them.

    Quality: CR with its limit by size, GCI, Koczkodaj's index, circular triads, order violations, open pairs.
    Findings: answers left open (the weights then rest on fewer questions), circles, orders the weights do not keep,
    answers at the end of the scale. How the weights follow from the answers: see `priorities`.
    Raises InputError for more criteria than a random index is known for (100).
    """
    found = priorities(comparisons, parent, how)
    seen = contradictions(comparisons, found.weights)
    consistency = replace(
        found.consistency,
        gci=seen.gci,
        gci_limit=seen.gci_limit,
        koczkodaj=seen.worst.index if seen.worst else 0.0,
        worst_triad=seen.worst.items if seen.worst else (),
        circular_triads=len(seen.circles),
        order_violations=len(seen.violations),
    )
    return sibling_weights(
        comparisons.items,
        found.weights,
        Source(parent, "ahp"),
        consistency=(consistency,),
        quality=_quality(consistency, seen, parent),
        findings=_findings(comparisons, found.weights, seen, parent),
    )


def priorities(matrix: Any, parent: str = "", how: AhpPriorities = "row_geometric_mean") -> Priorities:
    """Weights and consistency of a reciprocal comparison matrix (n, n), a plain one or `Comparisons`.

    `row_geometric_mean` (Crawford & Williams 1985; with open pairs its generalisation, logarithmic least squares) is
    the default, `eigenvector` (Saaty 1977; with open pairs that of the completion with least lambda_max) reproduces
    publications; for n = 3 they are equal. The consistency ratio CR = (lambda_max - n) / (n - 1) / RI uses the true
    eigenvalue in both, and with open pairs that of the best completion; it is 0 for n <= 2. RI: see `random_index`;
    limits .05 (n = 3), .08 (n = 4), .10 above. Raises InputError for what is no comparison matrix, cell by cell.
    """
    given = matrix if isinstance(matrix, Comparisons) else read_comparisons(matrix, parent=parent)
    size = len(given.items)
    if size > LARGEST:
        params: dict[str, Param] = {"value": size, "allowed": f"≤ {LARGEST}"}
        raise InputError([Issue("comparison_too_large", where=Where("judgements", column=parent), params=params)])
    filled = complete(given.matrix, given.answered) if given.missing else given.matrix
    eigenvector, lambda_max = perron(filled)
    weights = eigenvector if how == "eigenvector" else _geometric(given)
    return Priorities(weights, _consistency(parent, size, float(lambda_max), given.missing))


def consistency_ratio(lambda_max: ArrayLike, size: int, missing: int = 0) -> Array:
    """CR of one or many matrices of a size from their largest eigenvalues; 0 where nothing can contradict."""
    index, _ = random_index(size, missing)
    excess = np.maximum(np.asarray(lambda_max, dtype=np.float64) - size, 0.0)
    found: Array = excess / (size - 1) / index if index else excess * 0.0
    return found


def limit_of(size: int) -> float:
    """The consistency ratio up to which answers about so many criteria are taken as they are."""
    return LIMITS.get(size, LIMIT)


def _geometric(given: Comparisons) -> Array:
    if given.missing:
        return least_squares_weights(given.matrix, given.answered)
    logs = np.log(given.matrix).mean(axis=1)
    weights = np.exp(logs - logs.max())
    found: Array = weights / weights.sum()
    return found


def _consistency(parent: str, size: int, lambda_max: float, missing: int) -> Consistency:
    ratio = float(consistency_ratio(lambda_max, size, missing))
    name = random_index(size, missing)[1]
    return Consistency(parent, size, lambda_max, ratio, limit_of(size), name, missing, missing > 0)


def _quality(found: Consistency, seen: Contradictions, parent: str) -> tuple[Quality, ...]:
    return (
        Quality("cr", found.ratio, found.limit, parent),
        Quality("gci", found.gci, found.gci_limit, parent),
        Quality("koczkodaj", found.koczkodaj, None, parent),
        Quality("circular_triads", found.circular_triads, 0.0, parent),
        Quality("order_violations", found.order_violations, 0.0, parent),
        Quality("intensity_violations", seen.intensity_violations, None, parent),
        Quality("missing", found.missing, None, parent),
    )


def _findings(comparisons: Comparisons, weights: Array, seen: Contradictions, parent: str) -> tuple[Finding, ...]:
    where = Where("judgements", column=parent)
    found: list[Finding] = []
    if comparisons.missing:
        pairs = len(comparisons.items) * (len(comparisons.items) - 1) // 2
        open_pairs: dict[str, Param] = {"parent": parent, "count": comparisons.missing, "pairs": pairs}
        found.append(Finding("judgements_open", "note", where, open_pairs))
    if seen.circles:
        a, b, c = seen.circles[0]
        circles: dict[str, Param] = {"a": a, "b": b, "c": c, "count": len(seen.circles)}
        found.append(Finding("circular_triads", "warning", where, circles))
    if seen.violations:
        a, b = seen.violations[0]
        orders: dict[str, Param] = {"a": a, "b": b, "count": len(seen.violations)}
        found.append(Finding("order_violations", "note", where, orders))
    if ends := extremes(comparisons, weights):
        pair: dict[str, Param] = {"a": ends[0][0], "b": ends[0][1], "count": len(ends)}
        found.append(Finding("scale_end", "note", where, pair))
    return tuple(found)
