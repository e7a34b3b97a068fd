"""The server in a process of its own, which can be killed at any moment and started again."""

import multiprocessing
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from mcda.ui.workshop.routes import workshop_routes
from mcda.workshop.store.place import VARIABLE

ROOT = Path(__file__).resolve().parents[1]
STUDY = ROOT / "data" / "nordallianz"
PATIENCE_S = 60
Kind = Literal["command", "forked", "rooms"]


class Server:
    """A server on a port and a database; killed and started again it is another process at the same address.

    `command`: what people start, with all of its 4 seconds. `forked`: the same function in a process forked from one
    that has imported everything, there in one second. `rooms`: forked with the workshop's addresses alone, at once.
    """

    def __init__(self, database: str, kind: Kind = "rooms") -> None:
        self.database = database
        self.port = free_port()
        self.kind = kind
        self._process: Any = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        return int(self._process.pid)

    def start(self, largest_file: int | None = None) -> "Server":
        """Start it and wait until it answers; `largest_file` (bytes) makes every file end there, like a full disk."""
        if self.kind == "command":
            words = [sys.executable, "-m", "mcda", "app", str(STUDY), "--port", str(self.port), "--no-browser"]
            places = os.environ | {VARIABLE: self.database}
            self._process = subprocess.Popen(words, cwd=ROOT, env=places, stdout=subprocess.DEVNULL)
        else:
            self._process = started(serve_here, self.port, self.database, self.kind, largest_file)
        self._await_answer()
        return self

    def kill(self) -> None:
        """End it as a power cut would: signal 9, no last word."""
        self._process.kill()
        self._wait()

    def stop(self) -> None:
        """End it as people do."""
        self._process.terminate()
        self._wait()

    def memory_kb(self) -> int:
        """The memory it holds (resident set), in kB; 0 where the system does not tell."""
        status = Path(f"/proc/{self.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)

    def _wait(self) -> None:
        if isinstance(self._process, subprocess.Popen):
            self._process.wait(PATIENCE_S)
        else:
            self._process.join(PATIENCE_S)

    def _has_ended(self) -> bool:
        running = self._process
        return running.poll() is not None if isinstance(running, subprocess.Popen) else running.exitcode is not None

    def _await_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self._has_ended():
                raise RuntimeError("the server ended before it answered")
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError(f"no answer from {self.address}")


def serve_here(port: int, database: str, kind: Kind, largest_file: int | None) -> None:
    """Be the server; the process that runs this is its own."""
    os.environ[VARIABLE] = database
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    if kind == "forked":
        from mcda.ui.server import serve

        serve(STUDY, port, open_browser=False)
    else:
        from mcda.ui.server import health

        app = Starlette(routes=[Route("/health", health), *workshop_routes()])
        uvicorn.run(app, port=port, access_log=False, log_level="warning")


def started(run: Callable[..., object], *given: Any) -> Any:
    """A program of its own that runs this, forked from one that has imported everything; 1 is its exit code when
    something was raised."""
    process = _nursery().Process(target=run, args=given, daemon=True)
    with _own_main():
        process.start()
    return process


def make_room_on_disk(server: Server) -> None:
    """Let the files of a running server grow again."""
    hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (hard, hard))


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def _own_main() -> Iterator[None]:
    """A forked process looks at the main module, where Streamlit's tests leave a script that must not run again."""
    kept = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = kept


def _nursery() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["serving", "mcda.ui.server", "sqlalchemy.dialects.postgresql.psycopg", "psycopg"])
    return context
