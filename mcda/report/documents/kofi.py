"""The overview of cost and financing by year: what each measure costs, who pays, and what falls on whom when."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mcda.funding.costs import ZERO
from mcda.locale import text
from mcda.locale.formats import money, number
from mcda.report.document import Bullets, Document, Figure, Heading, Paragraph, Part, Table
from mcda.report.documents.confidential import marked
from mcda.report.documents.frame import framed
from mcda.report.exhibits.finance_years import (
    Plan,
    Totals,
    financing_table,
    flows_table,
    has_grants,
    own_by_year,
    payers_table,
    plan,
    remarks,
    years_table,
)
from mcda.report.exhibits.listing import Listing, picked
from mcda.report.exhibits.programmes import point_text
from mcda.report.figures.year_columns import year_columns
from mcda.report.request import Request
from mcda.result import Result


def build(result: Result, request: Request) -> Document:
    """The overview for the alliance, or for one municipality and the measures it takes part in. It tells
    what single measures cost, and is marked as not for the public."""
    found = plan(result, request.measures, request.municipality)
    home = result.study.municipality_by_id.get(request.municipality)
    document = framed(
        result,
        "kofi",
        _parts(found, request.municipality, request.language),
        request.language,
        subtitle=home.name if home else "",
        page="landscape",
    )
    return marked(document, request.language, public=request.public and not found.measures)


def _parts(found: Plan, municipality: str, language: str) -> Iterator[Part]:
    if not found.measures:
        yield Paragraph(text("kofi.nothing", language), "lead")
    else:
        yield Paragraph(_lead(found, municipality, language), "lead")
        yield Paragraph(_counted(found, language), "small")
        yield from _sections(found, municipality, language)
    if told := remarks(found, language, municipality):
        yield Heading(text("kofi.heading.remarks", language))
        yield Bullets(told)


def _sections(found: Plan, municipality: str, language: str) -> Iterator[Part]:
    if municipality:
        yield Heading(text("kofi.heading.own_part", language))
        yield _with_total(years_table(found, language, municipality))
    yield Heading(text("kofi.heading.financing", language))
    yield _with_total(financing_table(found, language))
    if municipality:
        return
    yield Heading(text("kofi.heading.flows", language))
    yield Table(_paid(_without_zeros(flows_table(found, language))), totals=frozenset({0}))
    if len(own_by_year(found)) > 1:
        yield _figure(found, language)
    payers = payers_table(found, language)
    if found.result.study.municipalities and payers.listing.rows:
        yield Heading(text("kofi.heading.payers", language))
        yield _with_total(payers)
    yield Heading(text("kofi.heading.years", language))
    yield _with_total(years_table(found, language))


def _with_total(found: Totals) -> Table:
    return Table(_filled(_without_zeros(found.listing)), totals=found.total)


def _paid(listing: Listing) -> Listing:
    """The rows with any payment: without grants there is no line for them."""
    return replace(listing, rows=tuple(row for row in listing.rows if any(cell for cell in row[1:])))


def _filled(listing: Listing) -> Listing:
    """The listing without columns that say nothing in any row."""
    kept = (
        column.key
        for at, column in enumerate(listing.columns)
        if any(row[at] not in (None, "", ZERO) for row in listing.rows)
    )
    return picked(listing, tuple(kept))


def _without_zeros(listing: Listing) -> Listing:
    """The listing with an empty cell where a year brings no payment: fewer numbers to read."""
    years = [column.key.startswith("y") and column.key[1:].isdigit() for column in listing.columns]
    rows = tuple(
        tuple(None if year and cell == ZERO else cell for year, cell in zip(years, row, strict=True))
        for row in listing.rows
    )
    return replace(listing, rows=rows)


def _counted(found: Plan, language: str) -> str:
    if not has_grants(found):
        return text("kofi.gross", language)
    return text("kofi.counted", language, point=point_text(found.result.study, language))


def _lead(found: Plan, municipality: str, language: str) -> str:
    amounts = [found.result.money[name] for name in found.measures]

    def said(amount: Decimal) -> str:
        return money(amount, language, cents=False)

    facts = {
        "count": len(found.measures),
        "cost": said(sum((one.life_cycle_gross for one in amounts), ZERO)),
        "grant": said(sum((one.grant for one in amounts), ZERO)),
        "own": said(sum((one.own_contribution for one in amounts), ZERO)),
    }
    key = "lead" if has_grants(found) else "alone"
    if not municipality:
        return text(f"kofi.{key}", language, **facts)
    share = sum((one.shares.get(municipality, ZERO) for one in amounts), ZERO)
    name = found.result.study.municipality_by_id[municipality].name
    return text(f"kofi.{key}_of", language, share=said(share), name=name, **facts)


def _figure(found: Plan, language: str) -> Figure:
    years = own_by_year(found)
    shown = [(str(year), float(amount), number(amount / 1000, language, 0)) for year, amount in years]
    most = max(years, key=lambda one: one[1])
    return Figure(
        svg=year_columns(shown),
        alt=text(
            "kofi.figure_alt",
            language,
            first=str(years[0][0]),
            last=str(years[-1][0]),
            year=str(most[0]),
            amount=money(most[1], language, cents=False),
        ),
        caption=text("kofi.figure", language),
    )
