"""When a measure's money flows: cost, grants and own contribution by calendar year, exact to the cent.

The overview of cost and financing (Kosten- und Finanzierungsübersicht) shows payments, so nothing is discounted here:
at a discount rate of 0 % the years of a measure add up to its `MeasureMoney`; at another rate the running part is what
is really paid each year, and its grants, co-payment and shares grow in the same proportion.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mcda.funding.costs import ZERO, Costs, cents, cost_of
from mcda.funding.records import MeasureMoney
from mcda.funding.split import split
from mcda.study.model import Measure, Study

MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearMoney:
    """One measure in one calendar year (EUR to the cent).

    `cost` = `recoverable_vat` + `grant` + `co_payment` + `own_contribution`, and `shares` add up to the last; they are
    empty where nobody can tell who pays.
    """

    year: int
    cost: Decimal
    recoverable_vat: Decimal
    grant: Decimal
    co_payment: Decimal
    own_contribution: Decimal
    shares: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class MeasureYears:
    """A measure's years in order, without gaps. `start_assumed`: no start year is stated, the one after the as-of date
    is taken; `duration_assumed`: no duration is stated, the investment falls into one year."""

    measure: str
    years: tuple[YearMoney, ...]
    start_assumed: bool
    duration_assumed: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Payments that flow together: investment, or running cost. Amounts in EUR; `months` by calendar year."""

    cost: Decimal
    recoverable_vat: Decimal
    grant: Decimal
    own_contribution: Decimal
    months: Mapping[int, int]


def money_by_years(study: Study, money: Mapping[str, MeasureMoney]) -> dict[str, MeasureYears]:
    """The years of every measure that states a cost, by id; the others are left out."""
    return {name: measure_years(study, found) for name, found in money.items() if found.cost_known}


def measure_years(study: Study, money: MeasureMoney) -> MeasureYears:
    """One measure's money by calendar year.

    The investment is paid evenly over the months of the duration from January of the start year on, running cost from
    the month after (from the start where nothing is invested) over its years of life. Grants, co-payment and the
    members' shares follow the payments they belong to. Cents are placed by largest remainder, so that every year and
    every row adds up (domain reference 2.4 and 4.1).
    """
    measure = study.measure_by_id[money.measure]
    start = measure.start_year or study.study.as_of.year + 1
    once, running = _blocks(measure, money, cost_of(measure, study.study), start)
    span = sorted({*once.months, *running.months} or {start})
    parts = [_flows(block) for block in (once, running)]
    own = [{year: flow[year][3] for year in flow} for flow in parts]
    shares = _shares(money, own, once, running)
    return MeasureYears(
        measure=money.measure,
        years=tuple(_year(year, parts, shares) for year in range(span[0], span[-1] + 1)),
        start_assumed=measure.start_year is None,
        duration_assumed=not measure.duration_months and bool(once.cost),
    )


def _blocks(measure: Measure, money: MeasureMoney, costs: Costs, start: int) -> tuple[_Block, _Block]:
    duration = (measure.duration_months or MONTHS) if money.investment_gross else 0
    once = _Block(
        cost=money.investment_gross,
        recoverable_vat=money.investment_vat if costs.deductible else ZERO,
        grant=money.grant_investment,
        own_contribution=money.own_investment,
        months=_months(start, 0, duration),
    )
    nominal, counted = costs.running.gross * costs.years, money.life_cycle_gross - money.investment_gross
    running = _Block(
        cost=nominal,
        recoverable_vat=_grown(money.recoverable_vat - once.recoverable_vat, nominal, counted),
        grant=_grown(money.grant - money.grant_investment, nominal, counted),
        own_contribution=_grown(money.own_running, nominal, counted),
        months=_months(start, duration, MONTHS * costs.years) if nominal else {},
    )
    return once, running


