"""Read a study from a folder of CSV files or one workbook (.xlsx, .ods). All issues at once; nothing half-read."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.study.cells import Cell, CellError, convert, holds_numbers, holds_whole_numbers, is_empty, told_signs
from mcda.study.columns import column_name, table_name
from mcda.study.header import find_header, is_total
from mcda.study.model import TABLES, Rating, Record, Study
from mcda.study.rules import check_study
from mcda.study.sheets import Sheet, sheets_of

REQUIRED = ("study", "criteria", "measures")
SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass(slots=True)
class RawTable:
    """A table as it stands in its file: header words, and rows with the number their author sees.

    `header_row` is the number of the header; `upright` holds the row of each column of a table written upright.
    """

    name: str
    header: tuple[str, ...]
    rows: list[tuple[int, tuple[Cell, ...]]]
    is_text: bool = False
    header_row: int = 1
    upright: tuple[int, ...] = ()


@dataclass(slots=True)
class _Reading:
    issues: list[Issue] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)
    criteria: dict[str, str] = field(default_factory=dict)
    wide: list[tuple[int, str, Rating]] = field(default_factory=list)
    """Ratings written in the table of measures: row, header word, rating."""
    faulty: set[tuple[str, int | None]] = field(default_factory=set)
    """Rows with a fault in some cell: read as far as they go, so that the other rules can still be checked."""
    whole: bool = True
    """Every table and column needed is there."""

    def row_of(self, table: str, index: int) -> int:
        return self.rows[table][index]


def read_study(source: str | Path | bytes, name: str = "study.xlsx") -> Study:
    """Read and check a study.

    `source` is a folder of CSV files (one per table, named as the table), the path of a workbook (.xlsx or .ods,
    one sheet per table), or a workbook's bytes (then `name` is how messages call it).
    Raises InputError with every issue found: place, value, what is allowed and the nearest valid choice.
    """
    return read_sheets(*_sheets(source, name))


def read_sheets(sheets: Iterable[Sheet], file_hash: str = "") -> Study:
    """Read and check a study from sheets already taken from their files. Raises InputError as `read_study` does."""
    reading = _Reading()
    study = _study(_tables(sheets, reading), file_hash, reading)
    if study is not None:
        broken = (_placed(i, reading) for i in check_study(study, reading.row_of) if i.level == "error")
        reading.issues += [i for i in broken if (i.where.table, i.where.row) not in reading.faulty]
    if reading.issues or study is None:
        raise InputError(reading.issues)
    return study


def _sheets(source: str | Path | bytes, name: str) -> tuple[list[Sheet], str]:
    if isinstance(source, bytes):
        return sheets_of(source, name), hashlib.sha256(source).hexdigest()
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise InputError([Issue("file_missing", where=Where(str(path)), params={"path": str(path)})])
    if path.suffix.lower() not in {".xlsx", ".xlsm", ".ods", ".xls", *SUFFIXES}:
        raise InputError([Issue("not_a_study_file", where=Where(path.name), params={"path": path.name})])
    content = path.read_bytes()
    return sheets_of(content, path.name), hashlib.sha256(content).hexdigest()


def _folder(folder: Path) -> tuple[list[Sheet], str]:
    """Files named as a table, or as WORKBOOK-TABLE, which is how LibreOffice names the sheets it exports."""
    digest = hashlib.sha256()
    sheets: list[Sheet] = []
    for file in sorted(folder.iterdir()):
        name = file.stem if table_name(file.stem) else file.stem.rpartition("-")[2]
        if file.suffix.lower() in SUFFIXES and table_name(name) is not None:
            content = file.read_bytes()
            digest.update(file.stem.encode() + b"\0" + content)
            sheets += [replace(sheet, name=name) for sheet in sheets_of(content, file.name)]
    if not sheets:
        raise InputError([Issue("no_tables", where=Where(str(folder)), params={"path": str(folder)})])
    return sheets, digest.hexdigest()


def _tables(sheets: Iterable[Sheet], reading: _Reading) -> dict[str, RawTable]:
    tables: dict[str, RawTable] = {}
    file = ""
    for sheet in sheets:
        file = sheet.file
        name = table_name(sheet.name)
        if name is None:
            continue
        if name in tables:
            reading.issues.append(Issue("table_twice", where=Where(sheet.name), params={"table": name}))
        tables[name] = _raw_table(name, sheet)
    if not tables:
        raise InputError([Issue("no_tables", where=Where(file), params={"path": file})])
    return tables


def _raw_table(name: str, sheet: Sheet) -> RawTable:
    found = find_header(name, sheet.rows)
    if found is None:
        if name == "study":
            return _upright(sheet)
        header = tuple("" if is_empty(c) else str(c).strip() for c in sheet.rows[0][1]) if sheet.rows else ()
        return RawTable(name, header, sheet.rows[1:], sheet.is_text)
    index, header = found
    if name == "study" and len(sheet.rows) > 2:
        return _upright(sheet)
    rows = [row for row in sheet.rows[index + 1 :] if not is_total(row[1])]
    return RawTable(name, header, rows, sheet.is_text, sheet.rows[index][0])


def _upright(sheet: Sheet) -> RawTable:
    """The study table written as field and value columns, turned into one row."""
    fields = [(row, str(c[0]).strip(), c[1] if len(c) > 1 else None) for row, c in sheet.rows if not is_empty(c[0])]
    fields = [f for f in fields if f[1].casefold() not in {"field", "feld"}]
    cells = tuple(value for _, _, value in fields)
    upright = tuple(row for row, _, _ in fields)
    return RawTable("study", tuple(name for _, name, _ in fields), [(2, cells)], sheet.is_text, 1, upright)


def _study(tables: Mapping[str, RawTable], file_hash: str, reading: _Reading) -> Study | None:
    records: dict[str, list[Record]] = {name: [] for name in TABLES}
    for name in sorted(tables, key=list(TABLES).index):
        records[name] = list(_records(tables[name], reading))
        if name == "criteria":
            reading.criteria = _criteria_words(records[name])
    records["ratings"] += [rating for _, _, rating in reading.wide]
    reading.rows.setdefault("ratings", []).extend(-1 - index for index in range(len(reading.wide)))
    for name in REQUIRED:
        if not records[name] and not any(i.where.table == name for i in reading.issues):
            reading.issues.append(Issue("table_missing", where=Where(name), params={"table": name}))
    if not (reading.whole and all(records[name] for name in REQUIRED)):
        return None
    content: dict[str, Any] = {name: tuple(rows) for name, rows in records.items()}
    content |= {"study": records["study"][0], "file_hash": file_hash}
    return Study.model_construct(**content) if reading.faulty else Study.model_validate(content)


def _placed(issue: Issue, reading: _Reading) -> Issue:
    """An issue of a rating from the table of measures (they count -1, -2, ...) where its author wrote it."""
    row = issue.where.row
    if issue.where.table != "ratings" or row is None or row >= 0:
        return issue
    other = issue.params.get("row")
    params = dict(issue.params)
    if isinstance(other, int) and other < 0:
        params["row"] = reading.wide[-1 - other][0]
    return replace(issue, where=Where("measures", *reading.wide[-1 - row][:2]), params=params)


def _criteria_words(criteria: Iterable[Any]) -> dict[str, str]:
    """The words a header may call a rated criterion by: its id and its labels."""
    given = [c for c in criteria if c.kind == "given"]
    return {word.casefold(): c.id for c in given for word in (c.label_en, c.label_de, c.id) if word}


def _records(table: RawTable, reading: _Reading) -> Iterator[Record]:
    columns = _columns(table, reading)
    if columns is None:
        return
    signs = _decimal_signs(table, columns, reading)
    for row, cells in table.rows:
        reading.rows.setdefault(table.name, []).append(row)
        yield _record(table, columns, signs, row, cells, reading)


def _decimal_signs(table: RawTable, columns: Sequence[str], reading: _Reading) -> tuple[str, ...]:
    """The decimal sign of each column: as its own numbers tell, else as those of all columns of a text file tell."""
    told = [_told(table, name, index, reading) for index, name in enumerate(columns)]
    everywhere = frozenset[str]().union(*told) if table.is_text else frozenset[str]()
    signs = [own or everywhere for own in told]
    return tuple(min(found) if len(found) == 1 else "" for found in signs)


def _told(table: RawTable, column: str, index: int, reading: _Reading) -> frozenset[str]:
    model = TABLES[table.name]
    rated = _rated(table, column, reading) is not None
    if not rated and not (column in model.model_fields and holds_numbers(model, column)):
        return frozenset()
    cells = (cells[index] for _, cells in table.rows if index < len(cells))
    return told_signs(cells, not rated and holds_whole_numbers(model, column))


def _rated(table: RawTable, column: str, reading: _Reading) -> str | None:
    """The criterion an unknown column of the measures rates, or None."""
    return reading.criteria.get(column[1:].casefold()) if table.name == "measures" and column[:1] == "?" else None


def _columns(table: RawTable, reading: _Reading) -> tuple[str, ...] | None:
    """The model's field for each header word; '' for a nameless column, '?name' for an unknown one."""
    model = TABLES[table.name]
    columns: list[str] = []
    for word in table.header:
        known = column_name(table.name, word)
        if known is not None and known in columns:
            params: dict[str, Param] = {"column": word}
            where = _place(table, table.header_row, word, len(columns))
            reading.issues.append(Issue("column_twice", where=where, params=params))
        columns.append(known if known is not None else f"?{word}" if word else "")
    missing = [n for n, info in model.model_fields.items() if info.is_required() and n not in columns]
    for name in missing:
        found: dict[str, Param] = {"column": name, "found": tuple(h for h in table.header if h)}
        reading.issues.append(Issue("column_missing", where=Where(table.name, table.header_row, name), params=found))
        reading.whole = False
    return None if missing else tuple(columns)


