"""`mcda sensitivity`: one engine behind table, workbook and JSON; every wrong option told at once."""

import io
import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from example import ranked_example, the_example
from mcda.arguments import SENSITIVITY_QUESTIONS, WEIGHTINGS
from mcda.cli import main
from mcda.errors import MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.methods import METHODS
from mcda.report.exhibits.what_if_sentence import what_if_sentence
from mcda.report.exports.sensitivity_file import QUESTIONS, Asked, sections, sensitivity_json, sensitivity_xlsx
from mcda.result import Result
from mcda.robustness.considered import WEIGHTINGS as CONSIDERED
from mcda.robustness.considered import Considered, sampled
from mcda.robustness.labels import LabelSettings, robustness_labels
from mcda.robustness.stability import stability_intervals
from mcda.robustness.what_if import what_if
from mcda.scenario import Scenario
from mcda.study.read import read_study
from small import small_study

STUDY = str(Path(__file__).parents[1] / "data" / "nordallianz")
QUICK = ("crossover", "stability", "smaa", "agreement")
FEW = Asked(QUICK, Considered(draws=500), LabelSettings(draws=500, data_draws=500))
"""All questions but the one whose answers are tested by their own."""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the example read already: what it reads from where is asked elsewhere."""
    monkeypatch.setattr("mcda.cli.read_study", lambda path: the_example() if path == STUDY else read_study(path))


@pytest.fixture(scope="module")
def example() -> Result:
    return ranked_example()


def printed(capsysbinary: pytest.CaptureFixture[bytes], *options: str) -> str:
    assert main(["sensitivity", STUDY, "--lang", "de", "--draws", "300", *options]) == 0
    return capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("question", ["crossover", "stability", "smaa", "agreement"])
def test_one_question_prints_its_table_alone(capsysbinary: pytest.CaptureFixture[bytes], question: str) -> None:
    said = printed(capsysbinary, "--question", question)
    titles = {name: text(f"sensitivity.title.{name}", "de") for name in ("crossover", "stability", "smaa", "agreement")}
    assert [name for name, title in titles.items() if title in said.splitlines()] == [question]


def test_the_table_says_what_was_considered(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    said = printed(capsysbinary, "--question", "smaa", "--statement", "Kosten >= 20 %", "--open-ratings", "--seed", "5")
    assert "300 zufällige Gewichtungen: alle, für die gilt: Kosten >= 20 %" in said
    assert "Startwert der Zufallszahlen 5" in said
    assert "keine Wahrscheinlichkeit" in said


def test_json_holds_the_engines_figures(example: Result) -> None:
    found = json.loads(sensitivity_json(example, FEW))
    assert found["provenance"]["input_hash"] == example.provenance.input_hash
    drawn = sampled(example, FEW.considered)
    for i, measure in enumerate(drawn.measures):
        one = found["smaa"]["measures"][measure]
        assert one["rank_acceptability"] == drawn.shares[i].tolist()
        assert one["expected_rank"] == drawn.expected_ranks()[i]
    labels = robustness_labels(example, FEW.labels)
    assert [one["label"] for one in found["smaa"]["labels"]["measures"]] == [one.label for one in labels.lines]
    index = np.array(found["smaa"]["pairwise_winning"]["index"])
    assert (index + index.T <= 1 + 1e-9).all()
    exact = stability_intervals(example.study, example.matrix, METHODS["topsis"], example.weights)
    assert [one["low"] for one in found["stability"]["intervals"]] == [one.low for one in exact]
    assert found["stability"]["percent_top"]["overtaken"] == example.ranking[0].measure
    assert found["agreement"]["ranks"]["DO-08"][0] == 1
    reversals = found["agreement"]["rank_reversals"]
    assert list(reversals) == found["agreement"]["methods"]
    assert reversals["topsis"] == {"by_construction": True, "tried": 0, "changed": 0, "first_moved": 0, "examples": []}
    assert reversals["topsis_minmax"]["tried"] == len(example.ranking) + 3
    assert {"fragile_weight", "no_clear_winner", "too_few_draws"} <= {one["code"] for one in found["findings"]}


def test_same_question_same_bytes(example: Result) -> None:
    again = evaluate(read_study(STUDY))
    assert sensitivity_json(example, FEW) == sensitivity_json(again, FEW)
    assert sensitivity_xlsx(example, FEW) == sensitivity_xlsx(again, FEW)
    other = evaluate(example.study, Scenario(seed=1))
    assert sensitivity_json(other, FEW) != sensitivity_json(example, FEW)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_workbook_has_a_sheet_per_table_with_real_numbers(example: Result, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sensitivity_xlsx(example, FEW, language)))
    names = ("crossover", "stability", "smaa", "labels", "agreement", "basis")
    for name in names:
        assert text(f"export.sheet.{name}", language) in book.sheetnames
    sheet = book[text("export.sheet.smaa", language)]
    assert sheet.max_row > 41
    first = sheet["D2"].value
    assert isinstance(first, float | int)
    drawn = sampled(example, FEW.considered)
    assert first == pytest.approx(drawn.shares[drawn.measures.index(example.ranking[0].measure), 0])
    below = " ".join(str(cell.value) for cell in sheet["A"][41:] if cell.value)
    assert "500" in below


def test_a_file_name_says_what_to_write(tmp_path: Path) -> None:
    for name in ("found.xlsx", "found.json"):
        target = tmp_path / name
        assert main(["sensitivity", STUDY, "--question", "stability", "-o", str(target)]) == 0
        assert target.stat().st_size > 1_000


def test_all_wrong_options_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {"--draws": "0", "--first": "0", "--budget": "viel", "--spread": "50", "--contested": "120"}
    wrong |= {"--secure": "-1", "--cost-spread": "900", "--common-cost": "101", "--weightings": "statements"}
    options = [word for pair in wrong.items() for word in pair]
    assert main(["sensitivity", STUDY, "--lang", "de", "--question", "smaa", *options]) == 2
    told = capsys.readouterr().err
    for option in wrong:
        assert option.replace("weightings", "statement") in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--statement", "beauty >= 20 %"), "beauty"),
        (("--statement", "cost >= 60 %", "--statement", "relevance >= cost"), "relevance >= cost"),
        (("--weightings", "none"), "statements"),
        (("--to", "csv"), "xlsx"),
        (("--weightings", "around", "--statement", "cost >= 20 %"), "--statement"),
        (("--first", "3", "--budget", "100000"), "--budget"),
        (("--first", "41"), "1 ... 40"),
        (("--draws", "99999999999999"), "10000000"),
        (("--statement", "  "), "--statement"),
        (("--budget", "nan"), "--budget"),
        (("--budget", "1e400"), "--budget"),
        (("--spread", "inf"), "--spread"),
        (("--statement", "nan >= 20 %"), "nan"),
        (("--statement", "<script>alert(1)</script> >= 1 %"), "script"),
        (("-o", "found.csv"), "xlsx"),
    ],
)
def test_what_cannot_be_answered_is_told(
    options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sensitivity", STUDY, "--lang", "en", "--question", "smaa", *options]) == 2
    assert said in capsys.readouterr().err


def test_limits_are_settings(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    said = printed(capsysbinary, "--question", "smaa", "--secure", "10", "--contested", "40")
    assert "weniger als 10 %" in said
    assert "mindestens 40 %" in said
    assert main(["sensitivity", STUDY, "--secure", "50", "--contested", "40"]) == 2


def test_german_amounts_are_read_as_written(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    said = printed(capsysbinary, "--question", "smaa", "--budget", "1.500.000")
    assert "Reicht ein Budget von 1.500.000 €" in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_it_would_take_is_said_for_every_goal(language: str) -> None:
    result = evaluate(small_study())
    asked = Asked(("what-if",))
    found = json.loads(sensitivity_json(result, asked))["what-if"]
    assert len(found["goals"]) == 3 + 3
    for goal in found["goals"]:
        again = what_if(result, goal["goal"]["target"], goal["goal"]["rivals"], goal["goal"]["top"])
        assert goal["weights"]["points"] == (again.weights.points if again.weights else None)
    listing, cells = sections(result, asked, language)
    sentences = [row[-1] for row in listing.listing.rows]
    assert sentences[0] == what_if_sentence(
        result, what_if(result, result.ranking[1].measure, result.ranking[0].measure), language
    )
    assert len(cells.listing.rows) == 4 * 3
    book = openpyxl.load_workbook(io.BytesIO(sensitivity_xlsx(result, asked, language)))
    assert text("export.sheet.what_if", language) in book.sheetnames


def test_every_question_of_the_command_line_has_its_answer() -> None:
    assert SENSITIVITY_QUESTIONS == QUESTIONS
    assert WEIGHTINGS == CONSIDERED


def test_of_several_questions_the_unanswerable_says_so_in_its_place() -> None:
    """VIKOR has no answer where one weight takes all; the other questions are answered all the same."""
    result = evaluate(small_study(), Scenario(method="pymcdm:VIKOR"))
    found = json.loads(sensitivity_json(result, FEW))
    assert "VIKOR" in found["crossover"]["sentence"]
    assert found["smaa"]["method"] == "topsis"
    told = sections(result, FEW, "de")[0]
    assert "VIKOR" in str(told.listing.rows[0][0])
    assert openpyxl.load_workbook(io.BytesIO(sensitivity_xlsx(result, FEW, "de")))
    with pytest.raises(MethodError):
        sections(result, Asked(("crossover",)), "de")


def test_with_a_plans_file_places_know_where_its_budget_line_is_near(
    capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text("budget_eur = 1_000_000\n", encoding="utf-8")
    found = json.loads(printed(capsysbinary, "--question", "smaa", "--plan", str(file), "--to", "json"))
    lines = {one["measure"]: one for one in found["smaa"]["labels"]["measures"]}
    assert "budget" in lines["MV-08"]["reasons"]
    assert "Budgets des Plans" in printed(capsysbinary, "--question", "smaa", "--plan", str(file))


def test_a_plan_and_a_budget_of_its_own_exclude_each_other(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--lang", "de", "sensitivity", str(STUDY), "--plan", "x.toml", "--budget", "1"]) == 2
    assert "--budget" in capsysbinary.readouterr().err.decode()
