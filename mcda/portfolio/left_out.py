"""Why a plan leaves a measure out: the rules it would break if it were simply added."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcda.portfolio.families import family
from mcda.portfolio.options import Option
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.result import Result

SLACK = 1e-7


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A measure that could have been planned. `keys`: the rules (as `families` names them) that its easiest option
    would break on top of the plan, fewest rules first, then least own money `own`; empty where it would fit.
    `value`: its points, without delay."""

    measure: str
    value: float
    own: Decimal
    keys: tuple[str, ...]


def left_out(result: Result, made: Plan) -> tuple[LeftOut, ...]:
    """Every measure the plan leaves out, in catalogue order, with what stands against adding it. A measure that would
    fit has no value of its own, or the plan is not proven best."""
    ready = prepare(result, made.task, every=True)
    taken = _taken(ready, made)
    used = [sum(row.terms.get(number, 0.0) for number in taken) for row in ready.rows]
    return tuple(_told(ready, name, used) for name in made.left_out)


def _taken(ready: Prepared, made: Plan) -> frozenset[int]:
    """The numbers of the plan's options."""
    chosen = {(one.measure, one.start, _asked(one.grants)) for one in made.chosen}
    return frozenset(
        number
        for number, option in enumerate(ready.offer.options)
        if (option.measure, option.start, _asked(option.choice.grants)) in chosen
    )


def _asked(grants: Mapping[str, Decimal]) -> frozenset[tuple[str, Decimal]]:
    return frozenset(grants.items())


def _told(ready: Prepared, name: str, used: Iterable[float]) -> LeftOut:
    sums = tuple(used)
    options = [(number, option) for number, option in enumerate(ready.offer.options) if option.measure == name]
    found = [(_broken(ready, number, sums), option) for number, option in options]
    keys, option = min(found, key=_easiest)
    return LeftOut(name, ready.offer.values[name], option.own, keys)


def _easiest(one: tuple[tuple[str, ...], Option]) -> tuple[int, Decimal]:
    return len(one[0]), one[1].own


def _broken(ready: Prepared, number: int, used: tuple[float, ...]) -> tuple[str, ...]:
    found = (
        family(row.key)
        for row, sum_ in zip(ready.rows, used, strict=True)
        if row.terms.get(number, 0.0) > 0 and sum_ + row.terms[number] > row.high + SLACK
    )
    return tuple(dict.fromkeys(found))
