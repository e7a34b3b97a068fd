"""A document as .docx: real headings, lists and tables a planner goes on writing in, by python-docx."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError, Issue
from mcda.report.document import (
    Bars,
    Beside,
    Blank,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Table,
)
from mcda.report.exports.docx_marks import (
    DARK,
    GREY,
    PALE,
    add_field,
    border,
    describe,
    hyphenate,
    inner_width,
    plain_text,
    set_language,
    set_title_row,
    shade,
    start_page,
)
from mcda.report.exports.docx_tables import draw_facts, draw_table
from mcda.report.exports.packed import dated
from mcda.report.exports.pdf_file import page_words, png_of
from mcda.report.figures.value_bars import ValueBar, value_bars

if TYPE_CHECKING:
    from docx.document import Document as Paper

PAPERS = {"a4": (210, 297), "a3": (297, 420)}
"""Width and height in mm, upright."""

MARGINS = {"left_margin": 22, "right_margin": 20, "top_margin": 20, "bottom_margin": 20}
FONT = "Arial"
"""On every office machine; the PDF brings its own fonts, a Word file does not."""


def docx_file(document: Document) -> bytes:
    """The document as .docx. The same document gives the same bytes: it is dated with its as-of date.

    Two columns (`Beside`) follow each other here, which is easier to go on writing in and to listen to.
    Raises InputError where the packages of the extra `report` are not installed.
    """
    paper = blank_paper(document)
    _above(paper, document)
    _draw(paper, document.parts, document)
    buffer = io.BytesIO()
    paper.save(buffer)
    return dated(buffer.getvalue(), document.day)


def blank_paper(document: Document) -> "Paper":
    """A Word file without words: page, fonts, language, properties, header and footer as the document has them.

    Raises InputError where the packages of the extra `report` are not installed.
    """
    try:
        import docx
    except ImportError:
        raise InputError([Issue("report_missing", params={"packages": ("python-docx",)})]) from None
    paper = docx.Document()
    _prepare(paper, document)
    return paper


def _prepare(paper: "Paper", document: Document) -> None:
    """Page, fonts, language and properties, before anything is written."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = paper.sections[0]
    width, height = PAPERS[document.paper]
    if document.landscape:
        section.orientation, width, height = WD_ORIENT.LANDSCAPE, height, width
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, space in MARGINS.items():
        setattr(section, side, Mm(space))
    _set_styles(paper, document.type_pt)
    set_language(paper, document.language)
    hyphenate(paper)
    made = datetime.combine(document.day, time())
    properties = paper.core_properties
    properties.title, properties.subject = plain_text(document.title)[:255], plain_text(document.subject)[:255]
    properties.author, properties.last_modified_by, properties.comments = "Rangfolge", "", document.footer[:255]
    properties.created = properties.modified = made
    properties.language = document.language
    _edges(section, document)


def _set_styles(paper: "Paper", type_pt: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": type_pt, "Title": 19, "Subtitle": 11.5, "Heading 1": 14, "Heading 2": 11.5, "Heading 3": 10}
    for name, size in sizes.items():
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for themed in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(themed), None)
        style.font.italic = False
        if name != "Normal":
            style.font.bold = name != "Subtitle"
            style.font.color.rgb = RGBColor.from_string(GREY if name == "Subtitle" else DARK)
    paper.styles["Normal"].paragraph_format.space_after = Pt(5)
    border(paper.styles["Title"].element.get_or_add_pPr(), {})


def _edges(section: Any, document: Document) -> None:
    """Notice above, footer with the page number below."""
    from docx.enum.text import WD_TAB_ALIGNMENT

    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    _run(above, document.notice, size=8, italic=True, grey=True)
    inner = inner_width(section)
    below.style.paragraph_format.tab_stops.clear_all()
    below.paragraph_format.tab_stops.add_tab_stop(inner, WD_TAB_ALIGNMENT.RIGHT)
    before, between, after = page_words(document)
    _run(below, f"{document.footer}\t{before}", size=8, grey=True)
    add_field(below, "PAGE", 8)
    _run(below, between, size=8, grey=True)
    add_field(below, "NUMPAGES", 8)
    _run(below, after, size=8, grey=True)


