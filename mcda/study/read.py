"""Read a study from a folder of CSV files or one workbook (.xlsx, .ods). All issues at once; nothing half-read."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.study.columns import table_name
from mcda.study.model import TABLES, Record, Study
from mcda.study.records import records_of
from mcda.study.rules import check_study
from mcda.study.shape import Reading, note_criteria
from mcda.study.sheets import Sheet, sheets_of
from mcda.study.tables import RawTable, tables_in

REQUIRED = ("study", "criteria", "measures")
SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".xls")

OWN_FAULTS = frozenset({"unknown_id", "id_twice", "id_form", "listed_twice", "share_below_zero", "rating_off_scale"})
"""Faults across tables that a fault in another cell of the same row does not explain."""

REFERRED: Mapping[str, str] = (
    dict.fromkeys(("measure", "depends_on", "excludes"), "measures")
    | dict.fromkeys(("criterion", "parent", "a", "b"), "criteria")
    | dict.fromkeys(("municipalities", "units", "benefit_shares", "payer", "municipality"), "municipalities")
    | dict.fromkeys(("fixed_shares_pct", "share_caps_eur", "opt_outs", "running_payer"), "municipalities")
    | dict.fromkeys(("programme", "funding_candidates"), "programmes")
    | {"stakeholder": "stakeholders", "theme": "themes"}
)
"""The table whose ids a column refers to."""


def read_study(source: str | Path | bytes, name: str = "study.xlsx") -> Study:
    """Read and check a study.

    `source` is a folder of CSV files (one per table, named as the table), the path of a workbook (.xlsx or .ods,
    one sheet per table), or a workbook's bytes (then `name` is how messages call it).
    Raises InputError with every issue found: place, value, what is allowed and the nearest valid choice.
    """
    return read_with_notes(source, name)[0]


def read_with_notes(source: str | Path | bytes, name: str = "study.xlsx") -> tuple[Study, tuple[Issue, ...]]:
    """As `read_study`, with notes on what was left out on purpose: sheets that are no table, rows that are a total."""
    sheets, file_hash, others = _sheets(source, name)
    return read_tables(sheets, file_hash, others)


def read_sheets(sheets: Iterable[Sheet], file_hash: str = "") -> Study:
    """Read and check a study from sheets already taken from their files. Raises InputError as `read_study` does."""
    return read_tables(sheets, file_hash, ())[0]


def read_files(files: Sequence[tuple[str, bytes]]) -> tuple[Study, tuple[Issue, ...]]:
    """As `read_with_notes`, from files handed over by name and content: one workbook, or CSV files as in a folder."""
    return read_tables(*sheets_of_files(files))


def sheets_in(folder: Path) -> list[Sheet]:
    """The tables of a folder's CSV files, as its reader takes them. Raises InputError where there is none."""
    return _folder(folder)[0]


def sheets_at(source: str | Path) -> list[Sheet]:
    """The sheets of a folder or file as its author wrote them; none where it cannot be opened."""
    try:
        return _sheets(source, "")[0]
    except InputError:
        return []


def sheets_of_files(files: Sequence[tuple[str, bytes]]) -> tuple[list[Sheet], str, list[str]]:
    """The sheets of one file, or of several CSV files of one study; the hash of their bytes; names of files left out.

    Raises InputError for several files that are not all text: which of two workbooks is meant is nobody's guess.
    """
    if len(files) == 1:
        name, content = files[0]
        return sheets_of(content, name), hashlib.sha256(content).hexdigest(), []
    if odd := [name for name, _ in files if not name.lower().endswith(SUFFIXES)]:
        raise InputError([Issue("files_mixed", where=Where(odd[0]), params={"files": tuple(odd)})])
    tables, others = _sorted_out(sorted(name for name, _ in files))
    contents = dict(files)
    return *_text_files([(name, table, contents[name]) for name, table in tables], ", ".join(contents)), others


def read_tables(sheets: Iterable[Sheet], file_hash: str, others: Sequence[str]) -> tuple[Study, tuple[Issue, ...]]:
    """As `read_with_notes`, from what `sheets_of_files` took out of the files."""
    tables = tables_in(sheets, others)
    reading = Reading(tables.issues, tables.notes)
    study = _study(tables.found, file_hash, reading)
    if study is not None:
        broken = [_placed(i, reading) for i in check_study(study, reading.row_of) if i.level == "error"]
        reading.issues += [i for i in broken if not _follows(i, reading)]
    if reading.issues or study is None:
        raise InputError(reading.issues)
    return study, tuple(reading.notes)


