"""Scenarios and studies side by side on the command line: one table below the other, or all of them as JSON."""

import json
from collections.abc import Iterator

from mcda.report.exhibits.catalogue import in_language
from mcda.report.exhibits.compare_lists import Compared, compare_listings
from mcda.terminal import listing_lines
from mcda.version import __version__


def compare_content(found: Compared, form: str, language: str) -> bytes:
    """What the command writes: tables with nothing cut off and no colours, or 'json'."""
    return compare_json(found) if form == "json" else "".join(f"{line}\n" for line in _lines(found, language)).encode()


def compare_json(found: Compared) -> bytes:
    """Every table of the comparison as records, with what makes the numbers again."""
    tables = {name: found.batch.table(name) for name in ("ranking", "summary", "findings")}
    content = {
        "version": __version__,
        "studies": {name: study.input_hash for name, study in found.studies.items()},
        **{name: json.loads(frame.to_json(orient="records")) for name, frame in tables.items()},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(found: Compared, language: str) -> Iterator[str]:
    for study in found.studies.values():
        yield in_language(study.study, "title", language)
    for listing in compare_listings(found, language):
        yield ""
        yield listing.title
        yield from listing_lines(listing, language)
