"""How wide a printed table's columns are: numbers and short words what they need, other words share what is left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mcda.report.exhibits.cell_text import NUMBERS
from mcda.report.exhibits.ranked_list import Column

SHORT = 20
"""A column of words declared no wider is as wide as its longest cell, up to so many characters."""

LONGEST_WORD = 15
"""A header's longest word stands on one line up to so many characters."""

LONGEST_SHARED = 18
"""A shared column is at least as wide as its longest word, up to so many characters."""

LEAST = 3
_BREAKS = re.compile("[-\u00ad]")


@dataclass(frozen=True, slots=True)
class ColumnWidth:
    """One column: `chars` characters wide where `share` is 0, else its share of the rest but no less than `chars`;
    `number`: to the right; `head`: characters of the header's longest word; `least`: those of the longest word of all,
    where a column of words has to give way."""

    header: str
    number: bool
    share: int
    chars: int
    head: int
    least: int


def column_widths(columns: Sequence[Column], shown: Sequence[Sequence[str]]) -> tuple[ColumnWidth, ...]:
    """The widths for these columns with the rows as they are written."""
    return tuple(_width(column, [row[at] for row in shown]) for at, column in enumerate(columns))


def _width(column: Column, cells: Sequence[str]) -> ColumnWidth:
    number = column.kind in NUMBERS
    narrow = column.kind != "text" or column.width <= SHORT
    words = max((len(word) for word in _BREAKS.sub(" ", column.header).split()), default=1)
    longest = max(map(len, cells), default=1)
    head = min(words, LONGEST_WORD)
    least = min(max((len(word) for cell in cells for word in cell.split()), default=1), LONGEST_SHARED)
    return ColumnWidth(
        header=column.header,
        number=number,
        share=0 if narrow else column.width,
        chars=max(head, longest if number else min(longest, SHORT), LEAST) if narrow else least,
        head=head,
        least=max(least, LEAST) if narrow else least,
    )
