"""The overview of cost and financing as a workbook to go on calculating in, and as CSV."""

from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.report.exhibits.basis import WIDE, basis_parts
from mcda.report.exhibits.finance_years import (
    Plan,
    Totals,
    financing_table,
    flows_table,
    own_by_year,
    payers_table,
    plan,
    remarks,
    shares_table,
    years_table,
)
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exports.csv_file import listing_csv
from mcda.report.exports.workbook import DARK, Formats, draw_blocks, draw_table, new_sheet, workbook
from mcda.report.request import Request
from mcda.result import Result


def kofi_xlsx(result: Result, request: Request) -> bytes:
    """The overview as .xlsx: financing, own contribution by year, by payer, every share, all payments with a chart.

    Amounts are numbers; sums are formulas that carry their value, so that every program shows the same. The same
    result gives the same bytes.
    """
    found, language = plan(result, request.measures, request.municipality), request.language

    def draw(book: Workbook, formats: Formats) -> None:
        _summed_sheet(book, "financing", financing_table(found, language), result, formats, language)
        years = years_table(found, language, request.municipality)
        _summed_sheet(book, "years", years, result, formats, language)
        if not request.municipality:
            _summed_sheet(book, "payers_years", payers_table(found, language), result, formats, language)
        shares = shares_table(found, language, request.municipality)
        _summed_sheet(book, "shares", shares, result, formats, language)
        _flows_sheet(book, found, formats, language)
        _notes_sheet(book, found, request.municipality, formats, language)

    return workbook(result, language, draw)


def kofi_csv(result: Result, request: Request) -> bytes:
    """Every member's share of every measure by year, for a German spreadsheet, with where the numbers come from.

    A study without municipalities gives the own contribution by measure and year.
    """
    found = plan(result, request.measures, request.municipality)
    shares = shares_table(found, request.language, request.municipality).listing
    listing = shares if shares.rows else years_table(found, request.language).listing
    return listing_csv(listing, result, request.language)


def _summed_sheet(book: Workbook, name: str, table: Totals, result: Result, formats: Formats, language: str) -> None:
    """A table, and below it its sums as formulas; nothing where the table is empty."""
    listing = table.listing
    if not listing.rows:
        return
    sheet = new_sheet(book, name, result, language)
    body = Listing(listing.title, listing.columns, listing.rows[:-1])
    draw_table(sheet, body, formats, len(listing.columns), name)
    last, total = len(body.rows), len(listing.rows)
    for at, value in enumerate(listing.rows[-1]):
        if isinstance(value, Decimal):
            letter = xl_col_to_name(at)
            formula = f"=SUM({letter}2:{letter}{last + 1})"
            sheet.write_formula(total, at, formula, formats["total"], float(value))
        else:
            sheet.write_string(total, at, str(value or ""), formats["total_words"])
    sheet.print_area(0, 0, total, len(listing.columns) - 1)


def _flows_sheet(book: Workbook, found: Plan, formats: Formats, language: str) -> None:
    """All payments by year, and the own contribution of every year as columns where there are several."""
    if not found.measures:
        return
    sheet = new_sheet(book, "flows", found.result, language)
    listing = flows_table(found, language)
    draw_table(sheet, listing, formats, len(listing.columns))
    _chart(book, sheet, found, len(listing.rows) + 3, formats, language)


def _chart(book: Workbook, sheet: Worksheet, found: Plan, row: int, formats: Formats, language: str) -> None:
    years = own_by_year(found)
    if len(years) < 2:
        return
    heads = (text("kofi.column.year", language), text("kofi.figure", language))
    for at, head in enumerate(heads):
        sheet.write_string(row, at, head, formats["header"])
    for down, (year, amount) in enumerate(years, start=row + 1):
        sheet.write_number(down, 0, year, formats["year"])
        sheet.write_number(down, 1, float(amount), formats["cents"])
    chart = book.add_chart({"type": "column"})
    name, last = sheet.get_name(), row + len(years)
    series = {
        "name": heads[1],
        "categories": [name, row + 1, 0, last, 0],
        "values": [name, row + 1, 1, last, 1],
        "fill": {"color": DARK},
        "gap": 40,
    }
    chart.add_series(series)
    chart.set_title({"name": heads[1], "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": 320})
    shown = ", ".join(f"{year}: {amount}" for year, amount in years[:12])
    sheet.insert_chart(row, 3, chart, {"description": f"{heads[1]}: {shown}"})


def _notes_sheet(book: Workbook, found: Plan, municipality: str, formats: Formats, language: str) -> None:
    """What the figures assume and leave out, and where they come from."""
    said = tuple((one,) for one in remarks(found, language, municipality))
    assumed = Listing(text("kofi.heading.remarks", language), (Column("remark", "", "text", WIDE),), said)
    parts = basis_parts(found.result, language)
    blocks = (assumed, *parts["study"], *parts["provenance"])
    draw_blocks(new_sheet(book, "provenance", found.result, language), blocks, formats)
