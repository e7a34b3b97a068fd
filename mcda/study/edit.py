"""Changes typed by hand: they pass through the same reading and the same rules as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import Cell
from mcda.study.model import TABLES, Study
from mcda.study.ods import Line
from mcda.study.read import read_sheets
from mcda.study.sheets import Sheet
from mcda.study.write import cell_text, needs_percent, tables_of


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person typed into one table: cells by (row, column), new rows by column, deleted rows.

    Rows count from 0 in the order of the study's table; cells hold text as typed, '' empties a cell.
    """

    table: str
    cells: Mapping[tuple[int, str], str]
    added: Sequence[Mapping[str, str]] = ()
    deleted: Sequence[int] = ()


def edit_study(study: Study, edit: Edit) -> Study:
    """The study with one table changed. Raises InputError with every issue; the study itself never changes.

    Numbers may be typed as 12,5 or 1.234,5 or 12.5; what can be read in two ways (1.234) is asked about. Issues
    name the row as a person counts it below a header: the first is row 2; new rows follow the old ones.
    """
    if edit.table not in TABLES:
        raise InputError([Issue("table_missing", where=Where(edit.table), params={"table": edit.table})])
    sheets = [_sheet(study, name, edit if name == edit.table else None) for name in TABLES]
    return read_sheets([sheet for sheet in sheets if sheet is not None], study.file_hash)


def edited_rows(study: Study, table: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a table as texts to be edited, with the given columns of the model (empty where nothing is set)."""
    header, rows = tables_of(study).get(table, ([], []))
    known = [dict(zip(header, row, strict=True)) for row in rows]
    return [{name: cell_text(row.get(name), name) for name in columns} for row in known]


def _sheet(study: Study, name: str, edit: Edit | None) -> Sheet | None:
    """A table as a sheet: what was not typed keeps its own type, so that typed numbers alone tell their form."""
    header, rows = tables_of(study).get(name, ([], []))
    cells = [{c: _cell(v, c) for c, v in zip(header, row, strict=True)} for row in rows]
    if edit is not None:
        cells = _changed(cells, edit)
        header = list(dict.fromkeys([*header, *(c for row in cells for c in row)]))
    if not cells:
        return None
    lines: list[Line] = [(1, tuple(header))]
    lines += [(n, tuple(row.get(c) for c in header)) for n, row in enumerate(cells, start=2)]
    return Sheet(name, name, lines)


def _cell(value: Any, column: str) -> Cell:
    if isinstance(value, date):
        return value
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(value) if number and not needs_percent(column, value) else cell_text(value, column)


def _changed(cells: list[dict[str, Cell]], edit: Edit) -> list[dict[str, Cell]]:
    changed = [dict(row) for row in cells]
    for (row, column), text in edit.cells.items():
        changed[row][column] = text.strip()
    kept = [row for index, row in enumerate(changed) if index not in edit.deleted]
    return kept + [dict(row) for row in edit.added if any(text.strip() for text in row.values())]
