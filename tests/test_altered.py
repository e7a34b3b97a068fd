"""A study as a scenario sees it: cells, costs and choices change what they name, to the cent, and nothing else."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from example import the_example
from mcda.altered import altered
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.scenario import Scenario
from mcda.study.model import Study
from small import measure, ratings, small_study


@pytest.fixture(scope="module")
def study() -> Study:
    return the_example()


def see(study: Study, **asked: Any) -> Study:
    return altered(study, Scenario.model_validate(asked))


def test_without_a_change_it_is_the_same_study(study: Study) -> None:
    assert see(study, weights={"cost": 50}, method="weighted_sum", budget_eur=5) is study


def test_one_cell_changes_and_all_else_stays(study: Study) -> None:
    found = see(study, cells={"measures.MV-01.capex_eur": 123456.78})
    assert found.measure_by_id["MV-01"].capex_eur == Decimal("123456.78")
    assert [m for m in found.measures if m.id != "MV-01"] == [m for m in study.measures if m.id != "MV-01"]
    assert found.ratings == study.ratings
    assert found.input_hash != study.input_hash


def test_cells_of_every_kind_of_table(study: Study) -> None:
    rated = study.ratings[0]
    judged = study.eligibility[0]
    home = ".".join(filter(None, (rated.measure, rated.criterion, rated.rater)))
    found = see(
        study,
        cells={
            "study.horizon_years": 12,
            f"ratings.{home}.value": 2,
            f"eligibility.{judged.measure}.{judged.programme}.verdict": "no",
            "programmes.LEADER_BY.rate_pct": 30,
            "municipalities.ISM.population": 20_000,
            "measures.MV-01.vat_deductible": True,
        },
    )
    assert found.study.horizon_years == 12
    assert found.ratings[0].value == 2
    assert found.eligibility[0].verdict == "no"
    assert found.programme_by_id["LEADER_BY"].rate_pct == 30
    assert found.municipality_by_id["ISM"].population == 20_000
    assert found.measure_by_id["MV-01"].vat_deductible


def test_factors_multiply_and_round_to_the_cent() -> None:
    rows = (measure("M1", 60_000.55), measure("M2", 33.33))
    study = small_study(measures=rows, ratings=(*ratings("M1", 5, 4, 4), *ratings("M2", 3, 5, 2)))
    found = see(study, cost_factors={"*": 1.3, "M2": 0.5})
    assert found.measure_by_id["M1"].capex_eur == Decimal("78000.72")  # 78000.715
    assert found.measure_by_id["M2"].capex_eur == Decimal("21.66")  # 21.6645


def test_thirty_percent_dearer_costs_thirty_percent_more(study: Study) -> None:
    plain, dear = evaluate(study), evaluate(study, Scenario(cost_factors={"*": 1.3}))
    for name, money in plain.money.items():
        more = dear.money[name].life_cycle_gross
        assert abs(more - money.life_cycle_gross * Decimal("1.3")) <= Decimal("0.50"), name
    assert dear.provenance.input_hash == plain.provenance.input_hash == study.input_hash
    assert dear.provenance.scenario["cost_factors"] == {"*": 1.3}
    assert "cost_factors" not in plain.provenance.scenario


def test_only_some_themes_rank_among_themselves(study: Study) -> None:
    result = evaluate(study, Scenario(themes=("housing",)))
    housing = [m.id for m in study.measures if m.theme == "housing"]
    assert sorted(line.measure for line in result.ranking) == sorted(housing)
    scores = {line.measure: line.score for line in evaluate(study).ranking}
    for line in result.ranking:  # fixed bounds: who else competes changes no score
        assert line.score == pytest.approx(scores[line.measure], abs=1e-12)


def test_a_municipality_sees_its_own_measures_by_its_own_ratings(study: Study) -> None:
    found = see(study, municipality="ISM")
    assert {m.id for m in found.measures} == {m.id for m in study.measures if "ISM" in m.municipalities}
    homes = {m.id for m in study.municipalities}
    for (name, criterion), said in found.ratings_by_cell.items():
        before = {r.rater for r in study.ratings_by_cell[name, criterion]} & homes
        own = [r for r in said if r.rater == "ISM" and r.value is not None]
        assert {r.rater for r in said} & homes == ({"ISM"} if own else before)


def test_pointers_to_measures_left_out_go_with_them(study: Study) -> None:
    needy = next(m for m in study.measures if m.depends_on)
    found = see(study, measures=[needy.id, *(m.id for m in study.measures if m.id not in needy.depends_on)][:5])
    assert not set(found.measure_by_id[needy.id].depends_on) & set(needy.depends_on)
    evaluate(study, Scenario(measures=(needy.id,)))


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ({"cells": {"measure.MV-01.capex_eur": 1}}, "cells.measure.MV-01.capex_eur"),
        ({"cells": {"measures.MV-99.capex_eur": 1}}, "cells.measures.MV-99.capex_eur"),
        ({"cells": {"measures.MV-01.capex": 1}}, "cells.measures.MV-01.capex"),
        ({"cells": {"measures.MV-01.capex_eur": "viel"}}, "cells.measures.MV-01.capex_eur"),
        ({"cells": {"measures.MV-01.capex_eur": -1}}, "cells.measures.MV-01.capex_eur"),
        ({"cells": {"measures.MV-01.id": "X"}}, "cells.measures.MV-01.id"),
        ({"themes": ["wohnen"]}, "themes"),
        ({"measures": ["MV-99"]}, "measures"),
        ({"municipality": "Ismaning"}, "municipality"),
        ({"cost_factors": {"MV-99": 2}}, "cost_factors"),
    ],
)
def test_what_the_study_does_not_hold_is_named(study: Study, asked: Mapping[str, Any], column: str) -> None:
    with pytest.raises(InputError) as error:
        see(study, **asked)
    (issue,) = error.value.issues
    assert issue.where.column == column
    for language in ("de", "en"):
        assert issue.sentence(language)


@pytest.mark.parametrize("factor", [0, -1, float("nan"), float("inf"), 1e9, "viel"])
def test_a_factor_that_means_nothing_is_refused(factor: object) -> None:
    with pytest.raises(InputError):
        Scenario.model_validate({"cost_factors": {"*": factor}})


def test_all_faults_are_told_at_once(study: Study) -> None:
    with pytest.raises(InputError) as error:
        see(study, themes=["x", "y"], municipality="z", cells={"measures.MV-01.capex": 1})
    assert len(error.value.issues) == 4
