"""Checks of the matrix's columns: V03, V07 and V10; correlations against scipy as an oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import skew, spearmanr

from mcda.checks.columns import alike, bounds_from_data, counted_alike, explained, skewed, spearman
from mcda.result import DecisionMatrix, Weights
from mcda.study.model import Criterion, ScaleLevel
from small import small_study

NAMES = ("a", "b", "c", "d")
RNG = np.random.default_rng(7)


def matrix(values, raw=None, low=None, high=None):
    v = np.asarray(values, dtype=float)
    m, n = v.shape
    raw = v if raw is None else np.asarray(raw, dtype=float)
    ends = (v if low is None else low, v if high is None else high)
    names = tuple(f"M{i}" for i in range(m))
    return DecisionMatrix(names, NAMES[:n], raw, v, *ends, np.ones(n), np.zeros(n))


def weights(*shares):
    overall = dict(zip(NAMES, shares, strict=False))
    return Weights(overall, overall, np.array(shares))


def study_of(*leaves: dict, **more):
    base = {"label_de": "K", "best": 100, "worst": 0}
    criteria = tuple(Criterion.model_validate(base | {"id": NAMES[i]} | leaf) for i, leaf in enumerate(leaves))
    return small_study(criteria=criteria, ratings=(), **more)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=40))
def test_spearman_equals_scipy_with_ties_and_is_zero_for_a_constant(pairs):
    x, y = np.array(pairs, dtype=float).T
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        assert spearman(x, y) == 0
    else:
        assert spearman(x, y) == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


def test_bounds_that_are_the_ends_of_the_list_are_told():
    raw = [[12, 12, 12], [50, 50, 50], [80, 80, 81]]
    study = study_of({"best": 80, "worst": 12}, {"best": 12, "worst": 80, "sense": "min"}, {"best": 80, "worst": 12})
    (finding,) = bounds_from_data(study, matrix(np.zeros((3, 3)), raw))
    assert (finding.level, finding.params["criteria"]) == ("warning", ("a", "b"))


@pytest.mark.parametrize("declared", [{"step": 1}, {}])
def test_a_declared_scale_may_be_used_from_end_to_end(declared):
    wording = () if declared else (ScaleLevel(criterion="a", value=5, label_de="sehr gut"),)
    study = study_of({"best": 5, "worst": 1} | declared, levels=wording)
    assert not list(bounds_from_data(study, matrix([[0], [1]], [[1], [5]])))


def test_one_level_for_all_takes_no_bounds():
    assert not list(bounds_from_data(study_of({"best": 5, "worst": 5}), matrix([[1], [1]], [[5], [5]])))


def test_linear_levels_far_apart_are_told_with_what_the_middle_measure_gets():
    raw = np.array([[1, 10], [2, 20], [3, 30], [25, 40]])
    (finding,) = skewed(study_of({}, {}), matrix(raw / 100, raw))
    assert finding.params["criteria"] == ("a",)
    assert (finding.params["criterion"], finding.params["percent"]) == ("a", 2)


@pytest.mark.parametrize("leaf", [{"value_function": "logarithmic", "worst": 0.1}, {"step": 1}])
def test_a_logarithmic_scale_and_a_rating_scale_are_not_told(leaf):
    raw = np.array([[1], [2], [3], [25]])
    assert not list(skewed(study_of(leaf), matrix(raw / 100, raw)))


def test_skewness_is_that_of_scipy():
    raw = np.array([0.0] * 9 + [80.0, 5.0])[:, None]
    assert skew(raw[:, 0]) > 2
    assert list(skewed(study_of({}), matrix(raw / 100, raw)))
    even = np.arange(0.0, 100, 10)[:, None]
    assert not list(skewed(study_of({}), matrix(even / 100, even)))


def test_criteria_that_run_alike_are_told_with_their_joint_weight_closest_first():
    x = RNG.random(20)
    values = np.column_stack([x, x**3, x + 0.15 * RNG.random(20), RNG.random(20)])
    pairs = alike(matrix(values))
    assert (pairs[0].first, pairs[0].second, pairs[0].correlation) == ("a", "b", pytest.approx(1))
    (finding,) = counted_alike(pairs, weights(0.3, 0.2, 0.4, 0.1))
    assert finding.level == "strong"
    assert (finding.params["criteria"], finding.params["percent"]) == (("a", "b"), 50)
    assert finding.params["pairs"] == 3


def test_from_eight_tenths_on_it_is_a_warning():
    turned = np.array([2, 1, 0, 5, 4, 3, 8, 7, 6, 9, 10]) / 10
    (pair,) = alike(matrix(np.column_stack([np.arange(11) / 10, turned])))
    assert pair.correlation == pytest.approx(1 - 6 * 24 / (11 * 120))
    (finding,) = counted_alike((pair,), weights(0.5, 0.5))
    assert finding.level == "warning"


def test_a_trade_off_counts_nothing_twice():
    x = np.arange(20) / 20
    assert alike(matrix(np.column_stack([x, 1 - x]))) == ()


def test_a_criterion_without_weight_counts_nothing_twice():
    x = np.arange(20) / 20
    pairs = alike(matrix(np.column_stack([x, x])))
    assert pairs
    assert not list(counted_alike(pairs, weights(1, 0)))


def test_a_short_list_or_open_levels_say_nothing_about_correlation():
    x = np.arange(6) / 6
    assert alike(matrix(np.column_stack([x, x]))) == ()
    values = np.column_stack([np.arange(9) / 9] * 2)
    low, high = values.copy(), values.copy()
    low[6:, 0], high[6:, 0] = 0, 1
    assert alike(matrix(values, low=low, high=high)) == ()


def test_a_criterion_the_others_determine_is_told_with_the_share_as_its_inflation_says():
    values = RNG.random((40, 4))
    values[:, 3] = (values[:, 0] + values[:, 1] + values[:, 2]) / 3 + 0.02 * RNG.random(40)
    grid = matrix(values)
    inflation = np.diag(np.linalg.inv(np.corrcoef(values.T)))
    (finding,) = explained(grid, ())
    assert set(finding.params["criteria"]) == {NAMES[j] for j in np.flatnonzero(inflation > 5)}
    assert finding.params["percent"] == int(100 * (1 - 1 / inflation.max()))
    assert finding.level == ("strong" if inflation.max() > 10 else "warning")
    assert not list(explained(matrix(RNG.random((40, 4))), ()))


def test_too_few_measures_always_look_explained_and_are_not_told():
    values = RNG.random((8, 4))
    values[:, 3] = values[:, :3].mean(axis=1)
    assert not list(explained(matrix(values), ()))


def test_an_empty_list_is_no_fault():
    empty = matrix(np.zeros((0, 2)))
    study = study_of({}, {})
    assert not [*bounds_from_data(study, empty), *skewed(study, empty), *alike(empty), *explained(empty, ())]
