"""The years of a plan: a bar from start to completion for each measure, striped where it only costs running money."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from mcda.ui.figures.look import GRID, INK, dress

_BUILT, _RUN = "#0b4f7d", "#8fb8d4"
MOST_LETTERS, MOST_LINES = 40, 2
_BAR, _LINE = 32, 20
"""Pixels of a row for its bar, and for each line of its name."""
_EDGES = 96
_BAR_AT, _BAR_HEIGHT, _NAME_AT = 13, 18, 24
"""Pixels from the lower end of a row to the middle of its bar, how thick that is, and to its name."""
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
    names = [wrapped(bar.name) for bar in bars]
    row_height = _BAR + _LINE * max((len(lines) for lines in names), default=1)
    for number, bar in enumerate(bars):
        row = len(bars) - 1 - number
        _draw(figure, bar.start, min(bar.end, last), row, bar.told, row_height, striped=False)
        _draw(figure, max(bar.end, bar.start), last, row, bar.told, row_height, striped=True)
        figure.add_annotation(
            x=years[0],
            y=row + _NAME_AT / row_height,
            text="<br>".join(f"<b>{line}</b>" for line in names[number]),
            align="left",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            font={"size": 15, "color": INK},
            **_PAPER,
        )
    dress(figure, language, row_height * len(bars) + _EDGES)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 40, "b": 48}, barmode="overlay")
    for year in (*years, last):
        figure.add_vline(year, line={"color": GRID, "width": 1}, layer="below")
    at, said = [year + 0.5 for year in years], [str(year) for year in years]
    figure.update_xaxes(range=[years[0], last], tickvals=at, ticktext=said, showgrid=False)
    for middle, named in zip(at, said, strict=True):
        place = {"xref": "x", "yref": "paper", "yanchor": "bottom", "showarrow": False}
        figure.add_annotation(x=middle, y=1, text=named, font={"size": 15, "color": INK}, **place)
    figure.update_yaxes(visible=False, range=[0, len(bars)])
    return figure


def wrapped(name: str) -> list[str]:
    """A name in lines that fit above a bar on a phone; what even two do not hold stands whole in the table below."""
    return wrap(name, MOST_LETTERS, max_lines=MOST_LINES, placeholder=" …") or [name]


def _draw(figure: go.Figure, start: float, end: float, row: int, told: str, height: int, *, striped: bool) -> None:
    if end <= start:
        return
    stripes = {"shape": "/", "fgcolor": _BUILT, "bgcolor": "#ffffff", "size": 9, "solidity": 0.25}
    figure.add_bar(
        x=[end - start],
        base=[start],
        y=[row + _BAR_AT / height],
        width=_BAR_HEIGHT / height,
        orientation="h",
        marker={
            "color": _RUN if striped else _BUILT,
            "line": {"color": INK, "width": 1},
            "pattern": stripes if striped else {"shape": ""},
        },
        hovertemplate=f"{told}<extra></extra>",
    )
