"""What files do to characters: those no shipped font can show get a box in a PDF, those XML has no room for a blank in
Office files; on paper numbers keep their unit beside them."""

import re
from bisect import bisect_right
from functools import cache
from importlib.resources import files

UNKNOWN = "□"
"""What stands in the place of such a character."""

SILENT = frozenset("\t\n\r\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
"""Characters without a picture of their own."""


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNIT = re.compile(r"(?<=\d) (?=[€%])")


def bound(words: str) -> str:
    """The words with every number held to the € or % behind it, so that no line ends between them."""
    return _UNIT.sub("\u00a0", words)


def writable(words: str) -> str:
    """The words with a blank for every control character and whatever else XML cannot hold."""
    return _UNWRITABLE.sub(" ", words)


def showable(words: str) -> str:
    """The words with a box for every character no font has a picture for; control characters become blanks."""
    if words.isascii() and words.isprintable():
        return words
    return "".join(char if char in SILENT else _shown(char) for char in words)


def _shown(char: str) -> str:
    if ord(char) < 32 or 127 <= ord(char) < 160:
        return " "
    return char if _is_covered(ord(char)) else UNKNOWN


def _is_covered(point: int) -> bool:
    starts, ends = _runs()
    at = bisect_right(starts, point) - 1
    return at >= 0 and point <= ends[at]


@cache
def _runs() -> tuple[tuple[int, ...], tuple[int, ...]]:
    lines = files("mcda.report").joinpath("fonts", "covered.txt").read_text(encoding="ascii").splitlines()
    pairs = [tuple(int(end, 16) for end in line.split()) for line in lines]
    return tuple(first for first, _ in pairs), tuple(last for _, last in pairs)
