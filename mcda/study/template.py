"""The Excel template: one sheet per table with help, drop-down lists and an example; or a study to go on with."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.study.columns import table_title
from mcda.study.model import TABLES, Rating, Record, Study
from mcda.study.template_cells import DARK, PALE, Book, add_lists, comment, formats_of, validate, write_cell
from mcda.study.template_columns import Column, cell_value, columns_of
from mcda.study.template_example import example_study
from mcda.study.template_readme import write_readme
from mcda.study.write import EPOCH

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SPARE_ROWS = 500
"""Rows below the last one that offer help and drop-down lists."""

A4, HEADER_HEIGHT = 9, 48.0
WIDTHS = {"text": 14, "money": 14, "day": 12, "number": 9, "whole": 9, "degree": 12}
WIDEST, BOLD, PAGE = 46, 1.25, 190
"""Widest column, width of a bold letter, and the width up to which a sheet is printed on one page."""

WideRatings = Mapping[tuple[str, str], Rating]


def template_bytes(language: str = "de", study: Study | None = None) -> bytes:
    """The template as .xlsx in German or English; with `study`, the same workbook filled with it.

    It reads back to an equal study without issues. Agreed ratings stand in the sheet of measures, one column per
    criterion; all others in the sheet of ratings. The same call gives the same bytes.
    """
    content = study or example_study()
    columns = columns_of(content, language)
    stream = io.BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"created": EPOCH, "title": content.study.title})
        rows = max(len(getattr(content, table)) for table in TABLES if table != "study")
        made = Book(book, language, rows + SPARE_ROWS, formats_of(book, language, study is None))
        readme = book.add_worksheet(text("template.readme.sheet", language))
        sheets = {table: book.add_worksheet(table_title(table, language)) for table in columns}
        add_lists(made, book.add_worksheet(text("template.lists", language)), columns, content)
        write_readme(made, readme, content, tuple(sheets), example=study is None)
        _study_sheet(made, sheets.pop("study"), columns["study"], content)
        wide = _wide_ratings(content, columns["measures"])
        for table, sheet in sheets.items():
            _table_sheet(made, sheet, table, columns[table], _records(content, table, wide), wide)
    return stream.getvalue()


def _study_sheet(made: Book, sheet: Worksheet, columns: Sequence[Column], study: Study) -> None:
    """The table `study` stands upright: field, value, explanation."""
    sheet.freeze_panes(1, 1)
    sheet.set_tab_color(DARK)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for at, (key, width) in enumerate((("field", 34), ("value", 52), ("help", 90))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, text(f"template.{key}", made.language), made.formats["optional"])
    for row, column in enumerate(columns, start=1):
        sheet.write_string(row, 0, column.header, made.formats["required" if column.required else "optional"])
        sheet.write_blank(row, 1, None, made.formats[f"{column.look}_left"])
        write_cell(made, sheet, row, 1, column, _value(study.study, column, {}, made.language), "left")
        sheet.write_string(row, 2, column.help, made.formats["help"])
        validate(made, sheet, column, (row, 1, row, 1))


def _table_sheet(
    made: Book, sheet: Worksheet, table: str, columns: Sequence[Column], records: Sequence[Record], wide: WideRatings
) -> None:
    sheet.freeze_panes(1, 2 if table == "measures" else 1)
    sheet.set_row(0, HEADER_HEIGHT)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    sheet.set_tab_color(DARK if table in {"measures", "criteria"} else PALE)
    cells = [[_value(record, column, wide, made.language) for column in columns] for record in records]
    widths = [_width(column, [row[at] for row in cells]) for at, column in enumerate(columns)]
    if sum(widths) < PAGE:
        sheet.fit_to_pages(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, widths[at], made.formats[column.look])
        kind = "required" if column.required else "rating" if column.criterion else "optional"
        sheet.write_string(0, at, column.header, made.formats[kind])
        if column.help:
            comment(sheet, 0, at, column.note or column.help)
        validate(made, sheet, column, (1, at, made.last, at))
    for row, values in enumerate(cells, start=1):
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            write_cell(made, sheet, row, at, column, value)
    sheet.ignore_errors({"number_stored_as_text": f"A1:ZZ{made.last + 1}"})


def _width(column: Column, values: Sequence[Any]) -> float:
    """As wide as the longest word of its header and its texts, within limits."""
    word = max((len(part) for part in column.header.replace("-", " ").split()), default=0)
    words = max((len(value) for value in values if isinstance(value, str)), default=0)
    return max(WIDTHS[column.look], word * BOLD + 2, min(words + 3, WIDEST))


def _value(record: Record, column: Column, wide: WideRatings, language: str) -> Any:
    if column.criterion:
        rating = wide.get((getattr(record, "id", ""), column.criterion))
        return None if rating is None else rating.value
    if column.field:
        return cell_value(column, getattr(record, column.field), language)
    return dict(record.extra_columns).get(column.header)


def _records(study: Study, table: str, wide: WideRatings) -> tuple[Record, ...]:
    """The rows of a sheet: all of the table, without the ratings that stand in the sheet of measures."""
    content: tuple[Record, ...] = getattr(study, table)
    if table != "ratings":
        return content
    return tuple(r for r in study.ratings if wide.get((r.measure, r.criterion)) is not r)


def _wide_ratings(study: Study, columns: Sequence[Column]) -> WideRatings:
    """The agreed ratings that say nothing but a level: they fit a cell of the sheet of measures."""
    shown = {column.criterion for column in columns if column.criterion}
    return {
        (r.measure, r.criterion): r
        for r in study.ratings
        if r.criterion in shown
        and r.measure in study.measure_by_id
        and r.value is not None
        and not r.extra_columns
        and r == Rating(measure=r.measure, criterion=r.criterion, value=r.value)
    }
