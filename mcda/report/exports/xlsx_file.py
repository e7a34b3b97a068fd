"""The ranked list as a workbook a planner can go on working with: real numbers, filter, charts, print layout."""

from collections.abc import Iterable, Sequence
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.exhibits.basis import WIDE, basis_parts
from mcda.report.exhibits.funding_list import PRINTED_VERDICTS, funding_list
from mcda.report.exhibits.list_labels import list_labels
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exhibits.method_note import method_paragraph, settings_listing
from mcda.report.exhibits.ranked_list import ranked_list, wanted_columns
from mcda.report.exhibits.sensitivity_short import Answer, short_sensitivity
from mcda.report.exports.ranking_sheet import ranking_sheet
from mcda.report.exports.workbook import Formats, draw_blocks, draw_grid, draw_table, new_sheet, row_height, workbook
from mcda.report.exports.workbook_charts import ranking_chart, weights_chart
from mcda.result import Result
from mcda.workshop.room import Room


def xlsx_file(
    result: Result,
    language: str = "de",
    columns: Sequence[str] = (),
    *,
    measures: Sequence[str] = (),
    room: Room | None = None,
    plan: Plan | None = None,
) -> bytes:
    """The result as .xlsx: the ranked list, its bars, weights, method, findings, sensitivity, funding, provenance.

    `columns`, `measures` and `room` as in `ranked_list`. How sure each place is stands in the usual columns of up to 60
    measures, beyond that where such a column is chosen; with a `plan` it
    knows how near the plan's budget line is. Numbers are numbers (EUR, points, fractions), texts are never formulas or
    links. The creation date is the study's as-of date, so the same result gives the same bytes.
    Raises InputError as `ranked_list` does.
    """
    columns = wanted_columns(result, columns)
    labels = list_labels(result, columns, plan)
    listing = ranked_list(result, language, columns, measures=measures, room=room, labels=labels)

    def draw(book: Workbook, formats: Formats) -> None:
        parts = basis_parts(result, language)
        ranking_sheet(book, result, listing, formats, language, chosen=bool(columns))
        ranking_chart(book, result, formats, language)
        _weights_sheet(book, result, formats, language, parts["weights"])
        method = (_paragraph(result, language), settings_listing(result, language), *parts["reading"])
        draw_blocks(new_sheet(book, "method", result, language), method, formats)
        findings = (*parts["findings"], *(parts["outside"] if result.gated else ()))
        draw_blocks(new_sheet(book, "findings", result, language), findings, formats)
        if answers := short_sensitivity(result, labels, language):
            _sensitivity_sheet(book, result, formats, language, answers)
        if result.study.programmes:
            _funding_sheet(book, result, formats, language)
        origin = (*parts["study"], *parts["provenance"])
        draw_blocks(new_sheet(book, "provenance", result, language), origin, formats)

    return workbook(result, language, draw)


def _paragraph(result: Result, language: str) -> Listing:
    rows = ((method_paragraph(result, language),),)
    return Listing(text("list.method.title", language), (Column("paragraph", "", "text", WIDE),), rows)


def _weights_sheet(book: Workbook, result: Result, formats: Formats, language: str, blocks: Iterable[Listing]) -> None:
    sheet = new_sheet(book, "weights", result, language)
    end = draw_blocks(sheet, blocks, formats)
    weights_chart(book, sheet, result, formats, language, (end, 0))


def _funding_sheet(book: Workbook, result: Result, formats: Formats, language: str) -> None:
    sheet = new_sheet(book, "funding", result, language)
    listing = funding_list(result, language)
    draw_table(sheet, listing, formats, PRINTED_VERDICTS, "funding")
    sheet.print_area(0, 0, len(listing.rows), PRINTED_VERDICTS - 1)


def _sensitivity_sheet(
    book: Workbook, result: Result, formats: Formats, language: str, answers: Iterable[Answer]
) -> None:
    """The answers one below the other on one grid of columns, each with its sentences."""
    sheet = new_sheet(book, "sensitivity", result, language)
    for at, width in enumerate(GRID):
        sheet.set_column(at, at, width)
    row = 0
    for answer in answers:
        sheet.write_string(row, 0, answer.title, formats["title"])
        row += 1
        if answer.listing is not None:
            row = draw_grid(sheet, row, answer.listing, formats, GRID)
        for note in answer.notes:
            _note(sheet, row, note, formats)
            row += 1
        row += 1


GRID = (46, 12, 12, 18, 12, 12, 14, 50)
"""Widths of the sensitivity sheet's columns, shared by its tables."""


def _note(sheet: Worksheet, row: int, note: str, formats: Formats) -> None:
    """A sentence over the sheet's width, in as many lines as it needs."""
    sheet.merge_range(row, 0, row, len(GRID) - 1, "", formats["text"])
    sheet.write_string(row, 0, note, formats["text"])
    sheet.set_row(row, row_height(ceil(1.1 * len(note) / sum(GRID))))
