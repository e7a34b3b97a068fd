"""A workbook built from the sheets of an .ods or CSV file: every value at its row and column, texts as texts."""

import math
import re
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.worksheet.worksheet import Worksheet

from mcda.study.annotate_places import sheet_table
from mcda.study.cells import Cell, CellError, Formula, Percent, holds_numbers, is_empty, parse_number, told_signs
from mcda.study.columns import column_name
from mcda.study.header import find_header
from mcda.study.model import TABLES
from mcda.study.sheets import Sheet

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")
LONGEST_TITLE, LONGEST_TEXT = 31, 32_000
CALCULATED = ("=", "+", "-", "@", "\t")


def rebuilt(sheets: Sequence[Sheet]) -> Workbook:
    """The sheets as a workbook that reads as the file itself does."""
    book = Workbook()
    for blank in book.worksheets:
        book.remove(blank)
    for sheet in sheets:
        made = book.create_sheet(_title(sheet))
        numbers = _settled_numbers(sheet)
        for row, cells in sheet.rows:
            for column, cell in enumerate(cells, start=1):
                if not is_empty(cell):
                    _put(cell_of(made, row, column), numbers.get((row, column), cell))
    return book


def cell_of(sheet: Worksheet, row: int, column: int) -> BookCell:
    """The cell, or the one that stands for it where cells are merged."""
    cell = sheet.cell(row, column)
    if isinstance(cell, BookCell):
        return cell
    merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return cell_of(sheet, merged.min_row, merged.min_col)


def put_text(cell: BookCell, words: str) -> None:
    """Write a text that no program takes for a formula."""
    clean = UNWRITABLE.sub("", words)[:LONGEST_TEXT]
    if clean:
        cell.value = clean
        cell.data_type = "s"
        if clean.startswith(CALCULATED):
            cell.quotePrefix = True


def _title(sheet: Sheet) -> str:
    name = sheet.name.rpartition("-")[2] if sheet.is_text and sheet_table(sheet) else sheet.name
    return NOT_IN_TITLES.sub(" ", UNWRITABLE.sub("", name))[:LONGEST_TITLE].strip("' ") or "1"


def _put(cell: BookCell, value: Cell) -> None:
    if isinstance(value, str):  # a formula's text too: it was not calculated and must not be now
        put_text(cell, str(value))
    elif isinstance(value, float) and not math.isfinite(value):
        put_text(cell, str(value))
    else:
        cell.value = value
        if isinstance(value, Percent):
            cell.number_format = "0.##########%"
        elif isinstance(value, date):
            cell.number_format = "dd.mm.yyyy"


def _settled_numbers(sheet: Sheet) -> dict[tuple[int, int], float]:
    """Numbers of a text file that only the file as a whole tells how to read (1.234 among others with a comma).

    A workbook has no such rule, so they become real numbers.
    """
    table = sheet_table(sheet) if sheet.is_text else None
    header = find_header(table, sheet.rows) if table else None
    if table is None or header is None:
        return {}
    fields = [column_name(table, word) for word in header[1]]
    counted = [i for i, name in enumerate(fields) if name and holds_numbers(TABLES[table], name)]
    body = sheet.rows[header[0] + 1 :]
    told = told_signs(cells[i] for _, cells in body for i in counted if i < len(cells))
    sign = min(told) if len(told) == 1 else ""
    return {
        (row, i + 1): number
        for row, cells in body
        for i in counted
        if sign and i < len(cells) and (number := _settled(cells[i], sign)) is not None
    }


def _settled(cell: Cell, sign: str) -> float | None:
    if not isinstance(cell, str) or isinstance(cell, Formula) or cell.rstrip().endswith("%"):
        return None
    try:
        parse_number(cell, "")
    except CellError as error:
        return float(parse_number(cell, sign)) if error.code == "ambiguous_number" else None
    return None
