"""The protocol of a workshop (Ergebnisprotokoll): who was there, what was asked, agreed, decided, and the log."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import day, number, percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.room_question import round_name
from mcda.report.exhibits.room_ranking import Clock, DecisionRow, decision_rows, decision_state, status_text
from mcda.report.exhibits.room_reveal import Reveal, cell_name, reveal_of
from mcda.report.exhibits.setting import method_name
from mcda.study.model import Study
from mcda.workshop import contents as c
from mcda.workshop.baseline import in_force, result_of
from mcda.workshop.events import Event
from mcda.workshop.fold import advance, content_of, fold, undone_steps
from mcda.workshop.room import Baseline, Person, Room
from mcda.workshop.tally import counted_votes, people_of

EFFECT_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One event: its number, moment (ISO 8601, UTC), who, what, before and after, and what it did to the first ten."""

    seq: int
    at: str
    who: str
    what: str
    effect: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A round in the protocol: its name, how many of how many voted, when it was closed, and what came of it."""

    number: int
    name: str
    votes: str
    opened_at: str
    closed_at: str
    reveal: Reveal | None


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything a protocol says. `people`: role and municipality with the number of heads, never a name."""

    title: str
    opened_at: str
    ended_at: str
    people: tuple[str, ...]
    rounds: tuple[Asked, ...]
    weights: tuple[tuple[str, str, str], ...]
    locked_at: str
    ratings: tuple[tuple[str, str], ...]
    decisions: tuple[DecisionRow, ...]
    councils: tuple[tuple[str, str, str, str], ...]
    lines: tuple[Line, ...]
    decided: str
    remark: str
    last_hash: str
    input_hash: str
    version: str


def protocol_of(study: Study, events: Sequence[Event], language: str, clock: Clock = lambda at: at[11:16]) -> Protocol:
    """The protocol of a log as it stands. Answers to rounds that are not revealed do not show. `clock` writes a moment
    of the log as the reader's time of day."""
    room = fold(events)
    result = in_force(study, room)
    return Protocol(
        title=room.opened.title,
        opened_at=room.opened_at,
        ended_at=room.ended_at,
        people=people_lines(study, room, language),
        rounds=tuple(_asked(study, room, number, language) for number in room.rounds),
        weights=_weights(study, room, language),
        locked_at=room.locked_at,
        ratings=tuple(
            (cell_name(study, m, k, language), number(value, language))
            for (m, k), value in room.baseline.ratings.items()
        ),
        decisions=decision_rows(study, room, language),
        councils=tuple(
            (study.municipality_by_id[name].name, text(f"room.outcome.{made.outcome}", language), made.day, made.remark)
            for name, made in room.councils.items()
            if name in study.municipality_by_id
        ),
        lines=protocol_lines(study, events, language),
        decided=decision_state(room, language, clock),
        remark=room.taken.remark if room.taken else "",
        last_hash=events[-1].hash,
        input_hash=study.input_hash,
        version=result.provenance.version,
    )


def people_lines(study: Study, room: Room, language: str) -> tuple[str, ...]:
    """'Mayor, Ismaning (2)' for everybody who was there, in the order of joining."""
    return tuple(
        f"{name} ({count})" if count > 1 else name
        for name, count in Counter(person_name(study, p, language) for p in room.people.values()).items()
    )


def person_name(study: Study, person: Person, language: str) -> str:
    """What a person is called: role and municipality, as far as they were given."""
    home = study.municipality_by_id.get(person.municipality)
    said = [part for part in (person.role, home.name if home else "") if part]
    return ", ".join(said) or text("room.anonymous", language)


def _asked(study: Study, room: Room, number: int, language: str) -> Asked:
    asked = room.rounds[number]
    voted = len(counted_votes(room, asked))
    there = sum(not p.withdrawn for p in people_of(room, asked).values())
    try:
        reveal = reveal_of(study, room, asked, language) if asked.state == "revealed" else None
    except InputError:
        reveal = None
    return Asked(
        asked.number,
        round_name(study, asked.asked, language),
        text("room.voted_of", language, voted=voted, people=there),
        asked.opened_at,
        asked.closed_at,
        reveal,
    )


