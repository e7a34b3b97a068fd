"""Votes that cannot be: every fault is told with what it is about, and nothing of it is stored."""

from typing import Any

import pytest

from hall import TOPS, Hall
from mcda.errors import InputError
from mcda.workshop.rules import Forbidden

FULL = dict(zip(TOPS, (100, 60, 40, 20), strict=True))
PAIRS = {f"{a}|{b}": 1.0 for i, a in enumerate(TOPS) for b in TOPS[i + 1 :]}

AGREED = {"measure": "M1", "criterion": "goals", "value": 1}
RATED = {"what": "ratings", "measures": ["M1"], "criteria": ["goals"]}

BAD: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({"what": "weights"}, {"points": FULL | {"cost": 101}}, "out_of_range"),
    ({"what": "weights"}, {"points": FULL | {"cost": -1}}, "weight_negative"),
    ({"what": "weights"}, {"points": {k: v for k, v in FULL.items() if k != "cost"}}, "answer_missing"),
    ({"what": "weights"}, {"points": FULL | {"kosten": 3}}, "unknown_criterion"),
    ({"what": "weights"}, {"points": dict.fromkeys(TOPS, 0)}, "weights_all_zero"),
    ({"what": "weights"}, {"points": FULL | {"cost": float("nan")}}, "step_field_wrong"),
    ({"what": "weights"}, {"points": FULL | {"cost": float("inf")}}, "step_field_wrong"),
    ({"what": "weights"}, {"points": FULL | {"cost": "viel"}}, "step_field_wrong"),
    ({"what": "weights"}, {"ranks": dict.fromkeys(TOPS, 1)}, "vote_other_question"),
    ({"what": "weights"}, {}, "answer_missing"),
    ({"what": "weights", "asked": "rank_order"}, {"ranks": dict(zip(TOPS, (0, 1, 2, 3), strict=True))}, "out_of_range"),
    ({"what": "weights", "asked": "rank_order"}, {"ranks": {"cost": 1}}, "answer_missing"),
    ({"what": "weights", "asked": "pairwise"}, {"pairs": PAIRS | {"relevance|cost": 10}}, "out_of_range"),
    ({"what": "weights", "asked": "pairwise"}, {"pairs": PAIRS | {"relevance|cost": 0}}, "out_of_range"),
    ({"what": "weights", "asked": "pairwise"}, {"pairs": PAIRS | {"cost|relevance": 2}}, "unknown_id"),
    ({"what": "weights", "asked": "pairwise"}, {"pairs": {"relevance|cost": 2}}, "answer_missing"),
    (RATED, {"ratings": {"M1|goals": {"value": 6}}}, "out_of_range"),
    (RATED, {"ratings": {"M1|goals": {"value": 2.5}}}, "out_of_range"),
    (RATED, {"ratings": {"M2|goals": {"value": 2}}}, "unknown_id"),
    (RATED, {"ratings": {"M1|goals": {}}}, "vote_value_or_abstain"),
    (RATED,
     {"ratings": {"M1|goals": {"value": 2, "abstain": True}}}, "vote_value_or_abstain"),
    (RATED, {}, "vote_empty"),
    (RATED,
     {"ratings": {"M1|goals": {"value": 2, "reason": "x" * 1001}}}, "step_field_wrong"),
    ({"what": "top"}, {"top": ["M1", "M1"]}, "vote_named_twice"),
    ({"what": "top"}, {"top": ["M1", "M2", "M3", "M4"]}, "out_of_range"),
    ({"what": "top"}, {"top": ["M9"]}, "unknown_id"),
    ({"what": "top"}, {}, "out_of_range"),
    ({"what": "approval", "question": "Ja?"}, {}, "vote_no_answer"),
    ({"what": "approval", "question": "Ja?"}, {"answer": "vielleicht"}, "step_field_wrong"),
    ({"what": "approval", "question": "Ja?"}, {"answer": "yes", "hacked": 1}, "step_field_wrong"),
)  # fmt: skip


