"""The page Export remembers the columns somebody picked, and only those; what a browser sends is taken with care."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mcda.locale import text
from mcda.ui.remembered import DAYS
from small import small_study

COOKIE = "rf_export_columns"


def page() -> None:
    from mcda.ui.pages import export

    export.show()


def opened(monkeypatch: pytest.MonkeyPatch, cookies: Mapping[str, str], **address: str) -> AppTest:
    monkeypatch.setattr(type(st.context), "cookies", cookies)
    app = AppTest.from_function(page, default_timeout=60)
    app.context = {"locale": "de"}
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def chosen(app: AppTest) -> list[str]:
    return list(app.multiselect(key="export_columns").value)


def told_to_keep(app: AppTest) -> list[Any]:
    """What the browser is asked to remember."""
    return [json.loads(part.proto.json) for part in app.get("bidi_component")]


def test_columns_picked_are_remembered_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, {})
    assert (chosen(app), told_to_keep(app)) == ([], [])
    app.multiselect(key="export_columns").set_value(["title", "rank"]).run()
    assert told_to_keep(app) == [{"name": COOKIE, "values": ["title", "rank"], "seconds": DAYS * 86400}]
    app.multiselect(key="export_columns").set_value([]).run()
    assert told_to_keep(app)[0]["values"] == [], "and forgotten when none are left"


def test_a_new_session_begins_with_the_columns_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, {COOKIE: "own_contribution_eur|rank|value_goals"})
    assert chosen(app) == ["own_contribution_eur", "rank", "value_goals"]
    assert told_to_keep(app) == []


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("rank|nothing|rank|share_%C3%84%2F", ["rank"]),
        ("%ff%00|<script>|||", []),
        ("%72ank", ["rank"]),
        ("|" * 4000, []),
    ],
)
def test_of_what_a_browser_sends_only_columns_of_the_list_count(
    kept: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen(opened(monkeypatch, {COOKIE: kept})) == expected


def test_an_address_wins_and_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, {COOKIE: "rank|score"}, export_columns="Maßnahme")
    assert chosen(app) == ["title"]
    assert told_to_keep(app) == []


def test_another_study_takes_nothing_from_what_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, {})
    app.multiselect(key="export_columns").set_value(["rank", "share_ECH"]).run()
    app.session_state["rangfolge"] = replace(app.session_state["rangfolge"], study=small_study())
    app.run()
    assert not app.exception
    assert chosen(app) == ["rank"]
    assert told_to_keep(app)[0]["values"] == ["rank", "share_ECH"]


def test_an_annex_can_be_asked_for_that_is_not_for_the_public(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, {})
    assert "export_non_public" not in [one.key for one in app.toggle]
    app.radio(key="export_kind").set_value("annex").run()
    app.toggle(key="export_non_public").set_value(True).run()
    assert not app.exception


def test_minutes_need_the_link_and_the_label_says_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcda.ui.board.direct.is_served", lambda: True)
    app = opened(monkeypatch, {})
    assert app.text_input(key="export_room").label == text("export_page.room", "de")
    app.radio(key="export_kind").set_value("protocol").run()
    assert app.text_input(key="export_room").label == text("export_page.room_must", "de")


def test_with_a_template_of_its_own_the_preview_says_that_it_is_the_usual_sheet() -> None:
    def preview() -> None:
        from example import ranked_example
        from mcda.report.exports.fact_sheet_docx import default_template
        from mcda.report.request import Request
        from mcda.ui.export_made import show_preview
        from mcda.ui.export_wish import Wish

        wished = Request(measures=("DO-08",), template=default_template("de"))
        show_preview(Wish("factsheets", "docx", wished, ranked_example()), "de")

    app = AppTest.from_function(preview, default_timeout=60).run()
    assert not app.exception
    assert text("export_page.preview_template", "de") in [one.value for one in app.caption]
