"""Choices outlive a change of words: another language, or names kept off."""

import streamlit as st


def keep_choices() -> None:
    """Hand every choice back to its widget, to be shown under its new words. Call it where the words change.

    A browser sends back the words of the choice, not what they stand for: under new words Streamlit would find
    nothing for the old ones and silently fall back to the default (seen with 1.67).
    """
    for key, value in list(st.session_state.items()):
        several = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
        if isinstance(value, str) or several:
            st.session_state[key] = value
