"""The plan's problem handed to scipy's HiGHS: the best sum of values within the rows, with the gap that is proven."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from mcda.portfolio.options import Offered
from mcda.portfolio.rules import Row
from mcda.portfolio.task import Synergy
from mcda.result import Array

Status = Literal["optimal", "feasible", "infeasible", "no_answer"]
"""'optimal' only at a gap of OPTIMAL or less; 'feasible' is the best found in time; 'no_answer': none in time."""

OPTIMAL = 1e-4
"""Up to this share of its value a plan may lie below the bound and still be called the best one."""

MOST_NODES = 2**31 - 1
"""No limit, as the solver writes it."""

TIE = 1e-7
"""Values within this share count as equal when the cheapest of the best is looked for."""


EXACT = 2e-6
"""A limit in thousands of euros is kept within this: a fifth of a cent."""

COVERS = 100
"""So often at most is searched again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Columns: the options, then one for each synergy, then one slack for each soft row. Maximise `worth` @ x subject
    to `rows` over all columns; the first `options` columns are 0 or 1. `cost`: what is minimised among the best."""

    worth: Array
    cost: Array
    rows: tuple[Row, ...]
    options: int
    slacks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Solved:
    """`x` (columns,), empty without an answer. `objective` is what was reached, `bound` what no plan exceeds; `value`
    the part of the objective that is not a penalty. `gap` = (bound - objective) / value, 0 where nothing is left.
    `ended`: the search came to its end, whatever its goal was.
    """

    status: Status
    x: Array
    objective: float
    bound: float
    value: float
    gap: float
    ended: bool = False


def problem_of(offer: Offered, rows: Sequence[Row], synergies: Sequence[Synergy] = ()) -> Problem:
    """The options with their values, joined by the rows."""
    worth = [_worth(offer, number) for number in range(len(offer.options))]
    cost = [float(option.whole) / 1000.0 for option in offer.options]
    made, slacks = list(rows), {}
    of_measure: dict[str, list[int]] = {}
    for number, option in enumerate(offer.options):
        of_measure.setdefault(option.measure, []).append(number)
    for pair in synergies:
        made += _joined(pair, of_measure, len(worth))
        worth.append(pair.points)
    for place, row in enumerate(made):
        if row.penalty is not None:
            slacks[row.key] = len(worth)
            made[place] = replace(row, terms={**row.terms, len(worth): 1.0})
            worth.append(-row.penalty)
    extra = len(worth) - len(cost)
    return Problem(np.array(worth), np.array(cost + [0.0] * extra), tuple(made), len(cost), slacks)


def _worth(offer: Offered, number: int) -> float:
    option = offer.options[number]
    points = offer.values[option.measure]
    return points * option.factor if points > 0 else points


def _joined(pair: Synergy, of_measure: Mapping[str, list[int]], column: int) -> tuple[Row, ...]:
    """1 if both are in: held down where that is worth something, held up where it costs."""
    a, b = (dict.fromkeys(of_measure.get(name, ()), 1.0) for name in (pair.a, pair.b))
    key = f"synergy.{pair.a}.{pair.b}"
    if pair.points < 0:
        return (Row(key, {**a, **b, column: -1.0}, high=1.0),)
    return tuple(Row(key, {column: 1.0, **dict.fromkeys(one, -1.0)}, high=0.0) for one in (a, b))


def solve(
    problem: Problem, *, seconds: float = 20.0, gap: float = 1e-6, cheapest: bool = True, nodes: int | None = None
) -> Solved:
    """The best plan, of equally good ones the one with the least own money over the measures' lives (`cheapest`).

    `seconds` for the search of the best and again for that of the cheapest; `gap`: the share of the value the
    search may stop at; `nodes`: so many nodes of each search at most, the same on every machine. Source: Beale &
    Tomlin's branch and bound as in HiGHS (Huangfu & Hall 2018).
    """
    best = search(problem, -problem.worth, problem.rows, seconds, gap, nodes)
    if best.ended and best.value > 0 and best.gap > gap:  # penalties hid what is open about the value
        tight = gap * best.value / max(abs(best.objective), best.value)
        best = search(problem, -problem.worth, problem.rows, seconds, tight, nodes)
    if best.status in ("infeasible", "no_answer") or not cheapest:
        return best
    floor = best.objective - TIE * max(1.0, best.value)
    kept = Row("best", {n: float(w) for n, w in enumerate(problem.worth) if w}, low=floor)
    second = search(problem, problem.cost, (*problem.rows, kept), seconds, 0.0, nodes)
    if not second.x.size:
        return best
    reached = float(problem.worth @ second.x)
    return solved_by(problem, second.x, max(best.bound, reached))


def search(
    problem: Problem, goal: Array, rows: Sequence[Row], seconds: float, gap: float, nodes: int | None = None
) -> Solved:
    """What minimises `goal` (columns,) within `rows`; told in the problem's own worth, so `bound` and `gap` mean
    something only where the goal is to maximise that.

    The solver takes 0.999999 for 1, which is a euro of a million. Options that together exceed a limit once they are
    whole are forbidden together (a cover inequality, Balas 1975), and it searches again.
    """
    held = list(rows)
    for _ in range(COVERS):
        found = _once(problem, goal, held, seconds, gap, nodes)
        covers = [cover for row in rows if (cover := _cover(problem, row, found.x)) is not None] if found.x.size else []
        if not covers:
            return found
        held += covers
    return Solved("no_answer", np.zeros(0), -inf, inf, -inf, inf)


def _cover(problem: Problem, row: Row, x: Array) -> Row | None:
    """The row that forbids what together exceeds this one, None where it is kept."""
    if row.high == inf or sum(size * x[n] for n, size in row.terms.items()) <= row.high + EXACT:
        return None
    taken = [n for n, size in row.terms.items() if size > 0 and n < problem.options and x[n] > 0.5]
    others = any(size < 0 for size in row.terms.values()) or any(n >= problem.options for n in row.terms)
    return None if others else Row(f"cover.{row.key}", dict.fromkeys(taken, 1.0), high=len(taken) - 1.0)


def _once(problem: Problem, goal: Array, rows: Sequence[Row], seconds: float, gap: float, nodes: int | None) -> Solved:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    count = len(problem.worth)
    used = [row for row in rows if row.terms or not row.low <= 0.0 <= row.high]
    if any(not row.terms for row in used):
        return Solved("infeasible", np.zeros(0), -inf, -inf, -inf, inf)
    if not count:
        return solved_by(problem, np.zeros(0), 0.0)
    places = [(r, c, size) for r, row in enumerate(used) for c, size in row.terms.items()]
    r, c, size = zip(*places, strict=True) if places else ((), (), ())
    matrix = coo_array((np.array(size, dtype=np.float64), (r, c)), shape=(len(used), count)).tocsr()
    upper = np.full(count, inf)
    upper[: problem.options] = 1.0
    whole = np.ones(count, dtype=np.int64)
    whole[problem.options :] = 0
    limits = LinearConstraint(matrix, [row.low for row in used], [row.high for row in used])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # an option scipy hands on unknown
        found = milp(
            goal,
            constraints=limits if used else None,
            integrality=whole,
            bounds=Bounds(np.zeros(count), upper),
            options={"time_limit": seconds, "mip_rel_gap": gap, "node_limit": MOST_NODES if nodes is None else nodes},
        )
    if found.x is None:
        status: Status = "infeasible" if found.status == 2 else "no_answer"
        return Solved(status, np.zeros(0), -inf, inf, -inf, inf)
    x = np.array(found.x, dtype=np.float64)
    counted = (np.arange(count) < problem.options) | (problem.worth != 0.0)  # the rows keep synergies and misses whole
    x[counted] = np.round(x[counted])
    proven: float | None = found.mip_dual_bound
    if proven is None and found.status == 0 and not problem.options:  # nothing whole to search for: the answer is exact
        proven = found.fun
    bound = -float(proven) if proven is not None else inf
    return replace(solved_by(problem, x, bound), ended=found.status == 0)


def widened(problem: Problem, count: int) -> Problem:
    """The problem with more columns that are worth and cost nothing, at least 0."""
    more = np.zeros(count)
    return replace(problem, worth=np.concatenate([problem.worth, more]), cost=np.concatenate([problem.cost, more]))


def solved_by(problem: Problem, x: Array, bound: float) -> Solved:
    """A solution (columns,) with what it is worth, and how far the bound is from it."""
    if not x.size:
        return Solved("optimal", x, 0.0, 0.0, 0.0, 0.0)
    objective = float(problem.worth @ x)
    missed = sum(float(problem.worth[column] * x[column]) for column in problem.slacks.values())
    value = objective - missed
    open_part = max(bound - objective, 0.0)
    gap = 0.0 if open_part <= 1e-6 else open_part / value if value > 0 else inf
    return Solved("optimal" if gap <= OPTIMAL else "feasible", x, objective, bound, value, gap)
