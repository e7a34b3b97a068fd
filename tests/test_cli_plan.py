"""`mcda plan`: one plan behind table, workbook, CSV and JSON; what cannot be meant is told whole, nothing written."""

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from example import ranked_example, the_example
from mcda.arguments import PLAN_QUESTIONS
from mcda.cli import main
from mcda.locale import text
from mcda.portfolio import Choices, PlanTask, verify
from mcda.report.exhibits.plan_answers import QUESTIONS
from mcda.report.exports.plan_file import plan_json, plan_xlsx
from mcda.study.read import read_study
from portfolio_parts import over_five_years, selected
from workbook_parts import check_workbook

STUDY = str(Path(__file__).parents[1] / "data" / "nordallianz")
CALL = ["plan", STUDY, "--lang", "de"]
TASK = """
years = 5
budget_eur = 1000000
must = ["MV-07"]

[municipality_budgets_eur]
ECH = 150000

[[numbers]]
of = "theme"
name = "housing"
least = 7
soft = true
"""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the example read already."""
    monkeypatch.setattr("mcda.cli.read_study", lambda path: the_example() if path == STUDY else read_study(path))


@pytest.fixture
def task(tmp_path: Path) -> Path:
    file = tmp_path / "task.toml"
    file.write_text(TASK, encoding="utf-8")
    return file


def test_the_table_says_how_far_it_is_proven_and_names_all_measures(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main([*CALL, "--budget", "1.000.000"]) == 0
    said = capsysbinary.readouterr().out.decode()
    assert "Eigenmittel 1.000.000 € über die Laufzeit der Maßnahmen. Bester Plan." in said
    titles = [the_example().measure_by_id[name].title for name in selected().measures]
    assert all(title in said for title in titles)
    assert text("plan_list.title.years", "de") not in said


def test_json_holds_the_plan_and_the_verifier_finds_the_same(tmp_path: Path, task: Path) -> None:
    """Oracle: the plan of the file recomputed from the tables."""
    target = tmp_path / "plan.json"
    assert main([*CALL, "--plan", str(task), "--never", "DO-02", "-o", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    asked = PlanTask.model_validate(found["provenance"]["task"])
    assert asked.never == ("DO-02",)
    chosen = tuple(
        (one["id"], one["start"], {name: Decimal(str(amount)) for name, amount in one["grants_eur"].items()})
        for one in found["plan"]["chosen"]
    )
    told = verify(ranked_example(), asked, Choices(chosen))
    assert told.broken == ()
    assert found["plan"]["value"] == pytest.approx(told.value, abs=1e-6)
    assert found["plan"]["own_eur"] == float(told.own)
    assert found["provenance"]["input_hash"] == the_example().input_hash
    assert set(found["provenance"]) >= {"version", "scenario", "seed", "task", "gap_wanted", "seconds", "scipy"}
    assert [one["key"] for one in found["plan"]["missed"]] == ["least.theme.housing"]


def test_csv_has_a_row_per_measure_and_says_where_it_comes_from(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*CALL, "--budget", "1000000", "--to", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert [row["id"] for row in rows] == list(selected().measures)
    assert sum(Decimal(row["own_eur"]) for row in rows) == selected().own
    assert {row["plan_status"] for row in rows} == {"optimal"}
    assert {row["input_hash"] for row in rows} == {the_example().input_hash}


def test_the_workbook_is_whole_sums_with_formulas_and_comes_out_the_same(tmp_path: Path) -> None:
    content = plan_xlsx(ranked_example(), over_five_years(), language="de")
    assert content == plan_xlsx(ranked_example(), over_five_years(), language="de")
    check_workbook(content)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    names = ["Plan", "Jahre", "Gemeinden", "Grenzen", "Verfehlt", "Nicht im Plan", "Grundlagen"]
    assert formulas.sheetnames == names
    heads = [cell.value for cell in values["Plan"][1]]
    own, row = heads.index("Eigenmittel in den Jahren"), len(over_five_years().chosen) + 1
    assert str(formulas["Plan"].cell(row + 1, own + 1).value).startswith("=SUM(")
    assert values["Plan"].cell(row + 1, own + 1).value == float(over_five_years().own)
    assert sum(values["Plan"].cell(n, own + 1).value for n in range(2, row + 1)) == pytest.approx(
        float(over_five_years().own)
    )
    said = [cell.value for cell in values["Plan"]["A"] if cell.value]
    assert any("verlangt sind 7" in str(one) for one in said)


def test_questions_are_answered_where_they_are_asked(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([*CALL, "--budget", "300000", "--questions", "prices,fairness", "--seconds", "5", "--to", "json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)["answers"]
    assert set(found) == {"prices", "more", "step", "fair", "fairest"}
    assert {one["municipality"] for one in found["fair"]} == set(the_example().municipality_by_id)
    assert {"budget"} <= {one["key"] for one in found["prices"]}


def test_the_command_knows_the_questions_there_are() -> None:
    assert PLAN_QUESTIONS == QUESTIONS


def test_what_no_plan_can_keep_is_told_with_the_smallest_ways_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task, target = tmp_path / "task.toml", tmp_path / "plan.xlsx"
    task.write_text('budget_eur = 20000\n[[numbers]]\nof = "theme"\nname = "mobility"\nleast = 3\n', encoding="utf-8")
    assert main([*CALL, "--plan", str(task), "-o", str(target)]) == 2
    assert not target.exists()
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0] == "Fehler: Kein Plan hält alle Vorgaben ein."
    assert lines[1] == "Jede dieser Änderungen allein macht einen Plan möglich:"
    assert any(line.startswith("Eigenmittel gesamt: um 462.513,65 € auf 482.513,65 €") for line in lines)


def test_every_option_that_cannot_be_meant_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "plan.json"
    wrong = ["--budget", "viel", "--questions", "price", "--seconds", "0", "-o", str(target)]
    assert main([*CALL, *wrong]) == 2
    said = capsys.readouterr().err
    assert all(option in said for option in ("--budget", "--questions", "--seconds"))
    assert "prices" in said
    assert main([*CALL, "--years", "0"]) == 2
    assert "--years" in capsys.readouterr().err
    assert main([*CALL, "--must", "MV-7"]) == 2
    assert "MV-07" in capsys.readouterr().err
    assert not target.exists()


def test_what_the_solver_says_itself_does_not_reach_standard_output() -> None:
    program = (
        "import os, sys\n"
        "from mcda.asked_output import solver_talk_aside\n"
        "with solver_talk_aside():\n    os.write(1, b'talk')\n"
        "sys.stdout.write('answer')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("answer", "")


def test_a_pipe_gets_the_answer_alone() -> None:
    call = ["plan", STUDY, "--budget", "1000000", "--questions", "core", "--to", "json", "--lang", "de"]
    done = subprocess.run([sys.executable, "-m", "mcda", *call], capture_output=True, check=True)
    found = json.loads(done.stdout)
    assert [one["id"] for one in found["plan"]["chosen"]] == list(selected().measures)
    assert set(found["answers"]) == {"core", "budgets"}


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert plan_json(ranked_example(), selected()) == plan_json(ranked_example(), selected())


def test_names_the_study_does_not_hold_are_told_under_the_file_s_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strange.toml"
    file.write_text("years = 5\nmust = ['XX-99']\n", encoding="utf-8")
    assert main([*CALL, "--plan", str(file)]) == 2
    assert "strange.toml, Spalte must: XX-99 ist nicht vorhanden." in capsys.readouterr().err
