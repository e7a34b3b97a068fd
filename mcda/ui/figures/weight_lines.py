"""The lines of one moving weight: leaders in colour and dash with their ids, the rest quiet, swaps as circles."""

import numpy as np
import plotly.graph_objects as go

from mcda.locale import text
from mcda.report.exhibits.weight_lines import WeightLines, score_at
from mcda.ui.figures.look import INK, LINES, QUIET, dress

_LABEL_GAP = 0.055
"""Least distance of two labels at the right edge, as a share of the axis."""


def weight_lines_figure(lines: WeightLines, criterion: str, scores: str, scale: float, language: str) -> go.Figure:
    """The figure; `criterion` and `scores` are the names of the axes, `scale` (100 or 1) is what a score of 1 shows."""
    figure, digits = go.Figure(), 1 if scale > 1 else 3
    _draw_quiet(figure, lines, scale, language)
    for measure, (colour, dash) in zip(lines.highlighted, LINES, strict=False):
        heights = scale * lines.scores[:, lines.measures.index(measure)]
        line = {"color": colour, "dash": dash, "width": 3.5}
        hover = f"{measure}: %{{y:.{digits}f}}<extra></extra>"
        figure.add_scatter(x=100 * lines.at, y=heights, mode="lines", line=line, name=measure, hovertemplate=hover)
    _mark_swaps(figure, lines, scale)
    figure.add_vline(100 * lines.present, line={"color": INK, "width": 2, "dash": "dash"})
    figure.add_annotation(
        x=100 * lines.present, y=1, yref="paper", yanchor="bottom", showarrow=False, text=_present(language)
    )
    _label_ends(figure, lines, scale)
    dress(figure, language, 560)
    figure.update_layout(margin={"l": 64, "r": 72, "t": 40, "b": 64})
    figure.update_xaxes(
        title=_axis(criterion, language),
        range=[0, 100 * float(lines.at[-1])],
        ticksuffix=" %" if language == "de" else "%",
    )
    figure.update_yaxes(title=scores)
    return figure


def spread_labels(heights: list[float], gap: float) -> list[float]:
    """Heights moved apart until neighbours are `gap` apart, in their order and around their middle."""
    order = np.argsort(heights)
    placed = np.asarray(heights, dtype=np.float64)[order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + gap)
    placed -= (placed - np.asarray(heights)[order]).mean() if len(placed) else 0.0
    result = np.empty_like(placed)
    result[order] = placed
    return [float(height) for height in result]


def _present(language: str) -> str:
    return text("ui.sensitivity.present", language)


def _axis(criterion: str, language: str) -> str:
    return text("ui.sensitivity.axis_weight", language, criterion=criterion)


def _draw_quiet(figure: go.Figure, lines: WeightLines, scale: float, language: str) -> None:
    """All other measures as one trace with gaps: forty traces would take the browser ten times as long."""
    rest = [i for i, measure in enumerate(lines.measures) if measure not in lines.highlighted]
    x = np.tile(np.append(100 * lines.at, np.nan), len(rest))
    y = np.concatenate([np.append(scale * lines.scores[:, i], np.nan) for i in rest]) if rest else np.empty(0)
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": QUIET, "width": 1.2},
        hoverinfo="skip",
        name=text("ui.sensitivity.others", language),
    )


def _mark_swaps(figure: go.Figure, lines: WeightLines, scale: float) -> None:
    figure.add_scatter(
        x=[100 * swap.t for swap in lines.swaps],
        y=[scale * score_at(lines, swap.a, swap.t) for swap in lines.swaps],
        mode="markers",
        marker={"size": 13, "color": "#ffffff", "line": {"color": INK, "width": 2.5}},
        text=[f"{swap.a} / {swap.b}" for swap in lines.swaps],
        hovertemplate="%{text}: %{x:.1f} %<extra></extra>",
        name="swaps",
    )


def _label_ends(figure: go.Figure, lines: WeightLines, scale: float) -> None:
    ends = [scale * float(lines.scores[-1, lines.measures.index(m)]) for m in lines.highlighted]
    span, edge = scale * float(np.ptp(lines.scores)) or 1.0, 100 * float(lines.at[-1])
    for measure, height, (colour, _) in zip(
        lines.highlighted, spread_labels(ends, _LABEL_GAP * span), LINES, strict=False
    ):
        figure.add_annotation(
            x=edge,
            y=height,
            xanchor="left",
            xshift=6,
            showarrow=False,
            text=measure,
            font={"color": colour, "size": 16},
        )
