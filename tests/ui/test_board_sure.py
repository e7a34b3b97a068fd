"""How sure the live ranking is: finished texts for every row and slider, kept, refused and left out where needed."""

from typing import Any

import pytest
from pydantic import ValidationError

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.methods import METHODS
from mcda.report.exhibits.shares import share_percent
from mcda.robustness.labels import robustness_labels
from mcda.robustness.stability import stability_intervals
from mcda.scenario import Scenario
from mcda.ui.board import direct
from mcda.ui.board.sureness import sure_payload
from mcda.weights.tree import points_of
from small import small_study

STUDY = small_study()
MOVE = {"seq": 0, "kind": "move", "moved": "cost", "to": 55.0, "points": points_of(STUDY, evaluate(STUDY).weights)}


def ask(**more: Any) -> dict[str, Any]:
    body = {"study": direct.remember(STUDY), "scenario": Scenario().canonical(), "language": "de"} | more
    return direct.sureness(direct.SureQuestion.model_validate(body))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_row_has_the_label_the_engine_gives(language: str) -> None:
    result = evaluate(STUDY)
    found, rows = robustness_labels(result).by_measure(), sure_payload(result, (), language)["rows"]
    assert set(rows) == set(found)
    for measure, row in rows.items():
        assert row["word"] == text(f"labels.word.{found[measure].label}", language)
        assert row["share"] == share_percent(found[measure].share_above, language)
        assert bool(row["reasons"]) == bool(found[measure].reasons)


def test_every_slider_shows_where_first_place_holds() -> None:
    result = evaluate(STUDY)
    sliders = sure_payload(result, (), "de")["sliders"]
    exact = stability_intervals(STUDY, result.matrix, METHODS["topsis"], result.weights)
    for interval in exact:
        if interval.kept == "first" and interval.low < interval.high:
            shown = sliders[interval.criterion]
            assert (shown["from"], shown["to"]) == pytest.approx((100 * interval.low, 100 * interval.high), abs=0.006)
            assert len(shown["line"].split()) == 41


def test_a_slider_that_cannot_move_has_no_picture() -> None:
    sliders = sure_payload(evaluate(STUDY), {"goals"}, "de")["sliders"]
    assert "urgency" not in sliders
    assert "cost" in sliders


def test_what_was_considered_names_draws_seed_and_question() -> None:
    said = sure_payload(evaluate(STUDY, Scenario(seed=7)), (), "de")["considered"]
    for part in ("10.000 Gewichtungen", "10.000 Fälle", "auf Rang 1?", "3 Rechenwege", "Zufallszahlen 7"):
        assert part in said


@pytest.mark.parametrize("method", ["pymcdm:VIKOR", "topsis_vector"])
def test_a_method_that_cannot_be_played_through_says_so(method: str) -> None:
    found = sure_payload(evaluate(STUDY, Scenario(method=method)), (), "de")
    assert found["rows"] == {}
    assert found["considered"] == text("labels.not_offered", "de")
    assert bool(found["sliders"]) == (method == "topsis_vector")


def test_a_hand_and_the_session_get_the_same_answer() -> None:
    """What is asked about in the hand and again when it is stored."""
    moved = ask(order=MOVE)
    scenario = Scenario(weights=dict(points_of(STUDY, evaluate(STUDY).weights)) | _after_move())
    assert ask(scenario=scenario.canonical()) == moved
    assert moved != ask()


def _after_move() -> dict[str, float]:
    order = direct.Order.model_validate(MOVE)
    return dict(direct.moved_scenario(STUDY, Scenario(), order).weights)


def test_a_study_on_no_screen_and_a_bad_move_are_refused() -> None:
    with pytest.raises(direct.UnknownStudy):
        ask(study="nobody")
    with pytest.raises(InputError):
        ask(order=MOVE | {"moved": "beauty"})
    with pytest.raises(ValidationError):
        ask(language="fr")


def test_one_measure_has_nothing_to_fear() -> None:
    alone = small_study(measures=STUDY.measures[:1], ratings=tuple(r for r in STUDY.ratings if r.measure == "M1"))
    found = sure_payload(evaluate(alone), (), "en")
    assert found["rows"]["M1"]["word"] == "secure"
    assert found["sliders"]["cost"]["text"] == text("labels.first_holds_always", "en")
