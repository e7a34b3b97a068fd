"""The sensitivity analysis on the command line: every question as a table with what belongs to it."""

from collections.abc import Iterator

from mcda.report.exhibits.listing_texts import cell_text
from mcda.report.exhibits.ranked_list import Listing, notice_of, study_title
from mcda.report.exports.sensitivity_file import Asked, sections
from mcda.result import Result
from mcda.terminal import gated_lines, made_by

GAP = "  "


def sensitivity_lines(result: Result, asked: Asked, language: str) -> list[str]:
    """What the command prints: nothing cut off, no colours."""
    return list(_lines(result, asked, language))


def _lines(result: Result, asked: Asked, language: str) -> Iterator[str]:
    yield study_title(result, language)
    if notice := notice_of(result, language):
        yield notice
    for part in sections(result, asked, language):
        yield ""
        yield part.listing.title
        yield from _table(part.listing, language)
        yield from part.notes
    yield ""
    yield from gated_lines(result, language)
    yield made_by(result, language)


def _table(listing: Listing, language: str) -> Iterator[str]:
    """Columns as wide as their widest cell, numbers to the right."""
    heads = [column.header for column in listing.columns]
    rows = [
        [cell_text(cell, column, language) for cell, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    wide = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        cells = [
            cell.ljust(width) if column.kind == "text" else cell.rjust(width)
            for cell, width, column in zip(row, wide, listing.columns, strict=True)
        ]
        yield GAP.join(cells).rstrip()
