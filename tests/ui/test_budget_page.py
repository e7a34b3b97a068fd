"""The page Budget: the plan on screen is the engine's, follows every demand, and says what it cannot do."""

import json
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import money, number
from mcda.portfolio import Choices, Number, Plan, PlanTask, plan, verify
from mcda.portfolio.fairness import fair_plan, fairness
from mcda.portfolio.relax import relaxations
from mcda.report.exhibits.plan_questions import worst_off
from mcda.report.exhibits.plan_words import measure_words, status_sentence
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui.budget_fair import fair_sentence
from mcda.ui.budget_head import plan_numbers, plan_sentence
from mcda.ui.budget_task import room_of
from mcda.ui.planning import Planning
from small import small_study
from test_pages import opened, words

PARTS = ("plan", "schedule", "limits", "money", "grants", "near", "core", "fair", "take")
SMALL = small_study()


def result_of(app: AppTest) -> Result:
    return evaluate(app.session_state["rangfolge"].study, app.session_state["rangfolge"].scenario)


def asked(app: AppTest) -> PlanTask:
    task = app.session_state["rangfolge"].planning.task
    assert task is not None
    return task


def drawn(task: PlanTask | None = None, part: str = "plan", language: str = "de", **changes: Any) -> AppTest:
    """The page on the small study, or another one, with a task in force and a part open."""
    app = opened("budget", language, **({"study": SMALL, "planning": Planning(task)} | changes))
    if part != "plan":
        app.pills(key="budget_part").set_value(part).run()
        assert not app.exception
    return app


def shown(app: AppTest) -> str:
    said = [e.value for group in (app.info, app.error, app.warning, app.success, app.header) for e in group]
    return unescape(f"{words(app)} {' '.join(said)}").replace("\\", "")


def told(made: Plan, result: Result, language: str = "de") -> list[str]:
    """The sentence, the numbers and the status that must stand on top."""
    room = room_of(ResultKey(result), made.task.years, made.task.first_year)
    numbers = plan_numbers(made, room, language)
    return [plan_sentence(made, language), status_sentence(made, language), *(large for _, large, _ in numbers)]


def test_a_million_over_five_years_is_proposed_for_the_example_and_answered_by_the_engine() -> None:
    app = opened("budget")
    result = result_of(app)
    made = plan(result, PlanTask(years=5, budget_eur=Decimal(1_000_000)))
    assert made.status == "optimal"
    said = shown(app)
    assert "Mit 1.000.000 € Eigenmitteln von 2026 bis 2030" in said
    for part in told(made, result):
        assert part in said
    for one in made.chosen:
        assert f"<td role='cell'>{measure_words(one.measure, result.study, 'de')}</td>" in said
    assert result.provenance.input_hash[:12] in said
    assert app.session_state["rangfolge"].planning.task is None


def test_every_large_number_is_what_the_tables_say() -> None:
    app = opened("budget")
    result, task = result_of(app), PlanTask(years=5, budget_eur=Decimal(1_000_000))
    made = plan(result, task)
    found = verify(result, task, Choices(tuple((one.measure, one.start, one.grants) for one in made.chosen)))
    assert found.broken == ()
    later = max(found.later_by_year.values())
    amounts = (found.own, found.whole, later, sum(found.grants.values(), Decimal(0)))
    said = shown(app)
    for amount in (*amounts, 1_000_000 - found.own):
        assert money(amount, "de", cents=False) in said
    assert f"<dd>{number(found.value, 'de', 0)}</dd>" in said


@pytest.mark.parametrize(("part", "language"), [(part, LANGUAGES[n % 2]) for n, part in enumerate(PARTS)])
def test_every_part_draws_in_both_languages(part: str, language: str) -> None:
    app = drawn(PlanTask(years=3, budget_eur=Decimal(300_000)), part, language)
    assert not app.error
    assert "{" not in shown(app)
    assert text("budget_page.part", language) in {pills.label for pills in app.pills}


