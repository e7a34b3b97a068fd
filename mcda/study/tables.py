"""From the sheets of a file to the tables of a study: which sheet is which, and where its header stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import Cell, is_empty, shown_text
from mcda.study.columns import column_name, table_like, table_name
from mcda.study.header import find_header, words_of
from mcda.study.ods import Line, Merge
from mcda.study.sheets import Sheet

FIELD_WORDS = frozenset({"field", "feld", "angabe", "eigenschaft", "parameter"})
VALUE_WORDS = frozenset({"value", "wert", "inhalt", "eintrag"})
LABEL_COLUMNS = 5
MANY = frozenset({"ratings", "eligibility", "judgements", "weights", "levels"})
MAX_RECORDS, MAX_PAIRS = 20_000, 200_000
"""Rows a table may have: one per thing, or one per pair of things (the tables in MANY)."""


@dataclass(slots=True)
class RawTable:
    """A table as it stands in its file: header words, and rows with the number their author sees.

    `header_row` is the number of the header; `upright` holds the row of each column of a table written upright.
    """

    name: str
    header: tuple[str, ...]
    rows: list[Line]
    is_text: bool = False
    header_row: int = 1
    upright: tuple[int, ...] = ()
    merged: Sequence[Merge] = ()


@dataclass(slots=True)
class Tables:
    """The tables found, and what was said about sheets: issues forbid using the file, notes do not."""

    found: dict[str, RawTable] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    notes: list[Issue] = field(default_factory=list)


def tables_in(sheets: Iterable[Sheet], others: Sequence[str] = ()) -> Tables:
    """The study's tables among the sheets; `others` are files beside them that were not opened.

    Raises InputError when there is none. A sheet whose name nearly is that of a table not found is an issue: a slip
    of the pen would leave out a whole table without a word.
    """
    tables = Tables()
    file = ""
    unread = list(others)
    for sheet in sheets:
        file = sheet.file
        name = table_name(sheet.name)
        if name is None:
            unread += [sheet.name] if sheet.rows else []
            continue
        if name in tables.found:
            tables.issues.append(Issue("table_twice", where=Where(sheet.name), params={"table": name}))
        tables.found[name] = raw_table(name, sheet, tables)
        if hidden := hidden_rows(name, sheet):
            tables.notes.append(hidden)
    if not tables.found:
        raise InputError([Issue("no_tables", where=Where(file), params={"path": file})])
    _tell_unread(unread, tables)
    return tables


def _tell_unread(names: Iterable[str], tables: Tables) -> None:
    ignored: list[str] = []
    for name in names:
        table, word = table_like(name)
        if table and table not in tables.found:
            tables.issues.append(Issue("sheet_unknown", where=Where(name), params={"value": name, "nearest": word}))
        else:
            ignored.append(name)
    if ignored:
        tables.notes.append(Issue("sheets_not_read", "note", params={"sheets": tuple(ignored)}))


def hidden_rows(table: str, sheet: Sheet) -> Issue | None:
    """A note on rows that count although their author does not see them."""
    hidden = frozenset(sheet.hidden)
    rows = tuple(str(row) for row, _ in sheet.rows if row in hidden)
    return Issue("hidden_rows_read", "note", Where(table), {"rows": rows}) if rows else None


def raw_table(name: str, sheet: Sheet, tables: Tables) -> RawTable:
    """A sheet's table: the rows below its header, or for the study its fields one below the other."""
    limit = MAX_PAIRS if name in MANY else MAX_RECORDS
    if len(sheet.rows) > limit:
        raise InputError([Issue("too_many_rows", where=Where(sheet.name), params={"allowed": str(limit)})])
    found = find_header(name, sheet.rows)
    if name == "study":
        upright = _upright(sheet)
        if found is None or _known(name, upright.header) >= _known(name, found[1]):
            return upright
    if found is None:
        header = words_of(sheet.rows[0][1]) if sheet.rows else ()
        return RawTable(name, header, sheet.rows[1:], sheet.is_text)
    index, header = found
    rows = sheet.rows[index + 1 :]
    if name == "study":
        tables.issues += [Issue("study_twice", where=Where(name, row)) for row, _ in rows[1:]]
    return RawTable(name, header, rows, sheet.is_text, sheet.rows[index][0], (), sheet.merged)


def _upright(sheet: Sheet) -> RawTable:
    """The study's fields written one below the other, turned into one row; further columns hold remarks."""
    label = max(range(LABEL_COLUMNS), key=lambda i: _known("study", [_word(cells, i) for _, cells in sheet.rows]))
    lines = sheet.rows
    heads = [cells for _, cells in lines if _word(cells, label).casefold() in FIELD_WORDS]
    places = range(label + 1, max((len(cells) for _, cells in lines), default=0))
    named = next((i for cells in heads for i in places if _word(cells, i).casefold() in VALUE_WORDS), None)
    filled = (i for i in places if any(_word(c, i) for _, c in lines if column_name("study", _word(c, label))))
    value = named if named is not None else next(filled, label + 1)
    fields = [
        (row, _word(cells, label), _at(cells, value))
        for row, cells in lines
        if cells not in heads and (_word(cells, label) or _word(cells, value))
    ]
    return RawTable(
        "study",
        tuple(word for _, word, _ in fields),
        [(2, tuple(cell for _, _, cell in fields))],
        sheet.is_text,
        upright=tuple(row for row, _, _ in fields),
    )


def _known(table: str, words: Iterable[str]) -> int:
    return len({name for word in words if (name := column_name(table, word)) is not None})


def _at(cells: Sequence[Cell], index: int) -> Cell:
    return cells[index] if index < len(cells) else None


def _word(cells: Sequence[Cell], index: int) -> str:
    cell = _at(cells, index)
    return "" if is_empty(cell) else shown_text(cell)
