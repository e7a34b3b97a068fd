"""Corners a fresh pair of eyes found: exact ties that are no twins, a group's own people, savings, unknown costs."""

from typing import Any

import numpy as np
import pytest

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.robustness.consensus_order import copeland, kemeny
from mcda.robustness.considered import Considered, sampled
from mcda.robustness.labels import LabelSettings, robustness_labels, voters
from mcda.robustness.smaa import confidence_factors, rank_acceptability
from mcda.robustness.uncertain_ratings import RatingDoubt, uncertain_values
from mcda.robustness.value_choices import value_choices
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Stakeholder
from problems import decision_matrix
from small import measure, small_study

SUM = METHODS["weighted_sum"]


def people(**relevance: float) -> dict[str, Any]:
    """Stakeholders with so many points for relevance, the rest for cost."""
    return {
        "stakeholders": tuple(Stakeholder(id=who, label_de=who) for who in relevance),
        "weights": tuple(
            DirectWeight(stakeholder=who, criterion=criterion, points=points)
            for who, most in relevance.items()
            for criterion, points in (("relevance", most), ("feasibility", 0), ("cost", 100 - most), ("funding", 0))
        ),
    }


def test_ties_under_some_weights_only_share_the_better_rank() -> None:
    """Half of the draws weigh the first criterion alone, on which A0 and A1 are level."""
    matrix = decision_matrix([[0.5, 0.2], [0.5, 0.9], [0.1, 0.1]])

    def two_minds(generator: np.random.Generator, count: int) -> np.ndarray:
        return np.where(generator.random((count, 1)) < 0.5, [[1.0, 0.0]], [[0.5, 0.5]])

    found = rank_acceptability(matrix, SUM, two_minds, draws=4_000)
    assert found.shares[:, 0] == pytest.approx([0.5, 1, 0], abs=0.03)


def test_measures_level_under_fixed_weights_are_both_first() -> None:
    matrix = decision_matrix([[0.25, 0.5], [0.5, 0.25]])
    found = rank_acceptability(matrix, SUM, lambda g, k: np.full((k, 2), 0.5), draws=100)
    assert found.shares[:, 0].tolist() == [1, 1]


def test_only_the_scenarios_own_people_disagree() -> None:
    study = small_study(**people(a=100, b=100, c=0, d=0))
    own = evaluate(study, Scenario(profile=GROUP, people=("a", "b")))
    assert voters(own) == ("a", "b")
    assert voters(evaluate(study)) == ("a", "b", "c", "d")
    found = robustness_labels(own, LabelSettings(first=1)).lines[0]
    assert found.doubts["people"] == 0


def test_ties_at_the_line_are_no_doubt_where_nothing_is_open() -> None:
    """Three measures with the same sum, in single precision apart by rounding only."""
    from mcda.robustness.line import Line

    values = np.array([[0.1, 0.7, 0.3], [0.3, 0.1, 0.7], [0.7, 0.3, 0.1], [0.0, 0.0, 0.0]], dtype=np.float32)
    losses = (1 - values) @ np.full(3, 1 / 3, dtype=np.float32)
    assert Line(1, np.zeros(4)).above(losses[None, :]).tolist() == [[True, True, True, False]]


def test_what_is_saved_lowers_grant_and_own_contribution_alike() -> None:
    """However far costs fall, a grant never exceeds them: its share stays what it is."""
    study = small_study()
    result = evaluate(study)
    money = dict(result.money)
    money["M1"] = replace_money(money["M1"])
    draw = uncertain_values(study, result.matrix, money, RatingDoubt(cost_spread=0.6, common_cost=0.0))
    share = draw(np.random.default_rng(0), 4_000)[:, 0, study.leaves.index("funding")]
    best = study.criterion_by_id["funding"].best or 1.0
    assert share.max() == pytest.approx(0.8 / best)
    assert (share < 0.8 / best - 1e-9).mean() == pytest.approx(0.5, abs=0.05)


