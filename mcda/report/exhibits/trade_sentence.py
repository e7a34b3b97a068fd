"""Trade-offs as sentences: from this level on, one step of that is worth so much."""

from mcda.errors import InputError
from mcda.locale import text
from mcda.locale.formats import money, number, percent
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.levels import level_text
from mcda.result import Weights
from mcda.study.model import Criterion, Study
from mcda.tradeoffs import TradeOff, trade_offs


def trade_sentence(study: Study, trade: TradeOff, language: str) -> str:
    """'From 200,000 EUR on, one step of relevance (3 to 4) is worth 85,000 EUR.'"""
    leaf, base = study.criterion_by_id[trade.leaf], study.criterion_by_id[trade.reference]
    return text(
        "trade.beyond" if trade.beyond else "trade.worth",
        language,
        at=level_text(base, trade.at, language),
        leaf=criterion_label(study, leaf.id, language),
        step=step_text(leaf, trade, language),
        worth=amount_text(base, abs(trade.worth), language),
        reference=criterion_label(study, base.id, language),
    )


def trade_sentences(study: Study, weights: Weights, language: str) -> tuple[str, ...]:
    """Every trade-off of the weights; none where the value functions allow no such sentence."""
    try:
        found = trade_offs(study, weights)
    except InputError:
        return ()
    return tuple(trade_sentence(study, trade, language) for trade in found)


def heaviest_trade(study: Study, weights: Weights, language: str) -> str:
    """The trade-off of the heaviest criterion against money (or what else the amounts are counted in); '' for none."""
    heaviest = sorted(zip(-weights.leaf, study.leaves, strict=True))[:2]
    try:
        found = trade_offs(study, weights, leaves=[leaf for _, leaf in heaviest])
    except InputError:
        return ""
    return trade_sentence(study, found[0], language) if found else ""


def step_text(leaf: Criterion, trade: TradeOff, language: str) -> str:
    """The step in words: 'from 3 to 4 of 5', 'from 40.5 % to 49.5 %'."""
    ends = {"first": _level(leaf, trade.step_from, language), "second": level_text(leaf, trade.step_to, language)}
    return text("trade.step", language, **ends)


def amount_text(base: Criterion, amount: float, language: str) -> str:
    """An amount on the reference with its unit; euros rounded to what can be meant."""
    if (base.quantity or "").endswith(("_eur", "_eur_per_year")) or base.unit == "EUR":
        return money(rounded(amount), language, cents=False)
    if base.quantity == "funding_share":
        return text("trade.points", language, value=percent(amount, language, 1))
    return text("trade.steps", language, value=number(amount, language, 1))


def rounded(amount: float) -> float:
    """An amount in three significant digits: nobody means 84,731 EUR to the euro."""
    return float(f"{amount:.2e}")


def _level(leaf: Criterion, value: float, language: str) -> str:
    if leaf.kind == "given":
        return number(value, language, 1)
    return level_text(leaf, value, language)
