"""Checks of the order found: dominance, V16 and V18; and that V14 and V15 hold by construction."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda import Scenario, evaluate
from mcda.checks import order
from mcda.checks.order import blurred, compensated, dominated
from mcda.result import DecisionMatrix
from small import small_study


def matrix(values) -> DecisionMatrix:
    v = np.asarray(values, dtype=float)
    names = tuple(f"c{j}" for j in range(v.shape[1]))
    return DecisionMatrix(
        tuple(f"M{i}" for i in range(len(v))), names, v, v, v, v, np.ones(len(names)), np.zeros(len(names))
    )


@pytest.mark.parametrize("block", [1, 2**22])
@given(
    values=arrays(float, st.tuples(st.integers(0, 12), st.integers(1, 3)), elements=st.sampled_from([0.0, 0.5, 1.0]))
)
def test_dominated_measures_are_those_a_plain_loop_finds(block, values):
    with patch.object(order, "BLOCK", block):
        told = {(f.params["measure"], f.params["by"], f.params["count"]) for f in dominated(matrix(values))}
    expected = set()
    for i, mine in enumerate(values):
        rivals = [k for k, other in enumerate(values) if (other >= mine).all() and (other > mine).any()]
        if rivals:
            expected.add((f"M{i}", f"M{rivals[0]}", len(rivals)))
    assert told == expected


def test_a_first_place_with_a_glaring_weakness_is_noted():
    values = [[1.0, 1.0, 0.1], *[[0.4, 0.4, 0.5]] * 4]
    (finding,) = compensated(matrix(values), np.array([0.4, 0.4, 0.2]), np.array([0.9, 0.4, 0.4, 0.4, 0.4]))
    assert finding.code == "compensated"
    assert (finding.params["measures"], finding.params["criteria"]) == (("M0",), ("c2",))


def test_a_weakness_without_weight_or_further_down_is_none():
    values = [[1.0, 1.0, 0.1], *[[0.4, 0.4, 0.5]] * 4]
    scores = np.array([0.9, 0.4, 0.4, 0.4, 0.4])
    assert not list(compensated(matrix(values), np.array([0.5, 0.5, 0.0]), scores))
    assert not list(compensated(matrix(values), np.array([0.4, 0.4, 0.2]), scores[::-1]))


def test_what_the_weighted_product_puts_far_lower_is_noted():
    even = [[0.62, 0.62]] * 9
    values = [[1.0, 0.25], *even]
    scores = np.array([0.63, *[0.62] * 9])
    (finding,) = compensated(matrix(values), np.array([0.5, 0.5]), scores)
    assert (finding.code, finding.params["measures"], finding.params["places"]) == ("product_disagrees", ("M0",), 9)


@pytest.mark.parametrize(("groups", "count", "level"), [(1, 4, "warning"), (2, 5, "note"), (3, 5, None), (1, 1, None)])
def test_a_list_that_falls_into_few_groups_is_told(groups, count, level):
    assert [f.level for f in blurred(groups, count)] == ([level] if level else [])


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product", "topsis_vector"])
def test_mandatory_and_knocked_out_measures_never_compete(method):
    first, second, *others = small_study().measures
    gated = (
        first.model_copy(update={"mandatory": True}),
        second.model_copy(update={"knock_out": "Kein Grundstück"}),
        *others,
    )
    result = evaluate(small_study(measures=gated), Scenario(method=method))
    assert {line.measure for line in result.ranking} == {"M3", "M4"}
    assert {g.measure: g.code for g in result.gated} == {"M1": "mandatory", "M2": "knock_out"}
