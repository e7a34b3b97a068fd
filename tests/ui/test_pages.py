"""Every page in both languages: it draws, speaks one language, and says what the numbers lean on."""

import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.scenario import Scenario
from mcda.ui.markup import table_html

PAGES = ("catalogue", "funding", "sensitivity", "budget", "compare", "export")


def page(name: str) -> None:
    import importlib

    importlib.import_module(f"mcda.ui.pages.{name}").show()


def opened(name: str, language: str = "de", part: str = "", **changes: Any) -> AppTest:
    """The page drawn once, or twice when the session is changed in between. `part`: of the page Sensitivity."""
    app = AppTest.from_function(page, args=(name,), default_timeout=60)
    app.context = {"locale": language}
    if part:
        app.session_state["sensitivity_part"] = part
    app.run()
    assert not app.exception
    if changes:
        app.session_state["rangfolge"] = replace(app.session_state["rangfolge"], **changes)
        app.run()
        assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.value for group in (app.html, app.markdown, app.title) for element in group)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_title_lead_and_the_studys_notice(name: str, language: str) -> None:
    app = opened(name, language)
    assert app.title[0].value == text(f"ui.page.{name}.title", language)
    assert text(f"ui.page.{name}.lead", language) in words(app)
    assert ("Illustratives Beispiel" if language == "de" else "Illustrative example").lower() in words(app).lower()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_follows_the_scenario(name: str) -> None:
    changed = Scenario(weights={"relevance": 5, "cost": 80}, method="weighted_sum")
    assert words(opened(name)) != words(opened(name, scenario=changed)) or name == "catalogue"


def test_the_catalogue_lists_all_measures_and_filters_them() -> None:
    app = opened("catalogue")
    assert table(app)["caption"] == "40 von 40 Maßnahmen"
    assert [row["cells"][0]["text"] for row in table(app)["rows"]][:3] == ["1", "2", "3"]
    app.multiselect(key="catalogue_theme").set_value(["mobility"]).run()
    ids = [row["id"] for row in table(app)["rows"]]
    assert ids
    assert all(identity.startswith("MV-") for identity in ids)
    app.text_input(key="catalogue_search").set_value("kein solches Wort").run()
    assert table(app)["rows"] == []


def test_the_catalogue_sorts_by_own_contribution() -> None:
    app = opened("catalogue", sort=("own_contribution", True))
    assert table(app)["sort"] == {"column": "own_contribution", "descending": True}
    amounts = [row["cells"][5]["text"].removesuffix(" €").replace(".", "") for row in table(app)["rows"]]
    assert [int(amount) for amount in amounts] == sorted((int(a) for a in amounts), reverse=True)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_fact_sheet_opens(language: str) -> None:
    app = opened("catalogue", language)
    for measure in app.session_state["rangfolge"].study.measure_by_id:
        app.session_state["rangfolge"] = replace(app.session_state["rangfolge"], measure=measure)
        app.run()
        assert not app.exception
        assert text("ui.sheet.programmes", language) in words(app)
    app.button(key="close_measure").click().run()
    assert app.session_state["rangfolge"].measure == ""


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_charts_have_alternative_texts_and_the_languages_decimal_signs(language: str) -> None:
    parts = [opened("sensitivity", language, part) for part in ("one", "many")]
    charts = [chart.proto for app in parts for chart in app.get("plotly_chart")]
    assert len(charts) == 2
    layouts = [json.loads(chart.spec)["layout"] for chart in charts]
    assert {layout["separators"] for layout in layouts} == {",." if language == "de" else ".,"}
    assert all(len(chart.alt) > 80 for chart in charts)


def test_the_sensitivity_page_moves_any_criterion_with_any_method() -> None:
    for method in ("topsis", "weighted_product", "topsis_vector"):
        app = opened("sensitivity", part="one", scenario=Scenario(method=method))
        for criterion in ("cost", "goals"):
            app.selectbox(key="sensitivity_criterion").set_value(criterion).run()
            assert not app.exception


@pytest.mark.long
def test_a_second_opinion_is_swept_but_not_played_through() -> None:
    assert not opened("sensitivity", part="one", scenario=Scenario(method="pymcdm:MABAC")).info
    app = opened("sensitivity", part="many", scenario=Scenario(method="pymcdm:MABAC"))
    assert text("ui.sensitivity.acceptance_method", "de") in [info.value for info in app.info]


def test_the_wording_is_a_share_of_weightings_and_never_a_probability() -> None:
    shown = words(opened("sensitivity", part="many")).replace("\\", "")
    assert "Anteil der betrachteten Gewichtungen" in shown
    assert "10.000 zufällige Gewichtungen" in shown
    assert "Das ist keine Wahrscheinlichkeit" in shown


def test_a_document_and_four_files_are_offered() -> None:
    app = opened("export")
    assert [button.key for button in app.get("download_button")] == [
        "download_document",
        "download_xlsx",
        "download_csv_office",
        "download_csv_machine",
        "download_json",
    ]


def table(app: AppTest) -> Any:
    """What the catalogue's table was given to draw."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def test_tables_of_the_sensitivity_page_show_every_column_on_a_phone() -> None:
    frame = pd.DataFrame([("M1", "1", "30 %")], columns=["Maßnahme", "Rang", "Anteil"])
    markup = table_html(frame, "Anteile", numeric=(1, 2), stack=True)
    assert "rf-stack" in markup
    assert "--rf-beside:2" in markup
    assert markup.count("role='cell'") == 3
    assert "rf-stack" not in table_html(frame, "Anteile")
