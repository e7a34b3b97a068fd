"""Papers that do not belong into the public part of a sitting say so on every page."""

from collections.abc import Iterable
from dataclasses import replace

from mcda.locale import text
from mcda.report.document import Document
from mcda.report.exhibits.listing import Listing
from mcda.result import Result


def marked(document: Document, language: str, *, public: bool) -> Document:
    """The document; where it is not for the public, with that said above every page, before any other notice."""
    return replace(document, notice=marked_notice(document.notice, language, public=public))


def marked_notice(notice: str, language: str, *, public: bool) -> str:
    """The notice; where the paper is not for the public, with that said before it."""
    return notice if public else f"{text('confidential.notice', language)} {notice}".rstrip()


def names_amounts(result: Result, measures: Iterable[str]) -> bool:
    """Whether a paper on these measures tells what single ones cost: that harms a tender, whoever asked for it."""
    return any(result.money[name].cost_known for name in measures if name in result.money)


def shows_amounts(listing: Listing) -> bool:
    """Whether some row of the listing, each a measure, tells an amount."""
    amounts = [at for at, column in enumerate(listing.columns) if column.kind in ("money", "cents")]
    return any(row[at] is not None for row in listing.rows for at in amounts)
