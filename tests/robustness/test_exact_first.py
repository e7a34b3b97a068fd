"""Exact first ranks against interval lengths, symmetry and large samples; twins, single measures, flat criteria."""

import numpy as np
import pytest

from mcda.errors import MethodError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.robustness.exact_first import exact_first, first_regions
from mcda.robustness.smaa import Draw, rank_acceptability
from mcda.scenario import Scenario
from mcda.study.model import Criterion
from mcda.weights.tree import combine
from problems import case
from small import CRITERIA, small_study

DRAWS = 400_000
SUM = Scenario(method="weighted_sum")


def flat(columns: int) -> Draw:
    return lambda generator, count: generator.dirichlet(np.ones(columns), count)


def test_two_criteria_are_the_interval_lengths_and_middles() -> None:
    example = case("smaa_two_criteria")
    found = first_regions(example["inputs"]["V"])
    assert found.shares == pytest.approx(example["expected"]["first_rank"], abs=example["tolerance"])
    assert [found.centres[i][0] for i in range(3)] == pytest.approx(
        example["expected"]["central_w1"], abs=example["tolerance"]
    )


def test_two_criteria_with_dominated_and_inner_measures_by_hand() -> None:
    example = case("smaa-analytic-2criteria")
    found = first_regions(example["inputs"]["matrix"])
    expected = [row[0] for row in example["expected"]["rank_acceptability"]]
    assert found.shares == pytest.approx(expected, abs=1e-12)
    assert found.shares[3] == 0.0
    assert {i: centre[0] for i, centre in found.centres.items()} == pytest.approx({0: 0.8, 1: 0.2, 2: 0.5}, abs=1e-12)


@pytest.mark.parametrize("columns", range(2, 7))
def test_specialists_share_alike_and_their_centres_are_those_of_a_largest_weight(columns: int) -> None:
    """Measures best on one criterion each: first where its weight is the largest, on average (1 + 1/2 + ... + 1/n)/n
    (the first component of rank order centroid weights, Barron & Barrett 1996)."""
    found = first_regions(np.eye(columns))
    assert found.shares == pytest.approx(1 / columns, abs=1e-12)
    largest = sum(1 / k for k in range(1, columns + 1)) / columns
    for i, centre in found.centres.items():
        assert centre[i] == pytest.approx(largest, abs=1e-12)
        assert np.delete(centre, i) == pytest.approx((1 - largest) / (columns - 1), abs=1e-12)


@pytest.mark.parametrize("columns", range(2, 7))
def test_shares_and_centres_are_those_of_a_large_sample(columns: int) -> None:
    values = np.random.default_rng(columns).random((40, columns))
    found = first_regions(values)
    weights = np.random.default_rng(100 + columns).dirichlet(np.ones(columns), DRAWS)
    first = np.argmax(weights @ values.T, axis=1)
    sampled = np.bincount(first, minlength=40) / DRAWS
    error = np.sqrt(found.shares * (1 - found.shares) / DRAWS)
    assert np.all(np.abs(found.shares - sampled) <= 5 * error)
    assert found.shares.sum() == pytest.approx(1.0, abs=1e-12)
    assert found.rounding < 1e-9
    for row, centre in found.centres.items():
        draws = weights[first == row]
        if len(draws) > 100:
            assert np.all(np.abs(draws.mean(axis=0) - centre) <= 5 * draws.std(axis=0) / np.sqrt(len(draws)))
            assert values[row] @ centre == pytest.approx((values @ centre).max(), abs=1e-12)
        assert centre.sum() == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("columns", [3, 5, 6])
@pytest.mark.parametrize("seed", range(4))
def test_regions_fill_the_simplex_for_ratings_in_steps_too(columns: int, seed: int) -> None:
    """Ratings on five levels: many hyperplanes meet in one point, and many rows are the same."""
    values = np.random.default_rng(seed).integers(1, 6, (40, columns)) / 4
    found = first_regions(values)
    _, first_of = np.unique(values, axis=0, return_index=True)
    assert found.shares[first_of].sum() == pytest.approx(1.0, abs=1e-12)
    assert found.rounding < 1e-9


def test_regions_as_thin_as_one_part_in_a_million_are_found() -> None:
    values = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.5 + 1e-6, 0.5 + 1e-6, 0.0]])
    found = first_regions(values)
    assert 0 < found.shares[2] < 1e-5
    assert found.rounding < 1e-9
    assert first_regions(values - [[0, 0, 0], [0, 0, 0], [2e-6, 2e-6, 0]]).shares[2] == 0.0


def test_identical_rows_are_both_first_and_carry_the_share_of_one_region() -> None:
    values = np.random.default_rng(3).random((6, 4))
    alone, twice = first_regions(values), first_regions(np.vstack([values, values]))
    assert twice.shares[:6] == pytest.approx(alone.shares, abs=1e-12)
    assert np.array_equal(twice.shares[:6], twice.shares[6:])
    assert set(twice.centres) == {*alone.centres, *(row + 6 for row in alone.centres)}


