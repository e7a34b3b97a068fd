"""The page Workshop: opens a room on what is on screen, and takes a room's state back into the window."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.scenario import Scenario
from mcda.study.write import write_study
from mcda.ui.board import direct
from mcda.ui.workshop import place as places
from mcda.workshop.desk import FACILITATOR
from small import small_study


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    write_study(small_study(), tmp_path / "study")
    monkeypatch.setenv("RANGFOLGE_STUDY", str(tmp_path / "study"))
    monkeypatch.setattr(direct, "_served", True)
    here = places.Place(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    for user in ("mcda.ui.pages.workshop", "mcda.ui.workshop.by_link"):
        monkeypatch.setattr(f"{user}.place", lambda: here)

    def script() -> None:
        from mcda.ui.pages import workshop

        workshop.show()

    made = AppTest.from_function(script, default_timeout=60)
    made.query_params["lang"] = "de"
    made.run()
    yield made  # type: ignore[misc]
    here.desk().store.close()


def press(app: AppTest, key: str) -> None:
    next(b for b in app.button if b.label == text(key, "de")).click().run()
    assert not app.exception


def opened(app: AppTest) -> tuple[str, str]:
    press(app, "workshop_page.button")
    code, key = app.session_state["workshop_opened"]
    return code, key


def test_a_room_opens_on_the_study_and_the_scenario_on_screen(app: AppTest) -> None:
    from mcda.ui.pages.workshop import place

    code, key = opened(app)
    loaded = place().load(code)
    assert loaded.study == small_study()
    assert loaded.room.opened.scenario == Scenario().canonical()
    assert loaded.room.opened.roles[0] == "Bürgermeister/in"
    assert place().desk().is_facilitator(loaded.row, key)
    assert code in app.success[0].value


def test_a_rooms_state_is_taken_into_the_window_and_the_room_stays(app: AppTest) -> None:
    from mcda.ui.pages.workshop import place

    code, key = opened(app)
    points = {"relevance": 10, "feasibility": 70, "cost": 10, "funding": 10}
    place().desk().act(code, "facilitator", FACILITATOR, "weights_agreed", {"points": points, "remark": "x"})
    before = place().load(code).events
    app.text_input(key="workshop_link").set_value(f"http://127.0.0.1/w/{code}/f/{key}")
    press(app, "workshop_page.take_button")
    assert dict(app.session_state["rangfolge"].scenario.weights) == points
    assert place().load(code).events == before


@pytest.mark.parametrize("link", ["", "http://x/w/ABCDEF/f/none", "Unsinn"])
def test_a_link_that_opens_nothing_is_told(app: AppTest, link: str) -> None:
    app.text_input(key="workshop_link").set_value(link)
    press(app, "workshop_page.take_button")
    assert [e.value for e in app.error] == [text("workshop_page.take_wrong", "de")]


def test_a_store_that_cannot_be_opened_is_told_in_plain_words(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no.sqlite3").write_text("kein Datenbankformat, sondern ein Text, der lang genug ist" * 20)
    broken = places.Place(f"sqlite:///{tmp_path / 'no.sqlite3'}")
    monkeypatch.setattr("mcda.ui.pages.workshop.place", lambda: broken)
    press(app, "workshop_page.button")
    assert "lässt sich nicht verwenden" in app.error[0].value


def test_without_the_own_server_the_page_says_how_to_start_it(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "_served", False)
    app.run()
    assert [i.value for i in app.info] == [text("workshop_page.unserved", "de")]
