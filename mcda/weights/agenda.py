"""What a group should talk about: the pairs of criteria on which opinions lie apart and much depends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcda.result import Array, Weights
from mcda.study.model import Study
from mcda.weights.group import answered_by

LARGEST_RATIO = 81.0
"""9 times 9 to 1: the bound of a ratio of two weights, which is also the ratio to a weight of 0."""

SAME = 1e-9
"""Logarithms of ratios, and weights, this close are the same answer."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A pair of siblings on which people differ: how strongly `a` outweighs `b`.

    `spread`: population standard deviation of ln(w_a / w_b) over the `people` who answered; `factor` = exp(spread).
    `share`: what the two carry of the whole, 0..1, on average. `importance` = spread * share sorts the agenda.
    `for_b` and `for_a` stand at the two ends (more than one where equal), with the ratios w_a / w_b they hold.
    """

    parent: str
    a: str
    b: str
    people: int
    spread: float
    factor: float
    share: float
    importance: float
    for_b: tuple[str, ...]
    for_a: tuple[str, ...]
    lowest_ratio: float
    highest_ratio: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the overall weight of one criterion reaches over the `people` who answered its sibling group.

    `quartiles`: minimum, lower quartile, median, upper quartile, maximum; `lowest` and `highest` name who stands there.
    """

    criterion: str
    people: int
    quartiles: tuple[float, float, float, float, float]
    lowest: tuple[str, ...]
    highest: tuple[str, ...]


def agenda(study: Study, weights: Mapping[str, Weights]) -> tuple[Dispute, ...]:
    """The pairs of siblings on which people differ, the most important first, then in the study's order.

    `weights`: each person's weights of the whole tree; who answered a sibling group is told by their sources. Ratios
    are bounded at 81 to 1 (so a weight of 0 has one), 0 against 0 counts as equal. Pairs nobody differs on, and groups
    fewer than two people answered, do not come up. Source: own; the spread of log ratios is the distance under which
    geometric means are the centre (Aitchison 1986).
    """
    found: list[Dispute] = []
    for parent, siblings in study.children.items():
        people = answered_by(weights, parent)
        if len(people) > 1:
            found += [_dispute(parent, a, b, people, weights) for a, b in combinations(siblings, 2)]
    return tuple(sorted((d for d in found if d.spread > SAME), key=lambda d: -round(d.importance, 12)))


def spreads(study: Study, weights: Mapping[str, Weights]) -> tuple[Spread, ...]:
    """How far the overall weight of each criterion reaches, in the study's order.

    Criteria whose sibling group nobody answered are missing; with one person all five figures are the same.
    Quartiles are interpolated linearly (Hyndman & Fan 1996, type 7).
    """
    found = []
    for criterion in study.criteria:
        if people := answered_by(weights, criterion.parent):
            overall = np.array([weights[person].overall[criterion.id] for person in people])
            figures = np.quantile(overall, (0.0, 0.25, 0.5, 0.75, 1.0)).tolist()
            lowest, highest = _ends(people, overall)
            found.append(Spread(criterion.id, len(people), tuple(figures), lowest, highest))
    return tuple(found)


def _dispute(parent: str, a: str, b: str, people: Sequence[str], weights: Mapping[str, Weights]) -> Dispute:
    ratios = np.array([_log_ratio(weights[person].local[a], weights[person].local[b]) for person in people])
    share = float(np.mean([weights[person].overall[a] + weights[person].overall[b] for person in people]))
    spread = float(ratios.std())
    for_b, for_a = _ends(people, ratios)
    return Dispute(
        parent=parent,
        a=a,
        b=b,
        people=len(people),
        spread=spread,
        factor=float(np.exp(spread)),
        share=share,
        importance=spread * share,
        for_b=for_b,
        for_a=for_a,
        lowest_ratio=float(np.exp(ratios.min())),
        highest_ratio=float(np.exp(ratios.max())),
    )


def _log_ratio(a: float, b: float) -> float:
    """ln(a / b) within the bound; nothing against nothing is equal."""
    if a == b:
        return 0.0
    bound = float(np.log(LARGEST_RATIO))
    if a == 0 or b == 0:
        return bound if b == 0 else -bound
    return float(np.clip(np.log(a) - np.log(b), -bound, bound))


def _ends(people: Sequence[str], figures: Array) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has the lowest and who the highest figure."""
    lowest, highest = figures.min() + SAME, figures.max() - SAME
    at = list(zip(people, figures.tolist(), strict=True))
    return tuple(who for who, figure in at if figure <= lowest), tuple(who for who, figure in at if figure >= highest)
