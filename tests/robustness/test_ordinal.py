"""Weightings that keep to an order: their centre, their bounds, and the ranks measures get under them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.robustness.ordinal import order_alone, ordered_weights
from mcda.robustness.smaa import rank_acceptability
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.weights.rank_order import elicit_rank_order, ordinal_bounds
from mcda.weights.tree import tree_weights
from problems import case, decision_matrix
from small import small_study

SUM = METHODS["weighted_sum"]
TOP = {"relevance": 1, "feasibility": 2, "cost": 3, "funding": 4}


def flat(*names: str) -> Study:
    return small_study(criteria=tuple(Criterion(id=name, label_de=name, best=1, worst=0) for name in names), ratings=())


def draw(study: Study, ranks: dict[str, dict[str, int]], count: int = 2_000, seed: int = 0) -> np.ndarray:
    fixed = tree_weights(study, Scenario())
    return ordered_weights(study, ranks, fixed)(np.random.default_rng(seed), count)


def test_the_mean_is_the_roc_vector() -> None:
    example = case("smaa_ordinal_centroid")
    names = tuple("abcd")
    ranks = {"": {name: place for place, name in enumerate(names, 1)}}
    drawn = draw(flat(*names), ranks, example["inputs"]["N"], example["inputs"]["seed"])
    assert drawn.mean(axis=0) == pytest.approx(example["expected"]["mean"], abs=example["tolerance"])


def test_it_is_uniform_like_rejection_of_what_is_out_of_order() -> None:
    kept = np.random.default_rng(1).dirichlet(np.ones(3), 200_000)
    kept = kept[(kept[:, 2] >= kept[:, 0]) & (kept[:, 0] >= kept[:, 1])]
    drawn = draw(flat("a", "b", "c"), {"": {"a": 2, "b": 3, "c": 1}}, 30_000)
    for quantile in (0.1, 0.5, 0.9):
        assert np.quantile(drawn, quantile, axis=0) == pytest.approx(np.quantile(kept, quantile, axis=0), abs=0.01)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=5))
def test_each_draw_keeps_the_order_and_equals_are_equal(places: list[int]) -> None:
    names = tuple("abcde"[: len(places)])
    ranks = dict(zip(names, places, strict=True))
    drawn = draw(flat(*names), {"": ranks}, 500)
    assert drawn.sum(axis=1) == pytest.approx(np.ones(500))
    bounds = ordinal_bounds(ranks, names)
    for i, a in enumerate(names):
        assert drawn[:, i].min() >= bounds[a][0] - 1e-12
        assert drawn[:, i].max() <= bounds[a][1] + 1e-12
        for j, b in enumerate(names):
            if ranks[a] == ranks[b]:
                assert (drawn[:, i] == drawn[:, j]).all()
            elif ranks[a] < ranks[b]:
                assert (drawn[:, i] >= drawn[:, j]).all()


def test_equals_average_to_the_weights_of_the_rank_order() -> None:
    ranks = {"a": 2, "b": 1, "c": 2, "d": 4}
    names = tuple(ranks)
    drawn = draw(flat(*names), {"": ranks}, 200_000)
    assert drawn.mean(axis=0) == pytest.approx(elicit_rank_order(ranks, names).leaf, abs=0.002)


def test_groups_that_were_not_ordered_stay_as_they_are() -> None:
    study = small_study()
    drawn = dict(zip(study.leaves, draw(study, {"": TOP}).T, strict=True))
    assert drawn["goals"] / drawn["urgency"] == pytest.approx(np.full(2_000, 1.5))
    below = dict(zip(study.leaves, draw(study, {"relevance": {"goals": 2, "urgency": 1}}).T, strict=True))
    assert below["cost"] == pytest.approx(np.full(2_000, 0.2))
    assert (below["urgency"] >= below["goals"]).all()
    assert below["goals"] + below["urgency"] == pytest.approx(np.full(2_000, 0.35))


def test_no_order_at_all_is_the_fixed_weighting() -> None:
    study = small_study()
    assert draw(study, {}, 3) == pytest.approx(np.tile(tree_weights(study, Scenario()).leaf, (3, 1)))


def test_ranks_by_hand_on_two_criteria() -> None:
    """w_a uniform on 1/2..1: A0 (1, 0) always beats A1 (0, 1) and beats A2 (0.7, 0.7) for w_a > 0.7."""
    study = flat("a", "b")
    matrix = decision_matrix([[1, 0], [0, 1], [0.7, 0.7]])
    fixed = tree_weights(study, Scenario())
    found = order_alone(study, matrix, SUM, {"": {"a": 1, "b": 2}}, fixed, draws=40_000, seed=3)
    first, second, third = found.ranges
    assert (first.best, first.worst) == (1, 2)
    assert (second.best, second.worst, second.first) == (3, 3, 0.0)
    assert (third.best, third.worst) == (1, 2)
    assert first.first == pytest.approx(0.6, abs=4 * first.first_error)
    assert first.first_error == pytest.approx(np.sqrt(0.24 / 40_000), rel=0.02)
    assert (first.first_ten, first.first_ten_error) == (1, 0)
    assert (found.draws, found.seed) == (40_000, 3)


def test_the_figures_are_those_of_the_acceptability() -> None:
    study = small_study()
    result = evaluate(study, Scenario())
    ranks = {"": TOP, "relevance": {"goals": 1, "urgency": 1}}
    found = order_alone(study, result.matrix, METHODS["topsis"], ranks, result.weights, draws=3_000, seed=0)
    again = order_alone(study, result.matrix, METHODS["topsis"], ranks, result.weights, draws=3_000, seed=0)
    assert found == again
    shares = rank_acceptability(
        result.matrix, METHODS["topsis"], ordered_weights(study, ranks, result.weights), draws=3_000
    ).frame()
    for line in found.ranges:
        row = shares.loc[line.measure]
        assert line.first == row[1]
        assert row[row > 0].index.min() == line.best
        assert row[row > 0].index.max() == line.worst


def test_first_ten_counts_the_first_ten_ranks() -> None:
    study = flat("a")
    matrix = decision_matrix(np.linspace(1, 0, 12)[:, None])
    found = order_alone(study, matrix, SUM, {"": {"a": 1}}, tree_weights(study, Scenario()), draws=5)
    assert [line.first_ten for line in found.ranges] == [1.0] * 10 + [0.0] * 2
    assert [line.best for line in found.ranges] == list(range(1, 13))


def test_a_group_that_does_not_exist_and_broken_ranks_are_told_together() -> None:
    study = small_study()
    with pytest.raises(InputError) as error:
        ordered_weights(study, {"costs": {}, "": TOP | {"cost": 0}}, tree_weights(study, Scenario()))
    assert [issue.code for issue in error.value.issues] == ["judgement_unknown_group", "out_of_range"]
