"""Weights within statements: uniform as rejection sampling is, closed forms, and what contradicts what."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.robustness.ordinal import ordered_weights
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.statement_reader import read_statements
from mcda.robustness.weight_draws import Draw
from mcda.robustness.weight_region import contradiction
from mcda.robustness.weight_statements import Statement, conditions, weights_within
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.weights.tree import tree_weights
from problems import case, decision_matrix
from small import small_study

Array = NDArray[np.float64]


def flat(names: Sequence[str]) -> Study:
    return small_study(criteria=tuple(Criterion(id=name, label_de=name, best=1, worst=0) for name in names), ratings=())


def within(study: Study, *texts: str) -> Draw:
    return weights_within(study, read_statements(study, texts))


def sample(draw: Draw, count: int = 40_000, seed: int = 0) -> Array:
    return draw(np.random.default_rng(seed), count)


def distance(a: Array, b: Array) -> float:
    """The largest Kolmogorov-Smirnov distance over the columns."""
    found = []
    for x, y in zip(np.sort(a, axis=0).T, np.sort(b, axis=0).T, strict=True):
        both = np.concatenate([x, y])
        gap = np.searchsorted(x, both, "right") / len(x) - np.searchsorted(y, both, "right") / len(y)
        found.append(float(np.abs(gap).max()))
    return max(found)


def rejected(study: Study, texts: Sequence[str], tries: int) -> Array:
    """Uniform weights of which those that break a statement are thrown away."""
    rows, floors = conditions(study.leaves, read_statements(study, texts))
    drawn = np.random.default_rng(11).dirichlet(np.ones(len(study.leaves)), tries)
    return drawn[(drawn @ rows.T >= floors).all(axis=1)]


@pytest.mark.parametrize(
    ("names", "texts", "tries"),
    [
        ("abcd", [f"15 % <= {name} <= 40 %" for name in "abcd"], 600_000),
        ("abcd", ["a >= 2 * b", "b + c <= 45 %", "d >= c - 10 %"], 200_000),
        ("abcdefgh", [f"5 % <= {name} <= 30 %" for name in "abcdefgh"], 1_000_000),
        ("abcdefgh", ["a >= b", "b >= c", "d + e >= 25 %", "f <= 0.5 * a", "g + h <= a + b"], 800_000),
    ],
)
def test_it_is_uniform_like_rejection_of_what_breaks_a_statement(names: str, texts: list[str], tries: int) -> None:
    study = flat(names)
    kept, drawn = rejected(study, texts, tries), sample(within(study, *texts))
    assert len(kept) > 20_000
    assert distance(drawn, kept) < 0.014
    assert np.cov(drawn.T) == pytest.approx(np.cov(kept.T), abs=0.0006)


def test_the_centre_of_a_full_order_is_the_roc_vector() -> None:
    example = case("smaa_ordinal_centroid")
    draw = within(flat("abcd"), "a >= b", "b >= c", "c >= d")
    drawn = sample(draw, example["inputs"]["N"], example["inputs"]["seed"])
    assert drawn.mean(axis=0) == pytest.approx(example["expected"]["mean"], abs=example["tolerance"])


def test_a_full_order_of_eight_is_as_the_sorted_draws_of_ordinal_smaa() -> None:
    study = flat("abcdefgh")
    drawn = sample(within(study, "a >= b >= c >= d >= e >= f >= g >= h"))
    order = {"": {name: place for place, name in enumerate("abcdefgh", 1)}}
    exact = sample(ordered_weights(study, order, tree_weights(study, Scenario())), 100_000)
    assert distance(drawn, exact) < 0.014


def test_no_statement_is_every_weighting() -> None:
    study = flat("abc")
    for draw in (weights_within(study, ()), within(study, "a >= 0 %"), within(study, "a + b <= 300 %")):
        drawn = sample(draw)
        assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.005)
        assert drawn.var(axis=0) == pytest.approx([1 / 18] * 3, abs=0.001)


def test_two_criteria_are_uniform_on_an_interval() -> None:
    drawn = sample(within(flat("ab"), "20 % <= a <= 70 %"))[:, 0]
    assert (drawn.mean(), drawn.std()) == pytest.approx((0.45, 0.5 / np.sqrt(12)), abs=0.002)
    assert 0.2 <= drawn.min() < 0.2001
    assert 0.6999 < drawn.max() <= 0.7


def test_an_equality_takes_a_dimension_and_the_rest_is_uniform() -> None:
    """a = b: (a + b, c, d) is uniform on a simplex, so a has mean 1/6 and variance (1/18) / 4."""
    drawn = sample(within(flat("abcd"), "a = b"))
    assert drawn[:, 0] == pytest.approx(drawn[:, 1], abs=1e-12)
    assert drawn.mean(axis=0) == pytest.approx([1 / 6, 1 / 6, 1 / 3, 1 / 3], abs=0.004)
    assert drawn.var(axis=0) == pytest.approx([1 / 72, 1 / 72, 1 / 18, 1 / 18], abs=0.001)


def test_a_circle_of_at_leasts_is_an_equality() -> None:
    drawn = sample(within(flat("abcd"), "a >= b", "b >= c", "c >= a"))
    assert np.ptp(drawn[:, :3], axis=1).max() < 1e-9
    assert drawn[:, 3].mean() == pytest.approx(0.5, abs=0.01)


def test_no_weight_is_none_and_the_others_are_uniform() -> None:
    drawn = sample(within(flat("abcd"), "d <= 0 %"))
    assert drawn[:, 3].max() < 1e-12
    assert drawn.mean(axis=0) == pytest.approx([1 / 3] * 3 + [0], abs=0.005)
    assert drawn.var(axis=0) == pytest.approx([1 / 18] * 3 + [0], abs=0.001)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["a >= 50 %", "b >= 50 %"], [0.5, 0.5, 0]),
        (["a = 20 %", "b = 30 %"], [0.2, 0.3, 0.5]),
        (["a >= 100 %"], [1, 0, 0]),
        (["a = b = c"], [1 / 3, 1 / 3, 1 / 3]),
        (["a >= 33.3 %", "b >= 33.3 %", "c >= 33.4 %"], [0.333, 0.333, 0.334]),
    ],
)
def test_where_one_weighting_is_left_every_draw_is_that_one(texts: list[str], expected: list[float]) -> None:
    study = flat("abc")
    for count in (0, 1, 700):
        assert sample(within(study, *texts), count) == pytest.approx(np.tile(expected, (count, 1)), abs=1e-9)


@pytest.mark.parametrize("thickness", [1e-2, 1e-4, 3e-6])
def test_thin_regions_are_walked_from_end_to_end(thickness: float) -> None:
    """a within a thin slab, the others nearly free: (b, c, d) is uniform on a simplex of total 0.8."""
    study = flat("abcd")
    slab = [Statement("", {"a": 1}, 0.2), Statement("", {"a": -1}, -0.2 - thickness)]
    drawn = sample(weights_within(study, slab))
    assert drawn[:, 0].std() == pytest.approx(thickness / np.sqrt(12), rel=0.02)
    assert drawn[:, 1:].mean(axis=0) == pytest.approx([0.8 / 3] * 3, abs=0.006)
    assert drawn[:, 1:].std(axis=0) == pytest.approx([0.8 / np.sqrt(18)] * 3, rel=0.03)


def test_a_skewed_wedge_is_uniform_too() -> None:
    """a/b between 1 and 1.001 among three: a + b has density 2s on 0..1, as s times the wedge's width."""
    wedge = [Statement("", {"a": 1, "b": -1}, 0), Statement("", {"b": 1.001, "a": -1}, 0)]
    drawn = sample(weights_within(flat("abc"), wedge))
    total = drawn[:, :2].sum(axis=1)
    assert (total.mean(), total.std()) == pytest.approx((2 / 3, 1 / np.sqrt(18)), abs=0.006)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert (ratio.min() > 1 - 1e-6) & (ratio.max() < 1.001 + 1e-6)
    assert ratio.mean() == pytest.approx(1.0005, abs=0.00002)