def _record(
    table: RawTable,
    columns: Sequence[str],
    signs: Sequence[str],
    row: int,
    cells: Sequence[Cell],
    reading: _Reading,
) -> Record:
    """The row as a record; where a cell is wrong, as far as it goes, with its issues noted."""
    model = TABLES[table.name]
    values: dict[str, Any] = {}
    extra: list[tuple[str, str]] = []
    wide: list[tuple[str, str, Cell, str]] = []
    found: list[Issue] = []
    for index, (column, sign, cell) in enumerate(zip(columns, signs, cells, strict=False)):
        if is_empty(cell) or not column:
            continue
        if column.startswith("?"):
            criterion = _rated(table, column, reading)
            if criterion is None:
                extra.append((column[1:], str(cell)))
            else:
                wide.append((column[1:], criterion, cell, sign))
            continue
        try:
            values[column] = convert(model, column, cell, sign)
        except CellError as error:
            found.append(_cell_issue(error, cell, _place(table, row, column, index)))
    found += _wide_ratings(str(values.get("id", "")), wide, row, reading)
    if not found:
        try:
            return model.model_validate(values | {"extra_columns": tuple(extra)})
        except ValidationError as error:
            found = [_fault(table, columns, row, fault) for fault in error.errors()]
            for fault in error.errors():
                values.pop(str(fault["loc"][0]) if fault["loc"] else "", None)
    reading.issues += found
    reading.faulty |= {(table.name, row), *((table.name, issue.where.row) for issue in found)}
    unknown = {name: "" for name, info in model.model_fields.items() if info.is_required()}
    return model.model_construct(**unknown | values)


