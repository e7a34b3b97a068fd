"""Which municipality pays how much for which measure, by which key, on which population."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mcda.funding.records import MeasureMoney
from mcda.locale import label, text
from mcda.locale.formats import day
from mcda.result import Result

POPULATION_KEYS = frozenset({"per_capita", "base_plus_per_capita", "mixed_50_50", "mixed"})
"""Cost keys that ask for the number of inhabitants."""


@dataclass(frozen=True, slots=True)
class PaidShare:
    """One municipality's part of one measure's own contribution (EUR, to the cent). `running` is its part of the
    running cost where that has a key of its own, else None. `key` says how it is split; population and its date are
    None where the key does not ask for them."""

    measure: str
    municipality: str
    name: str
    amount: Decimal
    running: Decimal | None
    key: str
    population: int | None
    population_date: date | None


def paid_shares(result: Result, measure: str) -> tuple[PaidShare, ...]:
    """The shares of one measure in the order of its participants; none where nothing or nobody says how to split."""
    money, known = result.money[measure], result.study.municipality_by_id
    if not money.cost_known:
        return ()
    by_heads = bool(POPULATION_KEYS & {money.cost_key, money.running_cost_key})
    return tuple(
        PaidShare(
            measure=measure,
            municipality=who,
            name=known[who].name if who in known else who,
            amount=amount,
            running=money.shares_running.get(who, Decimal(0)) if money.shares_running else None,
            key=money.cost_key,
            population=known[who].population if by_heads and who in known else None,
            population_date=known[who].population_date if by_heads and who in known else None,
        )
        for who, amount in money.shares.items()
    )


def split_sentence(result: Result, measure: str, language: str) -> str:
    """By which key the own contribution is split, on which population, how cents are rounded; or why it is not."""
    money = result.money[measure]
    if not money.cost_known:
        return text("funding_words.no_cost_no_split", language)
    if money.share_issue:
        return text(f"share_issue.{money.share_issue}", language)
    return " ".join(_split_parts(result, measure, money, language))


def _split_parts(result: Result, measure: str, money: MeasureMoney, language: str) -> Iterator[str]:
    key = label("cost_key", money.cost_key, language)
    if money.running_cost_key:
        running = label("cost_key", money.running_cost_key, language)
        yield text("funding_words.split_by_two", language, key=key, running=running)
    else:
        yield text("funding_words.split_by", language, key=key)
    days = {share.population_date for share in paid_shares(result, measure) if share.population_date}
    if days:
        written = ", ".join(day(one, language) for one in sorted(days))
        yield text("funding_words.population_of", language, days=written)
    if len(money.shares) > 1:
        yield text("funding_words.rounding", language)
