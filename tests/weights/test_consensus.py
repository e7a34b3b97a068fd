"""Agreement in amounts, in order and in weight moved: Goepel's formula, Kendall's W, degenerate groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.locale import LANGUAGES, has_text
from mcda.weights.consensus import WORDS, consensus, word
from problems import case


@pytest.mark.parametrize("name", ["consensus_identical", "consensus_formula"])
def test_goepel_s_indicator(name: str) -> None:
    example = case(name)
    found = consensus(example["inputs"]["priorities"])
    assert found.indicator == pytest.approx(example["expected"]["S"], abs=example["tolerance"])


def test_priorities_beyond_9_to_1_are_brought_to_0_and_keep_their_number() -> None:
    found = consensus([[0.95, 0.05], [0.05, 0.95]])
    assert found.indicator == 0
    assert found.unclamped < 0
    assert found.word == "very_low"


def test_the_most_extreme_answers_of_the_scale_are_no_consensus() -> None:
    assert consensus(np.array([[9, 1, 1], [1, 9, 1], [1, 1, 9]]) / 11).unclamped == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [(0, "very_low"), (0.4999, "very_low"), (0.5, "low"), (0.625, "moderate"), (0.75, "high"), (0.875, "very_high")],
)
def test_words_by_the_limits_of_ahp_os(indicator: float, expected: str) -> None:
    assert word(indicator) == expected
    assert all(has_text(f"consensus_word.{expected}", language) for language in LANGUAGES)
    assert len(WORDS) == 4


def test_kendall_s_w_with_ties_by_hand() -> None:
    """Ranks 1 2 3, 1 2.5 2.5, 2 1 3: sums 4 5.5 8.5, S = 10.5, W = 12 S / (9 (27 - 3) - 3 * 6)."""
    found = consensus([[0.6, 0.3, 0.1], [0.6, 0.2, 0.2], [0.3, 0.6, 0.1]])
    assert found.concordance == pytest.approx(12 * 10.5 / (9 * 24 - 3 * 6))


def test_the_same_order_is_full_concordance_whatever_the_amounts() -> None:
    found = consensus([[0.90, 0.06, 0.04], [0.35, 0.33, 0.32]])
    assert found.concordance == pytest.approx(1)
    assert found.indicator < 0.8


def test_nearly_the_same_amounts_in_reverse_order_are_consensus_without_concordance() -> None:
    found = consensus([[0.34, 0.33, 0.33 - 1e-3], [0.33 - 1e-3, 0.33, 0.34]])
    assert found.word == "very_high"
    assert found.concordance == pytest.approx(0, abs=1e-12)


def test_opposite_orders_of_two_people_have_no_concordance() -> None:
    assert consensus([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]).concordance == 0


def test_the_difference_is_the_share_of_the_weight_two_people_place_elsewhere() -> None:
    found = consensus([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [0.5, 0.3, 0.2]])
    assert found.difference == pytest.approx((0.3 + 0 + 0.3) / 3)
    weighted = consensus([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5], [0.5, 0.3, 0.2]], [1, 1, 0])
    assert weighted.difference == pytest.approx(0.3)
    assert weighted.people == 2


@pytest.mark.parametrize("stack", [[[0.7, 0.2, 0.1]], [[1.0], [1.0], [1.0]], [[0.25] * 4] * 3, [[1.0, 0.0]] * 2])
def test_one_person_one_criterion_and_people_who_tie_everything_agree(stack: list[list[float]]) -> None:
    found = consensus(stack)
    assert (found.indicator, found.concordance) == pytest.approx((1, 1))
    assert found.difference == 0
    assert found.word == "very_high"


def test_zero_weights_have_an_answer() -> None:
    found = consensus([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    assert (found.indicator, found.difference) == (0, 1)


@given(st.integers(1, 6), st.integers(1, 7), st.integers(0, 10_000))
def test_equal_votes_repeat_and_order_change_nothing(people: int, criteria: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    stack = generator.dirichlet(np.full(criteria, 0.7), people)
    found = consensus(stack)
    same = consensus(stack[::-1][:, ::-1], np.full(people, 3.0))
    assert 0 <= found.indicator <= 1
    assert 0 <= found.concordance <= 1
    for name in ("indicator", "concordance", "difference", "unclamped"):
        assert getattr(same, name) == pytest.approx(getattr(found, name), abs=1e-12)


@pytest.mark.parametrize("shares", [[0, 0], [1], [1, -1]])
def test_votes_must_fit(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="votes"):
        consensus([[0.5, 0.5], [0.5, 0.5]], shares)
