"""Several people together: joined weights, joined answers, votes by key, and who did not answer."""

from itertools import combinations

import numpy as np
import pytest

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.scenario import GROUP, Scenario, VotingKey
from mcda.study.model import DirectWeight, Judgement, Stakeholder, Study
from mcda.weights.ahp import priorities
from mcda.weights.together import group_weights
from mcda.weights.tree import tree_weights
from small import small_study

TOP = ("relevance", "feasibility", "cost", "funding")
PEOPLE = (
    Stakeholder(id="anna", label_de="Anna", municipality="ISM", voting_weight=2),
    Stakeholder(id="berta", label_de="Berta", municipality="ISM"),
    Stakeholder(id="carla", label_de="Carla", municipality="GAR"),
)
ANSWERS = {"anna": (3, 4, 5, 2, 2, 1), "berta": (1 / 2, 3, 1, 5, 2, 1 / 4), "carla": (1, 1 / 3, 1 / 5, 1 / 2, 1 / 4, 1)}


def judgements(who: str, values: tuple[float, ...], parent: str = "") -> list[Judgement]:
    return [
        Judgement(stakeholder=who, parent=parent, a=a, b=b, value=v)
        for (a, b), v in zip(combinations(TOP, 2), values, strict=False)
    ]


def study(**more: object) -> Study:
    rows = tuple(j for who, values in ANSWERS.items() for j in judgements(who, values))
    return small_study(**({"stakeholders": PEOPLE, "judgements": rows} | more))


def matrix(values: tuple[float, ...]) -> np.typing.NDArray[np.float64]:
    found = np.eye(4)
    for (i, j), value in zip(combinations(range(4), 2), values, strict=True):
        found[i, j], found[j, i] = value, 1 / value
    return found


SHARES: dict[VotingKey, dict[str, float]] = {
    "declared": {"anna": 2 / 4, "berta": 1 / 4, "carla": 1 / 4},
    "equal": {"anna": 1 / 3, "berta": 1 / 3, "carla": 1 / 3},
    "municipality": {"anna": 1 / 4, "berta": 1 / 4, "carla": 1 / 2},
    "population": {"anna": 18_043 / 35_620 / 2, "berta": 18_043 / 35_620 / 2, "carla": 17_577 / 35_620},
}


@pytest.mark.parametrize("key", SHARES)
def test_joined_weights_are_the_weighted_geometric_mean_by_hand(key: VotingKey) -> None:
    logs = sum(share * np.log(priorities(matrix(ANSWERS[who])).weights) for who, share in SHARES[key].items())
    expected = np.exp(logs) / np.exp(logs).sum()
    for method in ("aip", "aij"):
        scenario = Scenario(profile=GROUP, voting_key=key, group_method=method)
        found = tree_weights(study(), scenario)
        assert [found.local[c] for c in TOP] == pytest.approx(expected, abs=1e-12)
        assert found.sources[0].elicitation == method
        assert found.sources[0].people == ("anna", "berta", "carla")


def test_with_eigenvectors_joined_answers_are_the_eigenvector_of_the_joined_matrix() -> None:
    joined = np.exp(sum(np.log(matrix(v)) for v in ANSWERS.values()) / 3)
    scenario = Scenario(profile=GROUP, voting_key="equal", group_method="aij", ahp_priorities="eigenvector")
    found = tree_weights(study(), scenario)
    assert [found.local[c] for c in TOP] == pytest.approx(priorities(joined, how="eigenvector").weights, abs=1e-12)
    assert found.consistency[0].size == 4


def test_only_some_of_the_people_may_be_the_group() -> None:
    one = tree_weights(study(), Scenario(profile=GROUP, people=("carla",)))
    alone = tree_weights(study(), Scenario(profile="carla"))
    assert one.leaf == pytest.approx(alone.leaf, abs=1e-15)


