"""What projector, protocol and run sheet say of a room: pause, freeze, arrows, decided beside computed."""

from dataclasses import replace

import pytest

from hall import TOPS, Hall
from mcda.evaluate import evaluate
from mcda.report.exhibits.room_protocol import protocol_lines, protocol_of
from mcda.report.exhibits.room_ranking import beats, compare_snapshot, decision_rows, decision_state, ranking_of
from mcda.report.exhibits.room_reveal import reveal_of
from mcda.report.exhibits.run_sheet import run_sheet
from mcda.scenario import Scenario
from mcda.workshop.baseline import in_force, scenario_of, study_of
from mcda.workshop.rehearsal import PEOPLE, simulated_answer, simulated_people

FEASIBLE = {"relevance": 1, "feasibility": 97, "cost": 1, "funding": 1}


@pytest.fixture
def hall(sqlite_url: str) -> Hall:
    return Hall(sqlite_url)


def test_while_paused_the_projector_stays_and_the_console_goes_on(hall: Hall) -> None:
    hall.step("shown", view="ranking")
    before = ranking_of(hall.study, hall.room, 10, "de")
    paused = hall.step("paused").seq
    hall.step("weights_agreed", points=FEASIBLE, remark="x")
    hall.step("shown", view="decision")
    held = hall.loaded.at(hall.room.paused_at)
    assert (hall.room.paused_at, held.shown.view) == (paused, "ranking")
    assert ranking_of(hall.study, held, 10, "de").rows == before.rows
    assert ranking_of(hall.study, hall.room, 10, "de").rows != before.rows
    hall.step("resumed")
    assert hall.loaded.at(hall.room.paused_at).shown.view == "decision"


def test_a_frozen_order_stays_and_its_arrows_show_what_would_change(hall: Hall) -> None:
    order = [row.measure for row in ranking_of(hall.study, hall.room, 10, "de").rows]
    hall.step("frozen")
    hall.step("weights_tried", points=FEASIBLE)
    shown = ranking_of(hall.study, hall.room, 10, "de")
    would = {line.measure: line.rank for line in evaluate(hall.study, Scenario(weights=FEASIBLE)).ranking}
    assert [row.measure for row in shown.rows] == order
    assert [row.rank for row in shown.rows] == [1, 2, 3, 4]
    assert {row.measure: row.rank - row.move for row in shown.rows} == would
    assert shown.pending == sum(row.move != 0 for row in shown.rows) > 0
    hall.step("unfrozen")
    applied = ranking_of(hall.study, hall.room, 10, "de")
    assert [row.measure for row in applied.rows] == sorted(would, key=lambda name: would[name])


def test_arrows_compare_with_the_state_before_the_last_change(hall: Hall) -> None:
    was = {line.measure: line.rank for line in in_force(hall.study, hall.room).ranking}
    hall.step("weights_agreed", points=FEASIBLE, remark="x")
    for row in ranking_of(hall.study, hall.room, 10, "en").rows:
        assert row.move == was[row.measure] - row.rank
        assert row.moved == ("unchanged" if row.move == 0 else row.moved)
        assert row.major == (abs(row.move) >= 3)


def test_pinned_measures_are_shown_whatever_their_rank(hall: Hall) -> None:
    last = in_force(hall.study, hall.room).ranking[-1].measure
    hall.step("pinned", measures=[last])
    assert [row.measure for row in ranking_of(hall.study, hall.room, 1, "de").rows][-1] == last


def test_weights_on_the_screen_sum_to_a_hundred(hall: Hall) -> None:
    hall.step("weights_agreed", points=dict(zip(TOPS, (1, 1, 1, 3), strict=True)), remark="x")
    shown = [words for *_, words in ranking_of(hall.study, hall.room, 10, "de").weights]
    assert sum(int(words.split()[0]) for words in shown) == 100


def test_the_decided_order_goes_first_and_the_computed_stays_beside_it(hall: Hall) -> None:
    ranks = {line.measure: line.rank for line in in_force(hall.study, hall.room).ranking}
    last = max(ranks, key=lambda name: ranks[name])
    hall.step("decided", measure=last, rank=1, reason="Pflicht")
    rows = decision_rows(hall.study, hall.room, "de")
    assert (rows[0].measure, rows[0].rank, rows[0].differs, rows[0].reason) == (last, 4, True, "Pflicht")
    assert {row.measure: row.rank for row in rows} == ranks
    assert decision_state(hall.room, "en") == "Not decided yet."
    hall.step("decision_taken")
    assert decision_state(hall.room, "en", lambda at: "noon") == "Decided at noon."
    hall.step("settings_set", method="weighted_sum")
    assert "changed since" in decision_state(hall.room, "en")


