"""What to talk about: the spread of ratios times what the pair carries, who stands where, zeros and silence."""

from math import exp, log

import pytest

from group_people import answered, person, study_of, tops
from mcda.weights.agenda import LARGEST_RATIO, agenda, spreads

STUDY = study_of(person("anna"), person("bert"), person("cleo"))
ANNA = answered(STUDY, "anna", tops(40, 40, 10, 10) | {"relevance": {"goals": 1, "urgency": 1}})
BERT = answered(STUDY, "bert", tops(40, 10, 40, 10) | {"relevance": {"goals": 3, "urgency": 1}})
CLEO = answered(STUDY, "cleo", tops(40, 20, 30, 10))


def test_the_pair_with_the_widest_spread_that_carries_most_comes_first() -> None:
    found = agenda(STUDY, {"anna": ANNA, "bert": BERT, "cleo": CLEO})
    first = found[0]
    ratios = [log(4), log(1 / 4), log(2 / 3)]
    mean = sum(ratios) / 3
    spread = (sum((r - mean) ** 2 for r in ratios) / 3) ** 0.5
    assert (first.parent, first.a, first.b) == ("", "feasibility", "cost")
    assert first.spread == pytest.approx(spread)
    assert first.factor == pytest.approx(exp(spread))
    assert first.share == pytest.approx(0.5)
    assert first.importance == pytest.approx(spread * 0.5)
    assert (first.for_a, first.for_b) == (("anna",), ("bert",))
    assert (first.lowest_ratio, first.highest_ratio) == pytest.approx((1 / 4, 4))
    assert [d.importance for d in found] == sorted((d.importance for d in found), reverse=True)


def test_only_people_who_answered_a_group_are_heard_on_it() -> None:
    found = {(d.a, d.b): d for d in agenda(STUDY, {"anna": ANNA, "bert": BERT, "cleo": CLEO})}
    pair = found["goals", "urgency"]
    assert (pair.people, pair.share) == (2, pytest.approx(0.4))
    assert pair.spread == pytest.approx(log(3) / 2)


def test_pairs_nobody_differs_on_do_not_come_up() -> None:
    assert ("relevance", "funding") not in {(d.a, d.b) for d in agenda(STUDY, {"anna": ANNA, "bert": BERT})}
    assert agenda(STUDY, {"anna": ANNA, "bert": answered(STUDY, "bert", tops(40, 40, 10, 10))}) == ()


def test_one_person_and_nobody_have_nothing_to_discuss() -> None:
    assert agenda(STUDY, {"anna": ANNA}) == ()
    assert agenda(STUDY, {}) == ()
    assert spreads(STUDY, {}) == ()


def test_a_weight_of_0_stands_at_the_bound_and_0_against_0_is_equal() -> None:
    nothing = answered(STUDY, "anna", tops(0, 0, 50, 50))
    rest = answered(STUDY, "bert", tops(25, 25, 25, 25))
    found = {(d.a, d.b): d for d in agenda(STUDY, {"anna": nothing, "bert": rest})}
    assert ("relevance", "feasibility") not in found
    assert found["relevance", "cost"].lowest_ratio == pytest.approx(1 / LARGEST_RATIO)
    assert found["relevance", "cost"].spread == pytest.approx(log(LARGEST_RATIO) / 2)


def test_people_at_the_same_end_are_all_named() -> None:
    twin = answered(STUDY, "cleo", tops(4, 4, 1, 1))
    assert agenda(STUDY, {"anna": ANNA, "bert": BERT, "cleo": twin})[0].for_a == ("anna", "cleo")


def test_the_spread_of_each_criterion_s_overall_weight() -> None:
    found = {s.criterion: s for s in spreads(STUDY, {"anna": ANNA, "bert": BERT, "cleo": CLEO})}
    assert list(found) == [c.id for c in STUDY.criteria]
    assert found["cost"].quartiles == pytest.approx((0.1, 0.2, 0.3, 0.35, 0.4))
    assert (found["cost"].lowest, found["cost"].highest) == (("anna",), ("bert",))
    assert found["goals"].people == 2
    assert found["goals"].quartiles[::4] == pytest.approx((0.2, 0.3))
