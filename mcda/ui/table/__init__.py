"""A real HTML table to read, sort and open rows from: readable aloud, printable, wrapped on a phone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

import streamlit as st

_FOLDER = files(__package__)
_TABLE = st.components.v2.component(
    "rangfolge_table",
    html="<div class='frame'>\n<table><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div>",
    css=_FOLDER.joinpath("table.css").read_text(encoding="utf-8"),
    js=_FOLDER.joinpath("table.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `id` is also its style, `heading` marks the one that names the row and opens it."""

    id: str
    label: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, a second line, a line only narrow screens show, and a mark (yes, check, no)."""

    text: str
    small: str = ""
    phone: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the id its button reports and one cell per column."""

    id: str
    cells: tuple[Cell, ...]
    standing: str = ""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    sort: tuple[str, bool],
    *,
    key: str,
    on_open: Callable[[str], None],
    on_sort: Callable[[str], None],
) -> None:
    """Draw the table. `sort` is (column, descending); the callbacks get a row's id and a column's id."""
    _TABLE(
        key=key,
        data=table_data(caption, columns, rows, sort),
        on_open_change=lambda: _report(key, "open", on_open),
        on_sort_change=lambda: _report(key, "sort", on_sort),
    )


def table_data(
    caption: str, columns: Sequence[Column], rows: Sequence[Row], sort: tuple[str, bool]
) -> Mapping[str, Any]:
    """The table as plain values, as the browser draws it."""
    return {
        "caption": caption,
        "columns": [asdict(column) for column in columns],
        "rows": [asdict(row) for row in rows],
        "sort": {"column": sort[0], "descending": sort[1]},
    }


def _report(key: str, event: str, receive: Callable[[str], None]) -> None:
    value = st.session_state[key].get(event)
    if value:
        receive(str(value))
