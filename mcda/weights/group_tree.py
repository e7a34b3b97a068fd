"""The group's weights down the whole criteria tree, for many ways of counting votes at once."""

from collections.abc import Callable, Mapping

import numpy as np

from mcda.errors import InputError, Issue, Where
from mcda.result import Array, Weights
from mcda.study.model import Study
from mcda.weights.direct import TOTAL, normalise
from mcda.weights.group import answered_by, join_many


def group_leaf_weights(
    study: Study,
    weights: Mapping[str, Weights],
    voices: Array | Callable[[tuple[str, ...]], Array],
    points: Mapping[str, float] | None = None,
) -> Array:
    """Leaf weights (k, n) of the group for each row of `voices` (k, people), in the order of `study.leaves`.

    `weights`: each person's weights of the whole tree, in the order of the columns of `voices`. Sibling group by
    sibling group the weights of those who answered it are joined (`join_many`); where nobody with a vote did, the
    study's points hold. `voices` may be a function of the people who answered a sibling group, where that decides
    how their votes count (a municipality's vote goes to those of its people who answered). `points` are a
    scenario's, replacing the group's (which count as points of 100) before siblings are normalised. Raises
    InputError (`weights_all_zero`) when that leaves a sibling group without weight.
    """
    people = tuple(weights)
    overall: dict[str, Array] = {}
    for parent in top_down(study):
        siblings = study.children[parent]
        local = np.array([[weights[p].local[item] for item in siblings] for p in people]).reshape(-1, len(siblings))
        heard = answered_by(weights, parent)
        who, votes = set(heard), voices(heard) if callable(voices) else voices
        overall.setdefault("", np.ones(len(votes)))
        study_s = normalise({item: study.criterion_by_id[item].weight for item in siblings})
        joined = join_many(local, np.array([p in who for p in people], dtype=np.bool_), votes, [*study_s.values()])
        joined = _replaced(joined, siblings, points or {})
        overall |= {item: overall[parent] * joined[:, i] for i, item in enumerate(siblings)}
    return np.column_stack([overall[leaf] for leaf in study.leaves])


def top_down(study: Study) -> tuple[str, ...]:
    """Nodes with children, each after its parent; '' is the first."""
    order = [""]
    for node in order:
        order += [child for child in study.children[node] if child in study.children]
    return tuple(order)


def _replaced(joined: Array, siblings: tuple[str, ...], points: Mapping[str, float]) -> Array:
    """One sibling group with a scenario's own points in place, normalised again."""
    if not any(item in points for item in siblings):
        return joined
    replaced = joined * TOTAL
    for i, item in enumerate(siblings):
        replaced[:, i] = points.get(item, replaced[:, i])
    total = replaced.sum(axis=1, keepdims=True)
    if not (total > 0).all():
        raise InputError([Issue("weights_all_zero", where=Where("weights"), params={"value": siblings})])
    return np.asarray(replaced / total)
