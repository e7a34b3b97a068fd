"""How a list of any number of columns goes on paper: which fit a page by themselves, which page, in how many parts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil

from mcda.report.document import Paper
from mcda.report.exhibits.cell_text import cell_text
from mcda.report.exhibits.listing import Column, Listing, picked
from mcda.report.exports.table_widths import column_widths

TYPE_PT = 9.0
ROOM: Mapping[Paper, float] = {"a4": 723.0, "a3": 1071.0}
"""Points between the margins of a page in landscape."""

LETTER, WORD, PADDING = 0.54, 0.50, 10.5
"""Ems of a letter in a narrow column and in running words, points beside a cell's text: those of the Word file, which
needs more room than the PDF."""

REPEATED = ("rank", "title")
"""What every part of a list that is too wide begins with."""


def needed_points(listing: Listing, language: str) -> tuple[float, ...]:
    """Points each column needs at least to be read without cut words; declared widths of texts are taken at that."""
    shown = [
        [cell_text(cell, column, language) for cell, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    return tuple(
        (width.share * WORD if width.share else (width.chars + 1) * LETTER) * TYPE_PT + PADDING
        for width in column_widths(listing.columns, shown)
    )


def fitting(
    points: Mapping[str, float], wanted: Sequence[str], spare: Sequence[str], extra: Sequence[str]
) -> tuple[str, ...]:
    """The wanted columns, and as many of the `extra` ones, in turn, as a sheet of A4 has room for. Where the wanted
    ones alone are too many, the `spare` ones among them go, in turn, until they fit. `points`: what each needs."""
    kept = list(wanted)
    for key in spare:
        if sum(points[one] for one in kept) > ROOM["a4"] and key in kept:
            kept.remove(key)
    for key in extra:
        if sum(points[one] for one in (*kept, key)) <= ROOM["a4"]:
            kept.append(key)
    return tuple(kept)


def widest(listings: Mapping[str, Listing]) -> Mapping[str, float]:
    """Points each column needs at least in every language, so that readers of all of them get the same columns."""
    found: dict[str, float] = {}
    for language, listing in listings.items():
        for column, points in zip(listing.columns, needed_points(listing, language), strict=True):
            found[column.key] = max(points, found.get(column.key, 0.0))
    return found


def on_paper(listing: Listing, language: str) -> tuple[Paper, tuple[Listing, ...]]:
    """The paper, and the list in parts that fit it: A4, then A3, then several parts on A3, each with rank and title."""
    points = needed_points(listing, language)
    total = sum(points)
    if total <= ROOM["a4"]:
        return "a4", (listing,)
    if total <= ROOM["a3"]:
        return "a3", (listing,)
    size = dict(zip((column.key for column in listing.columns), points, strict=True))
    held = tuple(key for key in REPEATED if key in size)
    return "a3", tuple(picked(listing, keys) for keys in _parts(size, held))


def _parts(size: Mapping[str, float], held: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The columns in their order over as few parts as possible, about equally full."""
    free = {key: points for key, points in size.items() if key not in held}
    room = ROOM["a3"] - sum(size[key] for key in held)
    fair = sum(free.values()) / ceil(sum(free.values()) / room)
    parts: list[list[str]] = [[]]
    filled = 0.0
    for key, points in free.items():
        if parts[-1] and (filled + points > room or filled + points / 2 > fair):
            parts.append([])
            filled = 0.0
        parts[-1].append(key)
        filled += points
    return tuple((*held, *part) for part in parts)


def narrowed(listing: Listing, widths: Mapping[str, int]) -> Listing:
    """The listing with the widths its texts need on paper instead of those of a spreadsheet."""
    columns: tuple[Column, ...] = tuple(
        replace(column, width=widths.get(column.key) or column.width) for column in listing.columns
    )
    return Listing("", columns, listing.rows)
