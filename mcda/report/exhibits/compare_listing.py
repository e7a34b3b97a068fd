"""A table of a comparison as a listing: headers of the catalogue, cells by the kind of their column."""

from collections.abc import Callable, Mapping

import pandas as pd

from mcda.locale import text
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing

Columns = tuple[tuple[str, Kind, int], ...]
Cells = Callable[[Mapping[str, object]], Cell]


def compare_listing(
    name: str, frame: pd.DataFrame, columns: Columns, language: str, own: Mapping[str, Cells] | None = None
) -> Listing:
    """The listing called `name` with these columns of a frame; `own` says how a column's cells are made from a row."""
    made = own or {}
    heads = tuple(Column(key, text(f"compare.column.{key}", language), kind, width) for key, kind, width in columns)
    records: list[dict[str, object]] = [
        dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(dtype=object)
    ]
    rows = tuple(
        tuple(made[key](row) if key in made else plain_cell(row[key], kind) for key, kind, _ in columns)
        for row in records
    )
    return Listing(text(f"compare.table.{name}", language), heads, rows)


def plain_cell(value: object, kind: Kind) -> Cell:
    """A value of a frame as a cell: None where it is missing."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, str):
        return value
    return int(str(value)) if kind == "whole" else float(str(value))
