"""Parts Vergleichen and Gruppe on the example, on camps, after new answers, and what the live page makes of them."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from example import the_example
from mcda.evaluate import evaluate
from mcda.locale import LANGUAGES, text
from mcda.locale.formats import fixed
from mcda.report.exhibits.setting import group_name
from mcda.scenario import GROUP, Scenario
from mcda.study.model import DirectWeight, Stakeholder, Study
from mcda.ui.board.payload import board_payload
from mcda.ui.weights_compare import member_key
from mcda.weights.tree import tree_weights
from small import small_study

TOP = ("relevance", "feasibility", "cost", "funding")
MINDS = {"value": (90.0, 60.0, 10.0, 15.0), "thrift": (10.0, 30.0, 100.0, 80.0)}


def drawn() -> None:
    """One part alone, as the page draws it."""
    import streamlit as st

    from mcda.ui import state, weights_compare, weights_group

    part = {"compare": weights_compare.show, "group": weights_group.show}[st.session_state["part"]]
    part(state.result(), state.language())


def live() -> None:
    """What the live page makes of a hand's order."""
    import streamlit as st

    from mcda.ui.board.orders import Order
    from mcda.ui.pages import live

    st.session_state["seen"] = live._obey(Order.model_validate(st.session_state["order"]), "de")


def two_camps(each: int = 4) -> Study:
    """People who want value and people who want thrift, each a little different from the next."""
    people, rows = [], []
    for mind, wanted in MINDS.items():
        for n in range(each):
            name = f"{mind}{n}"
            people.append(Stakeholder(id=name, label_de=name.capitalize(), municipality="ISM" if n % 2 else "GAR"))
            for criterion, points in zip(TOP, wanted, strict=True):
                moved = points + (n if criterion == "feasibility" else 0)
                rows.append(DirectWeight(stakeholder=name, criterion=criterion, points=moved, elicitation="swing"))
    return small_study(stakeholders=tuple(people), weights=tuple(rows))


def session(study: Study, scenario: Scenario, language: str) -> Any:
    from mcda.ui.state import Session

    return Session(study=study, language=language, scenario=scenario, settled=scenario)


def opened(study: Study, part: str, language: str = "de", scenario: Scenario | None = None) -> AppTest:
    app = AppTest.from_function(drawn, default_timeout=60)
    app.session_state["rangfolge"] = session(study, scenario or Scenario(), language)
    app.session_state["part"] = part
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    groups = (app.html, app.markdown, app.error, app.info, app.warning, app.subheader)
    return " ".join(element.value for group in groups for element in group).replace("\\", "")


def changed(app: AppTest, study: Study) -> AppTest:
    """Another study, or new answers, while the widgets keep what was chosen."""
    app.session_state["rangfolge"] = replace(app.session_state["rangfolge"], study=study)
    return run(app)


def scenario_of(app: AppTest) -> Scenario:
    scenario: Scenario = app.session_state["rangfolge"].scenario
    return scenario


