"""How a score is written: points of 100 for the own methods, a second opinion's own figure otherwise."""

from mcda.locale import text
from mcda.locale.formats import fixed
from mcda.methods import PREFIX
from mcda.report.exhibits.ranked_list import points
from mcda.result import Result


def score_text(result: Result, score: float, language: str) -> str:
    """The score with as many digits as mean something."""
    return fixed(points(result, score), language, 3 if result.method.startswith(PREFIX) else 1)


def score_unit(result: Result, language: str) -> str:
    """What the number is called: points of 100, or the method's own figure."""
    return text("ui.sheet.score_own" if result.method.startswith(PREFIX) else "ui.sheet.score", language)
