"""Leader against challenger: every end and every flip evaluated again with the weight or rating really moved."""

import numpy as np
import pytest

from example import the_example
from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.robustness.tornado import TornadoBar, tornado
from mcda.scenario import Scenario
from mcda.study.model import Rating
from mcda.weights.direct import shift
from small import CRITERIA, small_study

STUDY = small_study()
EXAMPLE = the_example()
METHODS = ("topsis", "weighted_sum", "topsis_minmax")


def moved(result: Result, bar: TornadoBar, to: float) -> Result:
    """The study evaluated with the bar's weight or rating at another value."""
    study = result.study
    if bar.kind == "weight":
        siblings = study.children[study.criterion_by_id[bar.criterion].parent]
        points = {key: 100 * result.weights.local[key] for key in siblings}
        scenario = Scenario(method=result.method, weights=shift(points, bar.criterion, 100 * to))
        return evaluate(study, scenario)
    agreed = Rating(measure=bar.measure, criterion=bar.criterion, value=to)
    others = tuple(r for r in study.ratings if (r.measure, r.criterion) != (bar.measure, bar.criterion))
    return evaluate(study.model_copy(update={"ratings": (*others, agreed)}), Scenario(method=result.method))


def gap(result: Result, leader: str, challenger: str) -> float:
    scores = {line.measure: line.score for line in result.ranking}
    return scores[leader] - scores[challenger]


@pytest.mark.parametrize("method", METHODS)
def test_the_ends_and_flips_of_the_example_are_those_of_evaluating_it_again(method: str) -> None:
    result = evaluate(EXAMPLE, Scenario(method=method))
    found = tornado(result)
    assert found is not None
    assert (found.leader, found.challenger) == tuple(line.measure for line in result.ranking[:2])
    assert found.gap == pytest.approx(gap(result, found.leader, found.challenger), abs=1e-11)
    flipping = [bar for bar in found.bars if bar.flip is not None]
    still = [bar for bar in found.bars if bar.flip is None]
    assert flipping
    for bar in (*flipping[:2], *still[:1]):
        for at, expected in ((bar.smallest_at, bar.smallest), (bar.largest_at, bar.largest)):
            assert gap(moved(result, bar, at), found.leader, found.challenger) == pytest.approx(expected, abs=1e-9)
        if bar.flip is not None:
            outward = np.sign(bar.flip - bar.now)
            before, beyond = (
                gap(moved(result, bar, bar.flip + outward * by), found.leader, found.challenger) for by in (-1e-6, 1e-6)
            )
            assert before > 0 > beyond


@pytest.mark.parametrize("method", METHODS)
def test_bars_move_as_far_as_allowed_and_stand_in_the_order_of_their_steps(method: str) -> None:
    found = tornado(evaluate(STUDY, Scenario(method=method)), points=15)
    assert found is not None
    for bar in found.bars:
        allowed = 0.15 if bar.kind == "weight" else 1.0
        bounds = (0.0, 1.0) if bar.kind == "weight" else (1.0, 5.0)
        assert bar.low == pytest.approx(max(bar.now - allowed, bounds[0]))
        assert bar.high == pytest.approx(min(bar.now + allowed, bounds[1]))
        assert bar.smallest <= found.gap + 1e-12
        assert bar.largest >= found.gap - 1e-12
        assert (bar.flip is not None) == (bar.smallest < -1e-12)
        if bar.flip is not None:
            assert bar.step == pytest.approx(abs(bar.flip - bar.now) / allowed)
            assert bar.low <= bar.flip <= bar.high
    steps = [bar.step for bar in found.bars]
    assert steps == sorted(steps)
    swings = [bar.swing for bar in found.bars if bar.flip is None]
    assert swings == sorted(swings, reverse=True)


