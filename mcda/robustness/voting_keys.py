"""Does the way of counting votes decide? First place and the first ten under every voting key, and under any at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError, Issue
from mcda.evaluate import prepare
from mcda.methods import Method, method
from mcda.ranking import quantise
from mcda.result import Array, DecisionMatrix, Weights
from mcda.robustness.key_check import KeyCheck, KeyOutcome, Leaving, Tried
from mcda.scenario import Scenario, VotingKey
from mcda.study.model import Study
from mcda.weights.group_tree import group_leaf_weights
from mcda.weights.voices import leaving_among, voices, votes_among

Flags = NDArray[np.bool_]

KEYS: tuple[VotingKey, ...] = ("equal", "declared", "municipality", "population")
STEPS = 12
"""Mixtures of the named keys are tried in twelfths: 455 of four keys, halves, thirds and quarters among them."""

TOP = 10
CHUNK = 2048
"""Weight vectors scored at once: a fixed shape, so that the numbers depend on nothing but seed and draws."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """Ways of counting (k, people) with who is first and in the first ten under each (k, m)."""

    people: tuple[str, ...]
    measures: tuple[str, ...]
    votes: Array
    first: Flags
    top: Flags

    def outcome(self, row: int, parts: Mapping[str, float] | None = None) -> KeyOutcome:
        shares = dict(zip(self.people, self.votes[row].tolist(), strict=True))
        first, top = (
            tuple(name for name, inside in zip(self.measures, flags[row], strict=True) if inside)
            for flags in (self.first, self.top)
        )
        return KeyOutcome(shares, first, top, parts or {})

    def part(self, start: int, stop: int) -> "_Scored":
        rows = slice(start, stop)
        return _Scored(self.people, self.measures, self.votes[rows], self.first[rows], self.top[rows])


def voting_keys(
    study: Study, scenario: Scenario, weights: Mapping[str, Weights], *, draws: int = 10_000, seed: int | None = None
) -> KeyCheck:
    """Whether the way of counting the group's votes changes first place or the first ten, and an example of it.

    `weights`: by person the weights of the whole tree (their sources say which sibling groups they answered). The
    group's weights are joined as in profile '*' with group_method 'aip', the scenario's points on top of them. The
    reference is the scenario's key, or the first applicable one. Something changes when a measure that was first (or
    among the first ten) under the reference no longer is; ties for first place are all first. `seed` defaults to the
    scenario's; the same seed gives the same answer. Raises InputError: nobody in `weights`, unknown people, no key
    applicable; ValueError for fewer than one draw. Source: own; voices as weights on people, cf. Lahdelma & Salminen
    2001 for drawing them.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    people, seed = tuple(weights), scenario.seed if seed is None else seed
    rows, left_out = _named(study, people)
    if not rows:
        raise InputError(list(left_out.values()))
    key = scenario.voting_key if scenario.voting_key in rows else next(iter(rows))
    parts = _mixtures(len(rows))
    drawn_votes = np.random.default_rng(seed).dirichlet(np.ones(len(people)), draws)

    def blocks(voting: tuple[str, ...]) -> list[Array]:
        """The votes of every way of counting when only these people answered."""
        keys = np.vstack([votes_among(study, people, voting, name) for name in rows])
        leaving = leaving_among(study, people, voting, key)
        return [keys, parts @ keys, np.eye(len(people)), drawn_votes, leaving]

    whole = blocks(people)
    scored = _score(study, scenario, weights, np.vstack(whole), lambda voting: np.vstack(blocks(voting)))
    ends = np.cumsum([0, *(len(block) for block in whole)]).tolist()
    named, mixed, alone, drawn, leaving = (scored.part(*pair) for pair in pairwise(ends))
    base = list(rows).index(key)
    reference = named.part(base, base + 1)
    of_keys, of_mixtures = _parts(rows, np.eye(len(rows))), _parts(rows, parts)
    return KeyCheck(
        reference=key,
        named={name: named.outcome(i, of_keys[i]) for i, name in enumerate(rows)},
        left_out=left_out,
        keys=_tried(reference, named, of_keys),
        mixtures=_tried(reference, mixed, of_mixtures),
        alone=_tried(reference, alone),
        drawn=_tried(reference, drawn),
        leaving=_leaving(reference, leaving),
        draws=draws,
        seed=seed,
    )


