"""Links from one page to another: the session stays, as with the navigation above."""

import streamlit as st

from mcda.locale import text


def show_link(page: str, label: str, language: str) -> None:
    """A link to a page by its name in the navigation; Streamlit knows a page by its address alone."""
    target = st.Page(_nothing, title=text(f"ui.page.{page}.title", language), url_path=page, default=page == "live")
    st.page_link(target, label=label)


def _nothing() -> None:
    """The page itself is drawn by the navigation."""
