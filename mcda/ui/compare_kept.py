"""Page Compare, states: the scenario in force kept under a name, listed, compared with, and put away again."""

import streamlit as st

from mcda.locale import text
from mcda.report.exhibits.alternatives import states_to_compare
from mcda.scenario import Scenario
from mcda.ui import state
from mcda.ui.literal import literal
from mcda.ui.markup import show_quiet

_NAME = "compare_keep_name"
LONGEST = 80
MOST = 30
"""States kept at most: each is a line in every table."""


def kept_states(language: str) -> tuple[Scenario, ...]:
    """Draw the part; the states to compare with."""
    st.subheader(text("compare_more.kept", language), anchor=False)
    show_quiet(text("compare_more.kept_about", language))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(text("compare_more.keep_name", language), max_chars=LONGEST, key=_NAME)
        st.button(
            text("compare_more.keep", language),
            key="compare_keep",
            on_click=_keep,
            args=(language,),
            disabled=len(state.kept_scenarios()) >= MOST,
        )
    for number, one in enumerate(state.kept_scenarios()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(literal(one.name), width="stretch")
            st.button(
                text("compare_more.forget", language),
                key=f"compare_forget_{number}",
                help=text("compare_more.forget_one", language, name=one.name),
                on_click=state.forget_scenario,
                args=(one.name,),
            )
    return states_to_compare(state.scenario(), state.baseline(), state.kept_scenarios(), language)


def _keep(language: str) -> None:
    """Keep under the name given, else under the next number."""
    wanted = " ".join(str(st.session_state.get(_NAME, "")).split())
    taken = {one.name for one in state.kept_scenarios()}
    numbered = (text("compare_more.keep_number", language, number=n) for n in range(1, MOST + 2))
    state.keep_scenario(wanted or next(name for name in numbered if name not in taken))
    st.session_state[_NAME] = ""
