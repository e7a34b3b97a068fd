"""`mcda batch`: a file of scenarios in, Parquet out; everything wrong is told at once and nothing is written."""

import json
from pathlib import Path

import pandas as pd
import pytest

import mcda
from example import EXAMPLE, the_example
from mcda.altered import altered
from mcda.cli import main
from mcda.scenario import Scenario

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
    [(["--what", "rank"], "rank"), (["--draws", "0"], "draws"), (["--also", str(EXAMPLE)], "nordallianz")],
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
