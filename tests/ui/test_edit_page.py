"""The page Bearbeiten: what is typed passes the rules of files, all or nothing, and can be taken back."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from mcda.errors import InputError
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.study.edit import edit_study
from mcda.study.model import Eligibility, Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate, Rating, Study
from mcda.study.write import workbook_bytes, write_study
from mcda.ui.editing import LEAF, Typed, issue_rows, plan, raters, typed_into, view_of
from small import small_study


def drawn() -> None:
    """A page as the navigation draws it; `page` in the session says which."""
    import importlib

    import streamlit as st

    from mcda.ui import sidebar
    from mcda.ui.changed import show_changed

    sidebar.show()
    show_changed()
    importlib.import_module(f"mcda.ui.pages.{st.session_state.get('page', 'edit')}").show()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    write_study(small_study(), tmp_path / "small.xlsx")
    monkeypatch.setenv("RANGFOLGE_STUDY", str(tmp_path / "small.xlsx"))
    test = AppTest.from_function(drawn, default_timeout=60)
    test.context = {"locale": "de-DE"}
    test.run()
    assert not test.exception
    return test


def session(app: AppTest) -> Any:
    return app.session_state["rangfolge"]


def study_of(app: AppTest) -> Study:
    study: Study = session(app).study
    return study


def words(app: AppTest) -> str:
    groups = (app.html, app.markdown, app.error, app.info, app.success)
    return " ".join(element.value for group in groups for element in group).replace("\\", "")


def type_in(app: AppTest, table: str = "measures", rater: str = "", emptied: int = 0, **changes: Any) -> None:
    key = f"edit_{table}_{rater}_{study_of(app).input_hash[:12]}_{emptied}"
    app.session_state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes
    app.run()


def choose(app: AppTest, key: str, value: str) -> None:
    next(box for box in [*app.get("segmented_control"), *app.get("pills")] if box.key == key).set_value(value).run()
    assert not app.exception


def click(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def test_german_numbers_are_applied_as_they_are_meant(app: AppTest) -> None:
    type_in(app, edited_rows={0: {"capex_eur": "1.234,5"}, 1: {"capex_eur": "12,5"}})
    assert study_of(app).measures[0].capex_eur == Decimal(60000)
    click(app, "edit_apply")
    assert [m.capex_eur for m in study_of(app).measures[:2]] == [Decimal("1234.5"), Decimal("12.5")]
    assert "1234,5" in words(app)
    assert text("edit.applied", "de") in words(app)


def test_one_wrong_cell_and_nothing_is_applied(app: AppTest) -> None:
    before = study_of(app)
    type_in(app, edited_rows={0: {"capex_eur": "12,5"}, 1: {"capex_eur": "1.234"}, 2: {"capex_eur": "viel"}})
    click(app, "edit_apply")
    assert study_of(app) == before
    assert session(app).undo == ()
    shown = words(app)
    assert "1.234" not in before.model_dump_json()
    assert "viel" in shown
    assert "Investition (EUR)" in shown
    assert text("edit.refused", "de", count=1) in shown


def test_data_and_weights_are_taken_back_in_the_order_of_events(app: AppTest) -> None:
    from mcda.ui.state import Session  # the front end's own class, as the session holds it

    opened = study_of(app)
    type_in(app, edited_rows={0: {"capex_eur": "12,5"}})
    click(app, "edit_apply")
    now = session(app)
    wish = Scenario(weights={"cost": 50})
    app.session_state["rangfolge"] = Session(
        study=now.study,
        language="de",
        scenario=wish,
        settled=wish,
        undo=(*now.undo, Scenario()),
        origin=now.origin,
    )
    app.run()
    click(app, "edit_undo")
    assert study_of(app).measures[0].capex_eur == Decimal("12.5")
    assert session(app).scenario == Scenario()
    click(app, "edit_undo")
    assert study_of(app) == opened
    assert text("changed.what", "de") not in [e.label for e in app.expander]


@pytest.mark.parametrize("page", ["live", "catalogue", "sensitivity", "export", "edit", "collect", "data"])
def test_every_page_says_that_the_data_were_changed_until_the_way_back(app: AppTest, page: str) -> None:
    opened = study_of(app)
    type_in(app, edited_rows={0: {"title": "Neuer Titel"}}, deleted_rows=[3])
    click(app, "edit_apply")
    app.session_state["page"] = page
    app.run()
    assert not app.exception
    assert "Beruht auf geänderten Daten. Geänderte Zellen: 1, neue Zeilen: 0" in words(app)
    assert "Neuer Titel" in words(app)
    click(app, "changed_return")
    assert study_of(app) == opened
    assert "Beruht auf geänderten Daten" not in words(app)
    assert len(session(app).undo) == 2


def test_the_page_speaks_english(app: AppTest) -> None:
    choose(app, "language", "en")
    type_in(app, edited_rows={0: {"capex_eur": "12.5"}})
    click(app, "edit_apply")
    assert "Based on changed data" in words(app)
    assert "12.5" in words(app)


def test_nothing_typed_is_said(app: AppTest) -> None:
    click(app, "edit_apply")
    assert text("edit.nothing", "de") in words(app)
    type_in(app, edited_rows={0: {"capex_eur": "60.000,00"}})
    click(app, "edit_apply")
    assert text("edit.unchanged", "de") in words(app)
    assert session(app).origin is None


def test_undo_does_not_run_over_somebody_who_types(app: AppTest) -> None:
    type_in(app, edited_rows={0: {"capex_eur": "12,5"}})
    click(app, "edit_apply")
    type_in(app, emptied=1, edited_rows={0: {"capex_eur": "13,5"}})
    click(app, "edit_undo")
    assert study_of(app).measures[0].capex_eur == Decimal("12.5")
    assert text("edit.apply_first", "de") in words(app)


def test_ratings_are_a_grid_of_measures_and_criteria(app: AppTest) -> None:
    choose(app, "edit_what", "ratings")
    type_in(app, "ratings", edited_rows={0: {LEAF + "goals": "2,0", LEAF + "urgency": ""}})
    click(app, "edit_apply")
    given = {(r.measure, r.criterion): r.value for r in study_of(app).ratings}
    assert given["M1", "goals"] == 2
    assert ("M1", "urgency") not in given
    app.selectbox(key="edit_rater").set_value("GAR").run()
    type_in(app, "ratings", "GAR", emptied=1, edited_rows={1: {LEAF + "goals": "Enthält sich", LEAF + "urgency": "9"}})
    click(app, "edit_apply")
    assert "M2" in words(app)
    assert "Dringlichkeit" in words(app)


def test_a_study_edited_to_have_no_result_is_refused(app: AppTest) -> None:
    choose(app, "edit_what", "criteria")
    type_in(app, "criteria", edited_rows={n: {"weight": "0"} for n in range(6)})
    click(app, "edit_apply")
    assert session(app).undo == ()
    assert app.error


def test_the_changed_study_downloads_and_reads_back(app: AppTest) -> None:
    type_in(app, edited_rows={0: {"capex_eur": "1.234,5"}})
    click(app, "edit_apply")
    assert app.get("download_button")
    sheet = load_workbook(BytesIO(workbook_bytes(study_of(app))))["measures"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("capex_eur") + 1).value == 1234.5


def applied(study: Study, table: str, typed: Typed, rater: str = "") -> Study:
    planned = plan(study, view_of(study, table, "de", rater), typed)
    return edit_study(planned.study, planned.edit)


def refused(study: Study, table: str, typed: Typed, rater: str = "") -> list[tuple[str, str, str, str]]:
    view = view_of(study, table, "de", rater)
    planned = plan(study, view, typed)
    with pytest.raises(InputError) as caught:
        edit_study(planned.study, planned.edit)
    return issue_rows(planned, view, caught.value.issues, "de")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("table", ["measures", "ratings", "criteria", "municipalities"])
def test_every_cell_typed_as_it_is_shown_changes_nothing(table: str, language: str) -> None:
    study = small_study()
    view = view_of(study, table, language)
    same = {(n, c): v for n, row in enumerate(view.rows) for c, v in row.items() if v and c not in view.settled}
    planned = plan(study, view, Typed(same))
    assert edit_study(planned.study, planned.edit) == study
    report = {"edited_rows": {n: {c: v} for (n, c), v in same.items()}}
    assert typed_into(view, report).count == 0


def test_a_deleted_measure_takes_its_ratings_along_and_rows_keep_their_numbers() -> None:
    study = small_study()
    changed = applied(study, "measures", Typed(deleted=(0,)))
    assert "M1" not in {r.measure for r in changed.ratings} | set(changed.measure_by_id)
    ((row, column, value, _),) = refused(study, "measures", Typed({(2, "capex_eur"): "viel"}, deleted=(0,)))
    assert (row, column, value) == ("4", "Investition (EUR)", "viel")


def test_a_new_id_is_followed_by_ratings_and_findings() -> None:
    finding = Eligibility(measure="M1", programme="P", verdict="yes")
    study = small_study(programmes=(Programme(id="P", name="P"),), eligibility=(finding,))
    changed = applied(study, "measures", Typed({(0, "id"): "X1"}))
    assert [r.measure for r in changed.ratings].count("X1") == [r.measure for r in study.ratings].count("M1") > 0
    assert changed.eligibility[0].measure == "X1"
    assert applied(study, "programmes", Typed(deleted=(0,))).eligibility == ()


def test_a_new_row_with_a_fault_is_named_below_the_others() -> None:
    study = small_study()
    ((row, column, _, _),) = refused(study, "measures", Typed(added=({"id": "M9", "title": "Neu", "capex_eur": "x"},)))
    assert (row, column) == (str(len(study.measures) + 2), "Investition (EUR)")


def test_an_abstention_and_an_unsure_rating_are_kept_apart() -> None:
    unsure = Rating(measure="M2", criterion="goals", rater="GAR", low=2, high=4)
    study = small_study(ratings=(*small_study().ratings, unsure))
    assert view_of(study, "ratings", "de", "GAR").rows[1][LEAF + "goals"] == "2–4"
    changed = applied(study, "ratings", Typed({(1, LEAF + "goals"): "enthält sich"}), "GAR")
    rating = changed.ratings[-1]
    assert (rating.abstain, rating.value, rating.low) == (True, None, None)
    rated = applied(changed, "ratings", Typed({(1, LEAF + "goals"): "3"}), "GAR").ratings[-1]
    assert (rated.abstain, rated.value) == (False, 3)


def test_every_rater_of_the_study_can_be_chosen() -> None:
    study = small_study(
        ratings=(*small_study().ratings, Rating(measure="M1", criterion="goals", rater="TEAM", value=3))
    )
    assert raters(study) == ("", "ISM", "GAR", "TEAM")


def test_what_the_editor_reports_is_taken_with_care() -> None:
    view = view_of(small_study(), "measures", "de")
    report = {
        "edited_rows": {"0": {"title": None}, 99: {"title": "x"}, 1: {"unknown": "x"}},
        "added_rows": [{}, {"_index": 7}, {"id": " M9\u00a0"}],
        "deleted_rows": [3, 99],
    }
    typed = typed_into(view, report)
    assert typed.cells == {(0, "title"): ""}
    assert [row["id"] for row in typed.added] == ["M9"]
    assert typed.deleted == (3,)
    assert typed_into(view, None).count == 0


PROGRAMME = Programme(id="P", name="Probe", stacking="capped", stacking_cap_pct=Decimal(80))
RULES = {
    "programmes": (PROGRAMME,),
    "programme_rates": (ProgrammeRate(programme="P", rate_pct=Decimal("62.5"), condition="intermunicipal"),),
    "programme_caps": (ProgrammeCap(programme="P", max_grant_eur=Decimal(50_000)),),
    "programme_calls": (ProgrammeCall(programme="P", first_day=date(2025, 1, 1), last_day=date(2025, 6, 30)),),
}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("table", list(RULES))
def test_grant_rules_typed_as_they_are_shown_change_nothing(table: str, language: str) -> None:
    study = small_study(**RULES)
    view = view_of(study, table, language)
    same = {(n, c): v for n, row in enumerate(view.rows) for c, v in row.items() if v and c not in view.settled}
    planned = plan(study, view, Typed(same))
    assert same
    assert view.grows
    assert edit_study(planned.study, planned.edit) == study


def test_rates_limits_and_deadlines_follow_their_programme() -> None:
    study = small_study(**RULES)
    renamed = applied(study, "programmes", Typed({(0, "id"): "Q"}))
    assert [getattr(renamed, table)[0].programme for table in list(RULES)[1:]] == ["Q", "Q", "Q"]
    gone = applied(study, "programmes", Typed(deleted=(0,)))
    assert [getattr(gone, table) for table in RULES] == [(), (), (), ()]


def test_a_rate_above_one_hundred_or_for_an_unknown_programme_is_refused_in_its_row() -> None:
    study = small_study(**RULES)
    ((row, column, value, _),) = refused(study, "programme_rates", Typed({(0, "rate_pct"): "120"}))
    assert (row, value) == ("2", "120")
    assert column == view_of(study, "programme_rates", "de").columns["rate_pct"]
    ((row, _, value, _),) = refused(study, "programme_caps", Typed({(0, "programme"): "Z"}))
    assert (row, value) == ("2", "Z")


def test_who_pays_and_what_is_fulfilled_can_be_typed_into_a_measure() -> None:
    typed = {"co_payer": "Landkreis", "co_payer_pct": "25", "opt_outs": "GAR"}
    typed |= {"fulfilled": text("prerequisite.council_decision", "de"), "running_cost_key": "nach Einwohnern"}
    changed = applied(small_study(), "measures", Typed({(0, name): value for name, value in typed.items()}))
    first = changed.measures[0]
    assert (first.co_payer, first.co_payer_pct, first.opt_outs) == ("Landkreis", 25, ("GAR",))
    assert (first.fulfilled, first.running_cost_key) == (("council_decision",), "per_capita")


def test_a_typed_rate_is_undone_with_one_step(app: AppTest) -> None:
    choose(app, "edit_what", "programmes")
    type_in(app, "programmes", added_rows=[{"id": "P", "name": "Probe"}])
    click(app, "edit_apply")
    choose(app, "edit_what", "programme_rates")
    type_in(app, "programme_rates", emptied=1, added_rows=[{"programme": "P", "rate_pct": "62,5"}])
    click(app, "edit_apply")
    assert [rate.rate_pct for rate in study_of(app).programme_rates] == [Decimal("62.5")]
    click(app, "edit_undo")
    assert study_of(app).programme_rates == ()
