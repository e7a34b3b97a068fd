"""The ranked list as one table of typed cells: what a planner would have put into Excel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mcda.funding.records import MeasureMoney
from mcda.locale import has_text, label, text
from mcda.report.exhibits.catalogue import criterion_label, in_language, theme_label, title_of
from mcda.report.exhibits.programmes import programme_text
from mcda.result import Ranked, Result
from mcda.study.model import Measure

Kind = Literal["text", "whole", "points", "money", "cents", "percent", "number", "year", "day"]
Cell = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the reader's header, what its cells are, and its width in characters.

    'points' are scores (0..100 for the own methods, the method's own figure else), 'money' is EUR, 'cents' EUR shown
    to the cent, 'percent' a fraction, 'day' a date.
    """

    key: str
    header: str
    kind: Kind
    width: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A table for people: one typed cell per column; an empty cell is None or ''."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """All a cell may need of one ranked measure."""

    result: Result
    ranked: Ranked
    measure: Measure
    money: MeasureMoney
    language: str


_Source = tuple[str, Kind, int, Callable[[_Line], Cell]]


def ranked_list(result: Result, language: str = "de") -> Listing:
    """The result's ranking with everything a list of measures usually carries (domain reference 2.4 and 5)."""
    sources = (*_FIRST, *_parts(result, language), *_MORE)
    lines = [_line(result, ranked, language) for ranked in result.ranking]
    return Listing(
        title=study_title(result, language),
        columns=tuple(Column(key, _header(key, language), kind, width) for key, kind, width, _ in sources),
        rows=tuple(tuple(cell(line) for _, _, _, cell in sources) for line in lines),
    )


def study_title(result: Result, language: str) -> str:
    """The study's title in the reader's language, or as the study has it."""
    info = result.study.study
    return (info.title_en if language == "en" else "") or info.title


def notice_of(result: Result, language: str) -> str:
    """What must be said wherever the list is shown, e.g. that it is an illustrative example."""
    info = result.study.study
    return (info.notice_en if language == "en" else "") or info.notice


def points(result: Result, score: float) -> float:
    """A score as it is shown: 0..100 for the own methods, a second opinion's own figure else."""
    return score if result.method.startswith("pymcdm:") else 100 * score


def _header(key: str, language: str) -> str:
    return text(f"export.column.{key}", language) if has_text(f"export.column.{key}", language) else key


def _line(result: Result, ranked: Ranked, language: str) -> _Line:
    measure = result.study.measure_by_id[ranked.measure]
    return _Line(result, ranked, measure, result.money[ranked.measure], language)


def _parts(result: Result, language: str) -> tuple[_Source, ...]:
    """One column per top criterion: its part of the score."""

    def part_of(top: str) -> Callable[[_Line], Cell]:
        return lambda line: points(line.result, line.ranked.contributions.get(top, 0.0))

    tops = result.study.children.get("", ())
    return tuple(
        (
            text("export.part", language, criterion=criterion_label(result.study, top, language)),
            "points",
            12,
            part_of(top),
        )
        for top in tops
    )


def _names(line: _Line) -> str:
    known = line.result.study.municipality_by_id
    return ", ".join(known[m].name if m in known else m for m in line.measure.municipalities)


def _programme(line: _Line) -> str:
    return programme_text(line.money, line.result.study, line.language)


def _verdict(line: _Line) -> str:
    best = line.money.best
    return text(f"export.verdict.{best.verdict if best else 'none'}", line.language)


def _tier(line: _Line) -> str:
    return text(f"export.tier.{line.ranked.tier}", line.language)


def _amount(of: Callable[[MeasureMoney], Decimal]) -> Callable[[_Line], Cell]:
    """An amount, empty where the measure states no cost: then it would be a zero that nobody said."""
    return lambda line: of(line.money) if line.money.cost_known else None


def _unsure(line: _Line, end: float) -> Cell:
    return points(line.result, end) if line.ranked.score_high > line.ranked.score_low else None


_FIRST: tuple[_Source, ...] = (
    ("rank", "whole", 6, lambda x: x.ranked.rank),
    ("id", "text", 9, lambda x: x.measure.id),
    ("title", "text", 48, lambda x: title_of(x.measure, x.language)),
    ("rank_group", "whole", 10, lambda x: x.ranked.rank_group),
    ("tier", "text", 11, _tier),
    ("score", "points", 10, lambda x: points(x.result, x.ranked.score)),
    ("life_cycle_cost_eur", "money", 14, _amount(lambda money: money.life_cycle_gross)),
    ("programme", "text", 45, _programme),
    ("verdict", "text", 19, _verdict),
    ("grant_low_eur", "money", 13, _amount(lambda money: money.grant_low)),
    ("grant_high_eur", "money", 16, _amount(lambda money: money.grant_high)),
    ("own_contribution_eur", "money", 13, _amount(lambda money: money.own_contribution)),
)
"""What is printed on paper; the rest is for the screen."""

PRINTED = len(_FIRST)

_MORE: tuple[_Source, ...] = (
    ("score_low", "points", 9, lambda x: _unsure(x, x.ranked.score_low)),
    ("score_high", "points", 9, lambda x: _unsure(x, x.ranked.score_high)),
    ("weighted_sum_rank", "whole", 12, lambda x: x.ranked.weighted_sum_rank),
    ("rank_in_category", "whole", 12, lambda x: x.ranked.rank_in_category),
    ("cost_class", "whole", 12, lambda x: x.ranked.cost_class),
    ("rank_in_cost_class", "whole", 13, lambda x: x.ranked.rank_in_cost_class),
    ("investment_eur", "money", 14, _amount(lambda money: money.investment_gross)),
    ("running_cost_eur_per_year", "money", 14, _amount(lambda money: money.running_gross_per_year)),
    ("grant_eur", "money", 13, _amount(lambda money: money.grant)),
    ("own_contribution_low_eur", "money", 13, _amount(lambda money: money.own_contribution_low)),
    ("own_contribution_high_eur", "money", 13, _amount(lambda money: money.own_contribution_high)),
    ("theme", "text", 30, lambda x: theme_label(x.result.study, x.measure.theme, x.language)),
    ("category", "text", 17, lambda x: label("category", x.measure.category, x.language)),
    ("lead", "text", 28, lambda x: in_language(x.measure, "lead", x.language)),
    ("municipalities", "text", 60, _names),
    ("time_horizon", "text", 14, lambda x: label("export.horizon", x.measure.time_horizon, x.language)),
    ("start_year", "year", 8, lambda x: x.measure.start_year),
    ("duration_months", "whole", 10, lambda x: x.measure.duration_months),
    ("staff_fte", "number", 10, lambda x: x.measure.staff_fte),
    ("status", "text", 14, lambda x: label("export.status", x.measure.status, x.language)),
    ("decided_rank", "whole", 13, lambda x: x.ranked.decided_rank),
    ("decided_reason", "text", 36, lambda x: x.ranked.decided_reason),
)