def _named(study: Study, people: Sequence[str]) -> tuple[dict[VotingKey, Array], dict[VotingKey, Issue]]:
    """The votes (people,) under each applicable key, and why the other keys are not."""
    rows: dict[VotingKey, Array] = {}
    left_out: dict[VotingKey, Issue] = {}
    for key in KEYS:
        try:
            shares = voices(study, people, key).shares
        except InputError as error:
            if people and any(issue.code != "nobody_votes" for issue in error.issues):
                raise
            left_out[key] = error.issues[0]
        else:
            rows[key] = np.array([shares.get(person, 0.0) for person in people])
    return rows, left_out


def _parts(keys: Iterable[str], parts: Array) -> list[dict[str, float]]:
    """Rows of parts (k, keys) by the names of the keys, without those that have none."""
    return [{name: part for name, part in zip(keys, row, strict=True) if part > 0} for row in parts.tolist()]


def _mixtures(keys: int) -> Array:
    """All ways to split 1 into twelfths over the keys: (k, keys)."""
    bars = np.array(list(combinations(range(STEPS + keys - 1), keys - 1)), dtype=np.int64)
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), STEPS + keys - 1)])
    return np.asarray((np.diff(edges, axis=1) - 1) / STEPS)


def _score(
    study: Study,
    scenario: Scenario,
    weights: Mapping[str, Weights],
    votes: Array,
    among: Callable[[tuple[str, ...]], Array],
) -> _Scored:
    """First places and first tens for a stack of votes (k, people), scored in chunks of a fixed shape. `among` gives
    the same stack where only some answered."""
    prepared = prepare(study, scenario.as_of or study.study.as_of, tuple(sorted(set(scenario.without_programmes))))
    chosen = method(scenario.method or study.study.method)
    leaf = group_leaf_weights(study, weights, among, scenario.weights)
    places = [_places(prepared.matrix, chosen, leaf[start : start + CHUNK]) for start in range(0, len(leaf), CHUNK)]
    first, top = (np.vstack(flags) for flags in zip(*places, strict=True))
    return _Scored(tuple(weights), prepared.matrix.measures, votes, first, top)


def _places(matrix: DecisionMatrix, chosen: Method, leaf: Array) -> tuple[Flags, Flags]:
    """Who is first, and who has a competition rank up to 10: fewer than ten are strictly better."""
    scores = quantise(chosen.score(matrix, leaf))
    last = np.sort(scores, axis=1)[:, -min(TOP, scores.shape[1])]
    return scores == scores.max(axis=1, keepdims=True), scores >= last[:, None]


def _changes(reference: _Scored, scored: _Scored) -> tuple[Flags, Flags]:
    """Where a measure first (or in the first ten) under the reference no longer is: two flags (k,)."""
    lost_first, lost_top = reference.first & ~scored.first, reference.top & ~scored.top
    return np.any(lost_first, axis=1), np.any(lost_top, axis=1)


def _tried(reference: _Scored, scored: _Scored, parts: Sequence[Mapping[str, float]] = ()) -> Tried:
    first, top = _changes(reference, scored)
    away = np.abs(scored.votes - reference.votes).sum(axis=1)

    def example(changed: Flags) -> KeyOutcome | None:
        if not changed.any():
            return None
        row = int(np.argmin(np.where(changed, away, np.inf)))
        return scored.outcome(row, parts[row] if parts else None)

    return Tried(len(first), int(first.sum()), int(top.sum()), example(first), example(top))


def _leaving(reference: _Scored, scored: _Scored) -> tuple[Leaving, ...]:
    first, top = _changes(reference, scored)
    return tuple(
        Leaving(person, scored.outcome(i), bool(first[i]), bool(top[i])) for i, person in enumerate(scored.people)
    )
