"""At the door: how much may be sent, how often codes may be guessed, and what a browser may do with these pages."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 256 * 1024
MOST_FIELDS = 4000
WINDOW_S = 600.0
WRONG_PER_ADDRESS = 20
WRONG_IN_ALL = 300
KNOWN_VISITORS = 5000
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""These pages run one script of ours and nothing written into them, whatever a text contains."""


class TooLarge(Exception):
    """More was sent than any answer needs."""


class TooOften(Exception):
    """Too many wrong codes or keys, from this address or in all."""


Form = list[tuple[str, str]]


async def read_form(request: Request) -> Form:
    """The fields of a form in their order. Raises TooLarge before more than the limit was taken in."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or len(announced) > 12 or int(announced) > MOST_BYTES:
        raise TooLarge
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TooLarge
    try:
        return parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise TooLarge from None


class Door:
    """Counts wrong codes and keys per address and in all, over ten minutes.

    Who has come in to a room before is not shut out by others' guessing: only strangers are, while it lasts.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def require_open(self, address: str, code: str) -> None:
        """Raise TooOften when this address, or everybody together, was wrong too often of late."""
        with self._lock:
            if (address, code) in self._known:
                return
            self._forget()
            if len(self._wrong.get(address, ())) >= WRONG_PER_ADDRESS or len(self._all) >= WRONG_IN_ALL:
                raise TooOften

    def was_wrong(self, address: str) -> None:
        """Somebody there named a room or a key that does not exist."""
        with self._lock:
            now = self._clock()
            self._wrong.setdefault(address, deque(maxlen=WRONG_PER_ADDRESS)).append(now)
            self._wrong.move_to_end(address)
            self._all.append(now)
            while len(self._wrong) > KNOWN_VISITORS:
                self._wrong.popitem(last=False)

    def was_right(self, address: str, code: str) -> None:
        """Somebody there has been let into this room."""
        with self._lock:
            self._known[address, code] = None
            self._known.move_to_end((address, code))
            while len(self._known) > KNOWN_VISITORS:
                self._known.popitem(last=False)

    def _forget(self) -> None:
        before = self._clock() - WINDOW_S
        while self._all and self._all[0] < before:
            self._all.popleft()
        for address, times in tuple(self._wrong.items()):
            while times and times[0] < before:
                times.popleft()
            if not times:
                del self._wrong[address]


def address_of(request: Request) -> str:
    """Where a request comes from; addresses a proxy writes into headers are not believed."""
    return request.client.host if request.client else ""
