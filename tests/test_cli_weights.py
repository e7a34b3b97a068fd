"""`mcda weights`: the same numbers as Python, contradictions with the answer to look at again, and the group."""

import json
from pathlib import Path

import pytest

from example import the_example
from mcda.cli import main
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Judgement, Stakeholder, Study
from mcda.study.write import write_study
from mcda.weights.tree import tree_weights
from small import small_study

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"


def contradicting() -> Study:
    answers = {("relevance", "feasibility"): 3, ("feasibility", "cost"): 4, ("relevance", "cost"): 1 / 5}
    answers |= {("relevance", "funding"): 2, ("feasibility", "funding"): 1, ("cost", "funding"): 1}
    return small_study(
        stakeholders=(Stakeholder(id="anna", label_de="Anna"), Stakeholder(id="berta", label_de="Berta")),
        judgements=tuple(Judgement(stakeholder="anna", a=a, b=b, value=v) for (a, b), v in answers.items()),
        weights=tuple(
            DirectWeight(stakeholder="berta", criterion=c, points=p, elicitation="swing")
            for c, p in (("relevance", 100), ("feasibility", 80), ("cost", 20), ("funding", 10))
        ),
    )


def test_the_json_holds_the_weights_python_computes(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["weights", str(EXAMPLE), "--to", "json"]) == 0
    content = json.loads(capsysbinary.readouterr().out)
    study = the_example()
    assert list(content["people"]) == ["mayors", "planning", "treasury"]
    for who, found in content["people"].items():
        assert found["weights"] == dict(tree_weights(study, Scenario(profile=who)).overall)
        assert {source["elicitation"] for source in found["sources"]} == {"ahp"}
    assert content["group"]["weights"] == dict(tree_weights(study, Scenario(profile=GROUP)).overall)
    assert content["group"]["voting_keys"]["first"]["equal"] == ["DO-08"]
    assert sum(content["group"]["voices"].values()) == pytest.approx(1)


def test_the_terminal_names_the_answer_to_look_at_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_study(contradicting(), tmp_path / "study.xlsx")
    assert main(["weights", str(tmp_path / "study.xlsx"), "--lang", "de"]) == 0
    said = capsys.readouterr().out
    assert "Am wenigsten passt die Antwort zu Relevanz gegen Kosten" in said
    assert "Anna: Paarvergleich" in said
    assert "Relevanz gegen Kosten: Die Antworten liegen um den Faktor" in said


def test_a_scenario_says_how_votes_count(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write_study(contradicting(), tmp_path / "study.xlsx")
    (tmp_path / "s.toml").write_text('voting_key = "population"\n', encoding="utf-8")
    command = ["weights", str(tmp_path / "study.xlsx"), "--scenario", str(tmp_path / "s.toml"), "--to", "json"]
    assert main(command) == 0
    assert json.loads(capsysbinary.readouterr().out)["group"] == {"issues": ["nobody_votes"]}


def test_nobody_s_answers_are_the_study_s_weights_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_study(small_study(), tmp_path / "study.xlsx")
    assert main(["weights", str(tmp_path / "study.xlsx"), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "1. The study's weights" in said
    assert "2." not in said


def test_a_file_that_ends_in_json_is_one(tmp_path: Path) -> None:
    target = tmp_path / "weights.json"
    assert main(["weights", str(EXAMPLE), "-o", str(target)]) == 0
    assert json.loads(target.read_bytes())["provenance"]["method"] == "topsis"
