"""What makes Excel offer to repair a workbook, looked for in its XML: names, tables, marks, lists, lengths, order."""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from xml.etree.ElementTree import Element

from package_parts import Parts, R, checked_parts

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LONGEST_TEXT, LONGEST_SHEET, LONGEST_HEADER, LONGEST_LIST, LONGEST_FORMULA = 32_767, 31, 255, 255, 8_192
MOST_LINKS, WIDEST, TALLEST = 65_530, 255, 409.5
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "drawingHF", "picture", "legacyDrawing", "legacyDrawingHF", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""The children of a worksheet by the schema."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 1."""


def check_workbook(content: bytes) -> None:
    """AssertionError with what Excel would not take as it is."""
    parts = checked_parts(content)
    book = parts["xl/workbook.xml"]
    sheets = [one.get("name", "") for one in book.iter(f"{M}sheet")]
    _check_names(sheets)
    _check_defined(book, sheets)
    strings = [_text(one) for one in parts["xl/sharedStrings.xml"]] if "xl/sharedStrings.xml" in parts else []
    assert all(len(one) <= LONGEST_TEXT for one in strings)
    styles = parts["xl/styles.xml"]
    looks, marks = len(_of(styles, "cellXfs")), len(_of(styles, "dxfs"))
    for name, sheet in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            cells = _check_cells(sheet, strings, looks)
            _check_sheet(sheet, marks)
            _check_tables(sheet, _tables(name, parts), cells)
    _check_table_names(parts, book)
    _check_charts(parts, sheets)


def _of(parent: Element, name: str) -> list[Element]:
    found = parent.find(f"{M}{name}")
    return [] if found is None else list(found)


def _text(element: Element) -> str:
    words = "".join(one.text or "" for one in element.iter(f"{M}t"))
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), words)


def area(ref: str) -> Area:
    found = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?", ref)
    assert found, ref
    top, left = int(found[2]), _column(found[1])
    bottom, right = (int(found[4]), _column(found[3])) if found[3] else (top, left)
    assert 1 <= top <= bottom <= LAST_ROW, ref
    assert 1 <= left <= right <= LAST_COLUMN, ref
    return top, left, bottom, right


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _meet(a: Area, b: Area) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _check_apart(areas: Iterable[Area]) -> None:
    met = [(a, b) for a, b in combinations(areas, 2) if _meet(a, b)]
    assert not met, met


def _check_names(sheets: list[str]) -> None:
    for name in sheets:
        assert 0 < len(name) <= LONGEST_SHEET, name
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name), name
        assert not name.startswith("'"), name
        assert not name.endswith("'"), name
        assert name.casefold() != "history"
    assert len({name.casefold() for name in sheets}) == len(sheets)


def _check_defined(book: Element, sheets: list[str]) -> None:
    found = list(book.iter(f"{M}definedName"))
    keys = [(one.get("name", "").casefold(), one.get("localSheetId")) for one in found]
    assert len(set(keys)) == len(keys)
    for one in found:
        assert re.fullmatch(r"[A-Za-z_\\][\w.\\]*", one.get("name", "")), one.get("name")
        assert int(one.get("localSheetId", "0")) < len(sheets)
        _check_points(one.text or "", sheets)


def _check_points(formula: str, sheets: list[str]) -> None:
    """A formula that leads to sheets leads to sheets there are."""
    assert 0 < len(formula) <= LONGEST_FORMULA
    assert "#REF!" not in formula
    for quoted, plain in re.findall(r"(?:'((?:[^']|'')+)'|([\w.]+))!", formula):
        assert (quoted.replace("''", "'") or plain) in sheets, formula


def _check_cells(sheet: Element, strings: list[str], looks: int) -> dict[tuple[int, int], str]:
    """Rows and cells in order, each once, with a look and a text there is, numbers finite; the texts by place."""
    texts: dict[tuple[int, int], str] = {}
    rows = _of(sheet, "sheetData")
    assert all(int(a.get("r", "0")) < int(b.get("r", "0")) for a, b in pairwise(rows))
    for row in rows:
        assert float(row.get("ht", "0")) <= TALLEST
        places = [area(cell.get("r", ""))[:2] for cell in row]
        assert all(place[0] == int(row.get("r", "0")) for place in places)
        assert all(a[1] < b[1] for a, b in pairwise(places))
        for place, cell in zip(places, row, strict=True):
            assert int(cell.get("s", "0")) < looks
            texts |= {place: words} if (words := _cell(cell, strings)) is not None else {}
    return texts


def _cell(cell: Element, strings: list[str]) -> str | None:
    """The text of a cell that holds one; None for numbers, which have to be finite, and formulas, which say what."""
    value = cell.findtext(f"{M}v")
    assert cell.get("t") != "e", f"an error in {cell.get('r')}"
    formula = cell.find(f"{M}f")
    if formula is not None:
        assert 0 < len(formula.text or "") <= LONGEST_FORMULA
        assert value not in (None, ""), "a formula without its value"
    if cell.get("t") == "s":
        return strings[int(value or "")]
    if cell.get("t") == "inlineStr":
        assert len(_text(cell)) <= LONGEST_TEXT
        return _text(cell)
    assert value is None or cell.get("t") in ("str", "b", "d") or math.isfinite(float(value))
    return None


