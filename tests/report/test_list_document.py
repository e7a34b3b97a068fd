"""The list on paper: the right ranks and money in the PDF, no empty section, as many parts as the width asks for."""

import io
import json
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from example import ranked_example
from hostile import TITLES, hostile_study
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import money
from mcda.report.document import Document, Facts, Figure, Heading, Table
from mcda.report.documents.list_paper import ROOM, needed_points
from mcda.report.documents.ranked_list import build
from mcda.report.exhibits.ranked_list import list_groups
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.figures.ranking_bars import Bar, ranking_bars
from mcda.report.request import Request
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.version import __version__
from mcda.workshop.events import Event
from mcda.workshop.log_file import RoomLog
from pdf_tags import words_of
from rated import rated
from small import small_study


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate(hostile_study())


@pytest.fixture(scope="module")
def document(result: Result) -> Document:
    return build(result, Request())


def tables(document: Document) -> list[Table]:
    return [part for part in document.parts if isinstance(part, Table)]


def headings(document: Document) -> list[str]:
    return [part.words for part in document.parts if isinstance(part, Heading)]


def column(table: Table, key: str) -> list[Any]:
    at = [c.key for c in table.listing.columns].index(key)
    return [row[at] for row in table.listing.rows]


def facts(parts: Sequence[Any]) -> list[Facts]:
    found = [part for part in parts if isinstance(part, Facts)]
    for part in parts:
        if hasattr(part, "left"):
            found += facts(part.left) + facts(part.right)
    return found


def keys_of(result: Result) -> tuple[str, ...]:
    return tuple(c.key for group in list_groups(result).values() for c in group)


def test_the_table_is_the_ranking_with_a_line_above_each_new_group(result: Result, document: Document) -> None:
    table = tables(document)[0]
    assert column(table, "rank") == [line.rank for line in result.ranking]
    assert column(table, "own_contribution_eur") == [result.money[x.measure].own_contribution for x in result.ranking]
    groups = [line.rank_group for line in result.ranking]
    assert table.groups == {at for at in range(1, len(groups)) if groups[at] != groups[at - 1]}
    assert table.size == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_reader_finds_the_same_money_and_titles_in_the_pdf(result: Result, language: str) -> None:
    content = pdf_file(build(result, Request(language=language)))
    found = words_of(content)
    for line in result.ranking:
        own = result.money[line.measure].own_contribution
        assert money(own, language, cents=False).replace("\u202f", " ") in found.replace("\u202f", " ")
    assert TITLES[1] in found
    assert PdfReader(io.BytesIO(content)).trailer["/Root"]["/Lang"] == language
    assert content == pdf_file(build(evaluate(hostile_study()), Request(language=language)))


def test_the_weights_beside_the_legend_are_the_result_s(result: Result, document: Document) -> None:
    weights = next(part for part in facts(document.parts) if part.caption == "Gewichte")
    shown = [row.value.replace("\u00a0%", "").replace(",", ".") for row in weights.rows]
    tops = result.study.children[""]
    assert [float(share) for share in shown] == pytest.approx(
        [100 * result.weights.overall[t] for t in tops], abs=0.005
    )


def test_the_legend_explains_what_is_shown_and_nothing_else(result: Result) -> None:
    few = build(result, Request(columns=("rank", "title", "staff_fte")))
    legend = next(part for part in facts(few.parts) if part.caption == "Spalten")
    assert [row.label for row in legend.rows] == ["Rang", "Personal (VZÄ)"]
    assert "Vollzeitäquivalent" in legend.rows[1].value


