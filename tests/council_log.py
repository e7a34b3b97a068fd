"""The log of a workshop written down event by event, for documents that are made from one."""

import json
from collections.abc import Sequence
from itertools import count
from typing import Any

from mcda.study.model import Study
from mcda.version import __version__
from mcda.workshop.events import Event
from mcda.workshop.log_file import RoomLog

ROLES = ("Bürgermeisteramt", "Kämmerei", "Bauamt")


def council_log(study: Study, decisions: Sequence[tuple[str, int, str]], points: dict[str, float]) -> RoomLog:
    """Six people in three roles, agreed and locked weights, decided places with reasons, one council's decision."""
    opened = {"title": "Zukunftswerkstatt", "study": study.input_hash, "scenario": {}, "version": __version__}
    homes = [m.id for m in study.municipalities]
    steps: list[tuple[str, dict[str, Any]]] = [("opened", opened), ("started", {})]
    steps += [("joined", {"role": ROLES[n % 3], "municipality": homes[n % len(homes)]}) for n in range(6)]
    steps += [("weights_agreed", {"points": points, "remark": "nach Aussprache"}), ("weights_locked", {})]
    steps += [("decided", {"measure": name, "rank": rank, "reason": why}) for name, rank, why in decisions]
    steps += [
        ("decision_taken", {"remark": "vorbehaltlich des Haushalts"}),
        ("council_decided", {"municipality": homes[0], "outcome": "approved", "day": "2026-04-21", "remark": ""}),
    ]
    numbers = count(1)
    return RoomLog(study, tuple(_event(next(numbers), kind, said) for kind, said in steps))


def _event(number: int, kind: str, said: dict[str, Any]) -> Event:
    at = f"2026-03-01T10:{number:02d}:00.000Z"
    return Event(number, at, "facilitator", "facilitator", kind, json.dumps(said), hash=f"{number:064x}")
