"""Where a process keeps its rooms: the store, opened when it is first needed, the desk, the streams and the press."""

import os
from functools import cache
from threading import Lock

from mcda.ui.workshop.guard import Door
from mcda.ui.workshop.hub import Hub
from mcda.ui.workshop.press import Press
from mcda.workshop.desk import Desk, Loaded
from mcda.workshop.store import database_url, open_store
from mcda.workshop.store.clock import this_moment

KEPT_DAYS = 90
"""How long a room is kept unless its opener says otherwise."""
KEPT_CHOICES = (7, 30, 90, 365)


class Place:
    """Desk, door, streams and press; the store is opened by whoever needs it first, and again after a failure.

    `listens_at`: the address the server is bound to; `seen_from`: other devices that have opened the test page.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._lock = Lock()
        self._desk: Desk | None = None
        self.door = Door()
        self.hub = Hub(self.load)
        self.press = Press()
        self.listens_at = ""
        self.seen_from: set[str] = set()

    def desk(self) -> Desk:
        """The desk. Raises StoreError when the store cannot be opened."""
        with self._lock:
            if self._desk is None:
                store = open_store(self._url or database_url())
                store.delete_expired(this_moment())
                self._desk = Desk(store, this_moment)
                self._desk.listen(self.hub.tell)
            return self._desk

    def language_of(self, code: str) -> str:
        """The language of a room this process has open; '' of any other, without asking the store."""
        with self._lock:
            return self._desk.language_of(code) if self._desk is not None else ""

    def load(self, code: str) -> Loaded:
        """The room with this code."""
        return self.desk().load(code)


@cache
def place() -> Place:
    """The place of this process."""
    return Place(os.environ.get("MCDA_DATABASE_URL") or None)
