"""A table of typed cells for people: what every list, sheet and document table is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "whole", "points", "money", "cents", "percent", "number", "year", "day"]
Cell = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the reader's header, what its cells are, and its width in characters.

    'points' are scores (0..100 for the own methods, the method's own figure else), 'money' is EUR, 'cents' EUR shown
    to the cent, 'percent' a fraction, 'day' a date.
    """

    key: str
    header: str
    kind: Kind
    width: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A table for people: one typed cell per column; an empty cell is None or ''."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def picked(listing: Listing, keys: tuple[str, ...]) -> Listing:
    """The listing with only these columns, in this order. Raises KeyError for a key it does not have."""
    place = {column.key: at for at, column in enumerate(listing.columns)}
    chosen = [place[key] for key in keys]
    return Listing(
        listing.title,
        tuple(listing.columns[at] for at in chosen),
        tuple(tuple(row[at] for at in chosen) for row in listing.rows),
    )
