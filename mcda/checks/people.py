"""Checks on a group of people: an average must not hide that they do not agree (V26)."""

from collections.abc import Iterator

from mcda.errors import Finding, Param, Where
from mcda.result import Weights
from mcda.weights.clusters import Clusters
from mcda.weights.consensus import Consensus

LEAST_AGREEMENT = 0.5
"""Below this consensus indicator, or this concordance, both views are to be shown. A product default."""


def group_disagrees(weights: Weights) -> Iterator[Finding]:
    """Sibling groups whose joined weights hide that people do not agree, by the consensus that came along."""
    found = {(q.parent, q.name): q.value for q in weights.quality}
    for source in weights.sources:
        indicator = found.get((source.parent, "consensus"))
        if indicator is not None:
            yield from _told(source.parent, indicator, found[source.parent, "concordance"])


def disagreeing(parent: str, found: Consensus) -> Iterator[Finding]:
    """People who do not agree on the weights below `parent`, in the amounts or in the order."""
    yield from _told(parent, found.indicator, found.concordance)


def _told(parent: str, indicator: float, concordance: float) -> Iterator[Finding]:
    if min(indicator, concordance) < LEAST_AGREEMENT:
        params: dict[str, Param] = {
            "parent": parent,
            "percent": round(100 * indicator),
            "concordance": round(100 * concordance),
        }
        yield Finding("group_disagrees", "warning", Where("weights", column=parent), params)


def divided(found: Clusters) -> Iterator[Finding]:
    """A group that falls into camps of like-minded people."""
    if found.state == "split":
        camps = tuple(" + ".join(cluster.members) for cluster in found.clusters)
        params: dict[str, Param] = {"count": len(camps), "clusters": camps}
        yield Finding("group_clusters", "warning", Where("weights"), params)
