"""What several measures cost together and who pays it, and how much of that the public may read before a tender.

The cost estimate of a single measure tells bidders what a municipality is ready to pay. So in public only sums over
several measures are told, rounded up; every amount stands in the part that is not public.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from mcda.funding.costs import ZERO
from mcda.locale.formats import money
from mcda.report.exhibits.catalogue import gates_by_measure
from mcda.result import Result

FEWEST = 3
"""A sum over fewer measures tells too much of each."""

STEP = Decimal(1000)
"""In public, amounts are rounded up to whole thousands of EUR."""

Part = tuple[str, frozenset[str]]
"""A part of a sum: its name and the measures behind it."""


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Money of several measures together (EUR, to the cent). `measures` are those that state a cost, `unknown` the
    others. `others`: what comes back as input tax or is paid by somebody outside, so that cost = grant + others + own.
    `shares`: what each municipality pays of `own`; `unsplit` is the part of `own` nobody can split yet."""

    measures: tuple[str, ...]
    unknown: tuple[str, ...]
    cost: Decimal
    grant_low: Decimal
    grant: Decimal
    grant_high: Decimal
    others: Decimal
    own: Decimal
    shares: Mapping[str, Decimal]
    unsplit: Decimal


def money_sum(result: Result, measures: Iterable[str]) -> MoneySum:
    """The sums over these measures."""
    names = tuple(dict.fromkeys(measures))
    known = [result.money[name] for name in names if result.money[name].cost_known]
    shares: dict[str, Decimal] = {}
    for one in known:
        for who, share in one.shares.items():
            shares[who] = shares.get(who, ZERO) + share
    own = sum((one.own_contribution for one in known), ZERO)
    return MoneySum(
        measures=tuple(one.measure for one in known),
        unknown=tuple(name for name in names if not result.money[name].cost_known),
        cost=sum((one.life_cycle_gross for one in known), ZERO),
        grant_low=sum((one.grant_low for one in known), ZERO),
        grant=sum((one.grant for one in known), ZERO),
        grant_high=sum((one.grant_high for one in known), ZERO),
        others=sum((one.recoverable_vat + one.co_payment for one in known), ZERO),
        own=own,
        shares={m.id: shares[m.id] for m in result.study.municipalities if m.id in shares},
        unsplit=own - sum(shares.values(), ZERO),
    )


def paid_measures(result: Result) -> tuple[str, ...]:
    """Every measure somebody would have to pay: the ranked ones in rank order, then mandatory tasks."""
    mandatory = [name for name, gates in gates_by_measure(result).items() if gates[0].mandatory]
    return (*(line.measure for line in result.ranking), *mandatory)


def rounded_up(amount: Decimal) -> Decimal:
    """The amount in whole thousands, never less than it is."""
    return (amount / STEP).to_integral_value(ROUND_CEILING) * STEP


def told(amount: Decimal, *, public: bool) -> Decimal:
    """The amount as this reader may read it."""
    return rounded_up(amount) if public else amount


def told_text(amount: Decimal, language: str, *, public: bool) -> str:
    """The amount in words: to the cent, in public rounded up."""
    return money(told(amount, public=public), language, cents=not public)


def joined_parts(parts: Sequence[Part], *, public: bool) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Names of parts of a sum with the measures behind them, next ones joined where fewer than `FEWEST` stand behind
    one. Not in public, every part stands alone. Where all parts together hold too few, one is left: `tellable` says
    whether it may be told.
    """
    if not public:
        return tuple(((name,), measures) for name, measures in parts)
    found: list[tuple[tuple[str, ...], frozenset[str]]] = []
    for name, measures in parts:
        if found and len(found[-1][1]) < FEWEST:
            found[-1] = ((*found[-1][0], name), found[-1][1] | measures)
        else:
            found.append(((name,), measures))
    if len(found) > 1 and len(found[-1][1]) < FEWEST:
        (first, some), (rest, more) = found[-2:]
        found[-2:] = [((*first, *rest), some | more)]
    return tuple(found)


def tellable(measures: Iterable[str], *, public: bool) -> bool:
    """Whether sums over these measures may be told."""
    return not public or len(frozenset(measures)) >= FEWEST
