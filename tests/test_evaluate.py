import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda import InputError, Scenario, evaluate
from mcda.evaluate import check_rankable
from mcda.study.model import Judgement, Stakeholder
from small import CRITERIA, LEVELS, ratings, small_study, with_measure

LEVEL = st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(0, 20_000_000))
POINTS = st.fixed_dictionaries({c: st.floats(0.01, 100) for c in ("relevance", "feasibility", "cost", "funding")})


def order(result, among):
    return [(r.measure, r.score) for r in result.ranking if r.measure in among]


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "weighted_product"])
@given(levels=LEVEL, points=POINTS)
def test_a_newcomer_never_reorders_the_old_ones(method, levels, points):
    scenario = Scenario(weights=points, method=method)
    before = evaluate(small_study(), scenario)
    after = evaluate(with_measure(small_study(), "NEW", levels), scenario)
    assert order(after, LEVELS) == order(before, LEVELS)


@pytest.mark.parametrize("levels", [*LEVELS.values(), (5, 5, 5, 0), (1, 1, 1, 10**9)])
def test_a_copy_or_an_extreme_newcomer_changes_nothing(levels):
    before = evaluate(small_study())
    after = evaluate(with_measure(small_study(), "NEW", levels))
    assert order(after, LEVELS) == order(before, LEVELS)


@given(copies=st.integers(2, 5), points=POINTS)
def test_splitting_a_criterion_into_identical_copies_changes_no_score(copies, points):
    study = small_study()
    leaf = next(c for c in CRITERIA if c.id == "goals")
    parts = tuple(leaf.model_copy(update={"id": f"goals{i}", "weight": leaf.weight / copies}) for i in range(copies))
    split = study.model_copy(
        update={
            "criteria": (*(c for c in CRITERIA if c.id != "goals"), *parts),
            "ratings": tuple(
                r.model_copy(update={"criterion": part.id})
                for r in study.ratings
                for part in (parts if r.criterion == "goals" else [leaf.model_copy(update={"id": r.criterion})])
            ),
        }
    )
    scenario = Scenario(weights=points)
    whole = {r.measure: r.score for r in evaluate(study, scenario).ranking}
    for line in evaluate(split, scenario).ranking:
        assert line.score == pytest.approx(whole[line.measure], abs=1e-11)


def test_vector_topsis_reports_that_its_order_depends_on_the_list():
    study = small_study()
    for i in range(12):
        study = with_measure(study, f"N{i}", (1 + i % 5, 1 + (i * 3) % 5, 1 + (i * 2) % 5, 20_000 * 3**i % 7_000_000))
    found = {f.code for f in evaluate(study, Scenario(method="topsis_vector")).findings}
    assert {"rank_reversal", "squared_weights"} <= found
    assert not {"rank_reversal", "squared_weights"} & {f.code for f in evaluate(study).findings}


@given(points=POINTS)
def test_a_dominated_measure_never_ranks_above_its_dominator(points):
    result = evaluate(with_measure(small_study(), "WORSE", (4, 4, 3, 90_000)), Scenario(weights=points))
    ranks = {r.measure: r.rank for r in result.ranking}
    assert ranks["M1"] <= ranks["WORSE"]
    assert any(f.code == "dominated" and f.params["measure"] == "WORSE" for f in result.findings)


def test_contributions_sum_to_the_score():
    for method in ("topsis", "weighted_sum"):
        for line in evaluate(small_study(), Scenario(method=method)).ranking:
            assert sum(line.contributions.values()) == pytest.approx(line.score, abs=1e-9)


def test_partial_weights_keep_the_siblings_points():
    weights = evaluate(small_study(), Scenario(weights={"relevance": 70})).weights
    assert weights.local["relevance"] == pytest.approx(70 / 135)
    assert weights.overall["goals"] == pytest.approx(70 / 135 * 0.6)
    assert weights.leaf.sum() == pytest.approx(1)


def test_same_study_and_scenario_give_the_same_bytes():
    from mcda.report.exports.json_file import json_file

    first = json_file(evaluate(small_study(), Scenario(seed=3)))
    assert json_file(evaluate(small_study(), Scenario(seed=3))) == first


def test_weighting_own_contribution_beside_cost_counts_money_twice():
    leaf = next(c for c in CRITERIA if c.id == "funding")
    own = leaf.model_copy(
        update={"id": "own", "sense": "min", "quantity": "own_contribution_eur", "best": 0, "worst": 1e7}
    )
    result = evaluate(small_study(criteria=(*CRITERIA, own)))
    assert any(f.code == "money_counted_twice" and f.level == "strong" for f in result.findings)
    assert not any(f.code == "money_counted_twice" for f in evaluate(small_study()).findings)


def test_a_criterion_without_effect_is_told():
    flat = tuple(r for m in LEVELS for r in ratings(m, 3, 4, 2))
    codes = {(f.code, f.params.get("criterion")) for f in evaluate(small_study(ratings=flat)).findings}
    assert ("no_effect", "goals") in codes
    assert ("no_effect", "funding") in codes


def test_faults_of_a_study_built_in_code_are_input_errors():
    with pytest.raises(InputError):
        evaluate(small_study(ratings=ratings("M1", 9, 1, 1)))
    with pytest.raises(InputError):
        evaluate(small_study(), Scenario(weights={"relevance": float("nan")}))
    with pytest.raises(InputError):
        evaluate(small_study(), Scenario(method="topsi"))


def test_frame_has_a_row_per_measure_in_rank_order():
    frame = evaluate(small_study()).frame()
    assert list(frame.columns[:3]) == ["id", "rank", "rank_group"]
    assert "score" in frame
    assert frame["rank"].is_monotonic_increasing
    assert np.isfinite(frame["score"]).all()


def test_what_cannot_rank_is_told_before_it_is_taken():
    frame = small_study().study
    check_rankable(small_study())
    for method in ("foo", "pymcdm:FOO"):
        with pytest.raises(InputError) as caught:
            check_rankable(small_study(study=frame.model_copy(update={"method": method})))
        assert [i.code for i in caught.value.issues] == ["unknown_method"]
    zeros = small_study(study=frame.model_copy(update={"method": "pymcdm:COPRAS"}))
    with pytest.raises(InputError) as caught:
        check_rankable(zeros)
    assert "COPRAS" in str(caught.value)
    mandatory = tuple(m.model_copy(update={"mandatory": True}) for m in small_study().measures)
    with pytest.raises(InputError) as caught:
        check_rankable(small_study(measures=mandatory))
    assert [i.code for i in caught.value.issues] == ["no_measures_left"]
    half = small_study(
        stakeholders=(Stakeholder(id="mayors", label_de="Bürgermeister"),),
        judgements=(Judgement(stakeholder="mayors", a="relevance", b="cost", value=3),),
    )
    with pytest.raises(InputError):
        check_rankable(half)
