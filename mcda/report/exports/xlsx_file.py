"""The ranked list as a workbook a planner can go on working with: real numbers, filter, print layout."""

from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.funding_list import PRINTED_VERDICTS, funding_list
from mcda.report.exhibits.ranked_list import PRINTED, Listing, notice_of, ranked_list
from mcda.report.exports.workbook import (
    LINE,
    PALE,
    STRONG,
    Formats,
    draw_blocks,
    draw_table,
    made_by,
    new_sheet,
    workbook,
)
from mcda.result import Result


def xlsx_file(result: Result, language: str = "de") -> bytes:
    """The result as .xlsx with three sheets: the ranked list, what it rests on, and the funding verdicts.

    Numbers are numbers (EUR, points, fractions), texts are never formulas or links. The creation date is the
    study's as-of date, so the same result gives the same bytes.
    """

    def draw(book: Workbook, formats: Formats) -> None:
        _ranking_sheet(book, result, formats, language)
        draw_blocks(new_sheet(book, "basis", result, language), basis(result, language), formats)
        _funding_sheet(book, result, formats, language)

    return workbook(result, language, draw)


def _ranking_sheet(book: Workbook, result: Result, formats: Formats, language: str) -> None:
    listing = ranked_list(result, language)
    sheet = new_sheet(book, "ranking", result, language)
    draw_table(sheet, listing, formats, PRINTED)
    _mark(sheet, listing, formats)
    last = len(listing.rows)
    if notice := notice_of(result, language):
        sheet.merge_range(last + 2, 0, last + 2, PRINTED - 1, "", formats["notice"])
        sheet.write_string(last + 2, 0, notice, formats["notice"])
        sheet.set_row(last + 2, LINE * ceil(len(notice) / 140))
    sheet.write_string(last + 3, 0, made_by(result, language))
    sheet.print_area(0, 0, last + 3, PRINTED - 1)


def _funding_sheet(book: Workbook, result: Result, formats: Formats, language: str) -> None:
    sheet = new_sheet(book, "funding", result, language)
    listing = funding_list(result, language)
    draw_table(sheet, listing, formats, PRINTED_VERDICTS)
    sheet.print_area(0, 0, len(listing.rows), PRINTED_VERDICTS - 1)


def _mark(sheet: Worksheet, listing: Listing, formats: Formats) -> None:
    """A colour scale with symbols on the points, bars on their parts, a line above each new rank group."""
    last = max(len(listing.rows), 1)
    at = {column.key: i for i, column in enumerate(listing.columns)}
    score, group = at["score"], at["rank_group"]
    scale: dict[str, Any] = {"type": "2_color_scale", "min_color": PALE, "max_color": STRONG}
    sheet.conditional_format(1, score, last, score, scale)
    sheet.conditional_format(1, score, last, score, {"type": "icon_set", "icon_style": "5_quarters"})
    for i, column in enumerate(listing.columns):
        if column.kind == "points" and column.key not in ("score", "score_low", "score_high"):
            bar: dict[str, Any] = {
                "type": "data_bar",
                "bar_color": STRONG,
                "min_type": "num",
                "min_value": 0,
            }
            sheet.conditional_format(1, i, last, i, bar)
    letter = chr(ord("A") + group)
    rule: dict[str, Any] = {"type": "formula", "criteria": f"=${letter}3<>${letter}2", "format": formats["group"]}
    if last > 1:
        sheet.conditional_format(2, 0, last, len(listing.columns) - 1, rule)
