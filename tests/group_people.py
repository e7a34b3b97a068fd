"""People with weights of their own, for tests of groups: what each answered, down the whole tree."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mcda.result import Source, Weights
from mcda.scenario import Scenario
from mcda.study.model import Municipality, Stakeholder, Study
from mcda.weights.tree import combine, tree_weights
from small import small_study

TOPS = ("relevance", "feasibility", "cost", "funding")
MEMBERS = (
    Municipality(id="ISM", name="Ismaning", population=18_000, voting_weight=3),
    Municipality(id="GAR", name="Garching", population=6_000, voting_weight=1),
    Municipality(id="ECH", name="Eching"),
)


def person(name: str, municipality: str = "", voting_weight: float = 1.0) -> Stakeholder:
    return Stakeholder(id=name, label_de=name, municipality=municipality, voting_weight=voting_weight)


def study_of(*people: Stakeholder, **changes: Any) -> Study:
    return small_study(stakeholders=people, municipalities=MEMBERS, **changes)


def answered(study: Study, who: str, groups: Mapping[str, Mapping[str, float]]) -> Weights:
    """One person's weights of the whole tree: points by sibling group, the study's where they gave none."""
    local = dict(tree_weights(study, Scenario()).local)
    sources = [Source(parent, "direct", (who,), f"2026-01-0{1 + len(who) % 9}") for parent in groups]
    for parent, points in groups.items():
        assert set(points) == set(study.children[parent])
        local |= {item: amount / sum(points.values()) for item, amount in points.items()}
    overall = combine(study, local)
    return Weights(local, overall, np.array([overall[leaf] for leaf in study.leaves]), sources=tuple(sources))


def tops(*points: float) -> dict[str, dict[str, float]]:
    """Answers at the top only."""
    return {"": dict(zip(TOPS, points, strict=True))}