def test_what_is_outside_and_what_was_decided_stand_with_their_reasons(document: Document) -> None:
    assert "Außerhalb der Rangfolge" in headings(document)
    outside = tables(document)[-1]
    assert outside.listing.rows[0][0] == "=draußen"
    assert "=darum" in str(outside.listing.rows[0][1])
    decided = tables(document)[-2]
    assert (column(decided, "decided_rank"), column(decided, "decided_reason")) == ([1], ["=eilt"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_study_without_grants_decisions_and_exclusions_has_no_empty_section(language: str) -> None:
    plain = build(evaluate(small_study()), Request(language=language))
    assert len(tables(plain)) == 1
    assert len(headings(plain)) == 2
    keys = [c.key for c in tables(plain)[0].listing.columns]
    assert not {"best_programme", "grant_eur", "decided_place", "verdict"} & set(keys)
    assert all(any(row[at] not in (None, "") for row in tables(plain)[0].listing.rows) for at in range(len(keys)))
    assert "NordAllianz" not in words_of(pdf_file(plain))


@pytest.mark.parametrize("criteria", [3, 7])
def test_any_number_of_criteria_makes_a_list(criteria: int) -> None:
    values = [[(row * 3 + column) % 5 / 4 for column in range(criteria)] for row in range(6)]
    found = rated(values, [1.0] * criteria)
    document = build(found, Request())
    assert column(tables(document)[0], "rank") == [line.rank for line in found.ranking]
    assert len(facts(document.parts)[-1].rows) == criteria


def test_few_columns_are_a4_more_a3_and_too_many_come_in_parts_with_rank_and_title(result: Result) -> None:
    assert build(result, Request()).paper == "a4"
    every = keys_of(result)
    wide = build(result, Request(columns=every))
    assert (wide.paper, wide.landscape) == ("a3", True)
    parts = [table for table in tables(wide) if table.listing.title]
    assert len(parts) >= 2
    shown: list[str] = []
    for table in parts:
        keys = [c.key for c in table.listing.columns]
        assert keys[:2] == ["rank", "title"]
        assert sum(needed_points(table.listing, "de")) <= ROOM["a3"]
        shown += keys[2:]
    assert shown == [key for key in every if key not in ("rank", "title")]


def test_the_usual_columns_fit_a4(document: Document) -> None:
    assert sum(needed_points(tables(document)[0].listing, "de")) <= ROOM["a4"]


def test_a_municipality_sees_its_share(result: Result) -> None:
    table = tables(build(result, Request(municipality="ISM")))[0]
    assert column(table, "share_ISM") == [result.money[x.measure].shares["ISM"] for x in result.ranking]


def test_the_room_s_decisions_stand_in_the_decided_order(result: Result) -> None:
    opened = {"title": "R", "study": result.study.input_hash, "scenario": {}, "version": __version__}
    said = {"measure": "M2", "rank": 1, "reason": "so gewollt"}
    events = (
        Event(1, "2026-01-01T10:00:00Z", "facilitator", "facilitator", "opened", json.dumps(opened)),
        Event(2, "2026-01-01T10:01:00Z", "facilitator", "facilitator", "decided", json.dumps(said)),
    )
    document = build(result, Request(room=RoomLog(result.study, events)))
    places = dict(zip([x.measure for x in result.ranking], column(tables(document)[0], "decided_place"), strict=True))
    others = [line.measure for line in result.ranking if line.measure != "M2"]
    assert places == {"M2": 1} | {name: place for place, name in enumerate(others, start=2)}
    assert column(tables(document)[1], "decided_reason") == ["so gewollt"]


def test_chosen_measures_keep_their_ranks_and_say_so(result: Result) -> None:
    document = build(result, Request(measures=("M2", "M3")))
    assert column(tables(document)[0], "rank") == [x.rank for x in result.ranking if x.measure in ("M2", "M3")]
    assert "Gezeigt sind 2 von 4 Maßnahmen" in words_of(pdf_file(document))
    assert "Außerhalb der Rangfolge" not in headings(document)


def test_the_same_document_is_a_word_file(document: Document) -> None:
    assert docx_file(document).startswith(b"PK")


def bars(*values: float) -> tuple[Bar, ...]:
    return tuple(Bar(f"<{n}>", value, value - 1, value + 1, n // 2, n + 1) for n, value in enumerate(values))


def heights(svg: str) -> list[float]:
    root = ElementTree.fromstring(svg)
    found = root.findall("{http://www.w3.org/2000/svg}rect")
    return [float(rect.get("height", "nan")) for rect in found]


def test_bars_are_as_high_as_their_points() -> None:
    drawn = heights(ranking_bars(bars(80, 40, 20, 10), "Gruppe", "de"))
    assert [height / drawn[0] for height in drawn] == pytest.approx([1, 0.5, 0.25, 0.125], abs=0.003)


def test_negative_points_hang_below_zero_and_none_is_a_drawing_too() -> None:
    drawn = heights(ranking_bars(bars(0.5, -0.25), "Gruppe", "de"))
    assert drawn[1] / drawn[0] == pytest.approx(0.5, abs=0.01)
    assert heights(ranking_bars((), "Gruppe", "en")) == []
    ElementTree.fromstring(ranking_bars(bars(0, 0), "<&>", "de"))


def test_a_second_opinion_has_a_list_without_labels() -> None:
    document = build(evaluate(hostile_study(), Scenario(method="pymcdm:VIKOR")), Request())
    assert "robustness" not in [c.key for c in tables(document)[0].listing.columns]
    assert [part for part in document.parts if isinstance(part, Figure)]
    assert pdf_file(document)


def test_readers_of_every_language_get_the_same_columns_with_number_and_programme() -> None:
    german, english = (
        [column.key for column in tables(build(ranked_example(), Request(language=language)))[0].listing.columns]
        for language in LANGUAGES
    )
    assert german == english
    assert {"rank", "id", "title", "best_programme", "tier", "own_contribution_eur"} <= set(german)


def test_the_line_between_groups_is_explained_where_their_column_is_not_shown() -> None:
    document = build(ranked_example(), Request())
    assert "rank_group" not in [column.key for column in tables(document)[0].listing.columns]
    assert text("list.legend.rank_group", "de") in str(facts(document.parts))