def ordered(scenario: Scenario, study: Study, **order: Any) -> AppTest:
    app = AppTest.from_function(live, default_timeout=60)
    app.session_state["rangfolge"] = session(study, scenario, "de")
    app.session_state["order"] = {"seq": 1} | order
    return run(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_s_group_says_which_keys_cannot_be_used_and_why(language: str) -> None:
    app = opened(the_example(), "group", language)
    shown = words(app)
    assert len(app.selectbox(key="group_key").options) == 2
    for key in ("municipality", "population"):
        name = text(f"voting_key.{key}", language)
        assert text("group_page.key_missing_home", language, key=name) in shown
    assert text("cluster_state.too_few", language) in shown
    assert text("group_page.keys_voices", language) in shown
    assert "{" not in shown.split("</style>")[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_s_three_profiles_the_study_and_the_group_stand_side_by_side(language: str) -> None:
    study = the_example()
    app = opened(study, "compare", language)
    shown = words(app)
    for profile in ("", GROUP, "mayors", "planning", "treasury"):
        assert shown.count(f"data-profile='{profile}'") == len(study.criteria)
        first = evaluate(study, Scenario(profile=profile)).ranking[0].measure
        assert f"{first} · " in shown
    assert group_name(study, Scenario(profile=GROUP), language) in shown
    for who in ("mayors", "planning", "treasury"):
        worst = max(tree_weights(study, Scenario(profile=who)).consistency, key=lambda found: found.ratio / found.limit)
        told = {"ratio": fixed(worst.ratio, language, 3), "limit": fixed(worst.limit, language, 2)}
        assert text("compare_page.ratio", language, **told) in shown


def test_a_camp_goes_into_the_live_page_and_is_not_taken_for_the_whole_group() -> None:
    study = two_camps()
    app = opened(study, "group")
    assert text("cluster_state.split", "de") in words(app)
    app.button(key="group_camp_thrift0").click()
    run(app)
    now = scenario_of(app)
    assert (now.profile, now.people) == (GROUP, ("thrift0", "thrift1", "thrift2", "thrift3"))
    assert app.session_state["rangfolge"].undo == (Scenario(),)
    assert text("compare_page.in_force", "de", name="Gruppe: 4 Beteiligte, festgelegte Stimmgewichte") in words(app)
    result = evaluate(study, now)
    payload = board_payload(result, result, "de")
    assert (payload["profile"], payload["as_study"]) == ("", False)


def test_the_live_page_s_group_is_everybody_even_after_a_camp() -> None:
    study = two_camps()
    camp = Scenario(profile=GROUP, people=("value0", "value1"))
    now = scenario_of(ordered(camp, study, kind="profile", choice=GROUP))
    assert (now.profile, now.people) == (GROUP, ())
    result = evaluate(study, now)
    assert board_payload(result, result, "de")["profile"] == GROUP
    named = evaluate(study, now.model_copy(update={"people": tuple(who.id for who in study.stakeholders)}))
    assert board_payload(named, named, "de")["profile"] == GROUP


def test_a_group_nobody_can_vote_in_is_refused_by_the_live_page() -> None:
    by_population = Scenario(voting_key="population")
    app = ordered(by_population, the_example(), kind="profile", choice=GROUP)
    assert scenario_of(app) == by_population
    assert "„nach Einwohnerzahl“ hat niemand eine Stimme" in app.session_state["seen"].message


def test_who_answers_later_belongs_to_the_group_and_another_study_starts_afresh() -> None:
    whole = two_camps(2)
    early = whole.model_copy(update={"weights": tuple(w for w in whole.weights if w.stakeholder != "thrift1")})
    app = opened(early, "group")
    changed(app, whole)
    everybody = ("value0", "value1", "thrift0", "thrift1")
    assert tuple(app.multiselect(key=member_key("group_people", everybody)).value) == everybody
    example = ("mayors", "planning", "treasury")
    changed(app, the_example())
    assert tuple(app.multiselect(key=member_key("group_people", example)).value) == example
    app.session_state["part"] = "compare"
    assert "data-profile='treasury'" in words(run(app))


def test_one_vote_is_no_agreement_and_who_has_none_is_named_as_the_switch_says() -> None:
    study = two_camps(1)
    home, away = study.stakeholders
    study = study.model_copy(update={"stakeholders": (home, away.model_copy(update={"municipality": ""}))})
    app = opened(study, "group")
    app.selectbox(key="group_key").set_value("municipality")
    run(app)
    assert text("group_page.one_vote", "de") in words(app)
    assert text("consensus_word.very_high", "de") not in words(app).split("Goepel")[0]
    assert app.warning[0].value.startswith("Thrift0 hat nach dem Stimmschlüssel „nach Kommunen“ keine Stimme")
    app.toggle(key="group_without_names").set_value(True)
    run(app)
    assert app.warning[0].value.startswith("B hat nach dem Stimmschlüssel")


def test_without_names_no_name_of_anybody_is_on_the_page() -> None:
    app = opened(two_camps(), "group")
    app.toggle(key="group_without_names").set_value(True)
    shown = words(run(app))
    assert not [name for name in ("Value", "Thrift") if name in shown]
    assert "A, B, C und D" in shown


def test_the_range_is_that_of_all_who_answered_whoever_is_shown() -> None:
    study = two_camps()
    app = opened(study, "compare")
    before = words(app)
    ids = ("", GROUP, *(who.id for who in study.stakeholders))
    assert "Thrift3" not in before
    app.multiselect(key=member_key("compare_which", ids)).set_value(["value0", "thrift0"])
    after = words(run(app))
    spans = [[part.split("</small>")[0] for part in shown.split("<small>")[1:]] for shown in (before, after)]
    assert spans[0] == spans[1]
    assert spans[0][0].startswith("Alle Beteiligten: ")


def test_a_group_without_votes_is_named_and_leaves_the_others_on_the_page() -> None:
    app = opened(the_example(), "compare", scenario=Scenario(voting_key="population"))
    assert [error.value.replace("\\", "").split(".")[0] for error in app.error] == [
        "Nach dem Stimmschlüssel „nach Einwohnerzahl“ hat niemand eine Stimme"
    ]
    assert "data-profile='mayors'" in words(app)
    assert "data-profile='*'" not in words(app)


def test_the_group_starts_as_the_scenario_in_force_counts_and_keeps_what_is_chosen() -> None:
    app = opened(two_camps(2), "group", scenario=Scenario(voting_key="municipality", group_method="aij"))
    assert app.selectbox(key="group_key").value == "municipality"
    assert app.selectbox(key="group_method").value == "aij"
    app.selectbox(key="group_key").set_value("equal")
    run(app)
    app.button(key="group_into_live").click()
    run(app)
    assert (scenario_of(app).voting_key, scenario_of(app).group_method) == ("equal", "aij")
    assert app.selectbox(key="group_key").value == "equal"


def test_joined_answers_are_told_and_the_check_says_that_it_joins_weights() -> None:
    app = opened(two_camps(2), "group")
    note = text("group_page.keys_by_weights", "de")
    assert note not in words(app)
    app.selectbox(key="group_method").set_value("aij")
    assert note in words(run(app))
    app.button(key="group_into_live").click()
    run(app)
    assert scenario_of(app).group_method == "aij"
    assert "Gruppe: 4 Beteiligte, festgelegte Stimmgewichte, Antworten gemittelt" in words(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["compare", "group"])
def test_where_too_few_have_answered_the_page_leads_to_the_questions(part: str, language: str) -> None:
    app = opened(small_study(), part, language)
    assert text("compare_page.nobody" if part == "compare" else "group_page.too_few", language) in words(app)
    app.button(key="weights_to_questions").click()
    assert run(app).session_state["weights_part"] == "ask"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_group_s_weights_stand_whole_with_what_they_rest_on(language: str) -> None:
    study = two_camps()
    shown = words(opened(study, "group", language)).replace("&#x27;", "'")
    group = tree_weights(study, Scenario(profile=GROUP))
    for criterion, weight in group.overall.items():
        assert f"data-criterion='{criterion}' data-profile='*' data-weight='{weight!r}'" in shown
    assert text("group_page.source", language, count=8, of=8) in shown
    relevance = study.criterion_by_id["relevance"]
    name = (relevance.label_en if language == "en" else "") or relevance.label_de
    assert text("group_page.source_silent", language, parents=name) in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_of_counting_and_of_averaging_chosen_is_explained_in_a_line(language: str) -> None:
    app = opened(two_camps(2), "group", language)
    for key in app.selectbox(key="group_key").proto.options:
        name = next(k for k in ("declared", "equal", "municipality", "population") if label_of(k, language) == key)
        app.selectbox(key="group_key").set_value(name)
        assert text(f"group_page.key_about_{name}", language) in words(run(app))
    for method in ("aip", "aij"):
        app.selectbox(key="group_method").set_value(method)
        assert text(f"group_page.method_about_{method}", language) in words(run(app)).replace("&#x27;", "'")


def label_of(key: str, language: str) -> str:
    return text(f"voting_key.{key}", language)


def test_at_first_five_sets_of_weights_are_shown() -> None:
    assert words(opened(two_camps(), "compare")).count("<th scope='col'>") == 1 + 5


def test_a_cell_that_says_nothing_is_marked_so_that_a_phone_leaves_it_out() -> None:
    study = two_camps(1)
    first = study.weights[0].model_copy(update={"answered_at": "2026-11-20T10:00:00+01:00"})
    shown = words(opened(study.model_copy(update={"weights": (first, *study.weights[1:])}), "compare"))
    assert "<td class='rf-none' data-name='Gewichte der Studie'>–</td>" in shown
    assert "<td data-name='Value0'>20.11.2026, 10:00</td>" in shown
