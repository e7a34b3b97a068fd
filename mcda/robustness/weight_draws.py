"""Which weightings are considered: all of them, those around given ones, those of the people asked.

A `Draw` is what rank acceptability samples from. All are drawn node by node down the criteria tree, so that a
criterion gains nothing by having more criteria below it. Within what was said about weights: `weight_statements`;
within an order of importance: `ordinal`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array, Weights
from mcda.scenario import AhpPriorities, Scenario, VotingKey
from mcda.study.model import Study
from mcda.weights.group_tree import top_down
from mcda.weights.stored import people_with_answers, person_weights
from mcda.weights.together import group_people, shares_among
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices

__all__ = [
    "Draw",
    "SPREAD",
    "WIDEST",
    "by_person",
    "leaf_weights",
    "people_weights",
    "top_down",
    "uniform_weights",
    "weights_around",
    "weights_of_people",
]

_Rows = NDArray[np.int64]

Draw = Callable[[np.random.Generator, int], Array]
"""Draws a stack of leaf weights (k, n) from a generator; the same state of the generator gives the same stack."""

SPREAD = 6.0
"""Standard deviation in points of a weight of 25 %: how far weights are moved unless told otherwise (own default)."""

_REFERENCE = 0.25 * 0.75
"""w (1 - w) of the weight of 25 % that a spread is stated for."""

WIDEST = 100.0 * _REFERENCE**0.5
"""43.3 points: a weight that is 25 % on average cannot deviate by more."""

_NONE = 1e-6
"""A spread up to a millionth of a point is none: beyond it floats could not tell the weightings apart."""

_SAFE = 0.1
"""Gamma draws with a shape from here on do not underflow to zero (chance below 1e-30)."""


def uniform_weights(study: Study) -> Draw:
    """All weightings alike, node by node down the criteria tree: each sibling group uniform on its simplex.

    So the top criteria do not gain weight by having more leaves. Leaf columns in the order of `study.leaves`.
    """

    def draw(generator: np.random.Generator, count: int) -> Array:
        shares = {p: generator.dirichlet(np.ones(len(study.children[p])), count) for p in top_down(study)}
        return leaf_weights(study, shares, count)

    return draw


def weights_around(study: Study, weights: Weights, spread: float = SPREAD) -> Draw:
    """Weightings scattered around given ones: in each sibling group Dirichlet(c w), whose mean is w.

    `spread` in points: a weight of 25 % has that standard deviation, others sqrt(w (1 - w) / (c + 1)) with the same
    c = 0.1875 / (spread / 100)^2 - 1, which is 51 at 6 points. A weight of 0 stays 0, an only child stays whole,
    spread 0 (up to a millionth of a point) is `weights` exactly. Leaf columns (k, n) in the order of `study.leaves`.
    Independent of chunking: a rows and then b rows of one generator are its a + b rows.
    Raises ValueError for a spread no Dirichlet distribution has; 0 <= spread < 43.3.
    Source: Dirichlet distribution, e.g. Johnson, Kotz & Balakrishnan 2000, Continuous Multivariate Distributions,
    ch. 49; the measure of spread is our own.
    """
    c = _concentration(spread)
    if c is None:
        return lambda _, count: np.tile(weights.leaf, (count, 1))
    shapes = {p: c * _local(study, p, [weights]) for p in top_down(study)}
    rows = dict.fromkeys(shapes, np.zeros(1, np.int64))
    return lambda generator, count: _dirichlet(study, shapes, rows, generator, count)


def people_weights(
    study: Study,
    people: Sequence[str] = (),
    key: VotingKey = "declared",
    spread: float = SPREAD,
    priorities: AhpPriorities = "row_geometric_mean",
    *,
    points: Mapping[str, float] | None = None,
) -> Draw:
    """Weightings of the people asked: each draw takes one of them by their share of the votes, and a weighting around
    theirs (`spread` as in `weights_around`). It shows disagreement as it is, where a mean would hide it.

    `people`: who belongs to the group (default: everybody who answered), `points`: a scenario's, in place of
    everybody's. Silent people count as in the group's own weights: who answered nothing does not count; where the
    person drawn did not answer a sibling group, somebody who did stands in, so that each group is shared by the votes
    among those who answered it; where nobody with a vote did, the study's points hold.
    Leaf columns (k, n) in the order of `study.leaves`. The numbers depend on seed and count.
    Raises InputError: unknown people, nobody with a vote, answers that give no weights; ValueError as
    `weights_around`. Source: voters as a discrete distribution, cf. SMAA with preference information of several
    decision makers, Lahdelma & Salminen 2001.
    """
    c = _concentration(spread)
    heard, votes = _voters(study, people, key)
    trees = [_tree(study, who, priorities, points) for who in heard]
    own = tree_weights(study, Scenario(weights=points or {}))
    stand_ins = {p: _stand_ins(study, heard, votes, p, key, priorities) for p in top_down(study)}
    local = {p: _local(study, p, [*trees, own]) for p in stand_ins}
    shapes = {p: (c or 1.0) * rows for p, rows in local.items()}

    def draw(generator: np.random.Generator, count: int) -> Array:
        who = generator.choice(len(heard), count, p=votes)
        rows = {p: found.rows(who, generator) for p, found in stand_ins.items()}
        if c is None:
            return leaf_weights(study, {p: local[p][rows[p]] for p in rows}, count)
        return _dirichlet(study, shapes, rows, generator, count)

    return draw


def by_person(
    study: Study,
    people: Sequence[str] = (),
    spread: float = SPREAD,
    priorities: AhpPriorities = "row_geometric_mean",
    *,
    points: Mapping[str, float] | None = None,
) -> dict[str, Draw]:
    """For everybody who answered, votes or not, the weightings around theirs alone, by person; the study's points
    hold where they did not answer. Beside `people_weights`, which pools them. Raises as `people_weights`."""
    members = group_people(study, tuple(people))
    voices(study, members, "equal")
    trees = {who: _tree(study, who, priorities, points) for who in members if person_weights(study, who, priorities)}
    return {who: weights_around(study, tree, spread) for who, tree in trees.items()}


def weights_of_people(
    study: Study,
    people: Sequence[str] = (),
    key: VotingKey = "declared",
    priorities: AhpPriorities = "row_geometric_mean",
) -> tuple[Array, Array]:
    """The leaf weights (p, n) of everybody who answered and has a vote, and their shares of the votes (p,).

    The study's points hold where a person did not answer. Raises InputError as `people_weights`.
    """
    heard, votes = _voters(study, people, key)
    return np.array([_tree(study, who, priorities, None).leaf for who in heard]), votes


def leaf_weights(study: Study, shares: Mapping[str, Array], count: int) -> Array:
    """Leaf weights (count, n) from the local weights (count, siblings) below every parent: the product down the tree.

    Columns in the order of `study.children`, and of `study.leaves` in the answer.
    """
    overall = {"": np.ones(count)}
    for parent in top_down(study):
        overall |= {child: overall[parent] * shares[parent][:, i] for i, child in enumerate(study.children[parent])}
    return np.column_stack([overall[leaf] for leaf in study.leaves])


@dataclass(frozen=True, slots=True)
class _StandIns:
    """Whose weights of one sibling group a draw takes: `answers` (people,) says who may take their own, `instead`
    (people,) with what chance each stands in for the others. None: nobody answered, the last row is the study's."""

    answers: NDArray[np.bool_]
    instead: Array | None

    def rows(self, who: _Rows, generator: np.random.Generator) -> _Rows:
        """The row of the group's weights for each draw (k,), from the people drawn (k,)."""
        if self.instead is None:
            return np.full_like(who, len(self.answers))
        if self.answers.all():
            return who
        return np.asarray(
            np.where(self.answers[who], who, generator.choice(len(self.answers), len(who), p=self.instead))
        )


