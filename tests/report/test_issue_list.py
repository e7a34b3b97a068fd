"""Faults of a file in its author's words, and as files that no spreadsheet takes for formulas."""

import csv
import io

from openpyxl import load_workbook

from mcda.errors import Issue, Where
from mcda.report.exhibits.issue_list import headers, issue_list
from mcda.report.exports.issues_file import issues_csv, issues_xlsx
from mcda.study.sheets import Sheet

SHEET = Sheet("Maßnahmen", "a.xlsx", [(1, ("Kennung", "Titel", "Investition (EUR)")), (2, ("A", "Rufbus", "=1+1"))])
BAD = Issue("not_a_number", where=Where("measures", 2, "capex_eur"), params={"value": "=1+1"})
ABSENT = Issue("cell_missing", where=Where("municipalities", 3, "name"))


def test_a_fault_has_the_sheet_the_cell_and_the_header_its_author_sees() -> None:
    line, other = issue_list([BAD, ABSENT], [SHEET], "de")
    assert line.texts()[:5] == ("Maßnahmen", "C2", "2", "Investition (EUR)", "=1+1")
    assert line.message == "=1+1 ist keine Zahl."
    assert (other.sheet, other.cell, other.row) == ("municipalities", "", 3)


def test_the_list_as_csv_opens_in_german_excel_and_holds_no_formula() -> None:
    content = issues_csv(issue_list([BAD], [SHEET], "de"), "de")
    assert content.startswith(b"\xef\xbb\xbf")
    first, second = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert tuple(first) == headers("de")
    assert second[4:] == ["'=1+1", "'=1+1 ist keine Zahl."]


def test_the_list_as_workbook_holds_texts_and_is_always_the_same() -> None:
    lines = issue_list([BAD, ABSENT], [SHEET], "en")
    content = issues_xlsx(lines, "en")
    assert content == issues_xlsx(lines, "en")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(headers("en"))
    assert (sheet["C2"].value, sheet["E2"].value, sheet["E2"].data_type) == (2, "=1+1", "s")
    assert sheet.auto_filter.ref == "A1:F3"
