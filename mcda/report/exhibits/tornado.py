"""Leader against challenger in words: what one weight or one rating does to the lead, and what turns it round."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, floor

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.methods import PREFIX
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.ranked_list import points as shown_points
from mcda.report.exhibits.score import score_text
from mcda.report.exhibits.weight_lines import path_label
from mcda.result import Result
from mcda.robustness.tornado import POINTS, Tornado, TornadoBar, tornado

_AT_ONCE = 0.005
"""Percentage points or rating steps too small to be written with two decimals: the two are as good as level."""


@dataclass(frozen=True, slots=True)
class TornadoLine:
    """One change. `smallest` and `largest`: the lead at its ends, in the points people see, reached at the levels
    written in `smallest_at` and `largest_at`. `name` in full, `short` for the figure; `flip` is a sentence, `turn` the
    same in a few words; `turns` says whether the order changes at all."""

    name: str
    short: str
    span: str
    lead: str
    smallest: float
    largest: float
    smallest_at: str
    largest_at: str
    flip: str
    turn: str
    turns: bool


@dataclass(frozen=True, slots=True)
class TornadoList:
    """Leader and challenger (ids), the lead today in the points people see, all changes, and the outcome in words."""

    leader: str
    challenger: str
    gap: float
    lines: tuple[TornadoLine, ...]
    sentence: str
    reading: str
    alt: str


def tornado_list(
    result: Result,
    language: str,
    challenger: str = "",
    *,
    points: float = POINTS,
    locked: Collection[str] = frozenset(),
) -> TornadoList | None:
    """What could turn round the order of the first and a challenger (default: the second); None for one measure.

    Raises ValueError and MethodError as `mcda.robustness.tornado.tornado` does.
    """
    found = tornado(result, challenger, points=points, locked=locked)
    if found is None:
        return None
    lines = tuple(_line(result, found, bar, language) for bar in found.bars)
    easiest = _easiest(lines, language)
    names = {"leader": _title(result, found.leader, language), "challenger": _title(result, found.challenger, language)}
    gap = _gap(result, found.gap, language)
    lead = text("tornado.lead" if found.gap > 0 else "tornado.level", language, gap=gap, **names)
    turning = sum(line.turns for line in lines)
    return TornadoList(
        leader=found.leader,
        challenger=found.challenger,
        gap=shown_points(result, found.gap),
        lines=lines,
        sentence=f"{lead} {easiest}",
        reading=text("tornado.reading", language, points=points, challenger=found.challenger),
        alt=text("tornado.alt", language, count=len(lines), turning=turning, easiest=easiest, **names),
    )


def tornado_table(found: TornadoList, language: str) -> pd.DataFrame:
    """One row per change: what, from where to where, the lead at its ends, and where the order changes."""
    rows = [(line.name, line.span, line.lead, line.flip) for line in found.lines]
    return pd.DataFrame(rows, columns=[text(f"tornado.col_{c}", language) for c in ("name", "span", "lead", "flip")])


def _easiest(lines: tuple[TornadoLine, ...], language: str) -> str:
    if not lines or not lines[0].turns:
        return text("tornado.never", language)
    return text("tornado.easiest", language, name=lines[0].name, flip=lines[0].flip)


def _line(result: Result, found: Tornado, bar: TornadoBar, language: str) -> TornadoLine:
    study, flips = result.study, bar.flip is not None
    low, high, now = (_value(bar, level, language) for level in (bar.low, bar.high, bar.now))
    ends = {"low": score_text(result, bar.smallest, language), "high": _points(result, bar.largest, language)}
    return TornadoLine(
        name=_name(bar, path_label(study, bar.criterion, language), language),
        short=_name(bar, criterion_label(study, bar.criterion, language), language),
        span=text("tornado.span", language, low=low, high=high, now=now),
        lead=text("tornado.lead_span", language, **ends),
        smallest=shown_points(result, bar.smallest),
        largest=shown_points(result, bar.largest),
        smallest_at=_value(bar, bar.smallest_at, language),
        largest_at=_value(bar, bar.largest_at, language),
        flip=_flip(result, found.challenger, bar, language),
        turn=_turn(result, bar, language),
        turns=flips,
    )


def _name(bar: TornadoBar, criterion: str, language: str) -> str:
    return text(f"tornado.{bar.kind}", language, criterion=criterion, measure=bar.measure)


def _value(bar: TornadoBar, level: float, language: str) -> str:
    return percent(level, language, 1) if bar.kind == "weight" else number(level, language, 2)


def _at(bar: TornadoBar, language: str) -> str:
    """The value at which it turns, rounded so that it has turned there: down where it falls, up where it rises."""
    assert bar.flip is not None
    digits = 3 if bar.kind == "weight" else 2
    scale = 10.0**digits
    rises = bar.flip > bar.now
    level = (ceil if rises else floor)(round(bar.flip * scale, 6)) / scale
    return _value(bar, level, language)


def _flip(result: Result, challenger: str, bar: TornadoBar, language: str) -> str:
    """At which value the challenger takes over, and how far away that is, as a sentence."""
    if bar.flip is None:
        return text("tornado.holds", language)
    if (step := _step(result, bar)) < _AT_ONCE:
        return text("tornado.flip_level", language)
    return text(
        f"tornado.flip_{bar.kind}_{'rises' if bar.flip > bar.now else 'falls'}",
        language,
        at=_at(bar, language),
        now=_value(bar, bar.now, language),
        step=fixed(step, language, 1 if step >= 0.1 else 2),
        challenger=challenger,
    )


def _turn(result: Result, bar: TornadoBar, language: str) -> str:
    now = _value(bar, bar.now, language)
    if bar.flip is None:
        return text("tornado.short_holds", language, now=now)
    if _step(result, bar) < _AT_ONCE:
        return text("tornado.short_level", language)
    return text("tornado.short", language, at=_at(bar, language), now=now)


def _step(result: Result, bar: TornadoBar) -> float:
    """How far away the flip is: percentage points of a weight, steps of a rating's scale."""
    way = abs((bar.now if bar.flip is None else bar.flip) - bar.now)
    return 100 * way if bar.kind == "weight" else way / result.study.criterion_by_id[bar.criterion].step


def _points(result: Result, difference: float, language: str) -> str:
    """A difference of scores as people read it: points of 100, or the method's own figure."""
    said = score_text(result, difference, language)
    return said if result.method.startswith(PREFIX) else text("tornado.points", language, number=said)


def _gap(result: Result, gap: float, language: str) -> str:
    """The lead today; one too small to be written is less than the smallest that can be."""
    smallest = 0.001
    if gap <= 0 or gap >= smallest / 2:
        return _points(result, gap, language)
    return text("tornado.less", language, smallest=_points(result, smallest, language))


def _title(result: Result, measure: str, language: str) -> str:
    return f"{measure} {title_of(result.study.measure_by_id[measure], language)}"
