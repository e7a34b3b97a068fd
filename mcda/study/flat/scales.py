"""The scale of a rating column, told by its own cells: 1-5, 0-10, ++ to --, gering to hoch, colours, stars."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mcda.study.cells import Cell
from mcda.study.flat.spelling import fold
from mcda.study.flat.values import is_unknown, level_word, says_nothing

Better = Literal["more", "less"]
Levels = tuple[tuple[float, tuple[str, ...]], ...]

READABLE = 0.8
"""The share of a column's filled cells that must be on a scale for it to be taken for a rating."""

MOST = 0.9
"""The share of a column's points that must lie on a smaller kind of scale for the rest to be taken for slips."""

HIGHS = (3.0, 5.0, 6.0, 10.0, 100.0)
"""Upper ends of the point scales in use, in the order they are tried."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`; `words` stand for levels (None: open). `good_up`: the upper end is good by itself
    (green, easy), not merely much of something (hoch). `better` where the words tell."""

    low: float
    high: float
    words: tuple[tuple[str, float | None], ...] = ()
    sure: bool = True
    good_up: bool = False
    better: Better | None = None


_FIVE: Levels = (
    (1, ("sehr gering", "sehr niedrig", "sehr klein", "sehr schwach", "very low")),
    (2, ("gering", "niedrig", "klein", "schwach", "geringe", "niedrige", "low", "small")),
    (3, ("mittel", "maessig", "moderat", "mittlere", "mittelmaessig", "normal", "neutral", "medium", "moderate")),
    (4, ("hoch", "gross", "stark", "hohe", "grosse", "high", "large")),
    (5, ("sehr hoch", "sehr gross", "sehr stark", "very high")),
)
_QUALITY: Levels = (
    (1, ("sehr schlecht", "very poor", "ungeeignet")),
    (2, ("schlecht", "poor", "bad")),
    (3, ("mittel", "neutral", "befriedigend", "durchschnittlich", "fair")),
    (4, ("gut", "good")),
    (5, ("sehr gut", "very good")),
)
_EASE: Levels = (
    (1, ("sehr schwer", "sehr schwierig", "very difficult", "very hard")),
    (2, ("schwer", "schwierig", "difficult", "hard")),
    (3, ("mittel", "medium")),
    (4, ("leicht", "einfach", "easy")),
    (5, ("sehr leicht", "sehr einfach", "very easy")),
)
_IMPORTANCE: Levels = (
    (1, ("unwichtig", "nicht wichtig", "nicht dringend", "optional", "nice to have", "unimportant")),
    (2, ("weniger wichtig", "weniger dringend", "kann", "could have")),
    (3, ("mittel", "normal", "medium")),
    (4, ("wichtig", "dringend", "soll", "important", "urgent", "should have")),
    (5, ("sehr wichtig", "sehr dringend", "muss", "very important", "very urgent", "must have")),
)
_COLOURS: Levels = ((1, ("rot", "red")), (2, ("gelb", "orange", "amber", "yellow")), (3, ("gruen", "green")))
_YES: Levels = ((1, ("nein", "no")), (2, ("teilweise", "teils", "bedingt", "partly")), (3, ("ja", "yes")))
_FAMILIES: tuple[tuple[Levels, bool], ...] = (
    (_FIVE, False),
    (_QUALITY, True),
    (_EASE, True),
    (_IMPORTANCE, True),
    (_COLOURS, True),
    (_YES, False),
)
"""Words from low to high, and whether the upper end is good by itself."""


def word_scale(cells: Iterable[Cell]) -> Scale | None:
    """The scale a column of words or signs uses, None if it uses none."""
    filled = [cell for cell in cells if not (cell is None or (isinstance(cell, str) and not cell.strip()))]
    counts = Counter(level_word(cell) for cell in filled)
    found = (_signs(counts), _stars(counts), _letters(counts), *(_family(*family, counts) for family in _FAMILIES))
    return next((scale for scale in found if scale is not None), None)


def _enough(counts: Counter[str], known: Iterable[str]) -> bool:
    words = set(known)
    rated = {w: n for w, n in counts.items() if not (is_unknown(w) or (says_nothing(w) and w not in words))}
    hits = sum(n for w, n in rated.items() if w in words)
    return hits > 0 and hits >= READABLE * sum(rated.values())


