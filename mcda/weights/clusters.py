"""Groups of like-minded people, shown only where they are more than the spread any group has.

Ward's tree over the square roots of the weights (Hellinger distance, at ease with zeros), cut where the mean
silhouette is largest (Ward 1963; Rousseeuw 1987). Random people always cluster somehow, so the silhouette must be
at least `FLOOR` and exceed what groups of one mind reach, drawn from two models of one mind: a Dirichlet scatter
around the mean weights, and a Gaussian with the same covariance, where opinions run along a line without a gap.
Measured, see docs/why/007: below 1 % of homogeneous groups are split, above 95 % of camps clearly apart are found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.result import Array

Labels = NDArray[np.int64]
State = Literal["too_few", "alike", "one", "split"]

FEWEST = 4
"""Below, two of a mind and one apart is all that can be seen."""

MOST = 6
FLOOR = 0.5
"""Rousseeuw's 'reasonable structure' begins here (Kaufman & Rousseeuw 1990, table 4)."""

DRAWS = 199
DIRICHLET_QUANTILE, GAUSSIAN_QUANTILE = 0.99, 0.95
SMALL, SMALL_QUANTILE = range(6, 12), 0.90
"""Groups of these sizes are held against a lower quantile of the Gaussian: two camps of four would go unseen else."""

ALIKE = 1e-9
"""Weights this close are the same."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """People of a mind: their mean `weights` by criterion, and the `criterion` that sets them apart most.

    `difference`: their mean weight of it less everybody else's. `favours`: the criterion they raise most above the
    others (two camps differ most on the same criterion, but favour different ones). An undivided group: '' and 0.
    """

    members: tuple[str, ...]
    weights: Mapping[str, float]
    criterion: str = ""
    difference: float = 0.0
    favours: str = ""


@dataclass(frozen=True, slots=True)
class Clusters:
    """Whether a group has camps, the largest first (`clusters`; one unless `state` is 'split').

    `state` is a key of the catalogue's group `cluster_state`. `silhouette` of the best cut, -1..1; `reference`: what a
    homogeneous group of this size and spread may reach, from `draws` draws of each model with `seed`. Both are 0 where
    nothing was to be cut.
    """

    state: State
    clusters: tuple[Cluster, ...]
    silhouette: float
    reference: float
    draws: int
    seed: int


def clusters(stack: ArrayLike, people: Sequence[str], items: Sequence[str], *, seed: int = 0) -> Clusters:
    """Who thinks alike: `stack` (k, n) holds people's weights of `items`, rows summing to 1.

    The result depends on the weights and the seed, not on the order of people. Fewer than four people ('too_few') and
    people who all weigh alike ('alike') are one group. A person alone may be a camp; it adds 0 to the silhouette.
    Raises ValueError when the shape does not fit people and items.
    """
    weights = np.asarray(stack, dtype=np.float64).reshape(-1, len(items)) if len(items) else np.zeros((len(people), 0))
    if len(weights) != len(people):
        raise ValueError(f"{len(people)} people and {len(items)} criteria do not fit {np.shape(stack)}")
    whole = np.zeros(len(people), dtype=np.int64)
    if len(people) < FEWEST:
        return Clusters("too_few", _records(weights, whole, people, items), 0.0, 0.0, 0, seed)
    if np.ptp(weights, axis=0).max(initial=0.0) < ALIKE:
        return Clusters("alike", _records(weights, whole, people, items), 0.0, 0.0, 0, seed)
    order = np.lexsort(weights.T)
    silhouette, found = best_cut(np.sqrt(weights[order]))
    reference = homogeneous(weights[order], seed)
    split = silhouette >= FLOOR and silhouette > reference
    labels = whole.copy()
    labels[order] = found if split else 0
    records = _records(weights, labels, people, items)
    return Clusters("split" if split else "one", records, silhouette, reference, DRAWS, seed)


def best_cut(points: Array) -> tuple[float, Labels]:
    """The cut of Ward's tree into 2..6 parts with the largest mean silhouette, and the part of each point (k, n).

    Equally good cuts: the one with fewer parts.
    """
    from scipy.spatial.distance import pdist, squareform  # scipy is slow to import, and few ask for camps

    table = squareform(pdist(points))
    best, labels = -1.0, np.zeros(len(points), dtype=np.int64)
    for cut in cuts(points):
        if (found := silhouette_of(table, cut)) >= best - ALIKE:
            best, labels = found, cut
    return best, labels


def cuts(points: Array) -> Iterator[Labels]:
    """Ward's tree over points (k, n) cut into at most 6, ..., 3, 2 parts, numbered from 0; fewer than points."""
    from scipy.cluster.hierarchy import linkage

    tree = linkage(points, "ward")[:, :2].astype(np.int64).tolist()
    parts = {i: [i] for i in range(len(points))}
    for step, (a, b) in enumerate(tree[:-1]):
        parts[len(points) + step] = parts.pop(a) + parts.pop(b)
        if len(parts) <= MOST:
            labels = np.empty(len(points), dtype=np.int64)
            for number, members in enumerate(parts.values()):
                labels[members] = number
            yield labels


