"""Votes that are not what was asked: refused with a reason, stored nowhere, and the next good one works."""

from collections.abc import Iterator

import pytest

from attacking import Attacked, Visitor, attacked, sentences, swing
from mcda.errors import InputError
from mcda.ui.workshop.forms import vote_from
from mcda.workshop import contents as c

NOT_NUMBERS = (
    *(
        "NaN",
        "nan",
        "-nan",
        "inf",
        "-inf",
        "Infinity",
        "1e5",
        "1e999",
        "0x10",
        "1_0",
        "١٢",
        "１２",
        "true",
        "True",
        "false",
    ),
    *(
        "None",
        "null",
        "[]",
        "{}",
        "[1]",
        '{"a":1}',
        "1;2",
        "1,2,3",
        "1.2.3",
        "--5",
        "+-5",
        "5-",
        "-",
        "+",
        ".",
        ",",
        "½",
    ),
    *("<b>5</b>", "5 0", "5\x00", "5\n6", "\u202e5", "9" * 31, "9" * 5000, "eins", "${7*7}", "' OR 1=1--", "%s", "{0}"),
)
OUT_OF_RANGE = ("-1", "-0.001", "100.001", "101", "9" * 30, "-" + "9" * 29, "1000000000000000000000")


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    yield made
    made.close()


def refused(room: Attacked, link: str, form: dict[str, str], status: int = 422) -> str:
    """Send a vote that must be refused, as a page and to our script; nothing is stored. What the page says."""
    before = len(room.events)
    visitor = Visitor(room.app)
    told = visitor.post(f"{link}/vote", form, accept="application/json")
    page = visitor.post(f"{link}/vote", form)
    assert (told.status, page.status) == (status, status), (form, told.text)
    assert told.json["message"].strip(), form
    assert 'class="fault"' in page.text, form
    assert len(room.events) == before, form
    return sentences(page.text)


@pytest.mark.parametrize("name", ["points.cost", "round"])
def test_what_is_no_number_is_refused(room: Attacked, name: str) -> None:
    link, number = room.join(), room.ask_round()
    for value in NOT_NUMBERS:
        refused(room, link, {"round": str(number)} | swing() | {name: value})


