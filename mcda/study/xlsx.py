"""Sheets of an Excel workbook (.xlsx), read event by event from the few parts of the format that carry values.

openpyxl, read-only, believes the declared size of a sheet (rows beyond it are lost without a word), passes over rows
out of order, cannot tell merged cells, and warns or fails on layout a study does not need. Nothing of that is read
here. Formulas are not calculated and not trusted: a cell that holds one is a Formula, whatever its last result.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.parsers import expat

from mcda.study.cells import Cell, Percent, formula_cell
from mcda.study.guard import CHUNK
from mcda.study.ods import Line, Merge, SheetRows
from mcda.study.shown_units import unit_in_format, with_unit

DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
TIME_FORMATS = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})
PERCENT_FORMATS = frozenset({9, 10})
"""Number formats that need no declaration (ECMA-376 part 1, 18.8.30)."""

LAST_DAY = 2_958_465
"""Serial of 31.12.9999."""

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)

Attributes = Mapping[str, str]


@dataclass(slots=True)
class _Book:
    strings: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    """What each cell style shows a number as: 'date', 'time', 'percent', a unit of money such as 'T€', or ''."""
    epoch: datetime = datetime(1899, 12, 30)


@dataclass(slots=True)
class _State:
    rows: list[Line] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    row: int = 0
    cells: list[Cell] = field(default_factory=list)
    column: int = -1
    kind: str = ""
    style: int = 0
    value: str = ""
    formula: str | None = None
    inside: str = ""


def xlsx_sheets(content: bytes) -> list[SheetRows]:
    """Name, rows with content, cells merged downwards and hidden rows of every sheet; hidden sheets too.

    The bytes have passed `guard_workbook`. Raises KeyError or ValueError when a part is missing or makes no sense,
    ExpatError on broken XML.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = next(iter(_related(archive, "", "/officeDocument").values()))
        book = _Book()
        for path in _related(archive, main, "/sharedStrings").values():
            book.strings = _strings(archive, path)
        for path in _related(archive, main, "/styles").values():
            book.kinds = _number_kinds(archive, path)
        names = _names(archive, main, book)
        paths, charts = _related(archive, main, "/worksheet"), _related(archive, main, "sheet")
        return [(name, *_sheet(archive, paths[key], book)) for name, key in names if key in paths or key not in charts]


