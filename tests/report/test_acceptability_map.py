"""Ranks under many weightings: rows in today's order, shares that add up, a seed that repeats them."""

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.report.exhibits.acceptability_map import (
    acceptability_map,
    acceptability_table,
    considered_sentence,
    entropy_sentence,
    index_table,
    likely_ranks,
)
from mcda.result import Result
from mcda.robustness.considered import ALL, Considered, played_method, sampled
from mcda.robustness.smaa import Acceptability
from mcda.scenario import Scenario
from mcda.ui.figures.acceptability_map import acceptability_figure
from small import small_study

RESULT = evaluate(small_study())


def sample(result: Result, draws: int) -> Acceptability:
    return sampled(result, Considered(draws=draws))


def test_rows_stand_in_todays_order_and_sum_to_one() -> None:
    found = acceptability_map(RESULT, sample(RESULT, 3000), ALL)
    assert found.measures == tuple(line.measure for line in RESULT.ranking)
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    assert 0 < found.largest_error <= np.sqrt(0.25 / 3000)
    assert not found.shares.flags.writeable


def test_the_same_seed_repeats_the_numbers_and_another_does_not() -> None:
    once, again = sample(RESULT, 2000), sample(RESULT, 2000)
    other = sample(evaluate(small_study(), Scenario(seed=7)), 2000)
    assert np.array_equal(once.shares, again.shares)
    assert not np.array_equal(once.shares, other.shares)


@pytest.mark.long
def test_a_second_opinion_is_replaced_by_the_default_and_says_so() -> None:
    result = evaluate(small_study(), Scenario(method="pymcdm:MABAC"))
    found = acceptability_map(result, sample(result, 500), ALL)
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
    found = acceptability_map(RESULT, sample(RESULT, 2000), ALL)
    table = acceptability_table(found, RESULT, "de")
    assert list(table.iloc[:, 1]) == ["1", "2", "3", "4"]
    assert list(table.iloc[:, 4]) == ["100 %"] * 4


def test_the_figure_has_a_row_per_measure_and_says_more_under_the_pointer() -> None:
    found = acceptability_map(RESULT, sample(RESULT, 500), ALL)
    heat = acceptability_figure(found, RESULT.study, "de", found.measures).data[0]
    assert list(heat.y) == list(found.measures)
    some = acceptability_figure(found, RESULT.study, "de", found.measures[1:3]).data[0]
    assert list(some.y) == list(found.measures[1:3])
    assert "Rang 1" in heat.text[0][0]


@pytest.mark.parametrize(
    ("considered", "said"),
    [
        (ALL, ("10.000", "alle gleichberechtigt", "Anteil der betrachteten Gewichtungen")),
        (Considered("around", spread=3), ("um die eingestellte herum", "3 Punkte")),
        (Considered("order"), ("derselben Reihenfolge",)),
        (Considered("statements", statements=("cost >= 20 %",)), ("für die gilt: cost >= 20 %",)),
        (Considered(ratings=True, draws=50), ("50 zufällige", "andere Bewertungen", "Anteil der betrachteten Fälle")),
    ],
)
def test_what_was_considered_stands_with_every_share(considered: Considered, said: tuple[str, ...]) -> None:
    sentence = considered_sentence(considered, RESULT, "de")
    assert "keine Wahrscheinlichkeit" in sentence
    for part in said:
        assert part in sentence


def test_the_indices_follow_todays_order_with_a_dash_where_nothing_is_known() -> None:
    sampled_few = sample(RESULT, 200)
    found = acceptability_map(RESULT, sampled_few, ALL)
    table = index_table(found, RESULT, "en", {found.measures[0]: 0.5})
    assert len(table.columns) == 4 + len(RESULT.study.children[""])
    assert table.iloc[0, 3] == "50%"
    assert set(table.iloc[1:, 3]) == {"–"}
    for measure, row in zip(found.measures, table.itertuples(index=False), strict=True):
        assert (row[-1] == "–") == (measure not in sampled_few.central_weights)
    first = [float(share.rstrip("%")) for share in table.iloc[0, 4:]]
    assert sum(first) == pytest.approx(100, abs=2)
    assert "bits" in entropy_sentence(found, "en")
