"""What stands where in a table: its columns, its rows without sums and repeated headers, its merged cells."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from mcda.errors import InputError, Issue, Param, Where
from mcda.study.cells import Cell, CellError, is_empty, kind_of, parse_number
from mcda.study.columns import NEAR_COLUMN, column_like, column_name
from mcda.study.costs_unread import in_other_units, unread_costs
from mcda.study.guard import MAX_CELLS
from mcda.study.header import is_total, names_columns, total_name, words_of
from mcda.study.measure import SHEET_FIELDS
from mcda.study.model import TABLES, Criterion, Rating, Record
from mcda.study.ods import Line
from mcda.study.tables import RawTable

WIDE = frozenset({"measures", "ratings"})
"""Tables that may have one column per rated criterion."""

SCALE = re.compile(r"\s*[(\[]\s*\d+\s*(-|–|—|bis|to)\s*\d+\s*[)\]]$")
"""A scale behind a criterion's name."""

SUMMED = frozenset({"measures", "municipalities", "programmes"})
"""Tables whose sum may stand below them."""

OWN = frozenset({"id", "title", "name", "label_de"})
"""Columns whose cells are one record's own: merged over several rows they say nothing about the others."""


@dataclass(slots=True)
class Reading:
    """What is known and what was found while a study is read."""

    issues: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    """The row of every record, by table; ratings from other columns count -1, -2, ..."""
    rated: dict[str, str] = field(default_factory=dict)
    """Criteria that are rated, by the words a header may call them by."""
    not_rated: dict[str, str] = field(default_factory=dict)
    """Criteria that are computed or have criteria below them, by the same words."""
    wide: list[tuple[Where, Rating]] = field(default_factory=list)
    """Ratings written as one column per criterion, and where."""
    faulty: set[tuple[str, int | None, str]] = field(default_factory=set)
    """Cells with a fault: their rows are read as far as they go, so that the other rules can still be checked."""
    whole: bool = True
    """Every table and column needed is there."""

    def row_of(self, table: str, index: int) -> int:
        return self.rows[table][index]

    def tell(self, issue: Issue) -> None:
        self.issues.append(issue)
        self.faulty.add((issue.where.table, issue.where.row, issue.where.column))


def note_criteria(records: Iterable[Record], reading: Reading) -> None:
    """Remember the words a header may call a criterion by: its id and its labels."""
    criteria = [c for c in records if isinstance(c, Criterion)]
    parents = {c.parent for c in criteria}
    for c in criteria:
        target = reading.rated if c.kind == "given" and c.id not in parents else reading.not_rated
        target.update({word.casefold(): c.id for word in (c.label_en, c.label_de, c.id) if word})


def columns_of(table: RawTable, reading: Reading) -> tuple[str, ...]:
    """The model's field for each header word; '' for a nameless column, '?name' for an unknown one.

    No columns at all where the header names none: then nothing of the table is read.
    """
    known = _known(table, reading)
    columns: list[str] = []
    meant: set[str] = set()
    for index, (word, name) in enumerate(zip(table.header, known, strict=True)):
        rated = reading.rated.get(called(word), "") if table.name in WIDE else ""
        meaning = name or (f"?{rated}" if rated else "")
        twice = bool(meaning) and meaning in meant
        if fault := _header_fault(table, index, known, rated, twice, reading.not_rated) or _unrated_fault(
            table, index, known, rated, reading
        ):
            reading.tell(fault)
        meant.add(meaning)
        columns.append(name if name and not twice else _new(word, columns, twice) if word else "")
    _tell_missing(table, columns, reading)
    width = max([len(table.header), *(len(cells) for _, cells in table.rows)])
    return tuple(columns) + ("",) * (width - len(columns)) if any(known) else ()


def _known(table: RawTable, reading: Reading) -> list[str | None]:
    """The field each header word names.

    A criterion called like a text of the fact sheet keeps its column, unless there are words in it; a second column
    for the same text is one of the author's own.
    """
    known: list[str | None] = []
    for index, word in enumerate(table.header):
        name = column_name(table.name, word) if word else None
        rated = called(word) in reading.rated and _holds_no_words(table, index)
        known.append(None if name in SHEET_FIELDS and (name in known or rated) else name)
    return known


def _holds_no_words(table: RawTable, index: int) -> bool:
    empty = all(is_empty(cell_at(cells, index)) for _, cells in table.rows)
    return empty or _holds_only_numbers(table, index)