def _weights(study: Study, room: Room, language: str) -> tuple[tuple[str, str, str], ...]:
    """Every criterion whose weight is another than at the start: before and now."""
    start, now = result_of(study, room, Baseline()).weights.local, in_force(study, room).weights.local
    return tuple(
        (criterion_label(study, name, language), percent(start[name], language, 1), percent(share, language, 1))
        for name, share in now.items()
        if name in room.baseline.weights or abs(share - start[name]) > 1e-9
    )


def protocol_lines(study: Study, events: Sequence[Event], language: str, latest: int = 0) -> tuple[Line, ...]:
    """The log, one line per event; with `latest` only the last so many. What was undone stays, marked."""
    gone = undone_steps(events)
    skipped = max(len(events) - latest, 0) if latest else 0
    before = room = fold(events[: max(skipped, 1)])
    lines: list[Line] = []
    for place in range(skipped, len(events)):
        event = events[place]
        if place > 0:
            before, room = room, fold(events[: place + 1]) if event.kind == "undone" else advance(room, event)
        what = _what(study, before, room, event, language)
        who, effect = who_text(study, room, event, language), effect_lines(study, event, language)
        lines.append(Line(event.seq, event.at, who, what, effect, event.seq in gone))
    return tuple(lines)


def who_text(study: Study, room: Room, event: Event, language: str) -> str:
    """Whose step it was: the facilitation, or a participant by number."""
    if event.role == "facilitator":
        return text("room.facilitator", language)
    person = room.people.get(event.actor)
    return text("room.person", language, number=person.number) if person else text("room.anonymous", language)


def effect_lines(study: Study, event: Event, language: str) -> tuple[str, ...]:
    """What a step did to the first ten, one line per measure that moved; or what was put on the screen."""
    effect: dict[str, Any] = json.loads(event.effect or "{}")
    lines = effect.get("ranking", [])
    told = [
        text(
            "room.effect_line",
            language,
            measure=f"{line['measure']} {_title(study, line['measure'], language)}",
            rank=line["rank"],
            was=line["was"],
        )
        for line in lines[:EFFECT_SHOWN]
        if line.get("was") not in (None, line["rank"])
    ]
    if "data" in effect:
        told.append(text("room.effect_data", language, hash=effect["data"][:12]))
    if lines and "moved" in effect:
        told.append(text("room.effect_moved", language, count=effect["moved"]))
    return tuple(told)


def _title(study: Study, name: str, language: str) -> str:
    return title_of(study.measure_by_id[name], language) if name in study.measure_by_id else ""


def _what(study: Study, before: Room, after: Room, event: Event, language: str) -> str:
    """The event as a sentence."""
    if not event.content:
        return text("room.event.gone", language)
    said = content_of(event)
    facts = _facts(study, before, after, said, language)
    return text(f"room.event.{event.kind}", language, **facts)


def _facts(study: Study, before: Room, after: Room, said: Any, language: str) -> Mapping[str, object]:
    """What the sentences about events speak of; each takes what it needs."""
    number = getattr(said, "round", None)
    asked = after.rounds.get(number) or before.rounds.get(number) if isinstance(number, int) else None
    who = after.people.get(getattr(said, "participant", ""))
    facts: dict[str, object] = {
        "round": asked.number if asked else "",
        "name": round_name(study, asked.asked, language) if asked else getattr(said, "name", ""),
        "person": text("room.person", language, number=who.number) if who else "",
        "reason": getattr(said, "reason", "") or "–",
        "remark": getattr(said, "remark", "") or "–",
    }
    return {**facts, **_more_facts(study, before, after, said, language)}


