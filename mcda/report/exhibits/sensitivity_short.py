"""How far the ranking carries, short enough for one sheet: weights that may move, shares of weightings, how sure."""

from dataclasses import dataclass

from mcda.errors import MethodError
from mcda.locale import text
from mcda.report.exhibits.acceptability_map import considered_sentence
from mcda.report.exhibits.label_list import considered as labels_considered
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing, picked
from mcda.report.exhibits.sensitivity_lists import acceptability_listing, label_listing
from mcda.report.exhibits.stability_list import TOP, stability_list
from mcda.result import Result
from mcda.robustness.considered import ALL, played_method, sampled
from mcda.robustness.labels import SETTINGS, Labels, has_labels

STABLE_UP_TO = 100
"""Up to so many measures the sheet says how far each weight may move: beyond, that takes over a second."""

LABELLED_UP_TO = 60
"""Up to so many measures a workbook says unasked how sure each place is: beyond, that takes seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question's answer: its table, and sentences that go with it. The table is None where the answer is told in
    sentences alone."""

    title: str
    listing: Listing | None
    notes: tuple[str, ...] = ()


def short_sensitivity(result: Result, labels: Labels | None, language: str) -> tuple[Answer, ...]:
    """What the ranking leans on, in three short tables and a word on what is left out; empty below two measures."""
    if len(result.ranking) < 2:
        return ()
    return (
        _stability(result, language),
        _acceptability(result, language),
        *((_sure(result, labels, language),) if labels else ()),
        Answer(text("list.sensitivity.more", language), None, _left_out(result, labels, language)),
    )


def _left_out(result: Result, labels: Labels | None, language: str) -> tuple[str, ...]:
    """What the sheet does not say, and where to find it."""
    said = [text("list.sensitivity.elsewhere", language)]
    if labels is None:
        why = "not_asked" if has_labels(result) else "not_offered"
        said.append(text(f"list.sensitivity.labels_{why}", language, most=LABELLED_UP_TO))
    return tuple(said)


def _stability(result: Result, language: str) -> Answer:
    title = text("sensitivity.title.stability", language)
    if len(result.ranking) > STABLE_UP_TO:
        return Answer(title, None, (text("list.sensitivity.too_many", language, most=STABLE_UP_TO),))
    try:
        found = stability_list(result, language)
    except MethodError as error:
        return Answer(title, None, (error.issue.sentence(language),))
    many = len(result.ranking) > TOP
    columns: list[tuple[str, Kind, int]] = [("criterion", "text", 44), ("now", "percent", 11)]
    columns += [("first_low", "percent", 11), ("first_high", "percent", 11)]
    columns += [("top_low", "percent", 11), ("top_high", "percent", 11)] if many else []
    columns += [("overtakes", "text", 44)]
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.now, *one.first, *(one.top if many else ()), one.first_words) for one in found.lines
    ]
    heads = tuple(Column(key, text(f"sensitivity.column.{key}", language), kind, width) for key, kind, width in columns)
    return Answer(title, Listing(title, heads, tuple(rows)), (found.critical, text("list.sensitivity.alone", language)))


def _acceptability(result: Result, language: str) -> Answer:
    full = acceptability_listing(result, sampled(result), language)
    tops = [f"share_{top}" for top in (1, 3, 5, 10) if top < len(result.ranking)]
    listing = picked(full, ("id", "title", "rank", *tops))
    places = picked(full, ("rank_low", "rank_high"))
    likely = Column("likely_ranks", text("sensitivity.column.likely_ranks", language), "text", 14)
    rows = (
        (*row, str(low) if low == high else f"{low}–{high}")
        for row, (low, high) in zip(listing.rows, places.rows, strict=True)
    )
    listing = Listing(listing.title, (*listing.columns, likely), tuple(rows))
    notes = [considered_sentence(ALL, result, language)]
    if played_method(result.method) != result.method:
        notes.insert(0, text("ui.sensitivity.acceptance_method", language))
    return Answer(text("list.sensitivity.shares", language), _titled(listing), tuple(notes))


def _sure(result: Result, labels: Labels, language: str) -> Answer:
    listing = picked(
        label_listing(result, labels, language), ("id", "title", "rank", "share_above", "label", "reasons")
    )
    return Answer(listing.title, _titled(listing), (labels_considered(labels, SETTINGS, language),))


def _titled(listing: Listing) -> Listing:
    """Number and title of a measure in one column, so that tables of criteria and of measures share a grid."""
    first = Column("title", listing.columns[1].header, "text", 44)
    rows = tuple((f"{row[0]} {row[1]}", *row[2:]) for row in listing.rows)
    return Listing(listing.title, (first, *listing.columns[2:]), rows)
