"""What a sensitivity analysis has to warn of: a fragile first place, no clear winner, too few draws (V23 to V25)."""

from collections.abc import Iterator, Sequence

from mcda.errors import Finding, Param, Where
from mcda.result import Result
from mcda.robustness.smaa import Acceptability
from mcda.robustness.stability import FRAGILE, StabilityInterval

FEW_POINTS = 5.0
"""A first place that falls when so few points of weight are moved is fragile (V23, a product default)."""
CLEAR = 0.5
"""A first place held in less than this share of the weightings is not clear (V24, a product default)."""
AHEAD = 0.6
"""Nor is one that beats the second in less than this share (V24, a product default)."""
LARGEST_ERROR = 0.01
"""Shares are told to whole percents: a standard error above one point blurs them (V25, a product default)."""


def fragile(
    result: Result,
    intervals: Sequence[StabilityInterval],
    points: float | None = None,
    *,
    few: float = FEW_POINTS,
    room: float = FRAGILE,
) -> Iterator[Finding]:
    """V23: a weight whose stability interval of first place ends nearer than `room` (0..1) to it, or a first place
    that falls when fewer than `few` points move (`points`: the smallest such move, None where there is none)."""
    first = [one for one in intervals if one.kept == "first" and one.room < room]
    nearest = min(first, key=lambda one: one.room, default=None)
    leader = result.ranking[0].measure
    if points is not None and points < few:
        told: dict[str, Param] = {"measure": leader, "points": round(points, 1)}
        yield Finding("fragile_points", "warning", Where("measures"), told)
    if nearest is not None:
        told = {"measure": leader, "criterion": nearest.criterion, "points": round(100 * nearest.room, 1)}
        yield Finding("fragile_weight", "warning", Where("criteria", column="weight"), told)


def no_clear_winner(
    result: Result, found: Acceptability, ahead: float | None = None, *, clear: float = CLEAR, lead: float = AHEAD
) -> Iterator[Finding]:
    """V24: the first is first in a smaller share than `clear` of the weightings considered, or is ahead of the second
    in a smaller one than `lead` (`ahead`: pairwise winning index of first over second, None without a second)."""
    leader = result.ranking[0].measure
    share = float(found.shares[found.measures.index(leader), 0])
    if share < clear:
        told: dict[str, Param] = {"measure": leader, "percent": round(100 * share)}
        yield Finding("no_clear_winner", "warning", Where("measures"), told)
    if ahead is not None and ahead < lead and len(result.ranking) > 1:
        told = {"measure": leader, "other": result.ranking[1].measure, "percent": round(100 * ahead)}
        yield Finding("hardly_ahead", "warning", Where("measures"), told)


def sampling_error(found: Acceptability, *, largest: float = LARGEST_ERROR) -> Iterator[Finding]:
    """V25: so few draws that a share may be off by more than `largest` (one standard error)."""
    error = 0.5 / found.draws**0.5  # of a share of one half: what was seen may be all or nothing by chance
    if error > largest:
        told = {"draws": found.draws, "percent": round(100 * error, 1)}
        yield Finding("too_few_draws", "note", Where("scenario", column="draws"), told)
