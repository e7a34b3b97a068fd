"""What the scale of a criterion decides: linear against logarithmic, bounds moved; every choice beside the present."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mcda.errors import InputError
from mcda.evaluate import evaluate
from mcda.rank_correlation import tau_b
from mcda.result import Result
from mcda.study.model import Criterion

Choice = Literal["linear", "logarithmic", "best_out", "best_in", "worst_out", "worst_in"]

SHIFT = 0.1
"""Bounds are moved by this share of the span between them (of its logarithm on a logarithmic scale)."""


@dataclass(frozen=True, slots=True)
class ValueChoice:
    """One other scale of one criterion, and what it changes against the present ranking.

    `best` and `worst` are its bounds. `moved`: measures with another rank; `furthest`: the longest way of one of them,
    `measure` which. `first_kept` and `top_kept`: the same measures in first place, among the first `top`. `tau` is
    Kendall's tau-b of both orders.
    """

    criterion: str
    choice: Choice
    value_function: str
    best: float
    worst: float
    moved: int
    furthest: int
    measure: str
    first_kept: bool
    top: int
    top_kept: bool
    tau: float


def value_choices(result: Result, top: int = 10, shift: float = SHIFT) -> tuple[ValueChoice, ...]:
    """The ranking under other scales, one change at a time, criterion by criterion.

    Computed criteria with positive bounds are tried linear and logarithmic; of every criterion without a curve of its
    own either bound is moved outwards, and inwards as far as no level would be cut off. Weights stay as they are, so a
    wider scale also makes its steps smaller: that is what a bound decides. Bounds below nothing for what is computed,
    and scales that break the study's rules, are left out. Raises MethodError when the method has no answer.
    """
    if not 0 < shift < 1:
        raise ValueError(f"shift must lie between 0 and 1, not {shift}")
    found = []
    for leaf in (result.study.criterion_by_id[leaf] for leaf in result.matrix.leaves):
        for choice, other in _others(result, leaf, shift):
            criteria = tuple(other if c.id == leaf.id else c for c in result.study.criteria)
            try:
                changed = evaluate(result.study.model_copy(update={"criteria": criteria}), result.scenario)
            except InputError:
                continue
            found.append(_compared(result, changed, other, choice, top))
    return tuple(found)


def _others(result: Result, leaf: Criterion, shift: float) -> Iterator[tuple[Choice, Criterion]]:
    """The criterion with another function or one bound moved."""
    best, worst = leaf.best, leaf.worst
    if best is None or worst is None or leaf.value_function == "piecewise":
        return
    if leaf.kind == "computed" and min(best, worst) > 0:
        other: Choice = "linear" if leaf.value_function == "logarithmic" else "logarithmic"
        yield other, leaf.model_copy(update={"value_function": other})
    levels = result.matrix.raw[:, result.matrix.leaves.index(leaf.id)]
    ends = {"best": (best, worst), "worst": (worst, best)}
    for name, (bound, opposite) in ends.items():
        for way in ("out", "in"):
            to = _moved(bound, opposite, shift if way == "out" else -shift, leaf.value_function == "logarithmic")
            if way == "in" and _cut_off(levels, to, opposite):
                continue
            if leaf.quantity is not None and to < 0 <= min(best, worst):
                continue  # no cost, grant or post is below nothing
            yield f"{name}_{way}", leaf.model_copy(update={name: to})  # type: ignore[misc]


def _moved(bound: float, opposite: float, shift: float, logarithmic: bool) -> float:
    if logarithmic:
        return float(bound * (bound / opposite) ** shift)
    return bound + shift * (bound - opposite)


def _cut_off(levels: np.ndarray, bound: float, opposite: float) -> bool:
    """Whether some level lies beyond a bound."""
    return bool((levels > bound).any() if bound > opposite else (levels < bound).any())


def _compared(result: Result, changed: Result, leaf: Criterion, choice: Choice, top: int) -> ValueChoice:
    before = {line.measure: line.rank for line in result.ranking}
    after = {line.measure: line.rank for line in changed.ranking if line.measure in before}
    ways = {m: abs(rank - before[m]) for m, rank in after.items()}
    furthest = max(ways, key=lambda m: ways[m])

    def among(ranks: dict[str, int], most: int) -> set[str]:
        return {m for m, rank in ranks.items() if rank <= most}

    assert leaf.best is not None  # only criteria with bounds are tried
    assert leaf.worst is not None
    return ValueChoice(
        criterion=leaf.id,
        choice=choice,
        value_function=leaf.value_function,
        best=leaf.best,
        worst=leaf.worst,
        moved=sum(way > 0 for way in ways.values()),
        furthest=ways[furthest],
        measure=furthest if ways[furthest] else "",
        first_kept=among(before, 1) == among(after, 1),
        top=top,
        top_kept=among(before, top) == among(after, top),
        tau=tau_b([before[m] for m in after], [after[m] for m in after]),
    )
