"""One sibling group's weights of several people together: their weights joined (AIP) or their answers (AIJ).

Geometric means throughout, so that it does not matter whether answers or weights are joined (Barzilai & Golany 1994;
Escobar, Aguaron & Moreno-Jimenez 2004, Group Decision and Negotiation 13, 1-15). Arithmetic means of answers are
never taken: their reciprocals do not fit (Aczel & Saaty 1983).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.errors import Finding, InputError, Issue, Param, Where
from mcda.result import Array, Source, Weights
from mcda.weights.record import sibling_weights

BoolArray = NDArray[np.bool_]


def join_priorities(
    weights: Mapping[str, Weights], shares: Mapping[str, float], items: Sequence[str], parent: str = ""
) -> Weights:
    """The group's weights of the siblings `items`: everybody weighs alone, then the weights are joined (AIP).

    `weights`: by person, whose `local` holds the items; people not in it did not answer this group. `shares`: votes
    by person (any positive sum), renormalised over those who answered. Weighted geometric mean, normalised; where
    somebody with a vote gives a criterion no weight at all, the arithmetic mean, so that nobody alone can strike a
    criterion out, with a finding `group_zero`. Raises InputError (`group_without_answers`) when nobody with a vote
    answered. Source: Forman & Peniwati 1998, EJOR 108, 165-169.
    """
    people = tuple(person for person in weights if shares.get(person, 0.0) > 0)
    if not people:
        raise InputError([Issue("group_without_answers", where=Where("stakeholders"), params={"parent": parent})])
    local = np.array([[weights[person].local[item] for item in items] for person in people], dtype=np.float64)
    votes = np.array([[shares[person] for person in people]], dtype=np.float64)
    joined = join_many(local, np.ones(len(people), dtype=np.bool_), votes)[0]
    times = [s.answered_at for p in people for s in weights[p].sources if s.parent == parent]
    source = Source(parent, "aip", people, max(times, default=""))
    return sibling_weights(items, joined, source, findings=_zeros(people, items, local, parent))


def join_many(local: Array, answered: BoolArray, voices: Array, otherwise: ArrayLike | None = None) -> Array:
    """One sibling group's weights under many ways of counting votes at once: (k, n), each row summing to 1.

    `local` (people, n): each person's weights, rows of those who did not answer are not looked at; `answered`
    (people,); `voices` (k, people): votes, not negative, renormalised over those who answered. Row by row as
    `join_priorities`: geometric, or arithmetic where somebody with a vote gives a weight of zero. A row in which
    nobody with a vote answered gets `otherwise` (n,), by default equal weights.
    """
    heard = np.flatnonzero(answered)
    given, votes = np.asarray(local[heard], dtype=np.float64), np.asarray(voices[:, heard], dtype=np.float64)
    total = votes.sum(axis=1, keepdims=True)
    votes = np.divide(votes, total, out=np.zeros_like(votes), where=total > 0)
    log = np.log(given, out=np.zeros_like(given), where=given > 0)
    mean = votes @ log
    joined = np.exp(mean - mean.max(axis=1, keepdims=True))
    strikes = (given == 0).any(axis=1)
    arithmetic = (votes[:, strikes] > 0).any(axis=1)
    joined[arithmetic] = votes[arithmetic] @ given
    silent = total[:, 0] <= 0
    joined[silent] = np.ones(local.shape[1]) if otherwise is None else np.asarray(otherwise, dtype=np.float64)
    return np.asarray(joined / joined.sum(axis=1, keepdims=True))


def join_answers(
    matrices: Mapping[str, tuple[Array, BoolArray]], shares: Mapping[str, float]
) -> tuple[Array, BoolArray]:
    """The group's comparison matrix: answers are joined pair by pair, then weights follow from it (AIJ).

    `matrices`: by person a comparison matrix (n, n) and which of its pairs were answered (n, n). A pair's joined
    answer is the geometric mean over those with a vote who answered it, their `shares` renormalised for that pair;
    reciprocal by construction. Returns the matrix and which pairs somebody answered: unanswered ones hold 1, the
    diagonal counts as answered. Raises InputError (`group_without_answers`) when nobody with a vote is there,
    ValueError for matrices of different sizes or answers that are not above 0. Source: Aczel & Saaty 1983, Journal
    of Mathematical Psychology 27, 93-102.
    """
    people = [person for person in matrices if shares.get(person, 0.0) > 0]
    if not people:
        raise InputError([Issue("group_without_answers", where=Where("stakeholders"), params={"parent": ""})])
    values = np.stack([matrices[person][0] for person in people]).astype(np.float64)
    rows, columns = np.triu_indices(values.shape[1], 1)
    answer = values[:, rows, columns]
    known = np.stack([matrices[person][1] for person in people])[:, rows, columns]
    if not np.all(answer[known] > 0):
        raise ValueError("answers must be above 0")
    votes = np.array([shares[person] for person in people], dtype=np.float64)[:, None] * known
    total = votes.sum(axis=0)
    log = np.log(answer, out=np.zeros_like(answer), where=known)
    mean = np.divide((votes * log).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    joined, answered = np.eye(values.shape[1]), np.eye(values.shape[1], dtype=np.bool_)
    joined[rows, columns], joined[columns, rows] = np.exp(mean), np.exp(-mean)
    answered[rows, columns] = answered[columns, rows] = total > 0
    return joined, answered


def answered_by(weights: Mapping[str, Weights], parent: str) -> tuple[str, ...]:
    """The people who answered one sibling group themselves: their weights of it name them, and only them, as source."""
    return tuple(
        person
        for person, found in weights.items()
        if any(source.parent == parent and source.people == (person,) for source in found.sources)
    )


def _zeros(people: Sequence[str], items: Sequence[str], local: Array, parent: str) -> tuple[Finding, ...]:
    """Who gives which criteria no weight at all."""
    struck = local == 0
    if not struck.any():
        return ()
    who = tuple(person for person, row in zip(people, struck, strict=True) if row.any())
    what = tuple(item for item, column in zip(items, struck.T, strict=True) if column.any())
    told: dict[str, Param] = {"people": who, "criteria": what, "parent": parent}
    return (Finding("group_zero", "note", Where("weights"), told),)