@pytest.mark.long
@pytest.mark.parametrize("part", PARTS[1:])
def test_every_part_answers_on_the_example(part: str) -> None:
    app = drawn(None, part, study=opened("budget").session_state["rangfolge"].study)
    assert not app.error


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("task", [PlanTask(ignore=("budget",)), PlanTask(budget_eur=Decimal(0))], ids=("all", "none"))
def test_every_part_answers_with_all_the_money_and_with_none(part: str, task: PlanTask) -> None:
    assert not drawn(task, part).error


def test_a_budget_is_read_as_people_write_it_and_moves_the_slider() -> None:
    app = drawn(PlanTask(years=5, budget_eur=Decimal(1_000_000)))
    app.text_input(key="budget_amount").set_value("90.000").run()
    assert asked(app).budget_eur == Decimal(90_000)
    assert app.select_slider(key="budget_slider").value == Decimal(80_000)
    assert app.text_input(key="budget_amount").value == "90.000 €"
    made = plan(result_of(app), asked(app))
    for part in told(made, result_of(app)):
        assert part in shown(app)


def test_the_slider_sets_the_budget_and_the_box() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(90_000)))
    app.select_slider(key="budget_slider").set_value(Decimal(250_000)).run()
    assert asked(app).budget_eur == Decimal(250_000)
    assert app.text_input(key="budget_amount").value == "250.000 €"


def test_no_amount_is_told_and_changes_nothing_and_an_empty_box_means_no_budget() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(90_000)))
    app.text_input(key="budget_amount").set_value("viel").run()
    assert text("sensitivity_page.no_amount", "de", value="viel") in shown(app)
    assert asked(app).budget_eur == Decimal(90_000)
    app.text_input(key="budget_amount").set_value("").run()
    assert asked(app).ignore == ("budget",)
    assert text("budget_page.sentence.without_whole", "de", count=4) in shown(app)
    app.text_input(key="budget_amount").set_value("100000").run()
    assert (asked(app).ignore, asked(app).budget_eur) == ((), Decimal(100_000))


def test_years_are_chosen_and_changes_are_taken_back() -> None:
    app = drawn(PlanTask(years=5, budget_eur=Decimal(300_000)))
    app.selectbox(key="budget_years").set_value(0).run()
    assert asked(app).years is None
    assert "Danach im Jahr" not in shown(app)
    app.button(key="budget_undo").click().run()
    assert asked(app).years == 5
    app.button(key="budget_restart").click().run()
    assert asked(app) == PlanTask(years=5, budget_eur=asked(app).budget_eur)


def test_the_scenarios_budget_is_proposed_as_the_whole_own_contribution() -> None:
    app = opened("budget", scenario=Scenario(budget_eur=123_456.78), study=SMALL)
    made = plan(result_of(app), PlanTask(budget_eur=Decimal("123456.78")))
    assert plan_sentence(made, "de") in shown(app)


def test_decided_measures_are_in_or_out() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(400_000)))
    app.multiselect(key="budget_never").set_value(["M1"]).run()
    assert asked(app).never == ("M1",)
    assert "M1" not in plan(result_of(app), asked(app)).measures
    app.multiselect(key="budget_must").set_value(["M1"]).run()
    issue = shown(app)
    assert text("issue.plan_must_and_never", "de", value="M1") in issue
    app.button(key="budget_back").click().run()
    assert asked(app).must == ()
    assert not app.error


def test_minimums_are_asked_for_and_may_be_soft() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(100_000)))
    app.pills(key="budget_topic").set_value("numbers").run()
    app.number_input(key="budget_least_all_").set_value(4).run()
    assert asked(app).numbers == (Number(of="all", least=4),)
    assert status_sentence(plan(result_of(app), asked(app)), "de") in shown(app)
    app.toggle(key="budget_soft").set_value(True).run()
    assert asked(app).numbers == (Number(of="all", least=4, soft=True),)
    made = plan(result_of(app), asked(app))
    assert made.missed
    assert plan_sentence(made, "de") in shown(app)
    app.number_input(key="budget_least_all_").set_value(0).run()
    assert asked(app).numbers == ()


