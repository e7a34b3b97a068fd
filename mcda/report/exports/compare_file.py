"""Scenarios and studies side by side as a workbook: a sheet per listing, and what all of it rests on."""

from collections.abc import Iterator
from typing import Any

from xlsxwriter import Workbook

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.basis import WIDE
from mcda.report.exhibits.catalogue import in_language
from mcda.report.exhibits.compare_lists import Compared, beside, compare_listings, failed_sentences, has_scenarios
from mcda.report.exhibits.compare_notes import compare_notes
from mcda.report.exhibits.listing import Cell, Column, Listing
from mcda.report.exhibits.setting import method_name
from mcda.report.exports.workbook import About, Formats, draw_blocks, draw_table, drawn, printed_sheet
from mcda.study.model import Study
from mcda.version import __version__


def compare_xlsx(found: Compared, language: str = "de") -> bytes:
    """The comparison as .xlsx. Numbers are numbers, texts are never formulas or links; the same comparison gives the
    same bytes."""
    names = ", ".join(found.studies)
    days = max(study.study.as_of for study in found.studies.values())
    notices = dict.fromkeys(in_language(study.study, "notice", language) for study in found.studies.values())
    title = text("compare.provenance.title", language, studies=names)
    about = About(title, " ".join(filter(None, notices)), days.isoformat())
    made = text("compare.provenance.made_by", language, version=__version__, studies=names)

    def draw(book: Workbook, formats: Formats) -> None:
        for name, listing in compare_listings(found, language).items():
            sheet = printed_sheet(book, text(f"compare.sheet.{name}", language), about, made, language)
            draw_table(sheet, listing, formats, len(listing.columns))
        sheet = printed_sheet(book, text("compare.sheet.provenance", language), about, made, language)
        draw_blocks(sheet, provenance_blocks(found, language), formats)

    return drawn(about, draw)


def provenance_blocks(found: Compared, language: str) -> Iterator[Listing]:
    """How it was computed, then study by study what went in."""
    yield _block(text("compare.provenance.settings", language), tuple(_settings(found, language)))
    if notes := compare_notes(found, language):
        told = ((text(f"compare.sheet.{name}", language), note) for name, said in notes.items() for note in said)
        yield _block(text("compare.provenance.notes", language), tuple(told))
    if failed := failed_sentences(found, language):
        yield _block(text("compare.provenance.failed", language), tuple(("", one) for one in failed))
    for name, study in found.studies.items():
        yield _block(name, tuple(_origin(study, language)))


def _settings(found: Compared, language: str) -> Iterator[tuple[Cell, ...]]:
    summary = found.batch.summary

    def named(key: str) -> str:
        return text(f"compare.provenance.{key}", language)

    yield named("version"), __version__
    drawn_of = summary["draws"].dropna()
    if len(drawn_of):
        yield named("draws"), str(int(drawn_of.iloc[0]))
    elif len(found.studies) > 1 and beside(found).labels.empty:
        yield named("labels"), text("compare.labels_not_asked", language)
    first = summary[summary["study"] == next(iter(found.studies))]
    records: Any = first.to_dict("records")
    for row in records:
        told = f"{row['name']}: {row['settings']}" if row["name"] else row["settings"]
        yield named("scenarios"), (told if has_scenarios(found) or row["settings"] != "{}" else named("as_study"))
        if len(drawn_of):
            yield named("seed"), str(row["seed"])


def _origin(study: Study, language: str) -> Iterator[tuple[Cell, ...]]:
    facts = {
        "study": in_language(study.study, "title", language),
        "notice": in_language(study.study, "notice", language),
        "as_of": day(study.study.as_of, language),
        "method": method_name(study.study.method, language),
        "input_hash": study.input_hash,
        "file_hash": study.file_hash,
    }
    return ((text(f"compare.provenance.{key}", language), value) for key, value in facts.items() if value)


def _block(title: str, rows: tuple[tuple[Cell, ...], ...]) -> Listing:
    return Listing(title, (Column("", "", "text", 34), Column("", "", "text", WIDE)), rows)
