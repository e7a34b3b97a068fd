"""What the votes of a round come to: the group's answer, how far it agrees, and what to talk about."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mcda.errors import InputError
from mcda.result import Array
from mcda.scenario import Scenario
from mcda.study.model import Stakeholder, Study
from mcda.weights.agenda import Dispute, agenda
from mcda.weights.consensus import consensus
from mcda.weights.stored import person_weights
from mcda.weights.together import group_weights
from mcda.weights.tree import tree_weights
from mcda.weights.voices import voices
from mcda.workshop.ballots import answers_from, cells_asked, pair_key
from mcda.workshop.baseline import in_force
from mcda.workshop.room import Person, Room, Round, Vote

FEWEST_SHOWN = 3
"""A spread is shown from so many votes on: below, it would tell who said what."""
DECIMALS = 12
"""Numbers of a tally are kept to this many decimals, so that a replay finds the same."""
RATING_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Spread:
    """How far votes reach: minimum, lower quartile, median, upper quartile, maximum (Hyndman & Fan 1996, type 7)."""

    lowest: float
    lower: float
    median: float
    upper: float
    highest: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far weights agree: Goepel's indicator with its word, Kendall's W, the share of weight placed differently."""

    indicator: float
    word: str
    concordance: float
    difference: float


@dataclass(frozen=True, slots=True)
class WeightsTally:
    """The group's weights below `parent` as fractions, the spread of each over those who voted, and the disputes, the
    weightiest first. `counted` of the `votes` have a vote under the key. Spreads, agreement and disputes only from
    three votes on. `contradictory`: people whose pairwise answers are over the limit of consistency."""

    parent: str
    votes: int
    counted: int
    group: Mapping[str, float]
    spreads: Mapping[str, Spread]
    agreement: Agreement | None
    disputes: tuple[Dispute, ...]
    contradictory: int


@dataclass(frozen=True, slots=True)
class CellTally:
    """One rating: the mean by the key over those with a vote, its spread, who abstained, the reasons without names.

    `importance` = standard deviation on the 0..1 scale x the criterion's weight: it sorts what to talk about.
    """

    measure: str
    criterion: str
    votes: int
    abstained: int
    mean: float | None
    spread: Spread | None
    importance: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatingsTally:
    """The ratings, measure by measure; `disputes` names the cells that differ, the weightiest first."""

    votes: int
    cells: tuple[CellTally, ...]
    disputes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TopTally:
    """How often each measure is among the first named, most often first, and how often it is the very first."""

    votes: int
    named: Mapping[str, int]
    first: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ApprovalTally:
    """Heads that say yes, no, or abstain; `share` of the votes cast (abstentions apart) for yes under the key, None
    where nobody said either."""

    votes: int
    yes: int
    no: int
    abstain: int
    share: float | None
    reasons: tuple[str, ...]


Tally = WeightsTally | RatingsTally | TopTally | ApprovalTally


def tally(study: Study, room: Room, asked: Round) -> Tally:
    """What the votes of a round come to; people who withdrew do not count.

    Raises InputError when nobody with a vote answered, or nobody has one under the voting key.
    """
    votes = counted_votes(room, asked)
    if asked.asked.kind == "weights":
        return _weights(study, room, asked, votes)
    if asked.asked.kind == "ratings":
        return _ratings(study, room, asked, votes)
    return _top(study, votes) if asked.asked.kind == "top" else _approval(study, room, asked, votes)


def people_of(room: Room, asked: Round) -> Mapping[str, Person]:
    """Who a round asks: everybody in the room now, or when it was turned over, so that its result stays."""
    return asked.people or room.people


def counted_votes(room: Room, asked: Round) -> dict[str, Vote]:
    """The votes of those who take part, in the order of joining."""
    people = people_of(room, asked).values()
    return {p.id: asked.votes[p.id] for p in people if not p.withdrawn and p.id in asked.votes}


