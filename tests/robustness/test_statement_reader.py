"""Short texts about weights: what they say, and what is wrong with them."""

import pytest

from mcda.errors import InputError
from mcda.robustness.statement_reader import read_statements
from mcda.study.model import Criterion, Study
from small import small_study

Said = tuple[str, dict[str, float], float]


def read(*texts: str, study: Study | None = None) -> list[Said]:
    found = read_statements(study or small_study(), texts)
    return [(one.parent, dict(one.coefficients), one.at_least) for one in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cost >= 20 %", [("", {"cost": 1}, 0.2)]),
        ("Kosten>=20%", [("", {"cost": 1}, 0.2)]),
        ("  KOSTEN   ≥ 12,5 %", [("", {"cost": 1}, 0.125)]),
        ("Förderung <= 30 %", [("", {"funding": -1}, -0.3)]),
        ("relevance >= cost", [("", {"relevance": 1, "cost": -1}, 0)]),
        ("10 % <= funding <= 30 %", [("", {"funding": 1}, 0.1), ("", {"funding": -1}, -0.3)]),
        ("relevance >= 2 * cost", [("", {"relevance": 1, "cost": -2}, 0)]),
        ("relevance >= cost * 1.5", [("", {"relevance": 1, "cost": -1.5}, 0)]),
        ("2 cost ≤ funding", [("", {"funding": 1, "cost": -2}, 0)]),
        ("50 % * cost >= funding", [("", {"cost": 0.5, "funding": -1}, 0)]),
        ("relevance = cost", [("", {"relevance": 1, "cost": -1}, 0), ("", {"cost": 1, "relevance": -1}, 0)]),
        ("relevance >= cost + 5 %", [("", {"relevance": 1, "cost": -1}, 0.05)]),
        ("cost + funding - 5 % <= 40 %", [("", {"cost": -1, "funding": -1}, -0.45)]),
        ("cost + cost >= 30 %", [("", {"cost": 2}, 0.3)]),
        ("- cost >= -30 %", [("", {"cost": -1}, -0.3)]),
        ("cost >= 0", [("", {"cost": 1}, 0)]),
        ("goals >= Dringlichkeit", [("relevance", {"goals": 1, "urgency": -1}, 0)]),
        ("", []),
    ],
)
def test_what_a_text_says(text: str, said: list[Said]) -> None:
    found = read(text)
    assert [(parent, factors) for parent, factors, _ in found] == [(parent, factors) for parent, factors, _ in said]
    assert [floor for *_, floor in found] == pytest.approx([floor for *_, floor in said])


def test_each_statement_keeps_its_text() -> None:
    found = read_statements(small_study(), ["10 %  <= funding <= 30 %", "", "cost = 20 %"])
    assert [one.text for one in found] == ["10 % <= funding <= 30 %"] * 2 + ["cost = 20 %"] * 2


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("costs >= 20 %", "statement_unknown_criterion", "costs"),
        ("Preis >= 20 %", "statement_unknown_criterion", "Preis"),
        ("goals >= cost", "statement_not_siblings", ("goals", "cost")),
        ("goals >= relevance", "statement_not_siblings", ("goals", "relevance")),
        ("cost >= 20", "statement_no_number", "20"),
        ("cost >= 0.2", "statement_no_number", "0.2"),
        ("cost >= cost", "statement_says_nothing", None),
        ("10 % <= 20 %", "statement_says_nothing", None),
        ("cost > 20 %", "statement_unreadable", "> 20 %"),
        ("cost >= 20 %%", "statement_unreadable", "%"),
        ("cost >= 1e5", "statement_unreadable", "1e5"),
        ("cost", "statement_unreadable", "cost"),
        ("cost >=", "statement_unreadable", "cost >="),
        ("cost >= 20 % 30 %", "statement_unreadable", "cost >= 20 % 30 %"),
        ("cost funding >= 3 %", "statement_unreadable", "cost funding >= 3 %"),
        ("2 * * cost >= 3 %", "statement_unreadable", "2 * * cost >= 3 %"),
        ("cost * 2 * >= 3 %", "statement_unreadable", "cost * 2 * >= 3 %"),
        ("* cost >= 3 %", "statement_unreadable", "* cost >= 3 %"),
        ("2 * >= cost", "statement_unreadable", "2 * >= cost"),
        ("cost ++ funding >= 3 %", "statement_unreadable", "cost ++ funding >= 3 %"),
        ("cost + >= 3 %", "statement_unreadable", "cost + >= 3 %"),
        ("= cost", "statement_unreadable", "= cost"),
    ],
)
def test_what_is_wrong_is_told_with_the_text_and_what_is_allowed(text: str, code: str, value: object) -> None:
    with pytest.raises(InputError) as error:
        read("cost >= 1 %", text)
    (issue,) = error.value.issues
    assert (issue.code, issue.params.get("value"), issue.params["statement"]) == (code, value, text)
    assert issue.where.row == 2
    for language in ("de", "en"):
        assert text in issue.sentence(language)
        assert "{" not in issue.sentence(language)


def test_an_unknown_criterion_is_told_with_the_nearest_and_all_that_are_there() -> None:
    with pytest.raises(InputError) as error:
        read("costs >= 20 %", "fundings <= 3 %")
    first, second = error.value.issues
    assert first.params["allowed"] == ("relevance", "goals", "urgency", "feasibility", "cost", "funding")
    assert (first.params["nearest"], second.params["nearest"]) == ("cost", "funding")


def test_ids_and_labels_of_all_kinds_are_found() -> None:
    names = ("co2-Einsparung", "Kosten pro Kopf", "2030", "Größe", "A", "a", "co2", "x*y")
    study = small_study(
        criteria=tuple(Criterion(id=n, label_de="Jahr" if n == "2030" else n, best=1, worst=0) for n in names),
        ratings=(),
    )
    assert read("co2-Einsparung - co2 >= kosten pro kopf", study=study) == [
        ("", {"co2-Einsparung": 1, "co2": -1, "Kosten pro Kopf": -1}, 0)
    ]
    assert read("größe >= 2030 * Jahr", study=study) == [("", {"Größe": 1, "2030": -2030}, 0)]
    assert read("A >= a", study=study) == [("", {"A": 1, "a": -1}, 0)]
    assert read("2 * x*y >= co2", study=study) == [("", {"x*y": 2, "co2": -1}, 0)]


def test_a_label_of_two_criteria_names_neither() -> None:
    study = small_study(
        criteria=tuple(Criterion(id=n, label_de="Sonstiges", best=1, worst=0) for n in ("first", "second")), ratings=()
    )
    with pytest.raises(InputError) as error:
        read("Sonstiges >= 10 %", study=study)
    assert error.value.issues[0].code == "statement_unknown_criterion"
