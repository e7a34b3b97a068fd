"""Criterion values of one measure as bars from worst to best, each with its value in its own unit beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.report.figures.marks import DARK, LIGHT, PALE, QUIET, box, drawing, shortened, words

WIDTH, LINE, LABEL, VALUE = 460.0, 17.0, 190.0, 96.0


@dataclass(frozen=True, slots=True)
class ValueBar:
    """One criterion: its name, its value mapped to 0 (worst) .. 1 (best) or None where it is unknown, its value in
    words, and the main criterion it belongs to."""

    name: str
    share: float | None
    shown: str
    top: str


def value_bars(bars: Sequence[ValueBar]) -> str:
    """The bars below the names of their main criteria; an unknown value has no bar. No bars give an empty drawing."""
    marks: list[str] = []
    y, top, room = 0.0, "", WIDTH - LABEL - VALUE
    for bar in bars:
        alone = bar.name == bar.top
        if bar.top != top and not alone:
            y += LINE
            marks.append(words(0, y, shortened(bar.top, 60), 12.5, bold=True))
        top, y = bar.top, y + LINE
        marks.append(words(0, y, shortened(bar.name, 32), 12, fill=DARK if alone else QUIET, bold=alone))
        marks.append(box(LABEL, y - 9.5, room, 10, PALE))
        if bar.share is not None:
            marks.append(box(LABEL, y - 9.5, room * min(max(bar.share, 0.0), 1.0), 10, LIGHT, DARK))
        marks.append(words(WIDTH, y, bar.shown, 12, "end", DARK))
    return drawing(WIDTH, y + 5, marks)
