"""The minutes as a document: what was asked and came of it, decisions with reasons, the log, nobody's name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from council_log import council_log
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report import BUILDERS
from mcda.report.document import Bullets, Document, Heading, Paragraph, Table
from mcda.report.documents.protocol import build
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.request import Request
from mcda.scenario import Scenario
from mcda.workshop.baseline import in_force
from mcda.workshop.contents import Joined
from mcda.workshop.desk import FACILITATOR, Desk, Opening
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog
from mcda.workshop.store import open_store
from pdf_tags import words_of
from small import small_study

TOPS = ("relevance", "feasibility", "cost", "funding")
VOTES = ((100, 50, 20, 20), (100, 80, 40, 10), (60, 100, 30, 30))


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> RoomLog:
    """A workshop with a question revealed, one that was not, agreed weights and ratings, decisions, a council."""
    seconds = iter(range(1000))
    study = small_study()
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('minutes') / 'rooms.sqlite3'}")
    desk = Desk(store, lambda: f"2026-03-01T23:{(n := next(seconds)) // 60:02d}:{n % 60:02d}.000Z")
    code, _ = desk.open_room(study, Scenario(), Opening(title="Abend & <mehr>"), "2027-01-01T00:00:00.000Z")

    def step(kind: str, /, **said: Any) -> int:
        return desk.act(code, "facilitator", FACILITATOR, kind, said).seq

    step("started")
    people = [desk.join(code, Joined(role=f"Amt {n}", municipality="ISM"))[0] for n in range(3)]
    asked = step("round_opened", kind="weights")
    for who, row in zip(people, VOTES, strict=True):
        points = dict(zip(TOPS, row, strict=True))
        desk.act(code, "participant", who, "voted", {"round": asked, "participant": who, "points": points})
    step("round_closed", round=asked)
    step("round_revealed", round=asked)
    step("weights_agreed", points=dict(zip(TOPS, (40, 30, 20, 10), strict=True)), round=asked, remark="gerundet")
    step("weights_locked")
    hidden = step("round_opened", kind="top")
    chosen = {"round": hidden, "participant": people[0], "top": ["M4"]}
    desk.act(code, "participant", people[0], "voted", chosen)
    step("round_closed", round=hidden)
    step("ratings_agreed", ratings=[{"measure": "M2", "criterion": "goals", "value": 4.0}], remark="im Gespräch")
    step("decided", measure="M4", rank=1, reason="Frist läuft ab")
    step("decided", measure="M2", tier=4, reason="zurückgestellt")
    step("undone", step=step("decided", measure="M3", rank=2, reason="Irrtum"))
    step("decision_taken", remark="einstimmig")
    step("council_decided", municipality="GAR", outcome="changed", day="2026-04-01", remark="ohne M3")
    step("ended")
    events = desk.load(code).events
    store.close()
    return RoomLog(study, events)


@pytest.fixture(scope="module")
def document(evening: RoomLog) -> Document:
    return build(evaluate(evening.study), Request(room=evening))


@pytest.fixture(scope="module")
def told(document: Document) -> str:
    return words_of(pdf_file(document))


def tables(document: Document) -> Iterator[Table]:
    return (part for part in document.parts if isinstance(part, Table))


def table(document: Document, *keys: str) -> list[tuple[Any, ...]]:
    return list(next(t for t in tables(document) if [c.key for c in t.listing.columns] == list(keys)).listing.rows)


def test_who_was_there_is_told_by_role(document: Document, evening: RoomLog, told: str) -> None:
    assert next(p.items for p in document.parts if isinstance(p, Bullets)) == tuple(
        f"Amt {n}, Ismaning" for n in range(3)
    )
    assert not [person.id for person in fold(evening.events).people.values() if f" {person.id} " in told]


def test_a_revealed_question_has_its_result_with_the_spread(document: Document) -> None:
    rows = table(document, "name", "result", "reach")
    shares = [[v / sum(row) for v in row] for row in VOTES]
    means = [sum(one[k] for one in shares) / 3 for k in range(4)]
    shown = [int(row[1].removesuffix(" %")) for row in rows]
    assert sum(shown) == 100  # rounded so that they add up, none further than a point from the mean
    assert all(abs(whole - 100 * mean) < 1 for whole, mean in zip(shown, means, strict=True))
    for at, row in enumerate(rows):
        low, high = (100 * end(one[at] for one in shares) for end in (min, max))
        assert row[2] == f"von {low:.0f} % bis {high:.0f} %"


def test_what_was_not_revealed_stays_hidden(document: Document, told: str) -> None:
    said = [p.words for p in document.parts if isinstance(p, Paragraph)]
    assert any(words.endswith(text("minutes.not_revealed", "de")) for words in said)
    assert "1-mal genannt" not in told
    assert "einmal genannt" not in told


def test_weights_before_and_after_and_when_they_were_locked(document: Document, evening: RoomLog, told: str) -> None:
    after = in_force(evening.study, fold(evening.events)).weights.local
    assert [row[1:] for row in table(document, "criterion", "before", "now")] == [
        ("35,0 %", "40,0 %"), ("25,0 %", "30,0 %"), ("20,0 %", "20,0 %"), ("20,0 %", "10,0 %")
    ]  # fmt: skip
    assert [round(after[top], 6) for top in TOPS] == [0.4, 0.3, 0.2, 0.1]
    assert "Festgeschrieben am 02.03.2026, 00:" in told  # an hour later by the clock in Germany
    assert "(UTC)" in told


def test_ratings_decisions_and_councils_with_their_reasons(document: Document, told: str) -> None:
    assert [row[1] for row in table(document, "name", "agreed")] == ["4"]
    keys = ("title", "rank", "decided_rank", "decided_tier", "decided_reason")
    made = {row[0]: (row[2], row[4]) for row in table(document, *keys)}
    assert made == {"Maßnahme M4": (1, "Frist läuft ab"), "Maßnahme M2": (None, "zurückgestellt")}
    assert table(document, "municipality", "outcome", "day", "remark") == [
        ("Garching", "mit Änderungen zugestimmt", "01.04.2026", "ohne M3")
    ]
    assert "Die Liste wurde im Workshop beschlossen, am 02.03.2026" in told


def test_the_first_places_follow_the_decisions(document: Document, evening: RoomLog) -> None:
    ranking = in_force(evening.study, fold(evening.events)).ranking
    rows = table(document, "place", "title", "rank", "tier", "status")
    others = [line for line in ranking if line.measure != "M4"]
    titles = ["Maßnahme M4", *(f"Maßnahme {line.measure}" for line in others)]
    assert [row[:2] for row in rows] == list(enumerate(titles, start=1))
    assert {row[1]: row[2] for row in rows} == {f"Maßnahme {x.measure}": x.rank for x in ranking}
    assert {row[1]: row[3] for row in rows}["Maßnahme M2"] == "später"


def test_the_log_is_whole_and_what_was_taken_back_is_marked(document: Document, evening: RoomLog) -> None:
    rows = next(t for t in tables(document) if t.listing.columns[0].key == "seq").listing.rows
    assert [row[0] for row in rows] == [event.seq for event in evening.events]
    assert next(row[1] for row in rows) == "01.03.2026 23:00:00"
    assert sum("zurückgenommen)" in str(row[3]) for row in rows) == 1


def test_hashes_and_version_stand_in_it(evening: RoomLog, told: str) -> None:
    bare = told.replace(" ", "")
    assert evening.study.input_hash in bare
    assert evening.events[-1].hash in bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_evening_has_no_empty_section(language: str) -> None:
    study = small_study()
    found = build(evaluate(study), Request(language=language, room=council_log(study, [], {"relevance": 50.0})))
    parts = list(found.parts)
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        deeper = isinstance(part, Heading) and isinstance(following, Heading) and following.level > part.level
        assert deeper or not (isinstance(part, Heading) and (following is None or isinstance(following, Heading)))
        assert not (isinstance(part, Table) and not part.listing.rows)
    names = [part.words for part in parts if isinstance(part, Heading)]
    for name in ("rounds", "ratings"):
        assert text(f"minutes.heading.{name}", language) not in names
    assert pdf_file(found)
    assert docx_file(found).startswith(b"PK")


def test_without_a_workshop_there_are_no_minutes() -> None:
    with pytest.raises(InputError) as caught:
        build(evaluate(small_study()), Request())
    assert [issue.code for issue in caught.value.issues] == ["room_needed"]


@pytest.mark.parametrize("rehearsal", [True, False])
def test_papers_of_a_rehearsal_say_so(tmp_path: Path, rehearsal: bool) -> None:
    store, study = open_store(f"sqlite:///{tmp_path / 'rooms.sqlite3'}"), small_study()
    desk = Desk(store, lambda: "2026-03-01T18:00:00.000Z")
    code, _ = desk.open_room(study, Scenario(), Opening(title="Abend", rehearsal=rehearsal), "2027-01-01T00:00:00.000Z")
    desk.act(code, "facilitator", FACILITATOR, "started", {})
    room = RoomLog(study, desk.load(code).events)
    store.close()
    for kind in ("protocol", "annex", "council", "list"):
        made = BUILDERS[kind](evaluate(study), Request(room=room, municipality="ISM" if kind == "council" else ""))
        assert made.notice.startswith("PROBELAUF") == rehearsal, kind
