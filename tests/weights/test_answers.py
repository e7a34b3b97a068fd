"""One figure per criterion: everything wrong is told at once, by label."""

import math

import pytest

from mcda.errors import InputError, Issue
from mcda.weights.answers import answer_issues, points_issues
from mcda.weights.direct import elicit_direct
from mcda.weights.swing import elicit_swing

ITEMS = ("goals", "urgency", "reach")


def told(issues: list[Issue]) -> set[tuple[str, str]]:
    return {(issue.code, issue.where.column) for issue in issues}


def test_everything_wrong_is_told_at_once_and_names_its_criterion() -> None:
    given = {"goal": 5, "urgency": -1, "reach": math.nan}
    assert told(answer_issues(given, ITEMS)) == {
        ("unknown_criterion", "goal"),
        ("answer_missing", "goals"),
        ("weight_negative", "urgency"),
        ("not_a_number", "reach"),
    }
    unknown = answer_issues(given, ITEMS)[0]
    assert unknown.params["nearest"] == "goals"
    assert "goals" in unknown.sentence("de")


@pytest.mark.parametrize("given", ["7", None, True, math.inf, -math.inf])
def test_what_is_no_number_is_none(given: object) -> None:
    assert told(answer_issues({"goals": given}, ("goals",))) == {("not_a_number", "goals")}


def test_figures_outside_what_is_allowed_name_what_is() -> None:
    assert answer_issues({"goals": 101}, ("goals",), largest=100)[0].params["allowed"] == "0 … 100"
    assert answer_issues({"goals": 0}, ("goals",), smallest=1)[0].params["allowed"] == "≥ 1"
    assert answer_issues({"goals": 1e12}, ("goals",))[0].params["allowed"] == "≤ 1000000000"


def test_all_zero_is_one_issue() -> None:
    found = points_issues(dict.fromkeys(ITEMS, 0), ITEMS)
    assert [(issue.code, issue.params["value"]) for issue in found] == [("weights_all_zero", ITEMS)]


@pytest.mark.parametrize("items", [(), ("goals", "goals")])
def test_no_group_of_criteria_is_no_question(items: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not a group"):
        answer_issues({}, items)


@pytest.mark.parametrize("elicit", [elicit_direct, elicit_swing])
def test_elicitations_raise_with_all_issues(elicit: object) -> None:
    assert callable(elicit)
    with pytest.raises(InputError) as error:
        elicit({"goals": -1, "urgency": math.nan, "rech": 1}, ITEMS)
    assert told(list(error.value.issues)) == {
        ("unknown_criterion", "rech"),
        ("answer_missing", "reach"),
        ("weight_negative", "goals"),
        ("not_a_number", "urgency"),
    }
    for language in ("de", "en"):
        assert all(issue.sentence(language) for issue in error.value.issues)
