"""Where a table begins and ends on its sheet: titles above, headers over two rows, totals below."""

import re
from collections.abc import Sequence

from mcda.study.cells import Cell, is_empty
from mcda.study.columns import column_name
from mcda.study.ods import Line

SEARCHED_ROWS = 15
TOTALS = re.compile(
    r"(zwischen|gesamt)?summe\b.*|gesamt\b.*|insgesamt\b.*|(sub|grand )?total\b.*|sum\b.*", re.IGNORECASE
)


def find_header(table: str, rows: Sequence[Line]) -> tuple[int, tuple[str, ...]] | None:
    """Index of the header row among `rows` and its words; the row above fills its empty cells (merged headers).

    The header is the row, within the first ones, that names the most columns of the table; the earliest wins.
    None if no row names any.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    for index, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        words = _words(cells)
        above = _words(rows[index - 1][1]) if index else ()
        merged = tuple(
            word or (above[i] if i < len(above) else "") for i, word in enumerate(_padded(words, len(above)))
        )
        for candidate in (words, merged):
            known = len({name for word in candidate if (name := column_name(table, word)) is not None})
            if known and (best is None or known > best[0]):
                best = (known, index, candidate)
    return None if best is None else (best[1], best[2])


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row is a sum over the list: its first word says so."""
    first = next((c for c in cells if not is_empty(c)), None)
    return isinstance(first, str) and TOTALS.fullmatch(first.strip()) is not None


def _words(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if is_empty(c) else " ".join(str(c).split()) for c in cells)


def _padded(words: tuple[str, ...], width: int) -> tuple[str, ...]:
    return words + ("",) * max(width - len(words), 0)
