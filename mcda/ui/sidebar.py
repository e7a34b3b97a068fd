"""The sidebar: which study, in which language, on which day. What a page's numbers lean on stands on the page."""

import re
from datetime import date

import streamlit as st

from mcda.locale import LANGUAGES, text
from mcda.scenario import FIRST_DAY, LAST_DAY
from mcda.ui import state
from mcda.ui.frame import study_title
from mcda.ui.kept import keep_choices
from mcda.ui.links import show_link
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet, show_style
from mcda.version import __version__

_SHOWN = "sidebar_data"


def show() -> None:
    """Draw the sidebar of every page."""
    language = state.language()
    st.session_state[_SHOWN] = state.study().input_hash
    with st.sidebar:
        show_style()
        _choose_language(language)
        _choose_day(language)
        _choose_study(language)
        show_quiet(text("ui.sidebar.made", language, version=__version__, inputs=state.study().input_hash[:12]))


def is_behind() -> bool:
    """Whether the as-of date or the data on show are no longer those in force: a fragment took a step back."""
    shown = parse_day(st.session_state.get("as_of", ""))
    data = st.session_state.get(_SHOWN, "")
    return (shown is not None and shown != _day_in_force()) or data not in ("", state.study().input_hash)


def parse_day(entry: str) -> date | None:
    """A day written as 30.06.2025 or 2025-06-30, within the limits of a scenario; None for anything else."""
    german = re.fullmatch(r"\s*(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\s*", entry)
    iso = re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", entry)
    if german:
        day, month, year = german.groups()
    elif iso:
        year, month, day = iso.groups()
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def _choose_language(language: str) -> None:
    st.session_state["language"] = language
    st.segmented_control(
        text("ui.sidebar.language", language),
        LANGUAGES,
        required=True,
        format_func=lambda code: text(f"ui.language.{code}", language),
        key="language",
        on_change=_take_language,
    )


def _take_language() -> None:
    keep_choices()
    state.set_language(st.session_state["language"])


def _choose_day(language: str) -> None:
    entry = st.session_state.get("as_of")
    wrong = entry is not None and entry.strip() != "" and parse_day(entry) is None
    if not wrong:
        st.session_state["as_of"] = f"{_day_in_force():%d.%m.%Y}"
    st.text_input(
        text("ui.sidebar.as_of", language),
        key="as_of",
        on_change=_take_day,
        help=text("ui.sidebar.as_of_help", language),
    )
    if wrong:
        st.error(literal(text("ui.sidebar.as_of_wrong", language, entry=entry or "")))


def _day_in_force() -> date:
    return state.scenario().as_of or state.study().study.as_of


def _take_day() -> None:
    entry = st.session_state["as_of"]
    day = parse_day(entry)
    if day is not None:
        state.apply(state.scenario().model_copy(update={"as_of": day}))
    elif not entry.strip():
        state.apply(state.scenario().model_copy(update={"as_of": None}))


def _choose_study(language: str) -> None:
    study = state.study()
    st.subheader(text("ui.sidebar.study", language), anchor=False)
    st.markdown(f"**{literal(study_title(study, language))}**")
    size = text("ui.sidebar.size", language, measures=len(study.measures), municipalities=len(study.municipalities))
    show_quiet(size)
    if name := state.file_name():
        show_quiet(text("ui.sidebar.file", language, name=name))
    waiting = state.upload()
    if waiting is not None and waiting.study is None:
        show_quiet(text("ui.sidebar.waiting", language, name=waiting.name))
    show_link("data", text("ui.sidebar.own", language), language)
    if not state.is_example():
        st.button(text("ui.sidebar.example", language), key="open_example", on_click=state.open_example)