def test_groups_nobody_spoke_of_are_uniform_or_stay() -> None:
    study = small_study()
    said = read_statements(study, ["cost >= 50 %"])
    drawn = dict(zip(study.leaves, sample(weights_within(study, said)).T, strict=True))
    assert drawn["cost"].min() >= 0.5 - 1e-9
    below = drawn["goals"] / (drawn["goals"] + drawn["urgency"])
    assert (below.mean(), below.std()) == pytest.approx((0.5, 1 / np.sqrt(12)), abs=0.005)
    fixed = tree_weights(study, Scenario())
    kept = dict(zip(study.leaves, sample(weights_within(study, said, fixed)).T, strict=True))
    assert kept["goals"] / kept["urgency"] == pytest.approx(np.full(40_000, 1.5))
    assert sample(weights_within(study, (), fixed), 3) == pytest.approx(np.tile(fixed.leaf, (3, 1)))
    sub = read_statements(study, ["urgency >= 3 * goals"])
    turned = dict(zip(study.leaves, sample(weights_within(study, sub, fixed)).T, strict=True))
    assert turned["cost"] == pytest.approx(np.full(40_000, 0.2))
    assert (turned["urgency"] / 0.35).mean() == pytest.approx(0.875, abs=0.002)  # uniform on 0.75..1


