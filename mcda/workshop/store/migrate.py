"""Bringing a database up to this version's tables."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from mcda.errors import Issue
from mcda.workshop.store.faults import StoreError

SCRIPTS = Path(__file__).parent / "migrations"
VERSION_TABLE = "rangfolge_version"
_ONE_AT_A_TIME = Lock()
"""Alembic keeps its context in a module, so two threads must take turns."""


def migrate(connection: Connection, where: str, target: str = "head") -> None:
    """Bring the database up to `target` within the caller's transaction; nothing to do is nothing done.

    Raises StoreError store_newer when a newer version of this program has changed it.
    """
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    options = {"version_table": VERSION_TABLE}
    found = set(MigrationContext.configure(connection, opts=options).get_current_heads())
    if found - known:
        raise StoreError(Issue("store_newer", params={"where": where, "detail": ", ".join(sorted(found - known))}))
    with _ONE_AT_A_TIME:
        command.upgrade(config, target)
