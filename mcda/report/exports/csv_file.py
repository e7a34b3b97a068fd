"""The ranked list as CSV: for a German spreadsheet, or for a program."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mcda.report.exhibits.ranked_list import Cell, Column, ranked_list
from mcda.result import Result

DIALECTS = ("office", "machine")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a text as a formula."""


def csv_file(result: Result, language: str = "de", dialect: str = "machine") -> bytes:
    """The ranking as CSV, lines ending in CR LF (RFC 4180).

    `office`: the list people see, headers in `language`, semicolons, UTF-8 with byte order mark, decimal comma in
    German; German Excel opens it by a double click. `machine`: the columns of `Result.frame()` unrounded, commas,
    decimal points, UTF-8. A text that a spreadsheet could take for a formula gets an apostrophe in front.
    Raises ValueError for another dialect.
    """
    if dialect == "machine":
        return _machine(result)
    if dialect == "office":
        return _office(result, language)
    raise ValueError(f"dialect {dialect!r} is not one of {', '.join(DIALECTS)}")


def harmless(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _machine(result: Result) -> bytes:
    rows = result.rows()
    header = list(rows[0]) if rows else []
    return _written([header, *([_plain(row[key]) for key in header] for row in rows)], ",").encode()


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else str(value)


def _office(result: Result, language: str) -> bytes:
    listing = ranked_list(result, language)
    header = [harmless(column.header) for column in listing.columns]
    rows = [[_cell(*pair, language) for pair in zip(row, listing.columns, strict=True)] for row in listing.rows]
    return _written([header, *rows], ";").encode("utf-8-sig")


def _cell(value: Cell, column: Column, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if column.kind in ("whole", "year"):
        return str(value)
    digits = 2 if column.kind in ("money", "number") else 4
    figure = format(round(Decimal(str(value)), digits), "f")
    return figure.replace(".", ",") if language == "de" else figure


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
