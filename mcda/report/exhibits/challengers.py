"""Who could overtake the first, and how little weight would have to move for it."""

from dataclasses import dataclass

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import number
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.result import Result
from mcda.robustness.weight_shift import WeightShift, weight_shift

MOST = 10
"""So many of the next in rank are looked at."""

NAMED = 3
"""So many of those that share rank 1 are named."""


@dataclass(frozen=True, slots=True)
class Challengers:
    """`points`: the smallest shift of weights that unseats the first, None where there is none. `sentence` says it,
    `table` names everybody who can overtake the first, easiest first."""

    points: float | None
    sentence: str
    table: pd.DataFrame


def least_points(result: Result) -> float | None:
    """The smallest shift of weights by which one of the next in rank passes the first; None where there is none."""
    first = result.ranking[0].measure
    shifts = [weight_shift(result, line.measure, first) for line in result.ranking[1 : MOST + 1]]
    return min((s.points for s in shifts if s is not None and s.status == "found"), default=None)


def challengers(result: Result, language: str) -> Challengers:
    """The next in rank that some weights would put ahead of the first, by the points that have to move.

    Overtaking the first is what unseats it, whoever then leads. Raises MethodError as the method does.
    """
    first = result.ranking[0].measure
    asked = [line.measure for line in result.ranking[1 : MOST + 1]]
    shifts = {m: shift for m in asked if (shift := weight_shift(result, m, first)) is not None}
    found = sorted(((m, s) for m, s in shifts.items() if s.status == "found"), key=lambda one: one[1].points)
    heads = [text(f"challengers.column.{name}", language) for name in ("measure", "points", "change")]
    rows = [
        (_called(result, m, language), number(s.points, language, s.decimals), _moved(result, s, language))
        for m, s in found
    ]
    level = [m for m, s in shifts.items() if s.status == "already"]
    points = 0.0 if level else found[0][1].points if found else None
    return Challengers(points, _sentence(result, shifts, found, first, language), pd.DataFrame(rows, columns=heads))


def _sentence(
    result: Result,
    shifts: dict[str, WeightShift],
    found: list[tuple[str, WeightShift]],
    first: str,
    language: str,
) -> str:
    names = {"first": title_of(result.study.measure_by_id[first], language)}
    if not shifts:
        return text("challengers.not_offered", language)
    tied = [line.measure for line in result.ranking if line.rank == 1]
    if not found and len(tied) > 1:
        shown = "; ".join(title_of(result.study.measure_by_id[name], language) for name in tied[:NAMED])
        named = shown + ("; …" if len(tied) > NAMED else "")
        others = sum(name not in tied for name in shifts)
        return text(f"challengers.tied{'' if others else '_all'}", language, count=others, names=named)
    if not found:
        return text("challengers.nobody", language, count=len(shifts), **names)
    nearest, shift = found[0]
    names["second"] = title_of(result.study.measure_by_id[nearest], language)
    return text("challengers.sentence", language, points=number(shift.points, language, shift.decimals), **names)


def _moved(result: Result, shift: WeightShift, language: str) -> str:
    """'Relevanz 35 → 41,2 %, ...' of every weight that changes."""
    return ", ".join(
        text(
            "challengers.change",
            language,
            criterion=criterion_label(result.study, one.criterion, language),
            before=number(100 * one.before, language, shift.decimals),
            after=number(100 * one.after, language, shift.decimals),
        )
        for one in shift.changes
    )


def _called(result: Result, measure: str, language: str) -> str:
    return f"{measure} {title_of(result.study.measure_by_id[measure], language)}"
