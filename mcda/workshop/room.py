"""What a room is at one moment: people, rounds with their votes, what is in force, what is shown, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mcda.scenario import VotingKey
from mcda.workshop import contents as c

_AT_FIRST = c.Shown(view="join")
RoundState = Literal["open", "closed", "revealed"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody taking part. `number` counts from 1 in the order of joining and is how screens speak of them."""

    id: str
    number: int
    role: str
    municipality: str
    paper: bool
    simulated: bool
    joined_at: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's answer in force: when, at which event, and whether the facilitator typed it."""

    answer: c.Voted
    at: str
    seq: int
    typed: bool


@dataclass(frozen=True, slots=True)
class Round:
    """A question and its votes by participant. `id` is the number of the event that opened it, `number` counts.

    `people`: who took part when it was turned over, so that its result stays what everybody saw.
    """

    id: int
    number: int
    asked: c.RoundOpened
    state: RoundState
    opened_at: str
    closed_at: str = ""
    revealed_at: str = ""
    reopened: int = 0
    focus: tuple[str, ...] = ()
    votes: Mapping[str, Vote] = field(default_factory=dict)
    counted_by: VotingKey | None = None
    people: Mapping[str, Person] = field(default_factory=dict)

    @property
    def key(self) -> VotingKey:
        """How its votes are counted."""
        return self.counted_by or self.asked.key

    @property
    def last_vote(self) -> int:
        """The number of the latest event that changed the votes; 0 without votes."""
        return max((vote.seq for vote in self.votes.values()), default=0)


@dataclass(frozen=True, slots=True)
class Decision:
    """A place or tier decided for a measure, with the reason."""

    rank: int | None
    tier: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is in force: weights in points by criterion, ratings by (measure, criterion), settings, pinned measures and
    decisions, all beside what the study says."""

    weights: Mapping[str, float] = field(default_factory=dict)
    ratings: Mapping[tuple[str, str], float] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    pinned: tuple[str, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was in force, kept under a name."""

    id: int
    name: str
    at: str
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class Council:
    """What one council decided."""

    outcome: c.Outcome
    day: str
    remark: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The decision: when, on which baseline, after which round."""

    seq: int
    at: str
    baseline: Baseline
    round: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Room:
    """Everything true of a room after its last event.

    `trial`: points on the screen that nobody agreed to; `previous`: what was in force before the last change of it;
    `frozen`: whose order the projector keeps; `paused_at`: the event up to which the projector shows (0: all);
    `door_closed_at`: since when nobody joins by code; `ranking_seen`: the projector has shown the ranking, so that
    trying it out no longer colours what people answer; `agreed`: by parent the event that agreed its weights and the
    round it came from.
    """

    opened: c.Opened
    opened_at: str
    seq: int = 1
    started_at: str = ""
    ended_at: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    rounds: Mapping[int, Round] = field(default_factory=dict)
    baseline: Baseline = Baseline()
    previous: Baseline = Baseline()
    trial: Mapping[str, float] = field(default_factory=dict)
    frozen: Baseline | None = None
    paused_at: int = 0
    locked_at: str = ""
    door_closed_at: str = ""
    ranking_seen: bool = False
    shown: c.Shown = _AT_FIRST
    snapshots: Mapping[int, Snapshot] = field(default_factory=dict)
    agreed: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    agreed_ratings: Mapping[int, int] = field(default_factory=dict)
    taken: Taken | None = None
    councils: Mapping[str, Council] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[int, ...] = ()

    @property
    def present(self) -> tuple[Person, ...]:
        """Who takes part now, in the order of joining."""
        return tuple(person for person in self.people.values() if not person.withdrawn)

    @property
    def open_round(self) -> Round | None:
        """The round that takes votes now; the latest where there are several."""
        return next((r for r in reversed(tuple(self.rounds.values())) if r.state == "open"), None)

    @property
    def voted_key(self) -> VotingKey:
        """How votes are counted unless a round says otherwise."""
        return self.opened.key
