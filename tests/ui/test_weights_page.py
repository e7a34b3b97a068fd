"""The page Gewichte: doors, drafts and storing, the question to look at again, trade-offs, profiles, the group."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Criterion, DirectWeight, Judgement, Stakeholder, Study
from mcda.study.write import write_study
from mcda.ui.amount import read_amount
from mcda.ui.asking.table import read_ratio
from mcda.weights.stored import answers_of
from mcda.weights.swing import elicit_swing
from mcda.weights.tree import tree_weights
from problems import case
from small import small_study

PEOPLE = (
    Stakeholder(id="anna", label_de="Bürgermeisteramt Ismaning", label_en="Mayor's office", municipality="ISM"),
    Stakeholder(id="berta", label_de="Kämmerei Garching", label_en="Treasury", municipality="GAR"),
    Stakeholder(id="carla", label_de="Bauamt", label_en="Building department"),
)
TOP = ("relevance", "feasibility", "cost", "funding")


def drawn() -> None:
    """The page as the navigation draws it."""
    from mcda.ui import sidebar
    from mcda.ui.changed import show_changed
    from mcda.ui.pages import weights

    sidebar.show()
    show_changed()
    weights.show()


def swings(who: str, *points: float, kind: str = "swing") -> list[DirectWeight]:
    rows = [
        {"stakeholder": who, "criterion": c, "points": p, "elicitation": kind} for c, p in zip(TOP, points, strict=True)
    ]
    return [DirectWeight.model_validate(row) for row in rows]


def pairs(who: str, parent: str, items: tuple[str, ...], matrix: Any) -> list[Judgement]:
    return [
        Judgement(stakeholder=who, parent=parent, a=items[i], b=items[j], value=matrix[i][j])
        for i, j in combinations(range(len(items)), 2)
    ]


def two_minds() -> Study:
    return small_study(
        stakeholders=PEOPLE, weights=tuple(swings("anna", 100, 50, 10, 20) + swings("berta", 20, 40, 100, 80))
    )


def opened(monkeypatch: pytest.MonkeyPatch, folder: Path, study: Study, language: str = "de") -> AppTest:
    write_study(study, folder / "study.xlsx")
    monkeypatch.setenv("RANGFOLGE_STUDY", str(folder / "study.xlsx"))
    app = AppTest.from_function(drawn, default_timeout=60)
    app.context = {"locale": language}
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def study_of(app: AppTest) -> Study:
    study: Study = app.session_state["rangfolge"].study
    return study


def scenario_of(app: AppTest) -> Scenario:
    scenario: Scenario = app.session_state["rangfolge"].scenario
    return scenario


def words(app: AppTest) -> str:
    groups = (app.html, app.markdown, app.error, app.info, app.success, app.warning)
    return " ".join(element.value for group in groups for element in group).replace("\\", "")


def part(app: AppTest, name: str) -> AppTest:
    app.button_group(key="weights_part").set_value(name)
    return run(app)


def trade_step(app: AppTest, name: str) -> AppTest:
    """The part of trade-offs, and what to do there."""
    part(app, "trade")
    app.button_group(key="trade_step").set_value(name)
    return run(app)


def door(app: AppTest, who: str, name: str, parent: str = "") -> AppTest:
    app.selectbox(key="weights_who").set_value(who)
    run(app)
    app.button_group(key="weights_group").set_value(parent)
    run(app)
    app.button_group(key=f"weights_door_{who}_{parent}").set_value(name)
    return run(app)


def send(app: AppTest, key: str, numbers: dict[str, float]) -> AppTest:
    """What the list of the order or of points sends, and the callback Streamlit would call."""

    def sent() -> None:
        import streamlit as st

        from mcda.ui.weights_ask import _take

        kind, who, parent = st.session_state["probe"]
        _take(who, parent, kind, f"asked_{kind}_{who}_{parent}")

    probe = AppTest.from_function(sent, default_timeout=60)
    _, kind, who, parent = key.split("_")
    for name in ("rangfolge", "asking"):
        if name in app.session_state:
            probe.session_state[name] = app.session_state[name]
    probe.session_state[key] = {"sent": {"seq": 1, "numbers": numbers}}
    probe.session_state["probe"] = (kind, who, parent)
    probe.context = {"locale": "de"}
    run(probe)
    for name in ("rangfolge", "asking"):
        if name in probe.session_state:
            app.session_state[name] = probe.session_state[name]
    return run(app)


def house() -> Study:
    """Saaty's house of 1990 as a study: eight criteria, one buyer's 28 answers."""
    example = case("ahp-saaty-1990-house")["inputs"]
    names = tuple(example["names"])
    criteria = tuple(Criterion(id=n, label_de=n.capitalize(), label_en=n, best=5, worst=1, step=1) for n in names)
    ratings = tuple(r.model_copy(update={"criterion": "size"}) for r in small_study().ratings if r.criterion == "goals")
    return small_study(
        criteria=criteria,
        ratings=ratings,
        stakeholders=PEOPLE[:1],
        judgements=tuple(pairs("anna", "", names, example["matrix"])),
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "de",
            "Am wenigsten passt die Antwort zu Neighbourhood gegen Condition. Ändern Sie nur sie von 6 auf 1/2, sinkt "
            "der Widerspruch (CR) von 0,170 auf 0,082.",
        ),
        (
            "en",
            "The answer on neighbourhood against condition fits least. Changing it alone from 6 to 1/2 brings the "
            "contradiction (CR) from 0.170 to 0.082.",
        ),
    ],
)
def test_saaty_s_house_names_the_answer_to_look_at_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, sentence: str
) -> None:
    app = opened(monkeypatch, tmp_path, house(), language)
    assert sentence in words(app)
    app.button(key="look_anna__0").click()
    run(app)
    assert "Neighbourhood" in words(app) or "neighbourhood" in words(app)
    assert any(element.key == "pair_a_anna__neighbourhood_condition" for element in app.button)
    app.button(key="take_anna__0").click()
    run(app)
    changed = [j for j in study_of(app).judgements if {j.a, j.b} == {"neighbourhood", "condition"}]
    assert [(j.a, j.value) for j in changed] == [("neighbourhood", 0.5)]
    assert sentence not in words(app)


def test_points_are_stored_once_all_are_given_with_their_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "swing")
    send(app, "asked_swing_carla_", {"relevance": 100, "cost": 40})
    assert study_of(app).weights == ()
    assert "Umsetzbarkeit, Förderung" in words(app)
    points = {"relevance": 100.0, "feasibility": 60.0, "cost": 40.0, "funding": 0.0}
    send(app, "asked_swing_carla_", points)
    found = answers_of(study_of(app), "carla", "")
    assert found.elicitation == "swing"
    assert found.answered_at[:2] == "20"
    assert found.answered_at[-6] in "+-"
    assert (
        dict(tree_weights(study_of(app), Scenario(profile="carla")).local).items()
        >= elicit_swing(points, TOP).local.items()
    )
    assert "Gespeichert: Swing" in words(app)


def test_a_draft_survives_another_person_group_and_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "swing")
    send(app, "asked_swing_carla_", {"relevance": 100})
    door(app, "anna", "order", "relevance")
    part(app, "trade")
    part(app, "ask")
    door(app, "carla", "swing")
    assert "Umsetzbarkeit, Kosten, Förderung" in words(app)


def test_answers_of_another_kind_are_replaced_only_when_somebody_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, two_minds()), "anna", "order")
    order = {"relevance": 2, "feasibility": 1, "cost": 3, "funding": 3}
    send(app, "asked_order_anna_", order)
    assert answers_of(study_of(app), "anna", "").elicitation == "swing"
    app.button(key="weights_replace_anna__order").click()
    run(app)
    found = answers_of(study_of(app), "anna", "")
    assert found.elicitation == "roc"
    assert {w.criterion: w.rank for w in found.weights} == order
    assert answers_of(study_of(app), "berta", "").elicitation == "swing"


def test_what_gave_way_to_other_answers_comes_back_to_its_door_and_asks_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, two_minds()), "anna", "order")
    send(app, "asked_order_anna_", {c: n for n, c in enumerate(TOP, 1)})
    app.button(key="weights_replace_anna__order").click()
    run(app)
    door(app, "anna", "swing")
    assert "55,6 %" in words(app)
    app.button(key="weights_replace_anna__swing").click()
    run(app)
    assert answers_of(study_of(app), "anna", "").elicitation == "swing"
    door(app, "anna", "order")
    assert app.button(key="weights_replace_anna__order")
    assert answers_of(study_of(app), "anna", "").elicitation == "swing"


def test_taking_the_first_storing_back_leaves_the_answers_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "swing")
    points = {"relevance": 100.0, "feasibility": 60.0, "cost": 40.0}
    send(app, "asked_swing_carla_", points)
    send(app, "asked_swing_carla_", points | {"funding": 5.0})
    assert "Gespeichert: Swing" in words(app)
    app.button(key="weights_undo").click()
    run(app)
    assert study_of(app).weights == ()
    assert "Es fehlen Antworten zu Förderung." in words(app)
    assert "Gespeichert" not in words(app)


def test_only_a_changed_answer_gets_a_new_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    at = "2026-11-02T10:00:00+01:00"
    rows = tuple(w.model_copy(update={"answered_at": at}) for w in swings("anna", 100, 50, 10, 20))
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE, weights=rows)), "anna", "swing")
    assert "02.11.2026, 10:00" in words(app)
    points = {w.criterion: w.points for w in rows if w.points is not None}
    send(app, "asked_swing_anna_", points)
    assert study_of(app).weights == rows
    send(app, "asked_swing_anna_", points | {"cost": 15})
    changed = [w for w in study_of(app).weights if w.answered_at != at]
    assert [w.criterion for w in changed] == ["cost"]


def test_drafts_of_one_study_are_not_offered_in_another_nor_answers_on_criteria_that_are_gone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "pairs")
    app.button(key="pair_equal_carla__relevance_feasibility").click()
    run(app)
    assert "1 von 6" in app.get("progress")[0].proto.text
    now = app.session_state["rangfolge"]
    fewer = small_study(stakeholders=PEOPLE, criteria=tuple(c for c in now.study.criteria if c.id != "feasibility"))
    fewer = fewer.model_copy(update={"ratings": tuple(r for r in fewer.ratings if r.criterion != "feasibility")})
    app.session_state["rangfolge"] = replace(now, study=fewer, origin=now.study)
    run(app)
    assert "0 von 3" in app.get("progress")[0].proto.text
    app.session_state["rangfolge"] = now
    run(app)
    assert "1 von 6" in app.get("progress")[0].proto.text
    other = small_study(stakeholders=PEOPLE[2:])
    app.session_state["rangfolge"] = replace(now, study=other, origin=None)
    run(app)
    assert "0 von 6" in app.get("progress")[0].proto.text


def test_what_one_person_clicked_is_not_marked_for_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "pairs")
    app.button(key="pair_a_carla__relevance_feasibility").click()
    run(app)
    assert [b.key for b in app.button_group if str(b.key).startswith("strength_")]
    door(app, "anna", "pairs")
    assert not [b.key for b in app.button_group if str(b.key).startswith("strength_")]


def test_back_opens_the_question_before_and_the_next_group_is_one_click_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "pairs")
    for _ in range(6):
        next(b for b in app.button if str(b.key).startswith("pair_equal_carla__")).click()
        run(app)
        if app.get("progress")[0].proto.text.startswith("1 von 6"):
            assert not [b.key for b in app.button if b.key == "pair_on_carla_"]
            app.button(key="pair_back_carla_").click()
            run(app)
            assert app.button(key="pair_a_carla__relevance_feasibility")
            app.button(key="pair_on_carla_").click()
            run(app)
    assert text("weights_page.all_pairs", "de") in words(app)
    app.button(key="weights_next").click()
    run(app)
    assert app.button_group(key="weights_group").value == "relevance"
    assert "Hauptkriterien: Paarvergleich" in words(app)


def test_what_the_list_could_not_have_sent_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = door(opened(monkeypatch, tmp_path, two_minds()), "anna", "swing")
    before = study_of(app)
    for numbers in ({"beauty": 3}, {"cost": 101}, {"cost": -1}, {"cost": "much"}):
        send(app, "asked_swing_anna_", numbers)  # type: ignore[arg-type]
        assert study_of(app) == before


def test_one_comparison_after_the_other_until_the_answers_connect_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = door(opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE)), "carla", "pairs")
    app.button(key="pair_a_carla__relevance_feasibility").click()
    run(app)
    app.button_group(key="strength_carla__relevance_feasibility_None").set_value(3)
    run(app)
    assert study_of(app).judgements == ()
    app.button(key="pair_b_carla__feasibility_cost").click()
    run(app)
    app.button_group(key="strength_carla__cost_feasibility_None").set_value(5)
    run(app)
    app.button(key="pair_equal_carla__cost_funding").click()
    run(app)
    rows = {(j.a, j.b): j.value for j in study_of(app).judgements}
    assert rows == {("relevance", "feasibility"): 3, ("cost", "feasibility"): 5, ("cost", "funding"): 1}
    assert "Gespeichert: Paarvergleich" in words(app)
    assert "sind 3 von 6 Vergleichen offen" in words(app)


def test_a_new_stakeholder_is_a_role_with_an_id_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE))
    for label in ("Bauamt", "Bauamt", ""):
        app.selectbox(key="weights_who").set_value("+")
        run(app)
        app.text_input(key="weights_person_label").set_value(label)
        next(b for b in app.button if b.label == text("weights_page.person_add", "de")).click()
        run(app)
    assert text("weights_page.person_unnamed", "de") in words(app)
    added = [person.id for person in study_of(app).stakeholders][3:]
    assert added == ["bauamt", "bauamt_2"]


def type_pairs(app: AppTest, who: str, rows: dict[int, dict[str, str]]) -> AppTest:
    """Type into the table of pairs, as the editor reports it."""
    key = next(str(e.key) for e in app.get("data_editor"))
    app.session_state[key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return run(app)


def table_of(monkeypatch: pytest.MonkeyPatch, folder: Path, study: Study, who: str) -> AppTest:
    app = door(opened(monkeypatch, folder, study), who, "pairs")
    app.toggle(key="weights_as_table").set_value(True)
    return run(app)


def take_table(app: AppTest, who: str) -> AppTest:
    app.button(key=f"pairs_table_apply_{who}_").click()
    return run(app)


def shown_table(app: AppTest) -> list[list[str]]:
    found: list[list[str]] = app.get("data_editor")[0].value.to_numpy().tolist()
    return found


def test_the_table_takes_all_or_nothing_and_names_each_wrong_cell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = table_of(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE), "carla")
    right = {"feasibility": "3", "cost": "1/5", "funding": "0,5"}
    type_pairs(app, "carla", {0: right | {"relevance": "2"}, 1: {"cost": "viel"}})
    take_table(app, "carla")
    assert len(app.error) == 2
    assert "Relevanz gegen sich selbst" in words(app)
    assert "Umsetzbarkeit gegen Kosten: „viel“" in words(app)
    assert study_of(app).judgements == ()
    type_pairs(app, "carla", {0: right | {"relevance": "1"}, 1: {"cost": ""}})
    take_table(app, "carla")
    assert not app.error
    found = {(j.a, j.b): j.value for j in study_of(app).judgements}
    assert found == {("relevance", "feasibility"): 3, ("relevance", "cost"): 0.2, ("relevance", "funding"): 0.5}
    assert [row[0] for row in shown_table(app)] == ["1", "1/3", "5", "2"]
    assert shown_table(app)[1][2] == ""


def test_cells_not_taken_yet_survive_another_person_and_show_their_reciprocal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = table_of(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE), "carla")
    type_pairs(app, "carla", {0: {"feasibility": "4", "cost": "viel"}})
    door(app, "anna", "pairs")
    assert shown_table(app)[0] == ["1", "", "", ""]
    door(app, "carla", "pairs")
    assert shown_table(app)[0] == ["1", "4", "viel", ""]
    assert shown_table(app)[1][0] == "1/4"
    assert text("weights_page.table_waiting", "de") in words(app)


def test_answers_nobody_typed_over_stay_as_they_were_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def row(a: str, b: str, value: float) -> Judgement:
        return Judgement(stakeholder="anna", a=a, b=b, value=value, answered_at="2026-11-02T10:00:00+01:00")

    given = (row("cost", "relevance", 3), row("feasibility", "relevance", 7), row("funding", "cost", 2))
    app = table_of(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE, judgements=given), "anna")
    type_pairs(app, "anna", {0: {"feasibility": "1/5"}})
    take_table(app, "anna")
    rows = {(j.a, j.b): j for j in study_of(app).judgements}
    assert [rows[j.a, j.b] for j in (given[0], given[2])] == [given[0], given[2]]
    assert rows["relevance", "feasibility"].value == 0.2
    assert rows["relevance", "feasibility"].answered_at > "2026-11-02"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3", 3),
        ("1/3", 1 / 3),
        ("0,333", 0.333),
        ("2.5", 2.5),
        (" 1 / 4 ", 0.25),
        ("0", None),
        ("-2", None),
        ("1/0", None),
        ("drei", None),
        ("1.234,5", None),
        ("", None),
        ("1/2/3", None),
        ("nan", None),
        ("12345", None),
    ],
)
def test_an_answer_is_read_strictly(cell: str, value: float | None) -> None:
    assert read_ratio(cell) == value


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("85000", 85_000),
        ("85.000,00", 85_000),
        ("85.000", None),
        ("85000 €", 85_000),
        ("viel", None),
        ("", None),
        ("-5", None),
    ],
)
def test_an_amount_is_read_like_a_cell_of_a_file(typed: str, amount: float | None) -> None:
    assert read_amount(typed) == amount


def test_a_person_s_weights_go_into_the_live_page_and_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = door(opened(monkeypatch, tmp_path, two_minds()), "berta", "swing")
    app.button(key="weights_into_live").click()
    run(app)
    assert scenario_of(app).profile == "berta"


@pytest.mark.parametrize("language", ["de", "en"])
def test_correcting_an_amount_corrects_the_weights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    app = trade_step(opened(monkeypatch, tmp_path, two_minds(), language), "correct")
    app.selectbox(key="trade_correct_leaf").set_value("feasibility")
    run(app)
    app.text_input(key="trade_correct_amount").set_value("50000")
    next(b for b in app.button if b.label == text("trade.apply", language)).click()
    run(app)
    assert scenario_of(app).weights
    assert text("trade.done", language) in words(app)
    assert ("50.000 €" if language == "de" else "€50,000") in words(app)


def test_an_own_answer_is_asked_before_the_weights_are_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = part(opened(monkeypatch, tmp_path, two_minds()), "trade")
    app.text_input(key="trade_check_amount").set_value("1000")
    next(b for b in app.button if b.label == text("trade.compare", "de")).click()
    run(app)
    assert app.warning
    app.text_input(key="trade_check_amount").set_value("85.000")
    next(b for b in app.button if b.label == text("trade.compare", "de")).click()
    run(app)
    assert "kein eindeutiger Betrag" in words(app)


def test_the_cost_curve_is_asked_by_halving_and_bends_the_criterion(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = trade_step(opened(monkeypatch, tmp_path, two_minds()), "curve")
    app.text_input(key="trade_curve_50").set_value("1000000")
    next(b for b in app.button if b.label == text("trade.curve_apply", "de")).click()
    run(app)
    cost = study_of(app).criterion_by_id["cost"]
    assert cost.value_function == "piecewise"
    assert sorted(cost.value_points) == [(10_000, 1), (1_000_000, 0.5), (10_000_000, 0)]
    app.text_input(key="trade_curve_50").set_value("20000000")
    next(b for b in app.button if b.label == text("trade.curve_apply", "de")).click()
    run(app)
    assert study_of(app).criterion_by_id["cost"] == cost
    assert app.error


@pytest.mark.parametrize("language", ["de", "en"])
def test_everybody_s_weights_stand_side_by_side(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str) -> None:
    app = part(opened(monkeypatch, tmp_path, two_minds(), language), "compare")
    shown = words(app)
    for person in PEOPLE[:2]:
        assert (person.label_en if language == "en" else person.label_de).replace("'", "&#x27;") in shown
    anna = tree_weights(study_of(app), Scenario(profile="anna"))
    assert f"data-profile='anna' data-weight='{anna.overall['cost']!r}'" in shown
    app.selectbox(key="compare_take").set_value(GROUP)
    run(app)
    app.button(key="compare_into_live").click()
    run(app)
    assert scenario_of(app).profile == GROUP


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_group_says_how_far_it_agrees_and_whether_counting_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    app = part(opened(monkeypatch, tmp_path, two_minds(), language), "group")
    shown = words(app)
    assert text("cluster_state.too_few", language) in shown
    assert ("Relevanz gegen Kosten" if language == "de" else "Relevance against Kosten") in shown
    app.toggle(key="group_without_names").set_value(True)
    run(app)
    assert "Kämmerei" not in words(app).split(text("group_page.agreement", language))[-1]
    app.selectbox(key="group_key").set_value("population")
    run(app)
    app.button(key="group_into_live").click()
    run(app)
    now = scenario_of(app)
    assert (now.profile, now.voting_key, now.people) == (GROUP, "population", ("anna", "berta"))


def test_fewer_than_two_answers_are_no_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = opened(monkeypatch, tmp_path, small_study(stakeholders=PEOPLE, weights=tuple(swings("anna", 4, 3, 2, 1))))
    assert text("group_page.too_few", "de") in words(part(app, "group"))


def test_keys_that_cannot_be_used_say_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nowhere = tuple(person.model_copy(update={"municipality": ""}) for person in PEOPLE)
    study = two_minds().model_copy(update={"stakeholders": nowhere})
    app = part(opened(monkeypatch, tmp_path, study), "group")
    assert app.selectbox(key="group_key").options == ["eine Stimme je Person", "festgelegte Stimmgewichte"]
    assert "nach Einwohnerzahl: nicht möglich" in words(app)
