"""Tables of a Word document: widths set cell by cell, because LibreOffice and Word believe different places."""

from collections.abc import Sequence
from typing import Any

from mcda.report.document import Facts, Table
from mcda.report.exhibits.cell_text import cell_text
from mcda.report.exports.docx_marks import DARK, GREY, PALE, cell_border, inner_width, plain_text, set_title_row, shade
from mcda.report.exports.table_widths import ColumnWidth, column_widths

LABELS = 0.34
"""The part of a table of facts that the labels take."""

CHARACTER, BOLD, DIGIT = 0.52, 0.6, 0.53
"""Width of a letter, of a bold one in a header and of a digit among dots, in ems; the padding of a cell aside."""

PADDING_PT = 10.5
CELL_PT = 9.0
EMU_PER_POINT = 12700
LEAST_PT = 60.0
TOGETHER = 16
"""A table of no more rows is not torn over two pages."""

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
    _keep_together(table)
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
    _keep_together(table)
    after_table(paper)
    return table


def after_table(paper: Any) -> None:
    """The line Word wants between tables, as low as a gap."""
    from docx.shared import Pt

    form = paper.add_paragraph().paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(6)


def _keep_together(table: Any) -> None:
    """A short table stays on one page; of a long one the header stays with the first rows, the sum with the last."""
    rows = table.rows
    for at, row in enumerate(rows[:-1]):
        if len(rows) <= TOGETHER or at < 2 or at >= len(rows) - 3:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True


def _inner(paper: Any) -> float:
    """Width of the text in points."""
    return inner_width(paper.sections[0]) / EMU_PER_POINT


def _points(paper: Any, columns: Sequence[ColumnWidth], size: float) -> list[float]:
    """Widths in points: what is short takes what it needs, the rest is shared, to none less than its longest word as
    far as there is room for that."""
    needed = [_ems(column) * size + PADDING_PT for column in columns]
    fixed = sum(need for need, c in zip(needed, columns, strict=True) if not c.share)
    shared = [(need, c.share) for need, c in zip(needed, columns, strict=True) if c.share]
    if not shared:
        return [_inner(paper) * need / fixed for need in needed]
    rest = max(_inner(paper) - fixed, LEAST_PT * len(shared))
    widths = iter(_shared(rest, shared))
    scale = _inner(paper) / (fixed + rest)
    return [scale * (next(widths) if c.share else need) for need, c in zip(needed, columns, strict=True)]


def _ems(column: ColumnWidth) -> float:
    """What the column needs for its header's longest word and for its cells."""
    words = column.chars if column.share else column.chars + 1
    cells = column.chars * DIGIT if column.number else words * CHARACTER
    return max((column.head + 0.6) * BOLD, cells)


def _shared(rest: float, columns: Sequence[tuple[float, int]]) -> list[float]:
    """The room split by shares, first giving each column what its longest word needs."""
    least, shares = sum(need for need, _ in columns), sum(share for _, share in columns)
    if least >= rest:
        return [rest * need / least for need, _ in columns]
    more = [max(rest * share / shares - need, 0.0) for need, share in columns]
    return [need + (rest - least) * one / sum(more) for (need, _), one in zip(columns, more, strict=True)]


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
