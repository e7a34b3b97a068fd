"""How the setting is told where there is no screen: above the printed ranking, and in the sheet on its basis."""

import pytest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES
from mcda.report.exhibits.basis import basis
from mcda.report.exhibits.setting import setting_line
from mcda.result import Result
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Stakeholder, Study
from mcda.terminal import ranking_lines
from small import small_study

ROLES = {"anna": ("Bürgermeisteramt", "Mayor's office"), "berta": ("Kämmerei", "Treasury"), "carla": ("Bauamt", "")}


def three_roles() -> Study:
    people = tuple(Stakeholder(id=who, label_de=de, label_en=en) for who, (de, en) in ROLES.items())
    points = tuple(
        DirectWeight(stakeholder=who, criterion=criterion, points=10.0 + n, elicitation="direct")
        for n, who in enumerate(ROLES)
        for criterion in ("relevance", "feasibility", "cost", "funding")
    )
    return small_study(stakeholders=people, weights=points)


def told(result: Result, language: str) -> dict[str, str]:
    return {str(row[0]): str(row[1]) for block in basis(result, language) for row in block.rows if len(row) > 1}


@pytest.mark.parametrize(
    ("scenario", "line"),
    [
        (Scenario(), ""),
        (Scenario(profile="berta"), "Gerechnet mit: Kämmerei"),
        (Scenario(profile=GROUP, voting_key="equal"), "Gerechnet mit: Gruppe: 3 Beteiligte, eine Stimme je Person"),
        (
            Scenario(profile=GROUP, people=("anna", "berta"), group_method="aij"),
            "Gerechnet mit: Gruppe: 2 Beteiligte, festgelegte Stimmgewichte, Antworten gemittelt",
        ),
        (Scenario(name="Sitzung im Mai", profile="berta"), "Gerechnet mit: Sitzung im Mai · Kämmerei"),
        (
            Scenario(profile=GROUP, voting_key="equal", weights={"relevance": 75.0}),
            "Gerechnet mit: Gruppe: 3 Beteiligte, eine Stimme je Person; geändert: Relevanz 50 % (vorher 25 %); "
            "Umsetzbarkeit 16,7 % (vorher 25 %); Kosten 16,7 % (vorher 25 %); Förderung 16,7 % (vorher 25 %)",
        ),
    ],
)
def test_the_setting_is_told_in_words_above_a_printed_ranking(scenario: Scenario, line: str) -> None:
    result = evaluate(three_roles(), scenario)
    assert setting_line(result, "de") == line
    head = ranking_lines(result, "de")
    assert (line in head[: head.index("")]) is bool(line)
    assert not any(said.startswith("Gerechnet mit") for said in head) or line


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_basis_of_a_group_s_ranking_says_how_votes_count_and_who_belongs(language: str) -> None:
    result = evaluate(three_roles(), Scenario(profile=GROUP, people=("anna", "carla"), voting_key="equal"))
    rows = told(result, language)
    if language == "de":
        assert rows["Ausgangspunkt der Gewichte"] == "Gruppe: 2 Beteiligte, eine Stimme je Person"
        assert rows["Wer zur Gruppe gehört"] == "Bürgermeisteramt; Bauamt"
    else:
        assert rows["Weights start from"] == "Group: 2 stakeholders, one person, one vote"
        assert rows["Who belongs to the group"] == "Mayor's office; Bauamt"
    assert "*" not in rows.values()


def test_everybody_who_answered_belongs_to_a_group_that_names_nobody() -> None:
    assert told(evaluate(three_roles(), Scenario(profile=GROUP)), "de")["Wer zur Gruppe gehört"] == (
        "Bürgermeisteramt; Kämmerei; Bauamt"
    )
    assert "Wer zur Gruppe gehört" not in told(evaluate(three_roles(), Scenario(profile="anna")), "de")
