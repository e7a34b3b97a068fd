"""Leave one out: whose answers move the group's weights, by how much, and who moves nothing."""

import numpy as np
import pytest

from group_people import answered, person, study_of, tops
from mcda.errors import InputError
from mcda.scenario import Scenario
from mcda.weights.influence import influence
from mcda.weights.tree import tree_weights

STUDY = study_of(person("anna", "ISM"), person("bert", "ISM"), person("cleo", "GAR"), person("dora"))
PEOPLE = {
    "anna": answered(STUDY, "anna", tops(25, 25, 25, 25)),
    "bert": answered(STUDY, "bert", tops(25, 25, 25, 25)),
    "cleo": answered(STUDY, "cleo", tops(64, 1, 1, 1)),
}


def test_the_one_who_differs_moves_most() -> None:
    found = influence(STUDY, PEOPLE, "equal")
    assert [one.person for one in found] == ["cleo", "anna", "bert"]
    relevance = 4 / 7
    assert found[0].moved == pytest.approx(relevance - 0.25)
    assert found[0].criterion == "goals"
    assert found[0].change == pytest.approx(0.6 * (0.25 - relevance))
    assert found[0].share == pytest.approx(1 / 3)
    assert found[1].moved == pytest.approx(8 / 11 - relevance)


def test_a_colleague_keeps_the_municipality_s_vote() -> None:
    moved = {one.person: one.moved for one in influence(STUDY, PEOPLE, "municipality")}
    assert moved["anna"] == pytest.approx(0, abs=1e-15)
    assert moved["cleo"] > 0.1


def test_people_without_a_vote_move_nothing() -> None:
    people = PEOPLE | {"dora": answered(STUDY, "dora", tops(1, 9, 9, 9))}
    last = influence(STUDY, people, "municipality")[-1]
    assert {one.person: (one.share, one.moved) for one in influence(STUDY, people, "municipality")}["dora"] == (0, 0)
    assert last.moved == 0


def test_without_the_only_person_the_study_s_points_hold() -> None:
    (only,) = influence(STUDY, {"cleo": PEOPLE["cleo"]}, "equal")
    points = tree_weights(STUDY, Scenario()).leaf
    assert only.moved == pytest.approx(np.abs(points - PEOPLE["cleo"].leaf).sum() / 2)


def test_nobody_has_no_influence_and_strangers_are_told() -> None:
    assert influence(STUDY, {}, "equal") == ()
    with pytest.raises(InputError, match="anna"):
        influence(STUDY, {"ana": PEOPLE["anna"]}, "equal")
