"""The page Sensitivity part by part: it answers its question, follows what is chosen, tells what it cannot answer."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.portfolio import PlanTask, plan
from mcda.report.exhibits.challengers import challengers, least_points
from mcda.report.exhibits.label_list import label_lines
from mcda.report.exhibits.method_table import apart_sentence
from mcda.report.exhibits.what_if_sentence import what_if_sentence
from mcda.robustness.labels import LabelSettings, robustness_labels
from mcda.robustness.method_agreement import method_agreement
from mcda.robustness.reversal import rank_reversals
from mcda.robustness.what_if import what_if
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.planning import Planning
from small import small_study
from test_pages import opened, words

PARTS = ("sure", "what_if", "one", "many", "drivers", "methods")


def shown(app: AppTest) -> str:
    """Everything said, without the signs that keep names from being read as markup."""
    said = [
        element.value for group in (app.header, app.subheader, app.info, app.error, app.warning) for element in group
    ]
    return f"{words(app)} {' '.join(said)}".replace("\\", "")


def of(app: AppTest) -> Any:
    return evaluate(app.session_state["rangfolge"].study, app.session_state["rangfolge"].scenario)


def alone() -> Study:
    study = small_study()
    return study.model_copy(
        update={"measures": study.measures[:1], "ratings": tuple(r for r in study.ratings if r.measure == "M1")}
    )


@pytest.mark.parametrize(("part", "language"), [(part, LANGUAGES[n % 2]) for n, part in enumerate(PARTS)])
def test_every_part_draws_in_both_languages_and_says_what_it_leans_on(part: str, language: str) -> None:
    app = opened("sensitivity", language, part)
    assert not app.exception
    said = shown(app)
    assert "{" not in said.replace("{margin", "")
    assert text("sensitivity_page.part", language) == app.pills[0].label if hasattr(app, "pills") else True
    assert "fd0fc1d3dee3" in said or of(app).provenance.input_hash[:12] in said


SMALL = {"study": small_study()}
LONG = pytest.mark.long


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("changes", [SMALL, pytest.param({}, marks=LONG)], ids=("small", "example"))
@pytest.mark.parametrize("method", ["topsis_vector", pytest.param("pymcdm:VIKOR", marks=LONG)])
def test_every_part_answers_or_says_why_not_under_any_method(part: str, method: str, changes: dict[str, Study]) -> None:
    app = opened("sensitivity", part=part, scenario=Scenario(method=method), **changes)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("part", PARTS)
def test_a_study_of_one_measure_has_nothing_to_compare(part: str) -> None:
    app = opened("sensitivity", part=part, study=alone())
    assert not app.exception
    if part in ("what_if", "drivers"):
        assert text("sensitivity_page.one_measure", "de") in shown(app)


def test_the_labels_follow_line_budget_and_spread() -> None:
    app = opened("sensitivity", part="sure")
    result = of(app)
    words_before = [line.word for line in label_lines(robustness_labels(result), "de")]
    assert shown(app).count("rf-secure") == words_before.count("sicher")
    app.number_input(key="sensitivity_first").set_value(3).run()
    assert text("labels.question", "de", line=3) in shown(app)
    app.text_input(key="sensitivity_budget").set_value("1.500.000 €").run()
    assert not app.error
    found = robustness_labels(result, LabelSettings(first=3, budget_eur=1_500_000))
    assert "1.500.000 €" in shown(app)
    assert shown(app).count("class='rf-secure'") == sum(one.label == "secure" for one in found.lines if one.measure)


def test_a_budget_that_is_no_amount_is_told_and_not_used() -> None:
    app = opened("sensitivity", part="sure")
    app.text_input(key="sensitivity_budget").set_value("viel").run()
    assert text("sensitivity_page.no_amount", "de", value="viel") in shown(app)
    assert text("labels.question", "de", line=10) in shown(app)


def test_pinned_measures_are_always_shown_and_the_hidden_are_counted() -> None:
    app = opened("sensitivity", part="sure")
    last = of(app).ranking[-1].measure
    title = of(app).study.measure_by_id[last].title
    hidden = text("sensitivity_page.hidden", "de", count=25)
    assert hidden in shown(app)
    app.multiselect(key="sensitivity_pinned").set_value([last]).run()
    assert title in shown(app)
    assert text("sensitivity_page.hidden", "de", count=24) in shown(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_would_take_is_the_engines_sentence(language: str) -> None:
    app = opened("sensitivity", language, "what_if")
    result = of(app)
    first, second, third = (line.measure for line in result.ranking[:3])
    assert what_if_sentence(result, what_if(result, second, first), language) in shown(app)
    app.selectbox(key="sensitivity_target").set_value(third).run()
    assert what_if_sentence(result, what_if(result, third, first), language) in shown(app)


def test_statements_that_contradict_each_other_are_told_on_the_page() -> None:
    app = opened("sensitivity", part="many")
    app.session_state["sensitivity_weightings"] = "statements"
    app.run()
    app.text_area(key="sensitivity_statements").set_value("Kosten >= 60 %\nRelevanz >= Kosten").run()
    said = " ".join(error.value for error in app.error).replace("\\", "")
    assert "Kosten >= 60 %" in said
    assert "Relevanz >= Kosten" in said
    app.text_area(key="sensitivity_statements").set_value("Kosten >= 30 %").run()
    assert not app.error
    assert "für die gilt: Kosten >= 30 %" in shown(app)


def test_open_ratings_bring_confidence_factors() -> None:
    app = opened("sensitivity", part="many", study=small_study())
    column = f">{text('acceptability.column.confidence', 'de')}<"
    assert column not in shown(app)
    app.toggle(key="sensitivity_open_ratings").set_value(True).run()
    assert column in shown(app)
    assert "Anteil der betrachteten Fälle" in shown(app)


def test_challengers_are_told_by_the_points_that_have_to_move() -> None:
    result = evaluate(small_study())
    found = challengers(result, "de")
    assert found.points == least_points(result)
    shifts = [what_if(result, line.measure, result.ranking[0].measure).weights for line in result.ranking[1:]]
    assert found.points == min(s.points for s in shifts if s is not None and s.status == "found")
    assert challengers(evaluate(small_study(), Scenario(method="topsis_vector")), "de").sentence == text(
        "challengers.not_offered", "de"
    )


def test_the_weights_it_would_take_can_be_put_in_force_and_do_it() -> None:
    app = opened("sensitivity", part="what_if")
    first, second = (line.measure for line in of(app).ranking[:2])
    app.button(key="sensitivity_try").click().run()
    after = [line.measure for line in of(app).ranking]
    assert after.index(second) < after.index(first)
    assert app.session_state["rangfolge"].undo


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_part_on_methods_says_whether_the_order_hangs_on_the_list(language: str) -> None:
    app = opened("sensitivity", language, "methods")
    result, said = of(app), shown(app)
    assert text("reversal.title", language) in said
    for one in rank_reversals(result):
        if one.changed:
            assert text("reversal.changed", language, changed=one.changed, tried=one.tried) in said
    assert text("reversal.by_construction", language) in said
    assert apart_sentence(method_agreement(result), result, language) in said


def test_a_plan_taken_over_tells_how_near_its_budget_line_is() -> None:
    study = opened("sensitivity").session_state["rangfolge"].study
    made = plan(evaluate(study), PlanTask.model_validate({"budget_eur": 1_000_000}))
    app = opened("sensitivity", part="sure", study=study, planning=Planning(taken=made))
    assert not app.exception
    assert "Budgets des Plans" in words(app)
    assert "Budgets des Plans" not in words(opened("sensitivity", part="sure", study=study))
