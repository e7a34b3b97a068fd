"""Weightings around given ones and around people: means and covariances by closed forms, shares of the votes."""

from collections.abc import Mapping

import numpy as np
import pytest

from group_people import MEMBERS, person
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Weights
from mcda.robustness.ordinal import ordered_weights
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.weight_draws import (
    WIDEST,
    Draw,
    by_person,
    people_weights,
    uniform_weights,
    weights_around,
    weights_of_people,
)
from mcda.scenario import Scenario
from mcda.study.model import Criterion, DirectWeight, Study
from mcda.weights.together import group_weights
from mcda.weights.tree import tree_weights
from small import small_study

TOPS = ("relevance", "feasibility", "cost", "funding")
BELOW = ("goals", "urgency")


def flat(points: Mapping[str, float]) -> Study:
    leaves = tuple(Criterion(id=name, label_de=name, best=1, worst=0, weight=w) for name, w in points.items())
    return small_study(criteria=leaves, ratings=())


def now(study: Study) -> Weights:
    return tree_weights(study, Scenario())


def sample(draw: Draw, count: int = 50_000, seed: int = 0) -> np.ndarray:
    return draw(np.random.default_rng(seed), count)


def points(who: str, items: tuple[str, ...], *amounts: float) -> tuple[DirectWeight, ...]:
    return tuple(
        DirectWeight(stakeholder=who, criterion=item, points=amount)
        for item, amount in zip(items, amounts, strict=True)
    )


def group(**changes: object) -> Study:
    """Three people of two municipalities; b is silent below relevance, d has answered nothing."""
    people = (person("a", "ISM"), person("b", "ISM", 2), person("c", "GAR"), person("d", "GAR", 5))
    answers = (
        *points("a", TOPS, 70, 10, 10, 10),
        *points("b", TOPS, 10, 10, 70, 10),
        *points("c", TOPS, 0, 50, 25, 25),
        *points("a", BELOW, 90, 10),
        *points("c", BELOW, 20, 80),
    )
    return small_study(**({"stakeholders": people, "municipalities": MEMBERS, "weights": answers} | changes))


@pytest.mark.parametrize("spread", [2.0, 6.0, 15.0, 30.0])
def test_a_weight_of_a_quarter_has_the_spread_as_its_standard_deviation(spread: float) -> None:
    study = flat({"a": 25, "b": 60, "c": 15})
    drawn = sample(weights_around(study, now(study), spread), 200_000)
    assert drawn[:, 0].std() * 100 == pytest.approx(spread, rel=0.01)


@pytest.mark.parametrize("spread", [3.0, 6.0, 20.0, 42.0])
def test_means_and_covariances_are_those_of_the_dirichlet_distribution(spread: float) -> None:
    """Covariance (diag(w) - w w') / (c + 1)."""
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    study = flat(dict(zip("abcd", 100 * shares, strict=True)))
    drawn = sample(weights_around(study, now(study), spread), 200_000)
    assert np.abs(drawn.sum(axis=1) - 1).max() < 1e-12
    assert drawn.mean(axis=0) == pytest.approx(shares, abs=0.004)
    expected = (np.diag(shares) - np.outer(shares, shares)) * (spread / 100) ** 2 / 0.1875
    assert np.cov(drawn.T) == pytest.approx(expected, abs=0.003 * (spread / 20) ** 2 + 1e-5)


def test_sibling_groups_are_scattered_one_by_one() -> None:
    """The product of independent shares: means multiply, E[x^2 y^2] = E[x^2] E[y^2]."""
    study = small_study()
    drawn = sample(weights_around(study, now(study)), 200_000)
    assert drawn.mean(axis=0) == pytest.approx(now(study).leaf, abs=0.001)
    top, local = drawn[:, :2].sum(axis=1), drawn[:, 0] / drawn[:, :2].sum(axis=1)
    assert top.std() == pytest.approx(np.sqrt(0.35 * 0.65 / 0.1875) * 0.06, rel=0.01)
    assert local.std() == pytest.approx(np.sqrt(0.6 * 0.4 / 0.1875) * 0.06, rel=0.01)
    assert np.corrcoef(top, local)[0, 1] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("spread", [0.0, 1e-7])
def test_no_spread_is_the_present_weights_to_the_last_bit(spread: float) -> None:
    study = small_study()
    drawn = sample(weights_around(study, now(study), spread), 3)
    assert [row.tobytes() for row in drawn] == [now(study).leaf.tobytes()] * 3


@pytest.mark.parametrize("spread", [2e-6, 0.001])
def test_a_tiny_spread_stays_near(spread: float) -> None:
    study = small_study()
    assert sample(weights_around(study, now(study), spread), 100) == pytest.approx(
        np.tile(now(study).leaf, (100, 1)), abs=spread / 10
    )


@pytest.mark.parametrize("spread", [-1.0, WIDEST, 43.31, 1e300, float("inf"), float("nan")])
def test_a_spread_no_distribution_has_is_refused_with_the_limit(spread: float) -> None:
    study = small_study()
    with pytest.raises(ValueError, match=r"below 43\.3"):
        weights_around(study, now(study), spread)
    with pytest.raises(ValueError, match=r"below 43\.3"):
        people_weights(group(), spread=spread)
    with pytest.raises(ValueError, match=r"below 43\.3"):
        by_person(group(), spread=spread)