def test_a_snapshot_beside_the_present_says_what_was_changed(hall: Hall) -> None:
    kept = hall.step("snapshot_taken", name="Anfang").seq
    hall.step("weights_agreed", points=FEASIBLE, remark="x")
    found = compare_snapshot(hall.study, hall.room, kept, 10, "en")
    was = {line.measure: line.rank for line in evaluate(hall.study).ranking}
    now = {line.measure: line.rank for line in evaluate(hall.study, Scenario(weights=FEASIBLE)).ranking}
    assert {line.measure: (line.before, line.now) for line in found.lines} == {m: (was[m], now[m]) for m in was}
    assert any(words.startswith("Relevance 35% → 1%") for words in found.changed)


def test_what_it_takes_is_what_the_sensitivity_page_says(hall: Hall) -> None:
    ranking = in_force(hall.study, hall.room).ranking
    found = beats(hall.study, hall.room, ranking[1].measure, ranking[0].measure, "en")
    assert found.steps
    assert all(step in found.sentence for step in found.steps)
    assert beats(hall.study, hall.room, ranking[0].measure, ranking[1].measure, "en").steps == ()


def test_the_protocol_names_roles_never_hides_what_was_undone_and_tells_effects(hall: Hall) -> None:
    hall.join(2)
    hall.step("weights_agreed", points=FEASIBLE, remark="aus dem Vorstand")
    hall.step("undone", step=hall.room.steps[-1])
    found = protocol_of(hall.study, hall.events, "de")
    assert found.people == ("Rolle 0, Ismaning", "Rolle 1, Garching")
    lines = {line.seq: line for line in found.lines}
    agreed = next(e for e in hall.events if e.kind == "weights_agreed")
    assert lines[agreed.seq].undone
    assert "aus dem Vorstand" in lines[agreed.seq].what
    assert any("Rang" in words for words in lines[agreed.seq].effect)
    assert found.lines[-1].effect, "taking a step back changes the ranking too"
    assert found.weights == ()
    assert found.last_hash == hall.events[-1].hash
    assert protocol_lines(hall.study, hall.events, "de", 2) == found.lines[-2:]


def test_votes_of_a_round_that_is_not_revealed_are_not_in_the_protocol(hall: Hall) -> None:
    hall.join(3)
    asked = hall.ask("approval", question="Einverstanden?")
    for who in hall.people:
        hall.vote(who, asked, answer="no", reason="geheim")
    assert "geheim" not in str(protocol_of(hall.study, hall.events, "de"))
    hall.reveal(asked)
    assert "geheim" in str(protocol_of(hall.study, hall.events, "de"))
    assert reveal_of(hall.study, hall.room, hall.room.rounds[asked], "en").lines[1].shown == "3"


def test_the_run_sheet_fills_two_hours_and_ticks_what_is_done(hall: Hall) -> None:
    steps = run_sheet(hall.room, "de")
    assert (steps[0].begins, steps[-1].begins + steps[-1].minutes) == (0, 120)
    assert not any(step.done for step in steps)
    hall.join(1)
    hall.step("weights_locked")
    assert {step.name for step in run_sheet(hall.room, "de") if step.done} == {"arrive", "lock"}


def test_what_is_in_force_goes_back_to_the_study_and_its_scenario(hall: Hall) -> None:
    hall.step("weights_agreed", points=FEASIBLE, remark="x")
    hall.step("weights_locked")
    hall.step("ratings_agreed", ratings=[{"measure": "M4", "criterion": "goals", "value": 1.5}])
    hall.step("decided", measure="M4", rank=1, reason="Pflicht")
    study, scenario = study_of(hall.study, hall.room.baseline), scenario_of(hall.room, hall.room.baseline)
    found, computed = evaluate(study, scenario).ranking, in_force(hall.study, hall.room).ranking
    assert [(x.measure, x.rank, x.score) for x in found] == [(x.measure, x.rank, x.score) for x in computed]
    assert study.measure_by_id["M4"].decided_rank == 1
    other = replace(hall.room.baseline, ratings={})
    assert study_of(hall.study, other) != study


@pytest.mark.parametrize("asked", ["swing", "rank_order", "pairwise"])
def test_a_rehearsal_answers_every_question_as_its_seed_says(sqlite_url: str, asked: str) -> None:
    import numpy as np

    hall = Hall(sqlite_url, rehearsal=True)
    people = simulated_people(hall.study, ("Amt",))
    assert (len(people), {p["municipality"] for p in people}) == (PEOPLE, {"ISM", "GAR"})
    who = hall.join(1)[0]
    for said in (
        {"what": "weights", "asked": asked},
        {"what": "ratings", "measures": ["M1"], "criteria": ["goals", "urgency"]},
        {"what": "top"},
        {"what": "approval", "question": "Ja?"},
    ):
        opened = hall.ask(**said)  # type: ignore[arg-type]
        question = hall.room.rounds[opened].asked
        answers = [simulated_answer(hall.study, question, np.random.default_rng(7)) for _ in range(2)]
        assert answers[0] == answers[1]
        hall.vote(who, opened, **answers[0])
        hall.step("round_closed", round=opened)
