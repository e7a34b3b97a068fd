"""Which decisions are near the line: what it costs to decide a measure the other way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from mcda.portfolio.checks import fixed_measures
from mcda.portfolio.plan import GAP, best
from mcda.portfolio.prices import changes, objective_of
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.rules import Row, by_measure
from mcda.portfolio.told import plan_of
from mcda.result import Result

MOST_ASKED = 60
"""Of so many measures the other decision is worked out; of more, of those whose value per euro is nearest to the
line's."""

LEVEL = 1e-6
"""Losses this near to each other are the same."""

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Flip:
    """A measure decided the other way (`inside`: it is in the plan now): `loss` in points of the best plan then, and
    what comes in and goes out beside it."""

    measure: str
    inside: bool
    loss: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def nearest_to_line(
    result: Result,
    made: Plan,
    *,
    count: int | None = 3,
    seconds: float = 5.0,
    gap: float = GAP,
    told: Told | None = None,
) -> tuple[Flip, ...]:
    """The measures whose other decision costs least, nearest first (`count` None: all that were asked); what costs as
    much as the last of them is told as well.

    For each the best plan with the measure out (or in) is worked out again. Decided measures, and those whose other
    decision no plan allows, are not among them. A loss below zero says that the plan was not the best.
    """
    ready = prepare(result, made.task)
    fixed = {*fixed_measures(made.task, ready.offer), *made.task.never}
    asked = [name for name in _near(ready, made) if name not in fixed]
    found = []
    for number, name in enumerate(asked):
        flip = _flip(ready, made, name, seconds, gap)
        if flip is not None:
            found.append(flip)
        if told is not None:
            told(number + 1, len(asked))
    order = sorted(found, key=lambda one: one.loss)
    last = order[count - 1].loss if count and len(order) > count else inf
    return tuple(one for one in order if one.loss <= last + LEVEL)


def _flip(ready: Prepared, made: Plan, name: str, seconds: float, gap: float) -> Flip | None:
    inside = name in made.measures
    numbers = dict.fromkeys(by_measure(ready.offer)[name], 1.0)
    row = Row(f"flip.{name}", numbers, high=0.0) if inside else Row(f"flip.{name}", numbers, low=1.0)
    other = with_rows(ready, [row])
    solved = best(other, seconds=seconds, gap=gap)
    if not solved.x.size:
        return None
    instead = plan_of(other, solved)
    enters, leaves = changes(made, instead)
    loss = round(objective_of(made) - objective_of(instead), 6)
    return Flip(name, inside, loss, tuple(m for m in enters if m != name), tuple(m for m in leaves if m != name))


def with_rows(ready: Prepared, rows: Sequence[Row]) -> Prepared:
    """The same under more rules."""
    return replace(
        ready,
        rows=(*ready.rows, *rows),
        problem=replace(ready.problem, rows=(*ready.problem.rows, *rows)),
    )


def _near(ready: Prepared, made: Plan) -> list[str]:
    """All measures in catalogue order, or the MOST_ASKED whose value per euro is nearest to that at the line."""
    ratios: dict[str, float] = {}
    for number, option in enumerate(ready.offer.options):
        own = float(option.own)
        ratio = float(ready.problem.worth[number]) / own if own > 0 else inf
        ratios[option.measure] = max(ratios.get(option.measure, 0.0), ratio)
    if len(ratios) <= MOST_ASKED:
        return list(ratios)
    line = min((ratios[name] for name in made.measures), default=0.0)
    near = sorted(ratios, key=lambda name: abs(ratios[name] - line))[:MOST_ASKED]
    return [name for name in ratios if name in near]
