"""The studies in examples/: other kinds than the example region, read, ranked, written back and printed alike."""

import io
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from example import the_example
from mcda.cli import main
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report import Request, report
from mcda.result import Result
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.study.write import write_study

ROOT = Path(__file__).parents[1]
STUDIES = ("climate", "tender")
REGION = the_example()


@cache
def study(name: str) -> Study:
    return read_study(ROOT / "examples" / name)


@cache
def ranked(name: str) -> Result:
    return evaluate(study(name))


def words_of_the_region() -> set[str]:
    """What belongs to the example region alone: its names, its places and programmes, the titles of its measures."""
    names = {"nordallianz", "münchen", "munich", "idek", "digitalen entwicklungskonzept"}
    names |= {home.name.casefold() for home in REGION.municipalities}
    names |= {one.name.casefold() for one in REGION.programmes} | {one.id.casefold() for one in REGION.programmes}
    return names | {text.casefold() for m in REGION.measures for text in (m.id, m.title, m.title_en)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STUDIES)
def test_nothing_is_wrong_with_it(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "examples" / name), "--lang", language]) == 0
    said = capsys.readouterr().out.strip()
    assert len(said.splitlines()) == 1, "neither an error nor a warning"
    assert (study(name).study.title if language == "de" else study(name).study.title_en) in said


@pytest.mark.parametrize("form", ["folder", "book.xlsx"])
@pytest.mark.parametrize("name", STUDIES)
def test_it_comes_back_as_it_was_written(name: str, form: str, tmp_path: Path) -> None:
    write_study(study(name), tmp_path / form)
    assert read_study(tmp_path / form).input_hash == study(name).input_hash


@pytest.mark.parametrize("name", STUDIES)
def test_every_german_word_has_its_english_twin(name: str) -> None:
    one = study(name)
    assert one.study.title_en
    assert one.study.notice.startswith("Illustratives Beispiel")
    assert one.study.notice_en.startswith("Illustrative example")
    for row in (*one.criteria, *one.levels, *one.themes, *one.stakeholders):
        assert row.label_en, row
    for row in (*one.criteria, *one.stakeholders):
        assert row.description_en, row
    for measure in one.measures:
        assert measure.title_en, measure.id
        assert measure.description_en, measure.id
        assert measure.illustrative
    assert all(p.name_en and "(erfunden)" in p.name and "(invented)" in p.name_en for p in one.programmes)
    assert all(bool(r.reason) == bool(r.reason_en) and r.illustrative for r in one.ratings)


def test_climate_measures_rank_by_what_they_do_and_what_they_cost() -> None:
    one, result = study("climate"), ranked("climate")
    assert len(one.measures) == len(result.ranking) == 12
    assert len(one.municipalities) == 1
    places = {line.measure: line.rank for line in result.ranking}
    assert places["K-03"] == 1  # saves much, for nearly everybody, decided, cheap, half of it granted
    assert places["K-12"] <= 3  # saves nothing, but protects people at risk for little money
    assert places["K-07"] == 12  # dear, owners have to agree, and no grant is sure
    assert places["K-09"] == 11  # the dearest but one; nobody there to do it
    money = result.money
    assert money["K-03"].grant == Decimal(380_000)  # half of 760,000
    assert money["K-01"].grant == Decimal(500_000)  # half would be 1.2 million; the programme ends there
    assert money["K-12"].grant == Decimal(36_400)  # 70 % of 52,000
    assert money["K-06"].grant == 0
    assert (money["K-09"].grant_low, money["K-09"].grant_high) == (Decimal(0), Decimal(500_000))  # no decision yet
    assert all(money[line.measure].shares == {"ERQ": money[line.measure].own_contribution} for line in result.ranking)


def test_offers_rank_by_price_and_quality_as_computed_by_hand() -> None:
    one, result = study("tender"), ranked("tender")
    prices = {m.id: m.capex_eur for m in one.measures}
    assert (min(prices.values()), max(prices.values())) == (Decimal(163_000), Decimal(195_000))
    assert not one.municipalities
    assert not one.programmes
    scores = {line.measure: line.score for line in result.ranking}
    # 40 % price: (200,000 - 178,500) / 40,000; 60 % quality: 40/35/25 of approach 13/3, team 12/3, participation 13/3
    quality = 0.40 * (13 / 3 - 1) / 4 + 0.35 * (12 / 3 - 1) / 4 + 0.25 * (13 / 3 - 1) / 4
    assert scores["A-2"] == pytest.approx(0.4 * 21_500 / 40_000 + 0.6 * quality, abs=1e-9)
    assert [line.measure for line in result.ranking] == ["A-2", "A-5", "A-1", "A-4", "A-3"]
    assert not any(money.grant for money in result.money.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STUDIES)
def test_its_list_is_printed_without_a_word_of_the_example_region(name: str, language: str) -> None:
    printed = report(ranked(name), "list", "pdf", Request(language=language))
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).casefold()
    words = " ".join(words.split())
    first = study(name).measure_by_id[ranked(name).ranking[0].measure]
    notice = study(name).study.notice if language == "de" else study(name).study.notice_en
    assert (first.title if language == "de" else first.title_en).casefold() in words
    assert notice.casefold() in words
    assert [word for word in words_of_the_region() if word in words] == []


@pytest.mark.parametrize("name", STUDIES)
def test_its_files_hold_no_word_of_the_example_region(name: str) -> None:
    text = " ".join(file.read_text("utf-8") for file in (ROOT / "examples" / name).glob("*.csv")).casefold()
    assert [word for word in words_of_the_region() if word in text] == []
