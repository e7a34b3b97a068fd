"""The triangle for people: sentences, table and figure say what the map found."""

import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.ternary_map import (
    heaviest_three,
    share_text,
    ternary_alt,
    ternary_exhibit,
    ternary_groups,
    ternary_reading,
    ternary_sentence,
    ternary_table,
)
from mcda.scenario import Scenario
from mcda.ui.figures.ternary_map import PATTERNS, ternary_figure
from small import CRITERIA, small_study

STUDY = small_study()
TOPS = ("relevance", "feasibility", "cost")


def test_groups_of_three_and_more_have_a_triangle_and_start_with_the_heaviest() -> None:
    assert ternary_groups(STUDY) == {"": ("relevance", "feasibility", "cost", "funding")}
    assert heaviest_three(evaluate(STUDY)) == TOPS
    moved = evaluate(STUDY, Scenario(weights={"relevance": 1}))
    assert heaviest_three(moved) == ("feasibility", "cost", "funding")
    assert ternary_groups(small_study(criteria=CRITERIA[:3])) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "pymcdm:VIKOR"])
def test_the_words_name_leader_share_and_the_way_it_was_made(method: str, language: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    shown = ternary_exhibit(result, TOPS)
    assert shown.replaced == (method == "pymcdm:VIKOR")
    assert shown.found.exact == (method == "weighted_sum")
    own = next(r for r in shown.found.regions if r.measures == shown.found.first_now)
    sentence = ternary_sentence(shown, result, language)
    assert shown.found.first_now[0] in sentence
    assert share_text(own.share, language) in sentence
    reading = ternary_reading(shown, result, language)
    assert ("5.151" in reading or "5,151" in reading) == (not shown.found.exact)
    assert shown.found.regions[0].measures[0] in ternary_alt(shown, result, language)
    assert "{" not in sentence + reading


def test_the_table_has_a_row_per_area_and_says_where_today_lies() -> None:
    result = evaluate(STUDY, Scenario(method="weighted_sum"))
    shown = ternary_exhibit(result, TOPS)
    table = ternary_table(shown, result, "de")
    assert len(table) == len(shown.found.regions)
    assert (table["heute"] == "vorn").sum() == 1
    today = table[table["heute"] == "vorn"].iloc[0]
    assert today["Maßnahme"].startswith(result.ranking[0].measure)
    for region, centre in zip(shown.found.regions, table["Mitte der Fläche"], strict=True):
        numbers = [int(part.rsplit(" ", 2)[1]) for part in centre.split(", ")]
        assert numbers == pytest.approx([80 * part for part in region.centre], abs=0.51)


def test_one_leader_everywhere_and_weights_of_nothing_are_told() -> None:
    alone = small_study(measures=STUDY.measures[:1], ratings=tuple(r for r in STUDY.ratings if r.measure == "M1"))
    result = evaluate(alone)
    shown = ternary_exhibit(result, TOPS)
    assert "immer M1" in ternary_sentence(shown, result, "de")
    nothing = evaluate(STUDY, Scenario(weights=dict.fromkeys(TOPS, 0)))
    shown = ternary_exhibit(nothing, TOPS)
    assert "zusammen null" in ternary_sentence(shown, nothing, "de")
    assert len(ternary_table(shown, nothing, "de")) == 1


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100 %"), (0.9999, "99,9 %"), (0.354, "35 %"), (0.045, "4,5 %"), (1e-6, "0,1 %")]
)
def test_shares_are_never_rounded_to_nothing_or_everything(share: float, words: str) -> None:
    assert share_text(share, "de") == words


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_areas_of_the_figure_differ_in_more_than_colour_and_today_is_marked(method: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    shown = ternary_exhibit(result, TOPS)
    figure = ternary_figure(shown, STUDY, "de")
    areas = [trace for trace in figure.data if trace.fill == "toself"]
    assert len(areas) == len(shown.found.regions) > 1
    patterns = [trace.fillpattern.shape for trace in areas]
    assert len(set(patterns)) == min(len(areas), len(set(PATTERNS)))
    assert next(trace for trace in figure.data if trace.name == "today").marker.symbol.startswith("star")
    words = " ".join(note.text for note in figure.layout.annotations)
    for name in ("Relevanz", "Umsetzbarkeit", "Kosten", "80 %", "heute", shown.found.regions[0].measures[0]):
        assert name in words
