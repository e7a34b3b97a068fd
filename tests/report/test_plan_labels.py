"""Where a plan was made, the places of the list know how near its budget line is; of another plan nothing."""

from dataclasses import replace

import pytest

from example import ranked_example
from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, budget_doubts, inclusion_over_budgets, plan
from mcda.report.document import Paragraph
from mcda.report.documents import council_paper, ranked_list
from mcda.report.documents.council_scope import scope_of
from mcda.report.exhibits.label_list import considered
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.plan_doubts import plan_doubts
from mcda.report.request import Request
from mcda.robustness.labels import SETTINGS, Labels
from mcda.scenario import Scenario
from portfolio_parts import MILLION, selected


def budget_column(found: Labels | None) -> dict[str, float]:
    assert found is not None
    return {line.measure: line.doubts["budget"] for line in found.lines if "budget" in line.doubts}


def test_the_doubt_is_how_often_the_best_plan_of_a_budget_nearby_has_it_otherwise() -> None:
    around = inclusion_over_budgets(ranked_example(), MILLION, slack=SETTINGS.budget_slack)
    asked = budget_doubts(selected(), around)
    assert any(asked.values())
    found = labels_once(ranked_example(), selected())
    assert found is not None
    assert budget_column(found) == {line.measure: asked.get(line.measure, 0.0) for line in found.lines}
    assert any("budget" in line.reasons for line in found.lines)
    assert budget_column(labels_once(ranked_example())) == {}


def test_a_plan_of_other_weights_or_without_a_budget_says_nothing() -> None:
    other = evaluate(ranked_example().study, Scenario(weights={"relevance": 90.0}))
    assert budget_column(labels_once(other, selected())) == {}
    assert plan_doubts(other, selected()) is None
    free = plan(ranked_example(), PlanTask(years=2))
    assert plan_doubts(ranked_example(), free) is None
    assert plan_doubts(ranked_example(), None) is None


def test_the_work_tells_how_far_it_is_and_is_done_once() -> None:
    heard: list[tuple[int, int]] = []
    made = plan(ranked_example(), replace_budget(900_000))
    first = plan_doubts(ranked_example(), made, told=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (21, 21)
    heard.clear()
    assert plan_doubts(ranked_example(), made, told=lambda done, of: heard.append((done, of))) == first
    assert heard == []


def replace_budget(amount: int) -> PlanTask:
    return PlanTask.model_validate({"budget_eur": amount})


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_was_considered_names_the_budgets_around_the_plan(language: str) -> None:
    found = labels_once(ranked_example(), selected())
    assert found is not None
    said = considered(found, SETTINGS, language)
    assert {"de": "Budgets des Plans, bis 10", "en": "budgets of the plan, up to 10"}[language] in said
    without = labels_once(ranked_example())
    assert without is not None
    assert "Budgets des Plans" not in considered(without, SETTINGS, "de")


def test_list_and_council_paper_tell_it_only_with_the_plan() -> None:
    result, request = ranked_example(), Request(public=False)
    near = "Budgets des Plans"
    for asked, there in ((request, False), (replace(request, plan=selected()), True)):
        paper = ranked_list.build(result, asked)
        told = " ".join(part.words for part in paper.parts if isinstance(part, Paragraph))
        assert (near in told) is there
        assert bool(budget_column(scope_of(result, asked).labels)) is there
    assert council_paper.build(result, replace(request, plan=selected())).parts
