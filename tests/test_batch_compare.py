"""Scenarios and studies side by side, against counts made by hand."""

import pandas as pd
import pytest

from example import the_example
from mcda.batch import Batch, run_batch
from mcda.batch.compare import check_comparable, departures, rank_ranges, regions, regrets, themes_by_study
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.robustness.grants import without_grants
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from small import small_study


def batch(ranks: dict[int, dict[str, tuple[int, float]]], study: str = "") -> Batch:
    rows = [
        {
            "study": study,
            "scenario": number,
            "name": f"s{number}",
            "id": name,
            "rank": rank,
            "tier": rank,
            "score": score,
        }
        for number, places in ranks.items()
        for name, (rank, score) in places.items()
    ]
    return Batch(frames={"ranking": pd.DataFrame(rows)})


THREE = batch(
    {
        0: {"a": (1, 0.9), "b": (2, 0.8), "c": (3, 0.1)},
        1: {"b": (1, 0.7), "a": (2, 0.6), "c": (3, 0.5)},
        2: {"c": (1, 0.9), "b": (2, 0.6), "a": (3, 0.2)},
    }
)


def test_rank_ranges_by_hand() -> None:
    found = rank_ranges(THREE).set_index("id")
    assert list(found.index) == ["a", "b", "c"] or list(found.index) == ["b", "a", "c"]
    assert list(found.loc["a", ["best", "worst", "reach", "best_in", "worst_in"]]) == [1, 3, 2, 0, 2]
    assert list(found.loc["c", ["best", "worst", "reach", "best_in", "worst_in"]]) == [1, 3, 2, 2, 0]
    assert list(found["median"]) == [2.0, 2.0, 3.0]
    assert found.loc["b", "share_first"] == pytest.approx(1 / 3)


def test_the_smallest_largest_regret_by_hand() -> None:
    found = regrets(THREE).set_index("id")
    assert found.loc["a", "largest"] == pytest.approx(0.7)  # 0, 0.1, 0.7
    assert found.loc["b", "largest"] == pytest.approx(0.3)  # 0.1, 0, 0.3
    assert found.loc["c", "largest"] == pytest.approx(0.8)  # 0.8, 0.2, 0
    assert found.index[0] == "b"
    assert found.loc["b", "largest_in"] == 2
    assert found.loc["a", "mean"] == pytest.approx(0.8 / 3)


def test_a_measure_that_does_not_always_rank_has_no_regret() -> None:
    found = regrets(batch({0: {"a": (1, 0.9), "b": (2, 0.8)}, 1: {"a": (1, 0.9)}}))
    assert list(found["id"]) == ["a"]


def test_a_study_without_a_name_takes_no_column() -> None:
    for table in (rank_ranges(THREE), regrets(THREE), departures(THREE)):
        assert "study" not in table
    one = batch({0: {"a": (1, 0.9), "b": (2, 0.8)}}, study="north")
    for table in (rank_ranges(one), regrets(one), departures(one)):
        assert list(table["study"].unique()) == ["north"]


def test_departures_by_hand() -> None:
    found = departures(THREE).set_index("scenario")
    assert list(found.index) == [2, 1, 0]
    assert list(found.loc[2, ["first", "moved", "furthest", "swapped"]]) == ["c", 2, 2, 3]
    assert list(found.loc[1, ["first", "moved", "furthest", "swapped"]]) == ["b", 2, 1, 1]
    assert list(found.loc[0, ["first", "moved", "furthest", "swapped"]]) == ["a", 0, 0, 0]
    with pytest.raises(InputError):
        departures(THREE, base=9)


def test_where_the_first_scenario_failed_the_next_is_what_others_depart_from() -> None:
    weights = [{"relevance": 0, "feasibility": 0, "cost": 0, "funding": 0}, {}, {"relevance": 0, "cost": 0}]
    found = departures(run_batch(small_study(), [Scenario(weights=one) for one in weights], backend="serial"))
    rest = departures(run_batch(small_study(), [Scenario(weights=one) for one in weights[1:]], backend="serial"))
    assert list(found["scenario"]) == [number + 1 for number in rest["scenario"]]
    pd.testing.assert_frame_equal(found.drop(columns="scenario"), rest.drop(columns="scenario"))
    assert found.iloc[0]["moved"] > 0
    assert departures(run_batch(small_study(), [Scenario(weights=weights[0])], backend="serial")).empty


def test_all_grants_close_is_the_ranking_without_grants_cell_for_cell() -> None:
    example = the_example()
    found = run_batch(example, [Scenario(), Scenario(without_programmes=("*",))], backend="serial")
    closed = found.ranking[found.ranking["scenario"] == 1].set_index("id")
    alone = evaluate(example, Scenario(without_programmes=("*",)))
    assert list(closed.index) == [line.measure for line in alone.ranking]
    assert list(closed["rank"]) == [line.rank for line in alone.ranking]
    assert list(closed["score"]) == [line.score for line in alone.ranking]
    assert (closed["grant_eur"] == 0).all()
    moved = without_grants(example, Scenario())  # what the page Förderung shows
    assert {one.measure: one.other_rank for one in moved} == dict(closed["rank"])


def test_studies_that_measure_otherwise_are_refused_by_name() -> None:
    study = small_study()

    def other(**changes: object) -> Study:
        leaf = study.leaves[0]
        criteria = tuple(c.model_copy(update=changes) if c.id == leaf else c for c in study.criteria)
        return study.model_copy(update={"criteria": criteria})

    check_comparable({"north": study, "south": other(label_de="anders", weight=3.0)})
    with pytest.raises(InputError) as error:
        check_comparable({"north": study, "south": other(best=10.0), "west": other(unit="t")})
    places = [(issue.where.table, issue.where.column.split(".")[-1]) for issue in error.value.issues]
    assert places == [("south", "best"), ("west", "unit")]
    alone = study.model_copy(update={"criteria": (Criterion(id="z", label_de="Z", best=1.0, worst=0.0, weight=1.0),)})
    with pytest.raises(InputError) as error:
        check_comparable({"north": study, "far": alone})
    assert [issue.code for issue in error.value.issues] == ["nothing_shared"]
    assert "far" in error.value.issues[0].sentence("de")


def test_regions_side_by_side() -> None:
    studies = {"north": small_study(), "south": small_study()}
    found = run_batch(studies, backend="serial")
    table = regions(found, studies).set_index("study")
    people = sum(m.population or 0 for m in studies["north"].municipalities)
    own = sum(float(m.own_contribution) for m in evaluate(studies["north"]).money.values())
    assert table.loc["north", "own_contribution_eur"] == pytest.approx(own, abs=0.01)
    if people:
        assert table.loc["south", "own_per_head_eur"] == pytest.approx(own / people, abs=0.01)
    themes = themes_by_study(found, studies)
    assert (themes.groupby("study")["measures_share"].sum().round(9) == 1).all()