def _stand_ins(
    study: Study, heard: Sequence[str], votes: Array, parent: str, key: VotingKey, priorities: AhpPriorities
) -> _StandIns:
    """Who stands in below one parent: in proportion to the votes each gains where the silent do not count."""
    answered = tuple(who for who in heard if parent in person_weights(study, who, priorities))
    among = shares_among(study, answered, key)
    shares = np.array([among.get(who, 0.0) for who in heard])
    gains = np.where(shares > 0, np.maximum(shares - votes, 0.0), 0.0)
    if not shares.any():
        return _StandIns(shares > 0, None)
    return _StandIns(shares > 0, gains / gains.sum() if gains.any() else shares)


def _voters(study: Study, people: Sequence[str], key: VotingKey) -> tuple[tuple[str, ...], Array]:
    """Everybody who answered and has a vote, and their shares (p,). Those who answered nothing do not count."""
    members = group_people(study, tuple(people))
    voices(study, members, key)
    answered = people_with_answers(study)
    shares = voices(study, [who for who in members if who in answered], key).shares
    heard = tuple(who for who, share in shares.items() if share > 0)
    votes = np.array([shares[who] for who in heard])
    return heard, votes / votes.sum()


def _tree(study: Study, who: str, priorities: AhpPriorities, points: Mapping[str, float] | None) -> Weights:
    return tree_weights(study, Scenario(profile=who, weights=points or {}, ahp_priorities=priorities))


