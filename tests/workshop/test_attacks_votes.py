"""Votes and steps that are not what was asked: refused with a reason, stored nowhere, and the next good one works."""

from collections.abc import Iterator

import pytest

from attacking import Attacked, Tags, Visitor, attacked, sentences, swing
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


STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("council_decided", {"municipality": "ISM", "outcome": "noted", "day": "9999-99-99"}),
    ("council_decided", {"municipality": "ISM", "outcome": "noted", "day": "0001-01-01"}),
    ("council_decided", {"municipality": "ISM", "outcome": "noted", "day": "٢٠٢٦-٠١-٠١"}),
    ("council_decided", {"municipality": "ISM", "outcome": "noted", "day": "2026-01-01T00:00"}),
    ("settings_set", {"as_of": "gestern"}),
    ("settings_set", {"as_of": "0000-00-00"}),
    ("settings_set", {"as_of": "2026-13-01"}),
    ("settings_set", {"method": "os.system"}),
    ("settings_set", {"method": "pymcdm:__class__"}),
    ("settings_set", {"method": "\x00"}),
    ("settings_set", {"without_programmes": "\x00"}),
    ("weights_tried", {"points.cost": "9" * 30}),
    ("weights_tried", {"points.cost": "-1"}),
    ("weights_tried", {"points.cost": "nan"}),
    ("weights_tried", {"points.x": "1"}),
    ("weights_tried", dict.fromkeys(swing(), "0")),
    ("weights_agreed", {"points.cost": "5", "remark": "x"}),
    ("weights_agreed", dict.fromkeys(swing(), "0") | {"remark": "x"}),
    ("weights_agreed", swing() | {"remark": "x" * 1001}),
    ("weights_agreed", swing() | {"parent": "nowhere"}),
    ("weights_agreed", swing() | {"round": "999"}),
    ("ratings_agreed", {"value.M1|goals": "3"}),
    ("shown", {"view": "<script>"}),
    ("shown", {"view": "reveal", "round": "999"}),
    ("shown", {"view": "ranking", "lines": "1000000"}),
    ("shown", {"view": "compare", "snapshot": "999"}),
    ("shown", {"view": "what_if", "measures": "M9"}),
    ("pinned", {"measures": "\x00"}),
    ("snapshot_restored", {"snapshot": "-1"}),
    ("decided", {"measure": "M1", "rank": "0", "reason": "x"}),
    ("decided", {"measure": "M1", "rank": "999999999", "reason": "x"}),
    ("decided", {"measure": "M1", "tier": "10", "reason": "x"}),
    ("decided", {"measure": "M9", "rank": "1", "reason": "x"}),
    ("round_opened", {"what": "weights", "parent": "cost"}),
    ("round_opened", {"what": "ratings"}),
    ("round_opened", {"what": "nothing"}),
    ("round_opened", {"what": "approval", "question": " "}),
    ("round_revealed", {"round": "1"}),
    ("undone", {"step": "1"}),
    ("undone", {"step": "-1"}),
    ("erased", {"participant": "p2", "seqs": "1"}),
    ("voted", {"participant": "p2", "round": "1"}),
    ("voted", {"participant": "p99", "round": "1"}),
    ("joined", {"role": "x" * 81}),
    ("described", {"participant": "p99", "role": "x"}),
    ("status_set", {"measure": "M1", "status": "perhaps"}),
    ("snapshot_taken", {"name": "x" * 81}),
)


def test_a_step_that_makes_no_sense_is_told_on_the_console(room: Attacked) -> None:
    room.join()
    before = len(room.events)
    for kind, fields in STEPS:
        answer = room.lead.post(f"{room.console}/step", {"kind": kind} | fields)
        assert answer.status in (409, 422), (kind, fields, answer.status)
        assert 'class="fault"' in answer.text, (kind, fields)
        assert len(room.events) == before, (kind, fields)
    for end in ("", "/protocol", "/protocol.json"):
        assert room.lead.get(room.console + end).status == 200


