"""A room is what its events make of it: rounds, votes, undo and redo, snapshots, pause, freeze."""

import pytest

from hall import TOPS, Hall
from mcda.errors import InputError
from mcda.report.exhibits.room_ranking import decision_rows
from mcda.workshop.baseline import in_force, on_screen
from mcda.workshop.events import START, Event, sealed
from mcda.workshop.fold import fold

SWINGS = ((100, 60, 40, 20), (100, 80, 20, 50), (40, 100, 60, 30), (100, 50, 50, 50))


@pytest.fixture
def hall(sqlite_url: str) -> Hall:
    return Hall(sqlite_url)


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [issue.code for issue in error.value.issues]


def test_a_round_opens_takes_votes_closes_and_is_revealed(hall: Hall) -> None:
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS[:2])
    assert [hall.room.rounds[asked].state, len(hall.room.rounds[asked].votes)] == ["open", 2]
    hall.step("round_closed", round=asked)
    with pytest.raises(InputError) as late:
        hall.vote(hall.people[2], asked, points=dict(zip(TOPS, SWINGS[2], strict=True)))
    assert codes(late) == ["vote_after_close"]
    hall.reveal(asked)
    assert hall.room.rounds[asked].state == "revealed"


def test_a_changed_vote_replaces_the_earlier_one_and_both_stay_in_the_log(hall: Hall) -> None:
    who = hall.join()[0]
    asked = hall.ask()
    hall.swing(asked, SWINGS[0])
    hall.swing(asked, SWINGS[1])
    votes = hall.room.rounds[asked].votes
    assert {name: dict(v.answer.points) for name, v in votes.items()} == {who: dict(zip(TOPS, SWINGS[1], strict=True))}
    assert [e.kind for e in hall.events].count("voted") == 2


def test_the_same_token_counts_once(hall: Hall) -> None:
    who = hall.join()[0]
    asked = hall.ask()
    said = {"points": dict(zip(TOPS, SWINGS[0], strict=True))}
    first = hall.vote(who, asked, token="t1", **said)
    again = hall.vote(who, asked, token="t1", **said)
    assert first.seq == again.seq
    assert [e.kind for e in hall.events].count("voted") == 1


def test_reopening_keeps_the_votes_and_hides_the_result_again(hall: Hall) -> None:
    hall.join(3)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    hall.reveal(asked)
    hall.step("round_reopened", round=asked, focus=["relevance", "cost"])
    found = hall.room.rounds[asked]
    assert (found.state, found.reopened, found.focus, len(found.votes)) == ("open", 1, ("relevance", "cost"), 3)
    with pytest.raises(InputError) as shown:
        hall.step("shown", view="reveal", round=asked)
    assert codes(shown) == ["room_reveal_first"]


def test_every_step_of_the_facilitator_can_be_taken_back_and_brought_back(hall: Hall) -> None:
    hall.join(2)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    hall.step("shown", view="progress")
    hall.step("round_closed", round=asked)
    before = hall.room
    for _ in range(3):
        hall.step("undone", step=hall.room.steps[-1])
    assert (hall.room.rounds, hall.room.shown.view) == ({}, "join")
    undoings = [e.seq for e in hall.events if e.kind == "undone"]
    hall.step("undone", step=undoings[-1])
    assert len(hall.room.rounds[asked].votes) == 2, "the votes come back with their round"
    for undoing in reversed(undoings[:-1]):
        hall.step("undone", step=undoing)
    again = hall.room
    assert (again.rounds, again.shown, again.steps) == (before.rounds, before.shown, before.steps)


def test_only_the_last_step_can_be_taken_back_and_an_undoing_only_right_after(hall: Hall) -> None:
    first = hall.step("shown", view="sheet").seq
    hall.step("shown", view="ranking")
    with pytest.raises(InputError) as not_last:
        hall.step("undone", step=first)
    assert codes(not_last) == ["room_nothing_to_undo"]
    undoing = hall.step("undone", step=hall.room.steps[-1]).seq
    hall.step("shown", view="blank")
    with pytest.raises(InputError) as too_late:
        hall.step("undone", step=undoing)
    assert codes(too_late) == ["room_nothing_to_undo"]


def test_what_participants_said_is_nobodys_step_to_take_back(hall: Hall) -> None:
    hall.join(1)
    with pytest.raises(InputError) as opening:
        hall.step("undone", step=1)
    assert codes(opening) == ["room_nothing_to_undo"]
    with pytest.raises(InputError):
        hall.step("undone", step=2)


