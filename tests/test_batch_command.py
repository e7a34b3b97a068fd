"""`mcda batch`: a file of scenarios in, Parquet out; everything wrong is told at once and nothing is written."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import mcda
from example import EXAMPLE, the_example
from mcda.altered import altered
from mcda.batch.compare import departures, rank_ranges, regrets
from mcda.batch.side_by_side import side_by_side
from mcda.cli import main
from mcda.locale import text
from mcda.report.exhibits.compare_lists import Compared, compare_listings
from mcda.report.exports.compare_file import compare_xlsx
from mcda.scenario import Scenario
from small import small_study

SCENARIOS = """
[[scenarios]]
name = "as it is"
[[scenarios]]
name = "all grants close"
without_programmes = ["*"]
[grid]
"weights.cost" = [10, 30]
"""


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    file = tmp_path / "scenarios.toml"
    file.write_text(SCENARIOS, encoding="utf-8")
    return file


def test_a_file_of_scenarios_becomes_tables(
    scenarios: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "run.parquet"
    assert main(["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1", "--lang", "de"]) == 0
    assert "4 Szenarien gerechnet" in capsys.readouterr().err
    summary = pd.read_parquet(tmp_path / "run.summary.parquet")
    assert list(summary["name"]) == [
        *("as it is: weights.cost=10", "as it is: weights.cost=30"),
        *("all grants close: weights.cost=10", "all grants close: weights.cost=30"),
    ]
    ranking = pd.read_parquet(target)
    alone = mcda.evaluate(the_example(), Scenario(weights={"cost": 30}))
    assert list(ranking[ranking["scenario"] == 1]["id"]) == [line.measure for line in alone.ranking]


def test_python_gives_the_same_as_the_command(scenarios: Path, tmp_path: Path) -> None:
    target = tmp_path / "run"
    assert main(["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1"]) == 0
    found = mcda.run_batch(the_example(), mcda.read_scenarios(scenarios), backend="serial")
    pd.testing.assert_frame_equal(mcda.Batch(path=target).ranking, found.ranking)


def test_two_studies_stand_beside_each_other_under_their_names(scenarios: Path, tmp_path: Path) -> None:
    other = tmp_path / "second"
    mcda.write_study(the_example(), other)
    target = tmp_path / "run.parquet"
    command = ["batch", str(EXAMPLE), str(scenarios), "--also", str(other), "-o", str(target), "--jobs", "1"]
    assert main(command) == 0
    assert list(pd.read_parquet(target)["study"].unique()) == ["nordallianz", "second"]


def test_folders_with_a_dot_in_their_names_are_two_studies(scenarios: Path, tmp_path: Path) -> None:
    for name in ("region.2025", "region.2026"):
        mcda.write_study(small_study(), tmp_path / name)
    target, folders = tmp_path / "run.parquet", [str(tmp_path / f"region.{year}") for year in (2025, 2026)]
    scenarios.write_text("[[scenarios]]", encoding="utf-8")
    assert main(["batch", folders[0], str(scenarios), "--also", folders[1], "-o", str(target), "--jobs", "1"]) == 0
    assert list(pd.read_parquet(target)["study"].unique()) == ["region.2025", "region.2026"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('"weights.cost" = [10, 30]', '"weights.cost" = []'), "weights.cost"),
        (('"weights.cost"', '"weights.costs"'), "weights.costs"),
        (("without_programmes", "without"), "without"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_written(
    scenarios: Path, tmp_path: Path, change: tuple[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios.write_text(SCENARIOS.replace(*change), encoding="utf-8")
    target = tmp_path / "run"
    assert main(["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "scenarios.toml" in said
    assert not target.exists()


def test_what_the_study_does_not_know_stops_the_run_unless_it_is_to_go_on(
    scenarios: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios.write_text(SCENARIOS.replace('["*"]', '["LEADR_BY"]'), encoding="utf-8")
    target = tmp_path / "run.parquet"
    command = ["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1", "--lang", "en"]
    assert main(command) == 2
    assert "LEADER_BY" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["scenarios.toml"]
    assert main([*command, "--keep-going"]) == 0
    assert "2 of them could not be computed" in capsys.readouterr().err
    summary = mcda.read_batch(target, "summary")
    assert list(summary["error"].fillna("")) == ["", "", "unknown_id", "unknown_id"]


def test_a_finished_file_is_left_as_it_is_by_going_on(scenarios: Path, tmp_path: Path) -> None:
    command = ["batch", str(EXAMPLE), str(scenarios), "-o", str(tmp_path / "run.parquet"), "--jobs", "1"]
    assert main(command) == 0
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    assert main([*command, "--resume"]) == 0
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_every_study_is_asked_what_it_refuses_and_named(
    scenarios: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, study = tmp_path / "second", altered(the_example(), Scenario(themes=("mobility",)))
    silent = {
        "judgements": tuple(one for one in study.judgements if one.stakeholder != "mayors"),
        "weights": tuple(one for one in study.weights if one.stakeholder != "mayors"),
    }
    mcda.write_study(study.model_copy(update=silent), other)
    scenarios.write_text("each = ['stakeholder']\n[[scenarios]]\nmeasures = ['WS-01', 'MV-01']", encoding="utf-8")
    command = ["batch", str(EXAMPLE), str(scenarios), "--also", str(other), "-o", str(tmp_path / "run"), "--jobs", "1"]
    assert main([*command, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.count("scenarios.toml (second), column scenarios.1.measures: WS-01 does not exist") == 1
    assert said.count("scenarios.toml (second), column each.stakeholder") == 1
    assert "mayors" in said
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        *((["--what", "rank"], "rank"), (["--draws", "0"], "draws"), (["--also", str(EXAMPLE)], "nordallianz")),
        (["--jobs", "0"], "jobs"),
    ],
)
def test_options_that_cannot_be_meant_are_named(
    scenarios: Path, tmp_path: Path, options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "run"
    assert main(["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1", *options]) == 2
    assert told in capsys.readouterr().err
    assert not target.exists()


def test_scenarios_are_compared_as_tables(scenarios: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(EXAMPLE), str(scenarios), "--lang", "de"]) == 0
    said = capsys.readouterr().out
    for heading in ("Wo jede Maßnahme über alle Szenarien steht", "Wie weit jedes Szenario", "Wie viele Punkte es"):
        assert heading in said
    assert "all grants close: weights.cost=30" in said


def test_a_first_scenario_that_fails_does_not_hide_the_others(
    scenarios: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zero = "weights = { relevance = 0, feasibility = 0, cost = 0, funding = 0 }"
    scenarios.write_text(f"[[scenarios]]\nname='bad'\n{zero}\n[[scenarios]]\nname='good'", encoding="utf-8")
    command = ["compare", str(EXAMPLE), str(scenarios), "--keep-going", "--lang", "en"]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "“bad” could not be computed" in said
    assert "compared with “good”, because “bad”" in said
    assert text("compare.table.departures", "en") in said
    assert main([*command, "--to", "json"]) == 0
    assert [row["scenario"] for row in json.loads(capsys.readouterr().out)["departures"]] == [1]


def test_regions_are_compared_and_unlike_ones_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other, unlike = tmp_path / "second", tmp_path / "unlike"
    study = the_example()
    mcda.write_study(study, other)
    leaf = study.leaves[0]
    criteria = tuple(one.model_copy(update={"best": 9.0}) if one.id == leaf else one for one in study.criteria)
    mcda.write_study(study.model_copy(update={"criteria": criteria}), unlike)
    assert main(["compare", str(EXAMPLE), "--also", str(other), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "The studies side by side" in said
    assert "Themes of the studies" in said
    assert main(["compare", str(EXAMPLE), "--also", str(unlike), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "unlike" in told
    assert f"criteria.{leaf}.best" in told


def test_a_comparison_as_json_holds_every_row(scenarios: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(EXAMPLE), str(scenarios), "--to", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert len(content["ranking"]) == 4 * 40
    assert len(content["summary"]) == 4
    found = mcda.run_batch({"nordallianz": the_example()}, mcda.read_scenarios(scenarios), backend="serial")
    tables = {"ranges": rank_ranges(found), "departures": departures(found), "regrets": regrets(found)}
    for name, table in tables.items():
        assert content[name] == json.loads(table.to_json(orient="records"))
    assert "regions" not in content


def test_studies_as_json_hold_what_they_share_and_the_lessons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "second"
    study = small_study()
    mcda.write_study(study, tmp_path / "first")
    mcda.write_study(study.model_copy(update={"measures": study.measures[:3], "ratings": study.ratings[:9]}), other)
    assert main(["compare", str(tmp_path / "first"), "--also", str(other), "--to", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    studies = {name: mcda.read_study(tmp_path / name) for name in ("first", "second")}
    side = side_by_side(mcda.run_batch(studies, backend="serial"), studies)
    for name, table in side.frames().items():
        assert content[name] == json.loads(table.to_json(orient="records")), name
    assert content["labels"] == []
    assert "costs_thin" in {one["code"] for one in content["lessons"]}
    assert "ranges" not in content


def test_that_labels_were_not_asked_is_said_in_place_of_empty_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mcda.write_study(small_study(), tmp_path / "a")
    mcda.write_study(small_study(), tmp_path / "b")
    command = ["compare", str(tmp_path / "a"), "--also", str(tmp_path / "b"), "--lang", "de"]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert text("compare.labels_not_asked", "de") in said
    assert text("compare.column.contested", "de") not in said
    assert main([*command, "--what", "robustness", "--draws", "50"]) == 0
    said = capsys.readouterr().out
    assert text("compare.labels_not_asked", "de") not in said
    assert text("compare.table.labels", "de") in said
    assert text("compare.column.contested", "de") in said


def test_a_comparison_as_a_workbook_holds_every_listing_as_numbers(scenarios: Path, tmp_path: Path) -> None:
    target = tmp_path / "vergleich.xlsx"
    command = ["compare", str(EXAMPLE), str(scenarios), "--lang", "de"]
    assert main([*command, "--to", "xlsx", "-o", str(target)]) == 0
    studies = {"nordallianz": mcda.read_study(EXAMPLE)}
    read = mcda.read_scenarios(scenarios)
    compared = Compared(mcda.run_batch(studies, read, backend="serial"), studies)
    assert compare_xlsx(compared, "de") == target.read_bytes()
    book = load_workbook(io.BytesIO(target.read_bytes()))
    listings = compare_listings(compared, "de")
    assert list(listings) == ["ranges", "departures", "regrets"]
    assert book.sheetnames == [text(f"compare.sheet.{name}", "de") for name in (*listings, "provenance")]
    for name, listing in listings.items():
        rows = list(book[text(f"compare.sheet.{name}", "de")].values)
        assert rows[0] == tuple(column.header for column in listing.columns)
        assert len(rows) == len(listing.rows) + 1
        for told, row in zip(rows[1:], listing.rows, strict=True):
            assert [type(cell) in (int, float) for cell in told] == [isinstance(cell, int | float) for cell in row]
            assert list(told) == [pytest.approx(c) if isinstance(c, int | float) else c for c in row]
    origin = [str(cell) for row in book[text("compare.sheet.provenance", "de")].values for cell in row if cell]
    assert studies["nordallianz"].input_hash in origin
    assert sum("all grants close" in words for words in origin) == 2


def test_a_workbook_needs_somewhere_to_go(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(EXAMPLE), "--to", "xlsx", "--lang", "en"]) == 2
    assert "-o" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["run.csv", "run.xlsx", "run.PARQUET"])
def test_a_batch_is_written_to_parquet_or_a_folder_only(
    scenarios: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / name
    command = ["batch", str(EXAMPLE), str(scenarios), "-o", str(target), "--jobs", "1", "--lang", "en"]
    assert main(command) == 2
    assert Path(name).suffix in capsys.readouterr().err
    assert not target.exists()
    target.mkdir()
    assert main(command) == 0, "a folder that is there may be called so"
