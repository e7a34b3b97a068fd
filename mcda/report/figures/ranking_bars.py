"""Standing bars in rank order: how many points each measure has, in which rank group and tier, and what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import floor, log10

from mcda.locale.formats import number

WIDTH, HEIGHT = 1000, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 22, 40
DARK, LIGHT, PALE, GREY = "#1f3a5f", "#7fb2e5", "#e7edf3", "#4a5560"
FONT = 'font-family="Source Sans 3" font-size="12"'
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: the words under its bar, its points with the ends of what is open, its rank group and tier."""

    words: str
    value: float
    low: float
    high: float
    group: int
    tier: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """From points to pixels."""

    low: float
    high: float

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def ranking_bars(bars: Sequence[Bar], group: str, language: str) -> str:
    """The bars as SVG. `group` is the word before a rank group's number.

    Tiers differ by fill and pattern (dark, light, hatched, empty), groups stand apart and are named above; a thin line
    shows how far points are open. Points may be negative. No bars give an empty drawing.
    """
    ticks = _ticks([0.0, *(edge for bar in bars for edge in (bar.value, bar.low, bar.high))])
    scale = _Scale(ticks[0], ticks[-1])
    groups = len({bar.group for bar in bars})
    slot = (WIDTH - LEFT - RIGHT) / max(len(bars) + GAP * max(groups - 1, 0), 1)
    drawn = [*_grid(ticks, scale, language), *_groups(bars, slot, scale, group)]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "".join([f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', _HATCH, *drawn, "</svg>"])


GAP = 0.5
"""Room between two groups, in bars."""

WIDEST = 34.0
"""A bar is no wider than that, however few there are."""

_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="6" height="6" fill="white"/><rect width="2" height="6" fill="{DARK}"/></pattern></defs>'
)


def _grid(ticks: Sequence[float], scale: _Scale, language: str) -> Iterator[str]:
    """A line and a number per tick."""
    for tick in ticks:
        y = scale.y(tick)
        colour = GREY if tick == 0 else "#d5dbe2"
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>'
        shown = escape(number(tick, language))
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{GREY}" {FONT}>{shown}</text>'


def _groups(bars: Sequence[Bar], slot: float, scale: _Scale, word: str) -> Iterator[str]:
    """Every group's bars, a line between groups, and the group's number above."""
    x = float(LEFT)
    for at, (number_, members) in enumerate(groupby(bars, key=lambda bar: bar.group)):
        own = list(members)
        if at:
            middle = x + GAP * slot / 2
            line = f'x1="{middle:.1f}" x2="{middle:.1f}" y1="{TOP - 14}" y2="{HEIGHT - 12}"'
            yield f'<line {line} stroke="{GREY}" stroke-dasharray="3 3"/>'
            x += GAP * slot
        wide = slot * len(own) > 9 * len(word)
        name = escape(f"{word} {number_}" if wide else str(number_))
        center = x + slot * len(own) / 2
        yield f'<text x="{center:.1f}" y="{TOP - 8}" text-anchor="middle" fill="{GREY}" {FONT}>{name}</text>'
        for place, bar in enumerate(own):
            yield from _bar(bar, x + slot * (place + 0.5), min(0.74 * slot, WIDEST), scale)
        x += slot * len(own)


def _bar(bar: Bar, center: float, width: float, scale: _Scale) -> Iterator[str]:
    """One bar from zero, what is open as a line over it, its words below."""
    top, zero = scale.y(max(bar.value, 0.0)), scale.y(min(bar.value, 0.0))
    box = f'x="{center - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" height="{max(zero - top, 0.5):.1f}"'
    yield f'<rect {box} fill="{_fill(bar.tier)}" stroke="{DARK}" stroke-width="0.8"/>'
    if bar.high > bar.low:
        line = f'x1="{center:.1f}" x2="{center:.1f}" y1="{scale.y(bar.low):.1f}" y2="{scale.y(bar.high):.1f}"'
        yield f'<line {line} stroke="white" stroke-width="4"/><line {line} stroke="{GREY}" stroke-width="1.6"/>'
    place = f'x="{center:.1f}" y="{HEIGHT - BOTTOM + 16}"'
    yield f'<text {place} text-anchor="middle" fill="{GREY}" {FONT}>{escape(bar.words)}</text>'


def _fill(tier: int) -> str:
    return {1: DARK, 2: LIGHT, 3: "url(#hatch)"}.get(tier, "white")


def _ticks(values: Sequence[float]) -> tuple[float, ...]:
    """Round numbers from below the lowest to above the highest, about five."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    base = 10.0 ** floor(log10(span / 5))
    step = base * next((s for s in STEPS if span / (s * base) <= 5), STEPS[-1])
    first, last = floor(low / step), -floor(-(high or step) / step)
    return tuple(round(step * n, 10) for n in range(first, max(last, first + 1) + 1))
