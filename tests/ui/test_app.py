"""The frame around the pages: languages, as-of date, own workbooks, and what cannot be read."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.ui.literal import literal
from mcda.ui.markup import table_html
from mcda.ui.sidebar import parse_day

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app() -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.context = {"locale": "de-DE"}
    test.run()
    assert not test.exception
    return test


def words(app: AppTest) -> str:
    return " ".join(element.value for group in (app.html, app.markdown, app.error) for element in group)


def test_the_example_opens_in_german(app: AppTest) -> None:
    assert "NordAllianz" in words(app)
    assert "40 Maßnahmen, 8 Kommunen" in words(app)
    assert app.text_input(key="as_of").value == "30.06.2025"
    assert app.session_state["rangfolge"].language == "de"


def test_the_switch_changes_the_language_of_the_frame(app: AppTest) -> None:
    app.get("segmented_control")[0].set_value("en").run()
    assert not app.exception
    assert "40 measures, 8 municipalities" in words(app)


def test_another_day_judges_the_programmes_anew_and_can_be_undone(app: AppTest) -> None:
    app.text_input(key="as_of").set_value("1.2.2027").run()
    session = app.session_state["rangfolge"]
    assert session.scenario.as_of == date(2027, 2, 1)
    assert len(session.undo) == 1
    assert app.text_input(key="as_of").value == "01.02.2027"
    app.text_input(key="as_of").set_value(" ").run()
    assert app.session_state["rangfolge"].scenario.as_of is None
    assert app.text_input(key="as_of").value == "30.06.2025"


def test_an_entry_that_is_no_day_is_named_and_changes_nothing(app: AppTest) -> None:
    app.text_input(key="as_of").set_value("30.2.2026").run()
    assert not app.exception
    assert "30.2.2026" in app.error[0].value.replace("\\", "")
    assert app.session_state["rangfolge"].scenario.as_of is None


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ("30.06.2025", date(2025, 6, 30)),
        (" 1.7.2026 ", date(2026, 7, 1)),
        ("2026-07-01", date(2026, 7, 1)),
        ("31.02.2026", None),
        ("06/30/2025", None),
        ("30.06.25", None),
        ("31.12.2100", date(2100, 12, 31)),
        ("31.12.9999", None),
        ("1989-12-31", None),
        ("", None),
    ],
)
def test_days_are_read_in_two_forms_and_never_guessed(entry: str, day: date | None) -> None:
    assert parse_day(entry) == day


def test_a_start_study_that_cannot_be_read_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RANGFOLGE_STUDY", str(tmp_path / "fehlt"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "fehlt" in words(app)
    assert text("issue_list.message", "de") in words(app)


def test_a_setting_without_a_result_is_explained_and_can_be_taken_back(app: AppTest) -> None:
    from mcda.ui.state import Session  # the front end's own class, as the session holds it

    session = app.session_state["rangfolge"]
    wrong = session.scenario.model_copy(update={"method": "kein_verfahren"})
    app.session_state["rangfolge"] = Session(
        study=session.study, language="de", scenario=wrong, settled=wrong, undo=(session.scenario,)
    )
    app.run()
    assert not app.exception
    assert "kein" in app.error[0].value
    app.button(key="no_result_undo").click().run()
    assert not app.error


def test_a_studys_words_are_never_markup() -> None:
    assert literal("![x](http://a.b/c.png) *fett* :red[rot] $x$") == (
        r"\!\[x\]\(http\:\/\/a\.b\/c\.png\) \*fett\* \:red\[rot\] \$x\$"
    )
    import pandas as pd

    shown = table_html(pd.DataFrame({"<b>": ["<img src=//a.b>"]}), "x")
    assert "<img" not in shown
    assert "<b>" not in shown


def test_the_day_on_show_is_behind_after_a_step_back_and_only_then() -> None:
    def script() -> None:
        from datetime import date

        import streamlit as st

        from mcda.scenario import Scenario
        from mcda.ui import sidebar, state

        seen = [sidebar.is_behind()]
        st.session_state["as_of"] = "01.02.2027"
        state.apply(Scenario(as_of=date(2027, 2, 1)))
        seen.append(sidebar.is_behind())
        state.undo()
        seen.append(sidebar.is_behind())
        st.session_state["as_of"] = "kein Tag"
        seen.append(sidebar.is_behind())
        st.session_state["seen"] = seen

    run = AppTest.from_function(script, default_timeout=30).run()
    assert not run.exception
    assert run.session_state["seen"] == [False, False, True, False]
