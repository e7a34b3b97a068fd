"""Sobol indices against the Ishigami function's closed form, and what moves the lead of the example."""

import numpy as np
import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.robustness.global_sensitivity import sobol_indices, what_moves_the_lead
from mcda.robustness.uncertain_ratings import RatingDoubt
from problems import case
from small import small_study


def test_ishigami() -> None:
    example = case("sobol_ishigami")
    a, b = example["inputs"]["a"], example["inputs"]["b"]

    def ishigami(points: np.ndarray) -> np.ndarray:
        x = 2 * np.pi * points - np.pi
        return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])

    found = sobol_indices(ishigami, ("x1", "x2", "x3"), base=example["inputs"]["N"])
    assert found.first == pytest.approx(np.array(example["expected"]["S1"]), abs=example["tolerance"])
    assert found.total == pytest.approx(np.array(example["expected"]["ST"]), abs=example["tolerance"])
    assert found.variance == pytest.approx(a**2 / 8 + b * np.pi**4 / 5 + b**2 * np.pi**8 / 18 + 0.5, rel=0.01)
    assert found.runs == 8192 * 5


def test_a_sum_of_independent_parts_has_first_equal_to_total() -> None:
    found = sobol_indices(lambda p: p[:, 0] + 2 * p[:, 1], ("a", "b", "c"), base=4096)
    assert found.first == pytest.approx([0.2, 0.8, 0], abs=0.01)
    assert found.total == pytest.approx([0.2, 0.8, 0], abs=0.01)


def test_nothing_moves_a_constant_and_a_base_is_a_power_of_two() -> None:
    found = sobol_indices(lambda p: np.zeros(len(p)), ("a",), base=4)
    assert (found.first.tolist(), found.total.tolist(), found.variance) == ([0.0], [0.0], 0.0)
    with pytest.raises(ValueError, match="power of 2"):
        sobol_indices(lambda p: p[:, 0], ("a",), base=100)


def test_what_moves_the_lead_of_the_example() -> None:
    result = ranked_example()
    found = what_moves_the_lead(result, base=512)
    assert found.factors == (*result.study.children[""], "ratings", "method")
    assert found.variance > 0
    assert found.total.min() > -0.05
    assert found.total.sum() > 0.9
    firm = what_moves_the_lead(result, base=512, doubt=RatingDoubt(steps=False, raters=False, cost_spread=0))
    assert firm.total[-2] < found.total[-2]
    assert what_moves_the_lead(result, base=64).total.tobytes() == what_moves_the_lead(result, base=64).total.tobytes()


def test_one_measure_leads_nobody() -> None:
    study = small_study()
    alone = study.model_copy(
        update={"measures": study.measures[:1], "ratings": tuple(r for r in study.ratings if r.measure == "M1")}
    )
    assert not what_moves_the_lead(evaluate(alone), base=8).total.any()
    with pytest.raises(ValueError, match="spread"):
        what_moves_the_lead(evaluate(study), spread=0)
