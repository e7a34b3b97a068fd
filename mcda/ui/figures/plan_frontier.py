"""What own money buys: the best plans as steps, the rule of thumb as diamonds, the present plan as a ring."""

from collections.abc import Sequence

import plotly.graph_objects as go

from mcda.locale import text
from mcda.ui.figures.look import INK, LINES, dress

Point = tuple[float, float]


def plan_frontier_figure(
    best: Sequence[Point], ratio: Sequence[Point], now: Point, limited: bool, language: str
) -> go.Figure:
    """The figure; every point is (budget in EUR, points), `now` the present plan, at its budget where it is `limited`
    by one."""
    figure = go.Figure()
    unit, size = unit_of(max((x for x, _ in (*best, *ratio, now)), default=0.0))
    (best_colour, _), (ratio_colour, dash) = LINES[:2]
    ring = {"size": 20, "color": "rgba(255,255,255,0)", "line": {"color": INK, "width": 4}, "symbol": "circle"}
    diamond = {"size": 9, "color": "#ffffff", "symbol": "diamond", "line": {"color": ratio_colour, "width": 2}}
    for name, points, mode, look in (
        (
            "best",
            best,
            "lines+markers",
            {"line": {"color": best_colour, "width": 3.5, "shape": "hv"}, "marker": {"size": 7, "color": best_colour}},
        ),
        (
            "ratio",
            ratio,
            "lines+markers",
            {"line": {"color": ratio_colour, "width": 2.5, "dash": dash, "shape": "hv"}, "marker": diamond},
        ),
        ("now", [now], "markers", {"marker": ring}),
    ):
        figure.add_scatter(
            x=[x / size for x, _ in points],
            y=[y for _, y in points],
            mode=mode,
            name=text(f"budget_page.frontier_{name}", language),
            customdata=[x for x, _ in points],
            hovertemplate=text("budget_page.frontier_hover", language) + "<extra></extra>",
            **look,
        )
    if limited:
        figure.add_vline(now[0] / size, line={"color": INK, "width": 2, "dash": "dash"})
        word = text("budget_page.frontier_budget", language)
        figure.add_annotation(
            x=now[0] / size, y=1, yref="paper", yanchor="bottom", xanchor="left", text=word, showarrow=False
        )
    dress(figure, language, 560)
    figure.update_layout(
        margin={"l": 72, "r": 16, "t": 40, "b": 160},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": -0.27, "yanchor": "top", "font": {"size": 16}},
    )
    figure.update_xaxes(title=text(f"budget_page.frontier_x_{unit}", language), rangemode="tozero", nticks=8)
    figure.update_yaxes(title=text("budget_page.frontier_y", language), rangemode="tozero", tickformat=",.0f")
    return figure


def unit_of(most: float) -> tuple[str, float]:
    """In what amounts are written that reach up to `most`."""
    return ("million", 1e6) if most >= 2e6 else ("thousand", 1e3) if most >= 2e3 else ("one", 1.0)
