"""Drawing a workbook: formats, printed sheets, tables of typed cells, blocks of sentences. Every .xlsx is made so."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import ceil
from textwrap import shorten
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.basis import WIDE
from mcda.report.exhibits.ranked_list import Cell, Column, Listing, notice_of, study_title
from mcda.report.exhibits.setting import method_name
from mcda.report.exports.letters import writable
from mcda.result import Result

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
HEADER_LIMIT = 150
"""Characters of the notice in the page header; Excel allows 255 with title and codes."""

LONGEST_CELL = 32_767
"""More characters no cell of a workbook holds."""

LINE = 15.0
"""Height of a line in points; rows get theirs here because not every program grows them by itself."""

TALLEST_ROW = 409.0
"""Points; no row of a workbook is higher."""

TALLEST_HEADER = 6
"""Lines a header takes at most; whoever calls a criterion with more words sees the rest by widening the column."""

BOLD = 1.1
"""Width of a letter of a header, in letters of a cell."""

LONGEST_WORD = 24
"""A header's word stands on one line up to so many characters."""

HELD = 3
"""So many columns stay in sight when a list is scrolled to the right."""

TABLE_STYLE = "Table Style Light 1"
"""Quiet bands in Excel; not every program draws it, so headers bring their own format."""

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "whole": {"num_format": "0", "align": "center"},
    "year": {"num_format": "0", "align": "center"},
    "points": {"num_format": "0.0"},
    "money": {"num_format": "#,##0 [$€-407]"},
    "cents": {"num_format": "#,##0.00 [$€-407]"},
    "day": {"num_format": "dd.mm.yyyy", "align": "center"},
    "percent": {"num_format": "0.0 %"},
    "number": {"num_format": "#,##0.00"},
    "round": {"num_format": "#,##0"},
    "text": {"num_format": "@", "align": "left", "indent": 1, "text_wrap": True},
    "line": {"num_format": "@", "align": "left", "indent": 1},
}
PALE, STRONG, GREY, DARK = "#FFFFFF", "#7FB2E5", "#E7EDF3", "#1F3A5F"
MARKS: Mapping[str, str] = {
    "dark": "#B9D3EC",
    "middle": "#D9E7F5",
    "pale": "#EEF2F7",
    "yes": "#DDEFD9",
    "check": "#FFF1C9",
    "no": "#F6D9D6",
}
"""Colours that go with a sign, never in its place."""

Formats = Mapping[str, Format]


def workbook(result: Result, language: str, draw: Callable[[Workbook, Formats], None]) -> bytes:
    """A workbook drawn by `draw`, as bytes. Its creation date is the as-of date: the same result, the same bytes."""
    about = About(study_title(result, language), notice_of(result, language), result.provenance.as_of)
    return drawn(about, draw, points="0.000" if result.method.startswith("pymcdm:") else "0.0")


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook says of itself: title, what must be said with it, and its day (ISO 8601)."""

    title: str
    notice: str
    as_of: str


def drawn(about: About, draw: Callable[[Workbook, Formats], None], *, points: str = "0.0") -> bytes:
    """A workbook drawn by `draw` as bytes, created on its own day. `points`: the format of scores."""
    buffer = io.BytesIO()
    book = Workbook(buffer, OPTIONS)
    made = datetime.combine(date.fromisoformat(about.as_of), time(), UTC)
    book.set_properties({"title": writable(about.title), "created": made, "comments": writable(about.notice)})
    draw(book, _formats(book, points))
    book.close()
    return buffer.getvalue()


def draw_blocks(sheet: Worksheet, blocks: Iterable[Listing], formats: Formats) -> int:
    """Blocks of sentences one below the other, each under its title; returns the row after them."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 18)
    row = 0
    for block in blocks:
        sheet.write_string(row, 0, block.title, formats["title"])
        row = _draw_block(sheet, row + 1, block, formats) + 1
    return row


def draw_grid(sheet: Worksheet, row: int, listing: Listing, formats: Formats, widths: Sequence[int]) -> int:
    """A table from the left of a row on, in columns whose `widths` other tables of the sheet share; returns the row
    after it. A last column of words takes what is left of the width."""
    last = len(listing.columns) - 1
    spread = listing.columns[last].kind == "text" and last < len(widths) - 1
    rooms = (*widths[:last], sum(widths[last:]) if spread else widths[last])
    for at, column in enumerate(listing.columns):
        if at == last and spread:
            sheet.merge_range(row, at, row, len(widths) - 1, "", formats["header"])
        sheet.write_string(row, at, column.header, formats["header"])
    sheet.set_row(row, 3 * LINE)
    for down, cells in enumerate(listing.rows, start=row + 1):
        if spread:
            sheet.merge_range(down, last, down, len(widths) - 1, "", formats["text"])
        for at, (value, column) in enumerate(zip(cells, listing.columns, strict=True)):
            _write(sheet, down, at, value, formats, column.kind)
        sheet.set_row(down, row_height(max(_lines(value, room) for value, room in zip(cells, rooms, strict=True))))
    return row + 1 + len(listing.rows)


def _formats(book: Workbook, points: str) -> Formats:
    looks = {**LOOKS, "points": {"num_format": points}}
    formats = {kind: book.add_format({"valign": "top", **look}) for kind, look in looks.items()}
    header = {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "bg_color": DARK,
        "font_color": "white",
        "border": 1,
    }
    formats["header"] = book.add_format(header)
    bold = {"bold": True, "top": 2, "top_color": DARK, "valign": "top"}
    formats["total"] = book.add_format(bold | {"num_format": LOOKS["cents"]["num_format"]})
    formats["total_words"] = book.add_format(bold)
    formats["title"] = book.add_format({"bold": True, "font_size": 13, "font_color": DARK})
    formats["notice"] = book.add_format({"italic": True, "bold": True, "text_wrap": True, "valign": "top"})
    for name, colour in MARKS.items():
        formats[name] = book.add_format({"bg_color": colour, "font_color": "#000000"})
    formats["group"] = book.add_format({"top": 1, "top_color": DARK})
    return formats


