"""How far each weight can move before first place or the first ten change: bars with the exact ends and the rivals."""

from collections.abc import Collection
from dataclasses import dataclass

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import method
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.weight_lines import path_label
from mcda.result import Result
from mcda.robustness.stability import StabilityInterval, critical_weights, stability_intervals

TOP = 10


@dataclass(frozen=True, slots=True)
class StabilityLine:
    """One criterion: its weight among its siblings, where first place and the first ten hold (fractions), and in words
    who overtakes whom at the nearer end of each."""

    criterion: str
    name: str
    now: float
    first: tuple[float, float]
    top: tuple[float, float]
    first_words: str
    top_words: str


@dataclass(frozen=True, slots=True)
class StabilityList:
    """All criteria, the one whose smallest move changes first place at the top, and the critical weight in words."""

    lines: tuple[StabilityLine, ...]
    critical: str
    intervals: tuple[StabilityInterval, ...]


def stability_list(result: Result, language: str, locked: Collection[str] = frozenset()) -> StabilityList:
    """The stability intervals of a result under its own method, weights and locks.

    Raises MethodError when the method has no answer somewhere on the way.
    """
    intervals = stability_intervals(
        result.study, result.matrix, method(result.method), result.weights, top=TOP, locked=locked
    )
    kept = {(one.criterion, one.kept): one for one in intervals}
    movable = [c.id for c in result.study.criteria if kept[c.id, "order"].low < kept[c.id, "order"].high]
    order = sorted(movable, key=lambda c: kept[c, "first"].room)
    lines = tuple(_line(result, kept[c, "first"], kept[c, "top"], language) for c in order)
    return StabilityList(lines, _critical(result, intervals, language), intervals)


def _line(result: Result, first: StabilityInterval, top: StabilityInterval, language: str) -> StabilityLine:
    return StabilityLine(
        criterion=first.criterion,
        name=path_label(result.study, first.criterion, language),
        now=first.now,
        first=(first.low, first.high),
        top=(top.low, top.high),
        first_words=_words(result, first, language),
        top_words=_words(result, top, language),
    )


def _words(result: Result, found: StabilityInterval, language: str) -> str:
    """'holds from 30 % to 41 %; then X overtakes Y', or that it holds whatever the weight."""
    if not found.low_rival and not found.high_rival:
        return text("stability.always", language)
    rivals = [
        text(
            f"stability.{side}",
            language,
            at=percent(end, language, 1),
            second=title_of(result.study.measure_by_id[rival[1]], language),
        )
        for side, end, rival in (("below", found.low, found.low_rival), ("above", found.high, found.high_rival))
        if rival
    ]
    return " ".join(rivals)


def _critical(result: Result, intervals: tuple[StabilityInterval, ...], language: str) -> str:
    """The weight that needs the least change to change first place, as a sentence."""
    first, _ = critical_weights(intervals)
    if first is None:
        return text("stability.no_critical", language)
    found = next(one for one in intervals if (one.criterion, one.kept) == (first.criterion, "first"))
    return text(
        "stability.critical",
        language,
        criterion=path_label(result.study, first.criterion, language),
        now=percent(found.now, language, 1),
        at=percent(found.low if first.percent > 0 else found.high, language, 1),
        direction=text(f"stability.{'falls' if first.percent > 0 else 'rises'}", language),
        first=title_of(result.study.measure_by_id[first.overtaken], language),
        second=title_of(result.study.measure_by_id[first.overtaking], language),
    )