def test_where_nobody_answered_the_study_s_points_hold() -> None:
    found = tree_weights(study(), Scenario(profile=GROUP))
    assert found.local["goals"] == pytest.approx(0.6)
    assert [s.elicitation for s in found.sources] == ["aip", "study"]


def test_who_did_not_answer_a_group_does_not_count_in_it() -> None:
    points = (
        DirectWeight(stakeholder="carla", criterion="goals", points=1),
        DirectWeight(stakeholder="carla", criterion="urgency", points=3),
    )
    found = tree_weights(study(weights=points), Scenario(profile=GROUP))
    assert found.local["goals"] == pytest.approx(0.25)
    assert found.sources[1].people == ("carla",)


def test_nobody_can_strike_a_criterion_out_alone() -> None:
    none = {"relevance": 100, "feasibility": 50, "cost": 50, "funding": 0}
    rows = tuple(DirectWeight(stakeholder="berta", criterion=c, points=p, elicitation="swing") for c, p in none.items())
    others = tuple(j for who in ("anna", "carla") for j in judgements(who, ANSWERS[who]))
    for method in ("aip", "aij"):
        found = tree_weights(
            study(judgements=others, weights=rows), Scenario(profile=GROUP, voting_key="equal", group_method=method)
        )
        shares = [priorities(matrix(ANSWERS[who])).weights[3] for who in ("anna", "carla")]
        assert found.local["funding"] == pytest.approx(sum(shares) / 3)
        assert "group_zero" in [f.code for f in found.findings]


def test_a_scenario_s_points_stand_on_the_group_s() -> None:
    found = tree_weights(study(), Scenario(profile=GROUP, weights={"cost": 0}))
    assert found.local["cost"] == 0
    assert found.sources[0].elicitation == "scenario"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"people": ("anna", "dora")}, "unknown_person"), ({"people": ("anna", "anna")}, "person_twice")],
)
def test_people_nobody_knows_or_named_twice_are_refused(changes: dict[str, tuple[str, ...]], code: str) -> None:
    with pytest.raises(InputError) as error:
        tree_weights(study(), Scenario.model_validate({"profile": GROUP} | changes))
    assert [i.code for i in error.value.issues] == [code]


def test_a_group_without_answers_is_refused() -> None:
    with pytest.raises(InputError) as error:
        tree_weights(small_study(stakeholders=PEOPLE), Scenario(profile=GROUP))
    assert error.value.issues[0].code == "no_person_answered"
    assert error.value.issues[0].sentence("de")


def test_people_without_a_municipality_do_not_vote_by_it_and_are_named() -> None:
    strangers = (*PEOPLE[:2], PEOPLE[2].model_copy(update={"municipality": ""}))
    found = tree_weights(study(stakeholders=strangers), Scenario(profile=GROUP, voting_key="municipality"))
    assert [f.code for f in found.findings if f.code == "voice_left_out"] == ["voice_left_out"]
    assert found.sources[0].people == ("anna", "berta")


def test_the_group_ranks_and_the_result_says_so() -> None:
    result = evaluate(study(), Scenario(profile=GROUP, voting_key="population", group_method="aij"))
    assert result.provenance.scenario["profile"] == GROUP
    assert result.provenance.scenario["voting_key"] == "population"


def test_an_average_that_hides_disagreement_is_told() -> None:
    rows = (*judgements("anna", (9, 9, 9, 1, 1, 1)), *judgements("berta", (1 / 9, 1, 1, 9, 9, 1)))
    result = evaluate(study(judgements=rows), Scenario(profile=GROUP))
    quality = {q.name: q.value for q in result.weights.quality if q.parent == ""}
    assert quality["consensus"] < 0.5
    (finding,) = [f for f in result.findings if f.code == "group_disagrees"]
    assert finding.params["percent"] == round(100 * quality["consensus"])


def test_a_call_in_python_gives_the_groups_one_by_one() -> None:
    found = group_weights(study(), ("anna", "berta"))
    assert set(found) == {""}
    assert found[""].leaf.sum() == pytest.approx(1)
