"""Minutes and annex of a room as Word and PDF: who gets them, what stands in them, and that nobody waits for them."""

import asyncio
import io
import re
import sys
import threading
from collections.abc import Iterator

import pytest
from docx import Document
from pypdf import PdfReader

from attacking import UNKNOWN, Answer, Attacked, Visitor, attacked, sentences, swing
from mcda.errors import InputError, Issue
from mcda.ui.workshop import papers
from mcda.ui.workshop.guard import Door
from mcda.ui.workshop.papers import MIMES, PAPERS
from mcda.ui.workshop.press import Press
from mcda.workshop.baseline import in_force

ENDS = tuple(f"/{kind}.{form}" for kind in PAPERS for form in MIMES)
DIGEST = re.compile(r"[0-9a-f]{16}")
FEW_S = 20


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Attacked]:
    made = attacked(sqlite_url)
    yield made
    made.close()


def words_of(answer: Answer) -> str:
    """What stands in a Word file or PDF, as one line: broken words are put together again."""
    if answer.body.startswith(b"%PDF"):
        found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages)
    else:
        paper = Document(io.BytesIO(answer.body))
        found = "\n".join("".join(t.text or "" for t in p.iter(TEXT)) for p in paper.element.body.iter(PARAGRAPH))
    return re.sub(r"\s+", " ", found.replace("\u00ad", ""))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT, PARAGRAPH = f"{W}t", f"{W}p"


def decided(room: Attacked) -> None:
    """A question asked and agreed, a place decided with a reason; then one whose votes are still hidden."""
    links = [room.join(role=f"Amt {n}") for n in range(3)]
    asked = room.ask_round()
    for link, cost in zip(links, ("90", "80", "100"), strict=True):
        form = {"round": str(asked), "token": link[-8:]} | swing(cost=cost)
        assert Visitor(room.app).post(f"{link}/vote", form).status == 303
    room.step("round_closed", {"round": str(asked)})
    room.step("round_revealed", {"round": str(asked)})
    agreed = {"round": str(asked), "remark": "gerundet", "parent": ""} | swing(cost="95", relevance="5")
    room.step("weights_agreed", agreed)
    room.step("decided", {"measure": "M4", "rank": "1", "reason": "Frist läuft ab"})


@pytest.mark.parametrize("end", ENDS)
def test_the_paper_holds_what_the_room_came_to(room: Attacked, end: str) -> None:
    decided(room)
    answer = room.lead.get(room.console + end)
    form = end.rpartition(".")[2]
    assert (answer.status, answer.header("content-type"), answer.header("cache-control")) == (
        200,
        MIMES[form],
        "no-store",
    )
    name = {"protocol": "protokoll", "annex": "anlage"}[end[1:].partition(".")[0]]
    assert answer.header("content-disposition") == f'attachment; filename="{name}-{room.code}.{form}"'
    told = words_of(answer)
    loaded = room.place.load(room.code)
    first = in_force(loaded.study, loaded.room).ranking[0].measure
    assert loaded.study.measure_by_id[first].title in told
    assert "Frist läuft ab" in told
    shares = in_force(loaded.study, loaded.room).weights.overall
    assert f"{100 * shares['cost']:.1f}".replace(".", ",") in told
    assert loaded.events[-1].hash[:16] in told.replace(" ", "")


@pytest.mark.parametrize("end", ENDS)
def test_a_room_just_opened_has_papers_too(room: Attacked, end: str) -> None:
    assert room.lead.get(room.console + end).status == 200


def test_console_and_minutes_lead_to_all_of_them(room: Attacked) -> None:
    for page in ("", "/protocol"):
        told = room.lead.get(room.console + page).text
        assert [f'href="{room.console}{end}"' in told for end in ENDS] == [True] * len(ENDS)
    assert 'aria-label="Anlage zur Beschlussvorlage als Word"' in told


@pytest.mark.parametrize("end", ENDS)
def test_nobody_without_the_facilitators_key_gets_a_paper(room: Attacked, end: str) -> None:
    link = room.join()
    own = link.rsplit("/", 1)[1]
    paths = (f"/w/{room.code}/f/{'k' * 32}", f"/w/{room.code}/f/{own}", f"/w/{UNKNOWN}/f/{room.key}", link)
    answers = []
    for path in (*paths, f"/w/{room.code}"):
        answers.append(Visitor(room.app, "10.3.0.1").get(path + end))
        assert answers[-1].status == 404, path
        room.place.door = Door(lambda: 0.0)
    assert len({answer.body for answer in answers[:3]}) == 1, "a room that does not exist is told like a wrong key"


def test_whose_guesses_are_counted_out_gets_no_paper(room: Attacked) -> None:
    guesser = Visitor(room.app, "10.3.0.2")
    found = [guesser.get(f"/w/{room.code}/f/{'k' * 32}{ENDS[n % 4]}").status for n in range(25)]
    assert found[-1] == 429
    assert room.lead.get(room.console + ENDS[0]).status == 200


@pytest.mark.parametrize(
    ("language", "more", "word"),
    [
        ("de", "", "Ergebnisprotokoll"),
        ("en", "", "Minutes of results"),
        ("de", "?lang=en", "Minutes of results"),
    ],
)
def test_a_paper_speaks_the_rooms_language_unless_another_is_asked_for(
    sqlite_url: str, language: str, more: str, word: str
) -> None:
    room = attacked(sqlite_url, language=language)
    assert word in words_of(room.lead.get(f"{room.console}/protocol.docx{more}"))
    room.close()


