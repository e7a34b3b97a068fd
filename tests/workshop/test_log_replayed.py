"""The log runs again to the same numbers; one altered byte anywhere is named."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from hall import TOPS, Hall
from mcda.cli import main
from mcda.errors import InputError
from mcda.study.model import Study
from mcda.workshop.events import START, Event, broken_links, sealed
from mcda.workshop.fold import erasable
from mcda.workshop.log_file import log_json, read_log
from mcda.workshop.replay import replay

SWINGS = ((100, 60, 40, 20), (100, 80, 20, 50), (40, 100, 60, 30))


@dataclass(frozen=True, slots=True)
class Log:
    """What a workshop leaves behind: its study and the events as they were stored."""

    study: Study
    events: tuple[Event, ...]


def held(url: str) -> Hall:
    """A workshop from the first vote to the decision."""
    hall = Hall(url)
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    hall.reveal(asked)
    group = json.loads(hall.events[-1].effect)["tally"]["group"]
    hall.step("weights_agreed", round=asked, points={top: 100 * group[top] for top in TOPS})
    hall.step("weights_locked")
    rated = hall.ask("ratings", measures=["M3"], criteria=["goals"])
    for who, value in zip(hall.people, (5, 4, 5), strict=True):
        hall.vote(who, rated, ratings={"M3|goals": {"value": value, "reason": "nah am Ziel"}})
    hall.reveal(rated)
    hall.step("ratings_agreed", round=rated, ratings=[{"measure": "M3", "criterion": "goals", "value": 4.666667}])
    hall.step("weights_tried", points={"relevance": 5, "feasibility": 5, "cost": 85, "funding": 5})
    hall.step("trial_ended")
    hall.step("snapshot_taken", name="Ende")
    hall.step("decided", measure="M4", rank=1, reason="Pflicht")
    hall.step("decision_taken")
    hall.step("undone", step=hall.room.steps[-1])
    hall.step("decision_taken", remark="so")
    return hall


@pytest.fixture
def hall(store_url: str) -> Hall:
    """A workshop to go on with, in either database."""
    return held(store_url)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """The log of a workshop, to look at."""
    hall = held(f"sqlite:///{tmp_path_factory.mktemp('log') / 'rooms'}")
    return Log(hall.study, hall.events)


def test_a_stored_log_runs_again_to_every_effect_it_holds(hall: Hall) -> None:
    found = replay(hall.study, hall.events)
    assert found.issues == ()
    assert found.events == hall.events
    assert found.room == hall.room
    effects = [e.kind for e in hall.events if e.effect != "{}"]
    assert effects.count("round_revealed") == 2
    assert {"opened", "weights_agreed", "ratings_agreed", "weights_tried", "decision_taken"} <= set(effects)


def test_with_every_score_rank_and_effect_stripped_each_comes_out_again(log: Log) -> None:
    stripped = [replace(event, effect="") for event in log.events]
    found = replay(log.study, stripped)
    assert found.issues == (), "the hashes, which cover the effects, fit what was computed"
    assert [e.effect for e in found.events] == [e.effect for e in log.events]


def test_the_log_as_a_file_runs_again_too(log: Log) -> None:
    again = read_log(log_json(log.study, log.events))
    assert again.study == log.study
    assert replay(again.study, again.events).issues == ()


def test_one_altered_byte_of_any_event_is_named(log: Log) -> None:
    for place, event in enumerate(log.events):
        for field in ("content", "effect", "at", "actor", "hash"):
            old = getattr(event, field)
            if old == "{}":
                continue
            at = len(old) // 2
            new = old[:at] + ("1" if old[at] != "1" else "2") + old[at + 1 :]
            forged = [*log.events[:place], replace(event, **{field: new}), *log.events[place + 1 :]]
            issues = broken_links(forged)
            rows = [issue.where.row for issue in issues]
            assert rows in ([event.seq], [event.seq, event.seq + 1]), (event.kind, field)


def test_one_altered_vote_makes_the_replay_fail_and_names_the_place(log: Log) -> None:
    vote = next(e for e in log.events if e.kind == "voted")
    forged = [replace(e, content=e.content.replace('"cost":40', '"cost":41')) if e is vote else e for e in log.events]
    found = replay(log.study, forged)
    assert [(i.code, i.where.row) for i in found.issues if i.code == "log_content_changed"] == [
        ("log_content_changed", vote.seq)
    ]
    differing = [i for i in found.issues if i.code == "log_effect_differs"]
    assert differing, "the reveal no longer gives the tally the log holds"
    assert str(differing[0].params["detail"]).startswith("effect.tally")
    assert "room_not_the_groups" in [i.code for i in found.issues]


def test_events_left_out_swapped_or_added_are_told(log: Log) -> None:
    events = list(log.events)
    assert broken_links([*events[:4], *events[5:]])[0].where.row == events[5].seq
    swapped = [*events[:4], events[5], events[4], *events[6:]]
    assert {i.code for i in broken_links(swapped)} >= {"log_gap"}
    assert broken_links([*events, replace(events[-1], seq=len(events) + 1)])


def test_a_forged_log_whose_chain_was_made_anew_breaks_the_rules_of_a_room(log: Log) -> None:
    """Who can write all hashes anew is found where what they wrote could not have happened."""
    forged, before = [], START
    for event in log.events:
        if event.kind == "voted" and '"relevance":40' in event.content:
            event = replace(event, content=event.content.replace('"relevance":40', '"relevance":400'))
        event = sealed(replace(event, content_digest="", hash=""), before)
        forged.append(event)
        before = event.hash
    found = replay(log.study, forged)
    assert ("out_of_range", "relevance") in [(i.code, i.where.column) for i in found.issues]


def test_a_log_on_other_data_is_told(log: Log) -> None:
    other = log.study.model_copy(update={"measures": log.study.measures[:-1]})
    with pytest.raises(InputError) as error:
        replay(other, log.events)
    assert [issue.code for issue in error.value.issues] == ["log_other_study"]


def test_erased_answers_leave_the_chain_whole_and_what_leans_on_them_is_not_claimed(hall: Hall) -> None:
    who = hall.people[0]
    seqs = erasable(hall.events, who)
    assert len(seqs) == 3
    hall.desk.act(hall.code, "participant", who, "erased", {"participant": who, "seqs": list(seqs)})
    stored = hall.desk.store.records(hall.loaded.row.id)
    assert [e.seq for e in stored if not e.content] == list(seqs)
    assert not any(who in e.content and "points" in e.content for e in stored)
    found = replay(hall.study, stored)
    assert found.issues == ()
    assert len(found.not_checked) == 4
    cleared = [replace(e, content="") if e.kind == "snapshot_taken" else e for e in stored]
    assert [i.code for i in replay(hall.study, cleared).issues] == ["log_content_missing"]


def test_nobody_erases_what_others_said(hall: Hall) -> None:
    first, second = hall.people[:2]
    with pytest.raises((InputError, PermissionError)):
        hall.desk.act(
            hall.code,
            "participant",
            first,
            "erased",
            {"participant": first, "seqs": list(erasable(hall.events, second))},
        )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("format"),
        lambda d: d.update(events="x"),
        lambda d: d.update(study={"a": 1}),
        lambda d: d["events"].__setitem__(3, {"seq": 4}),
        lambda d: d["events"][2].update(kind="sung"),
        lambda d: d["events"][2].update(content={"votes": 1}),
        lambda d: d.update(events=[]),
        lambda d: d["events"][0].update(seq="one"),
    ],
)
def test_what_is_no_log_is_told(log: Log, spoil: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(log_json(log.study, log.events))
    spoil(data)

    def run() -> None:
        spoilt = read_log(json.dumps(data).encode())
        replay(spoilt.study, spoilt.events)

    with pytest.raises(InputError):
        run()


def test_the_command_runs_a_room_and_a_file_again(hall: Hall, store_url: str, tmp_path: Path, capsys: Any) -> None:
    assert main(["workshop", "replay", hall.code, "--database", store_url, "--to", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    result = replay(hall.study, hall.events).result
    assert [(r["id"], r["rank"], r["score"]) for r in told["ranking"]] == [
        (line.measure, line.rank, line.score) for line in result.ranking
    ]
    file = tmp_path / "protokoll.json"
    file.write_bytes(log_json(hall.study, hall.events))
    assert main(["workshop", "replay", str(file), "--lang", "de"]) == 0
    assert hall.events[-1].hash in capsys.readouterr().out
    file.write_bytes(file.read_bytes().replace(b'"cost": 40.0', b'"cost": 41.0', 1))
    assert main(["workshop", "replay", str(file), "--lang", "de"]) == 2
    assert "log, Zeile" in capsys.readouterr().err
    assert main(["workshop", "list", "--database", store_url]) == 0
    assert hall.code in capsys.readouterr().out
    assert main(["workshop", "replay", "ZZZZZZ", "--database", store_url, "--lang", "de"]) == 2
    assert "ZZZZZZ" in capsys.readouterr().err
    assert main(["workshop", "delete", hall.code, "--database", store_url]) == 0
    assert main(["workshop", "replay", hall.code, "--database", store_url]) == 2


def test_hidden_votes_are_not_in_the_file_and_the_chain_is_still_checked(store_url: str) -> None:
    hall = Hall(store_url)
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, (100, 77, 40, 20))
    content = log_json(hall.study, hall.events)
    assert b'"points"' not in content.split(b'"events"')[1]
    log = read_log(content)
    assert replay(log.study, log.events, log.hidden).issues == ()
    assert [i.code for i in replay(log.study, log.events).issues] == ["log_content_missing"]


def test_a_file_written_while_a_revealed_round_is_open_again_runs_again(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    hall.reveal(asked)
    hall.step("round_reopened", round=asked)
    hall.vote(hall.people[0], asked, points=dict(zip(TOPS, (1, 2, 3, 73.5), strict=True)))
    content = log_json(hall.study, hall.events)
    assert b"73.5" not in content
    log = read_log(content)
    found = replay(log.study, log.events, log.hidden)
    assert found.issues == ()
    assert [log.events[n - 1].kind for n in found.not_checked] == ["round_revealed"]
