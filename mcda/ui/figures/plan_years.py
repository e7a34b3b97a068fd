"""The years of a plan: a bar from start to completion for each measure, striped where it only costs running money."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from mcda.ui.figures.look import GRID, INK, dress

_BUILT, _RUN = "#0b4f7d", "#8fb8d4"
MOST_LETTERS = 40
_ROW = 56
_EDGES = 96
_BAR_AT, _BAR_HEIGHT = 0.24, 0.34
_PAPER = {"bgcolor": "#ffffff", "borderpad": 1}


@dataclass(frozen=True, slots=True)
class YearBar:
    """One measure: its name and amounts in words, the years (as numbers with parts) it is built from and to."""

    name: str
    told: str
    start: float
    end: float


def plan_years_figure(bars: Sequence[YearBar], years: Sequence[int], language: str) -> go.Figure:
    """The figure; names stand above their bars, so that a phone has room for both."""
    figure, last = go.Figure(), years[-1] + 1
    for number, bar in enumerate(bars):
        row = len(bars) - 1 - number
        _draw(figure, bar.start, min(bar.end, last), row, bar.told, striped=False)
        _draw(figure, max(bar.end, bar.start), last, row, bar.told, striped=True)
        figure.add_annotation(
            x=years[0],
            y=row + 0.98,
            text=f"<b>{_short(bar.name)}</b>",
            showarrow=False,
            xanchor="left",
            yanchor="top",
            font={"size": 15, "color": INK},
            **_PAPER,
        )
    dress(figure, language, _ROW * len(bars) + _EDGES)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 48}, barmode="overlay")
    for year in (*years, last):
        figure.add_vline(year, line={"color": GRID, "width": 1}, layer="below")
    figure.update_xaxes(
        range=[years[0], last],
        tickvals=[year + 0.5 for year in years],
        ticktext=[str(year) for year in years],
        showgrid=False,
    )
    figure.update_yaxes(visible=False, range=[0, len(bars)])
    return figure


def _short(name: str) -> str:
    """A name that fits above a bar on a phone; the table beside has all of it."""
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1].rstrip()}…"


def _draw(figure: go.Figure, start: float, end: float, row: int, told: str, *, striped: bool) -> None:
    if end <= start:
        return
    stripes = {"shape": "/", "fgcolor": _BUILT, "bgcolor": "#ffffff", "size": 9, "solidity": 0.25}
    figure.add_bar(
        x=[end - start],
        base=[start],
        y=[row + _BAR_AT],
        width=_BAR_HEIGHT,
        orientation="h",
        marker={
            "color": _RUN if striped else _BUILT,
            "line": {"color": INK, "width": 1},
            "pattern": stripes if striped else {"shape": ""},
        },
        hovertemplate=f"{told}<extra></extra>",
    )
