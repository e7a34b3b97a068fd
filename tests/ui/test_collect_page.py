"""The page Bewertungen sammeln: files out, files in, what is missing or unclear, and the merge undoable."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.report.exhibits.merge_report import merge_report
from mcda.report.exports.merge_file import merge_xlsx
from mcda.study.collection import merge_ratings, rating_workbook
from mcda.study.model import Municipality, Study
from mcda.study.write import write_study
from mcda.ui.collecting import all_files, asked_municipalities, by_name, file_name, rated_criteria, usual_criteria
from mcda.ui.pages.collect import XLSX
from small import small_study

NAMES = {"ISM": "Ismaning", "GAR": "Garching", "ECH": "Eching", "NEU": "Neufahrn", "OSH": "Oberschleißheim"}
MEMBERS = tuple(Municipality(id=i, name=n) for i, n in NAMES.items())
MEASURE, TITLE = 1, 2


def alliance(**changes: Any) -> Study:
    """Five municipalities; nobody has rated relevance yet."""
    tables: dict[str, Any] = {
        "municipalities": MEMBERS,
        "ratings": tuple(r for r in small_study().ratings if r.criterion == "feasibility"),
        "measures": tuple(m.model_copy(update={"municipalities": ()}) for m in small_study().measures),
    }
    return small_study(**(tables | changes))


def filled(study: Study, who: str, level: object = 3, **levels: object) -> bytes:
    """A municipality's workbook with one level throughout; `levels` by measure differ."""
    book = load_workbook(io.BytesIO(rating_workbook(study, who)))
    sheet = book.worksheets[0]
    header = next(row for row in range(1, 10) if sheet.cell(row, MEASURE).value == "Nr.")
    value = next(c for c in range(1, 12) if sheet.cell(header, c).value == "Bewertung")
    for row in range(header + 1, sheet.max_row + 1):
        sheet.cell(row, value).value = levels.get(str(sheet.cell(row, MEASURE).value), level)
    return saved(book)


