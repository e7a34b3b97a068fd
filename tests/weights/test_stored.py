"""Answers in the tables: read back as the same weights, replaced for one person and one group alone."""

from itertools import combinations

import pytest

from mcda.errors import InputError
from mcda.study.model import DirectWeight, Judgement, Stakeholder, Study
from mcda.study.read import read_study
from mcda.study.write import write_study
from mcda.weights.rank_order import elicit_rank_order
from mcda.weights.stored import (
    Answer,
    answered_weights,
    answers_of,
    comparisons_answered,
    people_with_answers,
    person_weights,
    store_answers,
)
from mcda.weights.swing import elicit_swing
from small import small_study

PEOPLE = tuple(Stakeholder(id=i, label_de=i) for i in ("anna", "berta", "carla"))
TOP = ("relevance", "feasibility", "cost", "funding")
AT = "2026-11-26T14:03:00+01:00"


def study(*answers: Answer) -> Study:
    return small_study(
        stakeholders=PEOPLE,
        judgements=tuple(a for a in answers if isinstance(a, Judgement)),
        weights=tuple(a for a in answers if isinstance(a, DirectWeight)),
    )


def swings(who: str, **points: float) -> list[DirectWeight]:
    return [
        DirectWeight(stakeholder=who, criterion=c, points=p, elicitation="swing", answered_at=AT)
        for c, p in points.items()
    ]


def ranks(who: str, **places: int) -> list[DirectWeight]:
    return [
        DirectWeight(stakeholder=who, criterion=c, rank=r, elicitation="roc", answered_at=AT) for c, r in places.items()
    ]


def pairs(who: str, *values: float) -> list[Judgement]:
    return [
        Judgement(stakeholder=who, a=a, b=b, value=v, answered_at=AT)
        for (a, b), v in zip(combinations(TOP, 2), values, strict=True)
    ]


SWINGS = {"relevance": 100, "feasibility": 80, "cost": 20, "funding": 0}
ORDER = {"relevance": 1, "feasibility": 2, "cost": 2, "funding": 4}


def test_swing_and_order_are_what_their_elicitation_makes_of_them() -> None:
    told = study(*swings("anna", **SWINGS), *ranks("berta", **ORDER))
    by_swing, by_order = answered_weights(told, "anna", ""), answered_weights(told, "berta", "")
    assert by_swing is not None
    assert by_order is not None
    assert by_swing.local == elicit_swing(SWINGS, TOP).local
    assert by_order.local == elicit_rank_order(ORDER, TOP).local
    assert by_swing.sources[0].people == ("anna",)
    assert by_swing.sources[0].answered_at == AT


def test_points_stored_in_another_order_are_aligned_by_criterion() -> None:
    straight = answered_weights(study(*swings("anna", **SWINGS)), "anna", "")
    turned = answered_weights(study(*reversed(swings("anna", **SWINGS))), "anna", "")
    assert straight is not None
    assert turned is not None
    assert straight.local == turned.local


def test_best_worst_answers_are_told_apart_from_pairwise_ones() -> None:
    said = [("relevance", "feasibility", 2), ("relevance", "cost", 4), ("relevance", "funding", 8)]
    said += [("feasibility", "funding", 4), ("cost", "funding", 2)]
    rows = [Judgement(stakeholder="anna", a=a, b=b, value=v, elicitation="best_worst") for a, b, v in said]
    found = answered_weights(study(*rows), "anna", "")
    assert found is not None
    assert found.sources[0].elicitation == "best_worst"
    assert list(found.local.values()) == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15], abs=1e-9)
    assert comparisons_answered(study(*rows), "anna", "") is None


def test_direct_points_for_some_keep_the_study_s_for_the_rest() -> None:
    found = answered_weights(study(DirectWeight(stakeholder="anna", criterion="cost", points=60)), "anna", "")
    assert found is not None
    assert found.local["cost"] == pytest.approx(60 / 140)


def test_nobody_s_answers_are_none() -> None:
    assert answered_weights(study(), "anna", "") is None
    assert person_weights(study(), "anna") == {}
    assert people_with_answers(study(*swings("berta", **SWINGS))) == ("berta",)


def test_new_answers_replace_the_person_s_own_in_that_group_alone() -> None:
    before = study(*pairs("anna", 2, 3, 4, 2, 2, 1), *swings("berta", **SWINGS), *swings("anna", goals=100, urgency=50))
    after = store_answers(before, "anna", "", ranks("anna", **ORDER))
    assert answers_of(after, "anna", "").elicitation == "roc"
    assert answers_of(after, "anna", "relevance") == answers_of(before, "anna", "relevance")
    assert answers_of(after, "berta", "") == answers_of(before, "berta", "")
    assert after.judgements == ()
    assert answers_of(before, "anna", "").elicitation == "ahp"


def test_no_answers_take_the_earlier_ones_away() -> None:
    after = store_answers(study(*swings("anna", **SWINGS)), "anna", "", [])
    assert people_with_answers(after) == ()


def test_equal_rows_of_two_groups_are_not_mixed_up() -> None:
    twins = swings("anna", goals=100, urgency=100)
    after = store_answers(study(*twins, *swings("anna", **SWINGS)), "anna", "", [])
    assert answers_of(after, "anna", "relevance").weights == tuple(twins)


@pytest.mark.parametrize("name", ["study.xlsx", "tables"])
def test_answers_come_back_from_a_file_as_they_were(tmp_path, name: str) -> None:
    told = study(*pairs("anna", 2, 3, 4.5, 1 / 3, 2**0.5, 1), *swings("berta", **SWINGS), *ranks("carla", **ORDER))
    write_study(told, tmp_path / name)
    back = read_study(tmp_path / name)
    assert back == told
    for who in ("anna", "berta", "carla"):
        first, second = person_weights(told, who)[""], person_weights(back, who)[""]
        assert first.local == second.local
        assert second.sources[0].answered_at == AT


def test_all_issues_of_a_person_are_told_together() -> None:
    rows = [*pairs("anna", 2, 3, 4, 2, 2, 1)[:1], *swings("anna", goals=100)]
    with pytest.raises(InputError) as error:
        person_weights(study(*rows), "anna")
    assert [i.code for i in error.value.issues] == ["judgements_disconnected", "answer_missing"]
