"""What a German planner types to fill the template with a study: words, decimal commas, points between thousands."""

import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from mcda.study.columns import column_name, table_name
from mcda.study.model import Rating, Record, Study
from mcda.study.template_columns import Column, columns_of
from mcda.study.words import shown

Typed = tuple[str, str, str]


def german(value: float | Decimal, money: bool) -> str:
    """1234.5 as 1.234,50 (an amount of money) or 1234,5."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    whole, _, part = written.partition(".")
    part = part.rstrip("0")
    if money:
        return f"{whole.replace(',', '.')},{part.ljust(2, '0')}"
    return whole.replace(",", "") + (f",{part}" if part else "")


def written(field: str, value: Any, language: str) -> str:
    """A value as it is typed into the column of that field."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return {"de": ("nein", "ja"), "en": ("no", "yes")}[language][value]
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int | float | Decimal):
        small = field.endswith("_pct") and 0 < value <= 1
        return german(value, "_eur" in field) + (" %" if small else "")
    if isinstance(value, tuple):
        return "; ".join(_item(field, item, language) for item in value)
    return shown(field, value, language)


def _item(field: str, item: Any, language: str) -> str:
    if isinstance(item, tuple):
        return "=".join(german(part, False) if isinstance(part, float | Decimal) else str(part) for part in item)
    return german(item, False) if isinstance(item, float) else shown(field, item, language)


def agreed(study: Study, criteria: set[str]) -> Mapping[tuple[str, str], Rating]:
    """The ratings that stand beside their measure: agreed ones that say nothing but a level."""
    return {
        (r.measure, r.criterion): r
        for r in study.ratings
        if r.criterion in criteria and r == Rating(measure=r.measure, criterion=r.criterion, value=r.value)
    }


def pages(template: bytes, study: Study, language: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Every sheet of the template as it stands once filled with the study: name and rows of typed texts.

    Columns keep their place; those of criterion ratings get the study's names; what is missing comes at the end.
    """
    columns = columns_of(study, language)
    beside = agreed(study, {c.criterion for c in columns["measures"] if c.criterion})
    for sheet in load_workbook(io.BytesIO(template)):
        table = table_name(sheet.title)
        if table == "study":
            found = [str(row[0].value) for row in sheet.iter_rows(min_row=2) if row[0].value]
            placed = _placed(table, found, columns[table])
            value = [_cell(study.study, c, {}, language) if c else "" for c in placed]
            yield sheet.title, [[], *([c.header if c else "", v] for c, v in zip(placed, value, strict=True))]
        elif table is not None:
            found = [str(cell.value) for cell in sheet[1] if cell.value]
            placed = _placed(table, found, columns[table])
            records = [r for r in getattr(study, table) if not (isinstance(r, Rating) and _stands(r, beside))]
            rows = [[_cell(r, c, beside, language) if c else "" for c in placed] for r in records]
            yield sheet.title, [[c.header if c else "" for c in placed], *rows]


def _stands(rating: Rating, beside: Mapping[tuple[str, str], Rating]) -> bool:
    return beside.get((rating.measure, rating.criterion)) is rating


def _placed(table: str, found: list[str], columns: tuple[Column, ...]) -> list[Column | None]:
    """The study's columns by their place in the template; None where it has one too many."""
    fields = {c.field: c for c in columns if c.field}
    rated = [c for c in columns if c.criterion]
    placed: list[Column | None] = []
    for word in found:
        field = column_name(table, word)
        placed.append(fields.pop(field, None) if field else rated.pop(0) if rated else None)
    return [*placed, *rated, *fields.values(), *(c for c in columns if not c.field and not c.criterion)]


def _cell(record: Record, column: Column, beside: Mapping[tuple[str, str], Rating], language: str) -> str:
    if column.criterion:
        rating = beside.get((getattr(record, "id", ""), column.criterion))
        return "" if rating is None else written("value", rating.value, language)
    if not column.field:
        return str(dict(record.extra_columns).get(column.header, ""))
    return written(column.field, getattr(record, column.field), language)


def typed(template: bytes, filled: Mapping[str, list[list[str]]]) -> Iterator[Typed]:
    """The cells to type into a template whose example was emptied: contents, and headers that are other ones."""
    book = load_workbook(io.BytesIO(template))
    for name, rows in filled.items():
        for r, row in enumerate(rows, start=1):
            for c, words in enumerate(row, start=1):
                fixed = r == 1 or (c == 1 and table_name(name) == "study")
                if words and not (fixed and book[name].cell(r, c).value == words):
                    yield name, f"{get_column_letter(c)}{r}", words


def emptied(template: bytes, filled: Mapping[str, list[list[str]]]) -> Iterator[tuple[str, str]]:
    """The parts of a template that hold the example: rows below headers, and headers the study has no column for."""
    book = load_workbook(io.BytesIO(template))
    for name, rows in filled.items():
        sheet = book[name]
        first = "B" if table_name(name) == "study" else "A"
        yield name, f"{first}2:{first if first == 'B' else get_column_letter(sheet.max_column)}{max(sheet.max_row, 2)}"
        if first == "A":
            yield from ((name, f"{get_column_letter(c)}1") for c, words in enumerate(rows[0], start=1) if not words)
