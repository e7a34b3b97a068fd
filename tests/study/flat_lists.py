"""Flat lists as planners keep them, and the shortest way from one to a study."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from mcda.errors import InputError, Issue
from mcda.study.flat import FlatList, FlatMapping, flat_study, recognise, suggested
from mcda.study.model import Study
from mcda.study.sheets import sheets_of

Edit = Callable[[FlatMapping], FlatMapping]
DAY = date(2026, 5, 1)


def book(
    *rows: Sequence[Any], title: str = "Tabelle1", merged: Sequence[str] = (), others: Mapping[str, Any] | None = None
) -> bytes:
    """An .xlsx workbook whose first sheet holds the rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for name, more in (others or {}).items():
        extra = workbook.create_sheet(name)
        for row in more:
            extra.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def look(content: bytes | str) -> FlatList:
    """What is recognised in a workbook's bytes or a CSV text."""
    file = "liste.csv" if isinstance(content, str) else "liste.xlsx"
    return recognise(sheets_of(content.encode() if isinstance(content, str) else content, file))


def meanings(found: FlatList) -> list[str]:
    return [column.meaning for column in found.columns]


def questions(found: FlatList) -> dict[str, list[str]]:
    return {c.header: [q.code for q in c.questions] for c in found.columns if c.questions}


def set_column(header: str, /, **changes: Any) -> Edit:
    """An edit of the mapping: what the planner answers for one column."""

    def edit(mapping: FlatMapping) -> FlatMapping:
        columns = tuple(c.model_copy(update=changes) if c.header == header else c for c in mapping.columns)
        return mapping.model_copy(update={"columns": columns})

    return edit


def build(content: bytes | str, *edits: Edit, language: Any = "de") -> tuple[Study, tuple[Issue, ...]]:
    """The study of a list, recognised, answered by `edits`, built."""
    found = look(content)
    mapping = suggested(found)
    for edit in edits:
        mapping = edit(mapping)
    return flat_study(found.sheet, mapping, title="Liste", as_of=DAY, language=language)


def refused(content: bytes | str, *edits: Edit) -> list[tuple[str, int | None, str]]:
    """(code, row, column) of every issue of a list that is refused."""
    try:
        build(content, *edits)
    except InputError as error:
        return [(i.code, i.where.row, i.where.column) for i in error.issues]
    raise AssertionError("the list was accepted")


def codes(notes: Sequence[Issue]) -> list[str]:
    return [note.code for note in notes]
