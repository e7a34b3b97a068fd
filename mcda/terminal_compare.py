"""Scenarios and studies side by side on the command line: one table below the other, or all of them as JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from mcda.batch.compare import departures, rank_ranges, regret_coverage, regrets
from mcda.batch.lessons import lesson_frame, lessons
from mcda.locale import text
from mcda.report.exhibits.catalogue import in_language
from mcda.report.exhibits.compare_lists import (
    Compared,
    base_sentences,
    beside,
    compare_listings,
    failed_sentences,
    has_scenarios,
)
from mcda.report.exhibits.compare_notes import compare_notes
from mcda.report.exports.compare_file import compare_xlsx
from mcda.terminal import listing_lines
from mcda.version import __version__

TABLES = ("ranking", "summary", "findings")


def compare_content(found: Compared, form: str, language: str) -> bytes:
    """What the command writes: tables with nothing cut off and no colours, 'json' or 'xlsx'."""
    if form == "json":
        return compare_json(found)
    if form == "xlsx":
        return compare_xlsx(found, language)
    return "".join(f"{line}\n" for line in _lines(found, language)).encode()


def compare_json(found: Compared) -> bytes:
    """Every table of the comparison as records, with what makes the numbers again."""
    content = {
        "version": __version__,
        "studies": {name: study.input_hash for name, study in found.studies.items()},
        **{name: _records(frame) for name, frame in compare_frames(found).items()},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def compare_frames(found: Compared) -> dict[str, pd.DataFrame]:
    """The tables of the batch, then what is compared across scenarios and across studies where there are several."""
    frames = {name: found.batch.table(name) for name in TABLES}
    if has_scenarios(found):
        frames |= {"ranges": rank_ranges(found.batch), "departures": departures(found.batch)}
        frames |= {"regrets": regrets(found.batch), "regret_coverage": regret_coverage(found.batch)}
    if len(found.studies) > 1:
        side = beside(found)
        frames |= side.frames() | {"lessons": lesson_frame(lessons(side))}
    return frames


def _records(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records"))


def _lines(found: Compared, language: str) -> Iterator[str]:
    for study in found.studies.values():
        yield in_language(study.study, "title", language)
    if failed := failed_sentences(found, language):
        yield from ("", *failed, *base_sentences(found, language))
    notes = compare_notes(found, language)
    for name, listing in compare_listings(found, language).items():
        yield ""
        yield listing.title
        yield from notes.get(name, ())
        yield from listing_lines(listing, language)
    if len(found.studies) > 1 and beside(found).labels.empty:
        yield ""
        yield text("compare.labels_not_asked", language)
