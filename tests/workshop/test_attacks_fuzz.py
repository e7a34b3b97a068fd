"""Random forms to every address that takes one: whatever comes, an answer in plain words, and a log that replays.

The visitor of these tests raises what goes wrong inside the application, so a single defect is a failure with its
traceback. RANGFOLGE_FUZZ says how many forms each address gets.
"""

import os
import random
from collections.abc import Iterator

import pytest

from attacking import Attacked, Visitor, attacked
from mcda.workshop import contents as c
from mcda.workshop.events import broken_links
from mcda.workshop.fold import erased_events
from mcda.workshop.replay import replay

pytestmark = pytest.mark.long

FORMS = int(os.environ.get("RANGFOLGE_FUZZ", "60"))
EXPECTED = {200, 204, 303, 403, 409, 413, 422}
IDS = (
    "M1",
    "M2",
    "M4",
    "M9",
    "cost",
    "goals",
    "urgency",
    "relevance",
    "feasibility",
    "funding",
    "ISM",
    "GAR",
    "p2",
    "p3",
)
WORDS = (
    "",
    " ",
    "x",
    "<b>",
    "\x00",
    "\u202e",
    "ä",
    "😀",
    "'--",
    "{0}",
    "%s",
    "a" * 300,
    "b" * 3000,
    "\n",
    "|",
    "true",
    "null",
)
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "5",
    "9",
    "-9",
    "50",
    "100",
    "1,5",
    "1e9",
    "nan",
    "-1",
    "999999999",
    "9" * 30,
    "0.1",
    "2026-03-01",
)
CHOICES = (
    *("weights", "ratings", "top", "approval", "swing", "rank_order", "pairwise", "yes", "no", "abstain", "equal"),
    *(
        "municipality",
        "population",
        "declared",
        "join",
        "reveal",
        "agenda",
        "ranking",
        "what_if",
        "compare",
        "decision",
    ),
    *("question", "progress", "approved", "noted", "idea", "done", "topsis", "weighted_sum", "pymcdm:VIKOR", "*"),
)
FIELDS = (
    *("round", "token", "participant", "role", "municipality", "reason", "remark", "answer", "what", "asked", "parent"),
    *(
        "measures",
        "criteria",
        "question",
        "key",
        "focus",
        "view",
        "snapshot",
        "lines",
        "name",
        "measure",
        "rank",
        "tier",
    ),
    *(
        "outcome",
        "day",
        "status",
        "step",
        "method",
        "as_of",
        "without_programmes",
        "then",
        "kind",
        "seqs",
        "code",
        "person",
    ),
    *("top.1", "top.2", "confirm", "nonce", "paper", "simulated", "title", "scenario", "points", "ratings", "pairs"),
)
PREFIXES = ("points.", "rank.", "pair.", "value.", "abstain.", "reason.", "top.")
KINDS = tuple(c.CONTENTS)


def any_value(rng: random.Random, room: Attacked) -> str:
    rounds = tuple(str(number) for number in room.room.rounds) or ("3",)
    return rng.choice(
        (rng.choice(IDS), rng.choice(WORDS), rng.choice(NUMBERS), rng.choice(CHOICES), rng.choice(rounds))
    )


def any_name(rng: random.Random) -> str:
    if rng.random() < 0.6:
        return rng.choice(FIELDS)
    ids = "|".join(rng.choice(IDS) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    return rng.choice(PREFIXES) + ids


def any_form(rng: random.Random, room: Attacked) -> list[tuple[str, str]]:
    return [(any_name(rng), any_value(rng, room)) for _ in range(rng.choice((0, 1, 2, 3, 5, 9)))]


def sensible_form(rng: random.Random, room: Attacked, kind: str) -> list[tuple[str, str]]:
    """A form that has the fields of a step, with values that are often right."""
    form = [("kind", kind)]
    for name, field in c.CONTENTS[kind].model_fields.items():
        if name == "kind":
            form.append(("what", rng.choice(CHOICES[:4])))
        elif "round" in name or name in ("snapshot", "step"):
            form.append((name, str(rng.choice((*room.room.rounds, *room.room.snapshots, *room.room.steps[-1:], 1)))))
        elif name == "points":
            below = rng.choice((("relevance", "feasibility", "cost", "funding"), ("goals", "urgency")))
            form += [(f"points.{k}", rng.choice(("10", "50", "0", "100", "x"))) for k in below]
        elif name == "view":
            form.append((name, rng.choice(CHOICES)))
        elif field.is_required() or rng.random() < 0.5:
            form.append((name, any_value(rng, room)))
    return form


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url, rehearsal=True)
    yield made
    made.close()


