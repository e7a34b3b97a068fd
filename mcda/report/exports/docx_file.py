"""A document as .docx: real headings, lists and tables a planner goes on writing in, by python-docx."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import zip_longest
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
from mcda.report.exports.docx_tables import after_table, draw_facts, draw_table
from mcda.report.exports.packed import dated
from mcda.report.exports.pdf_file import page_words, png_of
from mcda.report.figures.value_bars import ValueBar, value_bars

if TYPE_CHECKING:
    from docx.document import Document as Paper

PAPERS = {"a4": (210, 297), "a3": (297, 420)}
"""Width and height in mm, upright."""

MARGINS = {"left_margin": 22, "right_margin": 20, "top_margin": 20, "bottom_margin": 20}
SPACES = {
    "Normal": (0, 5),
    "Title": (0, 4),
    "Subtitle": (0, 8),
    "List Bullet": (0, 2),
    "Heading 1": (12, 3),
    "Heading 2": (9, 2),
    "Heading 3": (7, 2),
}
"""Space above and below in points."""

TIGHT = {"left_margin": 17, "right_margin": 15, "top_margin": 14, "bottom_margin": 14}
TIGHT_PT = 9.5
"""A document in smaller type is meant to fill few pages: its margins are narrow, as on pages across."""

NARROWER_PT = 0.6

SMALL_PT, SMALLER_PT = 8.5, 7.4
"""Size of remarks, the second one in a document of smaller type."""

FONT = "Arial"
"""On every office machine; the PDF brings its own fonts, a Word file does not."""


def docx_file(document: Document) -> bytes:
    """The document as .docx. The same document gives the same bytes: it is dated with its as-of date.

    Two columns (`Beside`) follow each other here, which is easier to go on writing in and to listen to; only lines to
    fill in stand side by side.
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
    for side, space in (TIGHT if document.landscape or document.type_pt < TIGHT_PT else MARGINS).items():
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

    tight = type_pt < TIGHT_PT
    sizes = {
        "Normal": type_pt - (NARROWER_PT if tight else 0.0),
        "Title": 19,
        "Subtitle": 11.5,
        "Heading 1": 14,
        "Heading 2": 11.5,
        "Heading 3": 10,
    }
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
        style.paragraph_format.line_spacing = 1.0 if tight else 1.05
    for name, (before, after) in SPACES.items():
        form = paper.styles[name].paragraph_format
        form.space_before, form.space_after = Pt(0.6 * before if tight else before), Pt(0.6 * after if tight else after)
    spaced = paper.styles["Subtitle"].element.rPr.find(qn("w:spacing"))
    if spaced is not None:
        paper.styles["Subtitle"].element.rPr.remove(spaced)
    border(paper.styles["Title"].element.get_or_add_pPr(), {})


def _edges(section: Any, document: Document) -> None:
    """Notice above, footer with the page number below."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.paragraph_format.space_after = Pt(8)
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
        _remark(paper, document.subject, document)
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


def _small(document: Document) -> float:
    return SMALLER_PT if document.type_pt < TIGHT_PT else SMALL_PT


def _remark(paper: "Paper", words: str, document: Document) -> Any:
    """A paragraph in small print, as `_run` adds to it."""
    paragraph = paper.add_paragraph()
    _run(paragraph, words, size=_small(document), grey=True)
    return paragraph


def _paragraph(paper: "Paper", part: Paragraph, document: Document) -> None:
    paragraph = paper.add_paragraph()
    if part.look == "lead":
        _run(paragraph, part.words, size=11.5, bold=True)
    elif part.look == "small":
        _run(paragraph, part.words, size=_small(document), grey=True)
        paragraph.paragraph_format.keep_together = True
    else:
        _run(paragraph, part.words)
    if part.look == "notice":
        border(paragraph._p.get_or_add_pPr(), dict.fromkeys(("top", "left", "bottom", "right"), 6))
        shade(paragraph._p.get_or_add_pPr(), PALE)
    if part.look == "resolution":
        border(paragraph._p.get_or_add_pPr(), {"left": 18})


def _bullets(paper: "Paper", part: Bullets, _: Document) -> None:
    for number, item in enumerate(part.items, start=1):
        if part.numbered or part.boxes:  # written out: Word would go on counting from the list before
            _marked(paper, f"{number}." if part.numbered else "☐", item)
        else:
            paper.add_paragraph(plain_text(item), style="List Bullet")


def _marked(paper: "Paper", mark: str, item: str) -> None:
    from docx.shared import Mm, Pt

    paragraph = paper.add_paragraph(f"{mark}\t{plain_text(item)}")
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(8))


def _facts(paper: "Paper", part: Facts, _: Document) -> None:
    draw_facts(paper, part)


def _table(paper: "Paper", part: Table, document: Document) -> None:
    if part.listing.title:
        _remark(paper, part.listing.title, document).paragraph_format.keep_with_next = True
    set_title_row(draw_table(paper, part, document.language))
    if part.note:
        _remark(paper, part.note, document)
    else:
        after_table(paper)


def _figure(paper: "Paper", part: Figure, document: Document) -> None:
    section = paper.sections[0]
    inner = inner_width(section)
    paper.add_picture(io.BytesIO(png_of(part.svg)), width=int(inner * part.width))
    drawn = paper.paragraphs[-1]
    describe(drawn, part.alt)
    if part.caption:
        drawn.paragraph_format.keep_with_next = True
        _remark(paper, part.caption, document)


def _bars(paper: "Paper", part: Bars, document: Document) -> None:
    drawn = value_bars([ValueBar(name, share, shown, group) for group, name, share, shown in part.rows])
    _figure(paper, Figure(drawn, part.alt, part.caption, 0.6), document)


def _beside(paper: "Paper", part: Beside, document: Document) -> None:
    """One column after the other, a drawing as wide as its column on paper and on one page with its remark; lines to
    fill in stand side by side."""
    blanks = [one.words for one in (*part.left, *part.right) if isinstance(one, Blank)]
    if len(blanks) == len(part.left) + len(part.right):
        _lines(paper, blanks, document)
        return
    for parts, share in ((part.left, part.share), (part.right, 1 - part.share)):
        for one, following in zip_longest(parts, parts[1:]):
            wide = replace(one, width=one.width * share) if isinstance(one, Figure) else one
            _draw(paper, (wide,), document)
            if isinstance(one, Figure) and isinstance(following, Paragraph):
                paper.paragraphs[-1].paragraph_format.keep_with_next = True


def _blank(paper: "Paper", part: Blank, document: Document) -> None:
    _lines(paper, [part.words], document)


def _lines(paper: "Paper", blanks: Sequence[str], document: Document) -> None:
    """Lines to fill in, side by side, what belongs there below them and on their page."""
    from docx.shared import Pt

    letters = 45 if len(blanks) == 1 else 70 // len(blanks)
    line = paper.add_paragraph("\t".join(["_" * letters] * len(blanks)))
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(16), Pt(0)
    line.paragraph_format.keep_with_next = True
    below = _remark(paper, "\t".join(blanks), document)
    inner = inner_width(paper.sections[0])
    for paragraph in (line, below):
        for at in range(1, len(blanks)):
            paragraph.paragraph_format.tab_stops.add_tab_stop(inner * at // len(blanks))


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
