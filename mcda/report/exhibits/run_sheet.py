"""A two-hour workshop as timed steps, with which of them are done in a room."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mcda.locale import text
from mcda.workshop.room import Room, Round

Done = Callable[[Room], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: minutes from the start at which it begins, how long it takes, what happens, whether it is done; `left`:
    the minutes left of the step that is on now by the clock."""

    name: str
    begins: int
    minutes: int
    title: str
    told: str
    done: bool
    left: int | None = None


def run_sheet(room: Room, language: str, elapsed: float | None = None) -> tuple[Step, ...]:
    """The steps of a two-hour workshop in their order; `elapsed` minutes since it began, None before."""
    steps, begins = [], 0
    for name, minutes, done in _STEPS:
        told = text(f"room.sheet.{name}.told", language)
        on_now = elapsed is not None and begins <= elapsed < begins + minutes
        left = math.ceil(begins + minutes - (elapsed or 0)) if on_now else None
        title = text(f"room.sheet.{name}.title", language)
        steps.append(Step(name, begins, minutes, title, told, done(room), left))
        begins += minutes
    return tuple(steps)


def _rounds(room: Room, kind: str) -> list[Round]:
    return [r for r in room.rounds.values() if r.asked.kind == kind]


def _closed(kind: str) -> Done:
    return lambda room: any(r.state != "open" for r in _rounds(room, kind))


def _revealed(kind: str) -> Done:
    return lambda room: any(r.state == "revealed" for r in _rounds(room, kind))


_STEPS: tuple[tuple[str, int, Done], ...] = (
    ("arrive", 10, lambda room: bool(room.present)),
    ("practise", 10, lambda room: bool(room.rounds)),
    ("gut", 5, _closed("top")),
    ("weigh", 20, _closed("weights")),
    ("talk", 15, _revealed("weights")),
    ("lock", 5, lambda room: bool(room.locked_at)),
    ("rate", 20, _revealed("ratings")),
    ("look", 15, lambda room: bool(room.snapshots)),
    ("decide", 15, lambda room: room.taken is not None),
    ("end", 5, lambda room: bool(room.ended_at)),
)


def minutes_by_step() -> Mapping[str, int]:
    """How long each step takes."""
    return {name: minutes for name, minutes, _ in _STEPS}
