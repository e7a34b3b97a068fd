"""Ranks under many weightings: rows in today's order, shares that add up, a seed that repeats them."""

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.report.exhibits.acceptability_map import (
    acceptability_map,
    acceptability_table,
    likely_ranks,
    played_method,
    sample,
)
from mcda.scenario import Scenario
from mcda.ui.figures.acceptability_map import acceptability_figure
from small import small_study

RESULT = evaluate(small_study())


def test_rows_stand_in_todays_order_and_sum_to_one() -> None:
    found = acceptability_map(RESULT, sample(RESULT, 3000))
    assert found.measures == tuple(line.measure for line in RESULT.ranking)
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    assert 0 < found.largest_error <= np.sqrt(0.25 / 3000)
    assert not found.shares.flags.writeable


def test_the_same_seed_repeats_the_numbers_and_another_does_not() -> None:
    once, again = sample(RESULT, 2000), sample(RESULT, 2000)
    other = sample(evaluate(small_study(), Scenario(seed=7)), 2000)
    assert np.array_equal(once.shares, again.shares)
    assert not np.array_equal(once.shares, other.shares)


def test_a_second_opinion_is_replaced_by_the_default_and_says_so() -> None:
    result = evaluate(small_study(), Scenario(method="pymcdm:MABAC"))
    found = acceptability_map(result, sample(result, 500))
    assert (found.method, found.replaced) == ("topsis", True)
    assert played_method("weighted_sum") == "weighted_sum"


@pytest.mark.parametrize(
    ("shares", "ranks"),
    [
        ((1.0, 0.0, 0.0), (1, 1)),
        ((0.0, 0.0, 1.0), (3, 3)),
        ((0.04, 0.92, 0.04), (2, 2)),
        ((0.06, 0.88, 0.06), (1, 3)),
        ((0.5, 0.5, 0.0), (1, 2)),
        ((0.05, 0.90, 0.05), (2, 2)),
    ],
)
def test_likely_ranks_leave_out_a_twentieth_at_either_end(shares: tuple[float, ...], ranks: tuple[int, int]) -> None:
    assert likely_ranks(np.array(shares)) == ranks


def test_the_table_counts_the_first_ranks_together() -> None:
    found = acceptability_map(RESULT, sample(RESULT, 2000))
    table = acceptability_table(found, RESULT, "de")
    assert list(table.iloc[:, 1]) == ["1", "2", "3", "4"]
    assert list(table.iloc[:, 4]) == ["100 %"] * 4


def test_the_figure_has_a_row_per_measure_and_says_more_under_the_pointer() -> None:
    found = acceptability_map(RESULT, sample(RESULT, 500))
    heat = acceptability_figure(found, RESULT.study, "de").data[0]
    assert list(heat.y) == list(found.measures)
    assert "Rang 1" in heat.text[0][0]
