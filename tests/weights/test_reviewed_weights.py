"""Corners of weights and groups: the silent, the voteless, partial answers, replaced weights, extremes, places."""

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.report.exports.weights_file import weights_json
from mcda.robustness.voting_keys import voting_keys
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Judgement, Stakeholder, Study
from mcda.study.read import read_study
from mcda.study.rules import check_study
from mcda.study.write import write_study
from mcda.weights.comparable import comparable
from mcda.weights.comparisons import read_comparisons
from mcda.weights.consensus import consensus
from mcda.weights.influence import influence
from mcda.weights.tree import tree_weights
from small import small_study

TOP = ("relevance", "feasibility", "cost", "funding")
SUB = ("goals", "urgency")


def person(name: str, municipality: str = "", votes: float = 1.0) -> Stakeholder:
    return Stakeholder(id=name, label_de=name, municipality=municipality, voting_weight=votes)


def swing(who: str, items: tuple[str, ...], *points: float) -> list[DirectWeight]:
    rows = zip(items, points, strict=True)
    return [DirectWeight(stakeholder=who, criterion=c, points=p, elicitation="swing") for c, p in rows]


def pairs(who: str, *values: float) -> list[Judgement]:
    rows = zip(combinations(TOP, 2), values, strict=True)
    return [Judgement(stakeholder=who, a=a, b=b, value=v) for (a, b), v in rows]


def alone(study: Study) -> dict[str, Any]:
    answered = {w.stakeholder for w in study.weights} | {j.stakeholder for j in study.judgements}
    people = [p.id for p in study.stakeholders if p.id in answered]
    return {who: tree_weights(study, Scenario(profile=who)) for who in people}


def test_who_said_nothing_about_the_main_criteria_agrees_with_nobody() -> None:
    rows = swing("p0", TOP, 70, 10, 10, 10) + swing("p1", TOP, 10, 10, 10, 70)
    others = [f"q{n}" for n in range(10)]
    rows += [row for who in others for row in swing(who, SUB, 100, 50)]
    study = small_study(stakeholders=tuple(person(n) for n in ("p0", "p1", *others)), weights=tuple(rows))
    found = comparable(study, alone(study))
    assert (found.people, found.items, found.left_out) == (("p0", "p1"), TOP, tuple(others))
    assert found.stack == pytest.approx(np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.7]]))
    assert consensus(found.stack).indicator < 0.5


def test_where_all_answered_everything_the_leaves_are_compared() -> None:
    rows = [r for n, who in enumerate("abc") for r in swing(who, TOP, 100, 50 + n, 20, 10) + swing(who, SUB, 100, 40)]
    study = small_study(stakeholders=tuple(map(person, "abc")), weights=tuple(rows))
    found = comparable(study, alone(study))
    assert (found.people, found.items, found.left_out) == (("a", "b", "c"), study.leaves, ())


def test_nobody_comparable_gives_no_rows() -> None:
    study = small_study(stakeholders=(person("a"),))
    assert comparable(study, {}).stack.shape == (0, len(study.leaves))


def silent_colleague() -> Study:
    rows = swing("i1", TOP, 40, 30, 20, 10) + swing("i2", TOP, 40, 30, 20, 10) + swing("g1", TOP, 40, 30, 20, 10)
    rows += swing("i1", SUB, 100, 10) + swing("g1", SUB, 10, 100)
    return small_study(
        stakeholders=(person("i1", "ISM"), person("i2", "ISM"), person("g1", "GAR")), weights=tuple(rows)
    )


def test_a_municipality_s_vote_goes_to_those_of_its_people_who_answered() -> None:
    study = silent_colleague()
    scenario = Scenario(profile=GROUP, voting_key="municipality")
    assert tree_weights(study, scenario).local["goals"] == pytest.approx(0.5)
    check = voting_keys(study, scenario, alone(study), draws=10)
    assert check.named["municipality"].first == tuple(
        line.measure for line in evaluate(study, scenario).ranking if line.rank == 1
    )
    moved = {one.person: one.moved for one in influence(study, alone(study), "municipality")}
    assert moved["i2"] == pytest.approx(0, abs=1e-12)
    assert moved["i1"] > 0


