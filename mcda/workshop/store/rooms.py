"""Rooms in the database: opened, read, written to, deleted."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from mcda.errors import Issue
from mcda.workshop.events import Event
from mcda.workshop.store.engine import WRITE, exclude_others
from mcda.workshop.store.faults import CodeTaken, StoreError, fault_of
from mcda.workshop.store.place import Place
from mcda.workshop.store.schema import keys, rooms, studies
from mcda.workshop.store.writing import Writing, last_seq, read_events, require_storable, storable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room: its code, the hash of the facilitator's key, its study, and when it goes (ISO 8601 UTC)."""

    id: int
    code: str
    facilitator_hash: str
    study_hash: str
    opened_at: str
    delete_after: str


class Store:
    """The rooms of one database. Safe to use from many threads; several processes may share the database.

    Every method may raise StoreError (store_locked, store_full, store_gone, store_unusable); then nothing was stored.
    Where a connection turns out dead, a read is tried once more, a write never: only the caller's token tells whether
    it was stored.
    """

    def __init__(self, engine: Engine, place: Place, patience: int) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**WRITE)
        self._place = place
        self._patience = patience / 1000
        self._turn = Lock()

    def create_room(
        self,
        code: str,
        facilitator_hash: str,
        study_hash: str,
        study_text: str,
        opened_at: str,
        delete_after: str,
        first: Sequence[Event],
    ) -> RoomRow:
        """Open a room with its first events, numbered from 1, and keep its study. All of it or nothing.

        Raises CodeTaken when a room has this code, ValueError for texts no database keeps and events out of order.
        """
        require_storable(code, facilitator_hash, study_hash, study_text, opened_at, delete_after)
        with self._write() as connection:
            exclude_others(connection)
            if connection.execute(select(rooms.c.id).where(rooms.c.code == code)).first():
                raise CodeTaken(code)
            if not connection.execute(select(studies.c.hash).where(studies.c.hash == study_hash)).first():
                connection.execute(insert(studies).values(hash=study_hash, content=study_text))
            row = {"code": code, "facilitator_hash": facilitator_hash, "study_hash": study_hash}
            row |= {"opened_at": opened_at, "delete_after": delete_after}
            made = connection.execute(insert(rooms).values(row)).inserted_primary_key
            room_id = int(made[0]) if made else 0
            log = Writing(connection, room_id)
            for record in first:
                log.append(record)
        return RoomRow(room_id, code, facilitator_hash, study_hash, opened_at, delete_after)

    def room(self, code: str) -> RoomRow | None:
        """The room with this code, written exactly so; None when there is none."""
        if not storable(code):
            return None
        return self._read(lambda c: next(iter(_rooms(c, code)), None))

    def rooms(self) -> tuple[RoomRow, ...]:
        """All rooms, in the order in which they were opened."""
        return self._read(_rooms)

    def study_text(self, study_hash: str) -> str | None:
        """The text of a study some room is about; None when no room is."""
        asked = select(studies.c.content).where(studies.c.hash == study_hash)
        return self._read(lambda c: c.execute(asked).scalar()) if storable(study_hash) else None

    def records(self, room_id: int, after: int = 0) -> tuple[Event, ...]:
        """A room's events after number `after`, in order; none when the room is gone."""
        return self._read(lambda c: read_events(c, room_id, after))

    def last_seq(self, room_id: int) -> int:
        """The number of a room's last event, from the index alone; 0 when the room is gone."""
        return self._read(lambda c: last_seq(c, room_id))

    def participant_of(self, room_id: int, key_hash: str) -> str | None:
        """Whose key this is (by its hash); None when it is nobody's in this room."""
        asked = select(keys.c.participant).where(keys.c.room_id == room_id, keys.c.key_hash == key_hash)
        return self._read(lambda c: c.execute(asked).scalar()) if storable(key_hash) else None

    @contextmanager
    def writing(self, room_id: int) -> Iterator[Writing]:
        """One write transaction on a room, shutting out every other writer of it from the start.

        It is stored on leaving; any exception takes all of it back. Raises LookupError when the room is gone.
        """
        with self._write() as connection:
            asked = select(rooms.c.id).where(rooms.c.id == room_id).with_for_update()
            if connection.execute(asked).first() is None:
                raise LookupError(room_id)
            log = Writing(connection, room_id)
            yield log
            if log.fault is not None:
                raise log.fault
        if log.erased:
            self._forget()

    def erase_content(self, room_id: int, seqs: Sequence[int]) -> None:
        """Empty the content of these events of a room. Raises LookupError when the room is gone."""
        with self.writing(room_id) as log:
            log.erase_content(seqs)

    def delete_room(self, room_id: int) -> None:
        """Delete a room with its events and keys, and its study unless another room is about it. Gone is gone."""
        with self._write() as connection:
            exclude_others(connection)
            _delete(connection, [room_id])
        self._forget()

    def delete_expired(self, now: str) -> tuple[str, ...]:
        """Delete every room whose time is up at `now` (ISO 8601 UTC, as in the rooms); their codes."""
        if not any(row.delete_after <= now for row in self.rooms()):
            return ()
        with self._write() as connection:
            exclude_others(connection)
            due = [row for row in _rooms(connection) if row.delete_after <= now]
            _delete(connection, [row.id for row in due])
        self._forget()
        return tuple(row.code for row in due)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._engine.dispose()

    def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._once(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise self._fault(error) from error
        except SQLAlchemyError as error:
            raise self._fault(error) from error
        try:
            return self._once(work)
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        try:
            with self._my_turn(), self._writer.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._fault(error) from error

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """In SQLite threads queue here, where waiting costs nothing, rather than poll the file's lock."""
        if not self._place.is_file:
            yield
            return
        if not self._turn.acquire(timeout=self._patience):
            raise StoreError(Issue("store_locked", params={"where": self._place.told, "detail": "database is locked"}))
        try:
            yield
        finally:
            self._turn.release()

    def _fault(self, error: SQLAlchemyError) -> Exception:
        return fault_of(error, self._place.told, self._place.url.password or "") or error

    def _forget(self) -> None:
        """Take what was erased out of SQLite's write-ahead log too; while others are at it, a later write does so."""
        if not self._place.is_file:
            return
        harmless = suppress(sqlite3.OperationalError, SQLAlchemyError, StoreError)
        with harmless, self._my_turn(), self._engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _rooms(connection: Connection, code: str | None = None) -> tuple[RoomRow, ...]:
    asked = select(rooms).order_by(rooms.c.id)
    chosen = asked if code is None else asked.where(rooms.c.code == code)
    return tuple(RoomRow(**row) for row in connection.execute(chosen).mappings())


def _delete(connection: Connection, room_ids: Sequence[int]) -> None:
    connection.execute(delete(rooms).where(rooms.c.id.in_(room_ids)))
    used = select(rooms.c.id).where(rooms.c.study_hash == studies.c.hash).exists()
    connection.execute(delete(studies).where(~used))