def replace_money(one: Any) -> Any:
    from dataclasses import replace

    grant = one.life_cycle_gross * 8 / 10
    return replace(one, grant_low=grant, grant_high=grant, grant=grant)


def test_an_unknown_cost_is_a_doubt_of_the_data_where_a_budget_decides() -> None:
    study = small_study()
    measures = (measure("M1", 1).model_copy(update={"capex_eur": None, "opex_eur_per_year": None}), *study.measures[1:])
    result = evaluate(study.model_copy(update={"measures": measures}))
    found = robustness_labels(result, LabelSettings(budget_eur=10.0)).by_measure()["M1"]
    assert found.label == "contested"
    assert "data" in found.reasons


@pytest.mark.parametrize("scale", [1e-10, 1e-8, 1.0, 1e8])
def test_counts_of_ballots_have_no_unit(scale: float) -> None:
    ballots = [[1, 2, 3, 4], [2, 1, 4, 3], [4, 3, 1, 2], [3, 4, 2, 1], [1, 3, 2, 4]]
    counts = np.array([3.0, 2, 2, 5, 1])
    assert kemeny(ballots, counts * scale).ranks.tolist() == kemeny(ballots, counts).ranks.tolist()
    assert copeland(ballots, counts * scale).tolist() == copeland(ballots, counts).tolist()
    with pytest.raises(ValueError, match="finite"):
        kemeny([[1, 2], [2, 1]], [np.inf, 1])


def test_settings_that_cannot_be_meant() -> None:
    with pytest.raises(ValueError, match="weightings"):
        Considered("nonsense")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="draws"):
        Considered(draws=0)
    with pytest.raises(ValueError, match="shape"):
        RatingDoubt(shape="flat")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="methods"):
        LabelSettings(methods=("pymcdm:VIKOR",))
    with pytest.raises(ValueError, match="shift"):
        value_choices(evaluate(small_study()), shift=float("nan"))
    matrix = decision_matrix([[0.9, 0.1], [0.1, 0.9]])

    def flat(generator: np.random.Generator, count: int) -> np.ndarray:
        return generator.dirichlet(np.ones(2), count)

    with pytest.raises(ValueError, match="draws"):
        confidence_factors(
            matrix,
            SUM,
            rank_acceptability(matrix, SUM, flat, draws=5),
            lambda g, k: np.tile(matrix.values, (k, 1, 1)),
            draws=0,
        )


def test_statements_said_again_count_once_and_a_flood_is_refused() -> None:
    result = evaluate(small_study())
    once, often = (
        sampled(result, Considered("statements", statements=("cost >= 20 %",) * n, draws=50)) for n in (1, 2_000)
    )
    assert once.shares.tobytes() == often.shares.tobytes()
    flood = tuple(f"cost >= {i / 10:g} %" for i in range(101))
    with pytest.raises(InputError) as told:
        sampled(result, Considered("statements", statements=flood))
    assert told.value.issues[0].code == "statements_too_many"
    with pytest.raises(ValueError, match="10000000"):
        Considered(draws=10**14)


def test_the_widest_spread_gives_no_warning_and_no_nonsense() -> None:
    """Weights near 0 or 1 overflow single precision: such a measure is last, nothing more."""
    result = evaluate(small_study())
    found = robustness_labels(result, LabelSettings(spread=43.2, draws=3_000, data_draws=3_000))
    assert all(0 <= one.share_above <= 1 for one in found.lines)


def test_memory_does_not_grow_with_the_draws() -> None:
    """Counts of chunks are added up as they come, not kept."""
    import tracemalloc

    matrix = decision_matrix(np.random.default_rng(0).random((200, 3)))

    def most(draws: int, workers: int) -> int:
        tracemalloc.start()
        rank_acceptability(matrix, SUM, lambda g, k: g.dirichlet(np.ones(3), k), draws=draws, workers=workers)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    for workers in (1, 2):
        assert most(60_000, workers) < 1.5 * most(8_000, workers)
