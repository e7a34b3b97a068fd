"""The decided order beside the computed one: only where people decided, with their written reasons."""

from mcda.locale import text
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.decided_order import decided_places, decisions_of
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.tier_names import signed_tier
from mcda.result import Result
from mcda.workshop.room import Room


def decided_beside(result: Result, room: Room | None, language: str) -> Listing:
    """One row per decision in the decided order: measure, computed rank, decided place, decided tier, reason.

    Columns nobody filled are left out; no rows where nothing was decided.
    """
    decisions = decisions_of(result, room)
    places = decided_places(result, decisions)
    ranks = {line.measure: line.rank for line in result.ranking}
    rows: list[tuple[Cell, ...]] = [
        (
            title_line(result.study.measure_by_id[name], language),
            ranks[name],
            made.rank,
            signed_tier(made.tier, language),
            made.reason,
        )
        for name, made in sorted(decisions.items(), key=lambda item: places.get(item[0], ranks[item[0]]))
    ]
    columns: tuple[tuple[str, str, Kind, int], ...] = (
        ("title", text("export.column.title", language), "text", 56),
        ("rank", text("decided.rank", language), "whole", 9),
        ("decided_rank", text("decided.place", language), "whole", 9),
        ("decided_tier", text("decided.tier", language), "text", 12),
        ("decided_reason", text("export.column.decided_reason", language), "text", 44),
    )
    kept = [at for at in range(len(columns)) if at < 2 or any(row[at] not in (None, "") for row in rows)]
    heads = tuple(Column(*columns[at]) for at in kept)
    return Listing("", heads, tuple(tuple(row[at] for at in kept) for row in rows))
