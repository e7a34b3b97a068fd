"""Checks that look at the weights in force: V06 and V11."""

import numpy as np
import pytest

from mcda.checks.criteria import effective_weights, more_leaves_more_weight
from mcda.evaluate import prepare
from mcda.result import DecisionMatrix, Weights
from mcda.scenario import Scenario
from mcda.study.model import Criterion
from mcda.weights.tree import tree_weights
from small import small_study


def found(values, shares):
    v = np.asarray(values, dtype=float)
    names = tuple("abcd"[: v.shape[1]])
    matrix = DecisionMatrix(
        tuple(map(str, range(len(v)))), names, v, v, v, v, np.ones(len(names)), np.zeros(len(names))
    )
    overall = dict(zip(names, shares, strict=True))
    return list(effective_weights(matrix, Weights(overall, overall, np.array(shares))))


def test_a_criterion_that_moves_the_order_less_than_its_weight_is_told():
    (finding,) = found([[0.5, 0.0], [0.5, 1.0], [0.6, 0.0], [0.6, 1.0]], (0.5, 0.5))
    assert finding.level == "warning"
    assert (finding.params["criterion"], finding.params["percent"], finding.params["effective"]) == ("a", 50, 9)


def test_equal_spread_one_measure_and_no_spread_are_not_told():
    assert not found([[0, 1], [1, 0]], (0.8, 0.2))
    assert not found([[0, 1]], (0.8, 0.2))
    assert not found([[0.5, 0.5], [0.5, 0.5]], (0.8, 0.2))


def branches(*sizes_and_weights: tuple[int, float]) -> tuple[Criterion, ...]:
    criteria = []
    for number, (size, weight) in enumerate(sizes_and_weights):
        top = f"t{number}"
        criteria.append(Criterion(id=top, label_de=top, best=5, worst=1, weight=weight))
        if size > 1:
            leaves = [Criterion(id=f"{top}_{i}", parent=top, label_de="x", best=5, worst=1) for i in range(size)]
            criteria += leaves
    return tuple(criteria)


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        (((4, 50), (2, 30), (1, 20)), True),
        (((4, 20), (2, 30), (1, 50)), False),
        (((2, 50), (2, 30), (2, 20)), False),
        (((4, 80), (1, 20)), False),
    ],
)
def test_branches_that_weigh_by_their_number_of_leaves_are_noted(sizes, told):
    study = small_study(criteria=branches(*sizes), ratings=())
    findings = list(more_leaves_more_weight(study, tree_weights(study, Scenario())))
    assert bool(findings) is told
    if told:
        params = findings[0].params
        assert (params["criterion"], params["count"], params["percent"]) == ("t0", 4, 50)


def test_the_weights_of_the_scenario_count_not_those_of_the_study():
    study = small_study()
    matrix = prepare(study, study.study.as_of).matrix
    none = tree_weights(study, Scenario(weights={"cost": 100, "relevance": 0, "feasibility": 0, "funding": 0}))
    assert not list(effective_weights(matrix, none))
