"""Weights from the figures alone against the papers' formulas, and data they have no answer for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mcda.result import Array
from mcda.weights.objective import FLOOR, NAMES, objective_weights
from problems import decision_matrix

VALUES = np.array([[0.1, 0.9, 0.4], [0.6, 0.2, 0.5], [1.0, 0.3, 0.6], [0.3, 0.3, 0.5]])


def entropy(values: Array) -> Array:
    share = values / values.sum(axis=0)
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    diversity = 1 + (share * logs).sum(axis=0) / np.log(len(values))
    return np.asarray(diversity / diversity.sum())


def critic(values: Array) -> Array:
    scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    content = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)
    return np.asarray(content / content.sum())


def merec(values: Array) -> Array:
    moved = FLOOR + (1 - FLOOR) * values
    logs = np.abs(np.log(moved.min(axis=0) / moved))
    columns = values.shape[1]
    whole = np.log(1 + logs.sum(axis=1) / columns)
    without = np.log(1 + (logs.sum(axis=1, keepdims=True) - logs) / columns)
    effect = np.abs(without - whole[:, None]).sum(axis=0)
    return np.asarray(effect / effect.sum())


FORMULAS = {"entropy": entropy, "critic": critic, "merec": merec}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lowest", [0.1, 0.0])
def test_the_formulas_written_out(name: str, lowest: float) -> None:
    values = VALUES.copy()
    values[0, 0] = lowest
    found = objective_weights(decision_matrix(values))[name]
    assert found.leaf == pytest.approx(FORMULAS[name](values))
    assert found.sources[0].elicitation == name
    assert "objective_not_preference" in {finding.code for finding in found.findings}


@pytest.mark.parametrize("constant", [0.0, 0.5, 1.0])
def test_a_criterion_that_is_the_same_for_all_gets_nothing_and_is_named(constant: float) -> None:
    values = np.insert(VALUES, 1, constant, axis=1)
    plain = objective_weights(decision_matrix(VALUES))
    for name, found in objective_weights(decision_matrix(values)).items():
        assert found.leaf[1] == 0
        assert np.delete(found.leaf, 1) == pytest.approx(plain[name].leaf)
        told = {finding.code: finding.params for finding in found.findings}
        assert told["objective_constant"] == {"criteria": ("c1",)}


@pytest.mark.parametrize("values", [[[0.2, 0.7]], [[0.2, 0.7], [0.2, 0.7]], [[0.0, 0.0], [0.0, 0.0]], np.empty((0, 2))])
def test_nothing_to_tell_apart_gives_equal_weights_and_says_so(values: list[list[float]]) -> None:
    for found in objective_weights(decision_matrix(values)).values():
        assert found.leaf.tolist() == [0.5, 0.5]
        assert "objective_no_spread" in {finding.code for finding in found.findings}


def test_the_only_criterion_that_differs_has_all_the_weight() -> None:
    for found in objective_weights(decision_matrix([[0.2, 0.7], [0.9, 0.7]])).values():
        assert found.leaf.tolist() == [1.0, 0.0]


def test_parallel_criteria_leave_critic_without_an_answer() -> None:
    found = objective_weights(decision_matrix([[0.1, 0.2], [0.4, 0.8], [0.2, 0.4]]))
    assert found["critic"].leaf.tolist() == [0.5, 0.5]
    assert "objective_parallel" in {finding.code for finding in found["critic"].findings}
    assert "objective_parallel" not in {finding.code for finding in found["merec"].findings}


@given(
    arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.sampled_from([0, 0.25, 0.5, 1])),
    st.randoms(),
)
def test_never_nan_and_the_order_of_measures_and_criteria_does_not_matter(values: Array, random: object) -> None:
    columns = list(range(values.shape[1]))
    random.shuffle(columns)  # type: ignore[attr-defined]
    plain, turned = (objective_weights(decision_matrix(v)) for v in (values, values[::-1, columns]))
    for name in NAMES:
        assert np.isfinite(plain[name].leaf).all()
        assert plain[name].leaf.min() >= 0
        assert plain[name].leaf.sum() == pytest.approx(1)
        assert turned[name].leaf == pytest.approx(plain[name].leaf[columns], abs=1e-9)


def test_findings_have_sentences() -> None:
    for values in ([[0.2, 0.7]], [[0.1, 0.2, 1], [0.4, 0.8, 1], [0.2, 0.4, 1]]):
        for found in objective_weights(decision_matrix(values)).values():
            for language in ("de", "en"):
                assert all(finding.sentence(language) for finding in found.findings)


def test_values_outside_0_to_1_and_no_criteria_are_no_question() -> None:
    for values in ([[1.5]], [[float("nan")]], np.empty((2, 0))):
        with pytest.raises(ValueError, match=r"0\.\.1"):
            objective_weights(decision_matrix(values))
