"""Own contribution per head by region: a bar each, the highest on top, striped where it is far above the middle."""

from html import escape

import plotly.graph_objects as go

from mcda.locale import text
from mcda.locale.formats import money
from mcda.report.exhibits.region_bars import RegionBars
from mcda.ui.figures.look import INK, dress

_PLAIN, _FAR = "#6f9dbd", "#b3470b"
_ROW, _EDGES = 52, 110
_PAPER = {"bgcolor": "#ffffff", "borderpad": 1}
_ROOM = 1.22
"""Room beside the longest bar for its amount, in bars."""


def region_bars_figure(bars: RegionBars, language: str) -> go.Figure:
    """The figure; names stand above their bars, so that a phone has room for both."""
    figure, count = go.Figure(), len(bars.lines)
    for at, (name, amount) in enumerate(bars.lines):
        row, far = count - 1 - at, name in bars.far
        pattern = {"shape": "/", "fgcolor": _FAR, "bgcolor": "#fbe9df", "size": 8, "solidity": 0.4} if far else {}
        figure.add_bar(
            x=[amount],
            y=[row],
            width=0.42,
            orientation="h",
            marker={"color": "#ffffff" if far else _PLAIN, "line": {"color": INK, "width": 1}, "pattern": pattern},
            hovertemplate=f"{money(amount, language, cents=False)}<extra></extra>",
        )
        _write(figure, 0, row + 0.24, f"<b>{escape(name)}</b>", xanchor="left", yanchor="bottom")
        _write(figure, amount, row, money(amount, language, cents=False), xanchor="left", xshift=6, **_PAPER)
    figure.add_vline(bars.middle, line={"color": INK, "width": 2, "dash": "dash"})
    told = text("compare_regions.chart_middle", language, middle_eur=money(bars.middle, language, cents=False))
    _write(figure, bars.middle, count - 0.42, told, xanchor="center", yanchor="bottom", **_PAPER)
    dress(figure, language, _ROW * count + _EDGES)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 34, "b": 56}, barmode="overlay")
    highest = max(amount for _, amount in bars.lines)
    figure.update_xaxes(title=text("compare_regions.chart_axis", language), range=[0, _ROOM * highest], nticks=6)
    figure.update_yaxes(visible=False, range=[-0.5, count - 0.25])
    return figure


def _write(figure: go.Figure, x: float, y: float, words: str, **look: object) -> None:
    figure.add_annotation(x=x, y=y, text=words, showarrow=False, font={"size": 15, "color": INK}, **look)
