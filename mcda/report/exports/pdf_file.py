"""A document as PDF: tagged and accessible (PDF/UA-1), fonts embedded, set by typst without any system program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from mcda.errors import InputError, Issue
from mcda.locale import text
from mcda.report.document import (
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
from mcda.report.exhibits.cell_text import NUMBERS, cell_text

SMALL_FROM = 8
"""A table with so many columns is set in smaller type."""

SHORT = 13
"""A column of words declared no wider is as wide as its longest cell, up to so many characters."""


def pdf_file(document: Document) -> bytes:
    """The document as PDF. The same document gives the same bytes: it is dated with its as-of date.

    Raises InputError where the packages of the extra `report` are not installed.
    """
    return bytes(_compile(document, format="pdf", pdf_standards=["ua-1"]))


def page_images(document: Document, dots_per_inch: int = 80, most: int = 0) -> tuple[bytes, ...]:
    """The document's pages as PNG, as they look on paper; with `most` only the first so many."""
    made = _compile(document, format="png", ppi=float(dots_per_inch))
    pages = [made] if isinstance(made, bytes) else list(made)
    return tuple(pages[:most] if most else pages)


def png_of(svg: str, dots_per_inch: int = 200) -> bytes:
    """An SVG drawing as PNG, for formats that do not take the drawing itself."""
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", alt: "")'
    return bytes(_typeset(source, {"svg": svg}, format="png", ppi=float(dots_per_inch)))


def _compile(document: Document, **options: Any) -> Any:
    source = files(__package__).joinpath("document.typ").read_bytes()
    return _typeset(source, {"document": json.dumps(as_data(document), ensure_ascii=False)}, **options)


def _typeset(source: bytes, inputs: Mapping[str, str], **options: Any) -> Any:
    try:
        import typst  # the extra `report`; 81 MB that ranking does not need
    except ImportError:
        raise InputError([Issue("report_missing", params={"packages": ("typst",)})]) from None
    return typst.compile(source, font_paths=_fonts(), sys_inputs=dict(inputs), **options)


@cache
def _fonts() -> Any:
    """The shipped fonts and no others, so that a document looks the same on every machine."""
    import typst

    with as_file(files("mcda.report").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def as_data(document: Document) -> dict[str, Any]:
    """The document as plain values for the template."""
    return {
        "title": document.title,
        "subject": document.subject,
        "subtitle": document.subtitle,
        "language": document.language,
        "day": [document.day.year, document.day.month, document.day.day],
        "footer": document.footer,
        "notice": document.notice,
        "page": text("document.page", document.language, page="{page}", pages="{pages}"),
        "paper": document.paper,
        "landscape": document.landscape,
        "parts": _parts(document.parts, document.language),
    }


def _parts(parts: Sequence[Part], language: str) -> list[dict[str, Any]]:
    return [_part(part, language) for part in parts]


def _part(part: Part, language: str) -> dict[str, Any]:
    match part:
        case Table():
            return _table(part, language)
        case Beside():
            left, right = _parts(part.left, language), _parts(part.right, language)
            return {"type": "beside", "left": left, "right": right, "share": part.share}
        case Heading() | Paragraph() | Bullets() | Facts() | Figure() | PageBreak() | Blank():
            return {"type": type(part).__name__.lower(), **asdict(part)}


def _table(part: Table, language: str) -> dict[str, Any]:
    listing = part.listing
    shown = [
        [cell_text(value, column, language) for value, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    return {
        "type": "table",
        "caption": listing.title,
        "columns": [_column(at, part, shown) for at in range(len(listing.columns))],
        "rows": shown,
        "size": 7.5 if len(listing.columns) >= SMALL_FROM else 9,
        "totals": sorted(part.totals),
        "groups": sorted(part.groups),
        "note": part.note,
    }


def _column(at: int, part: Table, shown: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Numbers and short words take what they need (`chars`), others share what is left by their declared widths."""
    column = part.listing.columns[at]
    number = column.kind in NUMBERS
    narrow = column.kind != "text" or column.width <= SHORT
    words = max((len(word) for word in column.header.replace("-", " ").split()), default=1)
    longest = max((len(row[at]) for row in shown), default=1)
    return {
        "header": column.header,
        "number": number,
        "share": 0 if narrow else column.width,
        "chars": max(min(words, SHORT), longest if number else min(longest, SHORT), 3),
    }
