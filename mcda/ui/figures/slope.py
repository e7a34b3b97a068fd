"""The slope graph: two columns of ranks and a line for each measure; those that move most in colour, dash and words.

Names are text beside a drawing that stretches, so that they stay as large on a phone as on the projector.
"""

from html import escape
from urllib.parse import quote

from mcda.locale import text
from mcda.report.exhibits.slope_graph import SlopeEnd, SlopeGraph, SlopeLine, rise_words, slope_sentence
from mcda.ui.figures.look import LINES, QUIET

DASHES = {
    "solid": "",
    "dash": "10 5",
    "dashdot": "11 4 3 4",
    "longdash": "18 5",
    "dot": "3 4",
    "longdashdot": "18 4 3 4",
}
"""Lengths of drawn and empty pieces in pixels."""
WIDTH = 100


def slope_html(graph: SlopeGraph, language: str) -> str:
    """The figure as one picture with its alternative text; the table beside it holds every number."""
    looks = dict(zip((line.measure for line in graph.lines if line.stressed), LINES, strict=False))
    words = escape(slope_alt(graph, language), quote=True)
    drawing = f"data:image/svg+xml,{quote(slope_svg(graph, looks))}"
    return (
        f"<div class='rf-slope' role='img' aria-label=\"{words}\" style='--rows:{graph.rows}'>"
        f"{_side(graph, 'left', looks, language)}"
        f"<img alt='' src=\"{drawing}\">"
        f"{_side(graph, 'right', looks, language)}"
        f"{_legend(graph, looks, language)}</div>"
    )


def slope_svg(graph: SlopeGraph, looks: dict[str, tuple[str, str]]) -> str:
    """The lines alone: one row is one unit high, and strokes keep their width however the drawing is stretched."""
    quiet = [_line(line, QUIET, "", 1.5) for line in graph.lines if line.measure not in looks]
    loud = [
        _line(line, looks[line.measure][0], DASHES[looks[line.measure][1]], 3.5)
        for line in graph.lines
        if line.measure in looks
    ]
    box = f'viewBox="0 0 {WIDTH} {max(graph.rows, 1)}" preserveAspectRatio="none"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join((*quiet, *loud))}</svg>'


def slope_alt(graph: SlopeGraph, language: str) -> str:
    """What the figure shows, for those who do not see it."""
    told = tuple(
        f"{line.measure} {line.title}: {line.left.rank} → {line.right.rank}"
        for line in graph.lines
        if line.stressed and line.left is not None and line.right is not None
    )
    said = text("compare.slope_alt", language, left=graph.left, right=graph.right, count=len(graph.lines))
    return " ".join((said, slope_sentence(graph, language), "; ".join(told))).strip()


def _line(line: SlopeLine, colour: str, dash: str, width: float) -> str:
    if line.left is None or line.right is None:
        return ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="0" y1="{line.left.row + 0.5}" x2="{WIDTH}" y2="{line.right.row + 0.5}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashed} vector-effect="non-scaling-stroke"/>'


def _side(graph: SlopeGraph, side: str, looks: dict[str, tuple[str, str]], language: str) -> str:
    """The names of one side, from the top."""
    ends = [(line, line.left if side == "left" else line.right) for line in graph.lines]
    there = sorted(((line, end) for line, end in ends if end is not None), key=lambda pair: pair[1].row)
    rows = "".join(_end(line, end, side, looks, language) for line, end in there)
    head = escape(graph.left if side == "left" else graph.right)
    return f"<div class='rf-{side}'><strong>{head}</strong><ol>{rows}</ol></div>"


def _end(line: SlopeLine, end: SlopeEnd, side: str, looks: dict[str, tuple[str, str]], language: str) -> str:
    rank, name = f"<b>{end.rank}</b>", f"<i>{escape(line.measure)}</i>"
    if line.measure not in looks:
        only = f" <em>{escape(rise_words(line, language))}</em>" if line.left is None or line.right is None else ""
        parts = (only, name, rank) if side == "left" else (rank, name, only)
        return f"<li>{' '.join(part for part in parts if part)}</li>"
    title = f"<span>{escape(line.title)}</span>"
    rise = f"<em>{escape(rise_words(line, language))}</em>"
    words = " ".join((title, name, rank) if side == "left" else (rank, name, rise, title))
    return f"<li class='rf-stressed' style='color:{looks[line.measure][0]}'>{words}</li>"


def _legend(graph: SlopeGraph, looks: dict[str, tuple[str, str]], language: str) -> str:
    """Titles below the figure, for screens too narrow to have them beside it."""
    items = "".join(
        f"<li style='color:{looks[line.measure][0]}'><i>{escape(line.measure)}</i> {escape(line.title)} "
        f"<em>{escape(rise_words(line, language))}</em></li>"
        for line in graph.lines
        if line.measure in looks
    )
    return f"<ul>{items}</ul>"