def altered(content: bytes) -> bytes:
    """The same workbook with a title typed over."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row, TITLE).value = "Etwas anderes"
    return saved(book)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def drawn() -> None:
    """The page as the navigation draws it."""
    from mcda.ui import sidebar
    from mcda.ui.changed import show_changed
    from mcda.ui.pages import collect

    sidebar.show()
    show_changed()
    collect.show()


@pytest.fixture
def study() -> Study:
    return alliance()


@pytest.fixture
def app(study: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    write_study(study, tmp_path / "alliance.xlsx")
    monkeypatch.setenv("RANGFOLGE_STUDY", str(tmp_path / "alliance.xlsx"))
    test = AppTest.from_function(drawn, default_timeout=60)
    test.context = {"locale": "de-DE"}
    test.run()
    assert not test.exception
    return test


def words(app: AppTest) -> str:
    groups = (app.html, app.markdown, app.error, app.info, app.success, app.header, app.subheader)
    return " ".join(element.value for group in groups for element in group).replace("\\", "")


def upload(app: AppTest, **files: bytes) -> None:
    app.file_uploader(key="collect_upload").set_value([(f"{n}.xlsx", content, XLSX) for n, content in files.items()])
    app.run()
    assert not app.exception


def click(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def test_answers_are_merged_on_a_click_and_taken_back_on_another(app: AppTest, study: Study) -> None:
    upload(app, a=filled(study, "ISM", 4), b=filled(study, "GAR", 2))
    assert app.session_state["rangfolge"].study == study
    assert text("collect.ready", "de", sound=2, files=2) in words(app)
    click(app, "collect_apply")
    ratings = {(r.measure, r.criterion, r.rater): r.value for r in app.session_state["rangfolge"].study.ratings}
    assert (ratings["M1", "goals", "ISM"], ratings["M1", "goals", "GAR"]) == (4, 2)
    assert "Beruht auf geänderten Daten" in words(app)
    assert text("collect.applied", "de", sound=2) in words(app)
    click(app, "collect_undo")
    assert app.session_state["rangfolge"].study == study
    assert text("collect.ready", "de", sound=2, files=2) in words(app)


def test_the_report_names_what_is_missing_altered_and_far_apart(app: AppTest, study: Study) -> None:
    upload(
        app,
        ism=filled(study, "ISM", 5),
        gar=filled(study, "GAR", 5),
        ech=filled(study, "ECH", 5),
        neu=filled(study, "NEU", 5, M1=1),
        osh=altered(filled(study, "OSH")),
    )
    shown = words(app)
    for title in ("files", "issues", "outliers", "values"):
        assert text(f"merge_report.{title}", "de") in shown
    assert "nicht übernommen" in shown
    assert "Etwas anderes" in shown
    assert "Neufahrn" in shown
    assert "osh.xlsx" in shown


def test_a_level_off_the_scale_keeps_the_file_out(app: AppTest, study: Study) -> None:
    upload(app, gar=filled(study, "GAR", 3, M2=9))
    assert text("collect.nothing_new", "de", files=1) in words(app)
    assert not [button for button in app.button if button.key == "collect_apply"]
    click(app, "collect_forget")
    assert text("collect.report", "de") not in words(app)


def test_the_page_speaks_english(app: AppTest) -> None:
    next(box for box in app.get("segmented_control") if box.key == "language").set_value("en").run()
    assert not app.exception
    assert text("collect.out", "en") in words(app)
    assert text("collect.out", "de") not in words(app)


def test_a_study_without_municipalities_says_that_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_study(alliance(municipalities=(), ratings=small_study().ratings), tmp_path / "alone.xlsx")
    monkeypatch.setenv("RANGFOLGE_STUDY", str(tmp_path / "alone.xlsx"))
    test = AppTest.from_function(drawn, default_timeout=60).run()
    assert not test.exception
    assert text("collect.nobody", "de") in words(test)


def test_one_archive_holds_every_workbook_and_ballot(study: Study) -> None:
    content = all_files(study, "de", usual_criteria(study), False)
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        answers = {f"{n}.xlsx": archive.read(f"Bewertung_{n}.xlsx") for n in NAMES.values()}
    assert len(names) == 2 * len(MEMBERS)
    assert "Stimmzettel_Oberschleißheim.xlsx" in names
    assert {report.municipality for report in merge_ratings(study, answers).files} == set(NAMES)
    all_files.cache_clear()
    assert all_files(study, "de", usual_criteria(study), False) == content


def test_who_and_what_is_asked(study: Study) -> None:
    assert asked_municipalities(study) == tuple(NAMES)
    assert usual_criteria(study) == ("goals", "urgency")
    assert rated_criteria(study) == ("goals", "urgency", "feasibility")


def test_two_municipalities_of_one_name_get_two_files() -> None:
    twins = (Municipality(id="A", name="Neu/stadt"), Municipality(id="B", name="Neu-stadt"))
    study = alliance(municipalities=twins)
    assert (
        file_name(study, "A", "workbook", "de") == file_name(study, "B", "workbook", "de") == "Bewertung_Neu-stadt.xlsx"
    )
    with ZipFile(io.BytesIO(all_files(study, "de", ("goals",), False))) as archive:
        assert len(set(archive.namelist())) == 4


def test_files_of_one_name_are_all_kept_and_the_same_file_counts_once() -> None:
    found = by_name([("a.xlsx", b"1"), ("a.xlsx", b"2"), ("b.xlsx", b"1"), ("a.xlsx", b"3")])
    assert found == {"a.xlsx": b"1", "a (2).xlsx": b"2", "a (3).xlsx": b"3"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_to_take_along_holds_every_table(study: Study, language: str) -> None:
    merge = merge_ratings(study, {"gar.xlsx": filled(study, "GAR", 2), "x.xlsx": b"nothing"})
    tables = merge_report(merge, language)
    assert [table.name for table in tables] == ["files", "issues", "values"]
    missing = [row[1] for row in tables[0].rows if row[2] == text("merge_report.state.missing", language)]
    assert missing == ["Ismaning", "Eching", "Neufahrn", "Oberschleißheim"]
    book = load_workbook(io.BytesIO(merge_xlsx(tables)))
    assert book.sheetnames == [table.title for table in tables]
    assert [sheet.max_row - 1 for sheet in book.worksheets] == [len(table.rows) for table in tables]
    assert merge_xlsx(tables) == merge_xlsx(tables)