def voted_study(study: Study, room: Room, asked: Round) -> Study:
    """What a weights round needs of the study, the people of the room as its stakeholders, their answers as its tables.

    Nothing else comes along: without measures and programmes it is quickly told from another.
    """
    votes = counted_votes(room, asked)
    rows = [row for vote in votes.values() for row in answers_from(study, asked.asked, vote.answer, vote.at)]
    return _with_people(study, [people_of(room, asked)[name] for name in votes]).model_copy(
        update={
            "judgements": tuple(row for row in rows if hasattr(row, "a")),
            "weights": tuple(row for row in rows if not hasattr(row, "a")),
        }
    )


def plain(found: Tally) -> dict[str, Any]:
    """A tally as JSON values, floats to 12 decimals, as the log keeps it: figures without the reasons, which stand in
    the votes alone and can be erased there."""
    kind = type(found).__name__.removesuffix("Tally").lower()
    figures = asdict(found)
    for part in (figures, *figures.get("cells", ())):
        part.pop("reasons", None)
    return {"kind": kind, **_rounded(figures)}


def _with_people(study: Study, people: Sequence[Person]) -> Study:
    rows = tuple(
        Stakeholder(id=p.id, label_de=p.role or p.id, role=p.role, municipality=p.municipality) for p in people
    )
    return Study(
        study=study.study, criteria=study.criteria, measures=(), municipalities=study.municipalities, stakeholders=rows
    )


def _shares(study: Study, room: Room, asked: Round, voting: Sequence[str]) -> dict[str, float]:
    """Each voter's share of the votes among those who answered. Raises InputError when nobody has a vote."""
    people = _with_people(study, [people_of(room, asked)[name] for name in voting])
    return dict(voices(people, voting, asked.key).shares) if voting else {}


def _shares_or_none(study: Study, room: Room, asked: Round, voting: Sequence[str]) -> dict[str, float]:
    """The shares, empty where nobody of these has a vote under the key."""
    try:
        return _shares(study, room, asked, voting)
    except InputError:
        return {}


def _weights(study: Study, room: Room, asked: Round, votes: Mapping[str, Vote]) -> WeightsTally:
    parent, items = asked.asked.parent, study.children[asked.asked.parent]
    answered = voted_study(study, room, asked)
    found = group_weights(answered, tuple(votes), asked.key)[parent]
    alone = {name: person_weights(answered, name)[parent] for name in votes}
    shares = _shares(study, room, asked, tuple(votes))
    table = np.array([[alone[name].local[item] for item in items] for name in votes])
    voting = [n for n, name in enumerate(votes) if shares.get(name, 0.0) > 0]
    shown = len(votes) >= FEWEST_SHOWN
    return WeightsTally(
        parent=parent,
        votes=len(votes),
        counted=len(voting),
        group={item: found.local[item] for item in items},
        spreads={item: _spread(table[:, j]) for j, item in enumerate(items)} if shown else {},
        agreement=_agreement(table, [shares.get(name, 0.0) for name in votes]) if shown else None,
        disputes=_disputes(answered, tuple(votes), parent) if shown else (),
        contradictory=sum(any(c.ratio > c.limit for c in mine.consistency) for mine in alone.values()),
    )


def _agreement(table: Array, shares: Sequence[float]) -> Agreement:
    found = consensus(table, shares)
    return Agreement(found.indicator, found.word, found.concordance, found.difference)


def _disputes(answered: Study, people: tuple[str, ...], parent: str) -> tuple[Dispute, ...]:
    whole = {name: tree_weights(answered, Scenario(profile=name)) for name in people}
    return tuple(d for d in agenda(answered, whole) if d.parent == parent)


def _ratings(study: Study, room: Room, asked: Round, votes: Mapping[str, Vote]) -> RatingsTally:
    overall = in_force(study, room).weights.overall
    votes_by = _shares_of_cells(study, room, asked, votes)
    cells = tuple(
        _cell(study, votes, votes_by[measure, criterion], measure, criterion, overall[criterion])
        for measure, criterion in cells_asked(study, asked.asked)
    )
    apart = sorted((c for c in cells if c.importance > 0), key=lambda c: -round(c.importance, DECIMALS))
    return RatingsTally(len(votes), cells, tuple((c.measure, c.criterion) for c in apart))