def silhouette_of(distances: Array, labels: Labels) -> float:
    """Mean silhouette of parts 0, 1, ... from a table of distances (k, k): (b - a) / max(a, b), 0 for one alone.

    Source: Rousseeuw 1987, Journal of Computational and Applied Mathematics 20, 53-65.
    """
    member = labels[:, None] == np.arange(labels.max() + 1)
    size = member.sum(axis=0)
    total = distances @ member
    companions = size[labels] - 1
    own = total[member] / np.maximum(companions, 1)
    other = np.where(member, np.inf, total / size).min(axis=1)
    most = np.maximum(own, other)
    each = np.divide(other - own, most, out=np.zeros_like(own), where=(most > 0) & (companions > 0))
    return float(each.mean())


def homogeneous(weights: Array, seed: int) -> float:
    """The silhouette groups of one mind reach, of this size and spread: the larger of the two models' quantiles."""
    generator = np.random.default_rng(seed)
    centre = weights.mean(axis=0)
    spread = float(weights.var(axis=0, ddof=1).sum())
    concentration = max((1.0 - float(centre @ centre)) / spread - 1.0, 0.5)
    shape = np.maximum(centre * concentration, 1e-3)
    roots = np.sqrt(weights)
    gaps = (roots - roots.mean(axis=0)) / np.sqrt(len(weights) - 1)
    scattered = [best_cut(np.sqrt(generator.dirichlet(shape, len(weights))))[0] for _ in range(DRAWS)]
    in_line = [best_cut(generator.standard_normal((len(gaps), len(gaps))) @ gaps)[0] for _ in range(DRAWS)]
    level = SMALL_QUANTILE if len(weights) in SMALL else GAUSSIAN_QUANTILE
    return max(float(np.quantile(scattered, DIRICHLET_QUANTILE)), float(np.quantile(in_line, level)))


def _records(weights: Array, labels: Labels, people: Sequence[str], items: Sequence[str]) -> tuple[Cluster, ...]:
    """One record per part, the largest first, then by their first member's place."""
    found = []
    for label in dict.fromkeys(labels.tolist()):
        inside = labels == label
        members = tuple(person for person, here in zip(people, inside, strict=True) if here)
        mean = weights[inside].mean(axis=0)
        record = Cluster(members, dict(zip(items, mean.tolist(), strict=True)))
        if not inside.all():
            apart = mean - weights[~inside].mean(axis=0)
            most, more = int(np.argmax(np.round(np.abs(apart), 12))), int(np.argmax(np.round(apart, 12)))
            record = Cluster(members, record.weights, items[most], float(apart[most]), items[more])
        found.append(record)
    return tuple(sorted(found, key=lambda cluster: -len(cluster.members)))
