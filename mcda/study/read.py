"""Read a study from a folder of CSV files or one .xlsx workbook. All issues at once; nothing half-read."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.study.cells import Cell, CellError, convert, is_empty
from mcda.study.columns import column_name, table_name
from mcda.study.model import TABLES, Record, Study
from mcda.study.rules import check_study

REQUIRED = ("study", "criteria", "measures")


@dataclass(slots=True)
class RawTable:
    """A table as it stands in its file: header cells, and rows with the number the author sees."""

    name: str
    header: tuple[str, ...]
    rows: list[tuple[int, tuple[Cell, ...]]]
    decimal_comma: bool = False


@dataclass(slots=True)
class _Reading:
    issues: list[Issue] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def row_of(self, table: str, index: int) -> int:
        return self.rows[table][index]


def read_study(source: str | Path | bytes, name: str = "study.xlsx") -> Study:
    """Read and check a study.

    `source` is a folder of CSV files (one per table, named as the table), the path of an .xlsx workbook
    (one sheet per table), or a workbook's bytes (then `name` is how messages call it).
    Raises InputError with every issue found: place, value, what is allowed and the nearest valid choice.
    """
    tables, file_hash = _tables(source, name)
    reading = _Reading()
    study = _study(tables, file_hash, reading)
    if study is not None:
        reading.issues += [i for i in check_study(study, reading.row_of) if i.level == "error"]
    if reading.issues or study is None:
        raise InputError(reading.issues)
    return study


def _tables(source: str | Path | bytes, name: str) -> tuple[dict[str, RawTable], str]:
    if isinstance(source, bytes):
        return _from_workbook(source, name), hashlib.sha256(source).hexdigest()
    path = Path(source)
    if path.is_dir():
        return _from_folder(path)
    if not path.exists():
        raise InputError([Issue("file_missing", where=Where(str(path)), params={"path": str(path)})])
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise InputError([Issue("not_a_study_file", where=Where(path.name), params={"path": path.name})])
    content = path.read_bytes()
    return _from_workbook(content, path.name), hashlib.sha256(content).hexdigest()


def _from_folder(folder: Path) -> tuple[dict[str, RawTable], str]:
    digest = hashlib.sha256()
    tables: dict[str, RawTable] = {}
    for file in sorted(folder.glob("*.csv")):
        name = table_name(file.stem)
        if name is None:
            continue
        content = file.read_bytes()
        digest.update(name.encode() + b"\0" + content)
        tables[name] = _csv_table(name, content, file.name)
    if not tables:
        raise InputError([Issue("no_tables", where=Where(str(folder)), params={"path": str(folder)})])
    return tables, digest.hexdigest()


def _csv_table(name: str, content: bytes, file: str) -> RawTable:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="strict") if _is_cp1252(content) else ""
        if not text:
            raise InputError([Issue("not_text", where=Where(file), params={"path": file})]) from None
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines: list[tuple[int, tuple[Cell, ...]]] = []
        for record in reader:
            lines.append((len(lines) + 1, tuple(record)))
    except csv.Error as error:
        raise InputError([Issue("not_csv", where=Where(file, len(lines) + 1), params={"detail": str(error)})]) from None
    return _raw_table(name, lines, decimal_comma=separator != ",")


def _is_cp1252(content: bytes) -> bool:
    return b"\0" not in content and not any(byte in content for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _from_workbook(content: bytes, file: str) -> dict[str, RawTable]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})]) from None
    tables: dict[str, RawTable] = {}
    for sheet in book.worksheets:
        name = table_name(sheet.title)
        if name is not None:
            lines = [(n, tuple(row)) for n, row in enumerate(sheet.iter_rows(values_only=True), start=1)]
            tables[name] = _raw_table(name, lines, decimal_comma=True)
    if not tables:
        raise InputError([Issue("no_tables", where=Where(file), params={"path": file})])
    return tables


def _raw_table(name: str, lines: list[tuple[int, tuple[Any, ...]]], decimal_comma: bool) -> RawTable:
    filled = [(n, cells) for n, cells in lines if not all(is_empty(c) for c in cells)]
    if not filled:
        return RawTable(name, (), [], decimal_comma)
    header = tuple("" if is_empty(c) else str(c).strip() for c in filled[0][1])
    return RawTable(name, header, filled[1:], decimal_comma)


def _study(tables: Mapping[str, RawTable], file_hash: str, reading: _Reading) -> Study | None:
    records: dict[str, list[Record]] = {name: [] for name in TABLES}
    for name, table in tables.items():
        records[name] = list(_records(table, reading))
    for name in REQUIRED:
        if not records[name] and not any(i.where.table == name for i in reading.issues):
            reading.issues.append(Issue("table_missing", where=Where(name), params={"table": name}))
    if reading.issues:
        return None
    single = records.pop("study")
    return Study.model_validate(
        {"study": single[0], "file_hash": file_hash} | {name: tuple(rows) for name, rows in records.items()}
    )


def _records(table: RawTable, reading: _Reading) -> Iterator[Record]:
    if table.name == "study":
        table = _upright(table)
    columns = _columns(table, reading)
    if columns is None:
        return
    for row, cells in table.rows:
        record = _record(table, columns, row, cells, reading)
        if record is not None:
            reading.rows.setdefault(table.name, []).append(row)
            yield record


def _upright(table: RawTable) -> RawTable:
    """The study table written as field and value columns, turned into one row."""
    if len(table.header) < 2 or table.header[0].casefold() not in {"field", "feld"}:
        return table
    fields = [(str(cells[0]).strip(), cells[1]) for _, cells in table.rows if not is_empty(cells[0])]
    row = tuple(value for _, value in fields)
    return RawTable(table.name, tuple(name for name, _ in fields), [(2, row)], table.decimal_comma)


def _columns(table: RawTable, reading: _Reading) -> tuple[str, ...] | None:
    """The model's field for each header cell; '' for a nameless column, '?name' for an unknown one."""
    model = TABLES[table.name]
    columns: list[str] = []
    for cell in table.header:
        known = column_name(table.name, cell)
        if known is not None and known in columns:
            where = Where(table.name, 1, cell)
            reading.issues.append(Issue("column_twice", where=where, params={"column": cell}))
        columns.append(known if known is not None else f"?{cell}" if cell else "")
    missing = [n for n, info in model.model_fields.items() if info.is_required() and n not in columns]
    for name in missing:
        params: dict[str, Param] = {"column": name, "found": tuple(h for h in table.header if h)}
        reading.issues.append(Issue("column_missing", where=Where(table.name, 1, name), params=params))
    return None if missing else tuple(columns)


