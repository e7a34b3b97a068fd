"""A log run again: every effect is computed anew from what was said, and compared with what the log holds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from mcda.errors import InputError, Issue, MethodError, Where
from mcda.result import Result
from mcda.study.model import Study
from mcda.workshop.baseline import in_force
from mcda.workshop.effects import effect_of
from mcda.workshop.events import Event, Role, broken_links, canonical, digest
from mcda.workshop.fold import advance, content_of, erased_events, fold
from mcda.workshop.room import Room
from mcda.workshop.rules import Forbidden, check_step

_LEANS = frozenset({"round_revealed", "weights_agreed", "ratings_agreed"})
"""What is computed from people's answers."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A log run again. `events`: with every effect computed anew; `issues`: where the log is broken or says something
    else than was found; `not_checked`: numbers of events whose effect leans on answers that were erased
    since, or that nobody may read yet."""

    room: Room
    result: Result
    events: tuple[Event, ...]
    issues: tuple[Issue, ...]
    not_checked: tuple[int, ...] = ()


def replay(study: Study, events: Sequence[Event], hidden: Iterable[int] = ()) -> Replay:
    """Run a log again on its study.

    `hidden`: numbers of the votes a file leaves out, their round being hidden; a reveal that needs them is not checked,
    and nothing but votes may be left out.
    Effects that were stripped from the log (empty) are filled in, and the hash chain is checked over what was found:
    one altered byte anywhere, or one number that comes out otherwise, is an issue that names the event. Issues:
    those of `broken_links`, `log_effect_differs`, and what the rules of a room say of a step they do not allow.
    Raises InputError when the log is no log of a room at all, or of one on other data (`log_other_study`).
    """
    erased = erased_events(events)
    issues: list[Issue] = []
    told: list[Event] = []
    unsure: list[int] = []
    gone = erased | _rightly_hidden(events, hidden)
    room: Room | None = None
    for number, event in enumerate(events):
        before, room = room, _next(room, events[: number + 1])
        if before is None and study.input_hash != room.opened.study:
            params = {"value": study.input_hash}
            raise InputError([Issue("log_other_study", where=Where("log", event.seq), params=params)])
        if event.kind in _LEANS and _leans_on(events, event, gone):
            unsure.append(event.seq)
            told.append(event)
            continue
        again, found = _again(study, before, room, events[: number + 1])
        told.append(again)
        issues += found
    if room is None:
        raise InputError([Issue("log_without_room", where=Where("log"))])
    places = {(i.code, i.where.row) for i in issues}
    left_out = {e.seq for e in events if e.kind == "voted"} & set(hidden)
    links = [i for i in broken_links(told, erased | left_out) if ("log_effect_differs", i.where.row) not in places]
    ordered = sorted((*issues, *links), key=lambda issue: issue.where.row or 0)
    return Replay(room, in_force(study, room), tuple(told), tuple(ordered), tuple(unsure))


def _rightly_hidden(events: Sequence[Event], hidden: Iterable[int]) -> frozenset[int]:
    """Votes left out of a file that may be: only where some round is not revealed at the end, and nobody but them can
    say whose they were. What leans on them is not checked rather than wrong."""
    room = fold(events) if events else None
    asked = [e.seq for e in events if e.kind == "round_opened"]
    open_ones = room is not None and any(n not in room.rounds or room.rounds[n].state != "revealed" for n in asked)
    return frozenset(e.seq for e in events if e.kind == "voted") & frozenset(hidden) if open_ones else frozenset()


def _next(room: Room | None, events: Sequence[Event]) -> Room:
    """The room after the last of these events."""
    if room is None or events[-1].kind == "undone":
        return fold(events)
    return advance(room, events[-1])


def _again(study: Study, before: Room | None, after: Room, events: Sequence[Event]) -> tuple[Event, list[Issue]]:
    """The last of these events with its effect as found, and what differs from what the log says: a step the rules do
    not allow (its reasons at the event's number), or another effect."""
    event = events[-1]
    if not event.content:
        return replace(event, effect=event.effect or "{}"), []
    said = content_of(event)
    try:
        if before is not None:
            newcomer = event.kind == "joined" and event.actor == f"p{event.seq}"  # nobody yet, when they asked to join
            actor = "" if newcomer else event.actor
            role: Role = "facilitator" if event.role == "facilitator" else "participant"
            check_step(study, before, events[:-1], role, actor, event.kind, said)
        effect = canonical(effect_of(study, before, after, event.kind, said))
    except InputError as error:
        return event, [replace(i, where=Where("log", event.seq, i.where.column)) for i in error.issues]
    except MethodError as error:
        return event, [replace(error.issue, where=Where("log", event.seq))]
    except (KeyError, Forbidden, ValidationError) as error:
        return event, [_issue("log_step_impossible", event, detail=str(error).splitlines()[0])]
    if event.effect and event.effect != effect:
        detail = _first_difference(event.effect, effect)
        return replace(event, effect=effect), [_issue("log_effect_differs", event, detail=detail)]
    return replace(event, effect=effect), []


def _leans_on(events: Sequence[Event], step: Event, erased: frozenset[int]) -> bool:
    """Whether a vote before this step is gone: which round it belonged to went with it."""
    return any(e.seq in erased and e.kind == "voted" and e.seq < step.seq for e in events)


def _first_difference(was: str, found: str) -> str:
    """The first place at which two effects differ, as a path with both values."""
    return _differs(json.loads(was), json.loads(found), "effect")


def _differs(was: object, found: object, path: str) -> str:
    if isinstance(was, dict) and isinstance(found, dict):
        for key in sorted({*was, *found}):
            if was.get(key) != found.get(key):
                return _differs(was.get(key), found.get(key), f"{path}.{key}")
    if isinstance(was, list) and isinstance(found, list) and len(was) == len(found):
        for place, (a, b) in enumerate(zip(was, found, strict=True)):
            if a != b:
                return _differs(a, b, f"{path}[{place}]")
    return f"{path}: {canonical(was)[:60]} / {canonical(found)[:60]}"


def _issue(code: str, event: Event, **params: str) -> Issue:
    told = {"kind": event.kind, "at": event.at, "seq": str(event.seq)} | params
    return Issue(code, where=Where("log", event.seq, "effect"), params=told)


def last_hash(events: Sequence[Event]) -> str:
    """The hash a protocol prints: it stands for the whole log."""
    return events[-1].hash if events else digest("")
