"""The weightings of a workshop as scenarios: everybody's numbers, nobody's name, and nothing that gives one away."""

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hall import TOPS, Hall
from mcda.cli import main
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.report.exhibits.room_weightings import Weightings, room_weightings
from mcda.scenario import Scenario
from mcda.scenario_set import scenarios_json
from mcda.study.model import Study
from mcda.study.write import write_study
from mcda.workshop.log_file import log_json

SWINGS = ((40, 100, 60, 30), (100, 60, 40, 20), (100, 80, 20, 50))
WEIGHTS = [[100 * value / sum(row) for value in row] for row in SWINGS]


def held(url: str, *points: tuple[float, ...], reveal: bool = True, **opening: Any) -> Hall:
    hall = Hall(url, **opening)
    hall.join(len(points))
    asked = hall.ask(key=opening.get("key", "equal"))
    hall.swing(asked, *points)
    if reveal:
        hall.reveal(asked)
    return hall


def of(hall: Hall, study: Study | None = None, present: Scenario | None = None, language: str = "de") -> Weightings:
    return room_weightings(study or hall.study, hall.study, hall.room, present or Scenario(), language)


def rows(found: Weightings, name: str) -> list[list[float]]:
    return [[one.weights[top] for top in TOPS] for one in found.scenarios if one.name.startswith(name)]


def test_everybodys_weights_and_the_groups_are_scenarios(sqlite_url: str) -> None:
    found = of(held(sqlite_url, *SWINGS))
    assert [one.name for one in found.scenarios] == [
        "Workshop: Gruppe",
        *(f"Workshop: Gewichtung {number}" for number in (1, 2, 3)),
    ]
    assert found.people == 3
    assert not found.few
    assert not found.unequal
    np.testing.assert_allclose(sorted(rows(found, "Workshop: Gewichtung")), sorted(WEIGHTS), atol=1e-8)
    joined = np.exp(np.log(WEIGHTS).mean(axis=0))
    np.testing.assert_allclose(rows(found, "Workshop: Gruppe"), [100 * joined / joined.sum()], atol=1e-8)


def test_a_scenario_ranks_as_the_answer_typed_in_by_hand(sqlite_url: str) -> None:
    hall = held(sqlite_url, *SWINGS)
    first = next(one for one in of(hall).scenarios if one.name.endswith("Gewichtung 1"))
    typed = Scenario(weights=dict(zip(TOPS, SWINGS[1], strict=True)))  # 45, 27, 18, 9: most for relevance
    ranked = [[(line.measure, line.rank) for line in evaluate(hall.study, one).ranking] for one in (first, typed)]
    assert ranked[0] == ranked[1]


def test_only_weights_differ_from_the_present_scenario(sqlite_url: str) -> None:
    present = Scenario(method="weighted_sum", weights={"goals": 70, "cost": 5}, without_programmes=("*",))
    for one in of(held(sqlite_url, *SWINGS), present=present).scenarios:
        assert set(one.weights) == {*TOPS, "goals"}
        assert one.weights["goals"] == 70
        assert one.model_copy(update={"name": "", "weights": present.weights}) == present


def test_nothing_depends_on_who_said_what(sqlite_url: str) -> None:
    """The same answers by other people, in any order: every byte is the same."""
    orders = itertools.permutations(SWINGS)
    written = {scenarios_json(of(held(sqlite_url, *order, anonymous=False)).scenarios) for order in orders}
    assert len(written) == 1
    said = written.pop().decode()
    for giveaway in ("Rolle", "ISM", "GAR", "participant", '"p3"', '"p4"', '"p5"'):
        assert giveaway not in said


@pytest.mark.parametrize("key", ["municipality", "population"])
def test_where_votes_count_differently_only_the_group_is_shown(sqlite_url: str, key: str) -> None:
    found = of(held(sqlite_url, *SWINGS, key=key))
    assert [one.name for one in found.scenarios] == ["Workshop: Gruppe"]
    assert (found.people, found.few, found.unequal) == (0, False, True)


def test_a_round_of_two_shows_the_group_alone(sqlite_url: str) -> None:
    found = of(held(sqlite_url, *SWINGS[:2]))
    assert [one.name for one in found.scenarios] == ["Workshop: Gruppe"]
    assert (found.people, found.few) == (0, True)


