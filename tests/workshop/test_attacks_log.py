"""A protocol file in the hands of somebody who would have decided otherwise: every change shows, none crashes."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from attacking import Attacked, Visitor, attacked, swing
from mcda.cli import main
from mcda.errors import InputError
from mcda.workshop.log_file import read_log
from mcda.workshop.replay import replay

Log = dict[str, Any]
STRIPPED = "effect"
"""Effects may be missing: a replay fills them in."""
JUNK: tuple[Any, ...] = (
    *(None, True, -1, 0, 99, 10**30, 1.5, float("inf"), float("nan"), "", "x", "\0", "\ud800", [], {}, [[]], {"a": 1}),
    *("voted", "opened", "undone", "erased", "participant", "9" * 5000, {"round": 99}, {"step": 5}),
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The log of an evening with a bit of everything."""
    room: Attacked = attacked(f"sqlite:///{tmp_path_factory.mktemp('log') / 'rooms'}")
    links = [room.join(role="Rat", municipality="ISM") for _ in range(3)]
    number = room.ask_round()
    for n, link in enumerate(links):
        Visitor(room.app).post(f"{link}/vote", {"round": str(number)} | swing(cost=str(10 + n)))
    for kind in ("round_closed", "round_revealed"):
        room.step(kind, {"round": str(number)})
    room.step("weights_agreed", swing(cost="80") | {"remark": "so besprochen"})
    room.step("snapshot_taken", {"name": "davor"})
    room.step("undone", {"step": str(room.room.steps[-1])})
    room.step("weights_locked")
    room.step("decided", {"measure": "M1", "rank": "3", "reason": "eilt"})
    room.step("decision_taken")
    room.step("council_decided", {"municipality": "ISM", "outcome": "approved", "day": "2026-03-01"})
    found: Log = room.lead.get(f"{room.console}/protocol.json").json
    room.close()
    assert run(found) == ()
    return found


def run(log: Log) -> tuple[str, ...]:
    """The codes of what is found wrong while reading and running a log."""
    try:
        read = read_log(json.dumps(log).encode())
        return tuple(issue.code for issue in replay(read.study, read.events, read.hidden).issues)
    except InputError as error:
        return tuple(issue.code for issue in error.issues)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, (*path, key))


def test_junk_anywhere_in_the_log_is_told(log: Log) -> None:
    rng, everywhere = random.Random(7), [("events", *path) for path in places(log["events"])]
    for _ in range(200):
        spoilt, path = copy.deepcopy(log), rng.choice(everywhere)
        part: Any = spoilt
        for key in path[:-1]:
            part = part[key]
        before = part[path[-1]]
        part[path[-1]] = rng.choice(JUNK)
        if part[path[-1]] == before or (path[-1] == STRIPPED and part[path[-1]] is None):
            continue
        assert run(spoilt), path


def test_nothing_but_votes_can_be_called_hidden(log: Log) -> None:
    for n, event in enumerate(log["events"]):
        spoilt = copy.deepcopy(log)
        spoilt["events"][n] |= {"hidden": True, "content": None}
        assert run(spoilt), event["kind"]


def test_an_end_that_was_cut_off_shows(log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, whole = tmp_path / "protokoll.json", len(log["events"])
    for kept in (whole, whole - 1, whole - 4):
        file.write_text(json.dumps(log | {"events": log["events"][:kept]}))
        assert main(["workshop", "replay", str(file), "--lang", "de"]) == (0 if kept == whole else 2)
        told = capsys.readouterr().err
        assert kept == whole or f"Nummer {kept + 1} fehlt" in told


SPOILS: tuple[Callable[[Log], object], ...] = (
    lambda d: d["events"].append(d["events"][0]),
    lambda d: d["events"][5].update(kind="opened", content=d["events"][0]["content"]),
    lambda d: d["events"][5]["content"]["points"].update(cost=-1),
    lambda d: d["events"][5].update(role=float("nan")),
    lambda d: d["events"][5].update(seq=float("inf")),
)


@pytest.mark.parametrize("spoil", SPOILS, ids=range(len(SPOILS)))
def test_a_spoilt_log_is_told(log: Log, spoil: Callable[[Log], object]) -> None:
    spoilt = copy.deepcopy(log)
    spoil(spoilt)
    assert run(spoilt)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"", b"null", b"1" * 5000])
def test_what_is_no_document_is_told(content: bytes) -> None:
    with pytest.raises(InputError):
        read_log(content)
