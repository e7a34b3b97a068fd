"""The group's weights down the tree equal sibling groups joined one by one, for every way of counting."""

import numpy as np
import pytest

from group_people import TOPS, answered, person, study_of, tops
from mcda.errors import InputError
from mcda.scenario import Scenario
from mcda.study.model import Criterion
from mcda.weights.group import join_priorities
from mcda.weights.group_tree import group_leaf_weights, top_down
from mcda.weights.tree import combine, tree_weights

STUDY = study_of(person("anna"), person("bert"), person("cleo"))
PEOPLE = {
    "anna": answered(STUDY, "anna", tops(40, 30, 20, 10)),
    "bert": answered(STUDY, "bert", tops(10, 20, 30, 40) | {"relevance": {"goals": 1, "urgency": 4}}),
    "cleo": answered(STUDY, "cleo", {"relevance": {"goals": 0, "urgency": 1}}),
}


def test_each_way_of_counting_equals_the_groups_joined_one_by_one() -> None:
    votes = np.random.default_rng(3).dirichlet(np.ones(3), 12)
    found = group_leaf_weights(STUDY, PEOPLE, votes)
    for row, leaf in zip(votes, found, strict=True):
        shares = dict(zip(PEOPLE, row.tolist(), strict=True))
        top = {name: PEOPLE[name] for name in ("anna", "bert")}
        below = {name: PEOPLE[name] for name in ("bert", "cleo")}
        local = {
            **join_priorities(top, shares, TOPS).local,
            **join_priorities(below, shares, ("goals", "urgency"), "relevance").local,
        }
        overall = combine(STUDY, local)
        assert leaf == pytest.approx([overall[name] for name in STUDY.leaves], abs=1e-14)


def test_one_person_deciding_alone_has_their_own_weights() -> None:
    assert group_leaf_weights(STUDY, PEOPLE, np.eye(3)) == pytest.approx(
        np.array([found.leaf for found in PEOPLE.values()])
    )


def test_where_nobody_with_a_vote_answered_the_study_s_points_hold() -> None:
    expected = tree_weights(STUDY, Scenario()).leaf
    assert group_leaf_weights(STUDY, PEOPLE, np.zeros((1, 3)))[0] == pytest.approx(expected)
    assert group_leaf_weights(STUDY, {}, np.zeros((2, 0)))[1] == pytest.approx(expected)


def test_a_scenario_s_points_replace_the_group_s_as_they_do_a_profile_s() -> None:
    local = PEOPLE["anna"].local
    points = {"cost": 50.0, "goals": 10.0}
    stated = {key: 100 * local[key] for key in TOPS} | {"goals": 60, "urgency": 40} | points
    expected = tree_weights(STUDY, Scenario(weights=stated)).leaf
    assert group_leaf_weights(STUDY, PEOPLE, np.eye(3)[:1], points)[0] == pytest.approx(expected)


def test_points_that_leave_a_group_without_weight_are_refused() -> None:
    with pytest.raises(InputError) as error:
        group_leaf_weights(STUDY, PEOPLE, np.eye(3), {"goals": 0, "urgency": 0})
    assert [issue.code for issue in error.value.issues] == ["weights_all_zero"]


def test_nodes_come_after_their_parents() -> None:
    deep = Criterion(id="more", parent="goals", label_de="Mehr", best=1, worst=0)
    study = study_of(criteria=(deep, *STUDY.criteria))
    assert top_down(study) == ("", "relevance", "goals")
