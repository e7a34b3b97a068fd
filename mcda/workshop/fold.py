"""From a log to its room: a pure fold. The same log gives the same room, whoever reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.workshop import contents as c
from mcda.workshop.events import Event, canonical
from mcda.workshop.room import Council, Decision, Person, Room, Round, Snapshot, Taken, Vote

NOT_STEPS = frozenset({"opened", "erased", "undone"})
"""What cannot be taken back as a step."""


def content_of(event: Event) -> Any:
    """What an event says, checked. Raises InputError naming the event."""
    if event.kind not in c.CONTENTS:
        raise InputError([Issue("log_unknown_kind", where=Where("log", event.seq), params={"value": event.kind})])
    try:
        return c.CONTENTS[event.kind].model_validate_json(event.content)
    except ValueError as error:
        params = {"kind": event.kind, "detail": str(error).splitlines()[0]}
        raise InputError([Issue("log_content_wrong", where=Where("log", event.seq), params=params)]) from None


def fold(events: Sequence[Event]) -> Room:
    """The room after these events. Raises InputError when the log does not begin by opening a room or holds what no
    room knows."""
    if not events or events[0].kind != "opened":
        raise InputError([Issue("log_without_room", where=Where("log"))])
    gone = undone_steps(events)
    room = Room(content_of(events[0]), events[0].at)
    for event in events[1:]:
        room = replace(room, seq=event.seq) if event.seq in gone else advance(room, event)
    return room


def undone_steps(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of the events that were taken back; an undoing that was itself undone takes nothing back."""
    gone: set[int] = set()
    for event in sorted(events, key=lambda event: -event.seq):
        if event.kind == "undone" and event.seq not in gone and event.content:
            gone.add(content_of(event).step)
    return frozenset(gone)


def advance(room: Room, event: Event) -> Room:
    """The room one event further; not for 'undone', which needs the whole log. Erased content changes nothing."""
    if not event.content or event.kind == "undone":
        room = replace(room, seq=event.seq)
        return _person_left_blank(room, event) if event.kind == "joined" else room
    said = content_of(event)
    if event.kind not in _ACTS:  # a room is opened once, by its first event
        raise InputError([Issue("log_unknown_kind", where=Where("log", event.seq), params={"value": event.kind})])
    room = _ACTS[event.kind](replace(room, seq=event.seq), event, said)
    if event.role == "facilitator" and event.kind not in NOT_STEPS:
        room = replace(room, steps=(*room.steps, event.seq))
    return room


