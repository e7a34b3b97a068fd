"""Tables of a Word document: widths set cell by cell, because LibreOffice and Word believe different places."""

from collections.abc import Sequence
from typing import Any

from mcda.report.document import Facts, Table
from mcda.report.exhibits.cell_text import cell_text
from mcda.report.exports.docx_marks import DARK, GREY, PALE, cell_border, inner_width, plain_text, set_title_row, shade
from mcda.report.exports.table_widths import ColumnWidth, column_widths

LABELS = 0.34
"""The part of a table of facts that the labels take."""

CHARACTER = 0.57
"""Width of a bold letter of a header in ems, the padding of a cell aside."""

PADDING_PT = 10.5
CELL_PT = 9.0
EMU_PER_POINT = 12700
SMALL_PT, MANY = 7.5, 8


def draw_table(paper: Any, part: Table, language: str) -> Any:
    """The listing with its header row; returns the table."""
    listing = part.listing
    shown = [
        [cell_text(value, column, language) for value, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    size = part.size or (SMALL_PT if len(listing.columns) >= MANY else CELL_PT)
    columns = column_widths(listing.columns, shown)
    table = _empty(paper, len(shown) + 1, _points(paper, columns, size))
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        shade(cell._tc.get_or_add_tcPr(), DARK)
        _write(cell, column.header, size, number=column.number, bold=True, colour="FFFFFF")
    for at, (row, words) in enumerate(zip(table.rows[1:], shown, strict=True)):
        heavy = at in part.totals or at in part.groups
        for cell, column, said in zip(row.cells, columns, words, strict=True):
            _write(cell, said, size, number=column.number, bold=at in part.totals)
            cell_border(cell, {"top": 8 if heavy else 4}, DARK if heavy else "C5CED8")
    return table


def draw_facts(paper: Any, part: Facts) -> Any:
    """Labels with their values under a header row that names them."""
    inner = _inner(paper)
    table = _empty(paper, len(part.rows) + 1, [LABELS * inner, (1 - LABELS) * inner])
    head = table.cell(0, 0).merge(table.cell(0, 1))
    shade(head._tc.get_or_add_tcPr(), PALE)
    _write(head, part.caption, CELL_PT, bold=True, colour=DARK)
    for row, fact in zip(table.rows[1:], part.rows, strict=True):
        label, value = row.cells
        _write(label, fact.label, CELL_PT, colour=GREY)
        _write(value, fact.value, CELL_PT, bold=fact.strong)
        if fact.note:
            _write(value, fact.note, 8.0, colour=GREY, more=True)
        for cell in (label, value):
            cell_border(cell, {"bottom": 4})
    set_title_row(table)
    paper.add_paragraph()
    return table


def _inner(paper: Any) -> float:
    """Width of the text in points."""
    return inner_width(paper.sections[0]) / EMU_PER_POINT


def _points(paper: Any, columns: Sequence[ColumnWidth], size: float) -> list[float]:
    """Widths in points: what is short takes what it needs, the rest is shared."""
    needed = [0.0 if c.share else (c.chars + 1) * CHARACTER * size + PADDING_PT for c in columns]
    shares = sum(c.share for c in columns)
    left = max(_inner(paper) - sum(needed), 60.0 * sum(1 for c in columns if c.share))
    scale = _inner(paper) / (sum(needed) + (left if shares else 0.0) or 1.0)
    return [scale * (n or left * c.share / shares) for n, c in zip(needed, columns, strict=True)]


def _empty(paper: Any, rows: int, widths: Sequence[float]) -> Any:
    from docx.shared import Pt

    table = paper.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Pt(width)
    return table


def _write(
    cell: Any,
    words: str,
    size: float,
    *,
    number: bool = False,
    bold: bool = False,
    colour: str = "",
    more: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(1)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(plain_text(words))
    run.font.size, run.bold = Pt(size), bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
