"""The front end's entry, navigation only. `mcda app` starts it; `streamlit run app.py` works too, without phones."""

import streamlit as st

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.ui import sidebar, state
from mcda.ui.changed import show_changed
from mcda.ui.issues import show_issues, show_no_result
from mcda.ui.pages import (
    budget,
    catalogue,
    collect,
    compare,
    data,
    edit,
    export,
    funding,
    live,
    sensitivity,
    weights,
    workshop,
)

PAGES = (
    ("live", live.show),
    ("weights", weights.show),
    ("catalogue", catalogue.show),
    ("funding", funding.show),
    ("sensitivity", sensitivity.show),
    ("budget", budget.show),
    ("compare", compare.show),
    ("export", export.show),
    ("data", data.show),
    ("edit", edit.show),
    ("collect", collect.show),
    ("workshop", workshop.show),
)
WITHOUT_RESULT = ("data", "edit", "collect")
"""Pages that work on the study itself: they also open where it cannot be ranked as it is set."""


def main() -> None:
    """Draw the navigation, the sidebar and the page chosen; a study that cannot be read is explained instead."""
    language = state.language()
    st.set_page_config(page_title="Rangfolge", layout="wide")
    page = st.navigation(
        [
            st.Page(
                show,
                title=text(f"ui.page.{name}.title", language),
                help=text(f"ui.page.{name}.help", language),
                url_path=name,
                default=name == "live",
            )
            for name, show in PAGES
        ],
        position="top",
    )
    try:
        state.study()
    except InputError as error:
        show_issues(state.example_path().name, error.issues, language)
        return
    sidebar.show()
    show_changed()
    if page.url_path in WITHOUT_RESULT:
        page.run()
        return
    try:
        state.result()
    except (InputError, MethodError) as error:
        show_no_result(error)
        return
    page.run()


main()
