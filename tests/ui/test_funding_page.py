"""The page Förderung: every part draws in both languages, and what is dear is worked out only when looked at."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.scenario import Scenario
from mcda.ui.pages import funding

PARTS = ("matrix", "sheet", "payers", "without", "closure", "own")


def page() -> None:
    from mcda.ui.pages.funding import show

    show()


def opened(language: str = "de") -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    app.context = {"locale": language}
    app.run()
    assert not app.exception
    return app


def choose(app: AppTest, part: str) -> AppTest:
    app.get("pills")[0].set_value(part).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.value for group in (app.html, app.markdown, app.header) for element in group)


@pytest.fixture(scope="module")
def german() -> AppTest:
    return opened()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_part_draws(language: str) -> None:
    app = opened(language)
    seen = {part: words(choose(app, part)) for part in PARTS}
    assert len(set(seen.values())) == len(PARTS)
    assert text("funding.sheet.bundles", language) in seen["sheet"]
    assert text("funding.payers.everybody", language) in seen["payers"]
    assert text("funding.effect.rank_without", language) in seen["without"]
    assert text("funding.effect.hanging", language) in seen["closure"]
    assert text("funding.effect.rank_own", language) in seen["own"]


def test_the_matrix_is_a_table_of_signs_and_words_and_can_be_filtered() -> None:
    app = opened()
    assert "<table" in words(app)
    for verdict in ("✓ förderfähig", "? zu prüfen", "✗ nicht förderfähig"):
        assert verdict in words(app)
    assert "36 von 40 Maßnahmen, 23 Programme" in words(app)
    assert "★ vorgesehen" not in words(app)
    app.checkbox(key="funding_candidates_only").uncheck().run()
    assert "40 von 40 Maßnahmen, 28 Programme" in words(app)
    assert "★ vorgesehen" in words(app)
    app.selectbox(key="funding_programmes").set_value("open").run()
    assert "Kommunal? Digital!" not in words(app)
    app.multiselect(key="funding_theme").set_value(["mobility"]).run()
    app.multiselect(key="funding_verdict").set_value(["yes"]).run()
    assert "zu prüfen: 0, ✗\u00a0nicht förderfähig: 0" in words(app)


def test_the_day_in_force_is_said_and_moves_the_answers() -> None:
    app = opened()
    before = words(app)
    assert "Stichtag: 30.06.2025" in before
    session: Any = app.session_state["rangfolge"]
    app.session_state["rangfolge"] = replace(session, scenario=Scenario(as_of=date(2026, 11, 24)))
    app.run()
    assert "Stichtag: 24.11.2026" in words(app)
    assert "24.11.2026" not in before


def test_any_measure_opens_as_a_funding_sheet(german: AppTest) -> None:
    choose(german, "sheet")
    for measure in german.session_state["rangfolge"].study.measure_by_id:
        german.selectbox(key="funding_measure").set_value(measure).run()
        assert not german.exception
    german.selectbox(key="funding_measure").set_value("WS-06").run()
    assert "Darlehen: Finanzierung, keine Ersparnis" in words(german)


def test_what_each_municipality_pays_can_be_taken_along(german: AppTest) -> None:
    choose(german, "payers")
    german.selectbox(key="funding_payer").set_value("NEU").run()
    assert "20.058 (31.12.2020)" in words(german)
    assert [button.key for button in german.get("download_button")] == ["download_payers"]


def test_an_end_of_each_programme_is_worked_out_once_and_only_when_looked_at() -> None:
    funding._closures.cache_clear()
    app = opened()
    for part in ("matrix", "sheet", "payers", "without", "own"):
        choose(app, part)
    assert funding._closures.cache_info().misses == 0
    choose(app, "closure")
    app.selectbox(key="funding_closing").set_value("IKZ").run()
    assert not app.exception
    assert funding._closures.cache_info().misses == 1
