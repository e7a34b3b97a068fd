"""What would have to be true for a measure to beat another, to come first or to be among the first so many."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.result import Result
from mcda.robustness.cost_needed import CostNeeded, cost_needed
from mcda.robustness.goal import Goal, alike, goal_of, needed_of, others_of, reached
from mcda.robustness.grant_needed import GrantNeeded, grant_needed
from mcda.robustness.rating_needed import RatingNeeded, ratings_needed
from mcda.robustness.weight_shift import WeightShift, weight_shift


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everything that would bring a measure to its goal, each change by itself.

    `already`: it is there. `equal`: those in its way that have the same value on every criterion, so that no weights
    part them. `weights`: None where the method offers none; `ratings`: the smallest change first; `cost` and `grant`:
    None where they do not count or cannot do it. Every figure is true as it is rounded.
    """

    goal: Goal
    already: bool
    equal: tuple[str, ...]
    weights: WeightShift | None
    ratings: tuple[RatingNeeded, ...]
    cost: CostNeeded | None
    grant: GrantNeeded | None


def what_if(result: Result, target: str, rivals: str | Sequence[str] = (), top: int = 1) -> WhatIf:
    """What brings `target` ahead of `rivals` or, with none given, among the first `top`.

    Raises InputError for measures that are not ranked, a rival that is the target itself, a place below 1.
    """
    goal = goal_of(result, target, rivals, top)
    same = alike(result, goal)
    return WhatIf(
        goal=goal,
        already=reached(result, goal),
        equal=same if len(same) > len(others_of(result, goal)) - needed_of(result, goal) else (),
        weights=weight_shift(result, target, goal.rivals, top),
        ratings=ratings_needed(result, target, goal.rivals, top),
        cost=cost_needed(result, target, goal.rivals, top),
        grant=grant_needed(result, target, goal.rivals, top),
    )
