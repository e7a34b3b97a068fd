"""Page Compare: scenarios beyond the usual ones, from states kept, a workshop, and a file."""

import streamlit as st

from mcda.locale import text
from mcda.scenario import Scenario
from mcda.ui.compare_file import file_scenarios
from mcda.ui.compare_kept import kept_states
from mcda.ui.compare_room import room_states


def more_scenarios(language: str) -> tuple[Scenario, ...]:
    """Draw the three ways in; what came of them, in their order."""
    with st.expander(text("compare_more.title", language)):
        return (*kept_states(language), *room_states(language), *file_scenarios(language))
