"""Weights of the whole tree: the study's, a stakeholder's, a scenario's, and published AHP hierarchies."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from mcda.errors import InputError
from mcda.scenario import Scenario
from mcda.study.model import Criterion, DirectWeight, Judgement, Stakeholder, Study
from mcda.weights.tree import combine, points_of, tree_weights
from problems import case
from small import small_study

MAYORS = Stakeholder(id="mayors", label_de="Bürgermeister")
TREASURY = Stakeholder(id="treasury", label_de="Kämmerei")
SILENT = Stakeholder(id="silent", label_de="Ohne Angaben")


def answers(who: str, parent: str, ratios: dict[tuple[str, str], float]) -> list[Judgement]:
    return [Judgement(stakeholder=who, parent=parent, a=a, b=b, value=ratio) for (a, b), ratio in ratios.items()]


def study_with_people() -> Study:
    """Mayors compare at the top (consistently 8:4:2:1), the treasury gives direct points."""
    worth = {"relevance": 8.0, "feasibility": 4.0, "cost": 2.0, "funding": 1.0}
    return small_study(
        stakeholders=(MAYORS, TREASURY, SILENT),
        judgements=tuple(answers("mayors", "", {(a, b): worth[a] / worth[b] for a, b in combinations(worth, 2)})),
        weights=(
            DirectWeight(stakeholder="treasury", criterion="cost", points=60),
            DirectWeight(stakeholder="treasury", criterion="funding", points=20),
            DirectWeight(stakeholder="treasury", criterion="goals", points=1),
            DirectWeight(stakeholder="treasury", criterion="urgency", points=3),
        ),
    )


def codes(study: Study, scenario: Scenario) -> list[str]:
    with pytest.raises(InputError) as error:
        tree_weights(study, scenario)
    assert all(issue.sentence(language) for issue in error.value.issues for language in ("de", "en"))
    return [issue.code for issue in error.value.issues]


def test_without_a_scenario_the_study_s_points_hold() -> None:
    study = small_study()
    found = tree_weights(study, Scenario())
    assert found.local == pytest.approx(
        {"relevance": 0.35, "goals": 0.6, "urgency": 0.4, "feasibility": 0.25, "cost": 0.2, "funding": 0.2}
    )
    assert found.overall["goals"] == pytest.approx(0.21)
    assert found.leaf == pytest.approx([0.21, 0.14, 0.25, 0.2, 0.2])
    assert tuple(study.leaves) == ("goals", "urgency", "feasibility", "cost", "funding")
    assert list(found.local) == list(found.overall) == [c.id for c in study.criteria]


def test_leaves_sum_to_1_and_the_vector_is_read_only() -> None:
    leaf = tree_weights(small_study(), Scenario(weights={"relevance": 7, "urgency": 1000})).leaf
    assert leaf.sum() == pytest.approx(1, abs=1e-15)
    with pytest.raises(ValueError):
        leaf[0] = 1


def test_unnamed_siblings_keep_the_study_s_points_then_all_are_normalised() -> None:
    found = tree_weights(small_study(), Scenario(weights={"relevance": 40, "cost": 20}))
    total = 40 + 25 + 20 + 20
    assert found.local["relevance"] == pytest.approx(40 / total)
    assert found.local["feasibility"] == pytest.approx(25 / total)
    assert found.local["goals"] == pytest.approx(0.6)


def test_points_show_local_weights_summing_to_100() -> None:
    study = small_study()
    points = points_of(study, tree_weights(study, Scenario(weights={"goals": 90})))
    assert points["goals"] + points["urgency"] == pytest.approx(100)
    assert list(points) == [c.id for c in study.criteria]


def test_a_weight_of_zero_takes_the_whole_branch_out() -> None:
    found = tree_weights(small_study(), Scenario(weights={"relevance": 0}))
    assert found.leaf[:2].tolist() == [0, 0]
    assert found.leaf.sum() == pytest.approx(1)


def test_a_profile_s_judgements_replace_the_points_of_the_groups_it_compared() -> None:
    found = tree_weights(study_with_people(), Scenario(profile="mayors"))
    assert [found.local[c] for c in ("relevance", "feasibility", "cost", "funding")] == pytest.approx(
        [8 / 15, 4 / 15, 2 / 15, 1 / 15]
    )
    assert found.local["goals"] == pytest.approx(0.6)
    assert [c.parent for c in found.consistency] == [""]
    assert found.consistency[0].ratio == pytest.approx(0, abs=1e-9)


def test_a_profile_s_direct_weights_count_where_it_compared_nothing() -> None:
    found = tree_weights(study_with_people(), Scenario(profile="treasury"))
    assert found.local["goals"] == pytest.approx(0.25)
    assert found.local["cost"] == pytest.approx(60 / (35 + 25 + 60 + 20))
    assert found.consistency == ()


def test_on_top_of_a_profile_unnamed_siblings_keep_its_local_weights_in_points() -> None:
    found = tree_weights(study_with_people(), Scenario(profile="mayors", weights={"cost": 50}))
    rest = [800 / 15, 400 / 15, 50, 100 / 15]
    assert [found.local[c] for c in ("relevance", "feasibility", "cost", "funding")] == pytest.approx(
        [part / sum(rest) for part in rest]
    )


def test_eigenvector_priorities_are_a_setting_of_the_scenario() -> None:
    tops = ("relevance", "feasibility", "cost", "funding")
    ratios = dict(zip(combinations(tops, 2), (3.0, 5.0, 1.0, 1.0, 4.0, 0.2), strict=True))
    study = small_study(stakeholders=(MAYORS,), judgements=tuple(answers("mayors", "", ratios)))
    rows = tree_weights(study, Scenario(profile="mayors"))
    vector = tree_weights(study, Scenario(profile="mayors", ahp_priorities="eigenvector"))
    assert np.abs(rows.leaf - vector.leaf).max() > 1e-3
    assert rows.consistency[0].ratio == vector.consistency[0].ratio > rows.consistency[0].limit


def test_every_fault_of_the_scenario_is_listed_at_once() -> None:
    weights = {"relevanc": 5, "cost": 1e12, "goals": 0, "urgency": 0}
    study = study_with_people()
    assert codes(study, Scenario(profile="mayor", weights=weights)) == [
        "unknown_criterion",
        "unknown_profile",
        "out_of_range",
        "weights_all_zero",
    ]


def test_points_a_scenario_got_past_its_own_limits_are_refused_all_the_same() -> None:
    wrong = Scenario().model_copy(update={"weights": {"cost": -1, "funding": float("nan"), "relevance": float("inf")}})
    assert codes(small_study(), wrong) == ["not_a_number", "weight_negative", "not_a_number"]


def test_the_nearest_valid_choice_is_offered() -> None:
    with pytest.raises(InputError) as error:
        tree_weights(study_with_people(), Scenario(profile="mayor", weights={"relevanc": 5}))
    assert [issue.params["nearest"] for issue in error.value.issues] == ["relevance", "mayors"]


def test_a_profile_nobody_filled_in_is_not_passed_off_as_the_study_s() -> None:
    assert codes(study_with_people(), Scenario(profile="silent")) == ["profile_without_weights"]


def test_points_no_sum_can_hold_are_refused() -> None:
    assert codes(small_study(), Scenario(weights={"cost": 1e308, "relevance": 1e9})) == ["out_of_range"]


def test_criteria_that_no_judgement_connects_are_named() -> None:
    study = small_study(stakeholders=(MAYORS,), judgements=tuple(answers("mayors", "", {("cost", "funding"): 2})))
    assert codes(study, Scenario(profile="mayors")) == ["judgements_disconnected"]


def test_open_pairs_of_the_profile_are_no_fault_while_the_answers_connect_all() -> None:
    ratios = {("relevance", "feasibility"): 2.0, ("feasibility", "cost"): 2.0, ("cost", "funding"): 2.0}
    study = small_study(stakeholders=(MAYORS,), judgements=tuple(answers("mayors", "", ratios)))
    found = tree_weights(study, Scenario(profile="mayors"))
    assert [found.local[c] for c in ("relevance", "feasibility", "cost", "funding")] == pytest.approx(
        [8 / 15, 4 / 15, 2 / 15, 1 / 15]
    )
    assert [f.code for f in found.findings] == ["judgements_open"]


def test_each_sibling_group_says_where_its_weights_come_from() -> None:
    found = tree_weights(study_with_people(), Scenario(profile="mayors", weights={"goals": 3}))
    assert [(s.parent, s.elicitation, s.people) for s in found.sources] == [
        ("", "ahp", ("mayors",)),
        ("relevance", "scenario", ()),
    ]
    own = tree_weights(study_with_people(), Scenario())
    assert {s.elicitation for s in own.sources} == {"study"}


def test_judgements_below_a_criterion_without_children_do_not_go_unheard() -> None:
    study = small_study(stakeholders=(MAYORS,), judgements=tuple(answers("mayors", "cost", {("goals", "urgency"): 2})))
    assert codes(study, Scenario(profile="mayors")) == ["judgement_unknown_group"]


def test_direct_weights_of_zero_throughout_a_group_are_told_once() -> None:
    nothing = tuple(DirectWeight(stakeholder="mayors", criterion=c, points=0) for c in ("goals", "urgency"))
    study = small_study(stakeholders=(MAYORS,), weights=nothing)
    assert codes(study, Scenario(profile="mayors")) == ["weights_all_zero"]


def hierarchy(criteria: list[str], options: list[str], top: Any, below: list[Any]) -> Study:
    """A published hierarchy as a criteria tree: every option is a leaf below every criterion."""
    judgements = _compared("", criteria, np.array(top))
    nodes = [Criterion(id=c, label_de=c) for c in criteria]
    for criterion, matrix in zip(criteria, below, strict=True):
        leaves = [f"{criterion}_{option}" for option in options]
        nodes += [Criterion(id=leaf, parent=criterion, label_de=leaf, best=1, worst=0) for leaf in leaves]
        judgements += _compared(criterion, leaves, np.array(matrix))
    return small_study(criteria=tuple(nodes), stakeholders=(MAYORS,), judgements=tuple(judgements), ratings=())


def _compared(parent: str, items: list[str], matrix: Any) -> list[Judgement]:
    pairs = {(items[i], items[j]): float(matrix[i, j]) for i, j in combinations(range(len(items)), 2)}
    return answers("mayors", parent, pairs)


def upper(entries: list[float], size: int) -> Any:
    matrix = np.eye(size)
    for (i, j), ratio in zip(combinations(range(size), 2), entries, strict=True):
        matrix[i, j], matrix[j, i] = ratio, 1 / ratio
    return matrix


def totals(study: Study, options: int) -> Any:
    found = tree_weights(study, Scenario(profile="mayors", ahp_priorities="eigenvector"))
    return found.leaf.reshape(-1, options).sum(axis=0)


def test_the_leader_example_goes_down_the_tree_without_rounding() -> None:
    example = case("ahp_hierarchy_leader")
    given, expected, tolerance = example["inputs"], example["expected"], example["tolerance"]
    below = [upper(entries, 3) for entries in given["alternatives_upper"]]
    study = hierarchy(given["criteria"], given["alternatives"], upper(given["criteria_upper"], 4), below)
    found = tree_weights(study, Scenario(profile="mayors", ahp_priorities="eigenvector"))
    assert [found.local[c] for c in given["criteria"]] == pytest.approx(expected["weights"], abs=tolerance["weights"])
    assert totals(study, 3) == pytest.approx(expected["overall"], abs=tolerance["overall"])
    at_top = found.consistency[0]
    assert (at_top.lambda_max - 4) / 3 / 0.89 == pytest.approx(expected["cr"], abs=tolerance["cr"])
    assert len(found.consistency) == 5


def test_saaty_s_cities_go_down_the_tree() -> None:
    example = case("ahp_hierarchy_cities")
    given = example["inputs"]
    options = [name.replace(" ", "") for name in given["alternatives"]]
    study = hierarchy(given["criteria"], options, given["criteria_matrix"], given["alternative_matrices"])
    assert totals(study, 4) == pytest.approx(example["expected"]["overall"], abs=example["tolerance"])


def test_jmcdm_s_hierarchy_of_column_means_combines_to_its_scores() -> None:
    """Its priorities are column means, which the product does not offer; the arithmetic down the tree is the same."""
    example = case("ahp-jmcdm-8x4-columnmean")
    given = example["inputs"]

    def means(matrix: Any) -> Any:
        return (np.array(matrix) / np.sum(matrix, axis=0)).mean(axis=1)

    criteria, options = [f"k{i}" for i in range(8)], [f"o{i}" for i in range(4)]
    below = given["alternative_matrices"]
    study = hierarchy(criteria, options, given["criteria_matrix"], below)
    local = dict(zip(criteria, means(given["criteria_matrix"]), strict=True))
    for criterion, matrix in zip(criteria, below, strict=True):
        local |= {f"{criterion}_{option}": share for option, share in zip(options, means(matrix), strict=True)}
    overall = combine(study, local)
    scores = np.array([overall[leaf] for leaf in study.leaves]).reshape(8, 4).sum(axis=0)
    assert scores == pytest.approx(example["expected"]["scores"], abs=example["tolerance"])
