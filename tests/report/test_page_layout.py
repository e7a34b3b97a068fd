"""What a page looks like: tables within their columns, words within the page, and nothing alone on the next page."""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from documents_made import made
from mcda.evaluate import evaluate
from mcda.report.document import Beside, Bullets, Document, Heading, Paragraph, Part, Table
from mcda.report.documents import annex, fact_sheets
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.figures.year_columns import year_columns
from mcda.report.request import Request
from pdf_tags import pages_of
from small import small_study

A4 = 595


def document(*parts: Part, size: float = 10.0) -> bytes:
    return pdf_file(
        Document(kind="list", title="Titel", language="de", day=date(2025, 6, 30), parts=parts, type_pt=size)
    )


def placed(pdf: bytes) -> list[tuple[float, float, str]]:
    """Every piece of text of the first page with where it begins, from the left and from below."""
    found: list[tuple[float, float, str]] = []

    def see(words: str, moved: Sequence[float], at: Sequence[float], *_: object) -> None:
        if words.strip():
            found.append((at[4] * moved[0] + moved[4], at[5] * moved[3] + moved[5], words.strip()))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return found


def amounts(columns: int, name: str, size: float = 7.6) -> Table:
    heads = tuple(Column(f"c{n}", "Eigenanteil", "money", 14) for n in range(columns))
    rows = tuple((name, *[Decimal(44_266_000 + n)] * columns) for n in range(3))
    return Table(Listing("", (Column("tier", "Stufe", "text", 20), *heads), rows), size=size)


def test_words_give_way_to_the_amounts_of_a_table_in_a_narrow_column() -> None:
    pdf = document(Beside((amounts(4, "Stufe 3 und später"),), (Paragraph("Daneben"),), 0.59))
    at = placed(pdf)
    beside = next(x for x, _, words in at if words == "Daneben")
    signs = [x for x, _, words in at if words == "€"]
    assert len(signs) == 12
    assert max(signs) + 7 < beside
    tops = {y for _, y, words in at if words in ("Stufe 3", "und", "später", "Stufe", "3", "und später")}
    assert len(tops) > 3, "the words take several lines"


def test_where_words_cannot_give_way_the_type_gets_smaller() -> None:
    at = placed(document(amounts(10, "Stufe 1", 9)))
    assert len({round(x) for x, _, words in at if words == "€"}) == 10
    assert max(x for x, _, words in at if words == "€") < A4 - 60


def test_words_without_a_blank_break() -> None:
    study = small_study()
    first, *others = study.measures
    homes = (study.municipalities[0].model_copy(update={"name": "y" * 300}), *study.municipalities[1:])
    long = study.model_copy(
        update={"measures": (first.model_copy(update={"title": "x" * 300}), *others), "municipalities": homes}
    )
    result = evaluate(long)
    papers = (
        annex.build(result, Request(public=False)),
        fact_sheets.build(result, Request(measures=(first.id,))),
    )
    for paper in papers:
        told = " ".join(pages_of(pdf_file(paper))).replace("\u200b", "")
        for letter in "xy":
            lines = [len(run) for run in re.findall(f"{letter}{{3,}}", told)]
            assert sum(lines) >= 300
            assert max(lines) <= 125, "no line is longer than the page is wide"
        assert sum(line for line in lines if line <= 50) >= 250, "nor than the column of municipalities"


@pytest.mark.parametrize(("words", "begins"), [("hoch " * 120, 1), ("kurz", 2)])
def test_only_a_low_table_waits_for_the_next_page(words: str, begins: int) -> None:
    rows = tuple((f"M{n}", words) for n in range(14))
    listing = Listing("", (Column("id", "Nr.", "text", 9), Column("what", "Was", "text", 60)), rows)
    pages = pages_of(document(*(Paragraph("Füllung") for _ in range(38)), Heading("Liste"), Table(listing)))
    at = next(number for number, page in enumerate(pages, start=1) if "M0" in page)
    assert at == begins
    assert "Liste" in pages[at - 1], "the heading stays with its table"
    assert ("M13" in pages[at - 1]) == (begins == 2)


@pytest.mark.parametrize("lines", range(40, 48))
def test_no_item_and_no_line_of_a_remark_is_left_alone(lines: int) -> None:
    filling = tuple(Paragraph("Füllung") for _ in range(lines))
    listed = pages_of(document(*filling, Heading("Anlagen"), Bullets(("Erstens", "Zweitens", "Drittens"))))
    for page in listed:
        assert len({word in page for word in ("Anlagen", "Erstens", "Zweitens", "Drittens")}) == 1
    remarked = pages_of(document(*filling, Paragraph("Anfang " + "Wort " * 60 + "Ende", "small")))
    assert all(("Anfang" in page) == ("Ende" in page) for page in remarked)


def test_the_legend_of_the_list_stays_on_one_page() -> None:
    pages = pages_of(made("list", "pdf", "en"))
    assert sum("Columns" in page and "Weights" in page for page in pages) == 1
    assert [n for n, page in enumerate(pages) if "gross." in page] == [
        n for n, page in enumerate(pages) if "Columns" in page
    ]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_years_stand_under_their_heading_and_no_remark_alone(language: str) -> None:
    pages = pages_of(made("kofi", "pdf", language))
    heading, caption, remarks = {
        "de": ("Zahlungen nach Jahren", "in Tausend Euro", "Was die Zahlen voraussetzen"),
        "en": ("Payments by year", "in thousand euros", "What the figures assume"),
    }[language]
    assert any(heading in page and caption in page for page in pages)
    assert remarks in pages[-1]


def test_every_column_of_twenty_years_carries_its_amount_at_its_own_height() -> None:
    values = [514, 1675, *[2800] * 12, 180, 60, 60, 60, 60, 60]
    shown = [(str(2025 + n), float(value), f"{value:,}".replace(",", ".")) for n, value in enumerate(values)]
    root = ElementTree.fromstring(year_columns(shown))
    columns = root.findall("{*}rect")
    words = root.findall("{*}text")
    assert len(columns) == 20
    assert [one.text for one in words[::2]] == [label for label, _, _ in shown]
    assert [one.text for one in words[1::2]] == [amount for _, _, amount in shown]
    for column, amount in zip(columns, words[1::2], strict=True):
        assert float(column.get("y", "0")) - float(amount.get("y", "0")) == pytest.approx(6, abs=0.02)
    step = float(columns[1].get("x", "0")) - float(columns[0].get("x", "0"))
    assert all(0.5 * float(one.get("font-size", "0")) * len(one.text or "") < step for one in words)


def test_more_years_get_smaller_type_before_any_loses_its_amount() -> None:
    shown = [(str(2025 + n), float(n), "1.234") for n in range(30)]
    words = ElementTree.fromstring(year_columns(shown)).findall("{*}text")
    assert len(words) == 60
    assert float(words[0].get("font-size", "0")) < 13
    many = ElementTree.fromstring(year_columns(shown * 3)).findall("{*}text")
    assert 0 < len(many) < 180