def _header_fault(
    table: RawTable, index: int, known: Sequence[str | None], rated: str, twice: bool, not_rated: Collection[str]
) -> Issue | None:
    """What is wrong with a header word: given twice, meant in two ways, or nearly that of an absent column."""
    word, name = table.header[index], known[index]
    where = place(table, table.header_row, word, index)
    if twice:
        return Issue("column_twice", where=where, params={"column": word})
    if name and rated and _holds_only_numbers(table, index):
        return Issue("column_ambiguous", where=where, params={"value": word})
    absent = frozenset() if name or rated or not word else frozenset(TABLES[table.name].model_fields) - set(known)
    near = column_like(table.name, word, absent)
    costs = unread_costs(table.name, word, absent) if not near or in_other_units(word) else ""
    if costs and word.casefold() not in not_rated and _holds_digits(table, index):
        return Issue("column_of_costs", where=where, params={"value": word, "allowed": costs})
    if near and any(not is_empty(cell_at(cells, index)) for _, cells in table.rows):
        return Issue("column_misspelt", where=where, params={"value": word, "nearest": near})
    return None


def _unrated_fault(
    table: RawTable, index: int, known: Sequence[str | None], rated: str, reading: Reading
) -> Issue | None:
    """A column of points under a header that nearly is a criterion's: left out, the criterion would lose them all."""
    word = table.header[index]
    near = "" if not word or known[index] or rated else _criterion_like(table, index, reading)
    where = place(table, table.header_row, word, index)
    return Issue("column_misspelt", where=where, params={"value": word, "nearest": near}) if near else None


