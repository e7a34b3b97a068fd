"""The triangle of three weights: an area per leading measure with its id, in colour and pattern; a star for today."""

import textwrap
from collections.abc import Sequence
from math import hypot

import plotly.graph_objects as go

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.ternary_map import TernaryExhibit, share_text
from mcda.robustness.ternary import TernaryMap, TernaryRegion
from mcda.robustness.triangle import PLANE
from mcda.study.model import Study
from mcda.ui.figures.look import INK, LINES, dress

PATTERNS = ("", "/", ".", "\\", "-", "|", "x", "+", "/")
"""Nine patterns over eight colours: 72 areas before a pair comes again."""

_LETTER = 0.0125
"""Room a label needs per letter, in sides of the triangle, so that it fits on a phone."""

_BESIDE = 0.1
"""How far beside the star the middle of its word stands."""

_PAPER = {"bgcolor": "rgba(255,255,255,0.92)", "borderpad": 2}
_WRAP = 18
_HEIGHT = 500


def ternary_figure(shown: TernaryExhibit, study: Study, language: str) -> go.Figure:
    """The figure: corners carry the criteria and what they weigh there, the pointer shows title and share."""
    found, figure = shown.found, go.Figure()
    for number, region in enumerate(found.regions):
        _draw(figure, number, region, study, language)
    named = [region for region in found.regions if region.room >= _LETTER * len(_name(region))]
    for region in named:
        _label(figure, region)
    _mark_today(figure, found, named, language)
    _name_corners(figure, found, study, language)
    dress(figure, language, _HEIGHT)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 62, "b": 76})
    figure.update_xaxes(visible=False, range=[-0.02, 1.02], constrain="domain")
    figure.update_yaxes(visible=False, range=[-0.02, 0.89], scaleanchor="x", constrain="domain")
    return figure


def _draw(figure: go.Figure, number: int, region: TernaryRegion, study: Study, language: str) -> None:
    colour = LINES[number % len(LINES)][0]
    x: list[float | None] = []
    y: list[float | None] = []
    for polygon in region.polygons:
        loop = (polygon @ PLANE).tolist()
        x += [*(point[0] for point in (*loop, loop[0])), None]
        y += [*(point[1] for point in (*loop, loop[0])), None]
    titles = ", ".join(f"{m} {title_of(study.measure_by_id[m], language)}" for m in region.measures)
    said = text("ternary.hover", language, measure=titles, share=share_text(region.share, language))
    figure.add_scatter(
        x=x[:-1],
        y=y[:-1],
        mode="lines",
        fill="toself",
        fillcolor=_tint(colour, 0.22),
        fillpattern={
            "shape": PATTERNS[number % len(PATTERNS)],
            "fgcolor": _tint(colour, 0.62),
            "bgcolor": _tint(colour, 0.22),
            "size": 11,
            "solidity": 0.14,
        },
        line={"color": INK, "width": 1.6},
        hoveron="fills",
        hoverinfo="text",
        text="<br>".join(textwrap.wrap(said, 40)),
        name=_name(region),
    )


def _label(figure: go.Figure, region: TernaryRegion) -> None:
    x, y = region.label_at @ PLANE
    _write(figure, float(x), float(y), f"<b>{_name(region)}</b>", **_PAPER)


def _mark_today(figure: go.Figure, found: TernaryMap, named: Sequence[TernaryRegion], language: str) -> None:
    """The star, and its word on the side where fewer names stand."""
    x, y = (float(part) for part in found.present @ PLANE)
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"symbol": "star-dot", "size": 20, "color": "#ffffff", "line": {"color": INK, "width": 2}},
        hoverinfo="skip",
        name="today",
    )
    labels = [region.label_at @ PLANE for region in named]
    near = {side: min((hypot(x + _BESIDE * side - a, y - b) for a, b in labels), default=1.0) for side in (-1, 1)}
    side = max(near, key=lambda side: near[side])
    look = {"xanchor": "left" if side > 0 else "right", "xshift": 12 * side}
    _write(figure, x, y, text("ternary.today", language), **look, **_PAPER)


def _name_corners(figure: go.Figure, found: TernaryMap, study: Study, language: str) -> None:
    weight = percent(found.total, language)
    for corner, key, anchor in zip(PLANE, found.criteria, ("center", "left", "right"), strict=True):
        name = "<br>".join(textwrap.wrap(criterion_label(study, key, language), _WRAP if anchor != "center" else 40))
        _write(
            figure,
            float(corner[0]),
            float(corner[1]),
            text("ternary.corner", language, criterion=f"<b>{name}</b>", weight=weight),
            xanchor=anchor,
            yanchor="bottom" if anchor == "center" else "top",
            yshift=4 if anchor == "center" else -4,
            align=anchor,
        )


def _write(figure: go.Figure, x: float, y: float, words: str, **look: object) -> None:
    figure.add_annotation(x=x, y=y, text=words, showarrow=False, font={"size": 16, "color": INK}, **look)


def _name(region: TernaryRegion) -> str:
    return " = ".join(region.measures)


def _tint(colour: str, share: float) -> str:
    """The colour on white paper, `share` of it ink."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)
