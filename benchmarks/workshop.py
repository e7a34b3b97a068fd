"""How fast and how safely a room takes votes: 12 and 100 simulated phones on one server, and a server that is killed.

Starts the front end as `mcda app` does, on a fresh database. Each participant joins by code and votes within ten
seconds, keeps the phone's stream open, and changes the vote once in the ten seconds after. A projector listens to
its stream and fetches its view as the page's script does; a delay runs from sending a vote to holding the view that
counts it. With CHROMIUM set, 12 phones vote once more before a real projector page (time to the change of its
content). Memory is the server's, with everybody's stream open, against what it was before they came.

Then a server is killed (signal 9) at random moments while 12 phones vote without a pause, and started again; phones
send a vote until it is acknowledged. Afterwards every acknowledged vote is looked for in the store. The first kills hit
`mcda app` itself, more the same function in a process that is there sooner, and most a process with the workshop's
addresses alone, which is there at once. Prints a table for people and, as its last line, one JSON object.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # phones and server are the tests' own

from mcda.workshop.events import broken_links  # noqa: E402
from phones import (  # noqa: E402
    Account,
    Line,
    Meeting,
    Phone,
    account,
    added,
    join,
    messages,
    open_meeting,
    seq_of_view,
    stored_events,
    vote,
)
from serving import Kind, Server  # noqa: E402

SECONDS = 10.0
FEW, MANY = 12, 100
GOALS_MS = {FEW: 150.0, MANY: 500.0}
KILLS, KILLS_PER_ROOM = 200, 50
KILLS_BY_COMMAND, KILLS_FORKED = 5, 20
LONGEST_LIFE_S = 0.5
"""A server is killed at a random moment within this time, counted by turns from its start and from its first vote."""
HOMES = ("ECH", "GAR", "HBM", "ISM", "NEU", "OSH", "UFG", "USH")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")
WATCH = """() => {
  window.seen = [];
  const note = () => {
    const view = document.querySelector('[data-seq]');
    if (view) window.seen.push([Number(view.dataset.seq), performance.timeOrigin + performance.now()]);
  };
  new MutationObserver(note).observe(document.querySelector('main'), {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
}"""


def main() -> None:
    """Measure, print, and end with one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="an address such as postgresql://...; a fresh SQLite file without it")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = asked.database or f"sqlite:///{folder}/workshop.sqlite3"
        draw = random.Random(asked.seed)
        rushes = asyncio.run(rushed(database, draw))
        killed, away = asyncio.run(voted_through_kills(database, asked.kills, draw))
    every = killed
    for rush in rushes.values():
        every = added(every, rush.account)
    figures = figures_of(rushes, every, asked.kills)
    print_table(rushes, killed, asked.kills, away, database.partition("://")[0])
    print(json.dumps(figures))


@dataclass(slots=True)
class Rush:
    """Delays in ms, what became of the votes, and the memory each participant took."""

    delays: list[float]
    answers: list[float]
    account: Account
    kb_each: float


@dataclass(slots=True)
class Projector:
    """When each view was held: (event up to which it goes, time)."""

    held: list[tuple[int, float]] = field(default_factory=list)

    def shown_at(self, seq: int) -> float:
        """When a view was first held that goes up to this event; infinity for never."""
        return min((at for up_to, at in self.held if up_to >= seq), default=float("inf"))


async def rushed(database: str, draw: random.Random) -> dict[str, Rush]:
    """Both rushes on one server, the one before a browser where there is one; the first few phones only warm it up."""
    server = Server(database, "command").start()
    try:
        await rush(server, FEW, draw, seconds=1.0)
        found = {f"{count}": await rush(server, count, draw) for count in (FEW, MANY)}
        if chromium := os.environ.get("CHROMIUM"):
            found[f"{FEW} in Chromium"] = await rush_before_browser(server, chromium, draw)
    finally:
        server.stop()
    return found


async def rush(server: Server, count: int, draw: random.Random, seconds: float = SECONDS) -> Rush:
    """So many phones in a room of their own, watched by a projector."""
    meeting, projector = open_meeting(server.database), Projector()
    watching = asyncio.create_task(watch(server.port, meeting, projector))
    await until(lambda: bool(projector.held))
    made = await voted_by_all(server, meeting, count, draw, seconds)
    last = max(cast.seq for phone in made.phones for cast in phone.votes)
    await until(lambda: projector.shown_at(last) < float("inf"))
    watching.cancel()
    return settled(server, meeting, made, projector)


async def rush_before_browser(server: Server, chromium: str, draw: random.Random) -> Rush:
    """Twelve phones in a room of their own, watched by the projector's page in Chromium."""
    from playwright.async_api import async_playwright

    meeting, projector = open_meeting(server.database), Projector()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = await browser.new_page(viewport={"width": 1920, "height": 1080}, locale="de-DE")
        await page.goto(f"{server.address}/w/{meeting.code}/screen")
        await page.evaluate(WATCH)
        made = await voted_by_all(server, meeting, FEW, draw, SECONDS)
        last = max(cast.seq for phone in made.phones for cast in phone.votes)
        await page.wait_for_function("(seq) => window.seen.some(([up_to]) => up_to >= seq)", arg=last)
        projector.held = [(seq, at / 1000 - OFFSET) for seq, at in await page.evaluate("() => window.seen")]
        await browser.close()
    return settled(server, meeting, made, projector)


OFFSET = time.time() - time.perf_counter()
"""What the browser's clock is ahead of ours by."""


@dataclass(slots=True)
class Made:
    """The phones of a rush and the memory each took."""

    phones: list[Phone]
    kb_each: float


async def voted_by_all(server: Server, meeting: Meeting, count: int, draw: random.Random, seconds: float) -> Made:
    """Everybody joins and votes in the first so many seconds, and changes the vote in the next."""
    before = server.memory_kb()
    moments = [(draw.uniform(0, 0.95 * seconds), draw.uniform(seconds, 2 * seconds)) for _ in range(count)]
    streams: list[asyncio.Task[None]] = []
    begin = time.perf_counter()

    async def take_part(number: int) -> Phone:
        first, second = moments[number]
        await asyncio.sleep(begin + first - time.perf_counter())
        phone = await join(server.port, meeting.code, HOMES[number % len(HOMES)])
        for path in (phone.page, "/w/static/workshop.css", "/w/static/workshop.js"):
            await phone.line.ask(path)
        streams.append(asyncio.create_task(listen(server.port, f"/w/{meeting.code}/stream?for=phone")))
        await vote(phone, number, meeting.round, time.perf_counter)
        await asyncio.sleep(begin + second - time.perf_counter())
        await vote(phone, count + number, meeting.round, time.perf_counter)
        return phone

    phones = list(await asyncio.gather(*(take_part(number) for number in range(count))))
    kb_each = (server.memory_kb() - before) / count
    for stream in streams:
        stream.cancel()
    for phone in phones:
        await phone.line.close()
    return Made(phones, kb_each)


def settled(server: Server, meeting: Meeting, made: Made, projector: Projector) -> Rush:
    """Delays and account of a rush that is over."""
    votes = [cast for phone in made.phones for cast in phone.votes]
    delays = [1000 * (projector.shown_at(cast.seq) - cast.sent_at) for cast in votes]
    answers = [1000 * cast.took for cast in votes]
    events = stored_events(server.database, meeting.code)
    require(not broken_links(events), "the chain of events is broken")
    return Rush(delays, answers, account(events, made.phones), made.kb_each)


async def watch(port: int, meeting: Meeting, projector: Projector) -> None:
    """Be the projector: a message says that something changed, then the view is fetched, one fetch at a time."""
    line, wanted = Line(port), asyncio.Event()

    async def fetch() -> None:
        while True:
            await wanted.wait()
            wanted.clear()
            answer = await line.ask(f"/w/{meeting.code}/screen/view")
            projector.held.append((seq_of_view(answer.body), time.perf_counter()))

    fetching = asyncio.create_task(fetch())
    try:
        async for _ in messages(port, f"/w/{meeting.code}/stream?for=screen"):
            wanted.set()
    finally:
        fetching.cancel()
        await line.close()


async def listen(port: int, path: str) -> None:
    """Hold a phone's stream open."""
    async for _ in messages(port, path):
        pass


async def until(holds: Any, patience_s: float = 30.0) -> None:
    """Wait until something holds."""
    deadline = time.perf_counter() + patience_s
    while not holds():
        require(time.perf_counter() < deadline, "the projector heard nothing of a stored vote")
        await asyncio.sleep(0.005)


async def voted_through_kills(database: str, kills: int, draw: random.Random) -> tuple[Account, list[float]]:
    """What became of the votes of twelve phones while the server was killed so often, and how long it was away."""
    whole, away = Account(0, 0, 0, 0, 0, 0, 0), list[float]()
    for first in range(0, kills, KILLS_PER_ROOM):
        meeting, phones = open_meeting(database), list[Phone]()
        over, heard = asyncio.Event(), asyncio.Event()
        server = Server(database, kind_of(first)).start()
        voting = [asyncio.create_task(vote_on(server, meeting, n, phones, (over, heard), draw)) for n in range(FEW)]
        for number in range(first, min(kills, first + KILLS_PER_ROOM)):
            heard.clear()
            if number % 2:
                await heard.wait()
            await asyncio.sleep(draw.uniform(0, LONGEST_LIFE_S))
            server.kill()
            server.kind = kind_of(number + 1)
            gone = time.perf_counter()
            await asyncio.to_thread(server.start)
            away.append(time.perf_counter() - gone)
        over.set()
        await asyncio.gather(*voting)
        server.stop()
        events = stored_events(database, meeting.code)
        require(not broken_links(events), "the chain of events is broken")
        whole = added(whole, account(events, phones))
    return whole, away


def kind_of(number: int) -> Kind:
    """Which server is killed next."""
    if number < KILLS_BY_COMMAND:
        return "command"
    return "forked" if number < KILLS_BY_COMMAND + KILLS_FORKED else "rooms"


async def vote_on(
    server: Server,
    meeting: Meeting,
    number: int,
    phones: list[Phone],
    signs: tuple[asyncio.Event, asyncio.Event],
    draw: random.Random,
) -> None:
    """Join, then vote again and again until it is over, giving a sign whenever a vote is acknowledged."""
    over, heard = signs
    phone = await join(server.port, meeting.code, HOMES[number % len(HOMES)])
    phones.append(phone)
    cast = number
    while not over.is_set():
        await vote(phone, cast, meeting.round, time.perf_counter)
        heard.set()
        cast += FEW
        await asyncio.sleep(draw.uniform(0, 0.1))
    await phone.line.close()


def figures_of(rushes: dict[str, Rush], every: Account, kills: int) -> dict[str, float]:
    """The figures of the last line."""
    few, many = rushes[str(FEW)], rushes[str(MANY)]
    figures: dict[str, float] = {
        "lost": every.lost + every.changed,
        "doubled": every.doubled + every.strange,
        "p95_ms_12": summary(few.delays)[1],
        "p95_ms_100": summary(many.delays)[1],
        "median_ms_12": summary(few.delays)[0],
        "median_ms_100": summary(many.delays)[0],
        "kb_per_participant": many.kb_each,
        "kills": kills,
        "votes": every.acknowledged,
        "resent": every.resent,
        "kept": every.kept,
    }
    if browser := rushes.get(f"{FEW} in Chromium"):
        figures["chromium_median_ms_12"], figures["chromium_p95_ms_12"] = summary(browser.delays)
    return {name: round(value, 1) for name, value in figures.items()}


def summary(samples: list[float]) -> tuple[float, float]:
    """Median and 95th percentile (the smallest sample at least 95 % are not above)."""
    ordered = sorted(samples)
    return statistics.median(ordered), ordered[-(-95 * len(ordered) // 100) - 1]


def print_table(rushes: dict[str, Rush], killed: Account, kills: int, away: list[float], kind: str) -> None:
    """The table for people."""
    heads = f"{'votes':>7}{'lost':>6}{'doubled':>9}{'answered':>16}{'on the screen':>16}{'kB each':>9}"
    print(f"{f'phones ({kind})':24}{heads}")
    for name, rush in rushes.items():
        told = (f"{median:.0f} / {p95:.0f}" for median, p95 in (summary(rush.answers), summary(rush.delays)))
        one = rush.account
        figures = f"{one.acknowledged:>7}{one.lost:>6}{one.doubled:>9}" + "".join(f"{pair:>16}" for pair in told)
        print(f"{name:24}{figures}{rush.kb_each:>9.0f}")
    print("(ms from sending a vote, median / 95 of 100)")
    if away:
        print(f"{kills} kills during {killed.acknowledged} votes, {killed.resent} of them sent more than once")
        print(f"({killed.kept} were stored though their answer was lost): ", end="")
        print(f"{killed.lost} lost, {killed.doubled} doubled, {killed.changed} changed; ", end="")
        print(f"back after {statistics.median(away):.1f} s (median)")
    slow = [count for count, goal in GOALS_MS.items() if summary(rushes[str(count)].delays)[1] > goal]
    print(f"goal {GOALS_MS[FEW]:.0f} / {GOALS_MS[MANY]:.0f} ms at {FEW} / {MANY}: {'MISSED' if slow else 'met'}")


def require(holds: bool, otherwise: str) -> None:
    """A measurement that did not come about is no figure."""
    if not holds:
        raise RuntimeError(otherwise)


if __name__ == "__main__":
    main()
