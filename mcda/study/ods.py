"""Sheets of an OpenDocument spreadsheet (.ods), read event by event; repeated empty cells cost nothing.

odfpy has had no release since 2020 and calamine loads repeated rows whole; the format's part we need is small.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.parsers import expat

from mcda.errors import InputError, Issue, Where
from mcda.study.cells import Cell, Percent, formula_cell
from mcda.study.guard import CHUNK, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from mcda.study.shown_units import unit_shown, with_unit

Line = tuple[int, tuple[Cell, ...]]
"""A row with content: its number from 1, and its cells."""

Merge = tuple[int, int, int]
"""Cells merged downwards: row from 1, position of the column from 0, number of rows."""

SheetRows = tuple[str, list[Line], list[Merge], list[int]]
"""A sheet: its name, its rows with content, cells merged downwards, rows its author has hidden or filtered away."""

SHAPES = frozenset({"draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:line", "office:annotation"})
"""What may lie in a cell without being its content: notes, text boxes, pictures."""


@dataclass(slots=True)
class _State:
    file: str
    sheets: list[SheetRows] = field(default_factory=list)
    row: int = 0
    repeat_row: int = 1
    hidden: bool = False
    cells: list[Cell] = field(default_factory=list)
    attributes: dict[str, str] | None = None
    paragraphs: list[str] = field(default_factory=list)
    within_shapes: int = 0
    in_text: bool = False
    total: int = 0


def ods_sheets(content: bytes, file: str) -> list[SheetRows]:
    """Name, rows with content, cells merged downwards and hidden rows of every sheet.

    The bytes have passed `guard_workbook`. Raises KeyError when there is no content, ExpatError on broken XML,
    InputError when a repeated row or cell fills more of a sheet than a study needs.
    """
    state = _State(file)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: _start(state, tag, attributes)
    parser.EndElementHandler = lambda tag: _end(state, tag)
    parser.CharacterDataHandler = lambda data: _text(state, data)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as stream:
        while block := stream.read(CHUNK):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    return state.sheets


def _start(state: _State, tag: str, attributes: dict[str, str]) -> None:
    if tag == "table:table":
        state.sheets.append((attributes.get("table:name", ""), [], [], []))
        state.row = 0
    elif tag == "table:table-row":
        state.cells, state.repeat_row = [], _repeat(attributes, "table:number-rows-repeated")
        state.hidden = attributes.get("table:visibility", "visible") != "visible"
    elif tag in {"table:table-cell", "table:covered-table-cell"}:
        state.attributes, state.paragraphs = attributes, []
    elif tag in SHAPES:
        state.within_shapes += 1
    elif tag == "text:p" and state.attributes is not None and not state.within_shapes:
        state.in_text = True
        state.paragraphs.append("")
    elif tag == "text:s":
        _text(state, " " * min(_repeat(attributes, "text:c"), 1000))
    elif tag in {"text:line-break", "text:tab"}:
        _text(state, "\t" if tag == "text:tab" else "\n")


def _end(state: _State, tag: str) -> None:
    if tag in SHAPES:
        state.within_shapes -= 1
    elif tag == "text:p" and not state.within_shapes:
        state.in_text = False
    elif tag in {"table:table-cell", "table:covered-table-cell"} and state.attributes is not None:
        _close_cell(state, state.attributes)
        state.attributes = None
    elif tag == "table:table-row" and state.sheets:
        _close_row(state)


def _close_cell(state: _State, attributes: dict[str, str]) -> None:
    cell = _cell(attributes, "\n".join(state.paragraphs))
    count = _repeat(attributes, "table:number-columns-repeated")
    if cell is not None and len(state.cells) + count > MAX_COLUMNS:
        _refuse(state, "too_many_columns", MAX_COLUMNS)
    down = _repeat(attributes, "table:number-rows-spanned")
    if down > 1 and state.sheets:
        state.sheets[-1][2].append((state.row + 1, len(state.cells), down))
    state.cells += [cell] * min(count, MAX_COLUMNS - len(state.cells))


def _close_row(state: _State) -> None:
    while state.cells and state.cells[-1] is None:
        state.cells.pop()
    if state.cells:
        if state.row + state.repeat_row > MAX_ROWS:
            _refuse(state, "too_many_rows", MAX_ROWS)
        state.total += state.repeat_row * len(state.cells)
        if state.total > MAX_CELLS:
            _refuse(state, "too_many_cells", MAX_CELLS)
        cells = tuple(state.cells)
        rows = range(state.row + 1, state.row + 1 + state.repeat_row)
        state.sheets[-1][1].extend((row, cells) for row in rows)
        state.sheets[-1][3].extend(rows if state.hidden else ())
    state.row += state.repeat_row


def _refuse(state: _State, code: str, limit: int) -> None:
    raise InputError([Issue(code, where=Where(state.sheets[-1][0] or state.file), params={"allowed": str(limit)})])


def _text(state: _State, data: str) -> None:
    if state.in_text and state.paragraphs and not state.within_shapes:
        state.paragraphs[-1] += data


def _cell(attributes: dict[str, str], text: str) -> Cell:
    if "table:formula" in attributes:
        return formula_cell(attributes["table:formula"])
    kind = attributes.get("office:value-type", "")
    number = attributes.get("office:value", "")
    if kind in {"float", "currency"} and number:
        amount = float(number)
        currency = attributes.get("office:currency", "EUR")
        if unit := unit_shown(text, amount) if currency == "EUR" else currency:
            return with_unit(amount, unit)
        return int(amount) if amount.is_integer() and abs(amount) < 1e15 else amount
    if kind == "percentage" and number:
        return Percent(float(number))
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "date":
        return _day(attributes.get("office:date-value", ""), text)
    return text or attributes.get("office:string-value") or None


def _day(written: str, text: str) -> Cell:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return text or None


def _repeat(attributes: dict[str, str], name: str) -> int:
    """How often a row or cell stands there; a number that is none is larger than every limit."""
    written = attributes.get(name, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else MAX_ROWS + 1
