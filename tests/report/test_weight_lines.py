"""One weight moved: the lines pass through today's ranking, and swaps are where the lines cross."""

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.report.exhibits.weight_lines import (
    movable,
    path_label,
    path_sentence,
    score_at,
    score_table,
    swap_table,
    weight_lines,
)
from mcda.scenario import Scenario
from mcda.ui.figures.weight_lines import spread_labels, weight_lines_figure
from mcda.weights.direct import shift
from small import CRITERIA, small_study

STUDY = small_study()


@pytest.mark.parametrize("criterion", ["relevance", "goals", "cost", "funding"])
@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_at_todays_weight_the_lines_are_todays_scores(criterion: str, method: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    lines = weight_lines(result, criterion, 3)
    for line in result.ranking:
        near = np.abs(lines.at - lines.present).min()
        assert score_at(lines, line.measure, lines.present) == pytest.approx(line.score, abs=0.02 * near + 2e-3)


@pytest.mark.parametrize("criterion", ["relevance", "cost"])
def test_evaluating_on_either_side_of_a_swap_turns_the_pair_round(criterion: str) -> None:
    result = evaluate(STUDY, Scenario(method="weighted_sum"))
    lines = weight_lines(result, criterion, 4)
    assert lines.swaps
    others = [c for c in STUDY.children[""] if c != criterion]
    rest = {c: result.weights.local[c] for c in others}
    for swap in lines.swaps:
        for offset, first, second in ((-1e-6, swap.a, swap.b), (1e-6, swap.b, swap.a)):
            t = swap.t + offset
            points = {criterion: t} | {c: (1 - t) * w / sum(rest.values()) for c, w in rest.items()}
            order = [line.measure for line in evaluate(STUDY, Scenario(weights=points, method="weighted_sum")).ranking]
            assert order.index(first) < order.index(second)


def test_the_leader_stays_first_exactly_within_the_interval_told() -> None:
    result = evaluate(STUDY)
    lines = weight_lines(result, "cost", 2)
    assert lines.first_holds is not None
    low, high = lines.first_holds
    assert low <= lines.present <= high
    leader = result.ranking[0].measure
    inside = (lines.at > low) & (lines.at < high)
    column = lines.measures.index(leader)
    assert (lines.scores[inside].argmax(axis=1) == column).all()
    assert (lines.scores[(lines.at < low) | (lines.at > high)].argmax(axis=1) != column).any() or (low, high) == (0, 1)


def test_several_leaders_have_no_interval_of_their_own() -> None:
    twin = small_study(
        measures=tuple(STUDY.measure_by_id["M1"].model_copy(update={"id": i}) for i in ("M1", "M9")),
        ratings=tuple(
            r.model_copy(update={"measure": i}) for r in STUDY.ratings for i in ("M1", "M9") if r.measure == "M1"
        ),
    )
    lines = weight_lines(evaluate(twin), "cost", 5)
    assert lines.first_holds is None
    assert lines.swaps == ()


def test_a_criterion_holding_every_leaf_cannot_move() -> None:
    assert movable(STUDY) == ("relevance", "goals", "urgency", "feasibility", "cost", "funding")
    alone = small_study(criteria=CRITERIA[:3])
    assert movable(alone) == ("goals", "urgency")


def test_sub_criteria_are_named_with_what_stands_above_them() -> None:
    assert path_label(STUDY, "urgency", "de") == "Relevanz › Dringlichkeit"
    assert path_label(STUDY, "cost", "de") == "Kosten"


def test_the_tables_say_the_same_as_the_lines() -> None:
    result = evaluate(STUDY)
    lines = weight_lines(result, "cost", 3)
    swaps, scores = swap_table(lines, result, "de"), score_table(lines, result, "de")
    assert len(swaps) == len(lines.swaps)
    assert len(scores) == 3
    assert "heute 20,0 %" in scores.columns


def test_the_figure_draws_leaders_apart_and_marks_every_swap() -> None:
    lines = weight_lines(evaluate(STUDY), "cost", 3)
    figure = weight_lines_figure(lines, "Kosten", "Punkte", 100.0, "de")
    named = {trace.name: trace for trace in figure.data}
    dashes = {named[measure].line.dash for measure in lines.highlighted}
    assert len(dashes) == 3
    assert len(named["swaps"].x) == len(lines.swaps)
    assert figure.layout.separators == ",."


def test_labels_keep_their_order_and_their_distance() -> None:
    placed = spread_labels([10.0, 10.5, 10.2, 40.0], 2.0)
    assert sorted(range(4), key=placed.__getitem__) == [0, 2, 1, 3]
    assert min(np.diff(sorted(placed))) >= 2.0 - 1e-9
    assert spread_labels([], 1.0) == []


def test_a_sub_criterion_moves_as_its_slider_does_while_its_parent_keeps_its_weight() -> None:
    result = evaluate(STUDY)
    lines = weight_lines(result, "urgency", 4)
    assert lines.present == pytest.approx(0.4)
    for t in (0.0, 0.25, 0.8, 1.0):
        live = evaluate(STUDY, Scenario(weights=shift({"goals": 60.0, "urgency": 40.0}, "urgency", 100 * t)))
        for line in live.ranking:
            assert score_at(lines, line.measure, t) == pytest.approx(line.score, abs=1e-9)


def test_the_caption_says_what_moves_what_gives_way_and_what_stays() -> None:
    result = evaluate(STUDY)
    below = path_sentence(weight_lines(result, "urgency", 3), result, "de")
    assert "Dringlichkeit innerhalb von Relevanz von 0 bis 100 %" in below
    assert "geben nach: Ziele." in below
    assert "Relevanz zählt insgesamt unverändert 35,0 %" in below
    held = path_sentence(weight_lines(result, "cost", 3, {"funding"}), result, "de")
    assert "Kosten von 0 bis 80 %" in held
    assert "unverändert: Förderung" in held


def test_a_criterion_whose_siblings_are_all_locked_cannot_move() -> None:
    assert "urgency" not in movable(STUDY, {"goals"})
    assert "goals" in movable(STUDY, {"goals"})
