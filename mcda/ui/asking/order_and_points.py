"""The component that takes an order (drag, buttons or numbers) or points (slider and number box) for a few criteria."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mcda.report.exhibits.questions import Swing

Mode = Literal["order", "points"]


class Answered(BaseModel):
    """What the component sends: a number for each criterion (rank or points), and how many times it was moved."""

    model_config = ConfigDict(extra="forbid")

    seq: int = Field(ge=0)
    numbers: dict[str, float]


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


_mount = st.components.v2.component(
    "rangfolge_order_and_points", html="<div class='asked'></div>", css=_part("asked.css"), js=_part("asked.js")
)


def show_order_and_points(
    swings: Sequence[Swing],
    numbers: Mapping[str, float],
    mode: Mode,
    texts: Mapping[str, str],
    *,
    key: str,
    on_change: Any,
    version: str = "",
) -> None:
    """Draw the list; what people answer is read by `sent` in the callback.

    `numbers` holds what was answered before (rank or points by criterion), none for what is open. `version` names
    the answers in the study: the component takes `numbers` anew when it changes.
    """
    rows = [
        {"id": s.criterion, "name": s.name, "worst": s.worst, "best": s.best, "number": numbers.get(s.criterion)}
        for s in swings
    ]
    _mount(
        data={"rows": rows, "mode": mode, "texts": dict(texts), "version": version}, key=key, on_sent_change=on_change
    )


def sent(key: str, items: Sequence[str], most: float) -> dict[str, float] | None:
    """The numbers the component sent for exactly these criteria; None for anything malformed."""
    raw = (st.session_state.get(key) or {}).get("sent")
    try:
        found = Answered.model_validate(raw)
    except ValidationError:
        return None
    within = all(0 <= number <= most for number in found.numbers.values())
    return found.numbers if within and set(found.numbers) <= set(items) else None
