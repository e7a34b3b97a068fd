"""The heat map of ranks: a row per measure in today's order, a column per rank, darker where more weightings agree."""

from collections.abc import Collection

import plotly.graph_objects as go

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.report.exhibits.acceptability_map import AcceptabilityMap
from mcda.report.exhibits.catalogue import title_of
from mcda.study.model import Study
from mcda.ui.figures.look import SCALE, dress

_ROW = 21
_AXES = 110


def acceptability_figure(found: AcceptabilityMap, study: Study, language: str, shown: Collection[str]) -> go.Figure:
    """The figure of the measures `shown`. Rows carry ids, the pointer shows title, rank and share; the table beside it
    holds the numbers."""
    rows = [i for i, measure in enumerate(found.measures) if measure in shown]
    measures, shares = [found.measures[i] for i in rows], found.shares[rows]
    ranks = list(range(1, len(found.measures) + 1))
    titles = [title_of(study.measure_by_id[measure], language) for measure in measures]
    hover = [
        [_hover(title, rank, share, language) for rank, share in zip(ranks, row, strict=True)]
        for title, row in zip(titles, shares, strict=True)
    ]
    figure = go.Figure(
        go.Heatmap(
            z=100 * shares,
            x=ranks,
            y=measures,
            text=hover,
            hovertemplate="%{text}<extra></extra>",
            colorscale=[list(step) for step in SCALE],
            zmin=0,
            zmax=100 * float(shares.max(initial=0.01)),
            xgap=1,
            ygap=1,
            colorbar={
                "title": {"text": text("ui.sensitivity.acceptance_axis_share", language), "side": "top"},
                "tickangle": 0,
                "nticks": 5,
                "ticksuffix": " %" if language == "de" else "%",
                "orientation": "h",
                "y": 1.0,
                "yanchor": "bottom",
                "thickness": 14,
                "len": 1.0,
            },
        )
    )
    dress(figure, language, _ROW * len(measures) + _AXES + 76)
    figure.update_layout(margin={"l": 78, "r": 12, "t": 100, "b": 52})
    figure.update_xaxes(title=text("ui.sensitivity.acceptance_axis_rank", language), showgrid=False, tick0=5, dtick=5)
    figure.update_yaxes(autorange="reversed", showgrid=False, tickmode="linear", dtick=1, tickfont_size=14)
    return figure


def _hover(title: str, rank: int, share: float, language: str) -> str:
    return text("ui.sensitivity.hover", language, measure=title, rank=rank, share=percent(share, language, 1))
