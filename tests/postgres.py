"""A PostgreSQL server of the tests' own: made, stopped, started, thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Server:
    """A server's programs, its folder and its port on 127.0.0.1."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off"
        self._control("start", "-l", str(self.folder / "log"), "-o", options)

    def stop(self) -> None:
        """Stop it as a crash would: open connections break."""
        self._control("stop", "-m", "immediate")

    def restart(self) -> None:
        """Stop it and start it again."""
        self.stop()
        self.start()

    def _control(self, *what: str) -> None:
        run(self.folder, self.programs / "pg_ctl", "-w", "-D", self.folder / "data", *what)


USER = "rangfolge"
GUARDED = "guarded"
"""A user whom the server asks for a password; tests make it."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, from POSTGRES_BIN or where Debian and the PATH have it; None for none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    on_path = [Path(found).parent for name in ("initdb",) if (found := shutil.which(name))]
    named = [Path(given)] if (given := os.environ.get("POSTGRES_BIN")) else []
    return next((p for p in [*named, *debian, *on_path] if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def make(where: Path) -> Server:
    """A new running server in a folder of its own with a short name: a socket's path has 107 letters at most."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if stranger := other_user():
        os.chown(folder, stranger.pw_uid, stranger.pw_gid)
    settings = ("-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    run(folder, where / "initdb", "-D", folder / "data", *settings)
    rules = folder / "data" / "pg_hba.conf"
    rules.write_text(f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(where, folder, port)
    server.start()
    return server


def add_database(server: Server, name: str) -> None:
    """Make an empty database."""
    import psycopg

    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def empty(url: str) -> None:
    """Break all connections to a database but our own and leave nothing in it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(f"SELECT pg_terminate_backend(pid, 10000) FROM ({others}) AS others")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


def throw_away(server: Server) -> None:
    """Stop the server and remove its folder."""
    with suppress(subprocess.CalledProcessError):  # a test may have stopped it
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def other_user() -> Any:
    """Who runs the server when we are root, for whom PostgreSQL does not work; None when we are not."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd  # Windows has none

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def run(folder: Path, *command: Any) -> None:
    """Run a program of the server's, as its user, silently: pg_ctl's child must not hold our pipes open."""
    stranger = other_user()
    who = {"user": stranger.pw_uid, "group": stranger.pw_gid, "extra_groups": []} if stranger else {}
    with (folder / "out").open("ab") as out:
        subprocess.run(
            [str(part) for part in command], cwd=folder, stdout=out, stderr=out, check=True, timeout=60, **who
        )
