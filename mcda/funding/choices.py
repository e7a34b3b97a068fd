"""Which programmes to apply for: every permitted choice of grants of a measure, with the money it leaves.

A plan chooses among them, because a pot may run dry, a programme may close before a later start, and one grant may
be worth keeping for another measure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from mcda.funding.bundles import standing
from mcda.funding.calls import call, opens, window_of
from mcda.funding.costs import ZERO, cents
from mcda.funding.facts import Facts, facts_of
from mcda.funding.money import Desk, Paying, judge, money_of, offer_of
from mcda.funding.records import Assessment, MeasureMoney
from mcda.funding.rulebook import Rules, rules_of
from mcda.study.model import Study

MOST_COMBINED = 6
"""Up to so many paying programmes every set of them is looked at; of more, each alone, all, and all but one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Applying for some programmes: the measure's money then, and what each programme is expected to pay.

    `grants` add up to `money.grant`; programmes that bring nothing do not stand in it.
    """

    money: MeasureMoney
    grants: Mapping[str, Decimal]


def grant_choices(
    study: Study,
    first_day: date,
    last_day: date | None = None,
    *,
    without: Sequence[str] = (),
    point: Decimal | None = None,
) -> dict[str, tuple[Choice, ...]]:
    """Every choice worth having, by measure: without grants last, the one that `measure_money` counts first.

    Each programme is judged on the first day from `first_day` to `last_day` on which it takes applications (on
    `first_day` where there is none). `point` (0..1) says which point of an open grant counts, the study's own unless
    given. Awarded grants are facts and in every choice. A choice that asks the same of every programme as another, or
    more, and brings no more, is left out; so is a set of programmes that brings no more than some of them.
    """
    last = first_day if last_day is None else max(first_day, last_day)
    counted = Decimal(str(study.study.interval_point)) if point is None else point
    rulebook = rules_of(study, without)
    found = facts_of(study)
    desks = _desks(study, rulebook, found, first_day, last)
    return {
        name: tuple(_choices(study, facts, _assessed(desks, rulebook, facts), counted)) for name, facts in found.items()
    }


def _desks(
    study: Study, rulebook: tuple[Rules, ...], found: Mapping[str, Facts], first: date, last: date
) -> tuple[Desk, ...]:
    """One desk for every day on which some programme is judged."""
    anyone = next(iter(found.values()), None)
    if anyone is None:
        return ()
    findings = {(row.measure, row.programme): row for row in study.eligibility}
    every = not any(m.funding_candidates for m in study.measures)
    days: dict[date, list[Rules]] = {}
    for rules in rulebook:
        days.setdefault(_day(rules, anyone, first, last), []).append(rules)
    return tuple(
        Desk(tuple(some), [window_of(rules, anyone, day) for rules in some], day, findings, every)
        for day, some in days.items()
    )


def _day(rules: Rules, anyone: Facts, first: date, last: date) -> date:
    """The first day on which the programme takes applications; whether it does hangs on no measure."""
    answer = call(rules, anyone, first)
    if answer is None or answer.verdict != "no":
        return first
    later = opens(rules, first)
    return later if later is not None and later <= last else first


def _assessed(
    desks: Sequence[Desk], rulebook: Sequence[Rules], facts: Facts
) -> tuple[tuple[Assessment, ...], list[Paying]]:
    """What all programmes answer, in the rulebook's order."""
    order = {rules.programme.id: number for number, rules in enumerate(rulebook)}
    assessments: list[Assessment] = []
    paying: list[Paying] = []
    for desk in desks:
        told, some = judge(desk, facts)
        assessments += told
        paying += some
    assessments.sort(key=lambda one: order[one.programme])
    return tuple(assessments), sorted(paying, key=lambda one: order[one[0].programme.id])


def _choices(
    study: Study, facts: Facts, assessed: tuple[tuple[Assessment, ...], list[Paying]], point: Decimal
) -> Iterator[Choice]:
    assessments, paying = assessed
    offers = [offer_of(*one, high=True) for one in paying]
    kept = {offer.id for offer in standing(offers)}
    able = [one for one, offer in zip(paying, offers, strict=True) if offer.id in kept]
    fixed = frozenset(offer.id for offer in offers if offer.awarded)
    found: list[Choice] = []
    for names in _sets([one[0].programme.id for one in able], fixed):
        some = [one for one in able if one[0].programme.id in names]
        # All of them together is what the study counts elsewhere, with every offer that steps back told as left out.
        money = money_of(study, facts, assessments, paying if len(some) == len(able) else some, point)
        choice = Choice(money, _expected(money, point))
        if not any(_as_good(other, choice) for other in found):
            found.append(choice)
    yield from found


def _sets(names: Sequence[str], fixed: frozenset[str]) -> Iterator[frozenset[str]]:
    """All of them first, then fewer and fewer; the fixed ones are in each."""
    free = [name for name in names if name not in fixed]
    sizes = range(len(free), -1, -1)
    if len(free) > MOST_COMBINED:
        sizes = range(0)
        few = (len(free), len(free) - 1, 1, 0)
        yield from (fixed | frozenset(some) for size in few for some in combinations(free, size))
    yield from (fixed | frozenset(some) for size in sizes for some in combinations(free, size))


def _as_good(one: Choice, other: Choice) -> bool:
    """Whether the first brings at least as much and asks no programme for more."""
    enough = one.money.own_contribution <= other.money.own_contribution and one.money.grant >= other.money.grant
    return enough and all(amount <= other.grants.get(name, ZERO) for name, amount in one.grants.items())


def _expected(money: MeasureMoney, point: Decimal) -> Mapping[str, Decimal]:
    """What every programme is expected to pay, so that it adds up to the grant counted to the cent.

    The sure part of each, and of what may come on top the same point as of the whole; a cent of rounding goes to the
    largest.
    """
    sure = {part.programme: part.grant for part in money.sure.parts} if money.sure else {}
    most = {part.programme: part.grant for part in money.possible.parts} if money.possible else sure
    found = {
        name: sure.get(name, ZERO) + cents(point * (most.get(name, ZERO) - sure.get(name, ZERO)))
        for name in {**sure, **most}
    }
    if found:
        largest = max(found, key=lambda name: found[name])
        found[largest] += money.grant - sum(found.values(), ZERO)
    return {name: amount for name, amount in found.items() if amount}
