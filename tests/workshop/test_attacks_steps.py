"""Steps that make no sense, tokens no database keeps, and SQL in every field: told, kept as words, or passed over."""

from collections.abc import Iterator

import pytest

from attacking import Attacked, Tags, Visitor, attacked, swing


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    yield made
    made.close()


@pytest.fixture
def both(store_url: str) -> Iterator[Attacked]:
    made = attacked(store_url)
    yield made
    made.close()


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


def test_sql_in_every_field_is_words(both: Attacked) -> None:
    visitor, number = Visitor(both.app), 0
    for words in SQL:
        link = both.join(role=words, token=words)
        visitor.post(f"{link}/me", {"role": f"{words} ", "municipality": words, "token": words})
        for name in ("round", f"points.{words}", f"value.{words}|{words}"):
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
