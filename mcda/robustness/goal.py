"""What a measure is meant to reach: to pass certain rivals, or a place among the first so many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.methods import method
from mcda.ranking import quantise
from mcda.result import Array, Result

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Goal:
    """`target` strictly ahead of every one of `rivals`; without rivals, at most `top` - 1 others at or above it."""

    target: str
    rivals: tuple[str, ...] = ()
    top: int = 1


def goal_of(result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1) -> Goal:
    """The goal of a measure: to beat one rival or several, or (none given) to be among the first `top`.

    Raises InputError for measures that are not ranked, a rival that is the target itself, a place below 1.
    """
    names = (rivals,) if isinstance(rivals, str) else tuple(dict.fromkeys(rivals))
    known = result.matrix.measures
    strange = [name for name in (target, *names) if name not in known]
    issues = [_unknown(name, known) for name in strange]
    if target in names:
        issues.append(_unknown(target, tuple(m for m in known if m != target)))
    if top < 1:
        issues.append(Issue("out_of_range", params={"value": top, "allowed": "≥ 1"}))
    if issues:
        raise InputError(issues)
    return Goal(target, names, top)


def _unknown(name: str, known: tuple[str, ...]) -> Issue:
    hint: dict[str, Param] = {"value": name, "allowed": known, "nearest": nearest(name, known)}
    return Issue("unknown_id", where=Where("measures"), params=hint)


def others_of(result: Result, goal: Goal) -> tuple[str, ...]:
    """Who counts against the target: its rivals, or everybody else."""
    return goal.rivals or tuple(m for m in result.matrix.measures if m != goal.target)


def needed_of(result: Result, goal: Goal) -> int:
    """How many of them it must pass."""
    others = len(others_of(result, goal))
    return others if goal.rivals else max(others - goal.top + 1, 0)


def bar(result: Result, goal: Goal) -> float:
    """The score the target must exceed while the others keep theirs; minus infinity where nobody stands before it."""
    scores = {line.measure: line.score for line in result.ranking}
    ordered = sorted(scores[m] for m in others_of(result, goal))
    needed = needed_of(result, goal)
    return ordered[needed - 1] if needed else -np.inf


def reached(result: Result, goal: Goal) -> bool:
    """Whether the target is there already: ahead of all rivals, or on a place (shared or not) among the first."""
    line = next(line for line in result.ranking if line.measure == goal.target)
    return line.score > bar(result, goal) if goal.rivals else line.rank <= goal.top


def alike(result: Result, goal: Goal) -> tuple[str, ...]:
    """Those of the others whom nothing tells from the target: the same value on every criterion."""
    matrix, row = result.matrix, result.matrix.measures.index(goal.target)
    same = np.all(matrix.values == matrix.values[row], axis=1)
    return tuple(m for m in others_of(result, goal) if same[matrix.measures.index(m)])


def wins(result: Result, goal: Goal) -> Callable[[Array], Flags]:
    """A test of leaf weights (k, n): whether the target reaches its goal under each. For methods on fixed bounds."""
    matrix, chosen, others = result.matrix, method(result.method), others_of(result, goal)
    rows = [matrix.measures.index(m) for m in (goal.target, *others)]
    raw, values = matrix.raw[rows], matrix.values[rows]
    part = replace(matrix, measures=(goal.target, *others), raw=raw, values=values, low=values, high=values)
    needed = needed_of(result, goal)

    def test(weights: Array) -> Flags:
        scores = quantise(chosen.score(part, weights / weights.sum(axis=1, keepdims=True)))
        return np.asarray((scores[:, :1] > scores[:, 1:]).sum(axis=1) >= needed)

    return test


def scores_of(result: Result, target: str, values: Array) -> Array:
    """The scores (k,), as they count for ranks, of one measure if its values were `values` (k, n): the others' scores
    stay. For methods on fixed bounds."""
    matrix, row = result.matrix, result.matrix.measures.index(target)
    names = (target,) * len(values)
    raw = np.tile(matrix.raw[row], (len(values), 1))
    variants = replace(matrix, measures=names, raw=raw, values=values, low=values, high=values)
    return quantise(method(result.method).score(variants, result.weights.leaf[None, :])[0])
