"""Open ratings against closed forms: PERT and triangular moments, missing, intervals, several raters, overruns."""

import numpy as np
import pytest
from scipy import stats

from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.methods.values import value
from mcda.robustness.rater_spread import rater_spread
from mcda.robustness.stacked import STACKED, stacked_scores
from mcda.robustness.uncertain_ratings import RatingDoubt, pert, triangular, uncertain_values
from mcda.study.model import Rating, Study
from problems import case, decision_matrix
from small import measure, small_study

DRAWS = 40_000
SURE = RatingDoubt(cost_spread=0.0, steps=False)


def drawn(study: Study, doubt: RatingDoubt, count: int = DRAWS, seed: int = 0) -> np.ndarray:
    result = evaluate(study)
    return uncertain_values(study, result.matrix, result.money, doubt)(np.random.default_rng(seed), count)


def test_pert_has_the_moments_of_its_definition() -> None:
    example = case("pert_moments")
    low, mode, high = (np.array([example["inputs"][key]]) for key in ("a", "mode", "c"))
    found = pert(np.random.default_rng(1), low, mode, high, 400_000)[:, 0]
    mean, variance = example["expected"]["mean"], example["expected"]["var"]
    assert found.mean() == pytest.approx(mean, abs=5 * np.sqrt(variance / 400_000))
    assert found.var() == pytest.approx(variance, rel=0.01)
    oracle = stats.beta(1 + 4 * (3 - 2) / 5, 1 + 4 * (7 - 3) / 5, loc=2, scale=5)
    assert (oracle.mean(), oracle.var()) == pytest.approx((mean, variance), abs=example["tolerance"])
    assert stats.kstest(found[:20_000], oracle.cdf).pvalue > 0.001


def test_triangular_follows_scipys() -> None:
    found = triangular(np.random.default_rng(2), np.array([1.0]), np.array([4.0]), np.array([5.0]), 20_000)[:, 0]
    assert stats.kstest(found, stats.triang(0.75, loc=1, scale=4).cdf).pvalue > 0.001


def test_an_interval_without_width_is_its_value() -> None:
    three = (np.array([3.0]),) * 3
    for shape in (pert, triangular):
        assert shape(np.random.default_rng(0), *three, 5).tolist() == [[3.0]] * 5


def test_nothing_in_doubt_gives_the_matrix() -> None:
    study = small_study()
    found = drawn(study, SURE, 3)
    assert found == pytest.approx(np.tile(evaluate(study).matrix.values, (3, 1, 1)), abs=1e-12)


def test_a_rating_is_open_by_half_a_step_and_clipped_at_the_ends_of_the_scale() -> None:
    found = drawn(small_study(), RatingDoubt(cost_spread=0.0))
    place = {leaf: j for j, leaf in enumerate(small_study().leaves)}
    best, four = found[:, 0, place["goals"]], found[:, 0, place["urgency"]]
    assert (four.min(), four.max()) == pytest.approx((0.625, 0.875), abs=0.001)
    assert four.std() == pytest.approx(0.25 / np.sqrt(12), rel=0.02)
    assert best.max() == 1.0
    assert (best == 1.0).mean() == pytest.approx(0.5, abs=0.02)


def test_a_missing_rating_can_be_anything() -> None:
    study = small_study()
    kept = tuple(r for r in study.ratings if (r.measure, r.criterion) != ("M2", "feasibility"))
    found = drawn(study.model_copy(update={"ratings": kept}), SURE)[:, 1, study.leaves.index("feasibility")]
    assert stats.kstest(found[:5_000], "uniform").pvalue > 0.001


@pytest.mark.parametrize(("shape", "mean"), [("uniform", 3.0), ("triangular", 10 / 3), ("pert", 22 / 6)])
def test_a_stated_interval_is_drawn_in_the_shape_asked_for(shape: str, mean: float) -> None:
    study = small_study()
    stated = Rating(measure="M1", criterion="goals", value=4, low=1, high=5)
    kept = tuple(r for r in study.ratings if (r.measure, r.criterion) != ("M1", "goals"))
    doubt = RatingDoubt(shape=shape, cost_spread=0.0)  # type: ignore[arg-type]
    found = drawn(study.model_copy(update={"ratings": (*kept, stated)}), doubt)[:, 0, study.leaves.index("goals")]
    assert 1 + 4 * found.mean() == pytest.approx(mean, abs=0.02)
    assert 0 <= found.min() < found.max() <= 1


