"""What others find in a PDF, read with pypdf: the words of its pages; structure, headings, header cells, figures."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

BLOCKS = ("/P", "/L", "/Table", "/Figure", "/Caption")
"""What can stand under a heading."""


@dataclass(frozen=True)
class Element:
    """One element of the structure tree: its kind (/H1, /Table, ...), its alternative text, of a header cell what it
    heads (/Column, ...), what is below it."""

    kind: str
    alt: str
    scope: str
    below: "tuple[Element, ...]"

    def walk(self) -> "Iterator[Element]":
        yield self
        for one in self.below:
            yield from one.walk()

    @property
    def level(self) -> int:
        """That of a heading, 0 for anything else."""
        return int(self.kind[2:]) if self.kind.startswith("/H") and self.kind[2:].isdigit() else 0

    def blocks(self) -> "Iterator[Element]":
        """Headings and what can stand under them, in reading order."""
        if self.level or self.kind in BLOCKS:
            yield self
        else:
            for one in self.below:
                yield from one.blocks()


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """The words of each page, a single blank between them."""
    return tuple(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def words_of(pdf: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages_of(pdf))


@lru_cache(maxsize=32)
def structure(pdf: bytes) -> Element:
    """The root of the structure tree; AssertionError where the file is not tagged."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    return _element(root["/StructTreeRoot"])


def _element(node: Any) -> Element:
    node = _found(node)
    found = [_found(k) for k in _several(node.get("/K", []))]
    below = tuple(_element(k) for k in found if isinstance(k, DictionaryObject) and "/S" in k)
    said = [_found(one) for one in _several(node.get("/A", []))]
    scopes = [str(one["/Scope"]) for one in said if isinstance(one, DictionaryObject) and "/Scope" in one]
    return Element(str(node.get("/S", "")), str(node.get("/Alt", "")), "".join(scopes), below)


def _found(node: Any) -> Any:
    return node.get_object() if isinstance(node, IndirectObject) else node


def _several(node: Any) -> Any:
    node = _found(node)
    return node if isinstance(node, ArrayObject | list) else [node]


def headings(pdf: bytes) -> list[int]:
    """The levels of the headings in reading order."""
    return _levels(structure(pdf))


def _levels(root: Element) -> list[int]:
    return [one.level for one in root.walk() if one.level]


def tables(pdf: bytes) -> list[int]:
    """How many header cells each table has."""
    return [len(heads) for heads in _header_cells(structure(pdf))]


def _header_cells(root: Element) -> list[list[Element]]:
    return [[one for one in table.walk() if one.kind == "/TH"] for table in root.walk() if table.kind == "/Table"]


def alternative_texts(pdf: bytes) -> list[str]:
    """The words of every figure that is an image."""
    return [one.alt for one in structure(pdf).walk() if one.kind == "/Figure"]


def empty_headings(levels: list[int]) -> list[int]:
    """Of blocks in reading order, headings by their level and all else 0: the places of headings nothing stands under.

    A heading of a lower level below another is something.
    """
    following = [*levels[1:], 1]
    return [at for at, (level, below) in enumerate(zip(levels, following, strict=True)) if 0 < below <= level]


def check_accessible(pdf: bytes, language: str, title: str) -> None:
    """AssertionError where the file lacks tags, language, title, a heading order, words below a heading, header cells,
    alternative texts, an order to go through it by keyboard, or a font."""
    reader, tags = PdfReader(io.BytesIO(pdf)), structure(pdf)
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    levels = _levels(tags)
    assert all(later <= before + 1 for before, later in zip([0, *levels], levels, strict=False)), levels
    assert not empty_headings([one.level for one in tags.blocks()])
    heads = _header_cells(tags)
    assert all(heads)
    assert all(one.scope in ("/Column", "/Row", "/Both") for cells in heads for one in cells)
    assert all(one.alt for one in tags.walk() if one.kind == "/Figure")
    assert all(page["/Tabs"] == "/S" for page in reader.pages)
    _check_fonts([font for page in reader.pages for font in _fonts(page["/Resources"])])


def _check_fonts(fonts: list[Any]) -> None:
    assert fonts
    assert all(_is_embedded(font) for font in fonts)
    assert all("/ToUnicode" in font for font in fonts)


def _fonts(resources: Any) -> Iterator[Any]:
    """Those of a page and of every drawing on it."""
    resources = resources.get_object()
    yield from (one.get_object() for one in (resources.get("/Font") or {}).values())
    for drawing in (resources.get("/XObject") or {}).values():
        if "/Resources" in drawing.get_object():
            yield from _fonts(drawing.get_object()["/Resources"])


def _is_embedded(font: Any) -> bool:
    if font["/Subtype"] == "/Type3":  # drawn by the file itself
        return True
    below = [one.get_object() for one in font.get("/DescendantFonts", [font])]
    described = [one["/FontDescriptor"].get_object() for one in below]
    return all(any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")) for one in described)
