"""From a file's bytes to its sheets: .xlsx, .ods and CSV in every shape an office writes."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import is_empty
from mcda.study.guard import MAX_CELLS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_TEXT, guard_workbook
from mcda.study.ods import Line, Merge, ods_sheets
from mcda.study.xlsx import xlsx_sheets

SEPARATORS = (";", ",", "\t", "|")
SNIFFED_LINES = 60
SNIFFED_TEXT = 2**16
MAX_LINE = 2**20

DAMAGED = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0§°´]|â‚¬|\ufffd")
"""Umlauts and signs whose bytes were read in the wrong encoding before: 'FÃ¶rderung'."""

MISREAD = re.compile("[A-Za-z][„”ŠŸ§][a-z]")
"""What umlauts of MS-DOS (code page 850) and old Macintosh files look like in Windows-1252: 'M„rz', 'fŸr'."""

SPELT_OUT = re.compile(r'="([^"]*)"')
"""A text Excel is to keep as it is: ="007"."""


@dataclass(slots=True)
class Sheet:
    """A sheet as it stands in its file. In a text file one program wrote all numbers: they share a decimal sign."""

    name: str
    file: str
    rows: list[Line] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    is_text: bool = False
    hidden: list[int] = field(default_factory=list)
    """Rows its author has hidden or filtered away; they are read."""


def sheets_of(content: bytes, file: str) -> list[Sheet]:
    """All sheets of a file; a CSV file is one sheet named after it. Raises InputError when it cannot be used."""
    suffix = file.rpartition(".")[2].lower()
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        guard_workbook(content, file)
        sheets = _workbook(content, file)
    elif suffix in {"xlsx", "xlsm", "ods", "xls"}:
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})])
    else:
        sheets = [_csv(content, file)]
    if not sheets:
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})])
    for sheet in sheets:
        _check_texts(sheet)
    return sheets


def _workbook(content: bytes, file: str) -> list[Sheet]:
    try:
        found = ods_sheets(content, file) if _is_ods(content) else xlsx_sheets(content)
    except (ExpatError, LookupError, ValueError, OverflowError, zipfile.BadZipFile):
        raise InputError([Issue("not_a_workbook", where=Where(file), params={"path": file})]) from None
    return [
        Sheet(name, file, [line for line in rows if not all(is_empty(c) for c in line[1])], merged, hidden=hidden)
        for name, rows, merged, hidden in found
    ]


def _is_ods(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "content.xml" in archive.namelist()


def _check_texts(sheet: Sheet) -> None:
    """Refuse texts that are too long, or damaged before they came here: they would go on into every document."""
    for row, cells in sheet.rows:
        for cell in cells:
            if isinstance(cell, str):
                _limit(len(cell) > MAX_TEXT, "cell_too_long", MAX_TEXT, sheet.name, row)
                if DAMAGED.search(cell):
                    raise InputError([Issue("damaged_text", where=Where(sheet.name, row), params={"value": cell[:80]})])


def _csv(content: bytes, file: str) -> Sheet:
    if len(content) > MAX_FILE_BYTES:
        raise InputError([Issue("file_too_large", where=Where(file), params={"allowed": f"{MAX_FILE_BYTES >> 20} MB"})])
    text = _decoded(content, file)
    announced = re.match(f"sep=([{''.join(SEPARATORS)}])\r?\n", text, re.IGNORECASE)
    separator = announced[1] if announced else _separator(text[:SNIFFED_TEXT])
    body, start = (text[announced.end() :], 2) if announced else (text, 1)
    rows = list(_records(body, separator, start, file))
    return Sheet(file.rpartition(".")[0] or file, file, rows, is_text=True)


def _records(text: str, separator: str, start: int, file: str) -> Iterator[Line]:
    reader = csv.reader(_lines(text, separator, file), delimiter=separator, strict=True)
    number, cells = start - 1, 0
    try:
        for number, record in enumerate(reader, start=start):
            cells += len(record)
            _limit(len(record) > MAX_COLUMNS, "too_many_columns", MAX_COLUMNS, file, number)
            _limit(number > MAX_ROWS, "too_many_rows", MAX_ROWS, file, number)
            _limit(cells > MAX_CELLS, "too_many_cells", MAX_CELLS, file, number)
            if not all(is_empty(cell) for cell in record):
                yield number, tuple(SPELT_OUT.sub(r"\1", c) if SPELT_OUT.fullmatch(c) else c for c in record)
    except csv.Error:
        raise InputError([Issue("quotes_unmatched", where=Where(file, number + 1))]) from None


def _lines(text: str, separator: str, file: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_LINE:
            _limit(line.count(separator) > MAX_COLUMNS, "too_many_columns", MAX_COLUMNS, file, None)
            _limit(True, "cell_too_long", MAX_TEXT, file, None)
        yield line


def _limit(exceeded: bool, code: str, limit: int, place: str, row: int | None) -> None:
    if exceeded:
        raise InputError([Issue(code, where=Where(place, row), params={"allowed": str(limit)})])


def _decoded(content: bytes, file: str) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM (Excel's Unicode text), else Windows-1252."""
    for bom, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp1252")):
        if not content.startswith(bom):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and (found := MISREAD.search(text)):
            around = re.split(r"[\r\n]", text[: found.end()])[-1] + re.split(r"[\r\n]", text[found.end() :])[0]
            raise InputError([Issue("damaged_text", where=Where(file), params={"value": around[:80]})])
        if "\0" not in text:
            return text
    raise InputError([Issue("not_text", where=Where(file), params={"path": file})])


def _separator(text: str) -> str:
    """The separator that cuts the first lines most evenly into the most columns."""
    lines = text.splitlines()[:SNIFFED_LINES]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: Sequence[str], separator: str) -> tuple[float, int]:
    try:
        widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, count = Counter(widths).most_common(1)[0]
    return (count / len(widths) if width > 1 else 0.0), width
