"""The annex's money: what the tiers cost, what falls on each municipality, which grants are counted on."""

from collections import Counter
from collections.abc import Iterator, Mapping

from mcda.locale import label, text
from mcda.locale.formats import money, percent
from mcda.report.document import Beside, Heading, Paragraph, Part, Table
from mcda.report.exhibits.grants_counted import Counted, grants_counted
from mcda.report.exhibits.money_sums import (
    MoneySum,
    cost_tellable,
    grants_tellable,
    money_sum,
    paid_measures,
    tellable,
    told_text,
)
from mcda.report.exhibits.payer_sums import payer_table
from mcda.report.exhibits.tier_names import tier_name
from mcda.report.exhibits.tier_sums import tier_table
from mcda.result import Result

TYPE_PT = 7.6
PROGRAMMES = 5
"""So many programmes are named; all stand in the overview of cost and financing."""


def money_parts(result: Result, tiers: Mapping[str, int], language: str, *, public: bool) -> Iterator[Part]:
    """The tables and sentences; nothing where no measure states a cost, and only a remark where the public may not
    know the sums of so few measures."""
    every = paid_measures(result)
    found = money_sum(result, every)
    if not found.measures:
        return
    yield Heading(text("annex.heading.money", language))
    if not tellable(found.measures, public=public):
        yield Paragraph(text("annex.money_sealed", language))
        return
    yield Paragraph(_lead(result, found, language, public=public))
    yield from _tables(result, tiers, every, language, public=public)
    if split := _split(result, found, language):
        yield Paragraph(split)
    if grants := _grants(result, found, language, public=public):
        yield Paragraph(grants)


def _lead(result: Result, found: MoneySum, language: str, *, public: bool) -> str:
    years = result.study.study.horizon_years
    cost, own = (told_text(amount, language, public=public) for amount in (found.cost, found.own))
    key = "money_lead" if cost_tellable(found, public=public) else "money_lead_own"
    said = [text(f"annex.{key}", language, count=len(found.measures), cost=cost, own=own, years=years)]
    if found.grant and not grants_tellable((found,), public=public):
        said.append(text("annex.if_helped", language))
    elif found.grant:
        bare = told_text(found.own + found.grant, language, public=public)
        said.append(text("annex.if_granted", language, bare=bare))
    if found.unknown:
        said.append(text("annex.cost_unknown", language, count=len(found.unknown)))
    if public:
        said.append(text("sums.rounded", language))
    return " ".join(said)


def _tables(
    result: Result, tiers: Mapping[str, int], every: tuple[str, ...], language: str, *, public: bool
) -> Iterator[Part]:
    by_tier = tier_table(result, tiers, language, public=public)
    top = min(tiers.values())
    first = [name for name in every if tiers.get(name) == top]
    payers = payer_table(result, first, every, tier_name(top, language), language, public=public, cents=False)
    left = Table(by_tier, totals=_last(len(by_tier.rows)), size=TYPE_PT)
    if not payers.listing.rows:
        yield left
        return
    yield Beside((left,), (Table(payers.listing, totals=payers.rows, size=TYPE_PT),), share=0.59)


def _last(rows: int) -> frozenset[int]:
    return frozenset({rows - 1}) if rows > 1 else frozenset()


def _split(result: Result, found: MoneySum, language: str) -> str:
    """By which keys the municipalities split what they pay, the commonest first; '' where none pays with another."""
    keys = Counter(result.money[name].cost_key for name in found.measures if len(result.money[name].shares) > 1)
    told = [
        text("annex.split_key", language, key=label("cost_key", key, language), count=count)
        for key, count in keys.most_common()
    ]
    if not told:
        return ""
    alone = sum(len(result.money[name].shares) == 1 for name in found.measures)
    said = [text("annex.split", language, keys="; ".join(told))]
    return " ".join([*said, text("annex.split_alone", language, count=alone)] if alone else said)


def _grants(result: Result, found: MoneySum, language: str, *, public: bool) -> str:
    """How much is counted on, between which ends, how much of it is granted, and from whom; '' without grants."""
    counted = grants_counted(result, found.measures, language)
    if not counted:
        return ""
    said = []
    apart = grants_tellable((found,), public=public)
    if cost_tellable(found, public=public) and not apart:
        said.append(text("annex.grants_share", language, share=percent(found.grant_low / found.grant, language)))
    elif cost_tellable(found, public=public):
        amounts = {"grant": found.grant, "low": found.grant_low, "high": found.grant_high}
        shown = {name: told_text(amount, language, public=public) for name, amount in amounts.items()}
        said.append(text("annex.grants", language, **shown))
    awarded = sum(one.awarded for one in counted)
    if not awarded:
        said.append(text("annex.nothing_awarded", language))
    elif public:
        said.append(text("annex.partly_awarded", language))
    else:
        said.append(text("annex.awarded", language, amount=money(awarded, language)))
    names = "; ".join(_named(one, language, public=public) for one in counted[:PROGRAMMES])
    rest = len(counted) - PROGRAMMES
    more = text("annex.more_programmes", language, count=rest) if rest > 0 else ""
    return " ".join((*said, text("annex.programmes", language, names=names + more)))


def _named(one: Counted, language: str, *, public: bool) -> str:
    """'LEADER (2 Maßnahmen)', not in public with the highest amount."""
    count = text("annex.of_measures", language, count=one.measures)
    if public:
        return f"{one.short} ({count})"
    return text("annex.programme", language, name=one.short, count=count, high=money(one.high, language, cents=False))
