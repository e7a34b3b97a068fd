"""What every document says around its parts: whose it is, what it rests on, what must be said with it."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.document import Document, Paper, Part
from mcda.report.exhibits.ranked_list import notice_of, study_title
from mcda.report.exhibits.setting import method_name
from mcda.result import Result

HASH_SHOWN = 12
"""So many characters of the input hash tell two studies apart; the whole stands in the part on provenance."""


def framed(
    result: Result,
    kind: str,
    parts: Iterable[Part],
    language: str,
    *,
    title: str = "",
    subtitle: str = "",
    page: Literal["portrait", "landscape"] = "portrait",
    paper: Paper = "a4",
    dense: bool = False,
) -> Document:
    """The parts as a document of that kind. Its title is the kind's own unless one is given."""
    return Document(
        kind=kind,
        title=title or text(f"document.title.{kind}", language),
        language=language,
        day=date.fromisoformat(result.provenance.as_of),
        parts=tuple(parts),
        subject=study_title(result, language),
        subtitle=subtitle,
        footer=made_with(result, language),
        notice=notice_of(result, language),
        landscape=page == "landscape",
        paper=paper,
        dense=dense,
    )


def made_with(result: Result, language: str) -> str:
    """Where every number of the page comes from, short: version, method, as-of date, input hash, seed."""
    made = result.provenance
    return text(
        "document.made_with",
        language,
        version=made.version,
        method=method_name(made.method, language),
        as_of=day(date.fromisoformat(made.as_of), language),
        inputs=made.input_hash[:HASH_SHOWN],
        seed=str(made.seed),
    )
