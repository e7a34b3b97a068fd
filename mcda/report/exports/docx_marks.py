"""What python-docx has no words for: language, page fields, borders, shading, alternative texts, header rows."""

from collections.abc import Mapping
from typing import Any

from mcda.report.exports.letters import bound, writable

DARK, GREY, PALE, RULE = "1F3A5F", "4A5560", "E7EDF3", "C5CED8"
_LOCALES = {"de": "de-DE", "en": "en-GB"}


def plain_text(words: str) -> str:
    """The words without the control characters XML cannot hold, numbers held to their unit."""
    return writable(bound(words))


def set_language(paper: Any, language: str) -> None:
    """The language a spelling checker and a screen reader take for the whole document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paper.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    for old in run.findall(qn("w:lang")):
        run.remove(old)
    mark = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        mark.set(qn(name), _LOCALES.get(language, language))
    run.append(mark)


def hyphenate(paper: Any) -> None:
    """Let the program break long words, as narrow columns of German need."""
    from docx.oxml import OxmlElement

    settings = paper.settings.element
    first = settings[0] if len(settings) else None
    marks = [OxmlElement("w:autoHyphenation")]
    if first is None:
        settings.extend(marks)
    else:  # the schema wants it behind the view and zoom marks and before the tab stops
        place = next((i for i, e in enumerate(settings) if e.tag.endswith("}defaultTabStop")), 1)
        settings.insert(place + 1, marks[0])


def add_field(paragraph: Any, name: str, size: float) -> None:
    """A field Word fills in, such as PAGE."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for kind, words in (("begin", ""), ("", name), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(words if kind == "shown" else "")
        run.font.size, run.font.color.rgb = Pt(size), RGBColor.from_string(GREY)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif words and kind == "":
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {words} "
            run._r.append(mark)


def border(properties: Any, sides: Mapping[str, int], colour: str = DARK) -> None:
    """Borders of a paragraph by side, in eighths of a point; an empty mapping takes an inherited one away."""
    _in_order(properties, "w:pBdr", sides, colour)


def cell_border(cell: Any, sides: Mapping[str, int], colour: str = RULE) -> None:
    """Borders of a table's cell by side, in eighths of a point."""
    _in_order(cell._tc.get_or_add_tcPr(), "w:tcBorders", sides, colour)


def shade(properties: Any, colour: str) -> None:
    """The background of a paragraph or a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        mark.set(qn(name), value)
    properties.append(mark)


def describe(paragraph: Any, alt: str) -> None:
    """The alternative text of the paragraph's picture."""
    for picture in paragraph._p.xpath(".//wp:docPr"):
        picture.set("descr", plain_text(alt))


def inner_width(section: Any) -> int:
    """Width of a page between its margins, in EMU as Word measures (12,700 to a point)."""
    return int(section.page_width - section.left_margin - section.right_margin)


def start_page(paragraph: Any) -> None:
    """The paragraph (an element of the body) begins a new page."""
    paragraph.get_or_add_pPr().get_or_add_pageBreakBefore()


def set_title_row(table: Any) -> None:
    """The first row is the header: repeated on every page, and read as one. No row is torn over two pages."""
    from docx.oxml import OxmlElement

    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _in_order(properties: Any, name: str, sides: Mapping[str, int], colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for old in properties.findall(qn(name)):
        properties.remove(old)
    marks = OxmlElement(name)
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            mark = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", str(sides[side])), ("space", "4"), ("color", colour)):
                mark.set(qn(f"w:{key}"), value)
            marks.append(mark)
    if sides:
        properties.append(marks)
