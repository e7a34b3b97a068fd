"""The rule of thumb: most value per euro first. Shown beside the plan with what it loses, never in its place."""

from collections.abc import Sequence
from math import inf

import numpy as np

from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.records import Plan
from mcda.portfolio.rules import Row
from mcda.portfolio.solve import solved_by
from mcda.portfolio.task import PlanTask
from mcda.portfolio.told import plan_of
from mcda.result import Array, Result

SLACK = 1e-9


def ratio_plan(result: Result, task: PlanTask) -> Plan | None:
    """What value per euro of own money picks: decided measures first, then down the ratios, each in its best option
    that still keeps every limit; what needs another measure waits for it. None where that breaks a rule in the end.

    Status is 'feasible': nothing is proven. Lumps, pots, years and dependencies are what the rule does not see (methods
    reference 5.3).
    """
    ready = prepare(result, task)
    x = ratio_columns(ready)
    return None if x is None else plan_of(ready, solved_by(ready.problem, x, inf))


def ratio_columns(ready: Prepared) -> Array | None:
    """The rule's choice over the problem's columns, or None where it keeps not all rules."""
    problem, options = ready.problem, ready.offer.options
    limits, uses = _limits(ready)
    used, taken = np.zeros(len(limits)), np.zeros(len(options), dtype=np.bool_)
    inside: set[str] = set()
    first = {row.key.partition(".")[2] for row in ready.rows if row.key.startswith(("must.", "mandatory."))}
    order = sorted(
        (n for n in range(len(options)) if problem.worth[n] > 0 or options[n].measure in first),
        key=lambda n: (options[n].measure not in first, -_ratio(ready, n), n),
    )
    waiting = True
    while waiting:
        waiting = False
        for number in order:
            if options[number].measure in inside:
                continue
            after = used + uses[:, number]
            if np.all((after <= limits + SLACK) | (uses[:, number] <= 0)):
                used, taken[number], waiting = after, True, True
                inside.add(options[number].measure)
    x = _completed(ready, taken)
    return x if _keeps(x, problem.rows) else None


def _ratio(ready: Prepared, number: int) -> float:
    own = float(ready.offer.options[number].own)
    worth = float(ready.problem.worth[number])
    return worth / own if own > 0 else inf if worth > 0 else 0.0


def _limits(ready: Prepared) -> tuple[Array, Array]:
    """Upper limits (r,) and their use by every option (r, k), the options' own part of every row that has one."""
    rows = [row for row in ready.problem.rows if row.high < inf and not row.key.startswith("synergy.")]
    count = len(ready.offer.options)
    uses = np.zeros((len(rows), count))
    for place, row in enumerate(rows):
        for number, size in row.terms.items():
            if number < count:
                uses[place, number] = size
    return np.array([row.high for row in rows]), uses


def _completed(ready: Prepared, taken: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Array:
    """The options taken, with synergies and misses as they follow."""
    problem, count = ready.problem, len(ready.offer.options)
    x = np.zeros(len(problem.worth))
    x[:count] = taken
    inside = {option.measure for option, yes in zip(ready.offer.options, taken, strict=True) if yes}
    for place, pair in enumerate(ready.task.synergies):
        x[count + place] = float(pair.a in inside and pair.b in inside)
    for row in problem.rows:
        if row.key in problem.slacks and row.penalty is not None:
            reached = sum(size * x[n] for n, size in row.terms.items() if n < count)
            x[problem.slacks[row.key]] = max(row.low - reached, 0.0)
    return x


def _keeps(x: Array, rows: Sequence[Row]) -> bool:
    for row in rows:
        total = sum(size * x[n] for n, size in row.terms.items())
        if not row.low - 1e-7 <= total <= row.high + 1e-7:
            return False
    return True
