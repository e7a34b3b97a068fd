"""LibreOffice opens what the program writes: the same ranks, cents and weights, formulas that calculate, every page."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desk import Desk
from documents_made import IN_PDF, decided, example, made
from mcda.locale import LANGUAGES
from mcda.report import Request, report
from paper_words import missing, pdf_words
from said_by_kind import OF_KIND

ERROR = re.compile(r"#[A-Z/0]+[?!]|#N/A|#NV|Err:\d+|Fehler:\d+")
"""What a spreadsheet shows in place of a value."""

Rows = list[list[str]]


def calculated(desk: Desk, folder: Path, content: bytes) -> list[Rows]:
    """The sheets of a workbook as LibreOffice calculates them, in their order, numbers in full."""
    source, target = folder / "mappe.xlsx", folder / "csv" / "mappe.csv"
    source.write_bytes(content)
    target.parent.mkdir()
    desk.calculate(source, target)
    names = load_workbook(source, read_only=True).sheetnames
    assert len(list(target.parent.iterdir())) == len(names)
    sheets = [_rows(target.with_name(f"mappe-{name}.csv")) for name in names]
    assert [cell for rows in sheets for row in rows for cell in row if ERROR.search(cell)] == []
    return sheets


def _rows(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))


def exact(cell: str) -> Decimal:
    """A number with a decimal comma; a share as a fraction."""
    number = Decimal(cell.rstrip("%").replace(",", ".") or "0")
    return number / 100 if cell.endswith("%") else number


def cents(cell: str) -> Decimal:
    return exact(cell).quantize(Decimal("0.01"))


@pytest.mark.office
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_calculated_to_the_same_ranks_cents_and_weights(desk: Desk, tmp_path: Path, language: str) -> None:
    result = example()
    (head, *rows), _, weights, *_ = calculated(desk, tmp_path, made("list", "xlsx", language))
    rank, name, score, cost, own = (
        head.index(words)
        for words in {
            "de": ("Rang", "Nr.", "Punkte", "Gesamtkosten brutto", "Eigenanteil"),
            "en": ("Rank", "No.", "Points", "Total cost gross", "Own contribution"),
        }[language]
    )
    for row, line in zip(rows, result.ranking, strict=False):
        money = result.money[line.measure]
        assert (row[rank], row[name]) == (str(line.rank), line.measure)
        assert float(exact(row[score])) == pytest.approx(100 * line.score, abs=1e-9)
        assert (cents(row[cost]), cents(row[own])) == (money.life_cycle_gross, money.own_contribution)
    shares = sorted(float(exact(row[1])) for row in weights[-len(result.matrix.leaves) :])
    assert shares == pytest.approx(sorted(result.weights.leaf))


@pytest.mark.office
def test_a_formula_that_does_not_calculate_would_be_seen(desk: Desk, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(made("kofi", "xlsx")))
    book.worksheets[0]["J42"] = "=SUMME(J2:J41)"
    book.save(tmp_path / "falsch.xlsx")
    with pytest.raises(AssertionError, match="#NAME"):
        calculated(desk, tmp_path, (tmp_path / "falsch.xlsx").read_bytes())


@pytest.mark.office
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_s_sums_are_calculated_to_the_cent(desk: Desk, tmp_path: Path, language: str) -> None:
    result = example()
    financing, years, payers, shares, *_ = calculated(desk, tmp_path, made("kofi", "xlsx", language))
    money = [result.money[line.measure] for line in result.ranking]
    own = sum((one.own_contribution for one in money), Decimal(0))
    for rows, column in ((financing, -1), (years, -1), (payers, -1), (shares, -1)):
        amounts = [cents(row[column]) for row in rows[1:]]
        assert amounts[-1] == sum(amounts[:-1], Decimal(0)) == own
    for row, line in zip(financing[1:-1], result.ranking, strict=True):
        assert row[0] == line.measure
        assert cents(row[-1]) == result.money[line.measure].own_contribution
        assert cents(row[4]) == result.money[line.measure].life_cycle_gross
    paid = {home.name: home.id for home in result.study.municipalities}
    for row in payers[1:-1]:
        assert cents(row[-1]) == sum((one.shares.get(paid[row[0]], Decimal(0)) for one in money), Decimal(0))


@pytest.mark.office
@pytest.mark.parametrize(("kind", "language"), IN_PDF)
def test_a_word_file_prints_the_same_ranks_cents_and_weights(
    desk: Desk, tmp_path: Path, kind: str, language: str
) -> None:
    source, target = tmp_path / "papier.docx", tmp_path / "papier.pdf"
    source.write_bytes(made(kind, "docx", language))
    desk.print_out(source, target)
    words = pdf_words(target.read_bytes())
    said = list(OF_KIND[kind](decided() if kind == "protocol" else example(), language))
    assert missing(said, words) == []
    assert not ERROR.search(words)
    for page in PdfReader(target).pages:
        assert len(page.extract_text().split()) > 30, "a page with nothing on it but header and footer"


@pytest.mark.office
@pytest.mark.parametrize("kind", ["factsheets", "dossier"])
def test_all_sheets_of_the_example_open_each_on_a_page_of_its_own(desk: Desk, tmp_path: Path, kind: str) -> None:
    source, target = tmp_path / "papier.docx", tmp_path / "papier.pdf"
    source.write_bytes(report(example(), kind, "docx", Request()))
    desk.print_out(source, target)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(target).pages]
    sheets = pages if kind == "factsheets" else pages[1:]  # a list of the dossiers comes first
    result = example()
    funded = [line for line in result.ranking if result.money[line.measure].grant_high]
    listed = result.ranking if kind == "factsheets" else funded
    assert len(listed) > 20
    for line in listed:
        head = f"{line.measure} {result.study.measure_by_id[line.measure].title}"
        assert any(head in page[:600] for page in sheets), head