def _walk(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Pass over a part's elements by their names without prefix."""
    if not path.endswith((".xml", ".rels")):  # only these have passed the guard
        raise KeyError(path)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if data is not None:
        parser.CharacterDataHandler = data
    with archive.open(path) as stream:
        while block := stream.read(CHUNK):
            parser.Parse(block, False)
        parser.Parse(b"", True)


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Paths of the parts a part refers to, by the reference's id; '' stands for the package."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith(kind):
            target = attributes["Target"]
            found[attributes["Id"]] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    if path in archive.namelist():
        _walk(archive, path, start)
    if kind == "/officeDocument" and not found:
        raise KeyError(kind)
    return found


def _names(archive: zipfile.ZipFile, path: str, book: _Book) -> list[tuple[str, str]]:
    """Name and reference of every sheet, in their order; sets the day the book counts its dates from."""
    found: list[tuple[str, str]] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            reference = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
            found.append((attributes.get("name", ""), reference))
        elif tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            book.epoch = datetime(1904, 1, 1)

    _walk(archive, path, start)
    return found


def _strings(archive: zipfile.ZipFile, path: str) -> list[str]:
    """Texts shared by the cells; reading aids (furigana) are left out."""
    found: list[str] = []
    parts: list[str] = []
    inside: list[str] = []

    def start(tag: str, _: Attributes) -> None:
        if tag == "si":
            parts.clear()
        if tag in {"t", "rPh"}:
            inside.append(tag)

    def end(tag: str) -> None:
        if inside and inside[-1] == tag:
            inside.pop()
        if tag == "si":
            found.append(_unescaped("".join(parts)))

    def data(text: str) -> None:
        if inside == ["t"]:
            parts.append(text)

    _walk(archive, path, start, end, data)
    return found


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number_kinds(archive: zipfile.ZipFile, path: str) -> list[str]:
    formats: dict[int, str] = {}
    found: list[str] = []
    inside: list[bool] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(True)
        elif tag == "xf" and inside:
            number = int(attributes.get("numFmtId", "0"))
            found.append(_kind_of_format(number, formats.get(number, "")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    _walk(archive, path, start, end)
    return found


def _kind_of_format(number: int, code: str) -> str:
    """'date', 'time', 'percent', a unit of money such as 'T€', or '' for a number format; its other literal texts,
    its colours and conditions say nothing."""
    if not code:
        kinds = (("date", DATE_FORMATS), ("time", TIME_FORMATS), ("percent", PERCENT_FORMATS))
        return next((kind for kind, numbers in kinds if number in numbers), "")
    bare = LITERAL.sub("", code).casefold().replace("general", "")
    if "%" in bare:
        return "percent"
    if "y" in bare or "d" in bare or ("m" in bare and not ("h" in bare or "s" in bare)):
        return "date"
    return "time" if "h" in bare or "s" in bare else unit_in_format(code)


def _sheet(archive: zipfile.ZipFile, path: str, book: _Book) -> tuple[list[Line], list[Merge], list[int]]:
    state = _State()
    _walk(
        archive,
        path,
        lambda tag, attributes: _start(state, tag, attributes),
        lambda tag: _end(state, tag, book),
        lambda text: _data(state, text),
    )
    return state.rows, state.merged, state.hidden


def _start(state: _State, tag: str, attributes: Attributes) -> None:
    if tag == "c":
        reference = attributes.get("r", "")
        state.column = column_index(reference) if reference else state.column + 1
        state.kind, state.style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        state.value, state.formula = "", None
    elif tag == "row":
        state.row = int(attributes["r"]) if "r" in attributes else state.row + 1
        state.cells, state.column = [], -1
        if attributes.get("hidden") in {"1", "true"}:
            state.hidden.append(state.row)
    elif tag in {"v", "f", "t", "rPh"} and state.inside != "rPh":
        state.inside = tag
        if tag == "f":
            state.formula = ""
    elif tag == "mergeCell":
        first, _, last = attributes.get("ref", "").partition(":")
        rows = [int(re.sub(r"\D", "", cell) or 0) for cell in (first, last or first)]
        state.merged.append((rows[0], column_index(first), rows[1] - rows[0] + 1))


def _data(state: _State, text: str) -> None:
    if state.inside == "f":
        state.formula = (state.formula or "") + text
    elif state.inside in {"v", "t"}:
        state.value += text


def _end(state: _State, tag: str, book: _Book) -> None:
    if tag == "c":
        cell = _cell(state, book)
        if cell is not None:
            state.cells += [None] * (state.column - len(state.cells))
            state.cells.append(cell)
    elif tag == "row" and state.cells:
        state.rows.append((state.row, tuple(state.cells)))
    elif tag == state.inside:
        state.inside = ""


def _cell(state: _State, book: _Book) -> Cell:
    if state.formula is not None:
        return formula_cell(f"={state.formula or '…'}")
    if state.kind == "inlineStr":
        return _unescaped(state.value) or None
    if not state.value:
        return None
    if state.kind == "s":
        return book.strings[_index(state.value)] or None
    if state.kind == "b":
        return state.value.strip() in {"1", "true"}
    if state.kind == "d":
        return datetime.fromisoformat(state.value.removesuffix("Z"))
    if state.kind in {"str", "e"}:
        return _unescaped(state.value)
    return _number(state, book)


def _number(state: _State, book: _Book) -> Cell:
    amount = float(state.value)
    kind = book.kinds[state.style] if state.style < len(book.kinds) else ""
    if kind in {"date", "time"}:
        return _moment(amount, kind, book.epoch)
    if kind == "percent":
        return Percent(amount)
    if kind:
        return with_unit(amount, kind)
    return int(amount) if amount.is_integer() and abs(amount) < 1e15 else amount


def _moment(serial: float, kind: str, epoch: datetime) -> Cell:
    """A day counted from the book's first one; a time of day as text; what is neither as the spreadsheet shows it."""
    if not 0 <= serial <= LAST_DAY:
        return "########"
    if epoch.year == 1899 and 1 <= serial < 60:  # Excel counts a 29 February 1900, which never was
        serial += 1
    moment = epoch + timedelta(seconds=round(serial * 86_400))
    return f"{moment:%H:%M:%S}" if kind == "time" or serial < 1 else moment


def _index(written: str) -> int:
    index = int(written)
    if index < 0:
        raise ValueError(written)
    return index


def column_index(reference: str) -> int:
    """The position of a cell reference's column: 0 for A7, 27 for AB12."""
    letters = reference.rstrip("0123456789")
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(reference)
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1
