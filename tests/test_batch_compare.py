"""Scenarios and studies side by side, against counts made by hand."""

import pandas as pd
import pytest

from example import the_example
from mcda.batch import Batch, run_batch
from mcda.batch.compare import (
    check_comparable,
    departures,
    rank_ranges,
    regions,
    regret_coverage,
    regrets,
    themes_by_study,
)
from mcda.batch.first import first_results
from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.report.exhibits.compare_lists import Compared, failed_sentences, range_listing
from mcda.report.exhibits.compare_notes import compare_notes
from mcda.robustness.grants import without_grants
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Municipality, Study
from small import small_study


def batch(
    ranks: dict[int, dict[str, tuple[int, float]]], study: str = "", methods: dict[int, str] | None = None
) -> Batch:
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
    summary = [
        {"study": study, "scenario": n, "name": f"s{n}", "method": (methods or {}).get(n, "topsis"), "error": None}
        for n in ranks
    ]
    return Batch(frames={"ranking": pd.DataFrame(rows), "summary": pd.DataFrame(summary)})


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


def test_regret_leaves_out_scenarios_of_another_method_and_says_how_many() -> None:
    scores = {
        0: {"a": (1, 0.9), "b": (2, 0.8), "c": (3, 0.1)},
        1: {"b": (1, 70.0), "a": (2, 10.0)},
        2: {"b": (1, 0.6), "a": (2, 0.2)},
    }
    mixed = batch(scores, methods={1: "points"})
    assert list(regrets(mixed)["id"]) == ["b", "a"]
    assert list(regrets(mixed)["largest"]) == pytest.approx([0.1, 0.4])
    assert list(regrets(mixed)["largest_in"]) == [0, 2]
    assert regret_coverage(mixed).to_dict("records") == [
        {"method": "topsis", "scenarios": 2, "other_methods": 1, "measures": 3, "not_everywhere": 1}
    ]
    (whole,) = regret_coverage(THREE).to_dict("records")
    assert (whole["scenarios"], whole["other_methods"], whole["measures"], whole["not_everywhere"]) == (3, 0, 3, 0)


def test_what_ranks_and_regret_leave_out_stands_beside_their_tables() -> None:
    study = the_example()
    listed = [Scenario(name="x"), Scenario(name="h", themes=("housing",)), Scenario(name="w", method="weighted_sum")]
    found = Compared(run_batch({"": study}, listed, backend="serial"), {"": study})
    housing = sum(m.theme == "housing" for m in study.measures)
    notes = compare_notes(found, "en")
    assert f"{housing} to {len(study.measures)}" in notes["ranges"][0]
    (said,) = notes["regrets"]
    assert said.startswith("One case with another method does not count here")
    assert f"{len(study.measures) - housing} of {len(study.measures)} measures" in said
    listing = range_listing(found, "en")
    cases = [column.key for column in listing.columns].index("scenarios")
    themes = {m.id: m.theme for m in study.measures}
    assert {row[0]: row[cases] for row in listing.rows} == {i: 3 if themes[i] == "housing" else 2 for i in themes}
    same = Compared(run_batch({"": study}, listed[:1] * 2, backend="serial"), {"": study})
    assert compare_notes(same, "de") == {}


def test_a_scenario_that_fails_is_told_with_its_place_and_what_is_allowed() -> None:
    study = the_example()
    listed = [Scenario(name="x"), Scenario(name="bad", cells={"ratings.MV-01.reach.ECH.value": 77.0})]
    found = Compared(run_batch({"": study}, listed, backend="serial"), {"": study})
    with pytest.raises(InputError) as error:
        evaluate(study, listed[1])
    for language in LANGUAGES:
        (said,) = failed_sentences(found, language)
        assert "bad" in said
        assert all(issue.sentence(language) in said for issue in error.value.issues)
        assert "77" in said
    raters = ("ECH", "GAR", "HBM", "ISM", "USH")
    many = Scenario(name="many", cells={f"ratings.MV-01.urgency.{who}.value": 77.0 for who in raters})
    (said,) = failed_sentences(Compared(run_batch({"": study}, (many,), backend="serial"), {"": study}), "en")
    assert said.count("77") == 3
    assert said.endswith(text("compare.more_faults", "en", count=2))


