"""The annex: two pages of the example, the result's ranks, weights and sums in the PDF, and no empty section."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

import pytest
import segno

from council_log import council_log
from example import ranked_example
from hostile import hostile_study
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import money, number
from mcda.report.document import Bullets, Document, Facts, Figure, Heading, Paragraph, Table
from mcda.report.documents.annex import build
from mcda.report.exhibits.money_sums import money_sum, paid_measures, rounded_up
from mcda.report.exhibits.origin_code import LONGEST, origin_code, scenario_code
from mcda.report.exhibits.ranked_list import notice_of
from mcda.report.exports.docx_file import docx_file
from mcda.report.exports.pdf_file import pdf_file
from mcda.report.figures.qr_code import MODULE, QUIET, qr_code
from mcda.report.request import Request
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog
from pdf_tags import pages_of, words_of
from rated import rated
from small import measure, ratings, small_study

POINTS = {"relevance": 30.0, "feasibility": 30.0, "cost": 20.0, "funding": 20.0}

Annex = Callable[..., bytes]


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


@pytest.fixture(scope="module")
def evening(example: Result) -> RoomLog:
    """A workshop on the example that moved two measures."""
    order = [line.measure for line in example.ranking]
    decided = [(order[4], 1, "Die Förderfrist läuft ab."), (order[0], 3, "Personal erst ab Herbst.")]
    return council_log(example.study, decided, POINTS)


@pytest.fixture(scope="module")
def annex(example: Result) -> Annex:
    """The annex of the example as PDF, each kind made once."""
    made: dict[Any, bytes] = {}

    def pdf(**wish: Any) -> bytes:
        key = tuple((name, id(value) if name == "room" else value) for name, value in sorted(wish.items()))
        if key not in made:
            made[key] = pdf_file(build(example, Request(**wish)))
        return made[key]

    return pdf


def parts_of(parts: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        found += [*parts_of(part.left), *parts_of(part.right)] if hasattr(part, "left") else [part]
    return found


def headings(document: Document) -> list[str]:
    return [part.words for part in parts_of(document.parts) if isinstance(part, Heading)]


def said(document: Document) -> str:
    """Every word of the document but its own facts on the study's title."""
    told: list[str] = []
    for part in parts_of(document.parts):
        if isinstance(part, Heading | Paragraph):
            told.append(part.words)
        elif isinstance(part, Bullets):
            told += part.items
        elif isinstance(part, Facts):
            told += [f"{row.label} {row.value} {row.note}" for row in part.rows]
        elif isinstance(part, Table):
            told += [str(cell) for row in part.listing.rows for cell in row] + [c.header for c in part.listing.columns]
    return " ".join(told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("public", [True, False])
def test_the_example_fills_two_pages(annex: Annex, language: str, public: bool) -> None:
    assert len(pages_of(annex(language=language, public=public))) == 2


def test_with_a_workshop_it_is_still_two_pages(annex: Annex, evening: RoomLog) -> None:
    assert len(pages_of(annex(room=evening, language="de", public=True))) == 2
    assert len(pages_of(annex(room=evening, public=False, language="en"))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("public", [True, False])
def test_the_second_page_begins_with_a_heading(
    annex: Annex, example: Result, evening: RoomLog, language: str, public: bool
) -> None:
    notice = notice_of(example, language)
    begins = f"{notice} {text('annex.heading.changes', language)}"
    assert begins in pages_of(annex(language=language, public=public))[1]
    if public == (language == "de"):
        assert begins in pages_of(annex(room=evening, language=language, public=public))[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ranks_weights_and_sums_are_the_result_s(annex: Annex, example: Result, language: str) -> None:
    told = words_of(annex(language=language, public=True)).replace("- ", "-")
    for line in example.ranking[:10]:
        title = example.study.measure_by_id[line.measure]
        name = (title.title_en if language == "en" else "") or title.title
        name = name.replace("- ", "-")
        assert re.search(rf"\b{line.rank} {re.escape(name)} {line.rank_group}\b", told), name
    for top, share in (("relevance", 35), ("feasibility", 25), ("cost", 20), ("funding", 20)):
        assert example.weights.overall[top] == pytest.approx(share / 100)
        assert re.search(rf"{share}\s?%", told)
    sums = money_sum(example, paid_measures(example))
    assert len(sums.shared) == 1  # so grants and what others pay are told together: one alone would tell the other
    for amount in (sums.cost, sums.own, sums.grant + sums.others):
        assert money(rounded_up(amount), language, cents=False) in told
    for amount in (sums.grant, sums.others, sums.grant_low, sums.grant_high, sums.own + sums.grant):
        assert money(rounded_up(amount), language, cents=False) not in told
    for home, share in sums.shares.items():
        assert money(rounded_up(share), language, cents=False) in told, home


def test_the_public_reads_no_single_measure_s_money_others_do(annex: Annex, example: Result) -> None:
    sealed, told = words_of(annex(public=True)), words_of(annex(public=False))
    for line in example.ranking[:10]:
        cost = money(example.money[line.measure].life_cycle_gross, "de", cents=False)
        own = money(example.money[line.measure].own_contribution, "de", cents=False)
        title = re.escape(example.study.measure_by_id[line.measure].title)
        assert re.search(rf"{line.rank} {title}[^€]*{re.escape(cost)}", told)
        assert own in told
        assert not re.search(rf"(?<![\d.]){re.escape(cost)}", sealed), cost
    assert all(page.startswith("NICHT ÖFFENTLICH.") for page in pages_of(annex(public=False)))
    assert "NICHT ÖFFENTLICH" not in sealed


def test_who_took_part_is_told_by_role_and_the_weights_by_their_origin(annex: Annex, evening: RoomLog) -> None:
    told = words_of(annex(room=evening))
    assert "6 Personen: Bürgermeisteramt (Eching, Ismaning); Kämmerei" in told
    assert "im Workshop vereinbart" in told
    assert text("origin.locked", "de", at="01.03.2026, 11:10 Uhr") in told
    assert "Eching hat zugestimmt (21.04.2026)" in told


def test_the_decided_order_stands_beside_the_computed_one(example: Result, evening: RoomLog) -> None:
    document = build(example, Request(room=evening))
    table = next(
        p for p in document.parts if isinstance(p, Table) and p.listing.columns[-1].key == "decided_reason"
    ).listing
    ranks = {line.measure: line.rank for line in in_force(evening.study, fold(evening.events)).ranking}
    titles = {m.title: m.id for m in example.study.measures}
    assert [row[2] for row in table.rows] == [1, 3]
    assert [row[3] for row in table.rows] == ["Die Förderfrist läuft ab.", "Personal erst ab Herbst."]
    assert [row[1] for row in table.rows] == [ranks[titles[str(row[0])]] for row in table.rows]


def test_provenance_stands_in_words_and_in_the_code(annex: Annex, example: Result) -> None:
    told = words_of(annex(public=True))
    assert example.provenance.input_hash in told.replace(" ", "")
    code = origin_code(example)
    assert code.splitlines()[1] == f"inputs sha256 {example.provenance.input_hash}"
    assert {"seed 0", "scenario study", "as of 2025-06-30", "method topsis"} <= set(code.splitlines())
    assert "://" not in code
    assert "www" not in code


def test_the_drawing_holds_exactly_the_modules_of_the_code() -> None:
    svg = qr_code("Rangfolge <&> ü")
    root = ElementTree.fromstring(svg)
    path = root.find("{http://www.w3.org/2000/svg}path")
    assert path is not None
    drawn = {
        (int(x) // MODULE - QUIET, int(y) // MODULE - QUIET) for x, y in re.findall(r"M(\d+) (\d+)h", path.get("d", ""))
    }
    code = segno.make("Rangfolge <&> ü", error="m", micro=False, boost_error=False)
    assert drawn == {(x, y) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}
    assert root.get("width") == str((len(code.matrix) + 2 * QUIET) * MODULE)


def test_a_long_scenario_is_named_by_its_hash() -> None:
    plain = Scenario().canonical()
    assert scenario_code(plain) == "study"
    assert scenario_code(plain | {"seed": 7}) == '{"seed":7}'
    assert scenario_code(plain | {"columns": ["rank"]}) == "study", "columns make no number"
    long = scenario_code(plain | {"name": "x" * LONGEST})
    assert re.fullmatch(r"sha256 [0-9a-f]{64}", long)


SMALL: dict[str, Callable[[], Result]] = {
    "small": lambda: evaluate(small_study()),
    "three criteria": lambda: rated([[(r * 3 + c) % 5 / 4 for c in range(3)] for r in range(6)], [1.0] * 3),
    "seven criteria": lambda: rated([[(r * 3 + c) % 5 / 4 for c in range(7)] for r in range(6)], [1.0] * 7),
    "no municipalities": lambda: evaluate(
        small_study(
            municipalities=(), measures=tuple(measure(m, c, municipalities=()) for m, c in (("M1", 6e4), ("M2", 3e5))),
            ratings=(*ratings("M1", 5, 4, 4), *ratings("M2", 3, 5, 2)),
        )
    ),
    "one measure": lambda: evaluate(small_study(measures=(measure("M1", 60_000),), ratings=ratings("M1", 5, 4, 4))),
    "second opinion": lambda: evaluate(hostile_study(), Scenario(method="pymcdm:VIKOR")),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_a_small_study_has_no_empty_section_and_no_word_of_the_example(name: str) -> None:
    result = SMALL[name]()
    for language in LANGUAGES:
        document = build(result, Request(language=language, public=language == "de"))
        parts = list(document.parts)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            assert not (isinstance(part, Heading) and (following is None or isinstance(following, Heading)))
            assert not (isinstance(part, Table) and not part.listing.rows)
            assert not (isinstance(part, Bullets) and not part.items)
            assert not (isinstance(part, Paragraph | Heading) and not part.words.strip())
        told = said(document)
        assert "NordAllianz" not in told
        assert "{" not in told
        if name in ("small", "one measure"):
            assert text("annex.heading.outside", language) not in headings(document)
            assert text("annex.heading.people", language) not in headings(document)
            assert text("annex.nothing_awarded", language) not in told
        assert pdf_file(document)


def test_hostile_words_come_out_on_paper_and_in_word() -> None:
    document = build(evaluate(hostile_study()), Request(public=False))
    told = words_of(pdf_file(document))
    assert '=HYPERLINK("http://x";"y")' in told
    assert "+49 & <b>fett</b>" in told
    assert "=draußen: Ausgeschlossen: =darum" in told
    assert docx_file(document).startswith(b"PK")


def test_the_same_annex_is_the_same_bytes(example: Result, annex: Annex) -> None:
    assert pdf_file(build(example, Request(public=True))) == annex(public=True)


def test_the_code_has_words_for_who_cannot_see_it(example: Result) -> None:
    figures = [p for p in parts_of(build(example, Request()).parts) if isinstance(p, Figure)]
    assert len(figures) == 1
    assert example.provenance.input_hash in figures[0].alt
    assert number(example.provenance.seed, "de") in figures[0].alt


def test_the_headline_names_those_that_are_level_and_who_else_is_in_the_first_tier(
    annex: Annex, example: Result
) -> None:
    told, lines = words_of(annex()).replace("- ", "-"), example.ranking
    front = [line.measure for line in lines if line.rank_group == 1]
    assert len(front) == 3
    titles = "; ".join(example.study.measure_by_id[name].title for name in front)
    assert f"Errechnet vorn, nahezu gleichauf: {titles}." in told
    for line in lines[10:]:
        title = example.study.measure_by_id[line.measure].title.replace("- ", "-")
        assert (f"Rang {line.rank} {title}" in told) == (line.tier == 1), title


def test_the_column_asks_what_it_answers(annex: Annex) -> None:
    assert "Unter den ersten 10?" in words_of(annex())
    assert "Among the first 10?" in words_of(annex(language="en"))


def test_everybodys_weights_and_the_keys_are_told(annex: Annex, example: Result) -> None:
    told = words_of(annex())
    for who, name in (("mayors", "Bürgermeisterinnen und Bürgermeister"), ("treasury", "Kämmereien")):
        assert any(person.id == who for person in example.study.stakeholders), who
        own = evaluate(example.study, Scenario(profile=who)).weights.overall
        shares = " / ".join(str(round(100 * own[top])) for top in POINTS)
        assert f"{name} {shares}" in told
    split = [one for one in example.money.values() if len(one.shares) > 1]
    by_heads = sum(one.cost_key == "per_capita" for one in split)
    assert f"nach Einwohnern ({by_heads} Maßnahmen)" in told


def test_whom_to_ask_is_told_where_the_study_says_so() -> None:
    told = said(build(evaluate(small_study()), Request()))
    assert text("annex.contact", "de") not in told
    study = small_study()
    asked = study.model_copy(update={"study": study.study.model_copy(update={"contact": "Bauamt, Zimmer 12"})})
    assert f"{text('annex.contact', 'de')} Bauamt, Zimmer 12" in said(build(evaluate(asked), Request()))
