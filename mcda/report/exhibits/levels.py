"""How a criterion's level is written: money as money, shares as percent, rated levels against their scale."""

from mcda.locale import label, text
from mcda.locale.formats import money, number, percent
from mcda.study.model import Criterion

_POINTS = ("", "points")


def level_text(criterion: Criterion, value: float, language: str) -> str:
    """The level with its unit: '500.000 €', '30,0 %', '3,5 von 5', '12 Monate'."""
    quantity = criterion.quantity or ""
    if quantity == "funding_share":
        return percent(value, language, 1)
    if criterion.unit == "EUR" or quantity.endswith(("_eur", "_eur_per_year")):
        return money(value, language, cents=False)
    if criterion.kind == "given" and criterion.unit in _POINTS:
        top = max(criterion.best or 0.0, criterion.worst or 0.0)
        return text("ui.sheet.of_best", language, value=number(value, language, 1), best=top)
    return f"{number(value, language)} {label('export.unit', criterion.unit, language)}".rstrip()
