"""The sensitivity analysis on the command line: every question as a table with what belongs to it."""

from collections.abc import Iterator

from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exports.sensitivity_file import Asked, sections
from mcda.result import Result
from mcda.terminal import gated_lines, listing_lines, made_by


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
        yield from listing_lines(part.listing, language)
        yield from part.notes
    yield ""
    yield from gated_lines(result, language)
    yield made_by(result, language)
