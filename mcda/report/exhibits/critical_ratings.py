"""Which rating changes whose rank: for every measure and rated criterion the levels at which it changes places."""

from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.ranked_list import Column, Kind, Listing
from mcda.result import Result
from mcda.robustness.rating_needed import CriticalCell, critical_cells

_COLUMNS: tuple[tuple[str, Kind, int], ...] = (
    ("measure", "text", 40),
    ("criterion", "text", 28),
    ("now", "number", 12),
    ("rise", "number", 12),
    ("overtakes", "text", 40),
    ("fall", "number", 12),
    ("overtaken_by", "text", 40),
)


def critical_ratings(result: Result, language: str = "de") -> Listing:
    """One row per measure (in rank order) and rated criterion; a cell is empty where no level does it.

    No rows for methods whose scores depend on the other measures.
    """
    return Listing(
        title=text("what_if.title", language),
        columns=tuple(Column(key, text(f"what_if.{key}", language), kind, width) for key, kind, width in _COLUMNS),
        rows=tuple(_row(result, cell, language) for cell in critical_cells(result)),
    )


def _row(result: Result, cell: CriticalCell, language: str) -> tuple[str | float | None, ...]:
    def name(measure: str) -> str:
        return f"{measure} {title_of(result.study.measure_by_id[measure], language)}" if measure else ""

    return (
        name(cell.measure),
        criterion_label(result.study, cell.criterion, language),
        cell.now,
        cell.rise,
        name(cell.overtakes),
        cell.fall,
        name(cell.overtaken_by),
    )
