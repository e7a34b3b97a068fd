"""Hidden votes stay hidden: what anybody but the voter can fetch before the reveal does not depend on what was voted.

The same evening is run twice, with the same people, keys and times but other answers: every byte of every answer must
be the same in both, digests apart. So nothing shows, in whatever form: no number, no mean, no length, no order.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from attacking import Attacked, Visitor, attacked, swing
from mcda.ui.workshop import render
from mcda.workshop import desk

Voting = dict[str, tuple[dict[str, str], dict[str, str]]]
TOPS = ("relevance", "feasibility", "cost", "funding")
ASKED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "swing": ("weights", []),
    "rank_order": ("weights", [("asked", "rank_order")]),
    "pairwise": ("weights", [("asked", "pairwise"), ("parent", "relevance")]),
    "ratings": ("ratings", [("measures", "M1"), ("measures", "M2"), ("criteria", "goals")]),
    "top": ("top", []),
    "approval": ("approval", [("question", "Einverstanden?")]),
}
AT_ONCE = ("swing", "ratings")
"""What every run asks; the rest takes its minute in `make long`."""

PLANTED: Voting = {
    "swing": (swing(cost="61.8034", funding="27.1828"), swing(cost="31.4159", funding="100")),
    "rank_order": (
        {f"rank.{k}": str(n) for n, k in enumerate(TOPS, 1)},
        {f"rank.{k}": str(5 - n) for n, k in enumerate(TOPS, 1)},
    ),
    "pairwise": ({"pair.goals|urgency": "7.1357"}, {"pair.goals|urgency": "-9"}),
    "ratings": (
        {"value.M1|goals": "5", "reason.M1|goals": "Geheimgrund eins", "value.M2|goals": "1"},
        {"value.M1|goals": "1", "abstain.M2|goals": "1"},
    ),
    "top": ({"top.1": "M3", "top.2": "M4"}, {"top.1": "M1"}),
    "approval": ({"answer": "no", "reason": "Geheimgrund zwei"}, {"answer": "yes"}),
}
RECOGNISED = ("61.8", "61,8", "27.18", "27,18", "31.41", "31,41", "7.1357", "7,1357", "Geheimgrund")
DIGEST = re.compile(rb"[0-9a-f]{64}")
VIEWS = ("join", "question", "progress", "ranking", "what_if", "compare", "decision", "sheet", "blank")


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Codes, keys, form tokens and the clock give the same again from each call on."""

    def start() -> None:
        moments, codes, keys = itertools.count(), itertools.count(), itertools.count()
        monkeypatch.setattr(desk, "new_code", lambda: f"ABCDE{'FGHJKMNP'[next(codes)]}")
        monkeypatch.setattr(desk, "new_key", lambda: f"key{next(keys):029d}")
        monkeypatch.setattr(render.secrets, "token_urlsafe", lambda _: "token")
        monkeypatch.setattr(
            "mcda.ui.workshop.place.this_moment", lambda: f"2026-03-01T09:{next(moments) // 60:02d}:00.000Z"
        )

    return start


class Evening:
    """A room with a voter who votes one way or the other, and what everybody else can fetch meanwhile."""

    def __init__(self, url: str, way: int) -> None:
        self.room, self.way = attacked(url), way
        self.voter, self.other = self.room.join(role="Rat"), self.room.join(role="Rätin")
        self.fetched: list[tuple[str, bytes]] = []

    def vote(self, asked: str, number: int, other_way: bool = False) -> None:
        said = {"round": str(number), "token": f"v{len(self.room.events)}"} | PLANTED[asked][self.way ^ other_way]
        answer = Visitor(self.room.app).post(f"{self.voter}/vote", said)
        assert answer.status == 303, answer.text

    def look(self, when: str, language: str = "de", voter_too: bool = False) -> None:
        """Fetch everything there is to fetch."""
        room, visitor = self.room, Visitor(self.room.app)
        paths = [f"/w/{room.code}{end}" for end in ("", "/screen", "/screen/view", "/qr.svg")]
        paths += [f"{self.other}{end}" for end in ("", "/data.json", "/try", "/try?points.cost=50")]
        ends = ("", "/protocol", "/protocol.json", "/ballots", "/check", "/paper?person=p2", "/paper?person=p3")
        paths += [room.console + end for end in ends]
        paths += [self.voter] if voter_too else []
        for path in paths:
            answer = visitor.get(path, cookie=f"rf_lang={language}")
            assert answer.status == 200, path
            told = repr(answer.headers).encode() + answer.body
            self.fetched.append((f"{when} {path}", DIGEST.sub(b"#", told)))

    def look_at_all_views(self, when: str, number: int) -> None:
        for view in VIEWS:
            self.room.step("shown", {"view": view, "round": str(number)})
            body = Visitor(self.room.app).get(f"/w/{self.room.code}/screen/view").body
            self.fetched.append((f"{when} {view}", body))

    def try_everything(self, when: str, number: int) -> None:
        """What is refused may tell nothing either."""
        guesses = [("weights_agreed", {"round": str(number), **swing(cost="61.8034", funding="27.1828")})]
        guesses += [("ratings_agreed", {"round": str(number), "value.M1|goals": "5"})]
        guesses += [("shown", {"view": view, "round": str(number)}) for view in ("reveal", "agenda")]
        guesses += [("voted", {"participant": "p2", "round": str(number)}), ("snapshot_restored", {"snapshot": "1"})]
        guesses += [("voted", {"participant": "p2", "round": str(number), "points.cost": "x"})]
        for kind, fields in guesses:
            answer = self.room.lead.post(f"{self.room.console}/step", {"kind": kind, **fields})
            assert answer.status in (409, 422), (kind, answer.status)
            self.fetched.append((f"{when} refused {kind}", DIGEST.sub(b"#", answer.body)))
        answer = Visitor(self.room.app).post(f"{self.other}/vote", {"round": str(number), "points.cost": "x"})
        self.fetched.append((f"{when} refused vote", answer.body))