def _record(
    table: RawTable, columns: tuple[str, ...], row: int, cells: tuple[Cell, ...], reading: _Reading
) -> Record | None:
    model = TABLES[table.name]
    values: dict[str, Any] = {}
    extra: list[tuple[str, str]] = []
    found: list[Issue] = []
    for column, cell in zip(columns, cells, strict=False):
        if is_empty(cell) or not column:
            continue
        if column.startswith("?"):
            extra.append((column[1:], str(cell)))
            continue
        try:
            values[column] = convert(model, column, cell, table.decimal_comma)
        except CellError as error:
            params: dict[str, Param] = {
                "value": str(cell),
                "allowed": error.allowed,
                "nearest": nearest(str(cell), error.allowed.split(", ")),
            }
            found.append(Issue(error.code, where=Where(table.name, row, column), params=params))
    if not found:
        try:
            return model.model_validate(values | {"extra_columns": tuple(extra)})
        except ValidationError as error:
            found = [_fault(table.name, row, fault) for fault in error.errors()]
    reading.issues += found
    return None


def _fault(table: str, row: int, fault: Any) -> Issue:
    column = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "missing":
        return Issue("cell_missing", where=Where(table, row, column))
    limits = {k: v for k, v in fault.get("ctx", {}).items() if k in {"ge", "gt", "le", "lt"}}
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    allowed = ", ".join(f"{signs[k]} {v}" for k, v in limits.items()) or str(fault["msg"])
    return Issue(
        "out_of_range", where=Where(table, row, column), params={"value": str(fault["input"]), "allowed": allowed}
    )