@pytest.mark.parametrize("kind", ["opened", "nothing", "", "__class__", "voted\x00", "a" * 100_000])
def test_a_step_of_no_kind_is_forbidden(room: Attacked, kind: str) -> None:
    assert room.lead.post(f"{room.console}/step", {"kind": kind, "title": "x"}).status == 403
    assert len(room.events) == 1


TOKENS = ("\x00", "a\x00b", "\ud800", "😀", "x" * 100_000, "'; DROP TABLE events;--", "\u202e", " ", "%00", "\r\nX: y")


def test_any_token_will_do(both: Attacked) -> None:
    """A token is a browser's own affair: one that cannot be kept makes nobody's vote fail."""
    number = both.ask_round()
    for raw in TOKENS:
        token = raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        link = [both.join(token=f"{token}j") for _ in range(2)][1]
        for _ in range(2):
            form = {"round": str(number), "token": f"{token}v"} | swing()
            assert Visitor(both.app).post(f"{link}/vote", form).status == 303
            both.step("paused", {"token": f"{token}s"})
    kinds = [event.kind for event in both.events]
    assert [kinds.count(kind) for kind in ("joined", "voted", "paused")] == [len(TOKENS)] * 3


SQL = (
    "'; DROP TABLE events; --",
    '" OR ""="',
    "' UNION SELECT facilitator_hash FROM rooms --",
    "1; DELETE FROM rooms",
    "\\'; SELECT pg_sleep(9); --",
    "%' OR '1'='1",
    "$$; DROP TABLE rooms; $$",
    "/**/OR/**/1=1",
    ":code",
    "%(code)s",
    "?",
)


@pytest.fixture
def both(store_url: str) -> Iterator[Attacked]:
    made = attacked(store_url)
    yield made
    made.close()


def test_sql_in_every_field_is_words(both: Attacked) -> None:
    visitor, number = Visitor(both.app), 0
    for words in SQL:
        link = both.join(role=words, token=words)
        visitor.post(f"{link}/me", {"role": f"{words} ", "municipality": words, "token": words})
        for name in ("round", "points.cost", f"points.{words}", "answer", "top.1", f"value.{words}|{words}", "token"):
            visitor.post(f"{link}/vote", {"round": "2"} | swing() | {name: words, f"reason.{words}": words})
        visitor.post("/w", {"code": words})
        both.step("snapshot_taken", {"name": words, "token": f"s{words}"})
        both.step("decided", {"measure": "M1", "rank": "1", "reason": words})
        both.step("joined", {"role": words})
        number = both.ask_round("approval", {"question": words})
        form = {"round": str(number), "answer": "yes", "reason": words, "token": f"v{words}"}
        assert visitor.post(f"{link}/vote", form).status == 303
        both.step("round_closed", {"round": str(number)})
    room = both.room
    assert [p.role for p in room.people.values()] == [words for words in SQL for _ in range(2)]
    assert tuple(s.name for s in room.snapshots.values()) == SQL
    assert tuple(r.asked.question for r in room.rounds.values()) == SQL
    assert room.baseline.decisions["M1"].reason == SQL[-1]
    for words in SQL:
        assert words in "".join(Tags(both.lead.get(f"{both.console}/protocol").text).words)


def test_a_vote_is_what_the_form_says_and_nothing_python(room: Attacked) -> None:
    """A form knows texts only, and the record knows its fields."""
    for value in ([1], {"a": 1}, float("nan"), float("inf"), "abc", None):
        with pytest.raises(ValueError):
            c.Voted.model_validate({"round": 1, "participant": "p2", "points": {"cost": value}})
    with pytest.raises(ValueError):
        c.Voted.model_validate({"round": 1, "participant": "p2", "weight": 9})
    with pytest.raises(InputError):
        vote_from([("round", "True")], "p2")
