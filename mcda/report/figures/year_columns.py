"""Amounts by year as columns, each with its amount above it."""

from collections.abc import Sequence

from mcda.report.figures.marks import DARK, QUIET, box, drawing, rule, words

WIDEST = 110.0
WIDTH, HEIGHT, FOOT, HEAD, SIDE = 900.0, 210.0, 28.0, 26.0, 40.0


def year_columns(columns: Sequence[tuple[str, float, str]]) -> str:
    """A column per entry (label below, height, amount above), drawn from zero; nothing where there are none.

    With many columns only every second one, or fewer, carries its words, so that none overlap: neither each other nor
    a column beside them.
    """
    if not columns:
        return drawing(WIDTH, FOOT, [])
    top = max(max(value for _, value, _ in columns), 1e-9)
    step = min((WIDTH - 2 * SIDE) / len(columns), WIDEST)
    longest = max(max(len(label), len(shown)) for label, _, shown in columns)
    every = max(1, -(-int(longest * 7.2 + 8) // int(max(step, 1))))
    floor, room = HEIGHT - FOOT, HEIGHT - FOOT - HEAD
    marks = [rule(0, floor, WIDTH, floor)]
    for at, (label, value, shown) in enumerate(columns):
        middle, height = SIDE + step * (at + 0.5), room * value / top
        marks.append(box(middle - 0.35 * step, floor - height, 0.7 * step, height))
        if at % every == 0:
            marks.append(words(middle, HEIGHT - 8, label, 13, "middle", QUIET))
            near = columns[max(at - every + 1, 0) : at + every]
            above = room * max(one for _, one, _ in near) / top
            marks.append(words(middle, floor - above - 6, shown, 13, "middle", DARK))
    return drawing(WIDTH, HEIGHT, marks)