def erased_events(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of the events whose content somebody had erased."""
    return frozenset(seq for event in events if event.kind == "erased" for seq in content_of(event).seqs)


def own_events(events: Iterable[Event], participant: str) -> tuple[Event, ...]:
    """Everything a log holds of one person: what they said, and what was said of them."""
    mine = f'"participant":{canonical(participant)}'
    return tuple(e for e in events if e.actor == participant or mine in e.content or f"p{e.seq}" == participant)


def erasable(events: Iterable[Event], participant: str) -> tuple[int, ...]:
    """The numbers of the events whose content goes when this person asks for it."""
    kinds = ("joined", "described", "voted")
    return tuple(e.seq for e in own_events(events, participant) if e.kind in kinds)


Act = Callable[[Room, Event, Any], Room]


def _person(room: Room, name: str, **changes: Any) -> Room:
    if name not in room.people:
        return room
    return replace(room, people={**room.people, name: replace(room.people[name], **changes)})


def _round(room: Room, number: int, **changes: Any) -> Room:
    if number not in room.rounds:
        return room
    return replace(room, rounds={**room.rounds, number: replace(room.rounds[number], **changes)})


def _change(room: Room, **changes: Any) -> Room:
    """Another baseline in force; what was before stays known."""
    return replace(room, baseline=replace(room.baseline, **changes), previous=room.baseline)


def _started(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, started_at=room.started_at or event.at)


def _joined(room: Room, event: Event, said: c.Joined) -> Room:
    name = f"p{event.seq}"
    person = Person(name, len(room.people) + 1, said.role, said.municipality, said.paper, said.simulated, event.at)
    return replace(room, people={**room.people, name: person})


def _person_left_blank(room: Room, event: Event) -> Room:
    """Somebody whose data were erased keeps the place in the count, and nothing else."""
    room = _joined(room, event, c.Joined())
    return _person(room, f"p{event.seq}", withdrawn=True)


def _described(room: Room, event: Event, said: c.Described) -> Room:
    return _person(room, said.participant, role=said.role, municipality=said.municipality)


def _withdrawn(room: Room, event: Event, said: c.OfPerson) -> Room:
    return _person(room, said.participant, withdrawn=True)


def _returned(room: Room, event: Event, said: c.OfPerson) -> Room:
    return _person(room, said.participant, withdrawn=False)


def _erased(room: Room, event: Event, said: c.Erased) -> Room:
    return _person(room, said.participant, withdrawn=True)


def _round_opened(room: Room, event: Event, said: c.RoundOpened) -> Room:
    asked = Round(event.seq, len(room.rounds) + 1, said, "open", event.at)
    return replace(room, rounds={**room.rounds, event.seq: asked})


def _round_closed(room: Room, event: Event, said: c.OfRound) -> Room:
    return _round(room, said.round, state="closed", closed_at=event.at)


def _round_reopened(room: Room, event: Event, said: c.Reopened) -> Room:
    before = room.rounds.get(said.round)
    again = before.reopened + 1 if before else 1
    return _round(
        room,
        said.round,
        state="open",
        closed_at="",
        revealed_at="",
        reopened=again,
        focus=said.focus,
        people={},
        counted_by=None,
    )


def _round_revealed(room: Room, event: Event, said: c.Revealed) -> Room:
    changes = {} if said.key is None else {"counted_by": said.key}
    return _round(room, said.round, state="revealed", revealed_at=event.at, focus=(), people=room.people, **changes)


def _voted(room: Room, event: Event, said: c.Voted) -> Room:
    found = room.rounds.get(said.round)
    if found is None or said.participant not in room.people:
        return room
    vote = Vote(said, event.at, event.seq, event.role == "facilitator")
    return _round(room, said.round, votes={**found.votes, said.participant: vote})


def _weights_agreed(room: Room, event: Event, said: c.WeightsAgreed) -> Room:
    room = _change(room, weights={**room.baseline.weights, **said.points})
    return replace(room, trial={}, agreed={**room.agreed, said.parent: (event.seq, said.round)})


def _weights_tried(room: Room, event: Event, said: c.WeightsTried) -> Room:
    return replace(room, trial={**room.trial, **said.points})


def _trial_ended(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, trial={})


def _weights_locked(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, locked_at=event.at, trial={})


def _weights_unlocked(room: Room, event: Event, said: c.Reason) -> Room:
    return replace(room, locked_at="")


def _ratings_agreed(room: Room, event: Event, said: c.RatingsAgreed) -> Room:
    new = {(r.measure, r.criterion): r.value for r in said.ratings}
    room = _change(room, ratings={**room.baseline.ratings, **new})
    return room if said.round is None else replace(room, agreed_ratings={**room.agreed_ratings, said.round: event.seq})


def _settings_set(room: Room, event: Event, said: c.SettingsSet) -> Room:
    return _change(room, settings=said.model_dump(mode="json"))


def _pinned(room: Room, event: Event, said: c.Pinned) -> Room:
    return replace(room, baseline=replace(room.baseline, pinned=said.measures))


def _shown(room: Room, event: Event, said: c.Shown) -> Room:
    seen = room.ranking_seen or said.view in ("ranking", "what_if", "compare", "decision")
    return replace(room, shown=said, ranking_seen=seen)


def _door_closed(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, door_closed_at=event.at)


def _door_opened(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, door_closed_at="")


def _paused(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, paused_at=room.paused_at or event.seq)  # pressed twice, the screen stays where it was


def _resumed(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, paused_at=0)


def _frozen(room: Room, event: Event, said: c.Nothing) -> Room:
    kept = room.frozen or replace(room.baseline, weights={**room.baseline.weights, **room.trial})
    return replace(room, frozen=kept)


def _unfrozen(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, frozen=None)


def _snapshot_taken(room: Room, event: Event, said: c.SnapshotTaken) -> Room:
    kept = Snapshot(event.seq, said.name, event.at, room.baseline)
    return replace(room, snapshots={**room.snapshots, event.seq: kept})


def _snapshot_restored(room: Room, event: Event, said: c.OfSnapshot) -> Room:
    kept = room.snapshots.get(said.snapshot)
    return room if kept is None else replace(room, baseline=kept.baseline, previous=room.baseline, trial={})


def _decided(room: Room, event: Event, said: c.Decided) -> Room:
    decisions = {name: made for name, made in room.baseline.decisions.items() if name != said.measure}
    if said.rank is not None or said.tier is not None:
        decisions[said.measure] = Decision(said.rank, said.tier, said.reason)
    return _change(room, decisions=decisions)


def _decision_taken(room: Room, event: Event, said: c.DecisionTaken) -> Room:
    return replace(room, taken=Taken(event.seq, event.at, room.baseline, said.round, said.remark))


def _council_decided(room: Room, event: Event, said: c.CouncilDecided) -> Room:
    made = Council(said.outcome, said.day, said.remark)
    return replace(room, councils={**room.councils, said.municipality: made})


def _status_set(room: Room, event: Event, said: c.StatusSet) -> Room:
    return replace(room, statuses={**room.statuses, said.measure: said.status})


def _ended(room: Room, event: Event, said: c.Nothing) -> Room:
    return replace(room, ended_at=event.at)


_ACTS: Mapping[str, Act] = {
    "started": _started,
    "joined": _joined,
    "described": _described,
    "withdrawn": _withdrawn,
    "returned": _returned,
    "erased": _erased,
    "round_opened": _round_opened,
    "round_closed": _round_closed,
    "round_reopened": _round_reopened,
    "round_revealed": _round_revealed,
    "voted": _voted,
    "weights_agreed": _weights_agreed,
    "weights_tried": _weights_tried,
    "trial_ended": _trial_ended,
    "weights_locked": _weights_locked,
    "weights_unlocked": _weights_unlocked,
    "ratings_agreed": _ratings_agreed,
    "settings_set": _settings_set,
    "pinned": _pinned,
    "shown": _shown,
    "door_closed": _door_closed,
    "door_opened": _door_opened,
    "paused": _paused,
    "resumed": _resumed,
    "frozen": _frozen,
    "unfrozen": _unfrozen,
    "snapshot_taken": _snapshot_taken,
    "snapshot_restored": _snapshot_restored,
    "decided": _decided,
    "decision_taken": _decision_taken,
    "council_decided": _council_decided,
    "status_set": _status_set,
    "ended": _ended,
}
