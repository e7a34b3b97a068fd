"""How the figures look: dark ink, large type, colours and line styles that tell lines apart without each other."""

from typing import Any

import plotly.graph_objects as go

INK = "#16202a"
QUIET = "#b4bec7"
GRID = "#dde3e8"
LINES = (
    ("#0b4f7d", "solid"),
    ("#b3470b", "dash"),
    ("#0d6b3c", "dashdot"),
    ("#8a2a7d", "longdash"),
    ("#5a4300", "dot"),
    ("#b0123b", "longdashdot"),
    ("#3d3d9e", "solid"),
    ("#00646d", "dash"),
)
"""Colour and dash of each highlighted line, all at least 4.5:1 on white."""

SCALE = ((0.0, "#ffffff"), (0.02, "#e6eff6"), (0.25, "#8fb8d4"), (0.6, "#2f7bb0"), (1.0, "#08324f"))
CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False}


def dress(figure: go.Figure, language: str, height: int) -> go.Figure:
    """Give a figure type, ink, margins and the decimal signs of the language."""
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 64, "r": 16, "t": 16, "b": 56},
        font={"family": "Source Sans, sans-serif", "size": 17, "color": INK},
        separators=",." if language == "de" else ".,",
        showlegend=False,
        dragmode=False,
        hoverlabel={"bgcolor": "#ffffff", "bordercolor": INK, "font": {"size": 16, "color": INK}},
    )
    figure.update_xaxes(tickfont_color=INK, gridcolor=GRID, linecolor=INK, fixedrange=True, zeroline=False)
    figure.update_yaxes(tickfont_color=INK, gridcolor=GRID, linecolor=INK, fixedrange=True, zeroline=False)
    return figure
