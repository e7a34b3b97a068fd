"""Write a study to a folder of CSV files or an .xlsx workbook, so that reading it gives an equal study."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from mcda.study.model import TABLES, Record, Study

EPOCH = datetime(2000, 1, 1)
"""Creation date written into workbooks: the same study gives the same bytes."""


def write_study(study: Study, target: str | Path) -> None:
    """Write to an .xlsx file, or to a folder (made if missing) of one CSV file per table.

    Files are written beside their place and moved there whole. Unknown columns survive.
    """
    path = Path(target)
    if path.suffix.lower() == ".xlsx":
        _replace(path, workbook_bytes(study))
        return
    path.mkdir(parents=True, exist_ok=True)
    for table, (header, rows) in tables_of(study).items():
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([cell_text(value, name) for name, value in zip(header, row, strict=True)] for row in rows)
        _replace(path / f"{table}.csv", stream.getvalue().encode("utf-8"))


def workbook_bytes(study: Study) -> bytes:
    """The study as an .xlsx workbook, one sheet per table: real numbers and dates, everything else text."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": EPOCH})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy"})
        percent = book.add_format({"num_format": "0.00##########%"})
        for table, (header, rows) in tables_of(study).items():
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(header):
                sheet.write_string(0, column, name, bold)
                sheet.set_column(column, column, min(max(len(name) + 2, 10), 40))
            for line, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(line, column, value, day)
                    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                        small = needs_percent(header[column], value)
                        sheet.write_number(
                            line, column, float(value) / 100 if small else value, percent if small else None
                        )
                    elif value is not None:
                        sheet.write_string(line, column, cell_text(value))
    return stream.getvalue()


def tables_of(study: Study) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Header and rows of every table that has rows; columns that hold nothing but defaults are left out."""
    found: dict[str, tuple[list[str], list[list[Any]]]] = {}
    for table, model in TABLES.items():
        content = getattr(study, table)
        records: Sequence[Record] = content if isinstance(content, tuple) else (content,)
        if not records:
            continue
        header = [name for name in model.model_fields if name != "extra_columns" and _used(model, name, records)]
        extra = list(dict.fromkeys(name for record in records for name, _ in record.extra_columns))
        rows = [[getattr(r, n) for n in header] + [dict(r.extra_columns).get(n) for n in extra] for r in records]
        if table == "study":
            found[table] = (["field", "value"], [list(pair) for pair in zip(header + extra, rows[0], strict=True)])
        else:
            found[table] = (header + extra, rows)
    return found


def cell_text(value: Any, column: str = "") -> str:
    """A value as the text of a cell, readable again without guessing: a point is the decimal sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join("=".join(_part(p) for p in item) if isinstance(item, tuple) else _part(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return _part(value) + (" %" if needs_percent(column, value) else "")
    return str(value)


def needs_percent(column: str, value: object) -> bool:
    """Whether a percentage is so small that a bare number would be asked about."""
    return column.endswith("_pct") and isinstance(value, int | float | Decimal) and 0 < value <= 1


def _number(value: float | Decimal) -> str:
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _part(item: Any) -> str:
    """A number or an item of a list; three decimals get a fourth, lest they look like thousands."""
    if not isinstance(item, int | float | Decimal):
        return str(item)
    text = _number(item)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _used(model: type[Record], name: str, records: Sequence[Record]) -> bool:
    field = model.model_fields[name]
    return field.is_required() or any(getattr(record, name) != field.default for record in records)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content)
    beside.replace(path)
