"""The sheet a planner works with: the ranked list as a table object, marked by sign and colour, ready to print."""

from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exhibits.ranked_list import PRINTED, notice_of
from mcda.report.exports.workbook import PALE, STRONG, Formats, draw_table, made_by, new_sheet, row_height
from mcda.result import Result

A3 = 8
A4_CHARACTERS = 190
"""Columns wider than that together are set on A3, so that they can still be read."""

PAGE_CHARACTERS = 300
"""Wider ones go over several pages side by side."""

TABLE = "ranking"
"""The table object's name."""

_LABELS = {"secure": "dark", "likely": "middle", "contested": "check", "unlikely": "pale"}
_TIERS = {"1": "dark", "2": "middle", "3": "pale"}
_VERDICTS = {"yes": "yes", "check": "check", "no": "no"}
_SCORES = frozenset({"score", "score_low", "score_high"})


def ranking_sheet(
    book: Workbook, result: Result, listing: Listing, formats: Formats, language: str, chosen: bool
) -> Worksheet:
    """Draw the list. All columns are printed where a person `chosen` them, else those that fit a page."""
    sheet = new_sheet(book, "ranking", result, language)
    printed = len(listing.columns) if chosen else _printed(listing)
    draw_table(sheet, listing, formats, printed, TABLE)
    if listing.rows:
        _mark(sheet, listing, formats, language)
    _foot(sheet, result, listing, formats, language, printed)
    _paper(sheet, listing, printed)
    return sheet


def _printed(listing: Listing) -> int:
    """So many of the first columns are made for paper."""
    return next((at for at, column in enumerate(listing.columns) if column.key not in PRINTED), len(listing.columns))


def _foot(sheet: Worksheet, result: Result, listing: Listing, formats: Formats, language: str, printed: int) -> None:
    """Below the list: what must be said with it, and where its numbers come from."""
    last = len(listing.rows)
    if notice := notice_of(result, language):
        wide = sum(column.width for column in listing.columns[:printed])
        if printed > 1:
            sheet.merge_range(last + 2, 0, last + 2, printed - 1, "", formats["notice"])
        sheet.write_string(last + 2, 0, notice, formats["notice"])
        sheet.set_row(last + 2, row_height(ceil(1.2 * len(notice) / max(wide, 10))))
    sheet.write_string(last + 3, 0, made_by(result, language))
    sheet.print_area(0, 0, last + 3, printed - 1)


def _paper(sheet: Worksheet, listing: Listing, printed: int) -> None:
    """A4 landscape, A3 for many columns; what is wider still goes on further pages that repeat the first columns."""
    wide = sum(column.width for column in listing.columns[:printed])
    if wide > A4_CHARACTERS:
        sheet.set_paper(A3)
    if wide > PAGE_CHARACTERS:
        sheet.fit_to_pages(ceil(wide / PAGE_CHARACTERS), 0)
        sheet.repeat_columns(0, max(_place(listing, "title"), 0))


def _place(listing: Listing, key: str) -> int:
    """The column of that key, -1 where the list does not have it."""
    return next((at for at, column in enumerate(listing.columns) if column.key == key), -1)


def _mark(sheet: Worksheet, listing: Listing, formats: Formats, language: str) -> None:
    """Colours by what the cells say, so that they go along when somebody sorts or types: tiers, labels and verdicts by
    their signs, points with symbols, bars on the parts, a line above each new rank group."""
    last = len(listing.rows)
    for at, column in enumerate(listing.columns):
        for sign, look in _signs(column, language):
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": formats[look]}
            sheet.conditional_format(1, at, last, at, rule)
        if column.key == "score":
            _scale(sheet, at, last)
        elif column.kind == "points" and column.key not in _SCORES:
            bar: dict[str, Any] = {"type": "data_bar", "bar_color": STRONG, "min_type": "num", "min_value": 0}
            sheet.conditional_format(1, at, last, at, bar)
    group = _place(listing, "rank_group")
    if group >= 0 and last > 1:
        name = xl_col_to_name(group)
        line = {"type": "formula", "criteria": f"=${name}3<>${name}2", "format": formats["group"]}
        sheet.conditional_format(2, 0, last, len(listing.columns) - 1, line)


def _scale(sheet: Worksheet, at: int, last: int) -> None:
    """The more points, the darker, and a symbol in front."""
    scale: dict[str, Any] = {"type": "2_color_scale", "min_color": PALE, "max_color": STRONG}
    sheet.conditional_format(1, at, last, at, scale)
    sheet.conditional_format(1, at, last, at, {"type": "icon_set", "icon_style": "5_quarters"})


def _signs(column: Column, language: str) -> list[tuple[str, str]]:
    """What cells of a column begin with, and the look that goes with it."""
    if column.key in ("tier", "decided_tier"):
        return [(text(f"export.tier.{tier}", language), look) for tier, look in _TIERS.items()]
    if column.key == "robustness":
        return [(text(f"labels.sign.{name}", language), look) for name, look in _LABELS.items()]
    if column.key == "verdict":
        return [(text(f"export.verdict.{name}", language)[0], look) for name, look in _VERDICTS.items()]
    return []
