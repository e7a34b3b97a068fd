"""What falls on each municipality: of the measures that come first, and of all of them."""

from collections.abc import Sequence

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.report.exhibits.listing import Cell, Column, Listing
from mcda.report.exhibits.money_sums import FEWEST, MoneySum, money_sum, told
from mcda.result import Result


def payer_table(
    result: Result, first: Sequence[str], every: Sequence[str], name: str, language: str, *, public: bool
) -> Listing:
    """One row per municipality that pays anything, the sum last: its part of `first` (headed `name`) and of `every`.

    Amounts are EUR to the cent, in public rounded up; a municipality that pays for too few measures to be told in
    public gets no amount. What nobody can split yet is a row of its own.
    """
    sums = (money_sum(result, first), money_sum(result, every))
    rows: list[tuple[Cell, ...]] = [
        (home.name, *(_share(result, one, home.id, public=public) for one in sums))
        for home in result.study.municipalities
        if any(home.id in one.shares for one in sums)
    ]
    if rows and any(one.unsplit for one in sums):
        rows.append((text("sums.unsplit", language), *(told(one.unsplit, public=public) for one in sums)))
    if len(rows) > 1:
        rows.append((text("sums.total", language), *(told(one.own, public=public) for one in sums)))
    kind = "money" if public else "cents"
    columns = (
        Column("municipality", text("sums.municipality", language), "text", 30),
        Column("first", name, kind, 16),
        Column("all", text("sums.all", language), kind, 16),
    )
    return Listing("", columns, tuple(rows))


def _share(result: Result, found: MoneySum, municipality: str, *, public: bool) -> Cell:
    of = [name for name in found.measures if municipality in result.money[name].shares]
    if public and 0 < len(of) < FEWEST:
        return None
    return told(found.shares.get(municipality, ZERO), public=public)
