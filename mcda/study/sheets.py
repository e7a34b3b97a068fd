"""From a file's bytes to its sheets: .xlsx, .ods and CSV in every shape an office writes."""

import csv
import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import Cell, Formula, Percent, is_empty
from mcda.study.guard import MAX_CELLS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_TEXT, guard_workbook
from mcda.study.ods import Line, ods_sheets

SEPARATORS = (";", ",", "\t", "|")
SNIFFED_LINES = 60


@dataclass(slots=True)
class Sheet:
    """A sheet as it stands in its file. In a text file one program wrote all numbers: they share a decimal sign."""

    name: str
    file: str
    rows: list[Line] = field(default_factory=list)
    is_text: bool = False


def sheets_of(content: bytes, file: str) -> list[Sheet]:
    """All sheets of a file; a CSV file is one sheet named after it. Raises InputError when it cannot be used."""
    suffix = file.rpartition(".")[2].lower()
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        guard_workbook(content, file)
        return _ods(content, file) if _is_ods(content) else _xlsx(content, file)
    if suffix in {"xlsx", "xlsm", "ods", "xls"}:
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})])
    return [_csv(content, file)]


def _is_ods(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "content.xml" in archive.namelist()


def _ods(content: bytes, file: str) -> list[Sheet]:
    try:
        return [Sheet(name, file, rows) for name, rows in ods_sheets(content).items()]
    except (ExpatError, KeyError, ValueError, zipfile.BadZipFile):
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})]) from None


def _xlsx(content: bytes, file: str) -> list[Sheet]:
    broken = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError)
    try:
        with warnings.catch_warnings():  # of drop-downs and layout Excel keeps in extensions; nothing of it is read
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            return [Sheet(sheet.title, file, list(_lines(sheet))) for sheet in book.worksheets]
    except (*broken, EOFError, OSError, SyntaxError, OverflowError, AssertionError):
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})]) from None


def _lines(sheet: Any) -> Iterator[Line]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = tuple(_cell(cell) for cell in row)
        if not all(is_empty(c) for c in cells):
            yield number, cells


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return Formula(str(value))
    if cell.data_type == "e":
        return str(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format or ""):
        return Percent(float(value))
    return value  # type: ignore[no-any-return]  # openpyxl's cells carry str, number, bool or date here


def _csv(content: bytes, file: str) -> Sheet:
    if len(content) > MAX_FILE_BYTES:
        raise InputError([Issue("file_too_large", where=Where(file), params={"allowed": f"{MAX_FILE_BYTES >> 20} MB"})])
    text = _decoded(content, file)
    hint = text[:6].lower()
    separator = hint[4] if hint.startswith("sep=") and len(hint) > 4 else _separator(text)
    start = 2 if hint.startswith("sep=") else 1
    body = text.split("\n", 1)[-1] if start == 2 else text
    rows = list(_records(body, separator, start, file))
    return Sheet(file.rpartition(".")[0] or file, file, rows, is_text=True)


def _records(text: str, separator: str, start: int, file: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, cells = start, 0
    try:
        for number, record in enumerate(reader, start=start):
            cells += len(record)
            _limit(len(record) > MAX_COLUMNS, "too_many_columns", MAX_COLUMNS, file, number)
            _limit(number > MAX_ROWS, "too_many_rows", MAX_ROWS, file, number)
            _limit(cells > MAX_CELLS, "too_many_cells", MAX_CELLS, file, number)
            _limit(any(len(cell) > MAX_TEXT for cell in record), "cell_too_long", MAX_TEXT, file, number)
            if any(cell.strip() for cell in record):
                yield number, tuple(record)
    except csv.Error as error:
        raise InputError([Issue("not_csv", where=Where(file, number), params={"detail": str(error)})]) from None


def _limit(exceeded: bool, code: str, limit: int, file: str, row: int) -> None:
    if exceeded:
        raise InputError([Issue(code, where=Where(file, row), params={"allowed": str(limit)})])


def _decoded(content: bytes, file: str) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's Unicode text), else Windows-1252."""
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp1252")):
        if not content.startswith(bom):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError([Issue("not_text", where=Where(file), params={"path": file})])


def _separator(text: str) -> str:
    """The separator that cuts the first lines most evenly into the most columns."""
    lines = text.splitlines()[:SNIFFED_LINES]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: Sequence[str], separator: str) -> tuple[float, int]:
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=separator) if any(record)]
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, count = Counter(widths).most_common(1)[0]
    return (count / len(widths) if width > 1 else 0.0), width
