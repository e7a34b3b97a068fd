"""Labels: four planted studies, each contested for exactly one reason, and what a line and thresholds do."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Result
from mcda.robustness.labels import LabelSettings, Robustness, has_labels, robustness_labels
from mcda.robustness.line import Line, first_tier
from mcda.robustness.uncertain_ratings import RatingDoubt
from mcda.scenario import Scenario
from mcda.study.model import Criterion, DirectWeight, Rating, Stakeholder, Study, StudyInfo
from rated import rated
from small import MEMBERS, measure

CALM = RatingDoubt(cost_spread=0.0)


def planted(levels: dict[str, tuple[float | None, float | None]], step: float = 0.25, **tables: Any) -> Study:
    """Measures rated on two criteria of equal weight, 1 to 5; costs of 100,000 EUR each."""
    criteria = tuple(
        Criterion(id=c, label_de=c, best=5, worst=1, step=step, weight=50) for c in ("relevance", "feasibility")
    )
    ratings = tuple(
        Rating(measure=m, criterion=c.id, value=level)
        for m, row in levels.items()
        for c, level in zip(criteria, row, strict=True)
        if level is not None
    )
    measures = tables.pop("measures", tuple(measure(m, 100_000) for m in levels))
    info = StudyInfo(title="Geplant", as_of=date(2025, 6, 30))
    return Study(study=info, criteria=criteria, measures=measures, ratings=ratings, municipalities=MEMBERS, **tables)


def labelled(study: Study, scenario: Scenario | None = None, **settings: Any) -> dict[str, Robustness]:
    given = {"first": 1, "spread": 3.0, "doubt": CALM} | settings
    return dict(robustness_labels(evaluate(study, scenario), LabelSettings(**given)).by_measure())


def people(**shares: float) -> dict[str, Any]:
    return {
        "stakeholders": tuple(Stakeholder(id=who, label_de=who) for who in shares),
        "weights": tuple(
            DirectWeight(stakeholder=who, criterion=criterion, points=points)
            for who, share in shares.items()
            for criterion, points in (("relevance", share), ("feasibility", 100 - share))
        ),
    }


BALANCED = {"X": (3.5, 3.5), "Y": (5.0, 1.0), "Z": (1.0, 5.0)}


def test_contested_because_people_disagree() -> None:
    """One wants nothing but relevance, one nothing but feasibility; between them X is first under any method."""
    found = labelled(planted(BALANCED, **people(mayors=90, treasury=10)))
    assert (found["X"].label, found["X"].reasons) == ("contested", ("people",))
    assert found["X"].doubts["people"] == 1
    assert (found["Y"].label, found["Y"].reasons, found["Y"].doubts["people"]) == ("contested", ("people",), 0.5)


def test_without_a_second_voice_nobody_disagrees() -> None:
    for who in ({}, {"mayors": 90}):
        found = labelled(planted(BALANCED, **people(**who)))
        assert "people" not in found["X"].doubts
        assert found["X"].label == "secure"
        assert found["Y"].label == "unlikely"


def test_contested_because_the_data_are_thin() -> None:
    """X is ahead by a rating that nobody has given; otherwise both are alike."""
    found = labelled(planted({"X": (None, 4.0), "Y": (2.0, 4.0), "Z": (1.0, 1.0)}))
    assert (found["X"].label, found["X"].reasons) == ("contested", ("data",))
    assert found["X"].doubts["data"] == pytest.approx(0.25, abs=0.02)
    assert (found["Y"].label, found["Y"].reasons) == ("contested", ("data",))
    assert found["Z"].label == "unlikely"


def test_contested_because_the_method_matters() -> None:
    """TOPSIS prefers the even measure, the weighted sum the one that is best on one side."""
    found = labelled(planted({"X": (3.36, 3.36), "Y": (5.0, 1.8), "Z": (1.0, 1.0)}, step=0.0))
    assert (found["X"].label, found["X"].reasons) == ("contested", ("method",))
    assert found["X"].doubts["method"] == 0.5
    assert found["X"].doubts["weights"] < 0.25


def test_contested_because_the_budget_line_is_near() -> None:
    costs = {"X": 100_000, "Y": 98_000, "Z": 100_000}
    study = planted(
        {"X": (5.0, 5.0), "Y": (3.0, 3.0), "Z": (1.0, 1.0)}, measures=tuple(measure(m, c) for m, c in costs.items())
    )
    found = labelled(study, budget_eur=200_000, budget_slack=0.1)
    assert (found["X"].label, found["Y"].label, found["Z"].label) == ("secure", "contested", "unlikely")
    assert found["Y"].reasons == ("budget",)
    assert found["Y"].doubts["budget"] == pytest.approx(0.45, abs=0.01)
    assert labelled(study, budget_eur=230_000)["Y"].label == "secure"


def test_weights_alone_are_told_as_weights() -> None:
    """X leads at 52 to 48 only."""
    study = planted({"X": (5.0, 1.0), "Y": (1.0, 5.0)})
    found = labelled(study, Scenario(weights={"relevance": 52, "feasibility": 48}), spread=6.0)
    assert "weights" in found["X"].reasons
    assert found["X"].doubts["weights"] == pytest.approx(0.39, abs=0.04)


def test_thresholds_decide_between_the_words() -> None:
    study = planted({"X": (4.0, 4.0), "Y": (3.0, 4.0), "Z": (1.0, 1.0)}, step=2.0)
    doubt = labelled(study)["X"].doubts["data"]
    assert 0.05 < doubt < 0.25
    assert labelled(study)["X"].label == "likely"
    assert labelled(study, secure=doubt + 0.1, contested=0.6)["X"].label == "secure"
    assert labelled(study, secure=0.0, contested=doubt)["X"].label == "contested"
    assert labelled(study)["Z"].label == "unlikely"


def test_one_measure_and_a_line_below_all_are_secure() -> None:
    assert labelled(planted({"X": (3.0, 3.0)}))["X"].label == "secure"
    assert {one.label for one in labelled(planted(BALANCED), first=9).values()} == {"secure"}


def test_identical_measures_stand_on_the_same_side() -> None:
    found = labelled(planted({"X": (4.0, 3.0), "Y": (4.0, 3.0), "Z": (1.0, 1.0)}, step=0.0))
    assert found["X"].label == found["Y"].label == "secure"


def test_same_result_same_labels_and_seed_0_is_a_seed() -> None:
    study = planted(BALANCED)

    def run(seed: int, draws: int = 500) -> object:
        return robustness_labels(
            evaluate(study, Scenario(seed=seed)), LabelSettings(first=1, draws=draws, data_draws=draws, spread=20.0)
        ).lines

    assert run(0) == run(0)
    assert run(0) != run(1)
    assert run(0, draws=1)


@pytest.mark.parametrize("method", ["topsis_vector", "topsis_minmax", "pymcdm:MARCOS"])
def test_what_another_method_would_say_is_no_label(method: str) -> None:
    result = evaluate(planted(BALANCED), Scenario(method=method))
    assert not has_labels(result)
    with pytest.raises(ValueError, match=method):
        robustness_labels(result)


def test_twins_at_the_line_are_asked_about_the_line_that_was_set() -> None:
    """Both are on rank 1; which of them would stay there alone the open ratings decide."""
    result = evaluate(planted({"X": (4.0, 4.0), "Y": (4.0, 4.0)}))
    found = robustness_labels(result, LabelSettings(first=1, doubt=CALM))
    assert found.line == 1
    assert {one.label for one in found.lines} == {"contested"}
    assert robustness_labels(result, LabelSettings(first=2)).lines[0].label == "secure"


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": 0},
        {"budget_eur": -1.0},
        {"budget_eur": float("nan")},
        {"secure": 0.3, "contested": 0.2},
        {"draws": 0},
        {"data_draws": 0},
        {"budget_slack": 1.5},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong)).removeprefix("data_")):
        LabelSettings(**wrong)


def test_the_example_has_every_label_of_its_line() -> None:
    ranked: Result = ranked_example()
    found = robustness_labels(ranked, LabelSettings(draws=2_000))
    assert found.line == 10
    assert [one.measure for one in found.lines] == [one.measure for one in ranked.ranking]
    assert {one.label for one in found.lines} == {"secure", "contested", "unlikely"}
    assert all(one.reasons for one in found.lines if one.label == "contested")
    assert not any(one.reasons for one in found.lines if one.label != "contested")
    assert sum(one.above for one in found.lines) == 10


def test_a_budget_passes_over_what_it_cannot_pay() -> None:
    line = Line(1, np.array([50.0, 200.0, 40.0, 20.0]), budget=100.0)
    assert line.above(np.array([[1.0, 2.0, 3.0, 4.0]])).tolist() == [[True, False, True, False]]
    assert line.share_of_budgets(np.array([1.0, 2.0, 3.0, 4.0]), 0.0).tolist() == [1, 0, 1, 0]


def test_a_budget_to_the_cent_is_enough() -> None:
    assert Line(1, np.full(10, 0.1), budget=1.0).above(np.arange(10.0)[None, :]).all()


def test_equals_at_a_counted_line_stand_above_it_together() -> None:
    assert Line(1, np.zeros(3)).above(np.array([[0.5, 0.5, 0.7]])).tolist() == [[True, True, False]]


@pytest.mark.parametrize(
    ("count", "limits", "first"), [(40, (25.0, 50.0), 10), (1, (25.0,), 1), (7, (25.0,), 2), (3, (), 3)]
)
def test_the_first_tier_holds_the_ranks_below_its_limit(count: int, limits: tuple[float, ...], first: int) -> None:
    assert first_tier(count, limits) == first


def test_a_method_that_ties_all_across_the_line_is_no_other_opinion() -> None:
    # nothing on the second criterion: the weighted product gives every measure 0, and all of them rank 1
    result = rated([[1.0, 0.0], [0.8, 0.0], [0.6, 0.0], [0.1, 0.0]], [60, 40])
    product = METHODS["weighted_product"].score(result.matrix, result.weights.leaf[None, :])[0]
    assert (product == product[0]).all()
    found = robustness_labels(result, LabelSettings(first=1, draws=500, data_draws=500)).by_measure()
    assert all(one.doubts["method"] == 0 for one in found.values())
