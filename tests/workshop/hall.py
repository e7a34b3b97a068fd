"""A room for tests: people join, vote and are led, on a clock that ticks by itself."""

from itertools import count
from typing import Any

from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.workshop import contents as c
from mcda.workshop.desk import FACILITATOR, Desk, Loaded, Opening
from mcda.workshop.events import Event
from mcda.workshop.room import Room
from mcda.workshop.store import open_store
from small import small_study

TOPS = ("relevance", "feasibility", "cost", "funding")


def ticking() -> Any:
    seconds = count()

    def clock() -> str:
        past = next(seconds)
        return f"2026-03-01T{10 + past // 3600:02d}:{past // 60 % 60:02d}:{past % 60:02d}.000Z"

    return clock


OPEN: list["Hall"] = []


class Hall:
    """One room on one desk."""

    def __init__(self, url: str, study: Study | None = None, **opening: Any) -> None:
        self.study = study or small_study()
        self.desk = Desk(open_store(url), ticking())
        told = Opening(**({"title": "Probe"} | opening))
        self.code, self.key = self.desk.open_room(self.study, Scenario(), told, "2027-01-01T00:00:00.000Z")
        OPEN.append(self)
        self.people: list[str] = []
        self.keys: list[str] = []

    @property
    def loaded(self) -> Loaded:
        return self.desk.load(self.code)

    @property
    def room(self) -> Room:
        return self.loaded.room

    @property
    def events(self) -> tuple[Event, ...]:
        return self.loaded.events

    def join(self, number: int = 1, homes: tuple[str, ...] = ("ISM", "GAR"), **said: Any) -> list[str]:
        for n in range(number):
            joined = c.Joined(role=f"Rolle {n}", municipality=homes[n % len(homes)] if homes else "", **said)
            who, key = self.desk.join(self.code, joined)
            self.people.append(who)
            self.keys.append(key)
        return self.people

    def step(self, kind: str, /, token: str = "", **said: Any) -> Event:
        return self.desk.act(self.code, "facilitator", FACILITATOR, kind, said, token)

    def vote(self, who: str, asked: int, token: str = "", **said: Any) -> Event:
        content = {"round": asked, "participant": who} | said
        return self.desk.act(self.code, "participant", who, "voted", content, token)

    def ask(self, what: str = "weights", **said: Any) -> int:
        return self.step("round_opened", kind=what, **said).seq

    def swing(self, asked: int, *points: tuple[float, ...]) -> None:
        for who, row in zip(self.people, points, strict=False):
            self.vote(who, asked, points=dict(zip(TOPS, row, strict=True)))

    def reveal(self, asked: int, **said: Any) -> Event:
        if self.room.rounds[asked].state == "open":
            self.step("round_closed", round=asked)
        return self.step("round_revealed", round=asked, **said)
