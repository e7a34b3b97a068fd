"""Second opinions of pymcdm: published figures through the adapter, one orientation, reasons instead of NaN."""

import inspect
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pymcdm.methods
import pytest
from pymcdm.methods.mcda_method import MCDA_method

from mcda.errors import InputError, MethodError
from mcda.methods import from_pymcdm, method
from mcda.methods.from_pymcdm import MENU, NAMES, NEEDS_COST, ON_BOUNDS, score
from problems import case, decision_matrix, senses

UNIT = np.tile([0.0, 1.0], (4, 1))


def values(rows: int = 9, seed: int = 3) -> Any:
    return np.random.default_rng(seed).uniform(0.05, 0.95, (rows, 4))


WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])
ANSWERING = [name for name in NAMES if name not in NEEDS_COST]


def answer(name: str, v: Any) -> Any:
    """The scores, or the sentence why there are none."""
    try:
        return score(name, v, WEIGHTS, np.ones(4), bounds=UNIT)
    except MethodError as error:
        return error.issue.sentence("de")


def test_every_ranking_method_of_the_package_is_named() -> None:
    there = {name for name, thing in vars(pymcdm.methods).items() if inspect.isclass(thing)}
    assert there == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)
    assert set(MENU) <= set(NAMES)


@pytest.mark.parametrize(
    "name",
    [
        "vikor-opricovic-tzeng-2004-mountain",
        "vikor-opricovic-tzeng-2007-hydro-W1",
        "vikor-opricovic-tzeng-2007-hydro-W4",
        "vikor-papathanasiou-ploskas-2018",
    ],
)
def test_vikor_gives_one_minus_the_published_q(name: str) -> None:
    example = case(name)
    given = example["inputs"]
    found = score("VIKOR", given["matrix"], given["weights"], senses(given["objectives"]), options={"v": given["v"]})
    assert 1 - found[0] == pytest.approx(example["expected"]["Q"], abs=example["tolerance"])
    if "ranking" in example["expected"]:
        assert (-found[0]).argsort().argsort() + 1 == pytest.approx(example["expected"]["ranking"])


def test_promethee_2_papathanasiou_ploskas_2018_linear() -> None:
    example = case("promethee2-papathanasiou-ploskas-2018")
    given = example["inputs"]
    options = {"preference_function": "vshape_2", "q": given["q"], "p": given["p"]}
    found = score("PROMETHEE_II", given["matrix"], given["weights"], senses(given["objectives"]), options=options)
    assert found[0] == pytest.approx(example["expected"]["net_flow"], abs=example["tolerance"])


def test_promethee_2_zhao_2013_usual() -> None:
    example = case("promethee2-zhao-2013-usual")
    given = example["inputs"]
    options = {"preference_function": "usual", "q": None, "p": None}
    found = score("PROMETHEE_II", given["matrix"], given["weights"], senses(given["objectives"]), options=options)
    assert found[0] == pytest.approx(example["expected"]["net_flow"], abs=example["tolerance"])


def test_spotis_gives_one_minus_the_published_distance() -> None:
    example = case("spotis_1")
    given = example["inputs"]
    found = score("SPOTIS", given["X"], given["weights"], given["types"], bounds=given["bounds"])
    assert 1 - found[0] == pytest.approx(example["expected"]["score"], abs=example["tolerance"])


@pytest.mark.parametrize("name", [name for name in ANSWERING if name != "COCOSO"])
def test_a_measure_better_everywhere_ranks_first_and_one_worse_everywhere_last(name: str) -> None:
    v = np.vstack([values(), np.full(4, 0.99), np.full(4, 0.01)])
    found = score(name, v, WEIGHTS, np.ones(4), bounds=UNIT)[0]
    assert found.argmax() == 9
    assert found.argmin() == 10


def test_marcos_takes_its_limit_where_somebody_is_at_0_on_every_criterion() -> None:
    worst = np.vstack([values(), np.zeros(4)])
    nearly = np.vstack([values(), np.full(4, 1e-9)])
    limit, close = (score("MARCOS", v, WEIGHTS, np.ones(4))[0] for v in (worst, nearly))
    assert limit == pytest.approx(close, abs=1e-7)


def test_cocoso_divides_by_its_worst_and_has_no_answer_where_one_measure_is_worst_everywhere() -> None:
    with pytest.raises(MethodError) as error:
        score("COCOSO", np.vstack([values(), np.full(4, 0.01)]), WEIGHTS, np.ones(4))
    assert error.value.issue.code == "method_no_answer"
    found = score("COCOSO", np.vstack([values(), np.full(4, 0.99)]), WEIGHTS, np.ones(4))[0]
    assert found.argmax() == 9


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"COPRAS", "AROMAN"}))
def test_lower_cost_is_better_in_every_method_that_answers_for_costs(name: str) -> None:
    x = np.array([[5.0, 5.0], [5.0, 9.0], [5.5, 7.0], [4.5, 6.0]])
    found = score(name, x, [0.5, 0.5], [1, -1], bounds=[[1, 10], [1, 10]])[0]
    assert found[0] > found[1]


@pytest.mark.parametrize("name", ["COPRAS", "AROMAN"])
def test_two_methods_still_reward_cost_in_the_package_and_are_refused(name: str) -> None:
    """When this fails the package has been mended: take the method out of the refused ones."""
    x = np.array([[5.0, 5.0], [5.0, 9.0], [5.5, 7.0], [4.5, 6.0]])
    raw = getattr(pymcdm.methods, name)()(x, np.array([0.5, 0.5]), np.array([1, -1]), validation=False)
    assert raw[1] > raw[0]
    with pytest.raises(MethodError) as error:
        score(name, x, [0.5, 0.5], [1, -1])
    assert error.value.issue.code == "method_wrong_with_costs"


