"""Lessons in words: every code has its sentence, with names for ids and numbers as people write them."""

from collections.abc import Mapping

import pytest

from mcda.batch import run_batch
from mcda.batch.lessons_grants import ORDER
from mcda.batch.lessons_record import TOPICS, Fact, Lesson
from mcda.batch.side_by_side import SideBySide, side_by_side
from mcda.locale import LANGUAGES, catalogue, placeholders, text
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.report.exhibits.region_bars import region_bars, region_bars_alt, region_bars_sentence
from mcda.report.exhibits.region_lessons import lesson_sentence
from mcda.report.exhibits.region_lists import criterion_listing, region_listing, weight_listing
from mcda.study.model import Criterion, Municipality, Study
from small import CRITERIA, small_study


@pytest.fixture(scope="module")
def side() -> SideBySide:
    return beside(north=small_study(), south=small_study())


def beside(**studies: Study) -> SideBySide:
    return side_by_side(run_batch(studies, backend="serial"), studies)


def test_ids_become_names_and_numbers_are_written_out(side: SideBySide) -> None:
    facts: Mapping[str, Fact] = {"study": "south", "own_eur": 1234.4, "median_eur": 600.0, "times": 2.1}
    assert lesson_sentence(side, Lesson("money", "own_high", facts), "de") == (
        "south: Der Eigenanteil je Kopf ist 2,1-mal so hoch wie in der mittleren Region (1.234 € statt 600 €)."
    )
    weights: Mapping[str, Fact] = {"criterion": "cost", "low_study": "a", "low_share": 0.1, "high_study": "b"}
    told = lesson_sentence(side, Lesson("weights", "weights_apart", {**weights, "high_share": 0.425}), "de")
    assert "Kosten" in told
    assert "10 %" in told
    one = Lesson("grants", "programme_unused", {"programme": "X", "measures": 1, "regions": 1})
    assert lesson_sentence(side, one, "de") == "X: vorgesehen für eine Maßnahme in einer Region, gerechnet für keine."
    several = Lesson("grants", "programme_unused", {"programme": "X", "measures": 2, "regions": 3})
    assert lesson_sentence(side, several, "en") == "X: planned for 2 measures in 3 regions, counted for none."


def test_values_that_differ_are_told_with_their_counts(side: SideBySide) -> None:
    days = Lesson("comparable", "differs_as_of", {"values": ("2025-06-30", "2026-01-01"), "times": (2, 1)})
    assert "30.06.2025 (2), 01.01.2026 (1)" in lesson_sentence(side, days, "de")
    methods = Lesson("comparable", "differs_method", {"values": ("topsis", "weighted_sum"), "times": (1, 1)})
    assert "Abstand zum Ideal (1)" in lesson_sentence(side, methods, "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_nouns_and_codes_have_their_words(language: str) -> None:
    known = catalogue(language)
    assert {f"lesson.topic.{topic}" for topic in TOPICS} <= set(known)
    assert {f"lesson.{code}" for code in ORDER} <= set(known)
    for key in (key for key in known if key.startswith("lesson.") and key.count(".") == 1):
        assert "count" not in placeholders(known[key]) or f"{key}_one" in known or key.endswith("_one"), key


def test_criteria_of_several_studies_stand_as_one_tree() -> None:
    extra = Criterion(id="noise", parent="relevance", label_de="Lärm", best=5, worst=1, step=1, weight=10)
    other = small_study(criteria=(*CRITERIA, extra))
    side = beside(a=small_study(), b=other)
    names = [str(row[0]) for row in weight_listing(side, "de").rows]
    indent = "    "
    assert names == [
        *("Relevanz", f"{indent}Ziele", f"{indent}Dringlichkeit", f"{indent}Lärm"),
        *("Umsetzbarkeit", "Kosten", "Förderung"),
    ]
    noise = weight_listing(side, "de").rows[3]
    assert noise[1] is None
    assert noise[2] == pytest.approx(0.35 * 10 / 110)
    assert [row[1] for row in criterion_listing(side, "de").rows] == [2, 2, 2, 1, 2, 2, 2]


def test_bars_stand_in_order_and_name_who_is_far_above_the_middle() -> None:
    def of(people: int | None) -> Study:
        home = Municipality(id="ISM", name="Ort", population=people)
        measures = tuple(m.model_copy(update={"municipalities": ("ISM",)}) for m in small_study().measures)
        return small_study(municipalities=(home,), measures=measures)

    bars = region_bars(beside(a=of(1000), b=of(200), c=of(999), d=of(None)))
    assert bars is not None
    assert [name for name, _ in bars.lines] == ["b", "c", "a"]
    assert bars.far == ("b",)
    assert bars.middle == bars.lines[1][1]
    assert region_bars_sentence(bars, "de").startswith("b zahlt je Kopf am meisten")
    assert all(f"{name} " in region_bars_alt(bars, "en") for name in "abc")
    assert region_bars(beside(a=of(1000), b=of(None))) is None


def test_a_region_of_unknown_size_leaves_its_cells_empty_and_others_whole() -> None:
    unknown = tuple(home.model_copy(update={"population": None}) for home in small_study().municipalities)
    listing = region_listing(beside(a=small_study(), b=small_study(municipalities=unknown)), "de")
    at = [column.key for column in listing.columns].index("people")
    assert [row[at] for row in listing.rows] == [sum(m.population or 0 for m in small_study().municipalities), None]
    assert listing_frame(listing, "de").iloc[0, at] == "35.620"


def test_tables_on_screen_and_terminal_write_money_and_points_as_people_do() -> None:
    columns = (Column("a", "A", "money", 9), Column("b", "B", "points", 9), Column("c", "C", "whole", 9))
    listing = Listing("", columns, ((36328638.86, 7.426715813500007, 135895),))
    assert list(listing_frame(listing, "de").iloc[0]) == ["36.328.639 €", "7,4", "135.895"]
    assert list(listing_frame(listing, "en").iloc[0]) == ["€36,328,639", "7.4", "135,895"]
    assert text("lesson.none", "de")