def test_a_study_without_a_name_takes_no_column() -> None:
    for table in (rank_ranges(THREE), regrets(THREE), regret_coverage(THREE), departures(THREE)):
        assert "study" not in table
    one = batch({0: {"a": (1, 0.9), "b": (2, 0.8)}}, study="north")
    for table in (rank_ranges(one), regrets(one), regret_coverage(one), departures(one)):
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


def test_a_criterion_elsewhere_in_the_tree_is_refused_with_both_places() -> None:
    study = small_study()

    def moved(name: str, parent: str) -> Study:
        criteria = tuple(c.model_copy(update={"parent": parent}) if c.id == name else c for c in study.criteria)
        return study.model_copy(update={"criteria": criteria})

    with pytest.raises(InputError) as error:
        check_comparable({"north": study, "south": moved("urgency", "feasibility"), "west": moved("cost", "relevance")})
    told = [(i.code, i.where.table, i.where.column, i.params["value"], i.params["allowed"]) for i in error.value.issues]
    assert ("places_differ", "south", "criteria.urgency.parent", "feasibility", "relevance") in told
    assert ("places_differ", "west", "criteria.cost.parent", "relevance", "–") in told
    assert all("relevance" in issue.sentence(language) for issue in error.value.issues for language in ("de", "en"))
    groups = (*study.criteria, Criterion(id="all", label_de="Alles", weight=1.0))
    deeper = tuple(c.model_copy(update={"parent": "all"}) if c.id == "relevance" else c for c in groups)
    with pytest.raises(InputError) as error:
        check_comparable({"north": study, "deep": study.model_copy(update={"criteria": deeper})})
    assert {(i.where.column, i.params["value"]) for i in error.value.issues} == {
        ("criteria.goals.parent", "all / relevance"),
        ("criteria.urgency.parent", "all / relevance"),
    }


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


def test_a_region_is_told_from_one_scenario_even_where_another_knows_more() -> None:
    study = the_example()
    closed = Scenario(without_programmes=("*",))
    # VIKOR has no labels, the second scenario has: nothing of it may stand in the first one's row
    scenarios = [Scenario(method="pymcdm:VIKOR"), closed]
    found = run_batch({"a": study}, scenarios, what=("ranking", "robustness"), draws=50, backend="serial")
    second = found.summary.set_index("scenario").loc[1]
    assert second["secure"] + second["contested"] > 0
    row = regions(found, {"a": study}).iloc[0]
    assert row["own_contribution_eur"] == pytest.approx(found.summary["own_contribution_eur"].iloc[0])
    assert pd.isna(row["secure"])
    assert pd.isna(row["contested"])
    assert first_results(found, {"a": study})["a"].method == "pymcdm:VIKOR"


def test_per_head_needs_the_inhabitants_of_every_municipality() -> None:
    study = small_study()
    counted = tuple(home.model_copy(update={"population": 1_000}) for home in study.municipalities)
    blank = (counted[0].model_copy(update={"population": None}), *counted[1:])
    studies = {
        "whole": study.model_copy(update={"municipalities": counted}),
        "half": study.model_copy(update={"municipalities": (*blank, home_of("more", 500))}),
    }
    table = regions(run_batch(studies, backend="serial"), studies).set_index("study")
    assert table.loc["whole", "people"] == 1_000 * len(counted)
    assert table.loc["whole", "own_per_head_eur"] > 0
    assert pd.isna(table.loc["half", "people"])
    assert pd.isna(table.loc["half", "own_per_head_eur"])


def home_of(name: str, people: int | None) -> Municipality:
    return Municipality(id=name, name=name, population=people)
