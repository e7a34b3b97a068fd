"""Sheets of an OpenDocument spreadsheet (.ods), read event by event; repeated empty cells cost nothing.

odfpy has had no release since 2020 and calamine loads repeated rows whole; the format's part we need is small.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.parsers import expat

from mcda.study.cells import Cell, Formula, Percent
from mcda.study.guard import CHUNK, MAX_COLUMNS, MAX_ROWS

Line = tuple[int, tuple[Cell, ...]]


@dataclass(slots=True)
class _State:
    sheets: dict[str, list[Line]] = field(default_factory=dict)
    sheet: list[Line] | None = None
    row: int = 0
    repeat_row: int = 1
    cells: list[Cell] = field(default_factory=list)
    attributes: dict[str, str] | None = None
    paragraphs: list[str] = field(default_factory=list)
    depth_annotation: int = 0
    in_text: bool = False


def ods_sheets(content: bytes) -> dict[str, list[Line]]:
    """Rows of every sheet by its name: (row number from 1, cells); rows without content are left out.

    The bytes have passed `guard_workbook`. Raises KeyError when there is no content, ExpatError on broken XML.
    """
    state = _State()
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
        state.sheet = state.sheets.setdefault(attributes.get("table:name", ""), [])
        state.row = 0
    elif tag == "table:table-row":
        state.cells, state.repeat_row = [], _repeat(attributes, "table:number-rows-repeated")
    elif tag in {"table:table-cell", "table:covered-table-cell"}:
        state.attributes, state.paragraphs = attributes, []
    elif tag == "office:annotation":
        state.depth_annotation += 1
    elif tag == "text:p" and state.attributes is not None and not state.depth_annotation:
        state.in_text = True
        state.paragraphs.append("")
    elif tag == "text:s" and state.in_text:
        _text(state, " " * min(_repeat(attributes, "text:c"), 100))


def _end(state: _State, tag: str) -> None:
    if tag == "office:annotation":
        state.depth_annotation -= 1
    elif tag == "text:p" and not state.depth_annotation:
        state.in_text = False
    elif tag in {"table:table-cell", "table:covered-table-cell"} and state.attributes is not None:
        cell = _cell(state.attributes, "\n".join(state.paragraphs))
        count = _repeat(state.attributes, "table:number-columns-repeated")
        room = MAX_COLUMNS - len(state.cells)
        state.cells += [cell] * min(count, room)
        state.attributes = None
    elif tag == "table:table-row" and state.sheet is not None:
        _close_row(state)


def _close_row(state: _State) -> None:
    while state.cells and state.cells[-1] is None:
        state.cells.pop()
    if state.cells:
        room = max(MAX_ROWS - len(state.sheet or ()), 0)
        for offset in range(min(state.repeat_row, room)):
            assert state.sheet is not None
            state.sheet.append((state.row + offset + 1, tuple(state.cells)))
    state.row += state.repeat_row


def _text(state: _State, data: str) -> None:
    if state.in_text and state.paragraphs:
        state.paragraphs[-1] += data


def _cell(attributes: dict[str, str], text: str) -> Cell:
    if "table:formula" in attributes:
        return Formula(attributes["table:formula"])
    kind = attributes.get("office:value-type", "")
    number = attributes.get("office:value", "")
    if kind in {"float", "currency"} and number:
        amount = float(number)
        return int(amount) if amount.is_integer() and abs(amount) < 1e15 else amount
    if kind == "percentage" and number:
        return Percent(float(number))
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if kind == "date":
        return _day(attributes.get("office:date-value", ""), text)
    return text or None


def _day(written: str, text: str) -> Cell:
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except ValueError:
        return text or None


def _repeat(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 1
