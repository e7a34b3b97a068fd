"""Kemeny, Borda and Copeland: the Tennessee capital, brute force over all orders, ties, quiet solver."""

from itertools import permutations
from typing import Any

import numpy as np
import pytest

from mcda.robustness.consensus_order import borda, copeland, kemeny, preferences
from problems import case


def tennessee() -> tuple[Any, list[int], dict[str, Any]]:
    example = case("kemeny_tennessee")
    given = example["inputs"]["ballots"]
    return [b["ranks"] for b in given], [b["count"] for b in given], example["expected"]


def test_the_capital_of_tennessee() -> None:
    ballots, counts, expected = tennessee()
    found = kemeny(ballots, counts)
    assert found.ranks.tolist() == expected["ranks"]
    assert found.score == expected["score"]
    assert found.disagreement == 600 - expected["score"]
    assert not found.unanimous
    assert borda(ballots, counts).tolist() == expected["borda"]
    assert copeland(ballots, counts).tolist() == expected["copeland_wins"]


@pytest.mark.parametrize("seed", range(25))
def test_no_order_at_all_contradicts_less(seed: int) -> None:
    generator = np.random.default_rng(seed)
    size = int(generator.integers(2, 7))
    ballots = generator.integers(1, size + 1, (int(generator.integers(1, 6)), size))
    counts = generator.random(len(ballots)) + 0.1
    wins = preferences(ballots, counts)
    best = max(sum(wins[a, b] for i, a in enumerate(o) for b in o[i + 1 :]) for o in permutations(range(size)))
    found = kemeny(ballots, counts)
    assert found.score == pytest.approx(best)
    assert found.score + found.disagreement == pytest.approx(counts.sum() * size * (size - 1) / 2)
    assert sorted(found.ranks) == list(range(1, size + 1))


def test_a_circle_is_broken_where_it_costs_least() -> None:
    found = kemeny([[1, 2, 3], [3, 1, 2], [2, 3, 1]], [4, 3, 2])
    assert found.ranks.tolist() == [1, 2, 3]
    assert copeland([[1, 2, 3], [3, 1, 2], [2, 3, 1]], [4, 3, 2]).tolist() == [1, 1, 1]


def test_one_voice_is_followed_and_the_same_answer_comes_again() -> None:
    found = kemeny([[3, 1, 2, 4]])
    assert found.ranks.tolist() == [3, 1, 2, 4]
    assert found.unanimous
    ballots = np.random.default_rng(0).integers(1, 4, (5, 9))
    assert kemeny(ballots).ranks.tolist() == kemeny(ballots).ranks.tolist()


def test_ties_count_half() -> None:
    assert preferences([[1, 1, 2]], [4]).tolist() == [[0, 2, 4], [2, 0, 4], [0, 0, 0]]
    assert borda([[1, 1, 2]]).tolist() == [1.5, 1.5, 0]
    assert copeland([[1, 1, 2]]).tolist() == [1.5, 1.5, 0]
    assert kemeny([[1, 1, 1]]).score == 1.5


def test_one_alternative_is_first() -> None:
    found = kemeny([[1], [1]])
    assert (found.ranks.tolist(), found.score, found.unanimous) == ([1], 0, True)
    assert borda([[1]]).tolist() == copeland([[1]]).tolist() == [0]


def test_the_solver_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    generator = np.random.default_rng(2)
    for size in (6, 12, 18):
        for _ in range(4):
            kemeny(np.argsort(generator.random((7, size))) + 1, generator.random(7))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("counts", [[1], [0, 0], [1, -1], [1, float("nan")]])
def test_counts_must_fit(counts: list[float]) -> None:
    with pytest.raises(ValueError, match="counts"):
        kemeny([[1, 2], [2, 1]], counts)


def test_ranks_must_be_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        borda([[1, float("nan")]])
