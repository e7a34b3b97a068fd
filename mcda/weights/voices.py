"""How much each person of a group counts: one person one vote, by declaration, by municipality or by population."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.errors import Finding, InputError, Issue, Where, nearest
from mcda.result import Array
from mcda.scenario import VotingKey
from mcda.study.model import Municipality, Study

_NEEDED: Mapping[VotingKey, str] = {
    "declared": "stakeholders.voting_weight",
    "equal": "stakeholders.id",
    "municipality": "stakeholders.municipality, municipalities.voting_weight",
    "population": "stakeholders.municipality, municipalities.population",
}
"""The columns a key reads: what has to be filled in before anybody can vote by it."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Each person's share of the votes under a key, summing to 1, in the order asked for.

    `left_out`: people the key gives no vote, for want of a municipality or of its population; a finding names them.
    A voting weight of 0 is a share of 0, not a person left out.
    """

    key: VotingKey
    shares: Mapping[str, float]
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def voices(study: Study, people: Sequence[str], key: VotingKey) -> Voices:
    """How much each of these people counts under a voting key.

    declared: their own voting weight; equal: one person one vote; municipality and population: each municipality
    the people speak for has its voting weight or its inhabitants, shared equally by its people. Municipalities
    nobody speaks for do not count. Raises InputError: unknown people (with the nearest), people named twice,
    nobody left to vote.
    """
    if issues := _strangers(study, people):
        raise InputError(issues)
    votes = _votes(study, people, key)
    total = sum(votes.values())
    if not total > 0:
        told = {"key": key, "needed": _NEEDED[key]}
        raise InputError([Issue("nobody_votes", where=Where("stakeholders"), params=told)])
    left_out = tuple(person for person in people if person not in votes)
    findings = (_left_out(key, left_out),) if left_out else ()
    return Voices(key, {person: vote / total for person, vote in votes.items()}, left_out, findings)


def leave_one_out(study: Study, people: Sequence[str], key: VotingKey) -> Array:
    """The shares of the votes when each person in turn stays away: (people, people), row i without person i.

    A municipality's vote then goes to its other people. A row is zero where nobody is left to vote, and unchanged
    where the person had no vote. Raises InputError as `voices` does.
    """
    whole = voices(study, people, key).shares
    table = np.zeros((len(people), len(people)))
    for i, person in enumerate(people):
        votes = _votes(study, [other for other in people if other != person], key) if person in whole else whole
        total = sum(votes.values())
        if total > 0:
            table[i] = [votes.get(other, 0.0) / total for other in people]
    return table


def votes_among(study: Study, people: Sequence[str], voting: Sequence[str], key: VotingKey) -> Array:
    """The shares of the votes (people,) when only `voting` of them answered; all zero when none of those has a vote."""
    try:
        shares = voices(study, voting, key).shares
    except InputError:
        shares = {}
    return np.array([shares.get(person, 0.0) for person in people])


def leaving_among(study: Study, people: Sequence[str], voting: Sequence[str], key: VotingKey) -> Array:
    """`leave_one_out` (people, people) when only `voting` of them answered; who did not changes nothing by leaving."""
    whole = votes_among(study, people, voting, key)
    table = np.tile(whole, (len(people), 1))
    for i, person in enumerate(people):
        if person in voting:
            table[i] = votes_among(study, people, [other for other in voting if other != person], key)
    return table


def _votes(study: Study, people: Sequence[str], key: VotingKey) -> dict[str, float]:
    """Each person's votes before they are made shares; who has no vote under the key is missing."""
    declared = {person.id: person.voting_weight for person in study.stakeholders}
    if key == "declared":
        return {person: declared[person] for person in people}
    if key == "equal":
        return dict.fromkeys(people, 1.0)
    weight: Callable[[Municipality], float | None] = (
        (lambda m: m.voting_weight) if key == "municipality" else (lambda m: m.population)
    )
    return _by_municipality(study, people, {m.id: weight(m) for m in study.municipalities})


def _by_municipality(study: Study, people: Sequence[str], weight: Mapping[str, float | None]) -> dict[str, float]:
    """Each municipality's votes, shared equally by the people who speak for it."""
    home = {person.id: person.municipality for person in study.stakeholders}
    speaking = [home[person] for person in people]
    counted = {person: weight.get(home[person]) for person in people}
    return {person: votes / speaking.count(home[person]) for person, votes in counted.items() if votes is not None}


def _strangers(study: Study, people: Sequence[str]) -> list[Issue]:
    """People nobody knows, and people named twice."""
    known = tuple(person.id for person in study.stakeholders)
    where = Where("scenario", column="people")
    unknown = [person for person in dict.fromkeys(people) if person not in known]
    twice = [person for person in dict.fromkeys(people) if list(people).count(person) > 1]
    return [
        Issue("unknown_person", where=where, params={"value": p, "allowed": known, "nearest": nearest(p, known)})
        for p in unknown
    ] + [Issue("person_twice", where=where, params={"value": p}) for p in twice]


def _left_out(key: VotingKey, people: tuple[str, ...]) -> Finding:
    told = {"key": key, "people": people, "count": len(people), "needed": _NEEDED[key]}
    return Finding("voice_left_out", "warning", Where("stakeholders"), told)
