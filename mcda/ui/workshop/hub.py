"""Who is looking at a room right now, and how they hear of a change: one message per change and audience."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from starlette.concurrency import run_in_threadpool

from mcda.errors import McdaError
from mcda.workshop.desk import Loaded, UnknownRoom
from mcda.workshop.room import Room

PING_S = 15.0
POLL_S = 3.0
PREVIEW_S = 15.0
"""Changes written by another process are seen by asking; those of this one are told at once."""

Audience = str
Points = dict[str, float]
Load = Callable[[str], Loaded]


def phase_of(room: Room, audience: Audience) -> str:
    """What decides whether a page is to be drawn again: for phones not every vote of others, else every step."""
    if audience != "phone":
        return str(room.seq)
    if room.ended_at:
        return f"ended-{room.ended_at}"
    if room.open_round is not None:  # somebody may be filling it in: nothing else is worth drawing the page anew
        return f"open-{room.open_round.id}-{room.open_round.reopened}"
    last = list(room.rounds.values())[-1] if room.rounds else None
    state = f"{last.id}{last.state}{last.counted_by or ''}" if last else ""
    reveals = room.shown.view in ("reveal", "agenda")  # the only views a phone shows too
    shown = f"{room.shown.round or ''}-{room.paused_at}" if reveals or room.paused_at else ""
    return f"{state}-{shown}-{room.ranking_seen}"


@dataclass(frozen=True, slots=True)
class Preview:
    """Weights under a thumb, on top of what was stored up to `seq`."""

    seq: int
    move: int
    at: float
    points: Points


class Hub:
    """The open streams of this process."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queues: dict[str, set[asyncio.Queue[Loaded | None]]] = {}
        self._busy: dict[str, bool] = {}
        self._pollers: dict[str, asyncio.Task[None]] = {}
        self._previews: dict[str, Preview] = {}
        self._moves = count(1)

    def preview(self, code: str, seq: int, points: Points) -> None:
        """Weights under a thumb, on top of what was stored up to `seq`: kept in memory, gone with the next step."""
        self._previews[code] = Preview(seq, next(self._moves), time.monotonic(), points)
        self.tell(code)

    def previewed(self, code: str, room: Room) -> Points:
        """The weights under a thumb right now; none once anything was stored since, while the screen is paused, or when
        the hand has not moved for a while."""
        last = self._previews.get(code)
        if last is None or last.seq != room.seq or room.paused_at or time.monotonic() - last.at > PREVIEW_S:
            return {}
        return last.points

    def tell(self, code: str) -> None:
        """A room has changed. May be called from any thread; does nothing while nobody listens."""
        if self._loop is not None and not self._loop.is_closed() and code in self._queues:
            self._loop.call_soon_threadsafe(self._wake, code)

    async def messages(self, code: str, audience: Audience) -> AsyncIterator[str]:
        """Server-sent events: the present state first, then one per change, and a sign of life in between."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Loaded | None] = asyncio.Queue(maxsize=1)
        self._queues.setdefault(code, set()).add(queue)
        if code not in self._pollers:
            self._pollers[code] = asyncio.create_task(self._poll(code))
        self._wake(code)
        told = ""
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    loaded = await asyncio.wait_for(queue.get(), PING_S)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if loaded is None:
                    yield 'data: {"gone": true}\n\n'
                    return
                phase = phase_of(loaded.room, audience)
                if audience == "screen" and self.previewed(code, loaded.room):
                    phase += f"-{self._previews[code].move}"
                if phase != told:
                    told = phase
                    yield f"data: {json.dumps({'seq': loaded.room.seq, 'phase': phase})}\n\n"
        finally:
            self._leave(code, queue)

    def _leave(self, code: str, queue: "asyncio.Queue[Loaded | None]") -> None:
        queues = self._queues.get(code, set())
        queues.discard(queue)
        if not queues:
            self._queues.pop(code, None)
            if poller := self._pollers.pop(code, None):
                poller.cancel()

    def _wake(self, code: str) -> None:
        """Read the room once for everybody; a change that comes meanwhile is read right after."""
        if code in self._busy:
            self._busy[code] = True
            return
        self._busy[code] = False
        task = asyncio.ensure_future(self._spread(code))
        task.add_done_callback(lambda _: None)

    async def _spread(self, code: str) -> None:
        again = True
        try:
            while again:
                self._busy[code] = False
                loaded: Loaded | None
                try:
                    loaded = await run_in_threadpool(self._load, code)
                except UnknownRoom:
                    loaded = None
                except McdaError:  # the store is away: who listens hears again when it is back
                    return
                for queue in tuple(self._queues.get(code, ())):
                    if queue.full():  # who does not keep up needs the latest state only
                        queue.get_nowait()
                    queue.put_nowait(loaded)
                again = self._busy[code]
        finally:
            self._busy.pop(code, None)

    async def _poll(self, code: str) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(POLL_S)
                self._wake(code)
