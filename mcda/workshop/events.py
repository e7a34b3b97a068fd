"""Events of a room as they are kept: canonical text, and a hash chain that shows tampering.

Each event's hash covers the one before it, its place, time, role and kind, and the digests of its content and of its
effect. So one changed byte shows, and content that was erased on somebody's wish leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mcda.errors import InputError, Issue, Where

Role = Literal["facilitator", "participant"]
START = "0" * 64
"""What the first event of a log follows."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a room. `at`: UTC, ISO 8601. `actor`: the participant's id, or 'facilitator'.

    `content` and `effect` are canonical JSON: what was said, and what it changed (computed, so a replay can check it).
    Erased content is empty; `content_digest` then is all that is left of it.
    """

    seq: int
    at: str
    role: str
    actor: str
    kind: str
    content: str
    effect: str = "{}"
    content_digest: str = ""
    hash: str = ""
    token: str = ""


def canonical(value: Any) -> str:
    """A value as JSON with sorted keys and nothing superfluous; NaN is refused with ValueError."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(content: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(content.encode()).hexdigest()


def sealed(event: Event, before: str) -> Event:
    """The event with its digest and its hash after the one `before`."""
    told = event.content_digest or digest(event.content)
    return replace(event, content_digest=told, hash=_hash(replace(event, content_digest=told), before))


def broken_links(events: Sequence[Event], erased: Iterable[int] = ()) -> tuple[Issue, ...]:
    """What is wrong with a log, each issue with the event's number as its row: `log_gap` (a number missing or out of
    order), `log_content_changed` (the content is not what was sealed), `log_content_missing` (gone, but never erased),
    `log_chain_broken` (number, time, role, kind, effect or order are not what was sealed).

    After a broken link the chain goes on from the hash that stands there, so that one fault is told once.
    """
    found: list[Issue] = []
    allowed = frozenset(erased)
    before, expected = START, 1
    for event in events:
        if event.seq != expected:
            found.append(_issue("log_gap", event, expected=str(expected)))
        if not event.content and event.seq not in allowed:
            found.append(_issue("log_content_missing", event))
        elif event.content and digest(event.content) != event.content_digest:
            found.append(_issue("log_content_changed", event))
        elif _hash(event, before) != event.hash:
            found.append(_issue("log_chain_broken", event))
        before, expected = event.hash, event.seq + 1
    return tuple(found)


def require_whole(events: Sequence[Event], erased: Iterable[int] = ()) -> None:
    """Raise InputError with every broken link of a log."""
    if issues := broken_links(events, erased):
        raise InputError(issues)


def _hash(event: Event, before: str) -> str:
    place = {
        "before": before,
        "seq": event.seq,
        "at": event.at,
        "role": event.role,
        "actor": event.actor,
        "kind": event.kind,
        "content": event.content_digest,
        "effect": digest(event.effect),
    }
    return digest(canonical(place))


def _issue(code: str, event: Event, **params: str) -> Issue:
    told = {"kind": event.kind, "at": event.at, "actor": event.actor, "seq": str(event.seq)} | params
    return Issue(code, where=Where("log", event.seq, "content"), params=told)
