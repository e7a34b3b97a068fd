"""Single-cell mutations of good tables, each with what must happen: an issue at its place, or a study as predicted."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import xlsxwriter
from pydantic import ValidationError

from mcda.study.cells import Cell, Formula, Percent, is_empty, kind_of
from mcda.study.model import TABLES, Study
from mcda.study.rules import check_study
from mcda.study.sheets import Sheet
from mcda.study.write import tables_of

NUMERIC = frozenset({"number", "decimal", "integer"})
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "ratings": ("measure", "criterion"),
    "programme_rates": ("programme",),
    "programme_caps": ("programme",),
    "programme_calls": ("programme",),
    "eligibility": ("measure", "programme"),
    "levels": ("criterion",),
    "judgements": ("stakeholder", "a", "b"),
    "measures": ("theme", "municipalities", "depends_on", "excludes", "funding_candidates"),
    "stakeholders": ("municipality",),
    "criteria": ("parent",),
    "weights": ("stakeholder", "criterion"),
}
"""Columns whose cells name a record of another table."""


@dataclass(frozen=True)
class Spot:
    """A cell of a good table: of which record, which field, and where it stands."""

    table: str
    index: int
    field: str
    row: int
    column: int
    cell: Cell

    @property
    def kind(self) -> str:
        return kind_of(TABLES[self.table], self.field)[0]

    @property
    def is_number(self) -> bool:
        return self.kind in NUMERIC and type(self.cell) in {int, float}

    @property
    def is_required(self) -> bool:
        return TABLES[self.table].model_fields[self.field].is_required()

    @property
    def place(self) -> tuple[str, int]:
        return self.table, self.row


@dataclass(frozen=True)
class Mutation:
    """Changed sheets and what reading them must give.

    `expected` is the study as predicted; None means an issue, in row `at` (if given) and with one of `codes` (if
    given). `told` is the code of a note or warning that must come with the study. `or_issue`: an issue with one of
    the codes will do as well. `moves`: any study but the unchanged one will do, or any issue.
    """

    sheets: Sequence[Sheet]
    expected: Study | None
    codes: frozenset[str] = frozenset()
    at: tuple[str, int] | None = None
    told: str = ""
    or_issue: bool = False
    moves: bool = False


@cache
def sheets_from(study: Study) -> Sequence[Sheet]:
    """The study as a spreadsheet holds it: numbers as numbers, dates as dates, the rest as texts."""
    found = []
    for table, (header, rows) in tables_of(study).items():
        fields = [row[0] for row in rows] if table == "study" else header
        cells = [tuple(_typed(value, fields[n if table == "study" else i]) for i, value in enumerate(row))
                 for n, row in enumerate(rows)]  # fmt: skip
        found.append(Sheet(table, "study.xlsx", list(enumerate([tuple(header), *cells], start=1))))
    return found


def _typed(value: Any, column: str) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        number = float(value)
        if column.endswith("_pct") and 0 < number <= 1:
            return Percent(number / 100)
        return int(number) if number.is_integer() else number
    if isinstance(value, tuple):
        return ";".join("=".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in value) or None
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return value or None


@cache
def spots(study: Study) -> Sequence[Spot]:
    """Every cell that holds something."""
    found = []
    for sheet in sheets_from(study):
        for row, cells in sheet.rows[1:]:
            if sheet.name == "study":
                found.append(Spot("study", 0, str(cells[0]), row, 1, cells[1]))
                continue
            header = sheet.rows[0][1]
            found += [
                Spot(sheet.name, row - 2, str(header[i]), row, i, c) for i, c in enumerate(cells) if not is_empty(c)
            ]
    return [spot for spot in found if not is_empty(spot.cell)]


def put(sheets: Sequence[Sheet], table: str, row: int, column: int, cell: Cell) -> list[Sheet]:
    """The sheets with one cell changed."""

    def changed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return (*cells[:column], cell, *cells[column + 1 :])

    return [
        replace(s, rows=[(n, changed(cells) if n == row else cells) for n, cells in s.rows]) if s.name == table else s
        for s in sheets
    ]


def with_rows(sheets: Sequence[Sheet], table: str, change: Callable[[list[tuple[Cell, ...]]], object]) -> list[Sheet]:
    """The sheets with the rows of one table changed in place, numbered anew."""
    found = []
    for sheet in sheets:
        rows = [cells for _, cells in sheet.rows]
        if sheet.name == table:
            change(rows)
        found.append(replace(sheet, rows=list(enumerate(rows, start=1))))
    return found


def predicted(study: Study, changes: Sequence[tuple[str, int, str, Any]]) -> Study | None:
    """The study with fields set to values (table, index, field, value); None if the model or a rule forbids it."""
    for table, index, name, value in changes:
        content = getattr(study, table)
        record = content if table == "study" else content[index]
        try:
            new = type(record).model_validate(dict(record) | {name: value})
        except ValidationError:
            return None
        update = new if table == "study" else (*content[:index], new, *content[index + 1 :])
        study = study.model_copy(update={table: update})
    return sound(study)


def sound(study: Study) -> Study | None:
    """The study, or None if a rule forbids it."""
    return None if any(issue.level == "error" for issue in check_study(study)) else study


def value_at(study: Study, spot: Spot) -> Any:
    """The field's value in the study."""
    content = getattr(study, spot.table)
    return getattr(content if spot.table == "study" else content[spot.index], spot.field)


def default_of(spot: Spot) -> Any:
    """What an empty cell means; None where it must not be empty, which the model then refuses."""
    return None if spot.is_required else TABLES[spot.table].model_fields[spot.field].default


def as_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of a workbook."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        day, percent = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "0.00%"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for row, cells in sheet.rows:
                for column, cell in enumerate(cells):
                    _write(page, row - 1, column, cell, day, percent)
    return stream.getvalue()


def _write(page: Any, row: int, column: int, cell: Cell, day: Any, percent: Any) -> None:
    if isinstance(cell, Formula):
        page.write_formula(row, column, str(cell))
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, percent if isinstance(cell, Percent) else None)
    elif cell is not None:
        page.write_string(row, column, cell)


def slip(word: str, random: Random) -> str:
    """The word with a slip of the pen."""
    place = random.randrange(len(word))
    letter = "x" if word[place] != "x" else "q"
    return random.choice((
        word[:place] + letter + word[place + 1 :],
        word[: place + 1] + letter + word[place + 1 :],
        f"{word}{letter}",
        word.swapcase() if word.swapcase() != word else f"{word}{letter}",
    ))  # fmt: skip


def german(number: Any) -> str:
    """A number as German offices write it, thousands grouped."""
    text = f"{Decimal(str(number)):,f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