@pytest.mark.parametrize("spread", [6.0, 40.0, 43.3, WIDEST * (1 - 1e-9)])
def test_no_weight_stays_none_and_nothing_is_undefined(spread: float) -> None:
    study = flat({"a": 0, "b": 70, "c": 30, "d": 0})
    drawn = sample(weights_around(study, now(study), spread), 20_000)
    assert (drawn[:, [0, 3]] == 0).all()
    assert np.isfinite(drawn).all()
    assert np.abs(drawn.sum(axis=1) - 1).max() < 1e-12
    assert drawn[:, 1].mean() == pytest.approx(0.7, abs=0.02)


def test_at_the_widest_spread_one_criterion_has_it_all() -> None:
    study = flat({"a": 50, "b": 30, "c": 20})
    drawn = sample(weights_around(study, now(study), WIDEST - 1e-6), 20_000)
    assert drawn.max(axis=1).min() > 0.99
    assert (drawn > 0.5).mean(axis=0) == pytest.approx([0.5, 0.3, 0.2], abs=0.015)


def test_an_only_child_has_the_whole_weight_of_its_parent() -> None:
    study = small_study(
        criteria=(
            Criterion(id="top", label_de="Oben", weight=30),
            Criterion(id="only", parent="top", label_de="Einzig", best=1, worst=0),
            Criterion(id="other", label_de="Anderes", best=1, worst=0, weight=70),
        ),
        ratings=(),
    )
    drawn = sample(weights_around(study, now(study)))
    assert drawn.mean(axis=0) == pytest.approx([0.3, 0.7], abs=0.002)
    assert drawn[:, 0].std() == pytest.approx(np.sqrt(0.21 / 0.1875) * 0.06, rel=0.02)
    single = flat({"a": 5})
    for draw in (uniform_weights(single), weights_around(single, now(single)), weights_around(single, now(single), 43)):
        assert sample(draw, 10) == pytest.approx(np.ones((10, 1)), abs=1e-15)


@pytest.mark.parametrize("spread", [6.0, 42.0])
def test_where_draws_are_cut_into_chunks_does_not_matter(spread: float) -> None:
    draw = weights_around(small_study(), now(small_study()), spread)
    generator = np.random.default_rng(0)
    parts = [draw(generator, count) for count in (1, 0, 99)]
    assert np.vstack(parts).tobytes() == sample(draw, 100).tobytes()


def test_nothing_drawn_is_an_empty_stack_and_seed_0_is_a_seed() -> None:
    study = group()
    draws = [
        uniform_weights(study),
        weights_around(study, now(study)),
        people_weights(study),
        ordered_weights(study, {"": dict.fromkeys(TOPS, 1)}, now(study)),
        *by_person(study).values(),
    ]
    for draw in draws:
        assert sample(draw, 0).shape == (0, 5)
        assert sample(draw, 1).shape == (1, 5)
        assert sample(draw, 50).tobytes() == sample(draw, 50).tobytes()
    assert sample(draws[2], 50).tobytes() != sample(draws[2], 50, seed=1).tobytes()


def test_each_draw_takes_one_person_by_their_share_of_the_votes() -> None:
    """Without spread the draws are the people's own weightings: a 1/4, b 2/4, c 1/4 of the declared votes."""
    study = group()
    drawn = sample(people_weights(study, spread=0), 40_000)
    tops = np.column_stack([drawn[:, :2].sum(axis=1), drawn[:, 2:]])
    asked = np.array([[70, 10, 10, 10], [10, 10, 70, 10], [0, 50, 25, 25]]) / 100
    found = [np.isclose(tops, row).all(axis=1) for row in asked]
    assert sum(found).all()
    assert [part.mean() for part in found] == pytest.approx([0.25, 0.5, 0.25], abs=0.01)


@pytest.mark.parametrize("key", ["declared", "equal", "municipality", "population"])
def test_in_each_sibling_group_people_count_as_in_the_groups_own_weights(key: str) -> None:
    """Below relevance b is silent: ISM's vote is a's alone there, and b's declared votes count for nobody."""
    study = group()
    drawn = sample(people_weights(study, ("a", "b", "c", "d"), key, spread=0), 40_000)  # type: ignore[arg-type]
    relevance = drawn[:, :2].sum(axis=1)
    goals = drawn[relevance > 0, 0] / relevance[relevance > 0]
    weight_a = {"declared": 1 / 2, "equal": 1 / 2, "municipality": 3 / 4, "population": 3 / 4}[key]
    base = {"declared": (1, 2, 1), "equal": (1, 1, 1), "municipality": (3, 3, 2), "population": (3, 3, 2)}[key]
    v = np.array(base) / sum(base)
    assert set(np.round(goals, 9)) <= {0.9, 0.2}
    # c gives relevance nothing: what is seen of the sub-criteria are the draws of a and of b's stand-ins
    stands_in = (weight_a - v[0]) / v[1]
    assert (goals > 0.5).mean() == pytest.approx((v[0] + v[1] * stands_in) / (v[0] + v[1]), abs=0.01)