def _more_facts(study: Study, before: Room, after: Room, said: Any, language: str) -> Mapping[str, object]:
    """What one kind of event has to say beyond its round and its person."""
    if isinstance(said, c.Opened):
        return {"name": said.title}
    if isinstance(said, c.Joined | c.Described):
        return _of_person(study, after, said, language)
    if isinstance(said, c.WeightsAgreed):
        return {"name": _points(study, before, after, tuple(said.points), language)}
    if isinstance(said, c.RatingsAgreed):
        return {"name": "; ".join(_rating(study, before, r, language) for r in said.ratings)}
    if isinstance(said, c.Decided):
        return _of_decision(study, said, language)
    if isinstance(said, c.CouncilDecided):
        return _of_council(study, said, language)
    if isinstance(said, c.StatusSet):
        return {"name": _named(study, said.measure, language), "status": status_text(said.status, language)}
    return _of_settings(study, before, after, said, language)


def _of_settings(study: Study, before: Room, after: Room, said: Any, language: str) -> Mapping[str, object]:
    if isinstance(said, c.RoundOpened):
        return {"round": len(after.rounds), "name": round_name(study, said, language)}
    if isinstance(said, c.WeightsTried):
        tried = {k: v for k, v in said.points.items() if k in study.criterion_by_id}
        return {
            "name": ", ".join(
                f"{criterion_label(study, k, language)} {number(v, language, 1)}" for k, v in tried.items()
            )
        }
    if isinstance(said, c.Shown):
        return {"name": text(f"room.view.{said.view}", language)}
    if isinstance(said, c.Pinned):
        return {"name": ", ".join(said.measures) or "–"}
    if isinstance(said, c.OfSnapshot) and said.snapshot in before.snapshots:
        return {"name": before.snapshots[said.snapshot].name}
    if isinstance(said, c.SettingsSet):
        method = method_name(said.method, language) if said.method else text("room.as_study", language)
        return {"name": f"{method}; {said.as_of}" if said.as_of else method}
    return {"step": said.step} if isinstance(said, c.Undone) else {}


def _of_person(study: Study, room: Room, said: c.Joined | c.Described, language: str) -> Mapping[str, object]:
    person = list(room.people.values())[-1] if isinstance(said, c.Joined) else room.people.get(said.participant)
    if person is None:
        return {"name": ""}
    called = text("room.person", language, number=person.number)
    return {"person": called, "name": person_name(study, person, language)}


def _of_decision(study: Study, said: c.Decided, language: str) -> Mapping[str, object]:
    place = [text("room.decided_rank", language, rank=said.rank)] if said.rank else []
    place += [text("room.decided_tier", language, tier=said.tier)] if said.tier else []
    told = ", ".join(place) or text("room.as_computed", language)
    return {"name": _named(study, said.measure, language), "place": told}


def _of_council(study: Study, said: c.CouncilDecided, language: str) -> Mapping[str, object]:
    home = study.municipality_by_id.get(said.municipality)
    outcome = text(f"room.outcome.{said.outcome}", language)
    name, on = home.name if home else said.municipality, day(date.fromisoformat(said.day), language)
    return {"name": name, "outcome": outcome, "day": on}


def _named(study: Study, measure: str, language: str) -> str:
    return f"{measure} {_title(study, measure, language)}"


def _points(study: Study, before: Room, after: Room, names: Sequence[str], language: str) -> str:
    was, now = in_force(study, before).weights.local, in_force(study, after).weights.local
    return ", ".join(
        text(
            "room.changed_weight",
            language,
            criterion=criterion_label(study, name, language),
            before=percent(was[name], language),
            now=percent(now[name], language),
        )
        for name in names
        if name in now
    )


def _rating(study: Study, before: Room, rating: c.AgreedRating, language: str) -> str:
    was = before.baseline.ratings.get((rating.measure, rating.criterion))
    name = f"{rating.measure} {criterion_label(study, rating.criterion, language)}"
    return f"{name} {'' if was is None else number(was, language) + ' → '}{number(rating.value, language)}"
