"""A document as PDF: tagged and accessible (PDF/UA-1), fonts embedded, set by typst without any system program."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from mcda.errors import InputError, Issue
from mcda.locale import text
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
from mcda.report.exhibits.cell_text import cell_text
from mcda.report.exports.letters import bound, showable
from mcda.report.exports.table_widths import column_widths

_UNWIELDY = re.compile(r"[^\s/-]{30}")
"""A word that may be wider than its line."""

SMALL_FROM = 8
"""A table with so many columns is set in smaller type."""


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
    source = files(__package__).joinpath("drawing.typ").read_bytes()
    return bytes(_typeset(source, {"svg": showable(svg)}, format="png", ppi=float(dots_per_inch)))


def _compile(document: Document, **options: Any) -> Any:
    source = files(__package__).joinpath("document.typ").read_bytes()
    return _typeset(source, {"document": json.dumps(_showable(as_data(document)), ensure_ascii=False)}, **options)


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


def _showable(data: Any) -> Any:
    """The same data as it can be printed: see `letters`."""
    if isinstance(data, str):
        return showable(bound(data))
    if isinstance(data, list | tuple):
        return [_showable(one) for one in data]
    return {name: _showable(one) for name, one in data.items()} if isinstance(data, dict) else data


def page_words(document: Document) -> tuple[str, str, str]:
    """What stands before the page number, between it and the number of pages, and behind."""
    before, rest = text("document.page", document.language, page="\0", pages="\1").split("\0")
    between, after = rest.split("\1")
    return before, between, after


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
        "page": page_words(document),
        "paper": document.paper,
        "landscape": document.landscape,
        "dense": document.dense,
        "size": document.type_pt,
        "parts": (parts := _parts(document.parts, document.language)),
        "unwieldy": any(map(_UNWIELDY.search, (document.title, document.subtitle, *_strings(parts)))),
    }


def _strings(data: Any) -> Iterator[str]:
    """Every text in the data, drawings aside."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for name, one in data.items():
            if name != "svg":
                yield from _strings(one)
    elif isinstance(data, list | tuple):
        for one in data:
            yield from _strings(one)


def _parts(parts: Sequence[Part], language: str) -> list[dict[str, Any]]:
    return [_part(part, language) for part in parts]


def _part(part: Part, language: str) -> dict[str, Any]:
    match part:
        case Table():
            return _table(part, language)
        case Beside():
            left, right = _parts(part.left, language), _parts(part.right, language)
            return {"type": "beside", "left": left, "right": right, "share": part.share}
        case Heading() | Paragraph() | Bullets() | Facts() | Figure() | Bars() | PageBreak() | Blank():
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
        "columns": [asdict(width) for width in column_widths(listing.columns, shown)],
        "rows": shown,
        "size": part.size or (7.5 if len(listing.columns) >= SMALL_FROM else 9),
        "totals": sorted(part.totals),
        "groups": sorted(part.groups),
        "note": part.note,
    }