def test_hidden_votes_show_in_no_paper(sqlite_url: str) -> None:
    """The same evening with other hidden votes gives the same words, checksums apart; revealed they differ."""
    found: list[list[str]] = []
    for way, cost in enumerate(("61.8034", "31.4159")):
        room = attacked(f"{sqlite_url}{way}")
        links = [room.join(role="Rat"), room.join(role="Rätin")]
        asked, told = room.ask_round(), []
        for link in links:
            Visitor(room.app).post(f"{link}/vote", {"round": str(asked)} | swing(cost=cost))
        for kind in ("", "round_closed", "round_revealed"):
            if kind:
                room.step(kind, {"round": str(asked)})
            told += [
                _same(words_of(room.lead.get(room.console + end))) for end in ENDS if "protocol" in end or not kind
            ]
        found.append(told)
        room.close()
    hidden, revealed = [told[:6] for told in found], [told[6:] for told in found]
    assert hidden[0] == hidden[1]
    assert not [told for told in hidden[0] if re.search(r"61[.,]8|31[.,]4", told)]
    assert all(one != other for one, other in zip(*revealed, strict=True))


def _same(told: str) -> str:
    """Without what differs between two evenings anyhow: checksums and times of day."""
    return re.sub(r"\d\d:\d\d(:\d\d)?", "", DIGEST.sub("#", told))


def test_what_was_erased_is_in_no_paper(room: Attacked) -> None:
    link, asked = room.join(role="Amtsgeheimnis"), room.ask_round("approval", {"question": "Einverstanden?"})
    said = {"round": str(asked), "answer": "no", "reason": "Geheimgrund"}
    assert Visitor(room.app).post(f"{link}/vote", said).status == 303
    room.step("round_closed", {"round": str(asked)})
    room.step("round_revealed", {"round": str(asked)})
    assert "Geheimgrund" in words_of(room.lead.get(f"{room.console}/protocol.docx"))
    assert Visitor(room.app).post(f"{link}/erase").status == 303
    for end in ENDS:
        told = words_of(room.lead.get(room.console + end))
        assert "Geheimgrund" not in told
        assert "Amtsgeheimnis" not in told


class Slow:
    """A report that takes until it is let go; how many were begun."""

    def __init__(self) -> None:
        self.begun, self.go, self.count = threading.Event(), threading.Event(), 0

    def __call__(self, *_: object) -> bytes:
        self.count += 1
        self.begun.set()
        assert self.go.wait(FEW_S)
        return b"%PDF-made"


def test_votes_are_answered_while_papers_are_made(room: Attacked, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are asked for: more than a server has threads for its requests."""
    slow = Slow()
    monkeypatch.setattr(papers, "report", slow)
    link, asked = room.join(), room.ask_round()
    voter, form = Visitor(room.app), {"round": str(asked)} | swing(cost="70")

    async def evening() -> tuple[int, list[Answer]]:
        making = [asyncio.create_task(room.lead.get_now(room.console + ENDS[n % 4])) for n in range(60)]
        try:
            await asyncio.to_thread(slow.begun.wait, FEW_S)
            voted = await asyncio.wait_for(voter.post_now(f"{link}/vote", form), FEW_S)
            looked = await asyncio.wait_for(voter.get_now(f"/w/{room.code}/screen/view"), FEW_S)
            assert not any(task.done() for task in making)
        finally:
            slow.go.set()
        assert looked.status == 200
        return voted.status, await asyncio.gather(*making)

    status, answers = asyncio.run(evening())
    assert status == 303
    assert len(room.room.rounds[asked].votes) == 1
    assert {(answer.status, answer.body) for answer in answers} == {(200, b"%PDF-made")}


def test_who_asks_for_the_same_meanwhile_shares_it() -> None:
    press, slow = Press(), Slow()

    async def asked() -> list[bytes]:
        making = [asyncio.create_task(press.made(key, slow)) for key in ("a", "b", "a", "a")]
        await asyncio.to_thread(slow.begun.wait, FEW_S)
        making[2].cancel()  # one who goes away takes nothing from the others
        slow.go.set()
        return await asyncio.gather(making[0], making[1], making[3])

    assert asyncio.run(asked()) == [b"%PDF-made"] * 3
    assert slow.count == 2


def test_a_paper_asked_for_later_is_made_anew(room: Attacked, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow()
    slow.go.set()
    monkeypatch.setattr(papers, "report", slow)
    for _ in range(2):
        room.lead.get(f"{room.console}/annex.pdf")
    assert slow.count == 2


@pytest.mark.parametrize("package", ["docx", "typst"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_without_the_packages_a_page_says_what_to_do(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, package: str, language: str
) -> None:
    room = attacked(sqlite_url, language=language)
    monkeypatch.setitem(sys.modules, package, None)
    for end in ENDS:
        answer = room.lead.get(room.console + end)
        assert (answer.status, answer.header("content-type")) == (501, "text/html; charset=utf-8")
        told = sentences(answer.text)
        assert {"de": "nicht eingerichtet", "en": "not set up"}[language] in told
        assert 'pip install "rangfolge[report]"' in told
        assert f'href="{room.console}/protocol"' in answer.text
    assert room.lead.get(f"{room.console}/protocol").status == 200
    room.close()


def test_a_paper_that_cannot_be_made_is_told_like_any_other_failure(
    room: Attacked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise InputError([Issue("no_measures")])

    monkeypatch.setattr(papers, "report", refuse)
    answer = room.lead.get(f"{room.console}/protocol.pdf")
    assert answer.status == 422
    assert "Keine Maßnahme ausgewählt." in answer.text