def _sheets(source: str | Path | bytes, name: str) -> tuple[list[Sheet], str, list[str]]:
    """The sheets, the hash of their bytes, and the names of files beside them that are no table."""
    if isinstance(source, bytes):
        return sheets_of(source, name), hashlib.sha256(source).hexdigest(), []
    path = Path(source)
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise InputError([Issue("file_missing", where=Where(str(path)), params={"path": str(path)})])
    if path.suffix.lower() not in (*WORKBOOKS, *SUFFIXES):
        raise InputError([Issue("not_a_study_file", where=Where(path.name), params={"path": path.name})])
    content = path.read_bytes()
    return sheets_of(content, path.name), hashlib.sha256(content).hexdigest(), []


def _folder(folder: Path) -> tuple[list[Sheet], str, list[str]]:
    files = {f.name: f for f in folder.iterdir() if f.suffix.lower() in SUFFIXES and not f.name.startswith(".")}
    tables, others = _sorted_out(sorted(files))
    return *_text_files([(name, table, files[name].read_bytes()) for name, table in tables], str(folder)), others


def _sorted_out(names: Iterable[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Files named as a table, or as WORKBOOK-TABLE, which is how LibreOffice names the sheets it exports; others."""
    tables: list[tuple[str, str]] = []
    others: list[str] = []
    for name in names:
        stem = name.rpartition(".")[0]
        table = stem if table_name(stem) else stem.rpartition("-")[2]
        if table_name(table) is None:
            others.append(stem)
        else:
            tables.append((name, table))
    return tables, others


def _text_files(files: Sequence[tuple[str, str, bytes]], place: str) -> tuple[list[Sheet], str]:
    """Each file's one sheet under its table's name, and the hash over names and bytes."""
    if not files:
        raise InputError([Issue("no_tables", where=Where(place), params={"path": place})])
    digest = hashlib.sha256()
    sheets: list[Sheet] = []
    for name, table, content in files:
        digest.update(name.rpartition(".")[0].encode() + b"\0" + content)
        sheets += [replace(sheet, name=table) for sheet in sheets_of(content, name)]
    return sheets, digest.hexdigest()


def _study(tables: Mapping[str, RawTable], file_hash: str, reading: Reading) -> Study | None:
    """The study as far as it can be read; None if a table or column it needs is missing."""
    records: dict[str, list[Record]] = {name: [] for name in TABLES}
    for name in sorted(tables, key=list(TABLES).index):
        records[name] = list(records_of(tables[name], reading))
        if name == "criteria":
            note_criteria(records[name], reading)
    records["ratings"] += [rating for _, rating in reading.wide]
    reading.rows.setdefault("ratings", []).extend(-1 - index for index in range(len(reading.wide)))
    for name in REQUIRED:
        if not records[name] and not any(i.where.table == name for i in reading.issues):
            reading.issues.append(Issue("table_missing", where=Where(name), params={"table": name}))
    if not (reading.whole and all(records[name] for name in REQUIRED)):
        return None
    content: dict[str, Any] = {name: tuple(rows) for name, rows in records.items()}
    content |= {"study": records["study"][0], "file_hash": file_hash}
    return Study.model_construct(**content) if reading.issues else Study.model_validate(content)


def _placed(issue: Issue, reading: Reading) -> Issue:
    """An issue of a rating in a column of its criterion (they count -1, -2, ...) where its author wrote it."""
    row = issue.where.row
    if issue.where.table != "ratings" or row is None or row >= 0:
        return issue
    other = issue.params.get("row")
    params = dict(issue.params)
    if isinstance(other, int) and other < 0:
        params["row"] = reading.wide[-1 - other][0].row or 0
    return replace(issue, where=reading.wide[-1 - row][0], params=params)


def _follows(issue: Issue, reading: Reading) -> bool:
    """Whether an issue across tables only follows from a cell that could not be read and is named already."""
    where = issue.where
    if (where.table, where.row, where.column) in reading.faulty:
        return True
    if issue.code not in OWN_FAULTS:
        return any((table, row) == (where.table, where.row) for table, row, _ in reading.faulty)
    referred = REFERRED.get(where.column)
    return issue.code == "unknown_id" and any(
        (table, column) == (referred, "id") for table, _, column in reading.faulty
    )