def test_only_lopm_s_orientation_is_not_what_the_package_declares() -> None:
    lower = {n for n in NAMES if not getattr(pymcdm.methods, n)._reverse_ranking}
    assert lower | {"LoPM"} == from_pymcdm._ONE_MINUS | from_pymcdm._NEGATED
    assert issubclass(pymcdm.methods.LoPM, MCDA_method)


@pytest.mark.parametrize("name", ANSWERING)
def test_a_batch_of_weights_equals_one_at_a_time(name: str) -> None:
    stack = np.random.default_rng(1).dirichlet(np.ones(4), 3)
    batch = score(name, values(), stack, np.ones(4), bounds=UNIT)
    single = [score(name, values(), weights, np.ones(4), bounds=UNIT)[0] for weights in stack]
    assert batch == pytest.approx(np.array(single), abs=0)


@pytest.mark.parametrize("name", ANSWERING)
def test_a_criterion_without_weight_has_no_effect(name: str) -> None:
    narrow = score(name, values()[:, :3], WEIGHTS[:3], np.ones(3), bounds=UNIT[:3])
    assert score(name, values(), [0.4, 0.3, 0.2, 0.0], np.ones(4), bounds=UNIT) == pytest.approx(narrow)


@pytest.mark.parametrize("name", sorted(ON_BOUNDS))
def test_on_declared_bounds_a_newcomer_changes_no_score(name: str) -> None:
    more = np.vstack([values(), np.ones(4)])
    before = score(name, values(), WEIGHTS, np.ones(4), bounds=UNIT)[0]
    assert score(name, more, WEIGHTS, np.ones(4), bounds=UNIT)[0, :-1] == pytest.approx(before)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rows", [1, 3])
def test_identical_measures_get_equal_scores_or_a_reason(name: str, rows: int) -> None:
    found = answer(name, np.full((rows, 4), 0.4))
    assert isinstance(found, str) or found == pytest.approx(np.full((1, rows), found[0, 0]))
    assert len(found)


@pytest.mark.parametrize("name", NAMES)
def test_values_of_0_and_1_give_finite_scores_or_a_reason(name: str) -> None:
    v = np.array([[0.0, 1.0, 0.2, 0.5], [1.0, 0.0, 0.6, 0.5], [0.0, 0.3, 1.0, 0.5]])
    found = answer(name, v)
    assert isinstance(found, str) or np.isfinite(found).all()
    assert len(found)


@pytest.mark.parametrize("name", MENU)
def test_the_menu_copes_with_a_constant_criterion_and_with_zeros(name: str) -> None:
    v = values()
    v[:, 3], v[0, 0], v[1, 0] = 0.5, 0.0, 1.0
    assert np.isfinite(score(name, v, WEIGHTS, np.ones(4), bounds=UNIT)).all()
    v[:, 3] = 0.0
    assert np.isfinite(score(name, v, WEIGHTS, np.ones(4), bounds=UNIT)).all()


@pytest.mark.parametrize(
    ("name", "x", "code"),
    [
        ("WPM", [[0.0, 1.0], [0.5, 0.5]], "method_needs_positive"),
        ("MOORA", [[0.2, 1.0], [0.5, 0.5]], "method_needs_cost"),
        ("SPOTIS", [[0.2, 1.1], [0.5, 0.5]], "method_outside_bounds"),
        ("VIKOR", [[0.2, 1.0], [0.2, 1.0]], "method_no_answer"),
        ("TOPSIS", [[np.nan, 1.0], [0.2, 1.0]], "matrix_not_finite"),
    ],
)
def test_a_method_without_an_answer_says_why(name: str, x: Any, code: str) -> None:
    with pytest.raises(MethodError) as error:
        score(name, x, [0.5, 0.5], [1, 1], bounds=[[0, 1], [0, 1]])
    assert error.value.issue.code == code


def test_weights_of_zero_have_no_answer() -> None:
    with pytest.raises(MethodError):
        score("VIKOR", values(), np.zeros(4), np.ones(4))


def test_comet_refuses_more_criteria_than_it_can_answer_live() -> None:
    with pytest.raises(MethodError) as error:
        score("COMET", np.full((2, 10), 0.5), np.ones(10), np.ones(10), bounds=np.tile([0.0, 1.0], (10, 1)))
    assert error.value.issue.code == "method_too_many_criteria"


def test_no_alternatives_give_no_scores() -> None:
    assert score("VIKOR", np.empty((0, 4)), WEIGHTS, np.ones(4)).shape == (1, 0)


def test_an_unknown_name_is_named_with_the_nearest_one() -> None:
    with pytest.raises(InputError) as error:
        score("Vikor2", values(), WEIGHTS, np.ones(4))
    assert error.value.issues[0].params["nearest"] == "VIKOR"


def test_methods_defined_by_costs_see_the_raw_figures() -> None:
    x = np.array([[5.0, 40.0], [6.0, 90.0], [3.0, 10.0]])
    matrix = decision_matrix([[0.5, 0.6], [0.6, 0.1], [0.3, 0.9]], x, [1, -1])
    expected = pymcdm.methods.MOORA()(x, np.array([0.5, 0.5]), np.array([1, -1]), validation=False)
    assert method("pymcdm:MOORA").score(matrix, np.array([[0.5, 0.5]]))[0] == pytest.approx(expected)


def test_the_package_is_not_imported_before_it_is_asked_for() -> None:
    probe = "import sys, mcda.methods; sys.exit('pymcdm' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], env=os.environ, check=False).returncode == 0
