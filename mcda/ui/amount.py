"""Amounts typed into a text box: number boxes of browsers read German amounts wrongly without a word."""

from mcda.study.cells import CellError, convert
from mcda.study.model import Measure


def read_amount(typed: str) -> float | None:
    """An amount as people write it ('85.000', '85000,50 €'); None for what is none, or could mean two numbers."""
    if not typed.strip():
        return None
    try:
        found = convert(Measure, "capex_eur", typed, "")
    except CellError:
        return None
    return float(found) if found is not None and found >= 0 else None