def _shares_of_cells(
    study: Study, room: Room, asked: Round, votes: Mapping[str, Vote]
) -> dict[tuple[str, str], Mapping[str, float]]:
    """Each cell's shares of the votes: a municipality's vote goes to those of its people who rated that cell."""
    _shares(study, room, asked, tuple(votes))  # nobody with a vote at all is told, not passed over
    found: dict[tuple[str, ...], Mapping[str, float]] = {(): {}}
    cells = {}
    for measure, criterion in cells_asked(study, asked.asked):
        key = pair_key(measure, criterion)
        rating = tuple(name for name, vote in votes.items() if _value(vote, key) is not None)
        if rating not in found:
            found[rating] = _shares_or_none(study, room, asked, rating)
        cells[measure, criterion] = found[rating]
    return cells


def _value(vote: Vote, key: str) -> float | None:
    rated = vote.answer.ratings.get(key)
    return None if rated is None else rated.value


def _cell(
    study: Study,
    votes: Mapping[str, Vote],
    votes_by: Mapping[str, float],
    measure: str,
    criterion: str,
    weight: float,
) -> CellTally:
    said = {name: vote.answer.ratings.get(pair_key(measure, criterion)) for name, vote in votes.items()}
    rated = {name: r.value for name, r in said.items() if r is not None and r.value is not None}
    values = np.array(list(rated.values()))
    shown = len(rated) >= FEWEST_SHOWN
    leaf = study.criterion_by_id[criterion]
    span = abs(float(leaf.best or 0) - float(leaf.worst or 0))
    return CellTally(
        measure=measure,
        criterion=criterion,
        votes=len(rated),
        abstained=sum(r is not None and r.abstain for r in said.values()),
        mean=_mean(rated, votes_by),
        spread=_spread(values) if shown else None,
        importance=float(values.std()) / span * weight if shown else 0.0,
        reasons=tuple(sorted(r.reason for r in said.values() if r is not None and r.reason)),
    )


def _mean(rated: Mapping[str, float], shares: Mapping[str, float]) -> float | None:
    """The mean by the key among those who rated; None where nobody of them has a vote."""
    total = sum(shares.get(name, 0.0) for name in rated)
    if not total > 0:
        return None
    return round(sum(value * shares.get(name, 0.0) for name, value in rated.items()) / total, RATING_DIGITS)


def _top(study: Study, votes: Mapping[str, Vote]) -> TopTally:
    named = dict.fromkeys(study.measure_by_id, 0)
    first = dict.fromkeys(study.measure_by_id, 0)
    for vote in votes.values():
        for place, measure in enumerate(vote.answer.top):
            named[measure] += 1
            first[measure] += place == 0
    order = sorted((m for m in named if named[m]), key=lambda m: (-named[m], -first[m]))
    return TopTally(len(votes), {m: named[m] for m in order}, {m: first[m] for m in order})


def _approval(study: Study, room: Room, asked: Round, votes: Mapping[str, Vote]) -> ApprovalTally:
    said = {name: vote.answer.answer for name, vote in votes.items()}
    cast = tuple(name for name, answer in said.items() if answer != "abstain")
    shares = _shares_or_none(study, room, asked, cast)
    heads = list(said.values())
    return ApprovalTally(
        votes=len(votes),
        yes=heads.count("yes"),
        no=heads.count("no"),
        abstain=heads.count("abstain"),
        share=sum(share for name, share in shares.items() if said[name] == "yes") if shares else None,
        reasons=tuple(sorted(vote.answer.reason for vote in votes.values() if vote.answer.reason)),
    )


def _spread(values: Array) -> Spread:
    return Spread(*(float(v) for v in np.quantile(values, (0.0, 0.25, 0.5, 0.75, 1.0))))


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, Mapping):
        return {str(key): _rounded(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(inner) for inner in value]
    return value