def test_a_vote_the_facilitator_typed_is_taken_back_to_the_persons_own(hall: Hall) -> None:
    who = hall.join()[0]
    asked = hall.ask()
    hall.swing(asked, SWINGS[0])
    hall.step("voted", round=asked, participant=who, points=dict(zip(TOPS, SWINGS[1], strict=True)))
    assert hall.room.rounds[asked].votes[who].typed
    hall.step("undone", step=hall.room.steps[-1])
    assert dict(hall.room.rounds[asked].votes[who].answer.points) == dict(zip(TOPS, SWINGS[0], strict=True))


def test_tried_weights_are_on_the_screen_and_not_in_force(hall: Hall) -> None:
    before = in_force(hall.study, hall.room)
    hall.step("weights_tried", points={"relevance": 5, "feasibility": 5, "cost": 85, "funding": 5})
    assert on_screen(hall.study, hall.room).weights.local["cost"] == pytest.approx(0.85)
    assert in_force(hall.study, hall.room).ranking == before.ranking
    hall.step("trial_ended")
    assert on_screen(hall.study, hall.room).ranking == before.ranking


def test_a_snapshot_holds_weights_ratings_settings_and_pins_and_brings_them_back(hall: Hall) -> None:
    points = {"relevance": 10, "feasibility": 70, "cost": 10, "funding": 10}
    hall.step("pinned", measures=["M4"])
    kept = hall.step("snapshot_taken", name="Anfang").seq
    hall.step("weights_agreed", points=points, remark="so vereinbart")
    hall.step("settings_set", method="weighted_sum")
    hall.step("pinned", measures=[])
    changed = hall.room.baseline
    assert hall.room.snapshots[kept].baseline != changed
    hall.step("snapshot_restored", snapshot=kept)
    assert hall.room.baseline == hall.room.snapshots[kept].baseline
    assert (hall.room.previous, hall.room.baseline.pinned) == (changed, ("M4",))
    assert in_force(hall.study, hall.room).method == "topsis"


def test_locked_weights_change_only_after_a_release_with_a_reason(hall: Hall) -> None:
    kept = hall.step("snapshot_taken", name="vorher").seq
    points = {"relevance": 10, "feasibility": 70, "cost": 10, "funding": 10}
    hall.step("weights_agreed", points=points, remark="x")
    hall.step("weights_locked")
    for kind, said in (
        ("weights_agreed", {"points": points, "remark": "y"}),
        ("snapshot_restored", {"snapshot": kept}),
        ("weights_locked", {}),
    ):
        with pytest.raises(InputError) as locked:
            hall.step(kind, **said)
        assert codes(locked) == ["room_weights_locked"]
    with pytest.raises(InputError) as no_reason:
        hall.step("weights_unlocked", reason="  ")
    assert codes(no_reason) == ["room_reason_missing"]
    hall.step("weights_unlocked", reason="Zahlendreher")
    hall.step("snapshot_restored", snapshot=kept)


def test_ratings_are_revealed_only_when_the_weights_are_locked(hall: Hall) -> None:
    who = hall.join()[0]
    asked = hall.ask("ratings", measures=["M1"], criteria=["goals"])
    hall.vote(who, asked, ratings={"M1|goals": {"value": 3}})
    hall.step("round_closed", round=asked)
    with pytest.raises(InputError) as early:
        hall.step("round_revealed", round=asked)
    assert codes(early) == ["room_lock_first"]
    hall.step("weights_locked")
    hall.step("round_revealed", round=asked)
    locked, revealed = hall.room.locked_at, hall.room.rounds[asked].revealed_at
    assert locked < revealed


def test_who_withdraws_no_longer_counts_and_may_return(hall: Hall) -> None:
    hall.join(2)
    asked = hall.ask()
    hall.swing(asked, *SWINGS)
    hall.desk.act(hall.code, "participant", hall.people[0], "withdrawn", {"participant": hall.people[0]})
    with pytest.raises(InputError) as gone:
        hall.swing(asked, SWINGS[3])
    assert codes(gone) == ["vote_withdrawn"]
    assert [p.id for p in hall.room.present] == [hall.people[1]]
    hall.desk.act(hall.code, "participant", hall.people[0], "returned", {"participant": hall.people[0]})
    assert len(hall.room.present) == 2


def test_a_decision_that_differs_needs_its_reason_and_goes_stale_when_anything_changes(hall: Hall) -> None:
    computed = {line.measure: line.rank for line in in_force(hall.study, hall.room).ranking}
    last = max(computed, key=lambda name: computed[name])
    with pytest.raises(InputError) as without:
        hall.step("decided", measure=last, rank=1)
    assert codes(without) == ["room_reason_missing"]
    hall.step("decided", measure=last, rank=computed[last])
    hall.step("decided", measure=last, rank=1, reason="Pflichtaufgabe")
    hall.step("decision_taken", remark="einstimmig")
    assert hall.room.taken is not None
    assert hall.room.taken.baseline == hall.room.baseline
    hall.step("decided", measure=last)
    assert hall.room.taken.baseline != hall.room.baseline
    assert hall.room.baseline.decisions == {}


