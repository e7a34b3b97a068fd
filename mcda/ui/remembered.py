"""What a person chose, remembered by their own browser in a cookie: on a shared server nobody meets others' choices."""

from collections.abc import Sequence
from urllib.parse import unquote

import streamlit as st

PREFIX = "rf_"
DAYS = 365
_KEEP = st.components.v2.component(
    "rangfolge_keep",
    js="""
    export default ({ data }) => {
      const kept = data.values.map(encodeURIComponent).join("|");
      const safe = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `${data.name}=${kept}; Path=/; SameSite=Lax; Max-Age=${kept ? data.seconds : 0}${safe}`;
    };
    """,
)


def remembered(name: str) -> tuple[str, ...]:
    """What the browser brought along when the session began; empty where it keeps nothing. It may hold anything: take
    of it only what there is."""
    kept = st.context.cookies.get(PREFIX + name, "")
    return tuple(unquote(part) for part in kept.split("|") if part)


def remember(name: str, values: Sequence[str]) -> None:
    """Have the browser keep these for a year, or forget what it kept where there are none. Draws nothing."""
    data = {"name": PREFIX + name, "values": list(values), "seconds": DAYS * 24 * 3600}
    _KEEP(key=f"remember_{name}", data=data)
