"""Page Compare, workshop: the weightings of a room, fetched by its facilitator's link, without anybody's name."""

import streamlit as st

from mcda.errors import InputError, McdaError
from mcda.locale import text
from mcda.report.exhibits.room_weightings import Weightings, room_weightings
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.ui import state
from mcda.ui.board import direct
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet
from mcda.ui.workshop.by_link import room_by_link
from mcda.workshop.desk import Loaded, UnknownRoom
from mcda.workshop.tally import FEWEST_SHOWN

_KEPT = "compare_room_taken"


def room_states(language: str) -> tuple[Scenario, ...]:
    """Draw the part; the weightings to compare with."""
    st.subheader(text("compare_more.room", language), anchor=False)
    if not direct.is_served():
        show_quiet(text("compare_more.room_unserved", language))
        return ()
    show_quiet(text("compare_more.room_about", language, fewest=FEWEST_SHOWN))
    with st.form("compare_room", clear_on_submit=True, border=False):
        link = st.text_input(text("workshop_page.take_link", language), key="compare_room_link")
        sent = st.form_submit_button(text("compare_more.room_take", language))
    if sent:
        _fetch(link, language)
    found = _weightings(language)
    if found is None:
        return ()
    _told(found, language)
    st.button(
        text("compare_more.room_forget", language),
        key="compare_room_forget",
        on_click=lambda: st.session_state.pop(_KEPT, None),
    )
    return found.scenarios


def _fetch(link: str, language: str) -> None:
    """Keep the room as it is now for this window: the link itself, which is its key, is not kept."""
    try:
        st.session_state[_KEPT] = room_by_link(link)
    except (UnknownRoom, LookupError):
        st.error(text("workshop_page.take_wrong", language))
    except McdaError as error:
        st.error(literal(str(error)))


def _weightings(language: str) -> Weightings | None:
    """What the room fetched says beside the scenario in force; None, and why, where it says nothing."""
    loaded: Loaded | None = st.session_state.get(_KEPT)
    if loaded is None:
        return None
    study: Study = state.study()
    try:
        return room_weightings(study, loaded.study, loaded.room, state.scenario(), language)
    except InputError as error:
        for issue in error.issues:
            st.error(literal(issue.sentence(language)))
    return None


def _told(found: Weightings, language: str) -> None:
    """How many weightings came, and what was left out and why."""
    st.markdown(literal(text("compare_more.room_taken", language, count=len(found.scenarios), people=found.people)))
    if found.few:
        show_quiet(text("compare_more.room_few", language, fewest=FEWEST_SHOWN))
    if found.unequal:
        show_quiet(text("compare_more.room_unequal", language))
    if found.left_out:
        show_quiet(text("compare_more.room_left_out", language, names=found.left_out))
