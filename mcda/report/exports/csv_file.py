"""The ranked list as CSV: for a German spreadsheet, or for a program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.label_list import considered
from mcda.report.exhibits.list_columns import SURE
from mcda.report.exhibits.list_labels import list_labels
from mcda.report.exhibits.listing import Cell, Column, Listing
from mcda.report.exhibits.ranked_list import list_groups, notice_of, ranked_list, wanted_columns
from mcda.report.exhibits.result_rows import result_rows
from mcda.result import Result
from mcda.robustness.labels import SETTINGS, Labels
from mcda.workshop.room import Room

DIALECTS = ("office", "machine")
BESIDE = (
    *("lead", "municipalities", "time_horizon", "start_year", "duration_months", "status", "staff_fte"),
    *("investment_eur", "running_cost_eur_per_year", "eligible_cost_eur"),
)
"""What programs get of every measure besides its ranks and sums; values of the criteria follow."""

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet read a text as a formula."""


def csv_file(
    result: Result,
    language: str = "de",
    dialect: str = "machine",
    columns: Sequence[str] = (),
    *,
    measures: Sequence[str] = (),
    room: Room | None = None,
    plan: Plan | None = None,
) -> bytes:
    """The ranking as CSV, lines ending in CR LF (RFC 4180).

    `office`: the list people see, headers in `language`, semicolons, decimal comma, UTF-8 with byte order mark; German
    Excel opens it by a double click. Under an empty line follow notice, weights, findings and where the numbers come
    from. `machine`: the columns of `Result.frame()` unrounded, what else is known of a measure and its value on every
    criterion (`value_...`, in its unit), commas, decimal points, UTF-8, then the same in every row: `notice`,
    `version`, `input_hash`, `method`, `as_of`, `seed`, and as JSON `scenario` and `weights` (fractions of the whole);
    `pandas.read_csv(file)` reads it without options. A text that a spreadsheet could take for a formula
    gets an apostrophe in front.
    `columns`, `measures` and `room` as in `ranked_list`, `plan` as in `xlsx_file`: in both dialects those columns, for
    programs under their keys and as codes. Raises ValueError for another dialect, InputError as `ranked_list` does.
    """
    columns = wanted_columns(result, columns)
    if dialect == "office":
        labels = list_labels(result, columns, plan)
        listing = ranked_list(result, language, columns, measures=measures, room=room, labels=labels)
        return listing_csv(listing, result, language, _considered(labels, language))
    if dialect != "machine":
        raise ValueError(f"dialect {dialect!r} is not one of {', '.join(DIALECTS)}")
    if columns:
        listing = ranked_list(
            result,
            language,
            columns,
            measures=measures,
            room=room,
            labels=list_labels(result, columns, plan),
            codes=True,
        )
        keys = [column.key for column in listing.columns]
        return _machine([dict(zip(keys, row, strict=True)) for row in listing.rows], keys, result, language)
    rows = result_rows(result, measures, room)
    more = _beside(result, language, measures, room, plan)
    lines = [dict(zip((c.key for c in more.columns), row, strict=True)) for row in more.rows]
    keys = [*dict(*(rows or result.rows())[:1]), *(column.key for column in more.columns)]
    return _machine([row | told for row, told in zip(rows, lines, strict=True)], keys, result, language)


def _beside(result: Result, language: str, measures: Sequence[str], room: Room | None, plan: Plan | None) -> Listing:
    """What a list carries besides the columns of `Result.frame()`, line by line, for programs."""
    known = list_groups(result, language)
    labels = list_labels(result, (), plan)
    keys = (*(SURE[:2] if labels else ()), *BESIDE, *(column.key for column in known.get("values", ())))
    return ranked_list(result, language, keys, measures=measures, room=room, labels=labels, codes=True)


def listing_csv(listing: Listing, result: Result, language: str = "de", notes: Sequence[Listing] = ()) -> bytes:
    """Any list of this result for a German spreadsheet, in the dialect `office`, with `notes` on it and where its
    numbers come from."""
    rows = list(_table(listing))
    for block in (*notes, *basis(result, language)):
        rows += [[], [harmless(block.title)], *(row for row in _table(block) if any(row))]
    return written(rows, ";").encode("utf-8-sig")


def _considered(labels: Labels | None, language: str) -> tuple[Listing, ...]:
    """What was considered for the labels: goes wherever they go."""
    if labels is None:
        return ()
    title = text("export.column.robustness", language)
    return (Listing(title, (Column("note", "", "text", 90),), ((considered(labels, SETTINGS, language),),)),)


def harmless(words: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{words}" if words.startswith(RISKY) else words


def _machine(rows: Iterable[Mapping[str, object]], keys: Sequence[str], result: Result, language: str) -> bytes:
    """Rows with where they come from at their ends. A list without rows has a header all the same."""
    told = origin(result, language)
    header = [*keys, *told]
    full = ({**row, **told} for row in rows)
    return written([header, *([plain(row[key]) for key in header] for row in full)], ",").encode()


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
    digits = 2 if column.kind in ("money", "cents", "number") else 4
    return format(round(Decimal(str(value)), digits), "f").replace(".", ",")


def written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """Rows as the text of a file, lines ending in CR LF."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()
