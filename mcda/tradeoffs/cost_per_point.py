"""What one more point of benefit costs, from one option to the next."""

from collections.abc import Sequence
from itertools import pairwise


def cost_per_point(benefit: Sequence[float], extra_cost: Sequence[float]) -> tuple[float, ...]:
    """What each further point of benefit costs along a list of ever better and dearer options, in EUR per point.

    `benefit` (n,) in points, rising strictly; `extra_cost` (n-1,) in EUR from each option to the next. One option has
    no next: no figures. Raises ValueError for lengths that do not fit or benefits that do not rise.
    Source: Goodwin & Wright, Decision Analysis for Management Judgment, ch. 3 (trading benefits against costs).
    """
    rises = [after - before for before, after in pairwise(benefit)]
    if len(rises) != len(extra_cost) or any(not rise > 0 for rise in rises):
        raise ValueError("benefits must rise, with one extra cost for each step")
    return tuple(cost / rise for cost, rise in zip(extra_cost, rises, strict=True))
