"""The triangle of three weights against direct scoring, large samples, exact shares and shapes of known area."""

from itertools import permutations

import numpy as np
import pytest

from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import DecisionMatrix, Weights
from mcda.robustness.exact_first import first_regions
from mcda.robustness.ternary import TernaryMap, ternary_map, weights_at
from mcda.robustness.triangle import clipped, deepest, grid, outlines, size_and_centre
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.weights.tree import tree_weights
from problems import decision_matrix
from small import small_study

STUDY = small_study()
TOPS = ("relevance", "feasibility", "cost")
SUM = METHODS["weighted_sum"]


def flat(values: object, weights: list[float]) -> tuple[Study, DecisionMatrix, Weights]:
    """A matrix as a study of leaves without sub-criteria."""
    worth = np.asarray(values, dtype=np.float64)
    criteria = tuple(Criterion(id=f"c{j}", label_de=f"c{j}", best=1, worst=0, weight=w) for j, w in enumerate(weights))
    study = small_study(criteria=criteria, ratings=())
    return study, decision_matrix(worth), tree_weights(study, Scenario())


def shares(found: TernaryMap) -> dict[str, float]:
    return {name: region.share for region in found.regions for name in region.measures}


def inside(polygon: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Whether points lie in a convex polygon that runs counter-clockwise, from the sides of its edges they lie on."""
    edges = zip(polygon, np.roll(polygon, -1, axis=0), strict=True)
    return np.all([points @ np.cross(a, b) >= 0 for a, b in edges], axis=0)


@pytest.mark.parametrize("seed", range(5))
def test_clipped_regions_fill_the_triangle_and_are_the_exact_first_ranks(seed: int) -> None:
    values = np.random.default_rng(seed).random((40, 3))
    study, matrix, weights = flat(values, [1, 1, 1])
    found = ternary_map(study, matrix, SUM, weights, ("c0", "c1", "c2"))
    assert found.exact
    assert sum(region.share for region in found.regions) == pytest.approx(1.0, abs=1e-12)
    exact = first_regions(values)
    drawn = shares(found)
    for row, share in enumerate(exact.shares):
        assert drawn.get(f"A{row}", 0.0) == pytest.approx(share, abs=1e-11)
    for region in found.regions:
        assert region.centre == pytest.approx(exact.centres[int(region.measures[0][1:])], abs=1e-9)


def test_polygons_hold_the_sampled_weightings_under_which_their_measure_leads() -> None:
    generator = np.random.default_rng(7)
    study, matrix, weights = flat(generator.random((15, 5)), [3, 1, 2, 2, 2])
    chosen = ("c0", "c2", "c3")
    found = ternary_map(study, matrix, SUM, weights, chosen)
    points = generator.dirichlet(np.ones(3), 50_000)
    stack = np.tile(weights.leaf, (len(points), 1))
    stack[:, [0, 2, 3]] = 0.7 * points
    first = np.argmax(matrix.values @ stack.T, axis=0)
    drawn = shares(found)
    for row in range(15):
        share = drawn.get(f"A{row}", 0.0)
        assert abs((first == row).mean() - share) <= 5 * np.sqrt(share * (1 - share) / len(points))
    for region in found.regions:
        (polygon,) = region.polygons
        assert np.mean(inside(polygon, points) == (first == int(region.measures[0][1:]))) > 0.9999


@pytest.mark.parametrize("name", ["topsis", "weighted_product", "topsis_vector"])
def test_grid_regions_are_where_direct_scoring_puts_their_measure_first(name: str) -> None:
    generator = np.random.default_rng(11)
    study, matrix, weights = flat(generator.uniform(0.05, 1, (12, 4)), [3, 2, 3, 2])
    found = ternary_map(study, matrix, METHODS[name], weights, ("c0", "c1", "c2"))
    assert not found.exact
    assert sum(region.share for region in found.regions) == pytest.approx(1.0, abs=1e-12)
    points = generator.dirichlet(np.ones(3), 100_000)
    stack = np.column_stack([0.8 * points, np.full(len(points), 0.2)])
    first = np.argmax(METHODS[name].score(matrix, stack), axis=1)
    drawn = shares(found)
    for row in range(12):
        assert drawn.get(f"A{row}", 0.0) == pytest.approx((first == row).mean(), abs=0.006)
    for region in found.regions:
        at = np.append(0.8 * region.label_at, 0.2)
        assert np.argmax(METHODS[name].score(matrix, at)[0]) == int(region.measures[0][1:])


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "topsis_minmax"])
@pytest.mark.parametrize("criteria", list(permutations(TOPS))[::2])
def test_at_the_present_point_the_ranking_s_first_is_first(method: str, criteria: tuple[str, ...]) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    found = ternary_map(STUDY, result.matrix, METHODS[method], result.weights, criteria)
    assert found.first_now == (result.ranking[0].measure,)
    assert found.total == pytest.approx(0.8)
    assert found.present == pytest.approx([result.weights.local[key] / 0.8 for key in criteria])
    region = next(r for r in found.regions if found.first_now[0] in r.measures)
    distance = np.abs(region.label_at - found.present).sum()
    assert region.share > 0
    assert distance < 2
    live = evaluate(STUDY, Scenario(method=method, weights=weights_at(result.weights, criteria, found.present)))
    assert live.ranking[0].measure == found.first_now[0]


@pytest.mark.parametrize("method", ["topsis", "weighted_sum"])
def test_evaluating_deep_inside_each_region_puts_its_measure_first(method: str) -> None:
    result = evaluate(STUDY, Scenario(method=method))
    found = ternary_map(STUDY, result.matrix, METHODS[method], result.weights, TOPS)
    assert len(found.regions) > 1
    for region in found.regions:
        for point in (region.label_at, region.centre) if method == "weighted_sum" else (region.label_at,):
            points = weights_at(result.weights, TOPS, point)
            assert sum(points[key] for key in STUDY.children[""]) == pytest.approx(1.0)
            assert points["funding"] == result.weights.local["funding"]
            first = evaluate(STUDY, Scenario(method=method, weights=points)).ranking[0].measure
            assert region.measures == (first,)


@pytest.mark.parametrize("name", ["topsis", "weighted_sum", "weighted_product"])
def test_identical_measures_share_their_region_and_one_measure_has_it_all(name: str) -> None:
    study, matrix, weights = flat([[0.9, 0.2, 0.4], [0.1, 0.8, 0.4], [0.9, 0.2, 0.4]], [1, 1, 1])
    found = ternary_map(study, matrix, METHODS[name], weights, ("c0", "c1", "c2"))
    assert {region.measures for region in found.regions} == {("A0", "A2"), ("A1",)}
    study, matrix, weights = flat([[0.3, 0.2, 0.1]], [1, 1, 1])
    alone = ternary_map(study, matrix, METHODS[name], weights, ("c0", "c1", "c2"))
    assert [(r.measures, r.share) for r in alone.regions] == [(("A0",), pytest.approx(1.0))]
    assert alone.regions[0].centre == pytest.approx(1 / 3)
    away, room = alone.regions[0].label_at - alone.present, alone.regions[0].room
    assert 0 < room <= np.sqrt((away**2).sum() / 2) + 1e-12
    assert deepest(alone.regions[0].polygons) == (pytest.approx(1 / 3), pytest.approx(np.sqrt(3) / 6))


@pytest.mark.parametrize("name", ["topsis", "weighted_sum"])
def test_three_weights_of_nothing_change_nothing(name: str) -> None:
    study, matrix, weights = flat([[0.9, 0.2, 0.4, 0.1], [0.1, 0.8, 0.4, 0.7]], [0, 0, 0, 1])
    found = ternary_map(study, matrix, METHODS[name], weights, ("c0", "c1", "c2"))
    assert found.total == 0
    assert found.present == pytest.approx(1 / 3)
    assert [(r.measures, r.share) for r in found.regions] == [(("A1",), pytest.approx(1.0))]


def test_measures_that_all_fail_somewhere_are_level_in_the_weighted_product() -> None:
    study, matrix, weights = flat([[0.0, 0.8, 0.4], [0.9, 0.0, 0.4]], [1, 1, 1])
    found = ternary_map(study, matrix, METHODS["weighted_product"], weights, ("c0", "c1", "c2"))
    assert [r.measures for r in found.regions] == [("A0", "A1")]


def test_a_dominated_measure_has_no_region() -> None:
    study, matrix, weights = flat([[0.9, 0.5, 0.5], [0.8, 0.5, 0.5], [0.2, 0.9, 0.9]], [1, 1, 1])
    for name in ("topsis", "weighted_sum"):
        found = ternary_map(study, matrix, METHODS[name], weights, ("c0", "c1", "c2"))
        assert set(shares(found)) == {"A0", "A2"}


def test_only_three_different_siblings_make_a_triangle() -> None:
    result = evaluate(STUDY)
    for wrong in (("relevance", "cost"), ("relevance", "cost", "cost"), ("relevance", "cost", "goals")):
        with pytest.raises(ValueError, match="three different criteria"):
            ternary_map(STUDY, result.matrix, METHODS["topsis"], result.weights, wrong)
    with pytest.raises(ValueError, match="2 points"):
        ternary_map(STUDY, result.matrix, METHODS["topsis"], result.weights, TOPS, side=1)
    with pytest.raises(KeyError):
        ternary_map(STUDY, result.matrix, METHODS["topsis"], result.weights, ("relevance", "cost", "beauty"))


def test_half_planes_cut_shapes_of_known_size() -> None:
    triangle = np.eye(3)
    half = clipped(triangle, np.array([1.0, -1.0, 0.0]))
    assert size_and_centre([half]) == (pytest.approx(0.5), pytest.approx([1 / 2, 1 / 6, 1 / 3]))
    corner = clipped(triangle, np.array([0.5, -0.5, -0.5]))
    assert size_and_centre([corner])[0] == pytest.approx(0.25)
    assert len(clipped(triangle, np.array([-1.0, -1.0, -1.0]))) == 0
    assert clipped(triangle, np.array([1.0, 1.0, 1.0])) == pytest.approx(triangle)


def test_the_grid_has_its_points_and_a_region_around_another_has_a_hole() -> None:
    assert len(grid(101)) == 5_151
    points = grid(101)
    far = ((points - 1 / 3) ** 2).sum(axis=1)
    found = outlines(101, np.column_stack([np.full(len(points), 0.02), far]))
    around, within = found[1], found[0]
    assert len(around) == 2
    assert len(within) == 1
    # a circle of squared barycentric distance r has radius sqrt(r / 2) in sides of the triangle
    circle = np.pi * 0.01 / (np.sqrt(3) / 4)
    assert size_and_centre(within)[0] == pytest.approx(circle, rel=0.01)
    assert size_and_centre(within)[0] + size_and_centre(around)[0] == pytest.approx(1.0)
    assert size_and_centre(around)[1] == pytest.approx(1 / 3, abs=1e-3)
    at, room = deepest(around)
    assert ((at - 1 / 3) ** 2).sum() > 0.02
    assert 0.05 < room < 0.2


def test_borders_through_points_of_the_grid_keep_their_corners() -> None:
    """Where two are level exactly at a grid point, a cut coincides with it; rounded scores make many of those."""
    points = grid(21)
    for seed in range(20):
        generator = np.random.default_rng(seed)
        scores = np.round(points @ generator.random((3, 6)), 1 if seed % 2 else 2)
        found = outlines(21, scores)
        assert sum(size_and_centre(loops)[0] for loops in found.values()) == pytest.approx(1.0, abs=1e-9)
    halves = outlines(21, np.column_stack([points[:, 0], points[:, 1]]))
    assert size_and_centre(halves[0]) == (pytest.approx(0.5), pytest.approx([1 / 2, 1 / 6, 1 / 3]))