def _local(study: Study, parent: str, trees: Sequence[Weights]) -> Array:
    return np.array([[tree.local[item] for item in study.children[parent]] for tree in trees])


def _concentration(spread: float) -> float | None:
    """The Dirichlet's c for a spread in points; None where the spread is none."""
    if 0 <= spread <= _NONE:
        return None
    c = _REFERENCE / (spread / 100.0) ** 2 - 1.0 if 0 < spread < WIDEST else 0.0
    if not c > 0:
        raise ValueError(f"spread must be 0 or more and below {WIDEST:.1f} points, not {spread}")
    return c


def _dirichlet(
    study: Study, shapes: Mapping[str, Array], rows: Mapping[str, _Rows], generator: np.random.Generator, count: int
) -> Array:
    """Leaf weights (count, n) of Dirichlet draws: below each parent with the chosen row of its shapes (p, siblings).

    One call for the whole tree, row by row, so that where one row is cut off does not matter.
    """
    safe = all(table.max(axis=1).min() >= _SAFE for table in shapes.values())
    alpha = np.hstack([np.broadcast_to(shapes[p][row], (count, shapes[p].shape[1])) for p, row in rows.items()])
    drawn = generator.standard_gamma(alpha) if safe else _log_gamma(generator, alpha)
    ends = np.cumsum([table.shape[1] for table in shapes.values()])[:-1]
    shares = partial(_shares, safe=safe)
    return leaf_weights(study, dict(zip(rows, map(shares, np.split(drawn, ends, axis=1)), strict=True)), count)


def _log_gamma(generator: np.random.Generator, alpha: Array) -> Array:
    """Logarithms of gamma draws (k, n), -inf for shape 0. They do not underflow where all shapes of a row are small.

    A gamma draw of shape a is one of shape a + 1 times U^(1/a), and -ln U is exponential (Marsaglia & Tsang 2000,
    ACM TOMS 26, 363-372, section 6).
    """
    larger, exponential = np.split(generator.standard_gamma(np.hstack([alpha + 1.0, np.ones_like(alpha)])), 2, axis=1)
    fall = np.divide(exponential, alpha, out=np.full_like(alpha, np.inf), where=alpha > 0)
    return np.asarray(np.log(larger) - fall)


def _shares(drawn: Array, *, safe: bool) -> Array:
    """Gamma draws, or their logarithms unless `safe`, of one sibling group (k, n) as shares; rows sum to 1."""
    amounts = drawn if safe else np.exp(drawn - drawn.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(amounts / amounts.sum(axis=1, keepdims=True))
