"""How the template's cells look, what they accept and which lists they offer (xlsxwriter)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mcda.locale import text
from mcda.study.cells import kind_of
from mcda.study.columns import table_title
from mcda.study.model import TABLES, Study
from mcda.study.template_columns import Column, scale_levels, words_of
from mcda.study.write import needs_percent

DARK, PALE, GREEN, INK = "#1F3A5F", "#5B7083", "#2E6B4F", "#44546A"
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": {"num_format": "@", "align": "left", "indent": 1},
    "money": {"num_format": "#,##0.00"},
    "number": {},
    "whole": {"num_format": "0"},
    "degree": {"num_format": "0.000000"},
    "percent": {"num_format": "0.00##########%"},
}
"""Number formats that lose nothing when a sheet is saved as CSV as shown; a count has no thousands sign."""

DAY = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
MESSAGE, TITLE = 255, 32
"""Excel's limits for a cell's input message and its title."""

DAYS = {"criteria": "between", "minimum": date(1990, 1, 1), "maximum": date(2199, 12, 31)}
NUMBERS = {"criteria": "between", "minimum": -1e12, "maximum": 1e12}


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook being written: language, last row with help, formats by look, drop-down lists by offer."""

    book: Workbook
    language: str
    last: int
    formats: Mapping[str, Format]
    names: dict[str, str] = field(default_factory=dict)


def formats_of(book: Workbook, language: str, example: bool) -> dict[str, Format]:
    """Formats by look: LOOK for empty cells, LOOK_filled for rows (italic in the example), LOOK_left for the study
    sheet, and those of headers and instructions."""
    looks = {**LOOKS, "day": {"num_format": DAY[language]}}
    style = {"italic": True, "font_color": INK} if example else {}
    found = {look: book.add_format({"valign": "top", **form}) for look, form in looks.items()}
    found |= {f"{look}_filled": book.add_format({"valign": "top", **form, **style}) for look, form in looks.items()}
    left = {"align": "left", "indent": 1, **style}
    found |= {f"{look}_left": book.add_format({"valign": "top", **form, **left}) for look, form in looks.items()}
    top = {"bold": True, "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter", "border": 1}
    for name, colour in (("required", DARK), ("optional", PALE), ("rating", GREEN)):
        found[name] = book.add_format({**top, "bg_color": colour})
    plain: Mapping[str, Mapping[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": DARK},
        "heading": {"bold": True, "font_size": 12, "font_color": DARK},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "numbered": {"align": "right", "valign": "top", "indent": 1},
        "help": {"font_color": INK, "valign": "top"},
    }
    return found | {name: book.add_format(form) for name, form in plain.items()}


def add_lists(made: Book, sheet: Worksheet, columns: Mapping[str, Iterable[Column]], study: Study) -> None:
    """Names for every drop-down list: the ids of each sheet as far as filled, words and levels on a hidden sheet."""
    for table in columns:
        first = f"'{table_title(table, made.language)}'!$A$2"
        whole = f"{first}:$A${made.last + 1}"
        made.names[f"ids_{table}"] = f"ids_{table}"
        made.book.define_name(f"ids_{table}", f"={first}:INDEX({whole},MAX(1,COUNTA({whole})))")
    sheet.hide()
    offers = {c.offer: (table, c) for table, found in columns.items() for c in found if c.offer}
    for offer, (table, column) in offers.items():
        words = () if offer in made.names else _words(table, column, study, made.language)
        if words:
            _add_list(made, sheet, offer, words)


def _words(table: str, column: Column, study: Study, language: str) -> tuple[str | float, ...]:
    if column.criterion:
        return scale_levels(study.criterion_by_id[column.criterion])
    kind, choices = kind_of(TABLES[table], column.field)
    return words_of("yes_no" if kind == "bool" else column.field, choices, language)


def _add_list(made: Book, sheet: Worksheet, offer: str, words: tuple[str | float, ...]) -> None:
    at = sum(not name.startswith("ids_") for name in made.names.values())
    name = f"list_{at + 1}"
    sheet.write_string(0, at, offer)
    sheet.write_column(1, at, words)
    letter = chr(ord("A") + at % 26)
    column = f"${chr(ord('A') + at // 26 - 1) if at > 25 else ''}{letter}"
    made.book.define_name(name, f"='{sheet.get_name()}'!{column}$2:{column}${len(words) + 1}")
    made.names[offer] = name


def write_cell(
    made: Book, sheet: Worksheet, row: int, at: int, column: Column, value: Any, style: str = "filled"
) -> None:
    """A value as a real number or date, or as text that is never a formula; nothing for an empty one."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, at, value, made.formats[f"day_{style}"])
    elif isinstance(value, int | float | Decimal) and needs_percent(column.field, value):
        sheet.write_number(row, at, float(value) / 100, made.formats[f"percent_{style}"])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, at, value, made.formats[f"{column.look}_{style}"])
    else:
        sheet.write_string(row, at, str(value), made.formats[f"{column.look}_{style}"])


def comment(sheet: Worksheet, row: int, at: int, note: str) -> None:
    """A comment large enough for its text."""
    lines = sum(1 + len(line) // 38 for line in note.splitlines())
    sheet.write_comment(row, at, note, {"width": 270, "height": 16 * lines + 12, "font_size": 9})


def validate(made: Book, sheet: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
    """What the cells accept (a list, a number, a day), and the sentence of help shown when one is selected."""
    if not column.help:
        return
    rule: Mapping[str, Any] = {
        "input_title": _clipped(column.header, TITLE),
        "input_message": _fitted(column.help, MESSAGE),
        "error_title": text("template.wrong_title", made.language),
    }
    sheet.data_validation(*cells, {**rule, **_rule(made, column)})


def _rule(made: Book, column: Column) -> dict[str, Any]:
    if column.offer in made.names:
        strict = {"show_error": False} if column.strict == "free" else {"error_type": column.strict}
        wrong = text("template.wrong", made.language)
        return {"validate": "list", "source": f"={made.names[column.offer]}", "error_message": wrong, **strict}
    if column.look == "day":
        return {"validate": "date", **DAYS, "error_message": text("template.wrong_day", made.language)}
    if column.look != "text":
        return {"validate": "decimal", **NUMBERS, "error_message": text("template.wrong_number", made.language)}
    return {"validate": "any"}


def _fitted(words: str, limit: int) -> str:
    """Lines of a text, each shortened as far as needed for all of them to fit."""
    lines = words.splitlines()
    if len(words) <= limit:
        return words
    room = (limit - len(lines) + 1) // len(lines)
    return "\n".join(_clipped(line, room) for line in lines)


def _clipped(words: str, limit: int) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
