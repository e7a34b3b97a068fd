"""The other indices of SMAA-2: published confidence factors, closed forms, and what may not change the bytes."""

import numpy as np
import pytest

from mcda.errors import MethodError
from mcda.methods import METHODS
from mcda.result import DecisionMatrix
from mcda.robustness.smaa import confidence_factors, pairwise_winning, rank_acceptability
from mcda.robustness.uncertain_ratings import ValueDraw
from mcda.robustness.weight_draws import Draw
from problems import case, decision_matrix

SUM, TOPSIS = METHODS["weighted_sum"], METHODS["topsis"]


def flat(columns: int) -> Draw:
    return lambda generator, count: generator.dirichlet(np.ones(columns), count)


def municipal_plan() -> tuple[DecisionMatrix, ValueDraw]:
    """The general plan of 1998: values from worst to best of the nominal table, ratings beyond the ends not clipped."""
    inputs = case("smaa-1998-municipal")["inputs"]
    raw = np.array(inputs["matrix"])
    absolute = np.array([w or 0.0 for w in inputs["uncertainty"]["absolute"]])
    relative = np.array([w or 0.0 for w in inputs["uncertainty"]["relative"]])
    half = absolute + relative * np.abs(raw)
    low, span = raw.min(axis=0), np.ptp(raw, axis=0)

    def draw(generator: np.random.Generator, count: int) -> np.ndarray:
        return (raw + half * generator.uniform(-1, 1, (count, *raw.shape)) - low) / span

    return decision_matrix((raw - low) / span), draw


def test_the_municipal_plan_of_1998() -> None:
    example = case("smaa-1998-municipal")
    matrix, ratings = municipal_plan()
    found = rank_acceptability(matrix, SUM, flat(4), draws=60_000, ratings=ratings)
    expected = example["expected"]
    assert 100 * found.shares[:, 0] == pytest.approx(
        np.array(expected["first_rank_acceptability_percent"]), abs=example["tolerance"]
    )
    factors = confidence_factors(matrix, SUM, found, ratings, draws=20_000)
    for measure, percent in zip(matrix.measures, expected["confidence_factor_percent"], strict=True):
        if percent is None:
            assert factors.get(measure, 0.0) < 0.02
        elif found.shares[matrix.measures.index(measure), 0] > 0.002:
            assert 100 * factors[measure] == pytest.approx(percent, abs=2)


def test_pairwise_winning_of_two_criteria_is_an_interval_length() -> None:
    """On two criteria A0 beats A1 where w (0.9 - 0.3) > (1 - w)(0.8 - 0.2), that is w > 1/2; A2 never beats A1."""
    matrix = decision_matrix([[0.9, 0.2], [0.3, 0.8], [0.3, 0.7]])
    found = pairwise_winning(matrix, SUM, flat(2), draws=50_000)
    assert found[0, 1] == pytest.approx(0.5, abs=0.01)
    assert found[1, 2] == pytest.approx(1.0, abs=1e-3)
    assert found[2, 1] == 0
    assert found + found.T + np.eye(3) == pytest.approx(np.ones((3, 3)), abs=1e-3)
    some = pairwise_winning(matrix, SUM, flat(2), draws=50_000, among=("A2", "A0"))
    assert some.tolist() == found[np.ix_([2, 0], [2, 0])].tolist()


def test_ties_win_against_nobody() -> None:
    found = pairwise_winning(decision_matrix([[0.5, 0.5], [0.5, 0.5]]), SUM, flat(2), draws=100)
    assert not found.any()


def test_indices_of_shares_by_hand() -> None:
    """A0 leads always, A1 and A2 share the rest half and half."""
    found = rank_acceptability(decision_matrix([[0.9, 0.9], [0.6, 0.2], [0.2, 0.6]]), SUM, flat(2), draws=40_000)
    assert found.expected_ranks() == pytest.approx([1, 2.5, 2.5], abs=0.02)
    assert found.rank_errors() == pytest.approx([0, 0.5 / 200, 0.5 / 200], abs=1e-4)
    worth = np.array([1.0, 5 / 11, 2 / 11])  # (1 + 1/2 + 1/3, 1/2 + 1/3, 1/3) over 11/6
    assert found.holistic() == pytest.approx([1, worth[1:].mean(), worth[1:].mean()], abs=0.005)
    assert found.choice_entropy() == 0
    assert found.within(2) == pytest.approx([1, 0.5, 0.5], abs=0.01)
    assert found.within(0).tolist() == [0, 0, 0]
    assert found.within(9).tolist() == [1, 1, 1]


