"""No plan keeps all rules: which smallest changes would make one possible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from mcda.portfolio.families import families, family
from mcda.portfolio.ready import Prepared, prepare
from mcda.portfolio.rules import Row, Unit
from mcda.portfolio.solve import search, widened
from mcda.portfolio.task import PlanTask
from mcda.result import Result

NOTHING = 1e-6
Kind = Literal["raise", "lower", "drop"]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One rule given way: `key` as `families` names it. 'raise' a limit or 'lower' a minimum by `needed` to `limit`
    (EUR, measures, people), or 'drop' the rule. `together`: only with the others that are told."""

    key: str
    kind: Kind
    needed: float
    limit: float
    unit: Unit
    together: bool = False


def relaxations(result: Result, task: PlanTask, *, seconds: float = 5.0) -> tuple[Relaxation, ...]:
    """The smallest change of each single rule that lets a plan exist, all other rules kept; where no single one does,
    the set that changes the rules least in proportion to their limits. Empty where there is a plan already, and where
    the time did not suffice.

    Raises InputError as `plan`.
    """
    ready = prepare(result, task)
    if search(ready.problem, np.zeros_like(ready.problem.worth), ready.problem.rows, seconds, 1.0).x.size:
        return ()
    names = [name for name in families(ready.rows) if not name.startswith("once.")]
    singles = [found for name in names if (found := _relaxed(ready, [name], seconds))]
    if singles:
        return tuple(one for found in singles for one in found)
    return tuple(replace(one, together=True) for one in _relaxed(ready, names, seconds))


def _relaxed(ready: Prepared, names: Sequence[str], seconds: float) -> tuple[Relaxation, ...]:
    """What the named rules give way by, together, as little as possible; empty where that does not help."""
    problem, first = ready.problem, len(ready.problem.worth)
    columns = {name: first + place for place, name in enumerate(names)}
    rows = [_elastic(row, columns[family(row.key)]) if family(row.key) in columns else row for row in problem.rows]
    goal = np.zeros(first + len(names))
    for name in names:
        goal[columns[name]] = 1.0 / _scale(ready.rows, name)
    found = search(widened(problem, len(names)), goal, rows, seconds, 0.0)
    if not found.x.size:
        return ()
    return tuple(
        _told(ready.rows, name, float(found.x[columns[name]])) for name in names if found.x[columns[name]] > NOTHING
    )


def _elastic(row: Row, column: int) -> Row:
    """The row with a column that takes up what it is broken by."""
    if row.penalty is not None:
        return row
    return replace(row, terms={**row.terms, column: -1.0 if row.high < inf else 1.0})


def _of(rows: Iterable[Row], name: str) -> Row:
    return next(row for row in rows if family(row.key) == name)


def _scale(rows: Iterable[Row], name: str) -> float:
    """What counts as one whole change: the limit itself, or one measure."""
    row = _of(rows, name)
    return max(abs(row.high), 1.0) if row.unit in ("eur", "fte") and row.high < inf else 1.0


def _told(rows: Iterable[Row], name: str, by: float) -> Relaxation:
    row = _of(rows, name)
    scale = 1000.0 if row.unit == "eur" else 1.0
    if name.partition(".")[0] in ("must", "mandatory", "never", "start", "requires", "excludes"):
        return Relaxation(name, "drop", 0.0, 0.0, "")
    if row.high < inf:
        return Relaxation(name, "raise", _up(scale * by, row.unit), _up(scale * (row.high + by), row.unit), row.unit)
    fewer = _up(by, row.unit)
    return Relaxation(name, "lower", fewer, row.low - fewer, row.unit)


def _up(amount: float, unit: Unit) -> float:
    """Rounded up to what can be said: cents, whole measures, hundredths of a person."""
    step = 1.0 if unit == "measures" else 100.0
    return float(np.ceil(amount * step - 1e-4) / step)