def test_a_single_criterion_has_all_the_weight() -> None:
    study = flat("a")
    assert sample(within(study, "a >= 20 %"), 600).tolist() == [[1.0]] * 600
    with pytest.raises(InputError) as error:
        within(study, "a <= 90 %")
    assert error.value.issues[0].params["statements"] == "a <= 90 %"


def test_the_same_seed_gives_the_same_rows_and_more_begin_with_the_fewer() -> None:
    draw = within(flat("abcd"), "a >= b")
    many = sample(draw, 2_048)
    for count in (0, 1, 512, 513, 2_000):
        assert sample(draw, count).tobytes() == many[:count].tobytes()
    assert sample(within(flat("abcd"), "a >= b"), 100).tobytes() == many[:100].tobytes()
    assert sample(draw, 10, seed=1).tobytes() != many[:10].tobytes()
    assert many.sum(axis=1) == pytest.approx(np.ones(2_048))
    assert many.min() >= 0


def test_calls_do_not_remember_where_the_chains_started() -> None:
    """First rows of many calls come from the same chain: their mean is that of the region, not of its start."""
    draw = within(flat("abc"), "a >= b")
    firsts = np.array([sample(draw, 1, seed)[0] for seed in range(300)])
    assert firsts.mean(axis=0) == pytest.approx([1 / 2, 1 / 6, 1 / 3], abs=0.05)
    assert firsts.std(axis=0).min() > 0.1


def test_acceptability_under_statements_by_hand() -> None:
    """a uniform on 60..100 %: A0 (1, 0) is ahead of A2 (0.7, 0.7) above 70 %, in 3/4 of the weightings."""
    matrix = decision_matrix([[1, 0], [0, 1], [0.7, 0.7]])
    found = rank_acceptability(matrix, METHODS["weighted_sum"], within(flat("ab"), "a >= 60 %"), draws=20_000)
    assert found.shares[:, 0] == pytest.approx([0.75, 0, 0.25], abs=0.015)
    study = small_study()
    matrix = evaluate(study, Scenario()).matrix
    assert rank_acceptability(matrix, METHODS["topsis"], within(study, "cost >= relevance"), draws=500).draws == 500


def solvable(rows: Sequence[Sequence[int]], floors: Sequence[Fraction]) -> bool:
    """Whether three weights can meet the conditions, exactly: one of the crossings of two of them would."""
    lines = [([Fraction(x) for x in row], floor) for row, floor in zip(rows, floors, strict=True)]
    lines += [([Fraction(int(i == j)) for j in range(3)], Fraction(0)) for i in range(3)]
    plain = [(row[0] - row[2], row[1] - row[2], floor - row[2]) for row, floor in lines]  # c = 1 - a - b
    for (p, q, r), (s, t, u) in combinations(plain, 2):
        det = p * t - q * s
        if det:
            a, b = (r * t - q * u) / det, (p * u - r * s) / det
            if all(x * a + y * b >= z for x, y, z in plain):
                return True
    return False