def test_differences_below_twelve_decimals_make_no_region_of_their_own() -> None:
    found = first_regions([[0.1 + 0.2, 0.5, 0.5], [0.3, 0.5, 0.5], [0.1, 0.9, 0.2]])
    assert found.shares[0] == found.shares[1] > 0


@pytest.mark.parametrize("columns", range(1, 7))
def test_one_measure_is_always_first_at_the_middle_of_all_weights(columns: int) -> None:
    found = first_regions(np.full((1, columns), 0.4))
    assert found.shares.tolist() == [1.0]
    assert found.centres[0] == pytest.approx(1 / columns)


def test_one_criterion_gives_all_to_its_best_rows() -> None:
    assert first_regions([[0.2], [0.9], [0.9]]).shares.tolist() == [0.0, 1.0, 1.0]


def test_no_measures_have_no_shares() -> None:
    assert first_regions(np.empty((0, 3))).shares.tolist() == []


def test_a_constant_criterion_decides_nothing_but_keeps_its_weight() -> None:
    """A lead of (a, b, 0) is won or lost by w1 : w2 alone, whose split stays uniform (Dirichlet)."""
    example = case("smaa_two_criteria")
    values = np.column_stack([np.array(example["inputs"]["V"]), np.full(3, 0.7)])
    found = first_regions(values)
    assert found.shares == pytest.approx(example["expected"]["first_rank"], abs=1e-12)
    for row, middle in enumerate(example["expected"]["central_w1"]):
        assert found.centres[row] == pytest.approx([2 / 3 * middle, 2 / 3 * (1 - middle), 1 / 3], abs=1e-12)


def test_a_dominated_row_is_never_first_even_where_it_ties_on_an_edge() -> None:
    found = first_regions([[1.0, 0.5, 0.2], [1.0, 0.4, 0.2], [0.0, 1.0, 1.0]])
    assert found.shares[1] == 0.0
    assert 1 not in found.centres


def test_the_order_of_measures_and_a_shared_scale_do_not_matter() -> None:
    values = np.random.default_rng(8).random((12, 4))
    order = np.random.default_rng(9).permutation(12)
    found = first_regions(values)
    assert first_regions(values[order]).shares == pytest.approx(found.shares[order], abs=1e-12)
    assert first_regions(3 * values + 1).shares == pytest.approx(found.shares, abs=1e-9)
    assert np.array_equal(first_regions(values).shares, found.shares)


def test_values_that_are_not_finite_and_too_many_criteria_are_refused() -> None:
    with pytest.raises(MethodError):
        first_regions([[np.nan, 1.0]])
    with pytest.raises(ValueError, match="columns"):
        first_regions(np.ones((3, 7)))
    with pytest.raises(ValueError, match="columns"):
        first_regions([0.1, 0.2])


def test_of_a_study_the_top_weights_are_open_and_those_below_stand() -> None:
    study = small_study()
    result = evaluate(study, SUM)
    found = exact_first(result)
    assert found is not None
    assert found.criteria == ("relevance", "feasibility", "cost", "funding")

    def draw(generator: np.random.Generator, count: int) -> np.ndarray:
        tops = generator.dirichlet(np.ones(4), count)
        below = combine(study, {**result.weights.local, **dict.fromkeys(found.criteria, 1.0)})
        owner = [found.criteria.index(study.top_of(leaf)) for leaf in study.leaves]
        return np.column_stack([tops[:, top] * below[leaf] for top, leaf in zip(owner, study.leaves, strict=True)])

    sampled = rank_acceptability(result.matrix, METHODS["weighted_sum"], draw, draws=100_000, seed=5)
    assert sampled.measures == found.measures
    assert np.all(np.abs(sampled.shares[:, 0] - found.shares) <= 5 * sampled.standard_error[:, 0] + 1e-12)
    for name, centre in found.central_weights.items():
        assert centre.sum() == pytest.approx(1.0)
        points = dict(zip(found.criteria, centre.tolist(), strict=True))
        assert evaluate(study, Scenario(method="weighted_sum", weights=points)).ranking[0].measure == name


def test_a_top_criterion_without_weight_today_counts_like_the_others() -> None:
    found = exact_first(evaluate(small_study(), SUM))
    without = exact_first(evaluate(small_study(), Scenario(method="weighted_sum", weights={"relevance": 0})))
    assert found is not None
    assert without is not None
    assert without.shares == pytest.approx(found.shares, abs=1e-12)


def test_other_methods_and_more_than_six_top_criteria_have_no_exact_answer() -> None:
    assert exact_first(evaluate(small_study())) is None
    more = (Criterion(id=f"k{i}", label_de=f"K{i}", best=5, worst=1, step=1) for i in range(4))
    assert exact_first(evaluate(small_study(criteria=(*CRITERIA, *more)), SUM)) is None
