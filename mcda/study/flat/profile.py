"""What a column of a flat list looks like: numbers, amounts, ticks, points, words."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.study.cells import Cell, Percent
from mcda.study.flat.layout import number_in
from mcda.study.flat.scales import READABLE, Points, Scale, point_range, word_scale
from mcda.study.flat.values import MARKS, is_unknown, says_nothing, take_apart

HALF = 0.5
"""The share of a column's cells that must bear out what its header says."""

MARKED = frozenset({"x", "1", "ja", "yes", "nein", "no", "0", "-"}) | MARKS
"""All a column of ticks may hold."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column's filled cells look like. `points`: set if they are points from 0 to 100."""

    cells: tuple[Cell, ...]
    filled: tuple[Cell, ...]
    numbers: tuple[float, ...]
    with_unit: bool
    percent: bool
    marks: bool
    ticks: bool
    words: Scale | None
    points: Points | None
    distinct: int
    length: float

    @property
    def is_numeric(self) -> bool:
        """Nearly all cells hold a number: enough to say so without a header."""
        return bool(self.filled) and len(self.numbers) >= READABLE * len(self.filled)

    @property
    def holds_numbers(self) -> bool:
        """Half of the cells hold digits, be they '50 - 80 T€': enough where the header speaks of numbers too."""
        digits = [c for c in self.filled if any(sign.isdigit() for sign in str(c))]
        return bool(self.filled) and len(digits) >= HALF * len(self.filled)

    @property
    def is_whole(self) -> bool:
        """All numbers are whole."""
        return all(n.is_integer() for n in self.numbers)


def profile(cells: Sequence[Cell]) -> Profile:
    """Look at a column once."""
    filled = tuple(c for c in cells if not (says_nothing(c) or is_unknown(c)))
    numbers = tuple(n for c in filled if (n := number_in(c)) is not None)
    written = [take_apart(c) for c in filled if isinstance(c, str)]
    texts = [str(c) for c in filled]
    marked = [c for c in cells if c is not None and str(c).strip()]
    return Profile(
        cells=tuple(cells),
        filled=filled,
        numbers=numbers,
        with_unit=any(w.unit is not None and number_in(w.number) is not None for w in written),
        percent=any(isinstance(c, Percent) or (isinstance(c, str) and c.rstrip().endswith("%")) for c in filled),
        marks=bool(filled) and all(str(c).strip().casefold() in MARKED for c in marked),
        ticks=any(str(c).strip().casefold() in MARKS for c in marked),
        words=word_scale(cells),
        points=point_range(cells, HALF),
        distinct=len(set(texts)),
        length=sum(map(len, texts)) / len(texts) if texts else 0.0,
    )
