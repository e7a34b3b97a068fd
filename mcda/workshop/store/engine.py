"""Connections as the store wants them: SQLite that never loses what it acknowledged, PostgreSQL that may restart."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from mcda.workshop.store.faults import fault_of, unusable
from mcda.workshop.store.migrate import VERSION_TABLE, migrate
from mcda.workshop.store.place import Place

WRITE = {"begin": "IMMEDIATE"}
"""Execution options of a connection that writes: SQLite takes the write lock with its first statement."""
LOCK = 0x52616E67
"""PostgreSQL's advisory lock of who opens or deletes rooms and who migrates."""
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": 10}
"""One connection for each of the front end's 40 threads; PostgreSQL takes 100 as it comes."""


def open_engine(place: Place, patience: int) -> Engine:
    """An engine on a database that is there and up to date. Raises StoreError."""
    try:
        engine = _file_engine(place, patience) if place.is_file else _server_engine(place, patience)
    except (ImportError, TypeError, ValueError) as error:  # no driver installed, or options it does not know
        raise unusable(place.told, str(error)) from None
    try:
        with engine.connect() as connection:
            _prepare(connection, place)
    except SQLAlchemyError as error:
        engine.dispose()
        fault = fault_of(error, place.told, place.url.password or "", otherwise="store_unusable")
        raise fault or error from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare(connection: Connection, place: Place) -> None:
    """Migrate under a lock no other process shares; a database nobody may write to is found out here."""
    connection = connection.execution_options(begin="EXCLUSIVE")
    with connection.begin():
        exclude_others(connection)
        migrate(connection, place.told)
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = version_num")


def exclude_others(connection: Connection) -> None:
    """Let nobody else open, delete or migrate until this transaction ends. SQLite's write lock does so anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _file_engine(place: Place, patience: int) -> Engine:
    file = place.url.database or ""
    if not file.startswith("file:"):
        try:
            Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise unusable(place.told, error.strerror or str(error)) from None
    engine = create_engine(place.url, hide_parameters=True, **_POOL)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; sqlite3's own way would let reads and DDL slip out
        for pragma in (
            f"busy_timeout = {int(patience)}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",  # what is erased is overwritten
        ):
            connection.execute(f"PRAGMA {pragma}").close()
        _log_ahead(connection, patience)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', '')}")

    return engine


def _log_ahead(connection: Any, patience: int) -> None:
    """Switch a new file to a write-ahead log. SQLite does not wait here by itself when two programs do it at once."""
    until = time.monotonic() + patience / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _server_engine(place: Place, patience: int) -> Engine:
    timeout = {} if "connect_timeout" in place.url.query else {"connect_timeout": 5}
    engine = create_engine(
        place.url, hide_parameters=True, pool_pre_ping=True, pool_recycle=1800, connect_args=timeout, **_POOL
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(patience)}")
        connection.commit()

    return engine
