"""The faults of a file to take along: as a workbook with a filter, or as CSV for a German spreadsheet."""

import csv
import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from mcda.locale import text
from mcda.report.exhibits.issue_list import COLUMNS, IssueLine, headers
from mcda.report.exports.csv_file import harmless
from mcda.study.write import EPOCH

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = (20, 9, 8, 28, 30, 90)
LONGEST = 32_000
A4 = 9


def issues_csv(lines: Sequence[IssueLine], language: str = "de") -> bytes:
    """Semicolons and a byte order mark, as German Excel opens it; no text can be taken for a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers(language))
    writer.writerows([harmless(text) for text in line.texts()] for line in lines)
    return buffer.getvalue().encode("utf-8-sig")


def issues_xlsx(lines: Sequence[IssueLine], language: str = "de") -> bytes:
    """One sheet, one row per fault, with a filter; prints one page wide. The same lines give the same bytes."""
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": EPOCH})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet = book.add_worksheet(text("issue_list.title", language))
        for column, (name, width) in enumerate(zip(headers(language), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        for row, line in enumerate(lines, start=1):
            for column, written in enumerate(line.texts()):
                sheet.write_string(row, column, written[:LONGEST], cell)
            if line.row is not None:
                sheet.write_number(row, COLUMNS.index("row"), line.row)
        sheet.autofilter(0, 0, max(len(lines), 1), len(COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
    return stream.getvalue()
