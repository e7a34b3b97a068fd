"""Which database: an address from the environment, or a file in the user's data folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from mcda.workshop.store.faults import unusable

VARIABLE = "MCDA_DATABASE_URL"
PATIENCE = 5000
"""Milliseconds a writer waits for another one before it is told that the database is busy."""
DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A database's address, and what people may be told of it (never a password)."""

    url: URL
    told: str

    @property
    def is_file(self) -> bool:
        """Whether it is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"


def database_url() -> str:
    """The address in MCDA_DATABASE_URL, else that of an SQLite file in the user's data folder."""
    if given := os.environ.get(VARIABLE, "").strip():
        scheme, _, rest = given.partition("://")
        return f"{DRIVERS[scheme]}://{rest}" if scheme.startswith("postgres") and scheme in DRIVERS else given
    return URL.create("sqlite", database=str(_data_folder() / "rangfolge" / "workshop.sqlite3")).render_as_string()


def place_of_database(url: str) -> Place:
    """The database an address means. Raises StoreError store_unusable when it means none we can work with."""
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):  # its message may hold the address, and that the password
        raise unusable(url.partition("://")[0][:20] if "://" in url else VARIABLE, "not a database address") from None
    told = read.database or "" if read.get_backend_name() == "sqlite" else _without_secrets(read)
    if read.drivername not in DRIVERS:
        raise unusable(told, f"unknown kind of database: {read.drivername}")
    if not read.database or read.database == ":memory:" or "\0" in url:
        raise unusable(told or read.drivername, "the address names no database")
    if read.get_backend_name() != "sqlite" and "@" in f"{read.host}{read.database}":
        raise unusable(told, "an @ or / in user or password must be written %40 or %2F")
    return Place(read.set(drivername=DRIVERS[read.drivername]), told)


def _without_secrets(url: URL) -> str:
    """Where it is, even when a password was written so that part of it passes for a host or a database."""
    at = f"{url.host or url.query.get('host', 'localhost')}" + (f":{url.port}" if url.port else "")
    return f"{url.get_backend_name()}://" + f"{at}/{url.database or ''}".rpartition("@")[2]


def _data_folder() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