def test_where_nobody_answered_the_studys_points_hold() -> None:
    study = group(weights=points("a", TOPS, 70, 10, 10, 10))
    drawn = sample(people_weights(study, spread=0), 10)
    assert drawn == pytest.approx(np.tile([0.42, 0.28, 0.1, 0.1, 0.1], (10, 1)))
    scattered = sample(people_weights(study, spread=6), 50_000)
    local = scattered[:, 0] / scattered[:, :2].sum(axis=1)
    assert (local.mean(), local.std()) == pytest.approx((0.6, 0.06 * np.sqrt(0.24 / 0.1875)), abs=0.002)


def test_one_persons_group_is_the_weighting_around_that_person() -> None:
    study = group()
    drawn, alone = sample(people_weights(study, ("a",)), 100_000), sample(by_person(study)["a"], 100_000)
    assert drawn.mean(axis=0) == pytest.approx(alone.mean(axis=0), abs=0.002)
    assert drawn.std(axis=0) == pytest.approx(alone.std(axis=0), abs=0.002)
    mine = group_weights(study, ("a",))
    assert drawn[:, 2:].mean(axis=0) == pytest.approx([mine[""].local[name] for name in TOPS[1:]], abs=0.002)


def test_the_pooled_spread_is_that_within_people_plus_that_between_them() -> None:
    """Law of total variance, by hand for cost: locals .1, .7, .25 with votes 1/4, 1/2, 1/4."""
    local, votes = np.array([0.1, 0.7, 0.25]), np.array([0.25, 0.5, 0.25])
    mean = votes @ local
    within = votes @ (local * (1 - local)) * 0.06**2 / 0.1875
    between = votes @ (local - mean) ** 2
    cost = sample(people_weights(group()), 200_000)[:, 3]
    assert (cost.mean(), cost.var()) == pytest.approx((mean, within + between), abs=0.002)


def test_a_scenarios_points_stand_in_place_of_everybodys() -> None:
    study = group()
    drawn = sample(people_weights(study, spread=0, points={"cost": 0}), 1_000)
    assert (drawn[:, 3] == 0).all()
    for who, draw in by_person(study, spread=0, points={"cost": 0}).items():
        expected = tree_weights(study, Scenario(profile=who, weights={"cost": 0})).leaf
        assert sample(draw, 1)[0] == pytest.approx(expected)


def test_by_person_and_weights_of_people_leave_out_the_silent() -> None:
    study = group()
    assert list(by_person(study)) == ["a", "b", "c"]
    assert list(by_person(study, ("c", "d"))) == ["c"]
    leaf, votes = weights_of_people(study)
    assert votes.tolist() == [0.25, 0.5, 0.25]
    assert leaf[1] == pytest.approx([0.06, 0.04, 0.1, 0.7, 0.1])  # below relevance the study's 60 and 40
    drawn = sample(people_weights(study, spread=0), 30_000)
    assert drawn[:, 2:].mean(axis=0) == pytest.approx((votes @ leaf)[2:], abs=0.005)


def test_no_vote_no_draw_but_a_person_of_their_own() -> None:
    study = group(stakeholders=(person("a", voting_weight=0), person("b"), person("c")))
    drawn = sample(people_weights(study, spread=0), 2_000)
    relevance = drawn[:, :2].sum(axis=1)
    assert set(np.round(relevance, 9)) == {0.1, 0.0}
    assert "a" in by_person(study)
    assert len(weights_of_people(study)[1]) == 2


@pytest.mark.parametrize(
    ("people", "changes", "code"),
    [
        (("a", "x"), {}, "unknown_person"),
        (("a", "a"), {}, "person_twice"),
        (("d",), {}, "group_silent"),
        ((), {"weights": ()}, "nobody_votes"),
        (("a",), {"stakeholders": (person("a", voting_weight=0), person("b"), person("c"))}, "nobody_votes"),
    ],
)
def test_people_who_cannot_be_asked_are_told(people: tuple[str, ...], changes: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as error:
        people_weights(group(**changes), people)
    assert [issue.code for issue in error.value.issues] == [code]


def test_acceptability_per_person_mixes_to_the_pooled_one() -> None:
    """With everybody's answers complete the pooled shares are the votes' mean of the people's own."""
    study = group(weights=(*group().weights, *points("b", BELOW, 50, 50)))
    matrix = evaluate(study, Scenario()).matrix
    shares = {
        who: rank_acceptability(matrix, METHODS["topsis"], draw, draws=20_000).shares
        for who, draw in by_person(study).items()
    }
    pooled = rank_acceptability(matrix, METHODS["topsis"], people_weights(study), draws=20_000).shares
    assert pooled == pytest.approx(
        sum(v * shares[who] for v, who in zip((0.25, 0.5, 0.25), "abc", strict=True)), abs=0.02
    )