def test_an_agreed_rating_takes_the_place_of_everybodys_own(hall: Hall) -> None:
    hall.step("weights_locked")
    hall.step("ratings_agreed", ratings=[{"measure": "M4", "criterion": "goals", "value": 1.5}])
    result = in_force(hall.study, hall.room)
    row, column = result.matrix.measures.index("M4"), result.matrix.leaves.index("goals")
    assert result.matrix.raw[row, column] == 1.5


def test_councils_and_progress_are_kept_after_the_end(hall: Hall) -> None:
    hall.step("ended")
    with pytest.raises(InputError) as over:
        hall.step("weights_locked")
    assert codes(over) == ["room_ended"]
    hall.step("council_decided", municipality="ISM", outcome="approved", day="2026-04-20", remark="12:3")
    hall.step("status_set", measure="M1", status="running")
    assert hall.room.councils["ISM"].day == "2026-04-20"
    assert hall.room.statuses == {"M1": "running"}
    hall.step("undone", step=next(e.seq for e in reversed(hall.events) if e.kind == "status_set"))
    assert hall.room.statuses == {}


def test_a_log_that_opens_no_room_is_told() -> None:
    with pytest.raises(InputError) as error:
        fold([sealed(Event(1, "t", "facilitator", "facilitator", "started", "{}"), START)])
    assert codes(error) == ["log_without_room"]
    with pytest.raises(InputError):
        fold([])


def test_a_lock_is_not_undone_once_ratings_were_seen(hall: Hall) -> None:
    who = hall.join()[0]
    hall.step("weights_locked")
    asked = hall.ask("ratings", measures=["M1"], criteria=["goals"])
    hall.vote(who, asked, ratings={"M1|goals": {"value": 3}})
    hall.reveal(asked)
    for _ in range(3):
        hall.step("undone", step=hall.room.steps[-1])
    with pytest.raises(InputError) as stays:
        hall.step("undone", step=hall.room.steps[-1])
    assert codes(stays) == ["room_lock_stays"]
    hall.step("weights_unlocked", reason="Zahlendreher")


def test_a_closing_is_not_brought_back_over_a_vote_that_came_meanwhile(hall: Hall) -> None:
    hall.join(1)
    asked = hall.ask()
    hall.swing(asked, SWINGS[0])
    hall.step("round_closed", round=asked)
    undoing = hall.step("undone", step=hall.room.steps[-1]).seq
    hall.swing(asked, SWINGS[1])
    with pytest.raises(InputError) as late:
        hall.step("undone", step=undoing)
    assert codes(late) == ["room_nothing_to_undo"]


def test_a_result_is_turned_over_once_and_counted_as_it_was_then(hall: Hall) -> None:
    hall.join(1)
    asked = hall.ask()
    hall.swing(asked, SWINGS[0])
    hall.reveal(asked, key="municipality")
    with pytest.raises(InputError) as again:
        hall.step("round_revealed", round=asked, key="population")
    assert codes(again) == ["room_already"]
    hall.step("round_reopened", round=asked)
    assert hall.room.rounds[asked].key == "equal"


def test_decided_places_change_no_computed_tier_and_stand_where_they_say(hall: Hall) -> None:
    order = [line.measure for line in in_force(hall.study, hall.room).ranking]
    tiers = {line.measure: line.tier for line in in_force(hall.study, hall.room).ranking}
    hall.step("decided", measure=order[0], rank=3, reason="wartet auf Partner")
    assert {line.measure: line.tier for line in in_force(hall.study, hall.room).ranking} == tiers
    rows = [row.measure for row in decision_rows(hall.study, hall.room, "de")]
    assert rows == [order[1], order[2], order[0], order[3]]


def test_pressed_twice_a_pause_stays_where_it_was(hall: Hall) -> None:
    first = hall.step("paused").seq
    hall.step("paused")
    assert hall.room.paused_at == first


def test_other_settings_leave_closed_programmes_closed(sqlite_url: str) -> None:
    from mcda.scenario import Scenario
    from mcda.workshop.baseline import scenario_of
    from mcda.workshop.desk import Opening

    hall = Hall(sqlite_url)
    scenario = Scenario(without_programmes=("*",))
    hall.code, _ = hall.desk.open_room(hall.study, scenario, Opening("x"), "2027-01-01T00:00:00.000Z")
    hall.step("settings_set", method="weighted_sum")
    assert scenario_of(hall.room, hall.room.baseline).without_programmes == ("*",)
