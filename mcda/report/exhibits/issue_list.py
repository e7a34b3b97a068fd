"""Faults of a file as its author can find them: sheet, cell and header as they stand there, value, what to change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from mcda.errors import Issue, Level, Where
from mcda.locale import text
from mcda.locale.formats import plain
from mcda.study.annotate_places import Spot, spots_of
from mcda.study.columns import header
from mcda.study.model import TABLES
from mcda.study.sheets import Sheet

COLUMNS = ("sheet", "cell", "row", "column", "value", "message")


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One fault. `cell` is the place as spreadsheets call it (B7), '' where the fault is not in one cell; `file` is
    the file of the sheet, '' where no sheet is meant."""

    level: Level
    sheet: str
    cell: str
    row: int | None
    column: str
    value: str
    message: str
    file: str = ""

    def texts(self) -> tuple[str, ...]:
        """The fault as the cells of a table, in the order of COLUMNS."""
        return self.sheet, self.cell, "" if self.row is None else str(self.row), self.column, self.value, self.message


def issue_list(issues: Sequence[Issue], sheets: Sequence[Sheet], language: str) -> tuple[IssueLine, ...]:
    """A line for each issue, in their order; `sheets` are those of the file, none where it could not be opened."""
    spots = spots_of(issues, sheets)
    return tuple(_line(issue, spot, sheets, language) for issue, spot in zip(issues, spots, strict=True))


def headers(language: str) -> tuple[str, ...]:
    """The headings over COLUMNS."""
    return tuple(text(f"issue_list.{name}", language) for name in COLUMNS)


def _line(issue: Issue, spot: Spot, sheets: Sequence[Sheet], language: str) -> IssueLine:
    return IssueLine(
        level=issue.level,
        sheet=sheets[spot.sheet].name if spot.sheet is not None else issue.where.table,
        cell=f"{get_column_letter(spot.column)}{spot.row}" if spot.row and spot.column else "",
        row=spot.row or issue.where.row,
        column=spot.header or _known_header(issue.where, language),
        value=plain(issue.params.get("value", ""), language),
        message=replace(issue, where=Where()).sentence(language),
        file=sheets[spot.sheet].file if spot.sheet is not None else "",
    )


def as_written(issue: Issue, line: IssueLine, sheets: Sequence[Sheet]) -> Issue:
    """The issue at the place its author calls it by: the sheet of a workbook or the text file, and the header."""
    if not line.file:
        return issue
    is_text = any(sheet.is_text for sheet in sheets if (sheet.file, sheet.name) == (line.file, line.sheet))
    return replace(issue, where=Where(line.file if is_text else line.sheet, line.row, line.column))


def _known_header(where: Where, language: str) -> str:
    """A column that is not in the file, as the template calls it."""
    known = where.table in TABLES and where.column in TABLES[where.table].model_fields
    return header(where.table, where.column, language) if known else where.column