def compare(one: Evening, two: Evening) -> None:
    for evening in (one, two):
        evening.room.close()
    assert [name for name, _ in one.fetched] == [name for name, _ in two.fetched]
    for (name, first), (_, second) in zip(one.fetched, two.fetched, strict=True):
        assert first == second, name
        assert not [words for words in RECOGNISED if words.encode() in first], name


@pytest.fixture
def run(sqlite_url: str, steady: Callable[[], None]) -> Iterator[Callable[[int], Evening]]:
    def evening(way: int) -> Evening:
        steady()
        return Evening(f"{sqlite_url}{way}", way)

    return evening


@pytest.mark.parametrize(
    "asked", [name if name in AT_ONCE else pytest.param(name, marks=pytest.mark.long) for name in ASKED]
)
def test_nothing_anybody_fetches_depends_on_hidden_votes(run: Callable[[int], Evening], asked: str) -> None:
    evenings = []
    for way in (0, 1):
        evening = run(way)
        number = evening.room.ask_round(*ASKED[asked])
        evening.vote(asked, number)
        evening.look("open")
        evening.look_at_all_views("open", number)
        evening.try_everything("open", number)
        evening.room.step("round_closed", {"round": str(number)})
        evening.look("closed", "en")
        evening.look_at_all_views("closed", number)
        evening.room.step("withdrawn", {"participant": "p2"})
        evening.look_at_all_views("withdrawn", number)
        evenings.append(evening)
    compare(*evenings)


@pytest.mark.parametrize("asked", ["swing", "ratings"])
def test_a_round_opened_again_is_hidden_again(run: Callable[[int], Evening], asked: str) -> None:
    """Both evenings saw the same reveal; what is voted afterwards shows in neither, nor with the projector paused."""
    evenings = []
    for way in (0, 1):
        evening = run(way)
        room = evening.room
        number = room.ask_round(*ASKED[asked])
        evening.vote(asked, number, other_way=bool(way))
        room.step("round_closed", {"round": str(number)})
        room.step("weights_locked")
        room.step("round_revealed", {"round": str(number)})
        room.step("shown", {"view": "reveal", "round": str(number)})
        if asked == "swing":
            room.step("weights_unlocked", {"reason": "noch einmal"})
        room.step("round_reopened", {"round": str(number)})
        evening.vote(asked, number)
        evening.fetched = []
        for when in ("open", "paused"):
            room.step("paused")
            for end in ("", "/view"):
                body = Visitor(room.app).get(f"/w/{room.code}/screen{end}").body
                evening.fetched.append((when, DIGEST.sub(b"#", body)))
            evening.fetched.append((when, Visitor(room.app).get(evening.other).body))
        log = Visitor(room.app).get(f"{room.console}/protocol.json").json
        assert [event["content"] for event in log["events"] if event["kind"] == "voted"] == [None, None]
        room.close()
        evenings.append(evening)
    assert evenings[0].fetched == evenings[1].fetched