def test_of_several_questions_a_person_has_one_weighting_and_thin_rounds_add_nothing(sqlite_url: str) -> None:
    hall = held(sqlite_url, *SWINGS)
    asked = hall.ask(parent="relevance")
    hall.vote(hall.people[0], asked, points={"goals": 100, "urgency": 25})
    hall.reveal(asked)
    thin = of(hall)
    assert all(set(one.weights) == set(TOPS) for one in thin.scenarios if "Gewichtung" in one.name)
    assert thin.few
    for who in hall.people[1:]:
        hall.step("round_reopened", round=asked) if hall.room.rounds[asked].state != "open" else None
        hall.vote(who, asked, points={"goals": 50, "urgency": 100})
    assert "goals" not in of(hall).scenarios[1].weights  # open again: hidden again
    hall.reveal(asked)
    whole = of(hall)
    assert (whole.people, whole.few) == (3, False)
    single = [one.weights for one in whole.scenarios if "Gewichtung" in one.name]
    assert sorted(round(one["goals"], 6) for one in single) == [33.333333, 33.333333, 80]
    assert next(one["relevance"] for one in single if one["goals"] == 80) == pytest.approx(WEIGHTS[0][0])


def test_hidden_answers_stay_hidden(sqlite_url: str) -> None:
    hall = held(sqlite_url, *SWINGS, reveal=False)
    for _ in range(2):
        with pytest.raises(InputError) as raised:
            of(hall)
        assert [issue.code for issue in raised.value.issues] == ["room_no_weights"]
        if hall.room.open_round:
            hall.step("round_closed", round=hall.room.open_round.id)


def test_who_withdrew_before_the_reveal_is_not_among_them(sqlite_url: str) -> None:
    hall = held(sqlite_url, *SWINGS, (10, 10, 10, 100), reveal=False)
    hall.step("withdrawn", participant=hall.people[3])
    hall.reveal(next(iter(hall.room.rounds)))
    found = of(hall)
    assert found.people == 3
    np.testing.assert_allclose(sorted(rows(found, "Workshop: Gewichtung")), sorted(WEIGHTS), atol=1e-8)


def test_other_points_are_no_other_criteria_and_other_bounds_are(sqlite_url: str) -> None:
    hall = held(sqlite_url, *SWINGS)
    criteria = hall.study.criteria
    heavier = tuple(one.model_copy(update={"weight": one.weight + 7, "label_de": "anders"}) for one in criteria)
    assert of(hall, hall.study.model_copy(update={"criteria": heavier})).scenarios == of(hall).scenarios
    wider = tuple(one.model_copy(update={"worst": 9e7}) if one.id == "cost" else one for one in criteria)
    with pytest.raises(InputError) as raised:
        of(hall, hall.study.model_copy(update={"criteria": wider}))
    assert [issue.code for issue in raised.value.issues] == ["room_other_criteria"]


def test_what_was_agreed_and_kept_in_the_room_stands_beside(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.step("snapshot_taken", name="am Anfang")
    hall.step("weights_agreed", points=dict(zip(TOPS, (10, 20, 30, 40), strict=True)), remark="nach Aussprache")
    hall.step("snapshot_taken", name="vereinbart")
    hall.step("weights_locked")
    value = {"measure": "M1", "criterion": "goals", "value": 1.0}
    hall.step("ratings_agreed", ratings=[value], remark="gemeinsam")
    hall.step("snapshot_taken", name="mit Bewertung")
    found = of(hall)
    assert {one.name: dict(one.weights) for one in found.scenarios} == {
        "Workshop: vereinbart": dict(zip(TOPS, (10, 20, 30, 40), strict=True)),
        "Workshop, gemerkt: am Anfang": {},
        "Workshop, gemerkt: vereinbart": dict(zip(TOPS, (10, 20, 30, 40), strict=True)),
    }
    assert found.left_out == ("mit Bewertung",)


def test_the_command_compares_a_protocols_weightings(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = held(sqlite_url, *SWINGS)
    write_study(hall.study, tmp_path / "study")
    file = tmp_path / "room.json"
    file.write_bytes(log_json(hall.study, hall.events))
    command = ["compare", str(tmp_path / "study"), "--room", str(file), "--to", "json", "--lang", "de"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in told["summary"]] == [
        "wie die Studie es vorgibt",
        *(one.name for one in of(hall).scenarios),
    ]
    for number, one in enumerate((Scenario(), *of(hall).scenarios)):
        ranks = {row["id"]: row["rank"] for row in told["ranking"] if row["scenario"] == number}
        assert ranks == {line.measure: line.rank for line in evaluate(hall.study, one).ranking}
    assert "Rolle" not in json.dumps(told)


def test_the_command_tells_what_it_does_not_show(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = held(sqlite_url, *SWINGS, key="population")
    write_study(hall.study, tmp_path / "study")
    rest = ["--database", sqlite_url, "--lang", "de"]
    assert main(["compare", str(tmp_path / "study"), "--room", hall.code, *rest]) == 0
    told = capsys.readouterr()
    assert "wessen sie sind" in told.err
    assert "Workshop: Gewichtung" not in told.out
    assert "Workshop: Gruppe" in told.out
    assert main(["compare", str(tmp_path / "study"), "--room", "ABCDEF", *rest]) == 2
    assert "Einen Raum mit dem Code" in capsys.readouterr().err