def new_sheet(book: Workbook, name: str, result: Result, language: str) -> Worksheet:
    """A sheet that prints in landscape, one page wide, with title and notice on every page."""
    about = About(study_title(result, language), notice_of(result, language), result.provenance.as_of)
    return printed_sheet(book, text(f"export.sheet.{name}", language), about, made_by(result, language), language)


def printed_sheet(book: Workbook, name: str, about: About, made: str, language: str) -> Worksheet:
    """A sheet of that name that prints in landscape, one page wide; `made` stands at the foot of every page."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.set_header(f"&L&8{_short(about.title, 70)}\n{_short(about.notice, HEADER_LIMIT)}")
    sheet.set_footer(f"&L&8{_short(made, 200)}&R&8{text('export.page', language)}")
    return sheet


def _short(words: str, limit: int) -> str:
    """Words for a page header: ampersands doubled because Excel reads codes there, whole words up to the limit."""
    return shorten(writable(words).replace("&", "&&"), limit, placeholder=" …")


def draw_table(sheet: Worksheet, listing: Listing, formats: Formats, printed: int, table: str = "") -> None:
    """Header and rows from the top left, with filter, widths and the header repeated on every printed page.

    Texts are wrapped in the printed columns and set the row's height; to the right they stay on one line. With
    `table` the whole is a table object of that name, whose headers have to be unique; without rows it is none.
    """
    widths = [_wide_enough(column) for column in listing.columns]
    heights = (
        ceil(len(column.header) / max(wide - 2, 1)) for column, wide in zip(listing.columns, widths, strict=True)
    )
    sheet.set_row(0, LINE * min(max(3, *heights), TALLEST_HEADER))
    for at, (column, wide) in enumerate(zip(listing.columns, widths, strict=True)):
        sheet.set_column(at, at, wide)
        sheet.write_string(0, at, writable(column.header), formats["header"])
    for down, row in enumerate(listing.rows, start=1):
        for at, (value, column) in enumerate(zip(row, listing.columns, strict=True)):
            _write(sheet, down, at, value, formats, "line" if column.kind == "text" and at >= printed else column.kind)
        cells = zip(row[:printed], listing.columns, strict=False)
        lines = max((_lines(value, column.width) for value, column in cells), default=1)
        sheet.set_row(down, row_height(lines))
    if table and listing.rows:
        heads = [{"header": writable(column.header), "header_format": formats["header"]} for column in listing.columns]
        options = {"name": table, "columns": heads, "style": TABLE_STYLE}
        sheet.add_table(0, 0, len(listing.rows), len(listing.columns) - 1, options)
    else:
        sheet.autofilter(0, 0, len(listing.rows), len(listing.columns) - 1)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, _held(listing))


def _wide_enough(column: Column) -> int:
    """The column's width, or what the longest word of its header needs in bold type."""
    longest = max(map(len, column.header.replace("-", "- ").split()), default=0)
    return max(column.width, ceil(BOLD * min(longest, LONGEST_WORD)) + 1)


def _held(listing: Listing) -> int:
    """How many columns stay in sight when scrolling: up to the title where it comes early."""
    at = next((at for at, column in enumerate(listing.columns) if column.key.endswith("title")), HELD - 1)
    return at + 1 if at <= HELD else min(HELD, len(listing.columns))


def _write(sheet: Worksheet, row: int, column: int, value: Cell, formats: Formats, kind: str) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats[kind])
    elif isinstance(value, str):
        sheet.write_string(row, column, writable(value)[:LONGEST_CELL], formats[kind])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), formats[kind])
    else:
        whole = kind == "number" and float(value).is_integer()
        sheet.write_number(row, column, float(value), formats["round" if whole else kind])


def row_height(lines: int) -> float:
    """The height of a row with so many lines, as far as a row can grow."""
    return min(LINE * max(lines, 1), TALLEST_ROW)


def _lines(value: Cell, width: int) -> int:
    """Lines a text takes in a column of that width."""
    return sum(max(1, ceil(len(line) / width)) for line in value.split("\n")) if isinstance(value, str) else 1


def _draw_block(sheet: Worksheet, row: int, block: Listing, formats: Formats) -> int:
    """One block of the explaining sheet; returns the row after it. Sentences span the columns to the right."""
    if any(column.header for column in block.columns):
        for at, column in enumerate(block.columns):
            sheet.write_string(row, at, column.header, formats["header"])
            if column.width == WIDE:
                sheet.merge_range(row, at, row, 5, column.header, formats["header"])
        sheet.set_row(row, 2 * LINE)
        row += 1
    for cells in block.rows:
        for at, (value, column) in enumerate(zip(cells, block.columns, strict=True)):
            _spread(sheet, row, at, column, value, formats)
        lines = (_lines(value, column.width) for value, column in zip(cells, block.columns, strict=True))
        sheet.set_row(row, row_height(max(lines, default=1)))
        row += 1
    return row


def _spread(sheet: Worksheet, row: int, at: int, column: Column, value: Cell, formats: Formats) -> None:
    if column.width == WIDE:
        sheet.merge_range(row, at, row, 5, "", formats["text"])
    _write(sheet, row, at, value, formats, column.kind)


def made_by(result: Result, language: str) -> str:
    made = result.provenance
    return text(
        "export.made_by",
        language,
        version=made.version,
        method=method_name(made.method, language),
        as_of=day(date.fromisoformat(made.as_of), language),
        inputs=made.input_hash[:12],
    )
