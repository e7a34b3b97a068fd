"""The report of merged rating workbooks to take along: one sheet per table, with a filter."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from mcda.report.exhibits.merge_report import ReportTable
from mcda.study.write import EPOCH

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROW, WIDE, WIDEST = 12, 40, 90
SHEET_NAME = 31
LONGEST = 32_000
A4 = 9


def merge_xlsx(tables: Sequence[ReportTable]) -> bytes:
    """A workbook of the report's tables in their order; texts as on screen. The same report gives the same bytes."""
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": EPOCH})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for table in tables:
            sheet = book.add_worksheet(table.title[:SHEET_NAME])
            for column, name in enumerate(table.headers):
                longest = max((len(row[column]) for row in table.rows), default=0)
                width = NARROW if longest < NARROW else WIDE if longest < WIDEST else WIDEST
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, name, head)
            for line, row in enumerate(table.rows, start=1):
                for column, written in enumerate(row):
                    sheet.write_string(line, column, written[:LONGEST], cell)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headers) - 1)
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
    return stream.getvalue()