def _grown(amount: Decimal, nominal: Decimal, counted: Decimal) -> Decimal:
    """An amount that was counted at present value, as it is paid; the same at 0 %."""
    return cents(amount * nominal / counted) if counted and nominal != counted else amount


def _months(start: int, after: int, count: int) -> dict[int, int]:
    """How many of `count` months, beginning `after` months into the start year, fall into which year."""
    found: dict[int, int] = {}
    for month in range(after, after + count):
        year = start + month // MONTHS
        found[year] = found.get(year, 0) + 1
    return found


def _flows(block: _Block) -> dict[int, tuple[Decimal, Decimal, Decimal, Decimal, Decimal]]:
    """By year: cost, recoverable VAT, grant, own contribution, co-payment.

    Each takes its part of what the ones before it leave of the year, so none is negative and every sum is exact.
    """
    cost = _spread(block.cost, {year: Decimal(months) for year, months in block.months.items()})
    left = dict(cost)
    taken: list[Mapping[int, Decimal]] = []
    for amount in (block.recoverable_vat, block.grant, block.own_contribution):
        part = _spread(amount, left)
        left = {year: left[year] - part[year] for year in left}
        taken.append(part)
    return {year: (cost[year], taken[0][year], taken[1][year], taken[2][year], left[year]) for year in cost}


def _spread(amount: Decimal, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The amount over the years in proportion to what they can bear; nothing where they bear nothing."""
    if not any(weights.values()):
        return dict.fromkeys(weights, ZERO)
    found = split(amount, {str(year): weight for year, weight in weights.items()})
    return {year: found[str(year)] for year in weights}


def _shares(
    money: MeasureMoney, own: Sequence[Mapping[int, Decimal]], once: _Block, running: _Block
) -> dict[str, dict[int, Decimal]]:
    """Every member's part of the own contribution by year; the running part apart where it has a key of its own."""
    if not money.shares:
        return {}
    if not money.shares_running:
        both = {year: own[0].get(year, ZERO) + own[1].get(year, ZERO) for year in {**own[0], **own[1]}}
        return _members(_paid(money.shares, once.own_contribution + running.own_contribution), both)
    first = {name: share - money.shares_running.get(name, ZERO) for name, share in money.shares.items()}
    investment = _members(_paid(first, once.own_contribution), own[0])
    later = _members(_paid(money.shares_running, running.own_contribution), own[1])
    return {name: _added(investment.get(name, {}), later.get(name, {})) for name in money.shares}


def _paid(shares: Mapping[str, Decimal], amount: Decimal) -> Mapping[str, Decimal]:
    """The shares as they stand, or in the same proportion where the amount paid is another than the one counted."""
    return shares if sum(shares.values(), ZERO) == amount or not any(shares.values()) else split(amount, shares)


def _added(one: Mapping[int, Decimal], other: Mapping[int, Decimal]) -> dict[int, Decimal]:
    return {year: one.get(year, ZERO) + other.get(year, ZERO) for year in {**one, **other}}


def _members(shares: Mapping[str, Decimal], years: Mapping[int, Decimal]) -> dict[str, dict[int, Decimal]]:
    """Members' amounts over the years, each taking its part of what the ones before it leave."""
    left, found = dict(years), {}
    for name, share in shares.items():
        found[name] = _spread(share, left)
        left = {year: left[year] - found[name][year] for year in left}
    return found


def _year(
    year: int,
    parts: Sequence[Mapping[int, tuple[Decimal, Decimal, Decimal, Decimal, Decimal]]],
    shares: Mapping[str, Mapping[int, Decimal]],
) -> YearMoney:
    cost, vat, grant, own, co_payment = (sum((flow[year][i] for flow in parts if year in flow), ZERO) for i in range(5))
    return YearMoney(
        year=year,
        cost=cost,
        recoverable_vat=vat,
        grant=grant,
        co_payment=co_payment,
        own_contribution=own,
        shares={name: by_year.get(year, ZERO) for name, by_year in shares.items()},
    )
