"""From an issue's place in the study to the cell of the file its author sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mcda.errors import Issue
from mcda.study.cells import Cell, is_empty
from mcda.study.columns import column_name, table_name
from mcda.study.header import SEARCHED_ROWS, find_header
from mcda.study.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell by its sheet's position in the file, row and column (from 1), and the header its author wrote.

    `sheet` is None for an issue of the whole file, `row` for one of a whole sheet; `header` is '' where none is meant.
    """

    sheet: int | None = None
    row: int | None = None
    column: int | None = None
    header: str = ""


def spots_of(issues: Iterable[Issue], sheets: Sequence[Sheet]) -> list[Spot]:
    """Where to mark each issue: its cell; the first cell of its row where no column is meant or it is missing."""
    headers = [find_header(table, sheet.rows) if (table := sheet_table(sheet)) else None for sheet in sheets]
    return [_spot(issue, sheets, headers) for issue in issues]


def _spot(issue: Issue, sheets: Sequence[Sheet], headers: Sequence[tuple[int, tuple[str, ...]] | None]) -> Spot:
    at = _sheet(issue.where.table, sheets)
    if at is None:
        return Spot()
    sheet, table, column = sheets[at], sheet_table(sheets[at]), issue.where.column
    if table == "study" and (field := _upright_field(sheet, column)) is not None:
        return Spot(at, field[0], 2, field[1])
    header = headers[at]
    words = header[1] if header else ()
    index = next((i for i, word in enumerate(words) if column and _means(table, word, column)), None)
    if index is not None and header is not None:
        return Spot(at, issue.where.row or sheet.rows[header[0]][0], index + 1, words[index])
    raw = _raw_header(sheet, column)
    if raw is not None:
        return Spot(at, issue.where.row or raw[0], raw[1], column)
    return Spot(at, issue.where.row, _first_filled(sheet, issue.where.row))


def sheet_table(sheet: Sheet) -> str | None:
    """The table a sheet holds; a text file may be named WORKBOOK-TABLE."""
    return table_name(sheet.name) or (table_name(sheet.name.rpartition("-")[2]) if sheet.is_text else None)


def _sheet(table: str, sheets: Sequence[Sheet]) -> int | None:
    """The sheet of that very name, else the last one that holds the table (the one that is read)."""
    named = [i for i, sheet in enumerate(sheets) if sheet.name == table]
    found = named or [i for i, sheet in enumerate(sheets) if table and sheet_table(sheet) == table]
    return found[-1] if found else None


def _upright_field(sheet: Sheet, column: str) -> tuple[int, str] | None:
    """The row and the words of a field of the study, whose fields stand below each other."""
    names = [(row, str(cells[0])) for row, cells in sheet.rows if cells and not is_empty(cells[0])]
    found = [(row, name) for row, name in names if _means("study", name, column)]
    return found[0] if found and len(sheet.rows) > 2 else None


def _means(table: str | None, word: str, column: str) -> bool:
    return word.casefold() == column.casefold() or (table is not None and column_name(table, word) == column)


def _raw_header(sheet: Sheet, column: str) -> tuple[int, int] | None:
    """Row and column of the cell near the top that holds exactly these words."""
    for row, cells in sheet.rows[:SEARCHED_ROWS] if column else ():
        for index, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and " ".join(cell.split()) == " ".join(column.split()):
                return row, index
    return None


def _first_filled(sheet: Sheet, row: int | None) -> int | None:
    if row is None:
        return None
    cells: Sequence[Cell] = next((cells for number, cells in sheet.rows if number == row), ())
    return next((i for i, cell in enumerate(cells, start=1) if not is_empty(cell)), 1)
