"""Amounts by year as columns, each with its amount above it."""

from collections.abc import Sequence
from math import ceil

from mcda.report.figures.marks import DARK, QUIET, box, drawing, rule, words

WIDEST = 110.0
WIDTH, HEIGHT, FOOT, HEAD, SIDE = 900.0, 155.0, 28.0, 22.0, 40.0
LARGEST, SMALLEST = 13.0, 8.0
"""Sizes of type between which every column carries its words."""

LETTER, GAP = 0.555, 4.0
"""Width of a letter as a part of the type's size, and the room between two words."""


def year_columns(columns: Sequence[tuple[str, float, str]]) -> str:
    """A column per entry (label below, height, amount above), drawn from zero; nothing where there are none.

    Every column carries its words, in smaller type the more there are. With so many that none could be read only every
    second one, or fewer, does, its amount above the columns it reaches over.
    """
    if not columns:
        return drawing(WIDTH, FOOT, [])
    top = max(max(value for _, value, _ in columns), 1e-9)
    step = min((WIDTH - 2 * SIDE) / len(columns), WIDEST)
    longest = max(max(len(label), len(shown)) for label, _, shown in columns)
    size = min(max((step - GAP) / (longest * LETTER), SMALLEST), LARGEST)
    every = max(1, ceil((longest * LETTER * size + GAP) / step - 1e-9))
    floor, room = HEIGHT - FOOT, HEIGHT - FOOT - HEAD
    marks = [rule(0, floor, WIDTH, floor)]
    for at, (label, value, shown) in enumerate(columns):
        middle, height = SIDE + step * (at + 0.5), room * value / top
        marks.append(box(middle - 0.35 * step, floor - height, 0.7 * step, height))
        if at % every == 0:
            over = every // 2
            above = room * max(one for _, one, _ in columns[max(at - over, 0) : at + over + 1]) / top
            marks.append(words(middle, HEIGHT - 8, label, size, "middle", QUIET))
            marks.append(words(middle, floor - above - 6, shown, size, "middle", DARK))
    return drawing(WIDTH, HEIGHT, marks)