def test_costs_run_over_together_as_far_as_they_share_a_cause() -> None:
    study = small_study()
    column, leaf = study.leaves.index("cost"), study.criterion_by_id["cost"]
    for common in (0.0, 0.5, 1.0):
        found = drawn(study, RatingDoubt(cost_spread=0.3, common_cost=common), 20_000)[:, [0, 1], column]
        assert np.corrcoef(found.T)[0, 1] == pytest.approx(common, abs=0.03)
    at = value(np.array([60_000 * np.exp(np.sqrt(np.log1p(0.09)))]), leaf)[0]
    present = value(np.array([60_000.0]), leaf)[0]
    assert found[:, 0].std() == pytest.approx(float(present[0] - at[0]), rel=0.05)


def test_an_overrun_finds_no_grant() -> None:
    """A grant stays what it is, so its share of the cost falls; the own contribution bears the whole overrun."""
    study = small_study()
    money = dict(evaluate(study).money)
    found = drawn(study, RatingDoubt(cost_spread=0.5))[:, :, study.leaves.index("funding")]
    assert float(money["M1"].grant) == 0
    assert not found.any()


def several(marks: dict[str, dict[str, float]]) -> list[list[Rating]]:
    return [
        [Rating(measure=m, criterion="goals", rater=r, value=v) for r, v in row.items()] for m, row in marks.items()
    ]


def test_a_strict_rater_is_no_doubt_about_single_measures() -> None:
    """Rater B is always one point lower: all of the spread is strictness, nothing is left."""
    found = rater_spread(several({f"M{i}": {"A": i, "B": i - 1.0} for i in range(2, 6)}))
    assert found is not None
    assert found.rest_sd == pytest.approx(0, abs=1e-9)
    assert found.rater_sd == pytest.approx(np.sqrt(0.5))
    deviations = found.draw(np.random.default_rng(0), 1000)
    assert np.ptp(deviations, axis=1).max() < 1e-9


def test_rater_spread_finds_the_parts_a_table_was_made_of() -> None:
    generator = np.random.default_rng(5)
    strict = generator.normal(0, 0.8, 60)
    marks = 3 + generator.normal(0, 1, (300, 1)) + strict + generator.normal(0, 0.5, (300, 60))
    table = {f"M{i}": {f"R{j:02}": row[j] for j in range(60) if (i + j) % 3} for i, row in enumerate(marks)}
    found = rater_spread(several(table))
    assert found is not None
    assert found.rest_sd == pytest.approx(0.5, rel=0.03)
    assert found.rater_sd == pytest.approx(float(strict.std(ddof=1)), rel=0.03)
    spread = found.draw(np.random.default_rng(1), 20_000)[:, 0].std()
    assert spread == pytest.approx(np.sqrt((0.64 * strict.var() / 0.64 + 0.25) / 40), rel=0.1)


def test_one_rater_has_no_spread() -> None:
    assert rater_spread(several({"M1": {"A": 3}, "M2": {"A": 4}})) is None
    assert rater_spread([]) is None


def test_the_step_is_the_floor_of_the_raters_spread() -> None:
    """Two raters who agree everywhere are no surer than their scale."""
    study = small_study(
        ratings=tuple(
            Rating(measure=m, criterion=c, rater=who, value=3)
            for m in ("M1", "M2", "M3", "M4")
            for c in ("goals", "urgency", "feasibility")
            for who in ("ISM", "GAR")
        )
    )
    found = drawn(study, RatingDoubt(cost_spread=0.0))[:, 0, 0]
    assert found.std() == pytest.approx(0.25 / np.sqrt(12), rel=0.03)


def test_unknown_cost_is_drawn_over_the_whole_scale() -> None:
    study = small_study()
    measures = (*study.measures[:3], measure("M4", 1).model_copy(update={"capex_eur": None, "opex_eur_per_year": None}))
    found = drawn(study.model_copy(update={"measures": measures}), SURE)
    for leaf in ("cost", "funding"):
        assert stats.kstest(found[:4_000, 3, study.leaves.index(leaf)], "uniform").pvalue > 0.001


@pytest.mark.parametrize("name", STACKED)
def test_stacked_scores_are_the_methods_own(name: str) -> None:
    generator = np.random.default_rng(3)
    values = generator.integers(0, 4, (30, 6, 4)) / 3
    weights = generator.dirichlet(np.ones(4), 30)
    weights[0] = 0
    weights[1, :2] = 0
    found = stacked_scores(name, values, weights)
    for at in range(30):
        alone = METHODS[name].score(decision_matrix(values[at]), weights[[at]])[0]
        assert found[at] == pytest.approx(alone, abs=1e-12)


def test_doubts_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValueError, match="cost_spread"):
        RatingDoubt(cost_spread=-0.1)
    with pytest.raises(ValueError, match="common_cost"):
        RatingDoubt(common_cost=1.5)
