"""Every measure before every programme considered for it: verdict, amount and all reasons."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mcda.funding.records import Assessment
from mcda.locale import label, text
from mcda.locale.formats import day
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.programmes import programme_name
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing, study_title
from mcda.result import Result

MARKS = {"yes": "✓", "check": "?", "no": "✗"}

_COLUMNS: tuple[tuple[str, Kind, int], ...] = (
    ("export.column.rank", "whole", 6),
    ("export.column.id", "text", 9),
    ("export.column.title", "text", 28),
    ("export.funding.programme", "text", 28),
    ("export.funding.verdict", "text", 19),
    ("export.column.grant_low_eur", "money", 13),
    ("export.column.grant_high_eur", "money", 13),
    ("export.funding.bound", "text", 18),
    ("export.funding.finding", "text", 36),
    ("export.funding.reasons", "text", 76),
    ("export.funding.computed", "text", 19),
    ("export.funding.eligible_cost", "money", 17),
    ("export.funding.rate", "percent", 11),
    ("export.funding.source", "text", 44),
    ("export.funding.as_of", "text", 13),
)
PRINTED_VERDICTS = 10
"""Columns that are printed on paper; the rest is for the screen."""


def funding_list(result: Result, language: str = "de") -> Listing:
    """One row per measure and candidate programme, in rank order, measures outside the ranking last."""
    return Listing(
        title=study_title(result, language),
        columns=tuple(Column(key, text(key, language), kind, width) for key, kind, width in _COLUMNS),
        rows=tuple(
            _row(result, rank, assessment, language)
            for rank, measure in _in_order(result)
            for assessment in result.money[measure].assessments
            if assessment.candidate
        ),
    )


def _in_order(result: Result) -> Iterator[tuple[int | None, str]]:
    ranks = {line.measure: line.rank for line in result.ranking}
    yield from ((rank, measure) for measure, rank in ranks.items())
    yield from ((None, measure) for measure in result.money if measure not in ranks)


def _row(result: Result, rank: int | None, found: Assessment, language: str) -> tuple[Cell, ...]:
    study = result.study
    programme = study.programme_by_id[found.programme]
    return (
        rank,
        found.measure,
        title_of(study.measure_by_id[found.measure], language),
        programme_name(study, found.programme, language),
        text(f"export.verdict.{found.verdict}", language),
        found.grant_low,
        found.grant_high,
        text(f"bound.{found.bound}", language),
        finding_text(found, language),
        reasons_text(found, language),
        text(f"export.verdict.{found.computed_verdict}", language),
        found.eligible_cost,
        None if found.rate_pct is None else found.rate_pct / Decimal(100),
        programme.source,
        _day(programme.as_of, language),
    )


def reasons_text(found: Assessment, language: str) -> str:
    """Every reason as a sentence on its own line, its answer in front."""
    return "\n".join(f"{MARKS[reason.verdict]} {reason.sentence(language)}" for reason in found.reasons)


def finding_text(found: Assessment, language: str) -> str:
    """What a person found, with who and when; empty where nobody did."""
    row = found.finding
    if row is None:
        return ""
    reason = (row.reason_en if language == "en" else "") or row.reason
    who = ", ".join(part for part in (label("ui.rater", row.by, language), _day(row.date, language)) if part)
    return f"{reason} ({who})" if who else reason


def _day(value: date | None, language: str) -> str:
    return day(value, language) if value else ""