def _check_sheet(sheet: Element, marks: int) -> None:
    """The order of its parts, merged cells, conditional formats, lists to choose from, links, header and footer."""
    names = [one.tag.removeprefix(M) for one in sheet]
    assert names == sorted(names, key=ORDER.index)
    assert all(names.count(name) == 1 for name in names if name != "conditionalFormatting")
    merged = [area(one.get("ref", "")) for one in _of(sheet, "mergeCells")]
    assert all(a[:2] != a[2:] for a in merged), "one cell merged with itself"
    _check_apart(merged)
    assert all(float(one.get("width", "0")) <= WIDEST for one in _of(sheet, "cols"))
    links = _of(sheet, "hyperlinks")
    assert len(links) <= MOST_LINKS
    for line in sheet.iterfind(f"{M}headerFooter/*"):
        assert len(line.text or "") <= LONGEST_HEADER, line.text
    _check_marks(sheet, marks)
    _check_lists(sheet)


def _check_marks(sheet: Element, marks: int) -> None:
    rules = list(sheet.iter(f"{M}cfRule"))
    places = [int(rule.get("priority", "0")) for rule in rules]
    assert len(set(places)) == len(places), "two conditional formats of one priority"
    assert all(place > 0 for place in places)
    assert all(int(rule.get("dxfId", "0")) < marks for rule in rules if rule.get("dxfId"))
    assert all(len(rule.findall(f"{M}formula")) == 1 for rule in rules if rule.get("type") in ("expression", "cellIs"))
    for one in sheet.iterfind(f"{M}conditionalFormatting"):
        assert [area(ref) for ref in one.get("sqref", "").split()]


def _check_lists(sheet: Element) -> None:
    found = _of(sheet, "dataValidations")
    for one in found:
        formulas = [one.findtext(f"{M}formula{n}") or "" for n in (1, 2)]
        assert all(len(words) <= LONGEST_LIST for words in formulas if words.startswith('"'))
        assert all(len(words) <= LONGEST_FORMULA for words in formulas)
        for name, longest in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
            assert len(one.get(name, "")) <= longest, (name, one.get(name))
    _check_apart(area(ref) for one in found for ref in one.get("sqref", "").split())


def _tables(sheet: str, parts: Parts) -> list[Element]:
    folder, _, file = sheet.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return []
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    ids = [one.get(f"{R}id") for one in parts[sheet].iterfind(f"{M}tableParts/{M}tablePart")]
    return [parts[f"xl/tables/{targets[name].rpartition('/')[2]}"] for name in ids]


def _check_tables(sheet: Element, tables: list[Element], cells: dict[tuple[int, int], str]) -> None:
    """Header cells say what the table's columns are called, each once; nothing merged, nothing overlapping."""
    areas = [area(table.get("ref", "")) for table in tables]
    merged = [area(one.get("ref", "")) for one in _of(sheet, "mergeCells")]
    _check_apart(areas)
    assert not [a for a in areas for b in merged if _meet(a, b)], "merged cells in a table"
    filtered = sheet.find(f"{M}autoFilter")
    assert filtered is None or not [a for a in areas if _meet(a, area(filtered.get("ref", "")))]
    for table, (top, left, bottom, right) in zip(tables, areas, strict=True):
        columns = _of(table, "tableColumns")
        heads = [_plain(one.get("name", "")) for one in columns]
        assert bottom > top, "a table without a row"
        assert heads == [cells.get((top, at)) for at in range(left, right + 1)]
        assert len({head.casefold() for head in heads}) == len(heads)
        assert all(0 < len(head) <= LONGEST_HEADER for head in heads)
        assert len({one.get("id") for one in columns}) == len(columns)
        inner = table.find(f"{M}autoFilter")
        assert inner is None or area(inner.get("ref", ""))[:2] == (top, left)


def _plain(name: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), name)


def _check_table_names(parts: Parts, book: Element) -> None:
    tables = [part for name, part in parts.items() if name.startswith("xl/tables/")]
    names = [one.get(key, "").casefold() for one in tables for key in {"displayName"}]
    names += [one.get("name", "").casefold() for one in book.iter(f"{M}definedName") if not one.get("localSheetId")]
    assert len(set(names)) == len(names)
    assert len({one.get("id") for one in tables}) == len(tables)
    for one in tables:
        assert re.fullmatch(r"[^\W\d][\w.]*", one.get("displayName", "")), one.get("displayName")
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[RrCc]", one.get("displayName", "")), "a name that is a cell"


def _check_charts(parts: Parts, sheets: list[str]) -> None:
    for formula in _formulas(parts):
        _check_points(formula, sheets)


def _formulas(parts: Parts) -> Iterator[str]:
    for name, part in parts.items():
        if name.startswith("xl/charts/chart"):
            yield from (one.text or "" for one in part.iter() if one.tag.endswith("}f"))
