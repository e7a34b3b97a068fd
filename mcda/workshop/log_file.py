"""A room's log as data: study and events in one JSON document, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from mcda.errors import InputError, Issue, Where
from mcda.study.model import Study
from mcda.version import __version__
from mcda.workshop.events import Event, canonical
from mcda.workshop.fold import fold

FORMAT = "rangfolge-room-1"
_FIELDS = ("seq", "at", "role", "actor", "kind")


@dataclass(frozen=True, slots=True)
class RoomLog:
    """A study, and the events of a room on it. `hidden`: numbers of the votes left out because nobody may read them.
    `last_hash`: what the document says its last event's hash is; empty where it says nothing."""

    study: Study
    events: tuple[Event, ...]
    hidden: frozenset[int] = frozenset()
    last_hash: str = ""


def study_text(study: Study) -> str:
    """A study as the store and a log hold it: canonical JSON, from which the same study (and hash) is read."""
    return canonical(study.model_dump(mode="json"))


def study_from(content: str) -> Study:
    """The study of such a text. Raises InputError when it is none."""
    try:
        return Study.model_validate_json(content)
    except (ValidationError, ValueError) as error:
        params = {"detail": str(error).splitlines()[0]}
        raise InputError([Issue("log_study_wrong", where=Where("log"), params=params)]) from None


def log_json(study: Study, events: Sequence[Event]) -> bytes:
    """The log as a JSON document for people's files: `mcda workshop replay FILE` runs it again.

    Answers to rounds that are not revealed are left out (their digests stay, so that the chain can still be checked).
    """
    hidden = hidden_votes(events)
    rows = [_row(event, event.seq in hidden) for event in events]
    content = {
        "format": FORMAT,
        "version": __version__,
        "input_hash": study.input_hash,
        "last_hash": events[-1].hash if events else "",
        "study": study.model_dump(mode="json"),
        "events": rows,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def hidden_votes(events: Sequence[Event]) -> frozenset[int]:
    """The numbers of the votes nobody may read yet: their round has not been revealed since."""
    room = fold(events)
    revealed = {number for number, asked in room.rounds.items() if asked.state == "revealed"}
    return frozenset(e.seq for e in events if e.kind == "voted" and e.content and _round_of(e) not in revealed)


def read_log(content: bytes, origin: str = "log") -> RoomLog:
    """Read such a document. Effects and hashes may have been stripped; a replay fills them in.

    Raises InputError naming the place when it is not such a document.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise _wrong(origin, "not_json") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("events"), list):
        raise _wrong(origin, "log_not_a_log")
    study = study_from(json.dumps(data.get("study")))
    events = tuple(_event(row, number, origin) for number, row in enumerate(data["events"], start=1))
    left_out = frozenset(event.seq for event, row in zip(events, data["events"], strict=True) if row.get("hidden"))
    return RoomLog(study, events, left_out, str(data.get("last_hash") or ""))


def _row(event: Event, hidden: bool) -> dict[str, Any]:
    return {
        **{name: getattr(event, name) for name in _FIELDS},
        "content": json.loads(event.content) if event.content and not hidden else None,
        "effect": json.loads(event.effect or "{}"),
        "content_digest": event.content_digest,
        "hash": event.hash,
    } | ({"hidden": True} if hidden else {})


def _event(row: Any, number: int, origin: str) -> Event:
    if not isinstance(row, Mapping) or not all(name in row for name in _FIELDS):
        raise _wrong(origin, "log_row_wrong", number)
    try:
        content, effect = row.get("content"), row.get("effect")
        return Event(
            seq=int(row["seq"]),
            at=str(row["at"]),
            role=str(row["role"]),
            actor=str(row["actor"]),
            kind=str(row["kind"]),
            content="" if content is None else canonical(content),
            effect="" if effect is None else canonical(effect),
            content_digest=str(row.get("content_digest", "")),
            hash=str(row.get("hash", "")),
        )
    except (TypeError, ValueError, OverflowError):
        raise _wrong(origin, "log_row_wrong", number) from None


def _round_of(event: Event) -> int:
    return int(json.loads(event.content)["round"])


def _wrong(origin: str, code: str, row: int | None = None) -> InputError:
    return InputError([Issue(code, where=Where(origin, row), params={"path": origin})])