def require_sound(room: Attacked) -> None:
    """The log is whole and replays to the same numbers, and every page can be drawn."""
    loaded = room.place.load(room.code)
    assert not broken_links(loaded.events, erased_events(loaded.events))
    assert replay(loaded.study, loaded.events).issues == ()
    for end in ("", "/protocol", "/protocol.json", "/ballots"):
        assert room.lead.get(room.console + end).status == 200
    for end in ("", "/screen", "/screen/view"):
        assert Visitor(room.app).get(f"/w/{room.code}{end}").status == 200


@pytest.mark.parametrize("end", ["vote", "me", "leave", "return", "erase"])
def test_random_forms_of_a_participant(room: Attacked, end: str) -> None:
    rng, link = random.Random(f"participant {end}"), room.join()
    asked = [("weights", []), ("weights", [("asked", "pairwise"), ("parent", "relevance")]), ("top", [])]
    asked += [("approval", [("question", "Ja?")]), ("ratings", [("measures", "M1"), ("criteria", "goals")])]
    for n in range(FORMS):
        if end == "vote" and n % (FORMS // len(asked) or 1) == 0 and asked:
            if room.room.open_round:
                room.step("round_closed", {"round": str(room.room.open_round.id)})
            room.ask_round(*asked.pop())
        form = any_form(rng, room)
        if end == "vote" and rng.random() < 0.8:
            form.insert(0, ("round", str(room.room.open_round.id)))
        accept = rng.choice(("text/html", "application/json"))
        answer = Visitor(room.app).post(f"{link}/{end}", form, accept=accept)
        assert answer.status in EXPECTED, form
    require_sound(room)


def test_random_forms_at_the_door(room: Attacked) -> None:
    rng = random.Random("door")
    for n in range(FORMS):
        for path in ("/w", f"/w/{room.code}"):
            form = any_form(rng, room)
            assert Visitor(room.app, f"10.0.1.{n % 250}").post(path, form).status in EXPECTED, (path, form)
    assert len(room.room.people) > FORMS // 10
    require_sound(room)


def test_random_steps_of_a_facilitator(room: Attacked) -> None:
    rng, taken = random.Random("facilitator"), set()
    room.join(role="Rat", municipality="ISM")
    room.join()
    for _ in range(FORMS):
        kind = rng.choice([kind for kind in KINDS if kind != "ended"])
        form = sensible_form(rng, room, kind) if rng.random() < 0.8 else [("kind", kind), *any_form(rng, room)]
        answer = room.lead.post(f"{room.console}/step", form)
        assert answer.status in EXPECTED, form
        taken |= {kind} if answer.status == 303 else set()
    assert len(taken) >= 8, "too few of these forms are steps that can be taken"
    require_sound(room)


@pytest.mark.parametrize("end", ["preview", "rehearse", "delete"])
def test_random_forms_for_the_rest(room: Attacked, end: str) -> None:
    rng = random.Random(end)
    for n in range(FORMS // 10):
        form = [(name, value) for name, value in any_form(rng, room) if value != room.code]
        assert room.lead.post(f"{room.console}/{end}", form).status in EXPECTED, form
        if n == 3:
            room.ask_round()
    require_sound(room)
