"""Documents are made one after another beside the requests: phones are answered meanwhile, whoever wants papers."""

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock


class Press:
    """A thread of its own for what takes seconds. Whoever asks for the same meanwhile shares the one being made."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "press")
        self._lock = Lock()
        self._making: dict[Hashable, Future[bytes]] = {}

    async def made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What `make` gives, waited for without holding up the loop. Raises what `make` raises.

        Nothing is kept: once given out it is made anew, as a room that was deleted must leave nothing behind.
        """
        with self._lock:
            making, new = self._making.get(key), False
            if making is None:
                making, new = self._thread.submit(make), True
                self._making[key] = making
        if new:
            making.add_done_callback(lambda _: self._forget(key))
        return await asyncio.shield(asyncio.wrap_future(making))

    def _forget(self, key: Hashable) -> None:
        with self._lock:
            self._making.pop(key, None)
