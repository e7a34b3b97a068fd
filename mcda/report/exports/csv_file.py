"""The ranked list as CSV: for a German spreadsheet, or for a program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.ranked_list import Cell, Column, Listing, notice_of, ranked_list
from mcda.result import Result

DIALECTS = ("office", "machine")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a text as a formula."""


def csv_file(result: Result, language: str = "de", dialect: str = "machine") -> bytes:
    """The ranking as CSV, lines ending in CR LF (RFC 4180).

    `office`: the list people see, headers in `language`, semicolons, decimal comma, UTF-8 with byte order mark; German
    Excel opens it by a double click. Under an empty line follow notice, weights, findings and where the numbers come
    from. `machine`: the columns of `Result.frame()` unrounded, commas, decimal points, UTF-8, then the same in every
    row: `notice`, `version`, `input_hash`, `method`, `as_of`, `seed`, and as JSON `scenario` and `weights` (fractions
    of the whole); `pandas.read_csv(file)` reads it without options. A text that a spreadsheet could take for a formula
    gets an apostrophe in front.
    Raises ValueError for another dialect.
    """
    if dialect == "machine":
        return _machine(result, language)
    if dialect == "office":
        return _office(result, language)
    raise ValueError(f"dialect {dialect!r} is not one of {', '.join(DIALECTS)}")


def listing_csv(listing: Listing, result: Result, language: str = "de") -> bytes:
    """Any list of this result for a German spreadsheet, in the dialect `office`, with where its numbers come from."""
    rows = list(_table(listing))
    for block in basis(result, language):
        rows += [[], [harmless(block.title)], *(row for row in _table(block) if any(row))]
    return written(rows, ";").encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _machine(result: Result, language: str) -> bytes:
    told = origin(result, language)
    rows = [row | told for row in result.rows()]
    header = list(rows[0]) if rows else []
    return written([header, *([plain(row[key]) for key in header] for row in rows)], ",").encode()


def origin(result: Result, language: str) -> dict[str, object]:
    """Where the numbers come from, enough to make them again, and what must be said with them."""
    made = result.provenance
    return {
        "notice": notice_of(result, language),
        "version": made.version,
        "input_hash": made.input_hash,
        "method": made.method,
        "as_of": made.as_of,
        "seed": made.seed,
        "scenario": json.dumps(made.scenario, ensure_ascii=False, sort_keys=True),
        "weights": json.dumps(dict(result.weights.overall)),
    }


def plain(value: object) -> str:
    """A cell for machines."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else str(value)


def _office(result: Result, language: str) -> bytes:
    return listing_csv(ranked_list(result, language), result, language)


def _table(listing: Listing) -> Iterator[list[str]]:
    yield [harmless(column.header) for column in listing.columns]
    for row in listing.rows:
        yield [_cell(*pair) for pair in zip(row, listing.columns, strict=True)]


def _cell(value: Cell, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if column.kind in ("whole", "year"):
        return str(value)
    digits = 2 if column.kind in ("money", "number") else 4
    return format(round(Decimal(str(value)), digits), "f").replace(".", ",")


def written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """Rows as the text of a file, lines ending in CR LF."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