def _wide_ratings(
    measure: str, cells: Iterable[tuple[str, str, Cell, str]], row: int, reading: _Reading
) -> list[Issue]:
    """Agreed ratings from one column per criterion in the table of measures."""
    issues: list[Issue] = []
    for word, criterion, cell, sign in cells:
        try:
            level = convert(Rating, "value", cell, sign)
        except CellError as error:
            issues.append(_cell_issue(error, cell, Where("measures", row, word)))
        else:
            reading.wide.append((row, word, Rating(measure=measure, criterion=criterion, value=level)))
    return issues


def _cell_issue(error: CellError, cell: Cell, where: Where) -> Issue:
    near = nearest(str(cell), error.allowed.split(", ")) if error.code == "not_a_choice" else ""
    return Issue(error.code, where=where, params={"value": str(cell), "allowed": error.allowed, "nearest": near})


def _place(table: RawTable, row: int, column: str, index: int) -> Where:
    return Where(table.name, table.upright[index] if table.upright else row, column)


def _fault(table: RawTable, columns: Sequence[str], row: int, fault: Any) -> Issue:
    column = str(fault["loc"][0]) if fault["loc"] else ""
    where = _place(table, row, column, columns.index(column)) if column in columns else Where(table.name, row, column)
    if fault["type"] == "missing":
        return Issue("cell_missing", where=where)
    limits = {k: v for k, v in fault.get("ctx", {}).items() if k in {"ge", "gt", "le", "lt"}}
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    allowed = ", ".join(f"{signs[k]} {v}" for k, v in limits.items()) or str(fault["msg"])
    params: dict[str, Param] = {"value": str(fault["input"]), "allowed": allowed}
    return Issue("out_of_range", where=where, params=params)
