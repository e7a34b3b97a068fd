"""The weights of several people together, from what they answered: their weights or their answers joined."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from mcda.errors import Finding, InputError, Issue, Param, Where
from mcda.result import Array, Quality, Source, Weights
from mcda.scenario import AhpPriorities, GroupMethod, VotingKey
from mcda.study.model import Study
from mcda.weights.ahp import elicit_ahp
from mcda.weights.comparisons import Comparisons, Flags
from mcda.weights.consensus import consensus
from mcda.weights.group import join_answers, join_priorities
from mcda.weights.stored import comparisons_answered, people_with_answers, person_weights
from mcda.weights.voices import voices

OF_THE_GROUP = frozenset({"voice_left_out", "group_member_silent"})
"""Findings that hold for the whole group, whatever becomes of one sibling group's weights."""


@lru_cache(maxsize=64)
def group_weights(
    study: Study,
    people: tuple[str, ...],
    key: VotingKey = "declared",
    method: GroupMethod = "aip",
    how: AhpPriorities = "row_geometric_mean",
) -> Mapping[str, Weights]:
    """The group's weights below every parent that somebody with a vote answered about, kept for the last studies.

    'aip' joins everybody's weights, 'aij' everybody's answers pair by pair (who was not asked by pairs answers with
    the ratios of their weights); with row geometric means and all pairs answered the two agree. Where somebody gives
    a criterion no weight there is no ratio: that sibling group is joined by weights. How votes are counted: `voices`.
    Raises InputError with all issues: unknown people, nobody with a vote, answers that give no weights.
    """
    counted = voices(study, people, key)
    alone = _alone(study, people, how)
    found: dict[str, Weights] = {}
    for parent, items in study.children.items():
        answered = {who: mine[parent] for who, mine in alone.items() if parent in mine}
        shares = shares_among(study, tuple(answered), key)
        voting = {who: mine for who, mine in answered.items() if shares.get(who, 0.0) > 0}
        if not voting:
            continue
        joined = join_priorities(voting, shares, items, parent)
        if method == "aij" and all(mine.leaf.min() > 0 for mine in voting.values()):
            joined = _by_answers(study, voting, shares, joined.sources[0], how)
        found[parent] = replace(joined, quality=(*joined.quality, *_agreement(voting, shares, parent)))
    return _told_once(found, (*_silent(study, people), *counted.findings))


def group_people(study: Study, named: tuple[str, ...]) -> tuple[str, ...]:
    """Who belongs to the group: the people named, else everybody who answered.

    Raises InputError when none of the people named has answered anything: there is no group to speak of.
    """
    answered = people_with_answers(study)
    known = {person.id for person in study.stakeholders}
    if named and set(named) <= known and not set(named) & set(answered):
        params: dict[str, Param] = {"value": named, "allowed": answered}
        raise InputError([Issue("group_silent", where=Where("scenario", column="people"), params=params)])
    return named or answered


def shares_among(study: Study, people: tuple[str, ...], key: VotingKey) -> Mapping[str, float]:
    """The votes among the people who answered a sibling group: a municipality's vote goes to those of its people who
    did. Empty when nobody of them has a vote."""
    try:
        return voices(study, people, key).shares
    except InputError:
        return {}


def _silent(study: Study, people: tuple[str, ...]) -> tuple[Finding, ...]:
    """Members of the group who have answered nothing: they do not count."""
    answered = people_with_answers(study)
    silent = tuple(who for who in people if who not in answered)
    told: dict[str, Param] = {"people": silent, "count": len(silent)}
    return (Finding("group_member_silent", "warning", Where("stakeholders"), told),) if silent else ()


def people_weights(
    study: Study, people: Sequence[str], how: AhpPriorities = "row_geometric_mean"
) -> dict[str, Mapping[str, Weights]]:
    """Each person's weights below every parent they answered about. Raises InputError with everybody's issues."""
    return _alone(study, tuple(people), how)


def _alone(study: Study, people: tuple[str, ...], how: AhpPriorities) -> dict[str, Mapping[str, Weights]]:
    issues: list[Issue] = []
    found: dict[str, Mapping[str, Weights]] = {}
    for who in people:
        try:
            found[who] = person_weights(study, who, how)
        except InputError as error:
            issues += error.issues
    if issues:
        raise InputError(issues)
    return found


def _by_answers(
    study: Study, answered: Mapping[str, Weights], shares: Mapping[str, float], source: Source, how: AhpPriorities
) -> Weights:
    """One sibling group's weights from the joined answers."""
    matrices = {who: _matrix(study, who, mine, source.parent) for who, mine in answered.items()}
    matrix, known = join_answers(matrices, shares)
    found = elicit_ahp(Comparisons(study.children[source.parent], matrix, known), source.parent, how)
    return replace(found, sources=(replace(source, elicitation="aij"),))


def _matrix(study: Study, who: str, mine: Weights, parent: str) -> tuple[Array, Flags]:
    """A person's comparisons, or the ratios of their weights where they were asked in another way."""
    asked = comparisons_answered(study, who, parent)
    if asked is not None:
        return asked.matrix, asked.answered
    ratios: Array = mine.leaf[:, None] / mine.leaf[None, :]
    return ratios, np.ones(ratios.shape, dtype=np.bool_)


def _agreement(answered: Mapping[str, Weights], shares: Mapping[str, float], parent: str) -> tuple[Quality, ...]:
    """How far those with a vote agree on the amounts and on the order; nothing to say of one person alone."""
    voting = [who for who in answered if shares.get(who, 0.0) > 0]
    if len(voting) < 2:
        return ()
    found = consensus([answered[who].leaf for who in voting], [shares[who] for who in voting])
    return (
        Quality("consensus", found.indicator, None, parent),
        Quality("concordance", found.concordance, None, parent),
    )


def _told_once(found: dict[str, Weights], findings: Sequence[Finding]) -> dict[str, Weights]:
    """What is true of the whole group, told with the first sibling group."""
    for parent, weights in found.items():
        return found | {parent: replace(weights, findings=(*findings, *weights.findings))}
    return found
