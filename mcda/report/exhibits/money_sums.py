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

Part = tuple[str, frozenset[str], frozenset[str]]
"""A part of a sum: its name, the measures behind it, and those of them that get help (see `MoneySum`)."""


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Money of several measures together (EUR, to the cent). `measures` are those that state a cost, `unknown` the
    others; `helped` those that may get a grant or whose cost others share: what helps them tells their cost; `granted`
    those a grant is counted for, `shared` those whose cost others share.

    `others`: what comes back as input tax or is paid by somebody outside, so that cost = grant + others + own.
    `shares`: what each municipality pays of `own`; `unsplit` is the part of `own` nobody can split yet.
    """

    measures: tuple[str, ...]
    unknown: tuple[str, ...]
    helped: tuple[str, ...]
    granted: tuple[str, ...]
    shared: tuple[str, ...]
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
        helped=tuple(o.measure for o in known if o.grant_high or o.recoverable_vat or o.co_payment),
        granted=tuple(o.measure for o in known if o.grant),
        shared=tuple(o.measure for o in known if o.recoverable_vat or o.co_payment),
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


def joined_parts(parts: Sequence[Part], *, public: bool) -> tuple[tuple[str, ...], ...]:
    """Names of parts of a sum, next ones joined until enough measures stand behind each to be told in public, also
    behind its grants. Not in public, every part stands alone. Where all parts together hold too few, one is left.
    """
    if not public:
        return tuple((name,) for name, _, _ in parts)
    found: list[tuple[tuple[str, ...], frozenset[str], frozenset[str]]] = []
    for name, measures, helped in parts:
        if found and not _enough(*found[-1][1:]):
            found[-1] = ((*found[-1][0], name), found[-1][1] | measures, found[-1][2] | helped)
        else:
            found.append(((name,), measures, helped))
    while len(found) > 1 and not _enough(*found[-1][1:]):
        (first, some, these), (rest, more, those) = found[-2:]
        found[-2:] = [((*first, *rest), some | more, these | those)]
    return tuple(names for names, _, _ in found)


def _enough(measures: frozenset[str], helped: frozenset[str]) -> bool:
    return len(measures) >= FEWEST and (not helped or len(helped) >= FEWEST)


def tellable(measures: Iterable[str], *, public: bool) -> bool:
    """Whether sums over these measures may be told."""
    return not public or len(frozenset(measures)) >= FEWEST


def cost_tellable(found: MoneySum, *, public: bool) -> bool:
    """Whether cost and grants may be told beside the own contribution, which is what remains of one after the other."""
    return not public or _enough(frozenset(found.measures), frozenset(found.helped))


def grants_tellable(sums: Iterable[MoneySum], *, public: bool) -> bool:
    """Whether grants and what others pay may be told apart: in each sum either comes from nobody, or from enough. Else
    only both together are told, for cost less own less the one would tell the other."""
    return not public or all(
        len(of) == 0 or len(of) >= FEWEST for one in sums for of in (one.granted, one.shared, _possible(one))
    )


def _possible(one: MoneySum) -> tuple[str, ...]:
    return tuple(name for name in one.helped if name not in one.shared or name in one.granted)


def rest_tellable(part: Iterable[str], whole: Iterable[str], *, public: bool) -> bool:
    """Whether a part may be told beside its whole: neither it nor what is left stands for too few measures."""
    some, every = frozenset(part), frozenset(whole)
    return not public or all(len(of) == 0 or len(of) >= FEWEST for of in (some, every - some))
