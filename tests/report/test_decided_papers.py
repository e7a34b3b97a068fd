"""With a workshop that decided, list and council paper follow its order and say that it is decided."""

from functools import cache

import pytest

from documents_made import decided, evening
from mcda.locale import LANGUAGES, text
from mcda.report.document import Bullets, Document, Paragraph, Table
from mcda.report.documents import council_paper, ranked_list
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.decided_order import decided_order, decisions_of
from mcda.report.request import Request
from mcda.workshop.fold import fold


@cache
def order() -> tuple[str, ...]:
    """The measures in the decided order."""
    found = decided()
    return tuple(line.measure for line in decided_order(found.ranking, decisions_of(found, fold(evening().events))))


def title(measure: str, language: str) -> str:
    return title_of(decided().study.measure_by_id[measure], language)


def said(document: Document) -> str:
    return " ".join(part.words for part in document.parts if isinstance(part, Paragraph))


def first_table(document: Document) -> Table:
    return next(part for part in document.parts if isinstance(part, Table))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_the_decided_first_before_the_computed_one(language: str) -> None:
    document = ranked_list.build(decided(), Request(language=language, room=evening()))
    lead = next(part.words for part in document.parts if isinstance(part, Paragraph))
    computed = decided().ranking[0].measure
    assert order()[0] != computed
    assert lead.index(title(order()[0], language)) < lead.index(title(computed, language))
    told = said(document)
    assert text("annex.room_weights", language) in told
    assert text("list.paper.advice", language) not in told
    assert "grant_eur" in [column.key for column in first_table(document).listing.columns]


@pytest.mark.parametrize("public", [True, False])
def test_the_council_reads_the_decided_order_and_decides_on_it(public: bool) -> None:
    document = council_paper.build(decided(), Request(room=evening(), public=public))
    listing = first_table(document).listing
    assert listing.columns[0].key == "decided_place"
    places = [row[0] for row in listing.rows if isinstance(row[0], int)]
    assert places == sorted(places)
    assert len(places) > 1
    items = next(part for part in document.parts if isinstance(part, Bullets) and part.numbered).items
    assert f"Platz 1 {title(order()[0], 'de')}" in items[1]


def test_without_a_decision_nothing_is_called_decided() -> None:
    document = council_paper.build(decided(), Request())
    assert "decided_place" not in [column.key for column in first_table(document).listing.columns]
    assert "Es gilt die beschlossene Reihenfolge" not in str(document)