def test_the_comparison_would_see_a_vote(run: Callable[[int], Evening]) -> None:
    """After the reveal the evenings differ, and the voter's own page differs all along."""
    evenings = []
    for way in (0, 1):
        evening = run(way)
        number = evening.room.ask_round(*ASKED["swing"])
        evening.vote("swing", number)
        evening.look("own", voter_too=True)
        evening.room.step("round_closed", {"round": str(number)})
        evening.room.step("round_revealed", {"round": str(number)})
        evening.room.step("shown", {"view": "reveal", "round": str(number)})
        evening.look("revealed")
        evening.room.close()
        evenings.append(evening)
    differ = {n for (n, a), (_, b) in zip(evenings[0].fetched, evenings[1].fetched, strict=True) if a != b}
    room = evenings[0].room
    assert {name for name in differ if name.startswith("own")} == {f"own {evenings[0].voter}"}
    for end in ("/protocol", "/protocol.json", ""):
        assert f"revealed {room.console}{end}" in differ
    for path in (f"/w/{room.code}/screen", f"/w/{room.code}/screen/view", evenings[0].other):
        assert f"revealed {path}" in differ


@pytest.mark.parametrize("audience", ["screen", "phone", "console", "", "facilitator"])
def test_the_stream_tells_that_something_changed_and_never_what(run: Callable[[int], Evening], audience: str) -> None:
    said = []
    for way in (0, 1):
        evening = run(way)
        number = evening.room.ask_round(*ASKED["swing"])
        steps = [lambda e=evening, n=number: e.vote("swing", n)] if audience != "phone" else []
        steps += [lambda e=evening, n=number: e.room.step("round_closed", {"round": str(n)})]
        said.append(Visitor(evening.room.app).listen(f"/w/{evening.room.code}/stream?for={audience}", steps))
        evening.room.close()
    assert said[0] == said[1]
    for line in said[0].splitlines():
        assert re.fullmatch(r'|retry: \d+|: still here|data: \{"seq": \d+, "phase": "[\w.:-]*"\}', line), line


def test_own_data_is_ones_own(run: Callable[[int], Evening]) -> None:
    evening = run(0)
    number = evening.room.ask_round(*ASKED["swing"])
    evening.vote("swing", number)
    mine = Visitor(evening.room.app).get(f"{evening.voter}/data.json")
    yours = Visitor(evening.room.app).get(f"{evening.other}/data.json")
    assert b"61.8034" in mine.body
    assert [event["kind"] for event in yours.json["events"]] == ["joined"]
    assert b"61.8034" not in yours.body
    evening.room.close()


def test_a_short_answer_cannot_be_guessed_from_its_digest(run: Callable[[int], Evening]) -> None:
    """The digest of a hidden 'yes' is in the file: without something random in it, one guess would tell."""
    evening = run(0)
    number = evening.room.ask_round(*ASKED["approval"])
    answer = Visitor(evening.room.app).post(f"{evening.voter}/vote", {"round": str(number), "answer": "yes"})
    assert answer.status == 303
    (vote,) = evening.room.room.rounds[number].votes.values()
    assert len(vote.answer.nonce) >= 5
    evening.room.close()


def test_a_kept_token_is_in_no_file(run: Callable[[int], Evening]) -> None:
    """Who knows the token of somebody's joining could join as that person once more."""
    room: Attacked = run(0).room
    link = room.join(token="secret-token-of-joining")
    for path in (link, f"{link}/data.json", room.console, f"{room.console}/protocol", f"{room.console}/protocol.json"):
        assert b"secret-token" not in Visitor(room.app).get(path).body
    room.close()


def test_what_was_erased_is_nowhere_any_more(sqlite_url: str, tmp_path: Path) -> None:
    """Neither on a page or in a file, nor in what a step was computed to come to, nor in the bytes of the database."""
    room = attacked(sqlite_url)
    links = [room.join(role=f"Amtsgeheimnis {n}") for n in range(4)]
    for asked in ("approval", "ratings"):
        number = room.ask_round(*ASKED[asked])
        for n, link in enumerate(links):
            said = {"round": str(number)} | PLANTED[asked][0] | {"reason": f"Geheimgrund {n}"}
            assert Visitor(room.app).post(f"{link}/vote", said).status == 303
        room.step("round_closed", {"round": str(number)})
        room.lead.post(f"{room.console}/step", {"kind": "weights_locked"})
        room.step("round_revealed", {"round": str(number)})
        room.step("shown", {"view": "reveal", "round": str(number)})
    for link in links:
        assert Visitor(room.app).post(f"{link}/erase").status == 303
    paths = [f"/w/{room.code}/screen", *links, *(f"{link}/data.json" for link in links)]
    paths += [room.console + end for end in ("", "/protocol", "/protocol.json")]
    found = {path: Visitor(room.app).get(path).body for path in paths}
    room.close()
    found |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for path, body in found.items():
        assert b"Amtsgeheimnis" not in body, path
        assert b"Geheimgrund" not in body, path
