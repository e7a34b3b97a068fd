"""Stability intervals against a fine scan, and Triantaphyllou and Sanchez's critical weights."""

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.methods import METHODS, method
from mcda.ranking import competition_ranks, quantise
from mcda.result import DecisionMatrix, Weights
from mcda.robustness.crossover import slider_path
from mcda.robustness.stability import critical_weights, stability_intervals
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.weights.tree import tree_weights
from problems import case
from small import small_study


def flat(values: object, weights: list[float]) -> tuple[Study, DecisionMatrix, Weights]:
    """A matrix as a study of leaves without sub-criteria."""
    worth = np.asarray(values, dtype=np.float64)
    criteria = tuple(Criterion(id=f"c{j}", label_de=f"c{j}", best=1, worst=0, weight=w) for j, w in enumerate(weights))
    study = small_study(criteria=criteria, ratings=())
    names = tuple(f"A{i + 1}" for i in range(len(worth)))
    ones = np.ones(worth.shape[1])
    matrix = DecisionMatrix(names, study.leaves, worth, worth, worth, worth, ones, ones * 0)
    return study, matrix, tree_weights(study, Scenario())


def scanned(matrix: DecisionMatrix, name: str, path: object, now: float, kept: str, top: int) -> tuple[float, float]:
    """The ends of the interval on a grid of 4,001 points."""
    grid = np.linspace(0, path.reach, 4_001)  # type: ignore[attr-defined]
    scores = quantise(method(name).score(matrix, path.at(grid)))  # type: ignore[attr-defined]
    ranks = 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    base = competition_ranks(quantise(method(name).score(matrix, path.at(now))[0]))  # type: ignore[attr-defined]
    limit = {"first": 1, "top": top}.get(kept)
    same = (ranks == base).all(axis=1) if limit is None else ((ranks <= limit) == (base <= limit)).all(axis=1)
    here = int(np.abs(grid - now).argmin())
    left = here
    while left > 0 and same[left - 1]:
        left -= 1
    right = here
    while right < len(grid) - 1 and same[right + 1]:
        right += 1
    return float(grid[left]), float(grid[right])


@pytest.mark.parametrize("name", ["weighted_sum", "topsis", "topsis_minmax"])
@pytest.mark.parametrize("seed", range(4))
def test_the_ends_are_those_of_a_fine_scan(name: str, seed: int) -> None:
    generator = np.random.default_rng(seed)
    study, matrix, weights = flat(generator.random((12, 4)), generator.uniform(1, 5, 4).tolist())
    for found in stability_intervals(study, matrix, METHODS[name], weights, top=4):
        path = slider_path(study, weights, found.criterion)
        low, high = scanned(matrix, name, path, found.now, found.kept, 4)
        assert found.low == pytest.approx(low, abs=3e-4)
        assert found.high == pytest.approx(high, abs=3e-4)
        assert found.low <= found.now <= found.high


def test_the_rival_is_who_overtakes_at_the_end() -> None:
    study, matrix, weights = flat([[0.9, 0.2], [0.4, 0.8]], [50, 50])
    first = next(i for i in stability_intervals(study, matrix, METHODS["weighted_sum"], weights) if i.criterion == "c0")
    assert (first.kept, first.now) == ("first", 0.5)
    assert first.high_rival == ("A2", "A1")
    assert first.high == pytest.approx(6 / 11)
    assert first.low == 0.0
    assert first.low_rival == ()
    assert first.room == pytest.approx(6 / 11 - 0.5)


def test_triantaphyllou_and_sanchez_s_percent_top_and_percent_any() -> None:
    example = case("sensitivity-triantaphyllou-sanchez-1997")
    inputs = example["inputs"]
    study, matrix, weights = flat(inputs["matrix"], inputs["weights"])
    intervals = stability_intervals(study, matrix, METHODS["weighted_sum"], weights)
    top, some = critical_weights(intervals)
    assert top is not None
    assert some is not None
    deltas = example["expected"]["delta_percent_recomputed"]
    assert (top.criterion, top.overtaken, top.overtaking) == ("c2", "A1", "A2")
    assert (some.criterion, some.overtaken, some.overtaking) == ("c0", "A2", "A3")
    assert top.percent == pytest.approx(deltas["A1-A2"][2], rel=1e-6)
    assert some.percent == pytest.approx(deltas["A2-A3"][0], rel=1e-6)


def test_measures_that_are_level_are_not_parted_by_the_first_step() -> None:
    study, matrix, weights = flat([[0.5, 0.5], [0.4, 0.6], [0.1, 0.1]], [50, 50])
    first = stability_intervals(study, matrix, METHODS["weighted_sum"], weights)[0]
    assert (first.low, first.high) == (0.0, 1.0)


def test_one_criterion_alone_cannot_move() -> None:
    study, matrix, weights = flat([[0.5], [0.4]], [1])
    assert all(
        one.low == one.now == one.high == 1.0 for one in stability_intervals(study, matrix, METHODS["topsis"], weights)
    )
    assert critical_weights(stability_intervals(study, matrix, METHODS["topsis"], weights)) == (None, None)


def test_every_node_of_the_tree_has_its_three_intervals() -> None:
    study = small_study()
    result = evaluate(study)
    found = stability_intervals(study, result.matrix, METHODS["topsis"], result.weights, top=2)
    assert [(one.criterion, one.kept) for one in found] == [
        (c.id, kept) for c in study.criteria for kept in ("first", "top", "order")
    ]
    for one in found:
        for t, inside in ((one.low, 1e-6), (one.high, -1e-6)):
            if not 0 <= t + inside <= 1:
                continue
            path = slider_path(study, result.weights, one.criterion)
            ranks = competition_ranks(quantise(METHODS["topsis"].score(result.matrix, path.at(t + inside))[0]))
            base = competition_ranks(quantise(METHODS["topsis"].score(result.matrix, result.weights.leaf[None])[0]))
            if one.kept == "first":
                assert ((ranks == 1) == (base == 1)).all()