@pytest.mark.parametrize(("question", "vote", "code"), BAD, ids=[f"{n}-{case[2]}" for n, case in enumerate(BAD)])
def test_a_vote_that_cannot_be_is_told_and_not_stored(
    sqlite_url: str, question: dict[str, Any], vote: dict[str, Any], code: str
) -> None:
    hall = Hall(sqlite_url)
    who = hall.join()[0]
    asked = hall.ask(**question)
    before = hall.events
    with pytest.raises(InputError) as error:
        hall.vote(who, asked, **vote)
    assert code in [issue.code for issue in error.value.issues]
    assert all(issue.sentence("de") and issue.sentence("en") for issue in error.value.issues)
    assert hall.events == before


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"what": "weights", "parent": "goals"}, "room_no_siblings"),
        ({"what": "weights", "parent": "nowhere"}, "room_no_siblings"),
        ({"what": "ratings", "measures": ["M9"], "criteria": ["goals"]}, "unknown_id"),
        ({"what": "ratings", "measures": ["M1"], "criteria": ["cost"]}, "unknown_id"),
        ({"what": "ratings"}, "room_nothing_to_rate"),
        ({"what": "approval", "question": " "}, "room_no_question"),
        ({"what": "song"}, "step_field_wrong"),
    ],
)
def test_a_question_nobody_could_answer_is_not_opened(sqlite_url: str, question: dict[str, Any], code: str) -> None:
    hall = Hall(sqlite_url)
    with pytest.raises(InputError) as error:
        hall.ask(**question)
    assert code in [issue.code for issue in error.value.issues]


def test_nobody_votes_for_others_or_takes_a_facilitators_step(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    first, second = hall.join(2)
    asked = hall.ask()
    said = {"round": asked, "participant": second, "points": FULL}
    for kind, content in (
        ("voted", said),
        ("withdrawn", {"participant": second}),
        ("erased", {"participant": second, "seqs": [2]}),
        ("described", {"participant": second, "role": "x"}),
        ("round_closed", {"round": asked}),
        ("undone", {"step": asked}),
        ("opened", {}),
    ):
        with pytest.raises((Forbidden, InputError)):
            hall.desk.act(hall.code, "participant", first, kind, content)
    assert [e.kind for e in hall.events] == ["opened", "joined", "joined", "round_opened"]


def test_a_token_of_somebody_else_opens_nothing(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    first, second = hall.join(2)
    asked = hall.ask()
    hall.vote(first, asked, token="mine", points=FULL)
    with pytest.raises(Forbidden):
        hall.vote(second, asked, token="mine", points=FULL)


def test_one_question_at_a_time_and_unknown_rounds_are_told(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    who = hall.join()[0]
    asked = hall.ask()
    for act, code in (
        (lambda: hall.ask("top"), "room_round_open"),
        (lambda: hall.step("round_revealed", round=asked), "room_close_first"),
        (lambda: hall.step("round_closed", round=99), "room_unknown_round"),
        (lambda: hall.vote(who, 99, points=FULL), "room_unknown_round"),
        (lambda: hall.step("shown", view="reveal", round=asked), "room_reveal_first"),
        (lambda: hall.step("snapshot_restored", snapshot=1), "room_unknown_snapshot"),
        (lambda: hall.step("decided", measure="M9", rank=1, reason="x"), "unknown_id"),
        (lambda: hall.step("decided", measure="M1", rank=5, reason="x"), "out_of_range"),
        (lambda: hall.step("council_decided", municipality="XXX", outcome="approved", day="2026-01-01"), "unknown_id"),
        (lambda: hall.step("weights_agreed", points={"relevance": 1}), "room_points_of_all"),
        (lambda: hall.step("weights_agreed", points=dict.fromkeys(TOPS, 0)), "weights_all_zero"),
        (lambda: hall.step("weights_tried", points={"kosten": 1}), "unknown_criterion"),
        (lambda: hall.step("weights_unlocked", reason="x"), "room_not_locked"),
        (lambda: hall.step("ratings_agreed", ratings=[AGREED]), "room_lock_first"),
        (lambda: hall.step("joined", simulated=True), "room_no_rehearsal"),
    ):  # fmt: skip
        with pytest.raises(InputError) as error:
            act()
        assert [issue.code for issue in error.value.issues] == [code]


def test_weights_said_to_be_the_groups_own_must_be(sqlite_url: str) -> None:
    hall = Hall(sqlite_url)
    hall.join(1)
    asked = hall.ask()
    hall.swing(asked, (100, 60, 40, 20))
    hall.reveal(asked)
    with pytest.raises(InputError) as error:
        hall.step("weights_agreed", round=asked, points=FULL | {"cost": 90})
    assert [issue.code for issue in error.value.issues] == ["room_not_the_groups"]
    hall.step("weights_agreed", round=asked, points=FULL | {"cost": 90}, remark="nach Aussprache")
    hall.step("weights_agreed", round=asked, points={k: v / 2.2 for k, v in FULL.items()})


def test_a_room_that_wants_roles_takes_nobody_without(sqlite_url: str) -> None:
    hall = Hall(sqlite_url, anonymous=False)
    with pytest.raises(InputError) as error:
        hall.step("joined", role=" ", municipality="ISM", paper=True)
    assert [issue.code for issue in error.value.issues] == ["room_role_missing"]
    with pytest.raises(InputError) as stranger:
        hall.step("joined", role="Amt", municipality="XXX", paper=True)
    assert [issue.code for issue in stranger.value.issues] == ["unknown_id"]
