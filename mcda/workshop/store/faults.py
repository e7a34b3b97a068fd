"""What can go wrong with a database, said so that people can act on it."""

import re
import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from mcda.errors import Issue, McdaError


class StoreError(McdaError):
    """The database did not do what was asked; nothing of it was stored.

    `issue.code`: store_locked (busy, try again), store_full (no space), store_gone (no connection; sending the step
    again with the same token is safe), store_newer (made by a newer version), store_unusable (address, rights, not a
    database). Its params: `where` without user and password, `detail` in the database's words.
    """

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue.sentence())


class CodeTaken(McdaError):
    """A room with this code exists."""


_SQLITE = {
    sqlite3.SQLITE_BUSY: "store_locked",
    sqlite3.SQLITE_LOCKED: "store_locked",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_CANTOPEN: "store_unusable",
    sqlite3.SQLITE_READONLY: "store_unusable",
    sqlite3.SQLITE_NOTADB: "store_unusable",
    sqlite3.SQLITE_CORRUPT: "store_unusable",
    sqlite3.SQLITE_PERM: "store_unusable",
    sqlite3.SQLITE_IOERR: "store_unusable",
}
"""By primary result code (the low byte), https://www.sqlite.org/rescode.html."""
_SQLITE_NO_SPACE = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE}
"""How a full disk shows where SQLite extends its write-ahead log or the index of it."""

_POSTGRES = {
    "08": "store_gone",  # connection exception
    "28": "store_unusable",  # invalid authorisation
    "3D": "store_unusable",  # no such database
    "3F": "store_unusable",  # no such schema
    "25006": "store_unusable",  # read-only transaction
    "42501": "store_unusable",  # no right to
    "40001": "store_locked",  # serialisation failure
    "40P01": "store_locked",  # deadlock
    "55P03": "store_locked",  # lock not available
    "53100": "store_full",
    "53300": "store_locked",  # too many connections
    "57P": "store_gone",  # shut down, crashed, starting up
}
"""By SQLSTATE or its beginning, PostgreSQL manual, appendix A."""
_REFUSED = re.compile(
    r"authenti|Authenti|does not exist|existiert nicht|pg_hba|permission denied|keine Berechtigung|invalid "
)
"""A refusal while connecting carries no SQLSTATE (libpq), only the server's words."""


def unusable(where: str, detail: str) -> StoreError:
    """The error of a database that cannot be worked with, whatever is tried again."""
    return StoreError(Issue("store_unusable", params={"where": where, "detail": detail}))


def fault_of(error: SQLAlchemyError, where: str, password: str = "", otherwise: str = "") -> StoreError | None:
    """The StoreError an error of the database comes to; None when it is a defect of ours, unless `otherwise` is a code.

    The password is struck out of the database's words.
    """
    code, detail = _code(error) or otherwise, _words(error)
    if not code:
        return None
    detail = detail.replace(password, "***") if password else detail
    return StoreError(Issue(code, params={"where": where, "detail": detail}))


def _code(error: SQLAlchemyError) -> str:
    if isinstance(error, NoConnectionFree):
        return "store_locked"
    if not isinstance(error, DBAPIError):
        return ""
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return "store_full" if number in _SQLITE_NO_SPACE else _SQLITE.get(number & 0xFF, "")
    return _postgres_code(error)


def _postgres_code(error: DBAPIError) -> str:
    state = getattr(error.orig, "sqlstate", None) or ""
    named = next((_POSTGRES[state[:size]] for size in (5, 3, 2) if state[:size] in _POSTGRES), "")
    if named or state:
        return named
    if error.connection_invalidated:
        return "store_gone"
    if type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout"):
        return "store_unusable" if _REFUSED.search(str(error.orig)) else "store_gone"
    return ""


def _words(error: SQLAlchemyError) -> str:
    said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    return said.splitlines()[0].rstrip(".") if said else type(error).__name__
