"""Every kind of document in every format it comes in, opened by other readers: whole, accessible, and the result's."""

import io
import re

import pytest
from pypdf import PdfReader

from documents_made import IN_EXCEL, IN_PDF, IN_WORD, KINDS, SOME, decided, example, made
from mcda.locale import LANGUAGES
from paper_words import missing, unfinished, words_of
from pdf_tags import alternative_texts, check_accessible
from said_by_kind import OF_KIND
from word_parts import check_word, pictures, title
from workbook_parts import check_workbook

TITLES = {
    "list": ("Rangliste der Maßnahmen", "Ranked list of measures"),
    "kofi": ("Kosten- und Finanzierungsübersicht", "Cost and financing overview"),
    "factsheets": ("Maßnahmensteckbriefe", "Fact sheets"),
    "dossier": ("Fördermappe", "Funding dossier"),
    "council": ("Beschlussvorlage", "Council paper"),
    "annex": ("Anlage zur Beschlussvorlage", "Annex to the council paper"),
    "plan": ("Umsetzungsplan", "Implementation plan"),
    "protocol": ("Ergebnisprotokoll", "Minutes of results"),
}
GERMAN = re.compile(r"\b(und|oder|der|die|das|mit|von|je|ist|sind|nicht|Euro)\b|\d\.\d{3}(,\d\d)? €")
"""Words and ways to write that stand in no English sentence."""


@pytest.mark.parametrize(("kind", "language"), IN_PDF)
def test_a_screen_reader_finds_its_way_through_every_pdf(kind: str, language: str) -> None:
    check_accessible(made(kind, "pdf", language), language, TITLES[kind][LANGUAGES.index(language)])


@pytest.mark.parametrize(("kind", "language"), IN_WORD)
def test_word_takes_every_document_as_it_is(kind: str, language: str) -> None:
    content = made(kind, "docx", language)
    check_word(content, language)
    assert title(content) == TITLES[kind][LANGUAGES.index(language)]


@pytest.mark.parametrize(("kind", "language"), IN_EXCEL)
def test_excel_takes_every_workbook_as_it_is(kind: str, language: str) -> None:
    check_workbook(made(kind, "xlsx", language))


@pytest.mark.parametrize(
    ("kind", "language", "form"),
    [(*one, form) for form, every in (("pdf", IN_PDF), ("docx", IN_WORD)) for one in every],
)
def test_ranks_money_and_weights_on_paper_are_the_result_s(kind: str, language: str, form: str) -> None:
    result = decided() if kind == "protocol" else example()
    words = words_of(made(kind, form, language), form)
    said = list(OF_KIND[kind](result, language))
    assert len(said) > 10
    assert missing(said, words) == []
    assert not unfinished(words)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_are_told_in_the_language_of_the_document(kind: str) -> None:
    german, english = (alternative_texts(made(kind, "pdf", language)) for language in ("de", "en"))
    assert len(german) == len(english)
    for told, translated in zip(german, english, strict=True):
        assert told != translated
        assert not GERMAN.search(translated), translated


@pytest.mark.parametrize("kind", KINDS)
def test_word_tells_pictures_in_the_words_of_the_pdf(kind: str) -> None:
    assert pictures(made(kind, "docx")) == alternative_texts(made(kind, "pdf"))


def test_the_bookmarks_of_a_pdf_lead_to_each_measure() -> None:
    for kind in ("factsheets", "dossier"):
        reader = PdfReader(io.BytesIO(made(kind, "pdf")))
        marks = [one for one in reader.outline if not isinstance(one, list)]
        order = [line.measure for line in example().ranking if line.measure in SOME]
        assert [str(one.title).split()[0] for one in marks] == order  # type: ignore[union-attr]
        for mark, name in zip(marks, order, strict=True):
            page = reader.pages[reader.get_destination_page_number(mark)]  # type: ignore[arg-type]
            assert name in page.extract_text()
