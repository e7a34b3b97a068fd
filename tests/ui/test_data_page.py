"""The page Daten: template, upload, every fault named, a plain list mapped; the study on screen stays until then."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.study.write import tables_of, workbook_bytes
from mcda.ui.state import Session
from small import small_study

ROOT = Path(__file__).parents[2]
LIST = (
    ("Nr.", "Maßnahme", "Handlungsfeld", "Aufwand (1-5)", "Nutzen (1-5)", "Kosten"),
    (1, "Rufbus", "Verkehr", 2, 4, 120000),
    (2, "Radkarte", "Verkehr", 1, 3, 20000),
    (3, "Serverraum", "Verwaltung", 5, 5, 340000),
    (4, "Schulungen", "Verwaltung", 3, 4, 45000),
)


def data_page(language: str = "de") -> AppTest:
    def script() -> None:
        import streamlit as st

        from mcda.ui import sidebar, state
        from mcda.ui.pages import data

        assert state.study()
        with st.container():
            sidebar.show()
        data.show()

    app = AppTest.from_function(script, default_timeout=60)
    app.context = {"locale": f"{language}-XX"}
    app.run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    groups = (app.title, app.header, app.subheader, app.html, app.markdown, app.error, app.warning, app.success)
    return " ".join(element.value for group in (*groups, app.info) for element in group).replace("\\", "")


def session(app: AppTest) -> Session:
    held = app.session_state["rangfolge"]
    assert isinstance(held, Session)
    return held


def upload(app: AppTest, *files: tuple[str, bytes]) -> None:
    box = app.file_uploader(key=f"upload_{session(app).uploads}")
    if len(files) == 1:
        box.upload(*files[0])
    else:
        box.set_value([(name, content, "text/csv") for name, content in files])
    app.run()
    assert not app.exception, app.exception


def sheet_of(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faulty() -> bytes:
    book = load_workbook(io.BytesIO(workbook_bytes(small_study())))
    sheet = book["measures"]
    column = [cell.value for cell in sheet[1]].index("capex_eur") + 1
    sheet.cell(2, column).value = "viel"
    sheet.cell(4, column).value = "wenig"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_offers_template_example_and_upload(language: str) -> None:
    app = data_page(language)
    shown = words(app)
    assert text("ui.page.data.title", language) in shown
    assert text("data.template_about", language) in shown
    assert "NordAllianz" in shown
    assert len(app.get("download_button")) == 2


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_whole_workbook_is_opened_and_its_tables_counted(language: str) -> None:
    app = data_page(language)
    upload(app, ("meine.xlsx", workbook_bytes(small_study())))
    shown = words(app)
    assert text("data.open_file", language, name="meine.xlsx", title="Kleine Studie") in shown
    assert text("ui.sidebar.file", language, name="meine.xlsx") in shown
    assert text("table.measures", language) in shown
    assert session(app).study.study.title == "Kleine Studie"
    assert len(app.get("download_button")) == 3
    app.button(key="open_example").click().run()
    assert "NordAllianz" in words(app)
    assert session(app).upload is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_fault_is_a_row_and_the_study_on_screen_stays(language: str) -> None:
    app = data_page(language)
    upload(app, ("falsch.xlsx", faulty()))
    shown = words(app)
    assert text("ui.issues.intro", language, name="falsch.xlsx", count=2) in shown
    assert "viel" in shown
    assert "wenig" in shown
    assert text("ui.sidebar.waiting", language, name="falsch.xlsx") in shown
    assert len(session(app).study.measures) == 40
    assert len(app.get("download_button")) == 5
    upload(app, ("richtig.xlsx", workbook_bytes(small_study())))
    assert "viel" not in words(app)
    assert len(session(app).study.measures) == 4


def test_a_rejected_file_can_be_put_away() -> None:
    app = data_page()
    upload(app, ("falsch.xlsx", faulty()))
    app.button(key="forget_upload").click().run()
    assert not app.exception
    assert "wenig" not in words(app)
    assert session(app).upload is None


def test_a_file_that_is_none_is_refused_with_its_reason() -> None:
    app = data_page()
    upload(app, ("kaputt.xlsx", b"no workbook at all"))
    assert text("issue.not_a_workbook", "de", path="kaputt.xlsx") in words(app)
    assert [button.key for button in app.button if button.key == "as_list"] == []


def test_csv_files_selected_together_are_one_study() -> None:
    import csv

    files = []
    for table, (header, rows) in tables_of(small_study()).items():
        stream = io.StringIO(newline="")
        from mcda.study.write import cell_text

        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([cell_text(v, c) for v, c in zip(row, header, strict=True)] for row in rows)
        files.append((f"{table}.csv", stream.getvalue().encode()))
    app = data_page()
    upload(app, *files)
    assert session(app).study.input_hash == small_study().input_hash
    assert "…" in session(app).upload.name  # type: ignore[union-attr]


def answer(app: AppTest, header: str, code: str, index: int) -> None:
    draft = session(app).upload.draft  # type: ignore[union-attr]
    assert draft is not None
    key = [column.header for column in draft.columns].index(header)
    app.selectbox(key=f"map_{code}_{key}").set_value(index).run()
    assert not app.exception, app.exception


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_plain_list_is_mapped_previewed_and_opened(language: str) -> None:
    app = data_page(language)
    upload(app, ("liste.xlsx", sheet_of(*LIST)))
    shown = words(app)
    assert text("data.map", language) in shown
    assert text("data.to_look_at", language, columns=("Aufwand (1-5)",))[:10] in shown
    assert app.button(key="take_over").disabled
    answer(app, "Aufwand (1-5)", "direction_much", 1)
    assert "Rufbus" in words(app)
    app.button(key="take_over").click().run()
    assert not app.exception
    study = session(app).study
    assert [m.title for m in study.measures] == ["Rufbus", "Radkarte", "Serverraum", "Schulungen"]
    assert study.study.title == "liste"
    effort = next(c for c in study.criteria if "Aufwand" in c.label_de)
    assert (effort.best, effort.worst) == (1, 5)
    assert text("data.notes", language) in words(app)


def test_the_mapping_is_shown_again_for_the_same_headers() -> None:
    app = data_page()
    upload(app, ("mai.xlsx", sheet_of(*LIST)))
    answer(app, "Aufwand (1-5)", "direction_much", 1)
    app.button(key="take_over").click().run()
    header = LIST[0]
    moved = [tuple(row[i] for i in (1, 0, 2, 3, 4, 5)) for row in LIST]
    upload(app, ("juni.xlsx", sheet_of(*moved)))
    assert header[1] in words(app)
    assert text("data.remembered", "de") in words(app)
    assert not app.button(key="take_over").disabled
    app.button(key="take_over").click().run()
    assert session(app).study.study.title == "juni"


def test_another_meaning_takes_effect_at_once_and_the_mapping_can_be_changed_later() -> None:
    app = data_page()
    upload(app, ("liste.xlsx", sheet_of(*LIST)))
    app.selectbox(key="map_meaning_3").set_value("remark").run()
    assert not app.exception
    assert not app.button(key="take_over").disabled
    app.text_input(key="map_title").set_value("Ideen").run()
    app.button(key="take_over").click().run()
    assert session(app).study.study.title == "Ideen"
    app.button(key="map_again").click().run()
    assert not app.exception
    assert app.selectbox(key="map_meaning_3").value == "remark"
    assert session(app).study.study.title == "Ideen"


def test_a_mapping_file_is_used_and_another_file_is_refused() -> None:
    app = data_page()
    upload(app, ("liste.xlsx", sheet_of(*LIST)))
    answer(app, "Aufwand (1-5)", "direction_much", 1)
    kept = session(app).upload.draft.mapping.model_dump_json()  # type: ignore[union-attr]
    fresh = data_page()
    upload(fresh, ("liste.xlsx", sheet_of(*LIST)))
    fresh.file_uploader(key="mapping_upload").upload("x.json", json.dumps({"a": 1}).encode()).run()
    assert text("data.mapping_wrong", "de") in words(fresh)
    fresh.file_uploader(key="mapping_upload").upload("z.json", kept.encode()).run()
    assert not fresh.exception
    assert not fresh.button(key="take_over").disabled


def test_a_list_with_bad_cells_names_them_before_anything_is_taken_over() -> None:
    app = data_page()
    rows = [*LIST, (5, "Glasfaser", "Technik", 9, 3, "viel")]
    upload(app, ("liste.xlsx", sheet_of(*rows)))
    answer(app, "Aufwand (1-5)", "direction_much", 1)
    shown = words(app)
    assert "viel" in shown
    assert "F6" in shown
    assert len(app.get("download_button")) == 2 + 3 + 1
    assert app.button(key="take_over").disabled


def test_a_list_that_leaves_nothing_to_rank_says_so_and_opens_nothing() -> None:
    app = data_page()
    rows = [("Maßnahme", "Pflichtaufgabe", "Kosten"), ("Rufbus", "ja", 120000), ("Radkarte", "ja", 20000)]
    upload(app, ("pflicht.xlsx", sheet_of(*rows)))
    app.button(key="take_over").click().run()
    assert not app.exception, app.exception
    assert len(session(app).study.measures) == 40
    assert text("data.list_faults", "de") in words(app)
    assert app.button(key="take_over").disabled


def test_a_corrected_list_keeps_the_answers_given_before() -> None:
    app = data_page()
    upload(app, ("liste.xlsx", sheet_of(*LIST, (5, "Glasfaser", "Technik", 9, 3, 5000))))
    answer(app, "Aufwand (1-5)", "direction_much", 1)
    assert app.button(key="take_over").disabled
    upload(app, ("liste.xlsx", sheet_of(*LIST)))
    draft = session(app).upload.draft  # type: ignore[union-attr]
    assert draft is not None
    assert draft.study is not None
    assert ("Kosten", "price_basis") not in draft.settled
    assert text("data.to_look_at", "de", columns=("Kosten",)) in words(app)