@pytest.mark.parametrize("seed", range(8))
def test_what_is_named_as_contradicting_cannot_hold_and_any_part_of_it_can(seed: int) -> None:
    """Against exact arithmetic over all subsets of random statements, those that just touch among them."""
    generator = np.random.default_rng(seed)
    said = 0
    for _ in range(10):
        rows = generator.integers(-2, 3, (6, 3)).tolist()
        floors = [Fraction(int(k), 10) for k in generator.integers(-8, 7, 6)]
        found = contradiction(np.array(rows, dtype=np.float64), np.array([float(f) for f in floors]))
        assert bool(found) != solvable(rows, floors)
        if not found:
            continue
        said += 1
        for size in range(len(found) + 1):
            for part in combinations(found, size):
                assert solvable([rows[i] for i in part], [floors[i] for i in part]) == (part != found)
    assert said


def test_contradictions_are_told_with_what_was_said_and_nothing_else() -> None:
    study = small_study()
    texts = [
        "Kosten >= 40 %",
        "relevance >= 2 * cost",
        "10 % <= funding <= 30 %",
        "feasibility >= 5 %",
        "goals >= 70 %",
        "urgency = goals",
    ]
    with pytest.raises(InputError) as error:
        within(study, *texts)
    first, second = error.value.issues
    assert (first.code, first.params["statements"]) == (
        "statements_contradict",
        "Kosten >= 40 %; relevance >= 2 * cost",
    )
    assert (second.params["statements"], second.params["count"]) == ("goals >= 70 %; urgency = goals", 2)
    assert "Diese 2 Aussagen" in first.sentence("de")
    with pytest.raises(InputError) as error:
        within(study, "cost >= 120 %", "funding >= 10 %")
    assert error.value.issues[0].params["statements"] == "cost >= 120 %"
    assert "Diese Aussage kann nicht gelten" in error.value.issues[0].sentence("de")


def test_statements_made_without_words_are_told_in_figures() -> None:
    with pytest.raises(InputError) as error:
        weights_within(flat("ab"), [Statement("", {"a": 2, "b": -1}, 1.5), Statement("", {"a": -1}, -0.5)])
    assert error.value.issues[0].params["statements"] == "+2 * a -1 * b >= 150 %; -1 * a >= -50 %"


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        (Statement("", {"goals": 1}, 0.2), ["statement_not_siblings"]),
        (Statement("cost", {"cost": 1}, 0.2), ["statement_not_siblings"]),
        (Statement("nowhere", {}, 0.2), ["statement_not_siblings"]),
        (Statement("", {"cost": float("nan")}, 0.2), ["statement_no_number"]),
        (Statement("", {"x": 1}, float("inf")), ["statement_not_siblings", "statement_no_number"]),
    ],
)
def test_statements_that_cannot_be_used_are_refused(statement: Statement, codes: list[str]) -> None:
    with pytest.raises(InputError) as error:
        weights_within(small_study(), [statement])
    assert [issue.code for issue in error.value.issues] == codes
    assert all(issue.sentence("de") for issue in error.value.issues)


@pytest.mark.parametrize(("factor", "floor"), [(1e-9, 2e-10), (1e300, 2e299), (1e-300, 2e-301)])
def test_the_unit_of_a_statement_does_not_matter(factor: float, floor: float) -> None:
    drawn = sample(weights_within(flat("ab"), [Statement("", {"a": factor}, floor)]))
    assert (drawn[:, 0].min(), drawn[:, 0].mean()) == pytest.approx((0.2, 0.6), abs=0.005)
    for beyond in (5 * factor, 1e305):
        with pytest.raises(InputError):
            weights_within(flat("ab"), [Statement("", {"a": factor}, beyond)])
