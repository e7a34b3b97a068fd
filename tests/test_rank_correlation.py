"""Likeness of rankings: the published swaps for WS, scipy as oracle for tau-b, ties and single alternatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from mcda.rank_correlation import tau_b, ws
from problems import case


def test_swaps_of_salabun_urbaniak_2020() -> None:
    example = case("ws_swaps")
    found = [ws(example["inputs"]["x"], other) for other in example["inputs"]["y"]]
    assert found == pytest.approx(example["expected"]["ws"], abs=example["tolerance"])


def test_the_reference_decides_what_counts_as_top() -> None:
    one, other = [1, 2, 3, 4], [4, 1, 2, 3]
    assert ws(one, other) == pytest.approx(1 - (1 / 2 + 1 / 8 + 1 / 16 + 1 / 48))
    assert ws(other, one) == pytest.approx(1 - (1 / 16 + 1 / 6 + 1 / 8 + 1 / 16))


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=2, max_size=12))
def test_tau_b_agrees_with_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    if len(set(one)) > 1 and len(set(other)) > 1:
        assert tau_b(one, other) == pytest.approx(kendalltau(one, other).statistic, abs=1e-12)
    assert tau_b(one, other) == tau_b(other, one)


def test_the_same_ranking_is_1_and_the_reverse_minus_1() -> None:
    ranks = np.arange(1, 8)
    assert (tau_b(ranks, ranks), tau_b(ranks, ranks[::-1]), ws(ranks, ranks)) == (1, -1, 1)


def test_ties_throughout_and_single_alternatives() -> None:
    assert (tau_b([1], [1]), ws([1], [1])) == (1, 1)
    assert (tau_b([1, 1, 1], [1, 1, 1]), ws([1, 1, 1], [1, 1, 1])) == (1, 1)
    assert tau_b([1, 1, 1], [1, 2, 3]) == 0


@pytest.mark.parametrize("other", [[1, 2], [], [[1, 2, 3]], [1, 2, float("nan")]])
def test_rankings_must_fit(other: list[float]) -> None:
    for measure in (tau_b, ws):
        with pytest.raises(ValueError, match="rank"):
            measure([1, 2, 3], other)
    with pytest.raises(ValueError, match="same"):
        ws([], [])
