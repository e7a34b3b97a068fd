"""Two orders of the same measures, left and right: who moves, by how many places, and where each stands."""

from dataclasses import dataclass

import pandas as pd

from mcda.batch.compare import departures
from mcda.locale import text
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.compare_lists import Compared
from mcda.report.exhibits.listing import Cell, Column, Listing

STRESSED = 8
"""So many lines can be told apart by colour and dash."""


@dataclass(frozen=True, slots=True)
class SlopeEnd:
    """Where a measure stands on one side: its rank, and its row from the top, which measures of equal rank share out
    among themselves."""

    rank: int
    row: int


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One measure: its ends (None where it does not rank there), by how many places it rises (negative: falls) and
    whether it is among those that move most."""

    measure: str
    title: str
    left: SlopeEnd | None
    right: SlopeEnd | None
    rise: int
    stressed: bool


@dataclass(frozen=True, slots=True)
class SlopeGraph:
    """Names of both sides, and the lines: in the order of the left side, those that rank only right at the end."""

    left: str
    right: str
    lines: tuple[SlopeLine, ...]

    @property
    def rows(self) -> int:
        """How many rows the longer side has."""
        ends = [end.row for line in self.lines for end in (line.left, line.right) if end is not None]
        return max(ends, default=-1) + 1

    @property
    def moved(self) -> int:
        """How many measures change their rank, or rank on one side only."""
        return sum(bool(line.rise) or line.left is None or line.right is None for line in self.lines)


def ranked_scenarios(found: Compared) -> dict[str, int]:
    """The names of the scenarios that could be ranked, in their order, with their numbers."""
    told = found.batch.ranking[["scenario", "name"]].drop_duplicates("scenario")
    return {str(name) or str(number + 1): int(number) for number, name in told.itertuples(index=False)}


def farthest_of(found: Compared) -> int:
    """The number of the scenario whose order is farthest from the first one's."""
    return int(departures(found.batch).iloc[0]["scenario"])


def slope_graph(found: Compared, left: int, right: int, language: str, stressed: int = STRESSED) -> SlopeGraph:
    """The graph of two scenarios of one study. Stressed are the measures that move farthest, at most `stressed`; at
    equal distance those that come higher on either side go before. Equal ranks stay equal: their rows follow the other
    side's order, so that nothing crosses that does not move. Raises KeyError for a scenario that has no ranking."""
    (study,) = found.studies.values()
    ranking = found.batch.ranking
    names = ranking.drop_duplicates("scenario").set_index("scenario")["name"]
    before, after = _ranks(ranking, left), _ranks(ranking, right)
    first = _rows(before, after)
    second = _rows(after, {measure: first[measure] for measure in before})
    every = [*sorted(before, key=lambda m: first[m]), *sorted((m for m in after if m not in before), key=second.get)]  # type: ignore[arg-type]
    rises = {m: before[m] - after[m] for m in before if m in after}
    far = sorted((m for m in rises if rises[m]), key=lambda m: (-abs(rises[m]), min(before[m], after[m]), first[m]))
    lines = tuple(
        SlopeLine(
            measure=m,
            title=title_of(study.measure_by_id[m], language),
            left=SlopeEnd(before[m], first[m]) if m in before else None,
            right=SlopeEnd(after[m], second[m]) if m in after else None,
            rise=rises.get(m, 0),
            stressed=m in far[:stressed],
        )
        for m in every
    )
    return SlopeGraph(str(names[left]) or str(left + 1), str(names[right]) or str(right + 1), lines)


def slope_listing(graph: SlopeGraph, language: str) -> Listing:
    """The graph as a table: every measure with both ranks and how many places lie between them."""
    heads = (
        Column("id", text("compare.column.id", language), "text", 9),
        Column("title", text("compare.column.title", language), "text", 40),
        Column("left", graph.left, "whole", 12),
        Column("right", graph.right, "whole", 12),
        Column("rise", text("compare.column.rise", language), "text", 12),
    )
    rows = tuple(
        (line.measure, line.title, _rank(line.left), _rank(line.right), rise_words(line, language))
        for line in graph.lines
    )
    return Listing(text("compare.table.slope", language), heads, rows)


def rise_words(line: SlopeLine, language: str) -> str:
    """'▲ 3', '▼ 12', '=', or that it ranks on one side only."""
    if line.left is None or line.right is None:
        return text("compare.one_side", language)
    return f"{'▲' if line.rise > 0 else '▼'} {abs(line.rise)}" if line.rise else "="


def slope_sentence(graph: SlopeGraph, language: str) -> str:
    """How many measures move between the two, and which one farthest."""
    if not graph.moved:
        return text("compare.slope_same", language, left=graph.left, right=graph.right)
    said = text("compare.slope_moved", language, left=graph.left, right=graph.right, count=graph.moved)
    stressed = [line for line in graph.lines if line.stressed]
    if not stressed:
        return said
    most = max(stressed, key=lambda line: abs(line.rise))
    assert most.left is not None  # what moves stands on both sides
    assert most.right is not None
    told = {"title": most.title, "before": str(most.left.rank), "after": str(most.right.rank)}
    return f"{said} {text('compare.slope_most', language, **told)}"


def _rank(end: SlopeEnd | None) -> Cell:
    return None if end is None else end.rank


def _ranks(ranking: pd.DataFrame, scenario: int) -> dict[str, int]:
    own = ranking[ranking["scenario"] == scenario]
    if own.empty:
        raise KeyError(scenario)
    return {str(name): int(rank) for name, rank in zip(own["id"], own["rank"], strict=True)}


def _rows(ranks: dict[str, int], others: dict[str, int]) -> dict[str, int]:
    """Rows from the top by rank; measures of equal rank in the order of `others`."""
    order = sorted(ranks, key=lambda m: (ranks[m], others.get(m, len(others) + len(ranks)), m))
    return {measure: row for row, measure in enumerate(order)}