def test_entropy_of_an_even_choice_is_one_bit() -> None:
    found = rank_acceptability(decision_matrix([[0.9, 0.1], [0.1, 0.9]]), SUM, flat(2), draws=40_000)
    assert found.choice_entropy() == pytest.approx(1, abs=0.001)
    twins = rank_acceptability(decision_matrix([[0.5, 0.5], [0.5, 0.5]]), SUM, flat(2), draws=10)
    assert twins.choice_entropy() == pytest.approx(1)


@pytest.mark.parametrize("open_ratings", [False, True])
def test_same_bytes_with_any_number_of_workers(open_ratings: bool) -> None:
    matrix = decision_matrix(np.random.default_rng(1).random((9, 4)))
    ratings = (lambda g, k: np.clip(matrix.values + g.normal(0, 0.1, (k, 9, 4)), 0, 1)) if open_ratings else None
    found = [
        rank_acceptability(matrix, TOPSIS, flat(4), draws=9_001, seed=5, ratings=ratings, workers=w)
        for w in (1, 2, 3, 7)
    ]
    for other in found[1:]:
        assert other.shares.tobytes() == found[0].shares.tobytes()
        assert list(other.central_weights) == list(found[0].central_weights)
        for name, weights in found[0].central_weights.items():
            assert other.central_weights[name].tobytes() == weights.tobytes()


def test_open_ratings_see_the_same_weights() -> None:
    """Ratings that are drawn but do not vary change nothing: the weights are common to both."""
    matrix = decision_matrix(np.random.default_rng(4).random((6, 3)))
    fixed = rank_acceptability(matrix, TOPSIS, flat(3), draws=3_000, seed=2)
    drawn = rank_acceptability(
        matrix, TOPSIS, flat(3), draws=3_000, seed=2, ratings=lambda g, k: np.tile(matrix.values, (k, 1, 1))
    )
    assert drawn.shares == pytest.approx(fixed.shares)


@pytest.mark.parametrize("draws", [0, -1])
def test_no_draws_are_refused_and_one_is_enough(draws: int) -> None:
    matrix = decision_matrix([[0.9, 0.1], [0.1, 0.9]])
    for function in (rank_acceptability, pairwise_winning):
        with pytest.raises(ValueError, match="draws"):
            function(matrix, SUM, flat(2), draws=draws)
    one = rank_acceptability(matrix, SUM, flat(2), draws=1)
    assert sorted(one.shares[:, 0].tolist()) == [0, 1]
    assert not one.standard_error.any()


def test_open_ratings_need_fixed_bounds() -> None:
    matrix = decision_matrix([[0.9, 0.1], [0.1, 0.9]])
    with pytest.raises(ValueError, match="topsis_vector"):
        rank_acceptability(
            matrix, METHODS["topsis_vector"], flat(2), draws=5, ratings=lambda g, k: np.tile(matrix.values, (k, 1, 1))
        )


def test_a_constant_criterion_and_a_zero_weight_change_nothing() -> None:
    values = np.random.default_rng(8).random((5, 2))
    wide = np.column_stack([values, np.full(5, 0.4), np.random.default_rng(9).random(5)])

    def padded(generator: np.random.Generator, count: int) -> np.ndarray:
        return np.column_stack([generator.dirichlet(np.ones(2), count), np.zeros((count, 2))])

    plain = rank_acceptability(decision_matrix(values), TOPSIS, flat(2), draws=2_000)
    found = rank_acceptability(decision_matrix(wide), TOPSIS, padded, draws=2_000)
    assert found.shares == pytest.approx(plain.shares, abs=1e-3)


@pytest.mark.parametrize("broken", [np.nan, -0.1, np.inf])
def test_drawn_nonsense_is_refused(broken: float) -> None:
    matrix = decision_matrix([[0.9, 0.1], [0.1, 0.9]])

    def weights(generator: np.random.Generator, count: int) -> np.ndarray:
        drawn = generator.dirichlet(np.ones(2), count)
        drawn[0, 0] = broken
        return drawn

    with pytest.raises(MethodError):
        rank_acceptability(matrix, SUM, weights, draws=10)
    if broken > 0 or np.isnan(broken):
        values = np.array([[broken, 0.1], [0.1, 0.9]])
        with pytest.raises(MethodError):
            rank_acceptability(matrix, SUM, flat(2), draws=10, ratings=lambda g, k: np.tile(values, (k, 1, 1)))
