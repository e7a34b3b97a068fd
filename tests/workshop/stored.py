"""Rooms and events for the tests of the store."""

from typing import Any

from mcda.workshop.events import Event
from mcda.workshop.store import RoomRow, Store, open_store
from mcda.workshop.store.writing import last_seq

AT = "2026-03-01T10:00:00.000Z"
LATER = "2026-04-01T10:00:00.000Z"


def event(seq: int, **said: Any) -> Event:
    """An event numbered so, with something in every field."""
    told: dict[str, Any] = {
        "at": AT,
        "role": "participant",
        "actor": f"p{seq}",
        "kind": "voted",
        "content": f'{{"n":{seq}}}',
        "effect": "{}",
        "content_digest": f"d{seq}",
        "hash": f"h{seq}",
    }
    return Event(seq=seq, **(told | said))


def opened(store: Store, code: str = "ABCDEF", events: int = 1, study: str = "s1", until: str = LATER) -> RoomRow:
    """A new room with so many events."""
    first = [event(seq) for seq in range(1, events + 1)]
    return store.create_room(code, "f" * 64, study, f'{{"study":"{study}"}}', AT, until, first)


def append(store: Store, room_id: int, **said: Any) -> int:
    """Append the next event to a room; its number."""
    with store.writing(room_id) as log:
        seq = last_seq(log._connection, room_id) + 1
        log.append(event(seq, **said))
    return seq


def append_some(url: str, room_id: int, actor: str) -> None:
    """What each of several programs does that share a room."""
    store = open_store(url)
    for _ in range(30):
        append(store, room_id, actor=actor)
    store.close()


def open_and_close(url: str) -> None:
    """What each of several programs does that start at once."""
    open_store(url).close()
