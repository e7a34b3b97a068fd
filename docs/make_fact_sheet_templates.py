"""Makes the Word templates of the fact sheet: `python docs/make_fact_sheet_templates.py`. Planners may use their own.

Fields stand in double braces; a row between {%tr for ... %} and {%tr endfor %} is repeated.
"""

import io
from datetime import date
from pathlib import Path
from typing import Any

from mcda.locale import text
from mcda.report.document import Document
from mcda.report.exports.docx_file import blank_paper
from mcda.report.exports.docx_marks import DARK, GREY, PALE, cell_border, shade
from mcda.report.exports.packed import dated

FOLDER = Path(__file__).parents[1] / "mcda" / "report" / "templates"
TYPE_PT = 9.0
GAP_PT = 4
MADE = date(2026, 1, 1)
PROGRAMME = "{{ row.verdict }}: {{ row.grant }}\n{{ row.reasons }}"
PLACE = (
    "rank",
    "rank_group",
    "tier",
    "score",
    "robustness",
    "robustness_reason",
    "decided_rank",
    "decided_reason",
    "standing",
)
MONEY = (
    "investment_net",
    "vat",
    "investment_gross",
    "running",
    "life_cycle",
    "grant",
    "own_contribution",
    "own_shares",
    "split",
)


def main() -> None:
    """Write one template per language."""
    FOLDER.mkdir(exist_ok=True)
    for language in ("de", "en"):
        (FOLDER / f"fact_sheet_{language}.docx").write_bytes(template(language))


def template(language: str) -> bytes:
    """The template of one language, the same bytes at every run."""
    title = text("document.title.factsheets", language)
    edges = {"footer": "{{ made_with }}", "notice": "{{ notice }}"}
    frame = Document("factsheets", title, language, MADE, (), type_pt=TYPE_PT, **edges)
    paper = blank_paper(frame)
    paper.styles["Normal"].paragraph_format.space_after = 0
    paper.add_paragraph("{{ id }} {{ title }}", style="Heading 1")
    _line(paper, "{{ theme }} · {{ category }}", 8, GREY)
    _rows(paper, text("sheet.about", language), "about", "{{ row.label }}", "{{ row.value }}")
    _beside(paper, language)
    _pairs(paper, text("ui.sheet.money", language), MONEY, language)
    _rows(paper, text("sheet.programmes_caption", language), "programmes", "{{ row.name }}", PROGRAMME)
    _rows(paper, text("sheet.next_steps", language), "steps", "{{ row.number }}", "{{ row.sentence }}", narrow=True)
    buffer = io.BytesIO()
    paper.save(buffer)
    return dated(buffer.getvalue(), MADE)


def _line(paper: Any, words: str, size: float, colour: str) -> None:
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    _run(paragraph, words, size, colour)
    if not words:  # as low as a gap: an empty line is as high as the type it would be written in
        paragraph.paragraph_format.line_spacing = Pt(GAP_PT)


def _run(paragraph: Any, words: str, size: float, colour: str, *, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb, run.bold = Pt(size), RGBColor.from_string(colour), bold or None


def _pairs(paper: Any, caption: str, names: tuple[str, ...], language: str) -> None:
    """A table of single fields, each under the name readers know it by; a field without words has no row."""
    table = _table(paper, caption, 3 * len(names))
    for at, name in enumerate(names):
        before, row, after = table.rows[1 + 3 * at : 4 + 3 * at]
        _cells(before, f"{{%tr if {name} %}}", "")
        _cells(row, text(f"sheet.field.{name}", language), f"{{{{ {name} }}}}")
        _cells(after, "{%tr endif %}", "")
    _line(paper, "", 4, GREY)


def _rows(paper: Any, caption: str, listed: str, label: str, value: str, *, narrow: bool = False) -> None:
    """A table with a row for every entry of a list; an empty list has no table."""
    _line(paper, f"{{%p if {listed} %}}", 4, GREY)
    table = _table(paper, caption, 3, narrow=narrow)
    _cells(table.rows[1], f"{{%tr for row in {listed} %}}", "")
    _cells(table.rows[2], label, value)
    _cells(table.rows[3], "{%tr endfor %}", "")
    _line(paper, "", 4, GREY)
    _line(paper, "{%p endif %}", 4, GREY)


def _beside(paper: Any, language: str) -> None:
    """Where the measure stands, line by line, with the drawing of its values to the right."""
    from docx.shared import Mm

    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (78, 98), strict=True):
        cell.width = Mm(width)
    left, right = table.rows[0].cells
    _run(left.paragraphs[0], text("ui.sheet.position", language), 9, DARK, bold=True)
    for name in PLACE:
        shown = f"{{{{ {name} }}}}"
        if name == "rank":
            shown = text("ui.sheet.of", language, rank=shown, count="{{ rank_of }}")
        _run(left.add_paragraph(), f"{{%p if {name} %}}", 4, GREY)
        said = left.add_paragraph()
        _run(said, text(f"sheet.field.{name}", language) + ": ", 8, GREY)
        _run(said, shown, 8, "000000", bold=name == "rank")
        _run(left.add_paragraph(), "{%p endif %}", 4, GREY)
    _run(right.paragraphs[0], "{{ chart }}", 8, DARK)
    _line(paper, "", 4, GREY)


def _table(paper: Any, caption: str, rows: int, *, narrow: bool = False) -> Any:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = paper.add_table(rows=rows + 1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (10, 166) if narrow else (46, 130), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    head = table.cell(0, 0).merge(table.cell(0, 1))
    shade(head._tc.get_or_add_tcPr(), PALE)
    _run(head.paragraphs[0], caption, 9, DARK, bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _cells(row: Any, label: str, value: str) -> None:
    """A row's two cells; a second line of the value is small."""
    for cell, words, colour in zip(row.cells, (label, value), (GREY, "000000"), strict=True):
        for at, part in enumerate(words.split("\n")):
            where = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            _run(where, part, 8 if at == 0 else 7, colour if at == 0 else GREY)
        cell_border(cell, {"bottom": 4})


if __name__ == "__main__":
    main()
