"""Weights as a file for programs: everybody's, where they come from, how far people agree, whether counting decides."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from mcda.errors import InputError
from mcda.result import Result, Weights
from mcda.robustness.voting_keys import voting_keys
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Study
from mcda.weights.agenda import agenda
from mcda.weights.ahp import priorities
from mcda.weights.clusters import clusters
from mcda.weights.comparable import comparable
from mcda.weights.consensus import consensus
from mcda.weights.influence import influence
from mcda.weights.revision import revisions
from mcda.weights.stored import comparisons_answered, people_with_answers
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices


def weights_json(result: Result) -> bytes:
    """Provenance, the weights of every profile, and what is known of the group, as UTF-8 JSON; same result, same
    bytes. Weights are fractions: `weights` of the whole, `local_weights` among siblings. The group is everybody who
    answered, or the people the scenario names, under its voting key; with fewer than two there is none."""
    study, base = result.study, result.scenario.model_copy(update={"weights": {}, "profile": "", "name": ""})
    people = tuple(who for who in people_with_answers(study) if not base.people or who in base.people)
    alone = {who: tree_weights(study, base.model_copy(update={"profile": who})) for who in people}
    content = {
        "provenance": asdict(result.provenance),
        "study": _weights(tree_weights(study, base)),
        "people": {who: _weights(found) | {"revisions": _revisions(study, who)} for who, found in alone.items()},
        "group": _group(study, base, alone) if len(alone) > 1 else None,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False, default=_plain) + "\n").encode()


def _weights(found: Weights) -> dict[str, Any]:
    return {
        "weights": dict(found.overall),
        "local_weights": dict(found.local),
        "sources": [asdict(source) for source in found.sources],
        "quality": [asdict(one) for one in found.quality],
        "consistency": [asdict(one) for one in found.consistency],
        "bounds": dict(found.bounds),
    }


def _revisions(study: Study, who: str) -> dict[str, list[dict[str, Any]]]:
    """The answers worth a second look, by parent, where the answers contradict each other beyond the limit."""
    found: dict[str, list[dict[str, Any]]] = {}
    for parent in study.children:
        comparisons = comparisons_answered(study, who, parent)
        if comparisons is None:
            continue
        found_at = priorities(comparisons).consistency
        if found_at.ratio > found_at.limit and (looks := revisions(comparisons)):
            found[parent] = [asdict(look) for look in looks]
    return found


def _group(study: Study, base: Scenario, alone: Mapping[str, Weights]) -> dict[str, Any]:
    """What several people make of it together. An unusable voting key is told instead of figures that lean on it."""
    people = tuple(alone)
    wanted = base.model_copy(update={"profile": GROUP, "people": people})
    try:
        shares = voices(study, people, base.voting_key).shares
    except InputError as error:
        return {"issues": [issue.code for issue in error.issues]}
    same = comparable(study, alone)
    votes = [shares.get(who, 0.0) for who in same.people]
    check = voting_keys(study, wanted, alone)
    return _weights(tree_weights(study, wanted)) | {
        "voices": dict(shares),
        "compared": {"people": list(same.people), "criteria": list(same.items), "left_out": list(same.left_out)},
        "consensus": asdict(consensus(same.stack, votes)) if sum(votes) > 0 else None,
        "agenda": [asdict(found) for found in agenda(study, alone)],
        "clusters": asdict(clusters(same.stack, same.people, same.items, seed=base.seed)),
        "influence": [asdict(found) for found in influence(study, alone, base.voting_key)],
        "voting_keys": {
            "first": {key: list(outcome.first) for key, outcome in check.named.items()},
            "first_decided_by_key": check.first_decided_by_key,
            "top_decided_by_key": check.top_decided_by_key,
            "draws": check.draws,
            "seed": check.seed,
        },
    }


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else str(value)
