"""Whose answers move the group's weights most: leave one out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.result import Array, Weights
from mcda.scenario import VotingKey
from mcda.study.model import Study
from mcda.weights.group_tree import group_leaf_weights
from mcda.weights.voices import leaving_among, voices, votes_among


@dataclass(frozen=True, slots=True)
class Influence:
    """One person's pull: `moved` is the share of the group's weight (0..1) that goes elsewhere without them.

    `share`: their share of the votes. `criterion`: the leaf whose weight changes most, `change` by how much (its
    weight without them less its weight with them).
    """

    person: str
    share: float
    moved: float
    criterion: str
    change: float


def influence(study: Study, weights: Mapping[str, Weights], key: VotingKey) -> tuple[Influence, ...]:
    """How far the group's leaf weights move when each person's answers are left out, the largest move first.

    `weights`: each person's weights of the whole tree. moved = half the sum of absolute differences of leaf weights.
    A municipality's vote goes to its other people. Where nobody with a vote is left in a sibling group, the study's
    points hold there. People without a vote move nothing. Equal moves stay in the order of `weights`; nobody: ().
    Raises InputError as `mcda.weights.voices.voices` does. Source: leave-one-out influence, own arithmetic.
    """
    people = tuple(weights)
    if not people:
        return ()
    shares = voices(study, people, key).shares

    def votes(voting: tuple[str, ...]) -> Array:
        whole = votes_among(study, people, voting, key)
        return np.vstack([whole, leaving_among(study, people, voting, key)])

    leaf = group_leaf_weights(study, weights, votes)
    changes = leaf[1:] - leaf[0]
    found = []
    for person, change in zip(people, changes, strict=True):
        largest = int(np.argmax(np.abs(change)))
        moved = float(np.abs(change).sum() / 2)
        found.append(Influence(person, shares.get(person, 0.0), moved, study.leaves[largest], float(change[largest])))
    return tuple(sorted(found, key=lambda one: -round(one.moved, 12)))