def _above(paper: "Paper", document: Document) -> None:
    if document.subject:
        _run(paper.add_paragraph(), document.subject, size=8.5, grey=True)
    paper.add_paragraph(plain_text(document.title), style="Title")
    if document.subtitle:
        paper.add_paragraph(plain_text(document.subtitle), style="Subtitle")


def _draw(paper: "Paper", parts: Iterable[Part], document: Document) -> None:
    """The parts in order. A page break is a property of what follows: a break of its own could open an empty page."""
    broken = False
    for part in parts:
        if isinstance(part, PageBreak):
            broken = True
            continue
        before = len(paper.element.body)
        if broken and isinstance(part, Facts | Table):
            paper.add_paragraph().paragraph_format.space_after = 0
        _DRAWN[type(part)](paper, part, document)
        if broken:
            start_page(paper.element.body[before - 1])
        broken = False


def _heading(paper: "Paper", part: Heading, _: Document) -> None:
    paper.add_heading(plain_text(part.words), level=part.level)


def _paragraph(paper: "Paper", part: Paragraph, _: Document) -> None:
    paragraph = paper.add_paragraph()
    if part.look == "lead":
        _run(paragraph, part.words, size=11.5, bold=True)
    elif part.look == "small":
        _run(paragraph, part.words, size=8.5, grey=True)
    else:
        _run(paragraph, part.words)
    if part.look == "notice":
        border(paragraph._p.get_or_add_pPr(), dict.fromkeys(("top", "left", "bottom", "right"), 6))
        shade(paragraph._p.get_or_add_pPr(), PALE)
    if part.look == "resolution":
        border(paragraph._p.get_or_add_pPr(), {"left": 18})


def _bullets(paper: "Paper", part: Bullets, _: Document) -> None:
    for number, item in enumerate(part.items, start=1):
        if part.numbered:  # written out: Word would go on counting from the list before
            _numbered(paper, f"{number}.\t{plain_text(item)}")
        else:
            paper.add_paragraph(plain_text(item), style="List Bullet")


def _numbered(paper: "Paper", words: str) -> None:
    from docx.shared import Mm

    paragraph = paper.add_paragraph(words)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))


def _facts(paper: "Paper", part: Facts, _: Document) -> None:
    draw_facts(paper, part)


def _table(paper: "Paper", part: Table, document: Document) -> None:
    if part.listing.title:
        caption = paper.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        _run(caption, part.listing.title, size=8.5, grey=True)
    set_title_row(draw_table(paper, part, document.language))
    _run(paper.add_paragraph(), part.note, size=8.5, grey=True)


def _figure(paper: "Paper", part: Figure, _: Document) -> None:
    section = paper.sections[0]
    inner = inner_width(section)
    paper.add_picture(io.BytesIO(png_of(part.svg)), width=int(inner * part.width))
    describe(paper.paragraphs[-1], part.alt)
    if part.caption:
        _run(paper.add_paragraph(), part.caption, size=8.5, grey=True)


def _bars(paper: "Paper", part: Bars, document: Document) -> None:
    drawn = value_bars([ValueBar(name, share, shown, group) for group, name, share, shown in part.rows])
    _figure(paper, Figure(drawn, part.alt, part.caption, 0.6), document)


def _beside(paper: "Paper", part: Beside, document: Document) -> None:
    """One column after the other; a drawing keeps the width its column gives it on paper."""
    for parts, share in ((part.left, part.share), (part.right, 1 - part.share)):
        scaled = (replace(p, width=p.width * share) if isinstance(p, Figure) else p for p in parts)
        _draw(paper, tuple(scaled), document)


def _blank(paper: "Paper", part: Blank, _: Document) -> None:
    from docx.shared import Pt

    line = paper.add_paragraph("_" * 45)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(24), Pt(0)
    _run(paper.add_paragraph(), part.words, size=8.5, grey=True)


def _run(
    paragraph: Any, words: str, *, size: float = 0, bold: bool = False, italic: bool = False, grey: bool = False
) -> None:
    from docx.shared import Pt, RGBColor

    if not words:
        return
    run = paragraph.add_run(plain_text(words))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if grey:
        run.font.color.rgb = RGBColor.from_string(GREY)


_DRAWN: Mapping[type, Callable[["Paper", Any, Document], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    Figure: _figure,
    Bars: _bars,
    Beside: _beside,
    Blank: _blank,
}
