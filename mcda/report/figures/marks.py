"""The few marks every drawing is made of; all words are escaped, lengths are in pixels."""

from xml.sax.saxutils import escape, quoteattr

DARK, LIGHT, PALE, QUIET = "#1f3a5f", "#7fb2e5", "#e7edf3", "#4a5560"
FONT = "Source Sans 3"


def drawing(width: float, height: float, marks: list[str]) -> str:
    """The marks as a drawing of that size."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(marks)}</svg>'


def box(x: float, y: float, width: float, height: float, fill: str = DARK, stroke: str = "none") -> str:
    """A filled rectangle."""
    place = f'x="{x:.2f}" y="{y:.2f}" width="{max(width, 0.0):.2f}" height="{max(height, 0.0):.2f}"'
    return f'<rect {place} fill="{fill}" stroke="{stroke}"/>'


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = QUIET, thick: float = 1.0, dash: str = "") -> str:
    """A straight line, broken where `dash` says how."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{thick:g}"{dashed}/>'


def words(
    x: float, y: float, said: str, size: float = 13, side: str = "start", fill: str = DARK, bold: bool = False
) -> str:
    """A line of text standing on `y`; `side` is where `x` lies: start, middle or end."""
    weight = ' font-weight="bold"' if bold else ""
    look = f'font-family={quoteattr(FONT)} font-size="{size:g}" text-anchor="{side}" fill="{fill}"{weight}'
    return f'<text x="{x:.2f}" y="{y:.2f}" {look}>{escape(said)}</text>'


def shortened(said: str, letters: int) -> str:
    """The words cut to so many letters, with a sign that something is missing."""
    return said if len(said) <= letters else said[: max(letters - 1, 1)].rstrip() + "…"
