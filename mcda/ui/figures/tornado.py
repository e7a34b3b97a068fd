"""The lead under single changes: a bar per weight or rating, striped where the challenger leads; zero is the flip."""

import plotly.graph_objects as go

from mcda.locale import text
from mcda.report.exhibits.tornado import TornadoLine, TornadoList
from mcda.ui.figures.look import INK, dress

SHOWN = 10
"""Bars of the figure; the table has them all."""

_AHEAD, _BEHIND = "#6f9dbd", "#b3470b"
_ROW = 78
_EDGES = 130
_AXIS_ROOM = 0.2
"""Room beside the bars for the values at their ends, as a share of the span."""

_BAR_AT, _BAR_HEIGHT = 0.28, 0.3
_FOOT = 0.35
"""Rows left free above the axis, for the word at today's lead."""

_PAPER = {"bgcolor": "#ffffff", "borderpad": 1}


def tornado_figure(found: TornadoList, language: str, shown: int = SHOWN) -> go.Figure:
    """The figure of the first `shown` changes; names stand above their bars, so that a phone has room for both."""
    lines, figure = found.lines[:shown], go.Figure()
    low, high = min([0.0, *(line.smallest for line in lines)]), max([found.gap, *(line.largest for line in lines)])
    span = max(high - low, 1e-9)
    edges = [low - _AXIS_ROOM * span, high + _AXIS_ROOM * span]
    for number, line in enumerate(lines):
        _draw(figure, line, len(lines) - 1 - number, language)
        _name(figure, line, len(lines) - number, edges[0])
    figure.add_vline(0, line={"color": INK, "width": 4})
    figure.add_vline(found.gap, line={"color": INK, "width": 2, "dash": "dash"})
    _mark(figure, found, len(lines), edges, language)
    dress(figure, language, round(_ROW * (len(lines) + _FOOT)) + _EDGES)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 62, "b": 66}, barmode="overlay")
    figure.update_xaxes(title=text("tornado.axis", language, leader=found.leader), range=edges, nticks=6)
    figure.update_yaxes(visible=False, range=[-_FOOT, len(lines)])
    return figure


def _draw(figure: go.Figure, line: TornadoLine, row: int, language: str) -> None:
    """The part where the leader leads plain, the part where the challenger does striped, values at both ends."""
    hover = text("tornado.hover", language, name=line.name, lead=line.lead)
    parts = (
        ("ahead", max(line.smallest, 0.0), line.largest, _AHEAD, ""),
        ("behind", line.smallest, min(line.largest, 0.0), _BEHIND, "/"),
    )
    for name, start, end, colour, pattern in parts:
        if end > start:
            figure.add_bar(
                x=[end - start],
                base=[start],
                y=[row + _BAR_AT],
                width=_BAR_HEIGHT,
                orientation="h",
                name=name,
                marker={
                    "color": colour if not pattern else "#ffffff",
                    "line": {"color": INK, "width": 1},
                    "pattern": {"shape": pattern, "fgcolor": colour, "bgcolor": "#fbe9df", "size": 8, "solidity": 0.4},
                },
                hovertemplate=hover + "<extra></extra>",
            )
    for at, words, side in ((line.smallest, line.smallest_at, "right"), (line.largest, line.largest_at, "left")):
        _write(figure, at, row + _BAR_AT, words, xanchor=side, xshift=-5 if side == "right" else 5, **_PAPER)


def _name(figure: go.Figure, line: TornadoLine, top: int, left: float) -> None:
    mark = "◆" if line.turns else "◇"
    words = f"<b>{line.short}</b><br>{mark} {line.turn}"
    _write(figure, left, top, words, xanchor="left", yanchor="top", align="left", **_PAPER)


def _mark(figure: go.Figure, found: TornadoList, top: int, edges: list[float], language: str) -> None:
    """Who leads on which side, that the order changes at zero, and where the lead stands today."""
    left = text("tornado.ahead", language, measure=found.challenger)
    right = text("tornado.ahead", language, measure=found.leader)
    _write(figure, edges[0], top, f"◀ {left}", xanchor="left", yanchor="bottom", yshift=20)
    _write(figure, edges[1], top, f"{right} ▶", xanchor="right", yanchor="bottom", yshift=20)
    place = -edges[0] / (edges[1] - edges[0])
    anchor = "left" if place < 0.25 else "right" if place > 0.75 else "center"
    _write(figure, 0.0, top, f"<b>{text('tornado.flip', language)}</b>", xanchor=anchor, yanchor="bottom")
    side = "right" if (found.gap - edges[0]) / (edges[1] - edges[0]) > 0.75 else "left"
    look = {"xanchor": side, "xshift": 5 if side == "left" else -5}
    _write(figure, found.gap, -_FOOT, text("tornado.today", language), yanchor="bottom", **look, **_PAPER)


def _write(figure: go.Figure, x: float, y: float, words: str, **look: object) -> None:
    figure.add_annotation(x=x, y=y, text=words, showarrow=False, font={"size": 15, "color": INK}, **look)