def test_who_answered_nothing_does_not_count_in_any_output() -> None:
    rows = swing("i1", TOP, 10, 20, 30, 40) + swing("g1", TOP, 40, 30, 20, 10)
    study = small_study(
        stakeholders=(person("i1", "ISM"), person("i2", "ISM"), person("g1", "GAR")), weights=tuple(rows)
    )
    named = Scenario(profile=GROUP, voting_key="municipality", people=("i1", "i2", "g1"))
    found = tree_weights(study, named)
    plain = tree_weights(study, named.model_copy(update={"people": ("i1", "g1")}))
    assert found.leaf == pytest.approx(plain.leaf, abs=1e-15)
    assert [f.params["people"] for f in found.findings if f.code == "group_member_silent"] == [("i2",)]
    import json

    content = json.loads(weights_json(evaluate(study, named)))
    assert content["group"]["weights"] == pytest.approx(dict(found.overall))


def test_a_group_of_which_nobody_answered_is_refused() -> None:
    study = small_study(stakeholders=(person("a"), person("b")), weights=tuple(swing("a", TOP, 4, 3, 2, 1)))
    with pytest.raises(InputError) as error:
        tree_weights(study, Scenario(profile=GROUP, people=("b",)))
    assert [(i.code, i.params["value"]) for i in error.value.issues] == [("group_silent", ("b",))]
    assert error.value.issues[0].sentence("de")


def test_a_person_without_a_vote_changes_nothing() -> None:
    judgements = (*pairs("x", 3, 2, 5, 1 / 2, 2, 4), *pairs("y", 1, 4, 2, 3, 1 / 3, 1))
    study = small_study(stakeholders=(person("x"), person("y")), judgements=judgements)
    other = study.model_copy(
        update={
            "stakeholders": (*study.stakeholders, person("z", votes=0)),
            "weights": tuple(swing("z", TOP, 100, 50, 50, 0)),
        }
    )
    scenario = Scenario(profile=GROUP, group_method="aij", ahp_priorities="eigenvector")
    one, two = tree_weights(study, scenario), tree_weights(other, scenario)
    assert two.leaf == pytest.approx(one.leaf, abs=1e-15)
    assert two.sources[0].elicitation == one.sources[0].elicitation == "aij"
    assert two.consistency == one.consistency


def test_points_for_some_siblings_only_are_told() -> None:
    rows = (
        DirectWeight(stakeholder="a", criterion="relevance", points=8),
        DirectWeight(stakeholder="a", criterion="cost", points=2),
    )
    found = tree_weights(small_study(stakeholders=(person("a"),), weights=rows), Scenario(profile="a"))
    (finding,) = [f for f in found.findings if f.code == "points_partial"]
    assert finding.params["criteria"] == ("feasibility", "funding")


def test_weights_a_scenario_replaced_leave_their_contradictions_behind() -> None:
    study = small_study(stakeholders=(person("x"),), judgements=tuple(pairs("x", 9, 1 / 9, 9, 9, 1 / 9, 9)))
    assert tree_weights(study, Scenario(profile="x")).consistency[0].ratio > 0.1
    found = tree_weights(study, Scenario(profile="x", weights={"cost": 50}))
    assert (found.consistency, found.quality, found.findings) == ((), (), ())
    assert found.sources[0].elicitation == "scenario"