@pytest.mark.parametrize("method", METHODS)
def test_no_smaller_move_in_a_fine_scan_flips_and_none_goes_further(method: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    found = tornado(result, points=40)
    assert found is not None
    for bar in (b for b in found.bars if b.kind == "weight"):
        scan = np.linspace(bar.low, bar.high, 41)
        gaps = np.array([gap(moved(result, bar, float(t)), found.leader, found.challenger) for t in scan])
        assert gaps.min() == pytest.approx(bar.smallest, abs=5e-4)
        assert gaps.max() == pytest.approx(bar.largest, abs=5e-4)
        behind = np.abs(scan - bar.now)[gaps < -1e-12]
        if bar.flip is None:
            assert len(behind) == 0
        elif len(behind):
            assert abs(bar.flip - bar.now) <= behind.min() <= abs(bar.flip - bar.now) + 0.021


def test_every_weight_that_can_move_and_every_rating_of_the_two_has_a_bar() -> None:
    result = evaluate(STUDY)
    found = tornado(result)
    assert found is not None
    weights = {bar.criterion for bar in found.bars if bar.kind == "weight"}
    assert weights == {c.id for c in CRITERIA}
    ratings = {(bar.measure, bar.criterion) for bar in found.bars if bar.kind == "rating"}
    assert ratings == {(m, c) for m in (found.leader, found.challenger) for c in ("goals", "urgency", "feasibility")}
    locked = tornado(result, locked={"goals"})
    assert locked is not None
    assert "urgency" not in {bar.criterion for bar in locked.bars if bar.kind == "weight"}


def test_a_missing_rating_has_no_bar() -> None:
    leader = evaluate(STUDY).ranking[0].measure
    kept = tuple(r for r in STUDY.ratings if (r.measure, r.criterion) != (leader, "urgency"))
    for challenger in (line.measure for line in evaluate(STUDY).ranking[1:]):
        result = evaluate(small_study(ratings=kept))
        if challenger != result.ranking[0].measure:
            found = tornado(result, challenger)
            assert found is not None
            assert (leader, "urgency") not in {(bar.measure, bar.criterion) for bar in found.bars}


def test_any_other_measure_may_be_the_challenger() -> None:
    result = evaluate(STUDY)
    last = result.ranking[-1].measure
    found = tornado(result, last)
    assert found is not None
    assert found.challenger == last
    assert found.gap == pytest.approx(result.ranking[0].score - result.ranking[-1].score, abs=1e-11)
    for wrong in (result.ranking[0].measure, "M99"):
        with pytest.raises(ValueError, match="no challenger"):
            tornado(result, wrong)
    with pytest.raises(ValueError, match="above 0"):
        tornado(result, points=0)


def test_one_measure_has_no_challenger() -> None:
    alone = small_study(
        measures=STUDY.measures[:1], ratings=tuple(r for r in STUDY.ratings if r.measure == STUDY.measures[0].id)
    )
    assert tornado(evaluate(alone)) is None


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_twins_are_level_turn_at_once_by_ratings_and_never_by_weights(method: str) -> None:
    twin = small_study(
        measures=tuple(STUDY.measure_by_id["M1"].model_copy(update={"id": i}) for i in ("M1", "M9")),
        ratings=tuple(
            r.model_copy(update={"measure": i}) for r in STUDY.ratings for i in ("M1", "M9") if r.measure == "M1"
        ),
    )
    found = tornado(evaluate(twin, Scenario(method=method)))
    assert found is not None
    assert found.gap == 0
    for bar in found.bars:
        if bar.kind == "weight":
            assert (bar.flip, bar.swing) == (None, pytest.approx(0, abs=1e-12))
        elif bar.measure == found.leader or bar.high > bar.now:
            assert (bar.flip, bar.step) == (bar.now, 0.0)
        else:  # already at the top of its scale: the challenger cannot rise
            assert bar.flip is None


def test_the_weighted_sum_moves_in_straight_lines_known_by_hand() -> None:
    """One rating step of urgency (1 of 4) weighs 0.35 * 0.4 / 4 of the score."""
    found = tornado(evaluate(STUDY, Scenario(method="weighted_sum")))
    assert found is not None
    for bar in found.bars:
        if bar.kind == "rating" and bar.criterion == "urgency":
            assert bar.swing == pytest.approx(0.35 * 0.4 / 4 * (bar.high - bar.low))
