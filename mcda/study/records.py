"""From a table as it stands in its file to the records of the model: every wrong cell is named, none guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import ValidationError

from mcda.errors import Issue, Param, Where, nearest
from mcda.study.cells import (
    Cell,
    CellError,
    convert,
    holds_numbers,
    holds_whole_numbers,
    is_empty,
    kind_of,
    shown_text,
    three_after,
    told_signs,
)
from mcda.study.model import TABLES, Rating, Record
from mcda.study.near_number import near_number, says_no_number
from mcda.study.shape import Reading, body_of, columns_of, filled_down, is_wide, place, rated_by, tell_columns
from mcda.study.tables import RawTable

AMOUNT = re.compile("_eur$|_eur_|^(best|worst|minimum)$")
"""Columns of amounts, which have two decimals or none."""

BLANKS: Mapping[str, Any] = {"number": 0.0, "decimal": Decimal(0), "integer": 0, "date": date(2000, 1, 1)}


def records_of(table: RawTable, reading: Reading) -> Iterator[Record]:
    """The records of a table, in its order; faults go to `reading`."""
    if not table.header and not table.rows:
        return
    columns = columns_of(table, reading)
    if not any(columns):
        return
    if not table.upright:
        table = replace(table, rows=filled_down(table, columns, body_of(table, columns, reading), reading))
    tell_columns(table, columns, reading)
    signs = _decimal_signs(table, columns, reading)
    for row, cells in table.rows:
        record = _record(table, columns, signs, row, cells, reading)
        if record is not None:
            reading.rows.setdefault(table.name, []).append(row)
            yield record


def _decimal_signs(table: RawTable, columns: Sequence[str], reading: Reading) -> tuple[str, ...]:
    """The decimal sign of each column: as its own numbers tell, else as those of all columns of a text file tell.

    A sign that others tell makes no decimals of 120.000 in a column of money or of whole numbers: nobody writes
    three there, somebody may have typed a single 0.5 elsewhere. That is asked about.
    """
    told = [_told(table, columns, index, reading) for index in range(len(columns))]
    everywhere = frozenset[str]().union(*told) if table.is_text else frozenset[str]()
    signs = [own or everywhere for own in told]
    found = [min(sign) if len(sign) == 1 else "" for sign in signs]
    return tuple(
        sign if told[index] or not _unlikely(table, columns, index, sign) else "" for index, sign in enumerate(found)
    )


def _unlikely(table: RawTable, columns: Sequence[str], index: int, sign: str) -> bool:
    """Whether a decimal sign would leave three decimals in a column of money or of whole numbers."""
    model, column = TABLES[table.name], columns[index]
    whole = column in model.model_fields and holds_whole_numbers(model, column)
    cells = (cells[index] for _, cells in table.rows if index < len(cells))
    return bool(sign) and (whole or AMOUNT.search(column) is not None) and three_after(cells, sign)


def _told(table: RawTable, columns: Sequence[str], index: int, reading: Reading) -> frozenset[str]:
    model, column = TABLES[table.name], columns[index]
    rated = rated_by(table, columns, column, reading) is not None
    if not rated and not (column in model.model_fields and holds_numbers(model, column)):
        return frozenset()
    cells = (cells[index] for _, cells in table.rows if index < len(cells))
    return told_signs(cells, not rated and holds_whole_numbers(model, column))


def _record(
    table: RawTable,
    columns: Sequence[str],
    signs: Sequence[str],
    row: int,
    cells: Sequence[Cell],
    reading: Reading,
) -> Record | None:
    """The row as a record; where a cell is wrong, as far as it goes, with its issues noted. None if all it holds
    are ratings in columns of their criteria."""
    model = TABLES[table.name]
    values: dict[str, Any] = {n: v for n, v in _blanks(model).items() if n not in columns}
    extra: list[tuple[str, str]] = []
    levels: list[tuple[Where, str, float]] = []
    found: list[Issue] = []
    for index, (column, sign, cell) in enumerate(zip(columns, signs, cells, strict=False)):
        if is_empty(cell) or not column:
            continue
        where = place(table, row, column.removeprefix("?"), index)
        criterion = rated_by(table, columns, column, reading)
        try:
            if criterion is not None:
                levels.append((where, criterion, convert(Rating, "value", cell, sign)))
            elif column.startswith("?"):
                extra.append((column[1:], shown_text(cell)))
            else:
                values[column] = convert(model, column, cell, sign)
        except CellError as error:
            found.append(_cell_issue(error, cell, where))
    of = {"measure": values.get("id", "")} if table.name == "measures" else {"measure": ""} | values
    reading.wide += [
        (where, Rating.model_validate(of | {"criterion": criterion, "value": value}))
        for where, criterion, value in levels
    ]
    record = _checked(table, columns, row, values | {"extra_columns": tuple(extra)}, found)
    for issue in found:
        reading.tell(issue)
    return None if table.name == "ratings" and is_wide(table, columns) else record


def _checked(table: RawTable, columns: Sequence[str], row: int, values: dict[str, Any], found: list[Issue]) -> Record:
    """The record of these values; faults against the model's limits are added to `found`."""
    model = TABLES[table.name]
    told = {issue.where.column for issue in found}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for fault in error.errors():
            column = str(fault["loc"][0]) if fault["loc"] else ""
            if column not in told:
                found.append(_fault(table, columns, row, fault))
            values.pop(column, None)
    return model.model_construct(**{**_blanks(model), **values})


@cache
def _blanks(model: type[Record]) -> Mapping[str, Any]:
    """A value of the right type for every required field, so that a record with a fault can still be looked at."""
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if info.is_required():
            kind, choices = kind_of(model, name)
            found[name] = choices[0] if choices else BLANKS.get(kind, "")
    return found


def _cell_issue(error: CellError, cell: Cell, where: Where) -> Issue:
    code, near = error.code, ""
    if code == "not_a_choice":
        near = nearest(str(cell), error.allowed.split(", "))
    elif code == "not_a_number" and isinstance(cell, str):
        code = "not_stated" if says_no_number(cell) else code
        near = near_number(cell)
    value = cell if type(cell) is float and cell == cell else shown_text(cell)
    return Issue(code, where=where, params={"value": value, "allowed": error.allowed, "nearest": near})


def _fault(table: RawTable, columns: Sequence[str], row: int, fault: Any) -> Issue:
    column = str(fault["loc"][0]) if fault["loc"] else ""
    where = place(table, row, column, columns.index(column)) if column in columns else Where(table.name, row, column)
    if fault["type"] == "missing":
        return Issue("cell_missing", where=where)
    limits = {k: v for k, v in fault.get("ctx", {}).items() if k in {"ge", "gt", "le", "lt"}}
    if not limits:
        return Issue("invalid_value", where=where, params={"value": str(fault["input"])})
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    allowed = ", ".join(f"{signs[k]} {v}" for k, v in limits.items())
    params: dict[str, Param] = {"value": str(fault["input"]), "allowed": allowed}
    return Issue("out_of_range", where=where, params=params)