def _criterion_like(table: RawTable, index: int, reading: Reading) -> str:
    """The criterion, rated in no column of its own, that a header over points nearly spells or holds; '' if none."""
    word = called(table.header[index])
    if table.name not in WIDE or {"criterion", "value"} & {column_name(table.name, h) for h in table.header if h}:
        return ""
    taken = {reading.rated.get(called(header)) for header in table.header}
    free = {name: criterion for name, criterion in reading.rated.items() if criterion not in taken}
    near = get_close_matches(word, free, n=1, cutoff=NEAR_COLUMN)
    held = [name for name in free if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", word)]
    found = [*near, *held]
    return found[0] if found and _holds_only_numbers(table, index) else ""


def _tell_missing(table: RawTable, columns: Sequence[str], reading: Reading) -> None:
    """Tell required columns that are not there; the criterion's may be the headers themselves."""
    rated = table.name == "ratings" and any(rated_by(table, columns, c, reading) for c in columns)
    for name, info in TABLES[table.name].model_fields.items():
        if info.is_required() and name not in columns and not (rated and name == "criterion"):
            found: dict[str, Param] = {"column": name, "found": tuple(h for h in table.header if h)}
            where = Where(table.name, table.header_row, name)
            reading.tell(Issue("column_missing", where=where, params=found))
            reading.whole = False


def _new(word: str, columns: Sequence[str], twice: bool) -> str:
    """The name an unknown column is kept under: its header, numbered where two columns have the same."""
    times = twice + sum(column == f"?{word}" or column.startswith(f"?{word} (") for column in columns)
    return f"?{word} ({times + 1})" if times else f"?{word}"


def is_wide(table: RawTable, columns: Sequence[str]) -> bool:
    return table.name == "measures" or (table.name == "ratings" and not {"criterion", "value"} & set(columns))


def rated_by(table: RawTable, columns: Sequence[str], column: str, reading: Reading) -> str | None:
    """The criterion an unknown column rates, or None."""
    is_rating = column[:1] == "?" and table.name in WIDE and is_wide(table, columns)
    return reading.rated.get(called(column[1:])) if is_rating else None


def called(word: str) -> str:
    """What a header calls a criterion, without the scale beside it: 'Zielbeitrag (1-5)' is zielbeitrag."""
    return SCALE.sub("", word.casefold()).strip()


def _holds_digits(table: RawTable, index: int) -> bool:
    """Whether most cells hold digits, be they '50 T€'."""
    cells = [cells[index] for _, cells in table.rows if index < len(cells) and not is_empty(cells[index])]
    return 2 * sum(any(sign.isdigit() for sign in str(cell)) for cell in cells) > len(cells)


def _holds_only_numbers(table: RawTable, index: int) -> bool:
    cells = [cells[index] for _, cells in table.rows if index < len(cells) and not is_empty(cells[index])]
    return bool(cells) and all(_is_number(cell) for cell in cells)


def body_of(table: RawTable, columns: Sequence[str], reading: Reading) -> list[Line]:
    """The rows below the header without sums over the list and without the header repeated on every page."""
    model = TABLES[table.name]
    needed = [i for i, c in enumerate(columns) if c in model.model_fields and model.model_fields[c].is_required()]
    lines: list[Line] = []
    for row, cells in table.rows:
        if names_columns(table.name, cells):
            again = [word for word in words_of(cells) if word]
            if not set(again) <= set(table.header):
                reading.tell(Issue("header_twice", where=Where(table.name, row), params={"found": tuple(again)}))
        elif is_total(cells) and any(is_empty(cell_at(cells, i)) for i in needed):
            reading.notes.append(Issue("totals_row_skipped", "note", Where(table.name, row)))
        elif table.name in SUMMED and (name := total_name(cell_at(cells, i) for i in needed)):
            reading.tell(Issue("totals_row_named", where=Where(table.name, row), params={"value": name}))
        else:
            lines.append((row, cells))
    return lines


def filled_down(table: RawTable, columns: Sequence[str], lines: list[Line], reading: Reading) -> list[Line]:
    """The lines with the texts of cells merged downwards in every row they stand beside; merged numbers are told."""
    position = {row: n for n, (row, _) in enumerate(lines)}
    work = 0
    for first, index, count in table.merged:
        if first not in position or first <= table.header_row or not cell_at(columns, index):
            continue
        cell = cell_at(lines[position[first]][1], index)
        below = [r for r in range(first + 1, min(first + count, lines[-1][0] + 1)) if r in position]
        work += count
        if work > MAX_CELLS:
            raise InputError([Issue("too_many_cells", where=Where(table.name), params={"allowed": str(MAX_CELLS)})])
        bare = [r for r in below if is_empty(cell_at(lines[position[r]][1], index))]
        if not bare or is_empty(cell):
            continue
        if not _holds_for_all(table, columns, columns[index], reading):
            shown: dict[str, Param] = {"value": str(cell), "rows": str(count)}
            where = Where(table.name, first, columns[index].removeprefix("?"))
            reading.tell(Issue("merged_cells", where=where, params=shown))
            continue
        for row in bare:
            cells = list(lines[position[row]][1])
            cells += [None] * (index + 1 - len(cells))
            cells[index] = cell
            lines[position[row]] = (row, tuple(cells))
    return lines


def _holds_for_all(table: RawTable, columns: Sequence[str], column: str, reading: Reading) -> bool:
    """Whether one cell may stand for several rows: a text that is not a record's own."""
    if column.startswith("?"):
        return rated_by(table, columns, column, reading) is None
    kind = kind_of(TABLES[table.name], column)[0]
    return column not in OWN and kind in {"text", "texts", "choice", "bool", "date"}


def tell_columns(table: RawTable, columns: Sequence[str], reading: Reading) -> None:
    """Tell columns with values that belong to nothing: without a header, or named as a criterion nobody rates."""
    for index, column in enumerate(columns):
        cells = ((row, cells[index]) for row, cells in table.rows if index < len(cells))
        filled = ((row, cell) for row, cell in cells if not is_empty(cell))
        if not column and (first := next(filled, None)):
            where = place(table, first[0], "" if table.upright else column_letters(index), index)
            reading.tell(Issue("column_nameless", where=where, params={"value": str(first[1])}))
        computed = reading.not_rated.get(column[1:].casefold(), "") if column[:1] == "?" else ""
        if computed and is_wide(table, columns) and any(_is_number(cell) for _, cell in filled):
            where = Where(table.name, table.header_row, column[1:])
            reading.tell(Issue("rating_not_asked", where=where, params={"value": column[1:]}))


def _is_number(cell: Cell) -> bool:
    try:
        parse_number(cell, ".")
    except CellError:
        return False
    return True


def column_letters(index: int) -> str:
    """A column's name as spreadsheets show it: A for 0, AB for 27."""
    name, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name


def cell_at(cells: Sequence[Any], index: int) -> Any:
    return cells[index] if index < len(cells) else None


def place(table: RawTable, row: int, column: str, index: int) -> Where:
    return Where(table.name, table.upright[index] if table.upright else row, column)
