"""What a rank acceptability considers: each kind of weightings, with and without open ratings, and what is refused."""

import numpy as np
import pytest

from example import ranked_example
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.robustness.considered import Considered, played_method, sampled, sampled_by_person, weights_considered
from mcda.scenario import Scenario
from small import small_study


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


def drawn(result: Result, considered: Considered, count: int = 2_000) -> np.ndarray:
    return weights_considered(result, considered)(np.random.default_rng(0), count)


def tops(result: Result, weights: np.ndarray) -> dict[str, np.ndarray]:
    study = result.study
    return {
        top: weights[:, [study.top_of(leaf) == top for leaf in result.matrix.leaves]].sum(axis=1)
        for top in study.children[""]
    }


@pytest.mark.parametrize("kind", ["all", "around", "order", "people", "statements"])
def test_every_kind_draws_weights_that_sum_to_one(example: Result, kind: str) -> None:
    found = drawn(example, Considered(kind, statements=("cost >= 30 %",)))  # type: ignore[arg-type]
    assert found.shape == (2_000, 9)
    assert found.min() >= 0
    assert found.sum(axis=1) == pytest.approx(np.ones(2_000))


def test_around_stays_near_and_keeps_the_mean(example: Result) -> None:
    near, far = (drawn(example, Considered("around", spread=s), 20_000) for s in (3.0, 10.0))
    assert near.mean(axis=0) == pytest.approx(example.weights.leaf, abs=0.004)
    assert (near.std(axis=0) < far.std(axis=0)).all()
    assert tops(example, near)["feasibility"].std() == pytest.approx(0.03, rel=0.05)


def test_the_order_of_importance_is_kept(example: Result) -> None:
    shares = tops(example, drawn(example, Considered("order")))
    assert (shares["relevance"] >= shares["feasibility"] - 1e-12).all()
    assert (shares["feasibility"] >= shares["cost"] - 1e-12).all()
    assert shares["cost"] == pytest.approx(shares["funding"])


def test_statements_hold(example: Result) -> None:
    shares = tops(example, drawn(example, Considered("statements", statements=("Kosten >= 30 %", "funding <= cost"))))
    assert shares["cost"].min() >= 0.3 - 1e-6
    assert (shares["funding"] <= shares["cost"] + 1e-6).all()


def test_contradicting_statements_are_named(example: Result) -> None:
    wrong = Considered("statements", statements=("cost >= 60 %", "relevance >= cost", "feasibility >= 1 %"))
    with pytest.raises(InputError) as told:
        sampled(example, wrong)
    sentence = told.value.issues[0].sentence("de")
    assert "cost >= 60 %" in sentence
    assert "relevance >= cost" in sentence
    assert "feasibility" not in sentence


def test_people_need_to_be_two() -> None:
    with pytest.raises(InputError) as told:
        sampled(evaluate(small_study()), Considered("people"))
    assert told.value.issues[0].code == "too_few_people"


def test_open_ratings_blur_what_weights_alone_decide(example: Result) -> None:
    firm = sampled(example, Considered("around", spread=1.0, draws=4_000))
    blurred = sampled(example, Considered("around", spread=1.0, ratings=True, draws=4_000))
    assert blurred.choice_entropy() > firm.choice_entropy()


@pytest.mark.parametrize(
    ("method", "ratings", "played"),
    [
        ("weighted_sum", True, "weighted_sum"),
        ("topsis_vector", False, "topsis_vector"),
        ("topsis_vector", True, "topsis"),
        ("pymcdm:VIKOR", False, "topsis"),
    ],
)
def test_the_method_played_through(method: str, ratings: bool, played: str) -> None:
    considered = Considered(ratings=ratings, draws=100)
    assert played_method(method, considered) == played
    assert sampled(evaluate(small_study(), Scenario(method=method)), considered).draws == 100


def test_the_scenarios_seed_is_the_seed_and_workers_change_nothing(example: Result) -> None:
    considered = Considered("people", ratings=True, draws=5_000)
    one, two = sampled(example, considered), sampled(example, considered, workers=2)
    assert one.shares.tobytes() == two.shares.tobytes()
    other = sampled(evaluate(example.study, Scenario(seed=1)), considered)
    assert other.seed == 1
    assert other.shares.tobytes() != one.shares.tobytes()


def test_every_person_alone_beside_the_pool(example: Result) -> None:
    considered = Considered("people", draws=2_000)
    alone = sampled_by_person(example, considered)
    assert set(alone) == {"mayors", "planning", "treasury"}
    firsts = np.array([one.shares[:, 0] for one in alone.values()])
    pooled = sampled(example, considered).shares[:, 0]
    assert pooled == pytest.approx(firsts.mean(axis=0), abs=0.03)
    assert np.abs(firsts - pooled).max() > 0.3
    assert sampled_by_person(evaluate(small_study()), considered) == {}
