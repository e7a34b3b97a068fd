"""A ballot on paper: one municipality's measures with a box for every level, laid out for A4."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.locale.formats import plain
from mcda.study.collection.asked import (
    asked,
    bounds_of,
    heading,
    label_in,
    levels_of,
    study_title,
    title_in,
    wording_of,
)
from mcda.study.collection.form import DARK, LINE, OPTIONS
from mcda.study.model import Criterion, Measure, Study

BOX = "☐"
MOST_BOXES = 11
"""A scale of more levels gets a line to write a number on."""

NUMBER_WIDTH, TITLE_WIDTH, BOXES_WIDTH, REASON_WIDTH = 8, 40, 26, 34


def ballot_bytes(
    study: Study, municipality_id: str, language: str = "de", criteria: Sequence[str] | None = None
) -> bytes:
    """A printable ballot as .xlsx for A4 across: the scales on top, then a row per measure with a box for every
    level and for abstaining, and room for a reason. The header row stands on every page.

    Arguments, order and errors as for the rating workbook. Same arguments, same bytes.
    """
    municipality, measures, leaves = asked(study, municipality_id, criteria)
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties(
            {"title": study_title(study, language), "created": datetime.combine(study.study.as_of, time())}
        )
        looks = _looks(book)
        sheet = book.add_worksheet(text("collection.sheet.ballot", language))
        by = heading(study, municipality, language)
        sheet.write_string(0, 0, study_title(study, language), looks["title"])
        sheet.write_string(1, 0, by, looks["strong"])
        sheet.write_string(2, 0, text("collection.ballot_how_to", language), looks["plain"])
        header = _write_scales(sheet, study, leaves, looks, language)
        last = _write_measures(sheet, study, measures, leaves, looks, language, header)
        sheet.write_string(last + 2, 0, text("collection.ballot_signed", language), looks["plain"])
        _lay_out(sheet, len(leaves), header, last + 2, f"{by} · {study.input_hash[:8]}", language)
    return stream.getvalue()


def _looks(book: Workbook) -> Mapping[str, Format]:
    line = {"border": 1, "border_color": "#7A8794", "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": DARK}),
        "strong": book.add_format({"bold": True, "font_size": 12}),
        "plain": book.add_format({"valign": "top"}),
        "scale": book.add_format({"valign": "top", "text_wrap": True, "font_size": 9}),
        "name": book.add_format({"bold": True, "valign": "top", "text_wrap": True, "font_size": 10}),
        "header": book.add_format(line | {"bold": True, "bg_color": "#E7EDF3", "align": "center"}),
        "cell": book.add_format(line),
        "boxes": book.add_format(line | {"align": "center", "font_size": 12}),
    }


def _write_scales(
    sheet: Worksheet, study: Study, leaves: Sequence[Criterion], looks: Mapping[str, Format], language: str
) -> int:
    """Every criterion with the wording of its levels side by side; returns the row below."""
    row = 4
    for leaf in leaves:
        wording = " · ".join(wording_of(study, leaf, language).splitlines())
        sheet.merge_range(row, 0, row, 1, label_in(leaf, language), looks["name"])
        sheet.merge_range(row, 2, row, 2 + len(leaves), wording, looks["scale"])
        room = 1.25 * (BOXES_WIDTH * len(leaves) + REASON_WIDTH)
        sheet.set_row(row, LINE * (1 + len(wording) // room) + 4)
        row += 1
    return row + 1


def _write_measures(
    sheet: Worksheet,
    study: Study,
    measures: Sequence[Measure],
    leaves: Sequence[Criterion],
    looks: Mapping[str, Format],
    language: str,
    header: int,
) -> int:
    words = [text(f"collection.column.{name}", language) for name in ("measure", "title")]
    words += [label_in(leaf, language) for leaf in leaves] + [text("collection.column.reason", language)]
    for column, word in enumerate(words):
        sheet.write_string(header, column, word, looks["header"])
    sheet.set_row(header, 30)
    for row, measure in enumerate(measures, start=header + 1):
        sheet.write_string(row, 0, measure.id, looks["cell"])
        sheet.write_string(row, 1, title_in(measure, language), looks["cell"])
        for column, leaf in enumerate(leaves, start=2):
            sheet.write_string(row, column, _boxes(study, leaf, language), looks["boxes"])
        sheet.write_blank(row, 2 + len(leaves), None, looks["cell"])
        sheet.set_row(row, 36)
    return header + len(measures)


def _boxes(study: Study, leaf: Criterion, language: str) -> str:
    levels, abstain = levels_of(study, leaf), f"{BOX}\u00a0{text('collection.abstain_short', language)}"
    if not 1 < len(levels) <= MOST_BOXES:
        low, high = (plain(end, language) for end in bounds_of(leaf))
        return f"______ ({low} – {high})\n{abstain}"
    return "  ".join(f"{BOX}\u00a0{plain(level, language)}" for level in levels) + f"\n{abstain}"


def _lay_out(sheet: Worksheet, criteria: int, header: int, last: int, footer: str, language: str) -> None:
    widths = (NUMBER_WIDTH, TITLE_WIDTH, *[BOXES_WIDTH] * criteria, REASON_WIDTH)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, last, len(widths) - 1)
    page = text("collection.page", language, page="&P", pages="&N")
    sheet.set_footer(f"&L&8{footer.replace('&', '&&')[:180]}&R&8{page}")
    sheet.hide_gridlines(2)