def test_faults_of_best_worst_answers_stand_at_their_rows_with_the_person() -> None:
    said = [("relevance", "feasibility", 2), ("relevance", "cost", 200), ("relevance", "funding", 300)]
    said += [("feasibility", "funding", 4), ("cost", "funding", 2)]
    rows = tuple(Judgement(stakeholder="x", a=a, b=b, value=v, elicitation="best_worst") for a, b, v in said)
    study = small_study(
        stakeholders=(person("z"), person("x")), judgements=rows, weights=tuple(swing("z", TOP, 100, 50, 20, 10))
    )
    with pytest.raises(InputError) as error:
        tree_weights(study, Scenario(profile="x"))
    places = {(i.where.table, i.where.row, i.where.column, i.params["stakeholder"]) for i in error.value.issues}
    assert places == {("judgements", 3, "value", "x"), ("judgements", 4, "value", "x")}


def test_points_too_large_stand_at_the_row_of_who_gave_them() -> None:
    rows = (
        DirectWeight(stakeholder="y", criterion="goals", points=3),
        DirectWeight(stakeholder="x", criterion="goals", points=1e14),
    )
    study = small_study(stakeholders=(person("x"), person("y")), weights=rows)
    with pytest.raises(InputError) as error:
        tree_weights(study, Scenario(profile="x"))
    assert [(i.where.table, i.where.row, i.where.column) for i in error.value.issues] == [("weights", 3, "points")]


def test_a_scenario_s_own_fault_is_no_row_of_the_study() -> None:
    with pytest.raises(InputError) as error:
        tree_weights(small_study(), Scenario(weights={"cost": -3}))
    assert (error.value.issues[0].where.table, error.value.issues[0].where.row) == ("scenario", None)


@pytest.mark.parametrize("value", ["1e-200", "1e-20", "5000", "0.0001"])
def test_an_answer_beyond_a_thousand_to_one_is_refused_in_its_cell(value: str, tmp_path: Path) -> None:
    study = small_study(stakeholders=(person("anna"),), judgements=tuple(pairs("anna", 1, 1, 1, 1, 1, 1)))
    write_study(study, tmp_path / "s")
    file = tmp_path / "s" / "judgements.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("value")
    cells = lines[2].split(",")
    cells[column] = value
    lines[2] = ",".join(cells)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_study(tmp_path / "s")
    assert ("judgements", 3, "value") in {(i.where.table, i.where.row, i.where.column) for i in error.value.issues}


@pytest.mark.parametrize("value", [1e300, 1e-300, 5000.0])
def test_a_table_beyond_a_thousand_to_one_is_refused(value: float) -> None:
    with pytest.raises(InputError) as error:
        read_comparisons([[1, value], [1 / value, 1]], "ab")
    assert error.value.issues[0].code == "comparison_not_positive"


def test_labels_given_twice_beside_a_plain_table_are_refused() -> None:
    with pytest.raises(InputError) as error:
        read_comparisons([[1, 2, 3], [0.5, 1, 2], [1 / 3, 0.5, 1]], ["a", "a", "b"])
    assert [i.code for i in error.value.issues] == ["label_twice"]


def test_an_empty_frame_and_pandas_own_blank() -> None:
    with pytest.raises(InputError) as error:
        read_comparisons(pd.DataFrame())
    assert error.value.issues[0].code == "comparison_size"
    table = pd.DataFrame([[1, 2, pd.NA], [0.5, 1, 3], [pd.NA, 1 / 3, 1]], index=list("abc"), columns=list("abc"))
    assert read_comparisons(table, incomplete=True).missing == 1


@pytest.mark.parametrize("moment", ["2026-13-45T99:99", "2026-02-30", "26.11.2026", "2026-11-26 14:03"])
def test_times_that_do_not_exist_are_refused(moment: str) -> None:
    rows = (DirectWeight(stakeholder="a", criterion="cost", points=1, answered_at=moment),)
    found = check_study(small_study(stakeholders=(person("a"),), weights=rows))
    assert [i.code for i in found] == ["not_a_moment"]


def test_an_unknown_person_is_told_once() -> None:
    found = check_study(small_study(judgements=tuple(pairs("xx", 1, 1, 1, 1, 1, 1)[:1])))
    assert [i.code for i in found] == ["unknown_id"]