def test_a_pot_is_set_and_taken_away_with_its_programme() -> None:
    app = opened("budget", planning=Planning(PlanTask(budget_eur=Decimal(500_000))))
    app.pills(key="budget_topic").set_value("pots").run()
    app.multiselect(key="budget_pots").set_value(["IKZ"]).run()
    app.text_input(key="budget_pots_eur_IKZ").set_value("50.000").run()
    assert asked(app).pots_eur == {"IKZ": Decimal(50_000)}
    assert plan_sentence(plan(result_of(app), asked(app)), "de") in shown(app)
    app.multiselect(key="budget_pots").set_value([]).run()
    assert asked(app).pots_eur == {}


def test_ceilings_staff_and_later_cost_are_taken() -> None:
    app = drawn(PlanTask(years=5, budget_eur=Decimal(500_000)))
    app.pills(key="budget_topic").set_value("municipalities").run()
    app.text_input(key="budget_municipality_budgets_eur_ISM").set_value("50.000").run()
    assert asked(app).municipality_budgets_eur == {"ISM": Decimal(50_000)}
    app.pills(key="budget_topic").set_value("time").run()
    app.text_input(key="budget_staff").set_value("2,5").run()
    app.text_input(key="budget_later").set_value("10.000").run()
    app.selectbox(key="budget_grants").set_value("sure").run()
    task = asked(app)
    assert (task.staff_fte, task.later_own_eur_per_year, task.grants) == (2.5, Decimal(10_000), "sure")
    assert plan_sentence(plan(result_of(app), task), "de") in shown(app)


def test_the_smallest_changes_are_offered_where_no_plan_exists_and_a_click_makes_one() -> None:
    task = PlanTask(budget_eur=Decimal(100_000), numbers=(Number(of="all", least=4),))
    app = drawn(task)
    found = relaxations(result_of(app), task)
    assert {one.key for one in found} == {"budget", "least.all"}
    app.button(key="budget_relax_least.all").click().run()
    assert asked(app).numbers[0].least == 2
    assert plan(result_of(app), asked(app)).solved
    app.button(key="budget_undo").click().run()
    app.button(key="budget_relax_budget").click().run()
    assert asked(app).budget_eur == Decimal(str(next(one.limit for one in found if one.key == "budget")))
    assert plan(result_of(app), asked(app)).solved


def test_a_rule_is_switched_off_and_its_price_is_a_plan_without_it() -> None:
    task = PlanTask(budget_eur=Decimal(100_000))
    app = drawn(task, "limits")
    result = result_of(app)
    gain = plan(result, task.model_copy(update={"ignore": ("budget",)})).value - plan(result, task).value
    switch = app.toggle(key="budget_rule_budget")
    assert text("budget_page.costs", "de", points=number(gain, "de", 0)) in switch.label.replace("\\", "")
    switch.set_value(False).run()
    assert asked(app).ignore == ("budget",)
    assert text("budget_page.sentence.without_whole", "de", count=4) in shown(app)
    app.toggle(key="budget_rule_budget").set_value(True).run()
    assert asked(app).ignore == ()


def test_the_plan_by_years_has_its_bars_its_table_and_can_be_gone_on_with() -> None:
    app = drawn(PlanTask(years=4, budget_eur=Decimal(300_000)), "schedule")
    made = plan(result_of(app), PlanTask(years=4, budget_eur=Decimal(300_000), schedule=True))
    chart = app.get("plotly_chart")[0].proto
    traces = json.loads(chart.spec)["data"]
    assert len(traces) >= len(made.chosen)
    assert {bool(trace["marker"]["pattern"]["shape"]) for trace in traces} == {True, False}
    assert str(len(made.chosen)) in chart.alt
    assert money(made.own, "de", cents=False) in shown(app)
    app.button(key="budget_schedule").click().run()
    assert asked(app).schedule
    assert plan_sentence(made, "de") in shown(app)


def test_the_curve_never_lies_below_the_rule_of_thumb_and_holds_the_present_plan() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(300_000)), "money")
    assert not app.get("plotly_chart")
    app.button(key="budget_ask_frontier").click().run()
    best, ratio, now = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    height = dict(zip(best["customdata"], best["y"], strict=True))
    assert all(height[x] >= y - 1e-6 for x, y in zip(ratio["customdata"], ratio["y"], strict=True))
    made = plan(result_of(app), PlanTask(budget_eur=Decimal(300_000)))
    assert (now["customdata"], now["y"]) == ([300_000.0], [pytest.approx(made.value)])
    assert height[300_000.0] == pytest.approx(made.value)
    app.text_input(key="budget_amount").set_value("100000").run()
    assert not app.get("plotly_chart")


