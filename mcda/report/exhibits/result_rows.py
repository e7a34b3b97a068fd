"""The ranking as plain values for programs: the rows of the result asked for, with what a workshop decided on them."""

from collections.abc import Sequence
from typing import Any

from mcda.report.exhibits.decided_order import decided_places, decisions_of
from mcda.report.exhibits.list_line import UNDECIDED
from mcda.report.exhibits.ranked_list import list_rows
from mcda.result import Result
from mcda.workshop.room import Room


def result_rows(result: Result, measures: Sequence[str] = (), room: Room | None = None) -> list[dict[str, Any]]:
    """The rows of `Result.rows()` for these measures, for all without; with a room its decisions in `decided_rank`,
    `decided_tier`, `decided_reason` and `decided_place`. Raises InputError for measures the study does not have."""
    wanted = {line.measure for line in list_rows(result, measures)}
    rows = [row for row in result.rows() if row["id"] in wanted]
    if room is None:
        return rows
    decisions = decisions_of(result, room)
    places = decided_places(result, decisions)
    for row in rows:
        made = decisions.get(row["id"], UNDECIDED)
        row |= {"decided_rank": made.rank, "decided_tier": made.tier, "decided_reason": made.reason}
        row["decided_place"] = places.get(row["id"])
    return rows
