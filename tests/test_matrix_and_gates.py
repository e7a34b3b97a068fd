from decimal import Decimal

import numpy as np
import pytest

from mcda import evaluate
from mcda.study.model import Rating
from small import CRITERIA, measure, ratings, small_study


def cell(study, name, leaf):
    matrix = evaluate(study).matrix
    row, column = matrix.measures.index(name), matrix.leaves.index(leaf)
    return tuple(float(a[row, column]) for a in (matrix.raw, matrix.values, matrix.low, matrix.high))


def rated(*rows: Rating):
    study = small_study()
    others = tuple(r for r in study.ratings if (r.measure, r.criterion) != ("M1", "goals"))
    return study.model_copy(update={"ratings": (*others, *rows)})


def goal(value, rater="", **more):
    return Rating(measure="M1", criterion="goals", value=value, rater=rater, **more)


def test_an_agreed_rating_wins_over_those_of_municipalities():
    assert cell(rated(goal(2, "ISM"), goal(5), goal(1, "GAR")), "M1", "goals")[0] == 5


def test_ratings_of_municipalities_are_averaged():
    assert cell(rated(goal(2, "ISM"), goal(5, "GAR")), "M1", "goals")[0] == 3.5


def test_an_abstention_is_not_missing():
    assert cell(rated(goal(2, "ISM"), goal(None, "GAR", abstain=True)), "M1", "goals") == (2, 0.25, 0.25, 0.25)


def test_a_municipality_outside_the_measure_does_not_count():
    study = rated(goal(2, "ISM"), goal(5, "GAR"))
    measures = (study.measures[0].model_copy(update={"municipalities": ("ISM",)}), *study.measures[1:])
    assert cell(study.model_copy(update={"measures": measures}), "M1", "goals")[0] == 2


def test_a_missing_rating_is_the_whole_scale_and_never_imputed():
    study = rated()
    assert cell(study, "M1", "goals") == (3, 0.5, 0, 1)
    result = evaluate(study)
    line = next(r for r in result.ranking if r.measure == "M1")
    assert line.incomplete
    assert line.score_low < line.score < line.score_high
    assert any(f.code == "rating_missing" and f.params["measures"] == ("M1",) for f in result.findings)


def test_the_point_of_an_open_interval_is_a_declared_setting():
    study = rated()
    study = study.model_copy(update={"study": study.study.model_copy(update={"interval_point": 0.0})})
    assert cell(study, "M1", "goals") == (1, 0, 0, 1)


def test_unsure_ratings_keep_their_interval():
    assert cell(rated(goal(3, low=2, high=4)), "M1", "goals") == (3, 0.5, 0.25, 0.75)


@pytest.mark.parametrize("method", ["topsis", "weighted_sum", "topsis_vector", "pymcdm:VIKOR"])
def test_score_interval_holds_the_score(method):
    study = rated()
    study = study.model_copy(update={"study": study.study.model_copy(update={"method": method})})
    for line in evaluate(study).ranking:
        assert line.score_low <= line.score <= line.score_high
        assert np.isfinite([line.score_low, line.score, line.score_high]).all()


def test_cost_is_valued_on_its_logarithm_and_zero_is_best():
    assert cell(small_study(), "M1", "cost")[1] == pytest.approx(np.log(10_000_000 / 60_000) / np.log(1000))
    study = small_study()
    free = study.model_copy(update={"measures": (measure("M1", 0), *study.measures[1:])})
    assert cell(free, "M1", "cost")[1] == 1
    assert not [f for f in evaluate(free).findings if f.code == "clipped"]


def unpriced(**costs):
    study = small_study()
    bare = study.measures[0].model_copy(update={"capex_eur": None, "opex_eur_per_year": None} | costs)
    return study.model_copy(update={"measures": (bare, *study.measures[1:])})


def test_a_cost_nobody_stated_is_open_and_never_counts_as_zero():
    study = unpriced()
    assert cell(study, "M1", "cost")[2:] == (0, 1)
    assert cell(study, "M1", "funding")[2:] == (0, 1)
    result = evaluate(study)
    line = next(r for r in result.ranking if r.measure == "M1")
    assert line.incomplete
    assert not result.money["M1"].cost_known
    row = next(r for r in result.rows() if r["id"] == "M1")
    assert row["own_contribution_eur"] is None
    assert any(f.code == "rating_missing" and f.params["criterion"] == "cost" for f in result.findings)


def test_one_cost_stated_and_the_other_empty_is_told():
    result = evaluate(unpriced(opex_eur_per_year=Decimal(5_000)))
    assert result.money["M1"].life_cycle_gross == 50_000
    told = [f.params["measures"] for f in result.findings if f.code == "cost_part_missing"]
    assert told == [("M1",)]


def test_a_written_zero_is_zero():
    result = evaluate(unpriced(capex_eur=Decimal(0), opex_eur_per_year=Decimal(0)))
    assert result.money["M1"].cost_known
    assert not next(r for r in result.ranking if r.measure == "M1").incomplete


def test_a_value_outside_its_bounds_is_clipped_with_a_finding():
    study = small_study()
    dear = study.model_copy(update={"measures": (measure("M1", 50_000_000), *study.measures[1:])})
    assert cell(dear, "M1", "cost")[1] == 0
    found = [f for f in evaluate(dear).findings if f.code == "clipped"]
    assert found[0].params == {"criterion": "cost", "measures": ("M1",)}


def test_gates_come_before_scores_with_every_reason():
    study = small_study()
    measures = (
        measure("M1", 60_000, mandatory=True),
        measure("M2", 250_000, knock_out="Nicht unsere Aufgabe", status="dropped"),
        *study.measures[2:],
    )
    limits = tuple(c.model_copy(update={"minimum": 3}) if c.id == "goals" else c for c in CRITERIA)
    result = evaluate(study.model_copy(update={"measures": measures, "criteria": limits}))
    assert [r.measure for r in result.ranking] == ["M4"]
    assert [(g.measure, g.code, g.mandatory) for g in result.gated] == [
        ("M1", "mandatory", True),
        ("M2", "knock_out", False),
        ("M2", "closed", False),
        ("M3", "minimum_level", False),
    ]
    assert set(result.money) == {"M1", "M2", "M3", "M4"}


def test_an_open_rating_does_not_exclude():
    study = small_study()
    limits = tuple(c.model_copy(update={"minimum": 4}) if c.id == "feasibility" else c for c in CRITERIA)
    open_rating = tuple(r for r in study.ratings if (r.measure, r.criterion) != ("M4", "feasibility"))
    result = evaluate(study.model_copy(update={"criteria": limits, "ratings": open_rating}))
    assert "M4" in {r.measure for r in result.ranking}
    assert {g.measure for g in result.gated} == {"M2"}


def test_one_measure_alone_ranks_first():
    study = small_study()
    alone = study.model_copy(update={"measures": study.measures[:1], "ratings": ratings("M1", 5, 4, 4)})
    assert [(r.measure, r.rank, r.rank_group) for r in evaluate(alone).ranking] == [("M1", 1, 1)]
