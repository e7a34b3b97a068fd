"""A plan on the command line: what is best done together, how far that is proven, and the tables below it."""

from collections.abc import Iterator

from mcda.locale import text
from mcda.portfolio import Plan
from mcda.report.exhibits.cell_text import cell_text
from mcda.report.exhibits.listing import Listing
from mcda.report.exhibits.plan_answers import Answers
from mcda.report.exhibits.plan_lists import (
    left_out_listing,
    missed_listing,
    municipality_listing,
    out_listing,
    plan_listing,
    use_listing,
    year_listing,
)
from mcda.report.exhibits.plan_questions import answer_listings, answer_sentences, step_sentence
from mcda.report.exhibits.plan_words import capital, plan_finding_lines, status_sentence, sum_sentence, task_sentence
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.result import Result
from mcda.terminal import listing_lines, made_by


def plan_lines(result: Result, made: Plan, found: Answers, language: str) -> list[str]:
    """What the command prints: nothing cut off, no colours."""
    return list(_lines(result, made, found, language))


def _lines(result: Result, made: Plan, found: Answers, language: str) -> Iterator[str]:
    yield study_title(result, language)
    if notice := notice_of(result, language):
        yield notice
    yield f"{capital(task_sentence(made, language))}. {status_sentence(made, language)}."
    yield sum_sentence(made, language)
    for listing in _listings(result, made, language):
        if listing.rows:
            yield from _table(listing, language)
    said = answer_sentences(result, made, found, language)
    for name, listing in answer_listings(result, made, found, language):
        yield from _table(listing, language)
        yield from said.get(name, ())
        if name == "more" and found.step is not None:
            yield step_sentence(found.step, result.study, language)
    yield ""
    for line in plan_finding_lines(made, result.study, language):
        yield f"{text(f'cli.level.{line.level}', language)}: {line.sentence}"
    yield made_by(result, language)


def _listings(result: Result, made: Plan, language: str) -> Iterator[Listing]:
    yield plan_listing(result, made, language).listing
    yield year_listing(made, language).listing
    yield municipality_listing(result, made, language).listing
    yield use_listing(made, result.study, language)
    yield missed_listing(made, result.study, language)
    yield left_out_listing(result, made, language)
    yield out_listing(result, made, language)


def _table(listing: Listing, language: str) -> Iterator[str]:
    """The listing's cells as people read them, under its title."""
    rows = tuple(
        tuple(cell_text(cell, column, language) for cell, column in zip(row, listing.columns, strict=True))
        for row in listing.rows
    )
    yield ""
    yield listing.title
    yield from listing_lines(Listing(listing.title, listing.columns, rows), language)