def _signs(counts: Counter[str]) -> Scale | None:
    """++ + o - --, three levels where nothing is doubled, seven where something is tripled; + ++ +++ alone count."""
    runs = [w for w in counts if re.fullmatch(r"\++|-+", w)]
    middles = [w for w in counts if w in {"o", "0", "+/-", "+-", "-/+", "±", "ø", "°"}]
    if not any("+" in w for w in runs) or not _enough(counts, [*runs, *middles]):
        return None
    longest = max(len(w) for w in runs)
    if longest > 3:
        return None
    if not middles and not any("-" in w for w in runs):
        high = max(longest, 3)
        return Scale(1, high, tuple(("+" * n, float(n)) for n in range(1, high + 1)))
    up = [("+" * n, longest + 1.0 + n) for n in range(longest, 0, -1)]
    down = [("-" * n, longest + 1.0 - n) for n in range(1, longest + 1)]
    middle = [(w, longest + 1.0) for w in dict.fromkeys(["o", "0", "+/-", *middles])]
    return Scale(1, 2.0 * longest + 1, tuple(up + middle + down), good_up=True)


def _stars(counts: Counter[str]) -> Scale | None:
    stars = [w for w in counts if re.fullmatch(r"[★*]+☆*|☆+", w)]
    if not stars or not _enough(counts, stars):
        return None
    high = max(max(len(w) for w in stars), 3)
    padded = any("☆" in w for w in stars)
    words = [(w, float(len(w.rstrip("☆")))) for w in stars]
    more = [("★" * n, float(n)) for n in range(1, high + 1) if ("★" * n) not in stars]
    return Scale(0 if padded and any(v == 0 for _, v in words) else 1, high, tuple(words + more), good_up=True)


def _letters(counts: Counter[str]) -> Scale | None:
    """A B C: A is the first and best."""
    letters = sorted(w for w in counts if re.fullmatch("[a-e]", w))
    if not {"a", "b"} <= set(letters) or not _enough(counts, letters):
        return None
    high = max(ord(letters[-1]) - 96, 3)
    words = tuple((chr(96 + n), float(n)) for n in range(1, high + 1))
    return Scale(1, high, words, good_up=True, better="less")


def _family(levels: Levels, good_up: bool, counts: Counter[str]) -> Scale | None:
    known = {word: number for number, words in levels for word in words}
    if not _enough(counts, known) or len({known[w] for w in counts if w in known}) < 2:
        return None
    return _scale_of(levels, known, counts, good_up)


def _scale_of(levels: Levels, known: dict[str, float], counts: Counter[str], good_up: bool) -> Scale:
    """Three levels where the words for the outer ones ('sehr') are not used, else all of them."""
    middle = levels if len(levels) == 3 or {known[w] for w in counts if w in known} & {1, 5} else levels[1:4]
    shift = middle[0][0] - 1
    words: list[tuple[str, float | None]] = []
    for number, names in middle:
        used = [w for w in names if w in counts]
        words += [(w, number - shift) for w in dict.fromkeys([names[0], *used])]
    words += [(w, None) for w in counts if is_unknown(w)]
    return Scale(1, middle[-1][0] - shift, tuple(words), good_up=good_up)


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a column: smallest, largest, and whether the largest stand so far out that they may be slips."""

    low: float
    high: float
    doubtful: bool = False


def point_range(cells: Sequence[Cell], least: float = READABLE) -> Points | None:
    """The points of a column from 0 to 100; None where fewer than `least` of its filled cells are such points."""
    filled = [cell for cell in cells if not (says_nothing(cell) or is_unknown(cell))]
    points = sorted(point for cell in filled for point in _points(cell))
    if not points or len(filled) < 2 or len(points) < least * len(filled):
        return None
    bulk = points[math.ceil(MOST * len(points)) - 1]
    return Points(points[0], points[-1], _band(bulk) < _band(points[-1]))


def _band(point: float) -> int:
    """Points up to 6, to 10, to 100 belong to different kinds of scales."""
    return next(i for i, end in enumerate((6, 10, 100)) if point <= end)


def _points(cell: Cell) -> list[float]:
    if isinstance(cell, bool):
        return []
    if isinstance(cell, int | float):
        return [float(cell)] if 0 <= cell <= 100 else []
    written = cell.strip() if isinstance(cell, str) else ""
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)(?:\s*(?:[(:=]|[-–—]).*)?", written)
    point = float(found[1].replace(",", ".")) if found else -1.0
    return [point] if 0 <= point <= 100 else []


def point_scale(columns: Sequence[Points]) -> Scale:
    """The scale that columns of points seem to share: sure when their points reach both ends."""
    least, most = min(p.low for p in columns), max(p.high for p in columns)
    low = 0.0 if least < 1 else 1.0
    high = next(h for h in HIGHS if h >= most)
    return Scale(low, high, sure=least == low and most == high and high < 100)


def label_of(word: str, cells: Iterable[Cell]) -> str:
    """A level's word as the planner wrote it first."""
    return next((str(c).strip() for c in cells if c is not None and level_word(c) == word), fold(word))
