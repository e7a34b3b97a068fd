"""One write transaction on a room."""

import re
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from mcda.workshop.events import Event
from mcda.workshop.store.schema import events, keys

FIELDS = tuple(field.name for field in fields(Event))
_MOST = 2**31 - 1
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Writing:
    """What may be done to a room while nobody else writes to it. All of it is stored on leaving, or nothing.

    Ask this, not the store, while it lasts: it holds a connection, and the store would need a second one.
    """

    def __init__(self, connection: Connection, room_id: int) -> None:
        self._connection = connection
        self._room = room_id
        self._last: int | None = None
        self.fault: Exception | None = None
        self.erased = False

    def records(self, after: int = 0) -> tuple[Event, ...]:
        """The room's events after number `after`, in order."""
        return read_events(self._connection, self._room, after)

    def token_seq(self, token: str) -> int | None:
        """The number of the event stored with this token in this room; None for none, and for the token ''."""
        if not token or not storable(token):
            return None
        asked = select(events.c.seq).where(events.c.room_id == self._room, events.c.token == token)
        return self._connection.execute(asked).scalar()

    def append(self, record: Event) -> None:
        """Add the room's next event. Raises ValueError when its number is not the next one, its token is taken, or a
        text holds what no database keeps (NUL, half a surrogate pair)."""
        require_storable(*(value for value in astuple(record) if isinstance(value, str)))
        if self._last is None:
            self._last = last_seq(self._connection, self._room)
        if record.seq != self._last + 1:
            raise ValueError(f"event {record.seq} cannot follow event {self._last}")
        row = {name: getattr(record, name) for name in FIELDS} | {"token": record.token or None, "room_id": self._room}
        self._write(insert(events).values(row), "this token is taken in this room")
        self._last = record.seq

    def add_key(self, participant: str, key_hash: str) -> None:
        """Let a key (its hash) stand for a participant. Raises ValueError when the room has that key."""
        require_storable(participant, key_hash)
        row = {"room_id": self._room, "key_hash": key_hash, "participant": participant}
        self._write(insert(keys).values(row), "this key is taken in this room")

    def erase_content(self, seqs: Sequence[int]) -> None:
        """Empty the content of these events; their hashes stay. Numbers the room does not have change nothing."""
        wanted = [seq for seq in seqs if 0 < seq <= _MOST]
        chosen = (events.c.room_id == self._room, events.c.seq.in_(wanted))
        self._write(update(events).where(*chosen).values(content=""), "")
        self.erased = self.erased or bool(wanted)

    def _write(self, statement: Executable, taken: str) -> None:
        """Keep what goes wrong: a caller who passes over it must not believe that all was stored."""
        try:
            self._connection.execute(statement)
        except IntegrityError as error:
            self.fault = ValueError(taken)
            raise self.fault from error
        except SQLAlchemyError as error:
            self.fault = error
            raise


def read_events(connection: Connection, room_id: int, after: int) -> tuple[Event, ...]:
    """A room's events after number `after`, in order."""
    asked: Select[Any] = (
        select(*(events.c[name] for name in FIELDS))
        .where(events.c.room_id == room_id, events.c.seq > min(after, _MOST))
        .order_by(events.c.seq)
    )
    return tuple(_event(row) for row in connection.execute(asked).mappings())


def last_seq(connection: Connection, room_id: int) -> int:
    """The number of a room's last event; 0 when it has none."""
    asked = select(func.max(events.c.seq)).where(events.c.room_id == room_id)
    return connection.execute(asked).scalar() or 0


def storable(*texts: str) -> bool:
    """Whether both databases can keep these texts as they are."""
    return not any(_UNSTORABLE.search(said) for said in texts)


def require_storable(*texts: str) -> None:
    """Raise ValueError for a text with a NUL or half a surrogate pair, before a database sees it."""
    if not storable(*texts):
        raise ValueError("a text with a NUL or half a surrogate pair cannot be stored")


def _event(row: RowMapping) -> Event:
    return Event(**{**row, "token": row["token"] or ""})
