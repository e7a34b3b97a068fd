"""What would have to be true, in words."""

import re

import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.critical_ratings import critical_ratings
from mcda.report.exhibits.what_if_sentence import what_if_sentence, what_if_steps
from mcda.robustness.rating_needed import critical_cells
from mcda.robustness.what_if import what_if
from mcda.scenario import Scenario
from rated import rated
from small import small_study


def test_the_smallest_step_stands_first() -> None:
    result = evaluate(small_study())
    for line in result.ranking[1:]:
        found = what_if(result, line.measure, result.ranking[0].measure)
        sizes = [one.share for one in (*found.ratings[:1], found.cost, found.grant) if one is not None]
        if found.weights is not None and found.weights.status == "found":
            sizes.append(found.weights.points / 100)
        steps = what_if_steps(result, found, "de")
        assert len(steps) == len(sizes)
        by_size = sorted(sizes)
        if found.ratings and found.ratings[0].share == by_size[0]:
            assert "bewertet wird" in steps[0]
        if found.cost and found.cost.share == by_size[0]:
            assert "kostet" in steps[0]


def test_one_shift_and_one_rating_in_german() -> None:
    result = rated([[0.4, 0.9], [0.8, 0.2]], [60, 40], "weighted_sum")
    said = what_if_sentence(result, what_if(result, "A1", "A0"), "de")
    # 0.56 against 0.60: 0.4 w + 0.9 (1 - w) = 0.8 w + 0.2 (1 - w) at w = 7/11 = 63.63 %
    assert "„Maßnahme A1“ überholt „Maßnahme A0“, wenn " in said
    assert "3,7\u00a0Prozentpunkte Gewicht von „c1“ zu „c0“ gehen (c0 60 → 63,7\u00a0%)" in said
    assert "wenn „c0“ mit mindestens 0,867 statt 0,8 bewertet wird" in said
    assert said.index("3,7\u00a0Prozentpunkte") < said.index("0,867")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("top", [1, 2, 3])
def test_every_goal_has_its_sentence(language: str, top: int) -> None:
    for name in ("topsis", "weighted_sum", "weighted_product", "topsis_vector"):
        result = evaluate(small_study(), Scenario(method=name))
        measures = result.matrix.measures
        for target in measures:
            for found in (what_if(result, target, top=top), what_if(result, target, measures[measures[0] == target])):
                said = what_if_sentence(result, found, language)
                assert said.endswith(".")
                assert not re.search(r"[{}]|nan|  |, mit mindestens [\d.]+ € Zuschuss.*, mit", said)


def test_already_there() -> None:
    result = evaluate(small_study())
    first, second = (line.measure for line in result.ranking[:2])
    titles = {m.id: f"„{m.title}“" for m in result.study.measures}
    assert (
        what_if_sentence(result, what_if(result, first, second))
        == f"{titles[first]} liegt bereits vor {titles[second]}."
    )
    assert what_if_sentence(result, what_if(result, first)) == f"{titles[first]} steht bereits auf Platz 1."
    said = what_if_sentence(result, what_if(result, second, top=2), "en")
    assert said == f"“Maßnahme {second}” is among the first 2 already."


def test_equal_measures_are_called_equal() -> None:
    result = rated([[0.4, 0.9], [0.4, 0.9], [0.1, 0.1]], [60, 40])
    said = what_if_sentence(result, what_if(result, "A0", "A1"))
    assert said.startswith("„Maßnahme A0“ und „Maßnahme A1“ sind in jedem Kriterium gleich bewertet; keine Gewichtung")
    assert "überholt" in said
    assert what_if_sentence(result, what_if(result, "A0")).endswith(
        "steht bereits auf Platz 1, zusammen mit „Maßnahme A1“."
    )


def test_what_nothing_can_do_is_said() -> None:
    result = rated([[0.5, 0.5], [1.0, 1.0]], [60, 40])
    said = what_if_sentence(result, what_if(result, "A0", "A1"))
    assert said == (
        "„Maßnahme A0“ überholt „Maßnahme A1“ durch keine einzelne Änderung, weder an den Gewichten noch an einer "
        "Bewertung, den Kosten oder dem Zuschuss."
    )


def test_what_weights_cannot_do_is_said_beside_what_a_rating_can() -> None:
    result = rated([[0.5, 0.4], [0.5, 0.5]], [60, 40])
    said = what_if_sentence(result, what_if(result, "A0", "A1"))
    assert said.endswith(" Mit anderen Gewichten allein geht es nicht.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_critical_ratings_has_a_row_per_cell(language: str) -> None:
    result = evaluate(small_study())
    table = critical_ratings(result, language)
    assert len(table.rows) == len(critical_cells(result)) == 12
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert len({column.header for column in table.columns}) == len(table.columns)
