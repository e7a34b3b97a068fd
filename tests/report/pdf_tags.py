"""What others find in a PDF, read with pypdf: the words of its pages; structure, headings, header cells, figures."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


@dataclass(frozen=True)
class Element:
    """One element of the structure tree: its kind (/H1, /Table, ...), its alternative text, what is below it."""

    kind: str
    alt: str
    below: "tuple[Element, ...]"

    def walk(self) -> "Iterator[Element]":
        yield self
        for one in self.below:
            yield from one.walk()


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """The words of each page, a single blank between them."""
    return tuple(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def words_of(pdf: bytes) -> str:
    """The words of all pages."""
    return " ".join(pages_of(pdf))


@cache
def structure(pdf: bytes) -> Element:
    """The root of the structure tree; AssertionError where the file is not tagged."""
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    return _element(root["/StructTreeRoot"])


def _element(node: Any) -> Element:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, ArrayObject | list) else [kids]
    found = [k.get_object() if isinstance(k, IndirectObject) else k for k in kids]
    below = tuple(_element(k) for k in found if isinstance(k, DictionaryObject) and "/S" in k)
    return Element(str(node.get("/S", "")), str(node.get("/Alt", "")), below)


def headings(pdf: bytes) -> list[int]:
    """The levels of the headings in reading order."""
    kinds = [one.kind for one in structure(pdf).walk()]
    return [int(kind[2:]) for kind in kinds if kind.startswith("/H") and kind[2:].isdigit()]


def tables(pdf: bytes) -> list[int]:
    """How many header cells each table has."""
    every = [one for one in structure(pdf).walk() if one.kind == "/Table"]
    return [sum(below.kind == "/TH" for below in table.walk()) for table in every]


def alternative_texts(pdf: bytes) -> list[str]:
    """The words of every figure that is an image."""
    every = [one for one in structure(pdf).walk() if one.kind == "/Figure"]
    return [one.alt for one in every]


def check_accessible(pdf: bytes, language: str, title: str) -> None:
    """AssertionError where the file lacks tags, language, title, a heading order, header cells, alternative texts."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title == title
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    levels = headings(pdf)
    assert all(later <= before + 1 for before, later in zip([0, *levels], levels, strict=False)), levels
    assert all(count > 0 for count in tables(pdf))
    assert all(alternative_texts(pdf))
    for page in reader.pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            assert _is_embedded(font.get_object())


def _is_embedded(font: Any) -> bool:
    below = [one.get_object() for one in font.get("/DescendantFonts", [font])]
    described = [one["/FontDescriptor"].get_object() for one in below]
    return all(any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")) for one in described)
