"""Where a table begins and ends on its sheet: titles above, headers over two rows, totals below."""

import re
from collections.abc import Iterable, Sequence

from mcda.study.cells import Cell, is_empty, shown_text
from mcda.study.columns import column_name
from mcda.study.model import TABLES
from mcda.study.ods import Line

SEARCHED_ROWS = 15
TOTALS = re.compile(
    r"((zwischen|gesamt|end)?summen?|gesamt(kosten|betrag)?|insgesamt|(sub|grand )?totals?|sum|[∑Σ])(?=$|[\s:(=]).*",
    re.IGNORECASE | re.DOTALL,
)

NAMED_TOTALS = re.compile(
    r"((zwischen|gesamt|end)?summe|gesamt(kosten|betrag)?|insgesamt|(sub|grand )?total|sum|[∑Σ])"
    r"( aller| der| of)?( all)?( maßnahmen| projekte| kommunen| gemeinden| measures| municipalities)?:?",
    re.IGNORECASE,
)
"""What nobody calls a measure, a municipality or a programme."""


def find_header(table: str, rows: Sequence[Line]) -> tuple[int, tuple[str, ...]] | None:
    """Index of the header row among `rows` and its words; the row above fills its empty cells (merged headers).

    The header is the row, within the first ones, that names the most columns of the table, or an earlier one that
    names all that are required: rows between two headers are never lost. None if no row names any.
    """
    best: tuple[int, int, tuple[str, ...]] | None = None
    for index, (_, cells) in enumerate(rows[:SEARCHED_ROWS]):
        words = words_of(cells)
        above = words_of(rows[index - 1][1]) if index else ()
        merged = tuple(
            word or (above[i] if i < len(above) else "") for i, word in enumerate(_padded(words, len(above)))
        )
        for candidate in (words, merged):
            known = _named(table, candidate)
            if known and (best is None or (len(known) > best[0] and not _complete(table, best, index))):
                best = (len(known), index, candidate)
    return None if best is None else (best[1], best[2])


def _complete(table: str, best: tuple[int, int, tuple[str, ...]], index: int) -> bool:
    """Whether the header found so far has all it needs, and a row between it and the row at `index`."""
    required = {name for name, info in TABLES[table].model_fields.items() if info.is_required()}
    return index > best[1] + 1 and len(required) > 1 and required <= _named(table, best[2])


def _named(table: str, words: Sequence[str]) -> frozenset[str]:
    return frozenset(name for word in words if word and (name := column_name(table, word)) is not None)


def names_columns(table: str, cells: Sequence[Cell]) -> bool:
    """Whether a row within the table is a header once more: two cells or more, each the name of a column."""
    words = [word for word in words_of(cells) if word] if _starts_like_header(table, cells) else []
    return len(words) > 1 and all(column_name(table, word) is not None for word in words)


def _starts_like_header(table: str, cells: Sequence[Cell]) -> bool:
    first = next((c for c in cells if not is_empty(c)), None)
    return isinstance(first, str) and column_name(table, shown_text(first)) is not None


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether a row may be a sum over the list: its first word says so."""
    first = next((c for c in cells if not is_empty(c)), None)
    return isinstance(first, str) and TOTALS.fullmatch(first.strip()) is not None


def total_name(cells: Iterable[Cell]) -> str:
    """The first of the cells naming a record that holds no more than a word for a sum; '' if none does."""
    names = (" ".join(cell.split()) for cell in cells if isinstance(cell, str))
    return next((name for name in names if NAMED_TOTALS.fullmatch(name)), "")


def words_of(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The cells of a header row as words."""
    return tuple("" if is_empty(c) else " ".join(shown_text(c).split()) for c in cells)


def _padded(words: tuple[str, ...], width: int) -> tuple[str, ...]:
    return words + ("",) * max(width - len(words), 0)
