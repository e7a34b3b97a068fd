"""What falls on each municipality: of the measures that come first, and of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing, picked
from mcda.report.exhibits.money_sums import MoneySum, money_sum, rest_tellable, told
from mcda.result import Result


@dataclass(frozen=True, slots=True)
class Totals:
    """A listing and the numbers of its rows that are sums."""

    listing: Listing
    rows: frozenset[int]


def payer_table(
    result: Result,
    first: Sequence[str],
    every: Sequence[str],
    name: str,
    language: str,
    *,
    public: bool,
    cents: bool = False,
) -> Totals:
    """One row per municipality that pays anything, the sum last: its part of `first` (headed `name`) and of `every`.

    Amounts are EUR, shown to the cent where `cents` asks for it, in public rounded up; a municipality that pays for
    too few measures to be told in public gets no amount, and then there is no sum. What nobody can split yet is a row
    of its own.
    """
    sums = (money_sum(result, first), money_sum(result, every))
    rows: list[tuple[Cell, ...]] = [
        (home.name, *_shares(result, sums, home.id, public=public))
        for home in result.study.municipalities
        if any(home.id in one.shares for one in sums)
    ]
    hidden = any(None in row for row in rows)
    if rows and any(one.unsplit for one in sums):
        rows.append((text("sums.unsplit", language), *(told(one.unsplit, public=public) for one in sums)))
    summed = len(rows) > 1 and not hidden
    if summed:
        rows.append((text("sums.total", language), *(told(one.own, public=public) for one in sums)))
    kind: Kind = "cents" if cents and not public else "money"
    columns = (
        Column("municipality", text("sums.municipality", language), "text", 30),
        Column("first", name, kind, 16),
        Column("all", text("sums.all", language), kind, 16),
    )
    kept = tuple(c.key for at, c in enumerate(columns) if not rows or any(row[at] is not None for row in rows))
    return Totals(picked(Listing("", columns, tuple(rows)), kept), frozenset({len(rows) - 1} if summed else ()))


def _shares(result: Result, sums: tuple[MoneySum, MoneySum], municipality: str, *, public: bool) -> tuple[Cell, Cell]:
    """Its share of the first and of all; in public without what stands for too few measures."""
    of = [[name for name in one.measures if municipality in result.money[name].shares] for one in sums]
    first, every = (told(one.shares.get(municipality, ZERO), public=public) for one in sums)
    return (
        first if rest_tellable(of[0], of[1], public=public) else None,
        every if rest_tellable(of[1], of[1], public=public) else None,
    )
