"""What the plan owes to grants: programmes failing one by one, and measures that stand only through a grant."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from mcda.errors import InputError
from mcda.portfolio.flips import with_rows
from mcda.portfolio.plan import GAP, best
from mcda.portfolio.prices import changes, objective_of
from mcda.portfolio.ready import prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.rules import Row
from mcda.portfolio.told import plan_of
from mcda.result import Result

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class GrantFails:
    """A programme of the plan that pays nothing: what it was to pay, what the plan then lacks in points, which
    measures fall out and which come in for them. `own_eur`: what the municipalities then pay more of their own money
    against the budgets (less, where the sum is below zero). `loss` and `own_eur` None: no plan keeps all rules then."""

    programme: str
    grant: Decimal
    loss: float | None
    falls_out: tuple[str, ...]
    comes_in: tuple[str, ...]
    own_eur: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Hanging:
    """A measure of the plan that would not be in it without its grants, and what the plan would lose. `loss` None: no
    plan keeps all rules then."""

    measure: str
    programmes: tuple[str, ...]
    grant: Decimal
    loss: float | None


def without_programme(result: Result, programme: str) -> Result:
    """The result with one more programme taken as closed ('*': all); ranks and values stay as they are."""
    closed = (*result.scenario.without_programmes, programme)
    return replace(result, scenario=result.scenario.model_copy(update={"without_programmes": closed}))


def grants_failing(
    result: Result, made: Plan, *, seconds: float = 5.0, gap: float = GAP, told: Told | None = None
) -> tuple[GrantFails, ...]:
    """Each programme that pays in the plan, closed alone; the heaviest loss first."""
    paid: dict[str, Decimal] = {}
    for one in made.chosen:
        for name, amount in one.grants.items():
            paid[name] = paid.get(name, Decimal(0)) + amount
    found = []
    for number, name in enumerate(paid):
        found.append(_fails(without_programme(result, name), made, name, paid[name], seconds, gap))
        if told is not None:
            told(number + 1, len(paid))
    return tuple(sorted(found, key=lambda one: -(float("inf") if one.loss is None else one.loss)))


def _fails(result: Result, made: Plan, name: str, grant: Decimal, seconds: float, gap: float) -> GrantFails:
    try:
        ready = prepare(result, made.task)
    except InputError:  # what is decided to be in costs more than there is without the grant
        return GrantFails(name, grant, None, (), ())
    solved = best(ready, seconds=seconds, gap=gap)
    if not solved.x.size:
        return GrantFails(name, grant, None, (), ())
    other = plan_of(ready, solved)
    enters, leaves = changes(made, other)
    loss = round(objective_of(made) - objective_of(other), 6)
    return GrantFails(name, grant, loss, leaves, enters, other.own - made.own)


def hanging_on_grants(
    result: Result, made: Plan, *, seconds: float = 5.0, gap: float = GAP, told: Told | None = None
) -> tuple[Hanging, ...]:
    """The measures that fall out of the plan if they, and they alone, get no grant; the largest grant first. Awarded
    grants are facts and not asked about."""
    ready = prepare(result, made.task, every=True)
    free = {option.measure for option in ready.offer.options if not option.choice.grants}
    granted = [one for one in made.chosen if one.grant and one.measure in free]  # an awarded grant cannot be away
    found = []
    for number, one in enumerate(granted):
        options = {n: 1.0 for n, o in enumerate(ready.offer.options) if o.measure == one.measure and o.choice.grants}
        other = with_rows(ready, [Row(f"ungranted.{one.measure}", options, high=0.0)])
        solved = best(other, seconds=seconds, gap=gap)
        instead = plan_of(other, solved) if solved.x.size else None
        if instead is None or one.measure not in instead.measures:
            loss = None if instead is None else round(objective_of(made) - objective_of(instead), 6)
            found.append(Hanging(one.measure, one.programmes, one.grant, loss))
        if told is not None:
            told(number + 1, len(granted))
    return tuple(sorted(found, key=lambda one: -one.grant))
