"""Which weightings are considered: all of them, those around the present ones, those of the people asked.

All are drawn node by node down the criteria tree, so that a criterion gains nothing by having more criteria below it.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from mcda.result import Array, Weights
from mcda.scenario import AhpPriorities, Scenario, VotingKey
from mcda.study.model import Study
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices

Draw = Callable[[np.random.Generator, int], Array]
"""Draws a stack of leaf weights (k, n) from a generator."""

SPREAD = 6.0
"""How far the present weights are moved unless told otherwise, in points (a product default)."""

REFERENCE = 0.25 * 0.75
"""w (1 - w) of the weight of 25 % that a spread is stated for."""


def uniform_weights(study: Study) -> Draw:
    """All weightings alike, node by node down the criteria tree: each sibling group uniform on its simplex.

    So the top criteria do not gain weight by having more leaves. Leaf columns in the order of `study.leaves`.
    """

    def group(generator: np.random.Generator, count: int, children: Sequence[str]) -> Array:
        return generator.dirichlet(np.ones(len(children)), count)

    return _down_the_tree(study, group)


def weights_around(study: Study, weights: Weights, spread: float = SPREAD) -> Draw:
    """Weightings around the present ones: each sibling group Dirichlet(c w), whose mean is w.

    `spread` in points: a weight of 25 % has that standard deviation, others sqrt(w (1 - w) / (c + 1)) with the same
    c = 0.1875 / (spread / 100)^2 - 1. A weight of 0 stays 0; spread 0 gives the present weights.
    Raises ValueError for a spread that no Dirichlet distribution has (0 <= spread < 43.3).
    """
    return _down_the_tree(study, _around(weights.local, _concentration(spread)))


def people_weights(
    study: Study,
    people: Sequence[str],
    key: VotingKey = "declared",
    spread: float = SPREAD,
    priorities: AhpPriorities = "row_geometric_mean",
) -> Draw:
    """Weightings of the people asked: each draw takes one of them by their share of the votes, and a weighting around
    theirs (`spread` as in `weights_around`). Sibling groups a person did not answer keep the study's weights.

    Raises InputError as `voices` and `tree_weights` do, ValueError as `weights_around`.
    """
    trees, votes = _of_people(study, people, key, priorities)
    draws = [weights_around(study, tree, spread) for tree in trees]

    def draw(generator: np.random.Generator, count: int) -> Array:
        who = generator.choice(len(draws), count, p=votes)
        drawn = np.stack([one(generator, count) for one in draws])
        return np.asarray(drawn[who, np.arange(count)])

    return draw


def weights_of_people(
    study: Study, people: Sequence[str], key: VotingKey = "declared", priorities: AhpPriorities = "row_geometric_mean"
) -> tuple[Array, Array]:
    """The leaf weights (p, n) of everybody with a vote, and their shares of the votes (p,), summing to 1."""
    trees, votes = _of_people(study, people, key, priorities)
    return np.array([tree.leaf for tree in trees]), votes


def _of_people(
    study: Study, people: Sequence[str], key: VotingKey, priorities: AhpPriorities
) -> tuple[list[Weights], Array]:
    shares = voices(study, people, key).shares
    heard = [person for person in people if shares.get(person, 0.0) > 0]
    votes = np.array([shares[person] for person in heard])
    trees = [tree_weights(study, Scenario(profile=person, ahp_priorities=priorities)) for person in heard]
    return trees, votes / votes.sum()


def top_down(study: Study) -> list[str]:
    """Nodes with children, each after its parent; '' first."""
    order = [""]
    for node in order:
        order.extend(child for child in study.children[node] if child in study.children)
    return order


def _concentration(spread: float) -> float:
    """c of the Dirichlet distribution; infinite for no spread."""
    limit = 100 * np.sqrt(REFERENCE)
    if not 0 <= spread < limit:
        raise ValueError(f"spread must lie in 0 .. {limit:.1f} points, not {spread}")
    return float(REFERENCE / (spread / 100) ** 2 - 1) if spread else float("inf")


def _around(local: Mapping[str, float], concentration: float) -> Callable[..., Array]:
    def group(generator: np.random.Generator, count: int, children: Sequence[str]) -> Array:
        mean = np.array([local[child] for child in children])
        if np.isinf(concentration) or len(children) == 1:
            return np.tile(mean / mean.sum(), (count, 1))
        drawn = generator.standard_gamma(concentration * mean, (count, len(children)))
        total = drawn.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(drawn, total, out=np.tile(mean, (count, 1)), where=total > 0))

    return group


def _down_the_tree(study: Study, group: Callable[[np.random.Generator, int, Sequence[str]], Array]) -> Draw:
    """Draws of leaf weights (k, n) from draws of every sibling group (k, children)."""

    def draw(generator: np.random.Generator, count: int) -> Array:
        overall = {"": np.ones(count)}
        for parent in top_down(study):
            children = study.children[parent]
            shares = group(generator, count, children)
            overall |= {child: overall[parent] * shares[:, i] for i, child in enumerate(children)}
        return np.column_stack([overall[leaf] for leaf in study.leaves])

    return draw
