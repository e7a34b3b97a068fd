"""Where a flat list stands on its sheet: its header (over one or two rows, with titles above), units, rows."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from mcda.study.cells import Cell, Formula, is_empty
from mcda.study.flat.headings import heading
from mcda.study.flat.spelling import bare, fold
from mcda.study.flat.values import take_apart
from mcda.study.ods import Line
from mcda.study.sheets import Sheet

SEARCHED_ROWS = 20
LONGEST_HEADER = 80
KNOWN, WORD, NUMBER = 2.0, 0.4, -1.0
"""What a cell adds to a row's claim to be the header: a known header, any other words, a number."""

UNIT = re.compile(
    r"[(\[]?(in )?(€|euro?|t ?€|tsd\.? ?€|teur|k€|mio\.? ?€|%|prozent|monaten?|jahren?|vzae|fte|punkten?|brutto|netto|"
    r"€ ?/ ?(a|jahr)|€ p\.a\.|x|\d{1,2} ?(-|–|bis) ?\d{1,3}( punkte)?)( (brutto|netto))?[)\]]?"
)
"""A folded cell of a row of units below the headers."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A list on its sheet. `row`: its header as the user counts (0: none). `headers`: one per column, unique,
    '' for a column that holds nothing; `hints`: what stands above or below each header."""

    row: int
    headers: tuple[str, ...]
    hints: tuple[str, ...]
    body: tuple[Line, ...]

    def cells(self, column: int) -> tuple[Cell, ...]:
        """A column's cells, row by row."""
        return tuple(cells[column] if column < len(cells) else None for _, cells in self.body)


def find_layout(sheet: Sheet) -> Layout | None:
    """The list whose header row names the most; the earliest wins. None on a sheet without rows."""
    if not sheet.rows:
        return None
    tried = _layouts(sheet)
    best = max(tried, key=_claim)
    return headerless(sheet) if _claim(best) <= 0 else best


def layout_with(sheet: Sheet, headers: Sequence[str]) -> Layout | None:
    """The list whose header row holds the most of the given headers; None if no row holds any."""
    wanted = {bare(h) or h for h in headers}
    tried = _layouts(sheet)
    found = [(len(wanted & {bare(h) or h for h in layout.headers if h}), layout) for layout in tried]
    most = max((hits for hits, _ in found), default=0)
    return next(layout for hits, layout in found if hits == most) if most else None


def headerless(sheet: Sheet) -> Layout:
    """A list that starts at once: its columns are called by their letters, [A], [B] ..."""
    none = ("",) * len(ends := _ends(sheet))
    return Layout(0, _unique(none, none, [end >= 0 for end in ends]), none, tuple(sheet.rows))


def _layouts(sheet: Sheet) -> list[Layout]:
    ends = _ends(sheet)
    return [_layout_at(sheet, index, ends) for index in range(min(len(sheet.rows), SEARCHED_ROWS))]


def _ends(sheet: Sheet) -> tuple[int, ...]:
    """The last filled row of each column, by its index among the sheet's rows; -1 for an empty column."""
    ends = [-1] * max((len(cells) for _, cells in sheet.rows), default=0)
    for index, (_, cells) in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None and not is_empty(cell):
                ends[column] = index
    return tuple(ends)


def _layout_at(sheet: Sheet, index: int, ends: Sequence[int]) -> Layout:
    """The list whose header is (or ends in) the sheet's row `index`."""
    number, cells = sheet.rows[index]
    body = sheet.rows[index + 1 :]
    width = len(ends)
    own = _words(cells, width)
    above = _group_row(sheet.rows[index - 1], number, width) if index else ("",) * width
    units = _words(body[0][1], width) if body and is_unit_row(body[0][1]) else ("",) * width
    groups = _carried(above)
    words = tuple(word or top for word, top in zip(own, above, strict=True))
    hints = tuple(
        " ".join(part for part in (group if group != word else "", unit) if part)
        for group, unit, word in zip(groups, units, words, strict=True)
    )
    rows = body[1:] if any(units) else body
    first = index + (2 if any(units) else 1)
    return Layout(number, _unique(words, groups, [end >= first for end in ends]), hints, tuple(rows))


def is_unit_row(cells: Sequence[Cell]) -> bool:
    """A row of nothing but units and scales: | | € | 1-5 |."""
    words = [fold(c) for c in cells if not is_empty(c)]
    return bool(words) and all(UNIT.fullmatch(word) for word in words) and words != ["x"] * len(words)


def number_in(cell: Cell) -> float | None:
    """The number a cell seems to hold, for guessing only; a group of three after a sign counts as thousands."""
    if isinstance(cell, bool | Formula) or is_empty(cell):
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = re.sub(r"[\s']", "", take_apart(cell).number.rstrip("%")) if isinstance(cell, str) else ""
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    return float(_point(text)) if re.fullmatch(r"[+-]?(\d+|\d{1,3}([.,]\d{3})+)([.,]\d+)?", text) else None


def _point(text: str) -> str:
    whole, _, part = text.replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '')}.{part}" if whole else part


def _claim(layout: Layout) -> float:
    """How much a row looks like the header of a list below it."""
    filled = [(i, h) for i, h in enumerate(layout.headers) if h and not h.startswith("[")]
    if not layout.body or (len(filled) < 2 and len(layout.headers) > 1):
        return -len(layout.headers) - 1.0
    keys = Counter(heading(h, layout.hints[i]).key if len(h) <= LONGEST_HEADER else "" for i, h in filled)
    known = sum(KNOWN for key in keys if key)
    return known + sum(_plain_claim(layout, i, h) for i, h in filled)


def _plain_claim(layout: Layout, column: int, header: str) -> float:
    if number_in(header) is None:
        return WORD if len(header) <= LONGEST_HEADER else 0.0
    below = [c for c in layout.cells(column) if not is_empty(c)]
    return NUMBER if any(number_in(c) is not None for c in below) else 0.0


def _group_row(line: Line, number: int, width: int) -> tuple[str, ...]:
    """The words of the row right above a header, if they group or complete it; none for a title or for data."""
    words = _words(line[1], width)
    filled = [w for w in words if w]
    alone = len(filled) == 1 and not words[0]
    groups = line[0] == number - 1 and (len(filled) > 1 or alone) and all(number_in(w) is None for w in filled)
    return words if groups else ("",) * width


def _carried(words: Sequence[str]) -> tuple[str, ...]:
    """A merged cell's word stands in its first column only: carry it over the empty ones to its right."""
    carried, last = [], ""
    for word in words:
        last = word or last
        carried.append(last)
    return tuple(carried)


def _unique(words: Sequence[str], groups: Sequence[str], used: Sequence[bool]) -> tuple[str, ...]:
    """One name per column: doubled words with their group or a number, nameless columns by their letter."""
    doubled = {w for w, n in Counter(words).items() if n > 1}
    found: list[str] = []
    for i, (word, group) in enumerate(zip(words, groups, strict=True)):
        name = word or (f"[{get_column_letter(i + 1)}]" if used[i] else "")
        if word in doubled and group and group != word:
            name = f"{group}: {word}" if word else name
        number, first = 2, name
        while name and name in found:
            name, number = f"{first} ({number})", number + 1
        found.append(name)
    return tuple(found)


def _words(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    words = ["" if is_empty(c) else _word(c) for c in cells[:width]]
    return tuple(words) + ("",) * (width - len(words))


def _word(cell: Cell) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return " ".join(str(int(cell) if whole and isinstance(cell, float) else cell).split())
