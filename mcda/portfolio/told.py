"""A solution in a plan's words, held against the tables before it is given back."""

from dataclasses import replace
from decimal import Decimal
from math import inf

from mcda.portfolio.checks import fixed_measures
from mcda.portfolio.families import family
from mcda.portfolio.notes import plan_findings
from mcda.portfolio.options import Offered, Option
from mcda.portfolio.ready import Prepared
from mcda.portfolio.records import Missed, Plan, Planned, Use
from mcda.portfolio.solve import Solved
from mcda.portfolio.verify import Choices, verify

ZERO = Decimal(0)


def plan_of(ready: Prepared, solved: Solved) -> Plan:
    """A solution in the plan's words, checked. A solution that breaks a rule is a bug and raises RuntimeError."""
    picked = [option for number, option in enumerate(ready.offer.options) if solved.x.size and solved.x[number] > 0.5]
    fixed = set(fixed_measures(ready.task, ready.offer))
    chosen = tuple(_planned(ready.offer, option, option.measure in fixed) for option in picked)
    if solved.x.size:
        told = verify(ready.result, ready.task, Choices(tuple((p.measure, p.start, p.grants) for p in chosen)))
        if told.broken:
            raise RuntimeError(f"the plan breaks {', '.join(told.broken)}")
    made = _plan(ready, solved, chosen)
    return replace(made, findings=plan_findings(ready.result, ready.task, made))


def _planned(offer: Offered, option: Option, fixed: bool) -> Planned:
    money, points = option.choice.money, offer.values[option.measure]
    return Planned(
        measure=option.measure,
        start=option.start,
        delay=option.delay,
        programmes=option.programmes,
        grants=option.choice.grants,
        cost=money.life_cycle_gross,
        grant=money.grant,
        own=option.own,
        whole=option.whole,
        later=max(option.later_by_year.values(), default=ZERO),
        value=points * option.factor if points > 0 else points,
        shares=option.shares,
        own_by_year=option.own_by_year,
        shares_by_year=option.shares_by_year,
        fixed=fixed,
    )


def _plan(ready: Prepared, solved: Solved, chosen: tuple[Planned, ...]) -> Plan:
    offer = ready.offer
    inside = {one.measure for one in chosen}
    there = dict.fromkeys(option.measure for option in offer.options)
    later: dict[int, Decimal] = {}
    for number, option in enumerate(offer.options):
        if solved.x.size and solved.x[number] > 0.5:
            for year, amount in option.later_by_year.items():
                later[year] = later.get(year, ZERO) + amount
    return Plan(
        status=solved.status,
        task=ready.task,
        years=offer.years,
        chosen=chosen,
        left_out=tuple(name for name in there if name not in inside),
        out=offer.out,
        value=solved.value,
        bound=solved.bound,
        gap=solved.gap,
        cost=sum((one.cost for one in chosen), ZERO),
        grant=sum((one.grant for one in chosen), ZERO),
        own=sum((one.own for one in chosen), ZERO),
        whole=sum((one.whole for one in chosen), ZERO),
        later=max(later.values(), default=ZERO),
        uses=_uses(ready, solved, inside),
        missed=_missed(ready, solved),
        findings=(),
        provenance=ready.result.provenance,
    )


def _uses(ready: Prepared, solved: Solved, inside: set[str]) -> tuple[Use, ...]:
    """Every limit from above that has a unit, but what forbids single measures."""
    if not solved.x.size:
        return ()
    binding = _binding(ready, solved, inside)
    found = []
    for row in ready.rows:
        if not row.unit or row.high == float("inf") or row.key.startswith("never."):
            continue
        scale = 1000.0 if row.unit == "eur" else 1.0
        used = float(sum(size * solved.x[n] for n, size in row.terms.items()))
        found.append(Use(row.key, row.unit, round(scale * used, 4), round(scale * row.high, 4), row.key in binding))
    return tuple(found)


def _binding(ready: Prepared, solved: Solved, inside: set[str]) -> frozenset[str]:
    """The keys of limits that alone keep out something of value: an option that breaks one rule, in all its rows."""
    problem, found = ready.problem, set()
    limits = [row for row in ready.rows if row.high < inf]
    used = [float(sum(size * solved.x[n] for n, size in row.terms.items())) for row in limits]
    for number, option in enumerate(ready.offer.options):
        if option.measure in inside or problem.worth[number] <= 0:
            continue
        broken = {
            row.key
            for row, sum_ in zip(limits, used, strict=True)
            if row.terms.get(number, 0.0) > 0 and sum_ + row.terms[number] > row.high + 1e-9
        }
        if len({family(key) for key in broken}) == 1:
            found |= broken
    return frozenset(found)


def _missed(ready: Prepared, solved: Solved) -> tuple[Missed, ...]:
    if not solved.x.size:
        return ()
    found = []
    for row in ready.rows:
        if row.penalty is None:
            continue
        reached = round(sum(size * solved.x[n] for n, size in row.terms.items()))
        if reached < row.low:
            found.append(Missed(row.key, round(row.low), reached, row.penalty * (row.low - reached)))
    return tuple(found)
