"""What makes Word call a file unreadable, and what a screen reader needs of it, looked for in its XML."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from package_parts import Parts, R, checked_parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
ORDERS = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
        "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
        "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
        "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    ),
    "rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
        "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
        "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
        "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    ),
    "tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
        "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
        "tblDescription",
    ),
    "tcPr": (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
        "tcFitText", "vAlign", "hideMark",
    ),
    "tcBorders": ("top", "start", "left", "bottom", "end", "right", "insideH", "insideV", "tl2br", "tr2bl"),
    "pBdr": ("top", "left", "bottom", "right", "between", "bar"),
    "sectPr": (
        "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
        "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection",
        "bidi", "rtlGutter", "docGrid", "printerSettings",
    ),
}  # fmt: skip
"""The children of these elements by the schema, which Word holds to."""

REPEATED = ("headerReference", "footerReference")


def pictures(content: bytes) -> list[str]:
    """What is told of each picture to who cannot see it."""
    return [one.get("descr") or "" for one in checked_parts(content)["word/document.xml"].iter(DRAWN)]


def title(content: bytes) -> str:
    return checked_parts(content)["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title") or ""


def check_word(content: bytes, language: str) -> None:
    """AssertionError with what Word would not take as it is, or what a screen reader would not find."""
    parts = checked_parts(content)
    for name, part in parts.items():
        if name.startswith("word/"):
            _check_order(name, part)
            _check_tables(part)
    body = parts["word/document.xml"]
    _check_pictures(body, parts)
    _check_headings(body, parts)
    said = parts["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert said is not None
    assert said.get(f"{W}val", "").startswith(language)
    for table in body.iter(f"{W}tbl"):
        headed = table.find(f"{W}tr/{W}trPr/{W}tblHeader")  # one row sets things side by side and is no table
        assert headed is not None or len(table.findall(f"{W}tr")) < 2, _told(table)[:80]


def _told(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def _check_order(name: str, part: Element) -> None:
    for kind, order in ORDERS.items():
        for one in part.iter(f"{W}{kind}"):
            found = [order.index(child.tag.removeprefix(W)) for child in one if child.tag.startswith(W)]
            twice = [order[a] for a, b in pairwise(found) if a == b and order[a] not in REPEATED]
            assert found == sorted(found), (name, kind, [order[at] for at in found])
            assert not twice, (name, kind, twice)


def _check_tables(part: Element) -> None:
    """Cells end with a paragraph, and those of every row fill the grid."""
    for table in part.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iterfind(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            spans = [one.find(f"{W}tcPr/{W}gridSpan") for one in cells]
            assert sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans) == columns
            assert all(len(cell) and cell[-1].tag == f"{W}p" for cell in cells)


def _check_pictures(body: Element, parts: Parts) -> None:
    """Each has a number of its own, words, and a file."""
    drawn = list(body.iter(DRAWN))
    numbers = [one.get("id") for one in drawn]
    assert len(set(numbers)) == len(numbers)
    assert all((one.get("descr") or "").strip() for one in drawn)
    known = {one.get("Id") for one in parts["word/_rels/document.xml.rels"]}
    assert all(one.get(f"{R}embed") in known for one in body.iter(PICTURE))


def _check_headings(body: Element, parts: Parts) -> None:
    """In order, none skipped, none empty, none with nothing below it."""
    names = {
        one.get(f"{W}styleId"): (name.get(f"{W}val") or "").casefold()
        for one in parts["word/styles.xml"].iter(f"{W}style")
        if (name := one.find(f"{W}name")) is not None
    }
    blocks = [one for one in body[0] if one.tag == f"{W}tbl" or _told(one).strip() or list(one.iter(DRAWN))]
    levels = [_level(one, names) for one in blocks]
    found = [level for level in levels if level]
    assert all(later <= before + 1 for before, later in pairwise([0, *found])), found
    following = [*levels[1:], 1]
    empty = [_told(one) for one, level, below in zip(blocks, levels, following, strict=True) if 0 < below <= level]
    assert not empty, empty


def _level(block: Element, names: dict[str | None, str]) -> int:
    style = block.find(f"{W}pPr/{W}pStyle")
    name = names.get(style.get(f"{W}val"), "") if style is not None else ""
    return int(name.removeprefix("heading ")) if name.startswith("heading ") else 0