def test_core_and_fairest_plan_wait_for_their_buttons() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(300_000)), "core")
    app.button(key="budget_ask_core_around").click().run()
    assert "Anteil der betrachteten Gewichtungen" in shown(app)
    assert "keine Wahrscheinlichkeit" in shown(app)
    app.pills(key="budget_part").set_value("fair").run()
    assert text("budget_page.fair_political", "de") in shown(app)
    app.pills(key="budget_fair_by").set_value("head").run()
    app.button(key="budget_ask_fair_head").click().run()
    result = result_of(app)
    made = plan(result, PlanTask(budget_eur=Decimal(300_000)))
    fairest = fair_plan(result, made, by="head")
    assert fairest is not None
    who = worst_off(fairness(result, made), "head", result.study)
    assert fair_sentence(fairest, made, who, "de") in shown(app)


def test_a_plan_is_taken_over_for_the_documents_and_given_back() -> None:
    app = drawn(PlanTask(budget_eur=Decimal(300_000)), "take")
    app.button(key="budget_take").click().run()
    taken = app.session_state["rangfolge"].planning.taken
    assert taken == plan(result_of(app), PlanTask(budget_eur=Decimal(300_000)), seconds=1)
    assert text("budget_page.taken", "de", plan=plan_sentence(taken, "de")) in shown(app)
    other = Scenario(weights={"relevance": 5})
    app.session_state["rangfolge"] = replace(app.session_state["rangfolge"], scenario=other)
    app.run()
    assert text("budget_page.taken_before", "de") in shown(app)
    app.button(key="budget_give_back").click().run()
    assert app.session_state["rangfolge"].planning.taken is None


def test_another_study_starts_with_its_own_proposal() -> None:
    task = PlanTask(must=("MV-01",), pots_eur={"IKZ": Decimal(5)}, budget_eur=Decimal(100_000))
    app = drawn(task)
    assert not app.error
    app.text_input(key="budget_amount").set_value("200000").run()
    assert asked(app) == PlanTask(budget_eur=Decimal(200_000))


def test_a_study_without_municipalities_has_nobody_to_be_fair_to() -> None:
    bare: Study = small_study(municipalities=()).model_copy(
        update={"measures": tuple(m.model_copy(update={"municipalities": ()}) for m in SMALL.measures)}
    )
    assert text("budget_page.fair_nobody", "de") in shown(drawn(PlanTask(), "fair", study=bare))


def test_the_export_page_offers_the_plan_taken_over_and_says_when_it_is_of_other_weights() -> None:
    app = opened("export", study=SMALL)
    offered = text("document.title.plan", "de")
    assert offered not in app.radio(key="export_kind").options
    made = plan(result_of(app), PlanTask(budget_eur=Decimal(300_000)))
    app = opened("export", study=SMALL, planning=Planning(taken=made))
    assert offered in app.radio(key="export_kind").options
    app = opened("export", study=SMALL, planning=Planning(taken=made), scenario=Scenario(weights={"relevance": 5}))
    assert offered not in app.radio(key="export_kind").options
    assert text("budget_page.taken_before", "de") in shown(app)


def test_a_budget_nobody_named_is_called_a_proposal_until_somebody_sets_one() -> None:
    app = drawn()
    assert "ist vorgeschlagen" in shown(app)
    app.text_input(key="budget_amount").set_value("90.000").run()
    assert "ist vorgeschlagen" not in shown(app)


def test_a_plan_taken_over_keeps_the_budget_it_was_made_for() -> None:
    app = drawn(part="take")
    assert app.session_state["rangfolge"].planning.task is None
    app.button(key="budget_take").click().run()
    planning = app.session_state["rangfolge"].planning
    assert planning.taken is not None
    assert asked(app).budget_eur == planning.taken.task.budget_eur
    assert "ist vorgeschlagen" not in shown(app)
