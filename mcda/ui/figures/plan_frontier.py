"""What own money buys: the best plans as steps, the rule of thumb as diamonds, the present plan as a ring."""

from collections.abc import Sequence

import plotly.graph_objects as go

from mcda.locale import text
from mcda.ui.figures.look import INK, LINES, dress

Point = tuple[float, float]


def plan_frontier_figure(
    best: Sequence[Point], ratio: Sequence[Point], now: Point, budget: float | None, language: str
) -> go.Figure:
    """The figure; every point is (own money in EUR, points)."""
    figure = go.Figure()
    (best_colour, _), (ratio_colour, dash) = LINES[:2]
    hover = text("budget_page.frontier_hover", language)
    figure.add_scatter(
        x=[x for x, _ in best],
        y=[y for _, y in best],
        mode="lines+markers",
        line={"color": best_colour, "width": 3.5, "shape": "hv"},
        marker={"size": 7, "color": best_colour},
        name=text("budget_page.frontier_best", language),
        hovertemplate=hover + "<extra></extra>",
    )
    figure.add_scatter(
        x=[x for x, _ in ratio],
        y=[y for _, y in ratio],
        mode="lines+markers",
        line={"color": ratio_colour, "width": 2.5, "dash": dash, "shape": "hv"},
        marker={"size": 9, "color": "#ffffff", "symbol": "diamond", "line": {"color": ratio_colour, "width": 2}},
        name=text("budget_page.frontier_ratio", language),
        hovertemplate=hover + "<extra></extra>",
    )
    figure.add_scatter(
        x=[now[0]],
        y=[now[1]],
        mode="markers",
        marker={"size": 20, "color": "rgba(255,255,255,0)", "line": {"color": INK, "width": 4}, "symbol": "circle"},
        name=text("budget_page.frontier_now", language),
        hovertemplate=hover + "<extra></extra>",
    )
    if budget is not None:
        figure.add_vline(budget, line={"color": INK, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=budget,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            showarrow=False,
            text=text("budget_page.frontier_budget", language),
        )
    dress(figure, language, 520)
    figure.update_layout(
        margin={"l": 72, "r": 16, "t": 40, "b": 110},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 16}},
    )
    figure.update_xaxes(title=text("budget_page.frontier_x", language), rangemode="tozero", nticks=6)
    figure.update_yaxes(title=text("budget_page.frontier_y", language), rangemode="tozero")
    return figure
