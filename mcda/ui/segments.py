"""One of a few values, as a row of buttons that is never without a choice and wraps on a phone."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

Value = TypeVar("Value")


def choose_one(
    label: str,
    options: Sequence[Value],
    default: Value,
    *,
    shown: Callable[[Value], str],
    key: str,
    explained: str | None = None,
) -> Value:
    """The value chosen; kept for the session, whatever page is open."""
    return st.pills(
        label,
        options,
        default=default,
        required=True,
        format_func=shown,
        key=key,
        help=explained,
        persist_state="session",
    )
