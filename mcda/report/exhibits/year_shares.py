"""What falls on a council by calendar year: cost, grants, own contribution of all, and its own share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.costs import ZERO
from mcda.funding.years import MeasureYears, money_by_years
from mcda.locale import text
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.report.exhibits.money_sums import joined_parts, tellable, told
from mcda.result import Result

YEARS = 8
"""So many rows have a year each; what comes later is one row."""


@dataclass(frozen=True, slots=True)
class YearShares:
    """The table, its last row the sum, and how many measures state no start or no duration."""

    listing: Listing
    start_assumed: int
    duration_assumed: int


def year_shares(
    result: Result, measures: Sequence[str], municipality: str, language: str, *, public: bool
) -> YearShares:
    """One row per year of these measures' payments; without rows where the public may not know so few.

    Columns: cost, grants and what others pay (where there is any), own contribution of all, and with `municipality` its
    share. Not in public, EUR to the cent. In public, rounded up and years joined until enough measures pay, only the
    share, or without a municipality the own contribution.
    """
    found = plan_of(result, measures)
    parts = [
        (str(year), _paying(found, (year,)), frozenset[str]())
        for year in sorted({y.year for m in found for y in m.years})
    ]
    joined = [tuple(int(name) for name in names) for names in joined_parts(parts, public=public)]
    later = tuple(year for years in joined[YEARS:] for year in years)
    rows = [(_span(years), years) for years in joined[:YEARS]]
    if later:
        rows.append((text("years.later", language, year=str(later[0])), later))
    cells: list[tuple[Cell, ...]] = [
        (name, *_amounts(found, years, municipality, public=public)) for name, years in rows
    ]
    if len(cells) > 1:
        every = tuple(year for _, years in rows for year in years)
        cells.append((text("sums.total", language), *_amounts(found, every, municipality, public=public)))
    if not tellable((one.measure for one in found if one.years), public=public):
        cells = []
    return YearShares(
        _listing(result, cells, municipality, language, public=public),
        sum(one.start_assumed for one in found),
        sum(one.duration_assumed for one in found),
    )


def plan_of(result: Result, measures: Sequence[str]) -> tuple[MeasureYears, ...]:
    """The measures' money by year, as in the overview of cost and financing; every figure of the table is from here."""
    return tuple(money_by_years(result.study, {name: result.money[name] for name in measures}).values())


def _paying(found: Sequence[MeasureYears], years: Sequence[int]) -> frozenset[str]:
    return frozenset(one.measure for one in found for y in one.years if y.year in years and y.cost)


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _amounts(
    found: Sequence[MeasureYears], years: Sequence[int], municipality: str, *, public: bool
) -> tuple[Decimal, ...]:
    of = [y for one in found for y in one.years if y.year in years]
    sums = (
        sum((y.cost for y in of), ZERO),
        sum((y.grant for y in of), ZERO),
        sum((y.recoverable_vat + y.co_payment for y in of), ZERO),
        sum((y.own_contribution for y in of), ZERO),
        sum((y.shares.get(municipality, ZERO) for y in of), ZERO),
    )
    return tuple(told(amount, public=public) for amount in sums)


def _listing(
    result: Result, rows: Sequence[tuple[Cell, ...]], municipality: str, language: str, *, public: bool
) -> Listing:
    kind: Kind = "money" if public else "cents"
    home = result.study.municipality_by_id.get(municipality)
    heads = [
        Column("year", text("years.year", language), "text", 14),
        Column("cost", text("years.cost", language), kind, 15),
        Column("grant", text("sums.grant", language), kind, 15),
        Column("others", text("sums.others", language), kind, 15),
        Column("own", text("sums.own", language), kind, 15),
        Column("share", text("sums.share", language, municipality=home.name if home else ""), kind, 15),
    ]
    idle = {"cost", "grant", "others"} if public else set()
    idle |= {"own"} if public and home else set()
    idle |= {h.key for at, h in enumerate(heads) if h.key in ("grant", "others") and not any(row[at] for row in rows)}
    idle |= set() if home else {"share"}
    kept = [at for at, head in enumerate(heads) if head.key not in idle]
    return Listing("", tuple(heads[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))
