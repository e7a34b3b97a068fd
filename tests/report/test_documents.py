"""A document's parts in PDF and Word: tags, headers, words of figures, every letter, the same bytes twice."""

import io
import sys
from datetime import date
from pathlib import Path

import docx
import pytest

from mcda.report.document import (
    Beside,
    Blank,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from mcda.report.exhibits.fact_sheet import Fact
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.letters import UNKNOWN, showable
from mcda.report.exports.pdf_file import page_images, pdf_file
from pdf_tags import alternative_texts, check_accessible, headings, pages_of, tables, words_of

HOSTILE = 'Äpfel & <b>Birnen</b> "#let x = 1" $x$ *fett* 🚲 שלום مرحبا 漢字 \x0b =1+1\nneue Zeile'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="30" height="10"/></svg>'


def listing(rows: int) -> Listing:
    columns = (Column("a", "Nr.", "text", 9), Column("b", "Betrag", "cents", 12), Column("c", HOSTILE, "text", 40))
    return Listing("Tabelle", columns, tuple((f"M{n}", 1234.5, HOSTILE) for n in range(rows)))


def document(language: str = "de") -> Document:
    return Document(
        kind="list", title=HOSTILE, language=language, day=date(2025, 6, 30), subject=HOSTILE, subtitle="Unter",
        footer="Fuß", notice="Hinweis",
        parts=(
            Heading("Erstes"),
            *(Paragraph(HOSTILE, look) for look in ("plain", "lead", "small", "notice", "resolution")),
            Heading("Darunter", 2),
            Bullets((HOSTILE, "zwei")),
            Bullets(("eins", "zwei"), numbered=True),
            Facts((Fact("Kosten", "12 €", HOSTILE, strong=True),), "Zahlen"),
            Beside((Paragraph("links"),), (Paragraph("rechts"),)),
            PageBreak(),
            Heading("Zweites"),
            Table(listing(60), "Anmerkung", frozenset({59}), frozenset({3})),
            Figure(SVG, "Ein Balken", "Bild"),
            Blank("Ort, Datum"),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return pdf_file(document())


def test_a_screen_reader_finds_its_way(pdf: bytes) -> None:
    check_accessible(pdf, "de", showable(HOSTILE))
    assert headings(pdf) == [1, 2, 1]
    assert tables(pdf) == [1, 3]
    assert alternative_texts(pdf) == ["Ein Balken"]


def test_words_are_words_and_never_markup(pdf: bytes) -> None:
    said = words_of(pdf)
    for words in ("<b>Birnen</b>", "#let x = 1", "$x$ *fett*", "1.234,50 €", UNKNOWN * 2):
        assert words in said


def test_the_header_row_is_repeated(pdf: bytes) -> None:
    pages = pages_of(pdf)
    assert sum("Betrag" in page for page in pages) >= 2
    assert all("Hinweis" in page and "Fuß" in page for page in pages)


def test_same_document_same_bytes(pdf: bytes) -> None:
    assert pdf == pdf_file(document())
    assert docx_file(document()) == docx_file(document())


def test_the_language_is_that_of_the_reader() -> None:
    check_accessible(pdf_file(document("en")), "en", showable(HOSTILE))


def test_word_has_real_headings_lists_tables_and_words_for_pictures() -> None:
    paper = docx.Document(io.BytesIO(docx_file(document())))
    styles = [paragraph.style.name for paragraph in paper.paragraphs if paragraph.style is not None]
    assert [name for name in styles if name.startswith("Heading")] == ["Heading 1", "Heading 2", "Heading 1"]
    facts, table = paper.tables
    assert facts.rows[1].cells[1].text.startswith("12\u00a0€")
    assert [cell.text for cell in table.rows[1].cells][:2] == [
        "M0",
        "1.234,50\u00a0€",
    ]  # a number keeps its unit on its line
    assert "<b>Birnen</b>" in table.rows[1].cells[2].text
    assert all(one.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for one in paper.tables)
    assert [one.get("descr") for one in paper.element.body.xpath(".//wp:docPr")] == ["Ein Balken"]
    assert paper.core_properties.language == "de"
    assert paper.core_properties.created is not None
    assert paper.core_properties.created.date() == date(2025, 6, 30)
    assert paper.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val") == ["de-DE"]


def test_in_word_a_line_to_fill_in_and_a_drawing_stay_with_what_is_said_below_them() -> None:
    beside = Beside((Blank("Ort, Datum"),), (Blank("Unterschrift"),))
    drawn = Beside((Paragraph("links"),), (Figure(SVG, "Ein Balken"), Paragraph("Der Balken.", "small")))
    made = Document(
        kind="council", title="T", language="de", day=date(2025, 6, 30), parts=(beside, Blank("Vorsitz"), drawn)
    )
    paragraphs = docx.Document(io.BytesIO(docx_file(made))).paragraphs
    kept = [one.text for one in paragraphs if one.paragraph_format.keep_with_next]
    assert [set(words) for words in kept] == [{"_", "\t"}, {"_"}, set()]
    said = [one.text for one in paragraphs]
    assert said[said.index(kept[0]) + 1] == "Ort, Datum\tUnterschrift"
    assert said[said.index(kept[1]) + 1] == "Vorsitz"
    assert said[said.index("Der Balken.") - 1] == ""


def test_remarks_are_smaller_than_running_text_in_word_too() -> None:
    small = Document(
        kind="annex", title="T", language="de", day=date(2025, 6, 30), parts=(Paragraph("klein", "small"),), type_pt=8.8
    )
    paper = docx.Document(io.BytesIO(docx_file(small)))
    assert paper.paragraphs[-1].runs[0].font.size < paper.styles["Normal"].font.size


def test_pages_can_be_looked_at() -> None:
    pages = page_images(document(), 40, most=1)
    assert len(pages) == 1
    assert pages[0].startswith(b"\x89PNG")


def test_the_table_of_letters_is_that_of_the_fonts() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))
    try:
        from make_font_coverage import covered
    finally:
        sys.path.pop(0)
    points = covered()
    assert all(
        (showable(chr(point)) == chr(point)) == (point in points)
        for point in range(0x20, 0x3000)
        if chr(point).isprintable()
    )
    assert showable("a漢b\x00c") == f"a{UNKNOWN}b c"
    assert ord(UNKNOWN) in points
