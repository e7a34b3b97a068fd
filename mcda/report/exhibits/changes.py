"""What was changed in a study since it was opened: every cell with its old and its new content, rows come and gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from mcda.locale import text
from mcda.study.cells import NUMBERS, kind_of
from mcda.study.columns import header, table_title
from mcda.study.model import TABLES, Record, Study
from mcda.study.words import shown
from mcda.study.write import cell_text

Kind = Literal["changed", "added", "deleted"]
KINDS: tuple[Kind, ...] = ("changed", "added", "deleted")
COLUMNS = ("table", "row", "column", "before", "after")

KEYS: Mapping[str, tuple[str, ...]] = {
    "study": (),
    "themes": ("id",),
    "criteria": ("id",),
    "levels": ("criterion", "value"),
    "measures": ("id",),
    "ratings": ("measure", "criterion", "rater"),
    "municipalities": ("id",),
    "programmes": ("id",),
    "programme_rates": ("programme", "rate_kind", "year", "above_eur", "condition"),
    "programme_caps": ("programme", "basis", "condition"),
    "programme_calls": ("programme", "first_day"),
    "eligibility": ("measure", "programme"),
    "stakeholders": ("id",),
    "judgements": ("stakeholder", "parent", "a", "b"),
    "weights": ("stakeholder", "criterion"),
}
"""The columns by which a row of each table is the same row before and after."""

WITH_NUMBERS = NUMBERS | {"numbers", "shares", "points"}

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed cell, or one row that is new or gone (then `column`, `before` and `after` are empty)."""

    kind: Kind
    table: str
    row: str
    column: str = ""
    before: str = ""
    after: str = ""

    def texts(self) -> tuple[str, ...]:
        """The change as the cells of a table, in the order of COLUMNS."""
        return self.table, self.row, self.column, self.before, self.after


@lru_cache(maxsize=16)
def changes(before: Study, after: Study, language: str = "de") -> tuple[Change, ...]:
    """Every difference between two states of a study, in the order of its tables. Equal studies have none."""
    return tuple(change for table in TABLES for change in _of_table(table, before, after, language))


def headers(language: str) -> tuple[str, ...]:
    """The headings over COLUMNS."""
    return tuple(text(f"changes.{name}", language) for name in COLUMNS)


def cell_shown(record: Record, column: str, language: str) -> str:
    """A cell as the reader would type it: decimal comma, 30.06.2025 and 'ja' in German. It reads back unchanged."""
    value, model = getattr(record, column), type(record)
    if isinstance(value, bool):
        return text("collection.yes" if value else "collection.no", language)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}" if language == "de" else value.isoformat()
    if isinstance(value, tuple) and kind_of(model, column)[0] == "texts":
        return ";".join(shown(column, item, language) for item in value)
    if isinstance(value, str):
        return shown(column, value, language)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    written = cell_text(value, column)
    return written.replace(".", ",") if language == "de" and kind_of(model, column)[0] in WITH_NUMBERS else written


def _of_table(table: str, before: Study, after: Study, language: str) -> Iterator[Change]:
    old, new = _rows(table, before), _rows(table, after)
    title = table_title(table, language)
    for key, record in old.items():
        if key not in new:
            yield Change("deleted", title, _named(key, record))
        elif new[key] != record:
            yield from _cells(table, key, record, new[key], language)
    for key, record in new.items():
        if key not in old:
            yield Change("added", title, _named(key, record))


def _cells(table: str, key: Key, old: Record, new: Record, language: str) -> Iterator[Change]:
    for column in type(old).model_fields:
        if column != "extra_columns" and getattr(old, column) != getattr(new, column):
            yield Change(
                "changed",
                table_title(table, language),
                _named(key, new),
                header(table, column, language),
                cell_shown(old, column, language),
                cell_shown(new, column, language),
            )


def _rows(table: str, study: Study) -> Mapping[Key, Record]:
    content = getattr(study, table)
    records: Sequence[Record] = content if isinstance(content, tuple) else (content,)
    return {tuple(getattr(record, column) for column in KEYS[table]): record for record in records}


def _named(key: Key, record: Record) -> str:
    """A row as people know it: its key, and its title where it has one."""
    name = getattr(record, "title", "") or getattr(record, "name", "")
    parts = [cell_text(part) for part in key if part != ""]
    return " · ".join([*parts, name] if name and name not in parts else parts)