def test_points_off_the_scale_are_refused(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    for value in OUT_OF_RANGE:
        refused(room, link, {"round": str(number)} | swing(cost=value))
    refused(room, link, {"round": str(number)} | dict.fromkeys(swing(), "0"))
    refused(room, link, {"round": str(number)} | dict.fromkeys(swing(), "-0"))


def test_missing_unknown_and_misplaced_answers_are_refused(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    good = {"round": str(number)} | swing()
    for name in good:
        refused(room, link, {k: v for k, v in good.items() if k != name})
        refused(room, link, good | {name: ""})
    strays = {"points.unknown": "5", "points.": "5", "points.COST": "5", "points.cost ": "5", "points.goals": "5"}
    strays |= {"points.__class__": "5", "points.cost|funding": "5", "rank.cost": "1", "pair.cost|funding": "3"}
    strays |= {"top.1": "M1", "answer": "yes", "value.M1|goals": "3", "abstain.M1|goals": "1"}
    for name, value in strays.items():
        refused(room, link, good | {name: value})
    refused(room, link, {})


def test_other_rounds_are_refused(room: Attacked) -> None:
    link = room.join()
    for value in ("0", "1", "2", "-3", "999999999"):
        refused(room, link, {"round": value} | swing())
    first = room.ask_round()
    room.step("round_closed", {"round": str(first)})
    second = room.ask_round("weights", {"parent": "relevance"})
    refused(room, link, {"round": str(first)} | swing(), 409)
    refused(room, link, {"round": str(second)} | swing())
    assert room.room.rounds[first].votes == room.room.rounds[second].votes == {}


def test_ranks_are_whole_numbers_from_one(room: Attacked) -> None:
    link, number = room.join(), room.ask_round("weights", {"asked": "rank_order"})
    good = {"round": str(number)} | {f"rank.{k}": str(n) for n, k in enumerate(("relevance", "feasibility", "cost"), 1)}
    for value in (*NOT_NUMBERS, "0", "-1", "1.5", "1.0", "9999999999"):
        refused(room, link, good | {"rank.funding": value})
    assert Visitor(room.app).post(f"{link}/vote", good | {"rank.funding": "4"}).status == 303


def test_pairs_stay_on_their_scale(room: Attacked) -> None:
    link, number = room.join(), room.ask_round("weights", {"parent": "relevance", "asked": "pairwise"})
    good = {"round": str(number)}
    for value in (*NOT_NUMBERS, "0", "-0", "0.5", "-1", "-0.5", "9.01", "-9.01", "10", "1" * 30):
        refused(room, link, good | {"pair.goals|urgency": value})
    for name in ("pair.urgency|goals", "pair.goals", "pair.goals|goals", "pair.goals|urgency|x", "pair.cost|funding"):
        refused(room, link, good | {name: "3"})
    assert Visitor(room.app).post(f"{link}/vote", good | {"pair.goals|urgency": "-9"}).status == 303


def test_ratings_stay_on_their_scale_and_their_cells(room: Attacked) -> None:
    link = room.join()
    number = room.ask_round("ratings", [("measures", "M1"), ("measures", "M2"), ("criteria", "goals")])
    good = {"round": str(number), "value.M1|goals": "3"}
    for value in (*NOT_NUMBERS, "0", "6", "3.5", "-3", "1000"):
        refused(room, link, good | {"value.M2|goals": value})
    for name in ("value.M3|goals", "value.M1|urgency", "value.M1|cost", "value.M9|goals", "value.goals", "value.|"):
        refused(room, link, good | {name: "3"})
    for name in ("abstain.M3|goals", "abstain.M1|urgency", "abstain.x|y"):
        refused(room, link, good | {name: "1"})
    refused(room, link, good | {"reason.M2|goals": "nur ein Grund"})
    refused(room, link, good | {"reason.M1|goals": "x" * 1001})
    refused(room, link, {"round": str(number)})


def test_top_three_are_three_different_measures(room: Attacked) -> None:
    link, number = room.join(), room.ask_round("top")
    good = {"round": str(number), "top.1": "M1"}
    for stray in (
        {"top.2": "M1"},
        {"top.2": "M9"},
        {"top.1": "M1 "},
        {"top.1": "'--"},
        {"top.1": ""},
        {"top.1": "\x00"},
    ):
        refused(room, link, good | stray)
    assert Visitor(room.app).post(f"{link}/vote", good | {"top.4": "M2", "top.": "M3"}).status == 303
    (vote,) = room.room.rounds[number].votes.values()
    assert vote.answer.top == ("M1",)


def test_approval_is_yes_no_or_abstention(room: Attacked) -> None:
    link, number = room.join(), room.ask_round("approval", {"question": "Einverstanden?"})
    for value in ("", "YES", "ja", "1", "true", "yes\x00", "yes ", "maybe", "<b>yes</b>", "x" * 10_000):
        refused(room, link, {"round": str(number), "answer": value})
    refused(room, link, {"round": str(number), "answer": "yes", "reason": "x" * 1001})


def test_a_vote_after_the_close_is_refused_with_the_reason(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    room.step("round_closed", {"round": str(number)})
    told = Visitor(room.app).post(f"{link}/vote", {"round": str(number)} | swing(), accept="application/json")
    assert told.status == 409
    assert "geschlossen" in told.json["message"] or "beendet" in told.json["message"]
    refused(room, link, {"round": str(number)} | swing(), 409)
    page = Visitor(room.app).get(link).text
    assert f"{link}/vote" not in page


def test_after_the_end_nothing_more_is_taken(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    room.step("ended")
    assert Visitor(room.app).post(f"{link}/vote", {"round": str(number)} | swing()).status == 409
    assert Visitor(room.app).post(f"{link}/me", {"role": "neu"}).status == 409
    assert Visitor(room.app).post(f"/w/{room.code}", {}).status in (409, 422)
    assert len(room.room.people) == 1


def test_a_long_unknown_name_is_not_sent_back_at_length(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    form = {"round": str(number)} | swing() | {f"points.{'x' * 100_000}": "5", "points.cost": "y" * 100_000}
    told = Visitor(room.app).post(f"{link}/vote", form, accept="application/json")
    assert told.status == 422
    assert len(told.body) < 5000
    assert len(Visitor(room.app).post(f"{link}/vote", form).body) < 30_000


def test_the_last_of_two_values_counts(room: Attacked) -> None:
    link, number = room.join(), room.ask_round()
    form = [("round", "1"), ("round", str(number)), *swing(cost="7").items(), ("points.cost", "8")]
    assert Visitor(room.app).post(f"{link}/vote", form).status == 303
    (vote,) = room.room.rounds[number].votes.values()
    assert vote.answer.points["cost"] == 8


def test_a_role_is_one_short_line(room: Attacked) -> None:
    answer = Visitor(room.app).post(f"/w/{room.code}", {"role": "x" * 81})
    assert answer.status == 422
    room.join(role="Rat\r\nProtokoll: alle einverstanden\u2028\u202eja\x00\x1b[2J")
    (person,) = room.room.people.values()
    assert "\n" not in person.role
    assert person.role.isprintable()
    assert Visitor(room.app).post(f"/w/{room.code}", {"municipality": "Atlantis"}).status == 422
    assert len(room.room.people) == 1


def test_a_vote_is_what_the_form_says_and_nothing_python(room: Attacked) -> None:
    """A form knows texts only, and the record knows its fields."""
    for value in ([1], {"a": 1}, float("nan"), float("inf"), "abc", None):
        with pytest.raises(ValueError):
            c.Voted.model_validate({"round": 1, "participant": "p2", "points": {"cost": value}})
    with pytest.raises(ValueError):
        c.Voted.model_validate({"round": 1, "participant": "p2", "weight": 9})
    with pytest.raises(InputError):
        vote_from([("round", "True")], "p2", {})
