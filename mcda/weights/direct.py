"""Direct weights: points among siblings, and what a moved slider does to the others."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from mcda.errors import InputError
from mcda.result import Source, Weights
from mcda.weights.answers import by_label, points_issues
from mcda.weights.record import sibling_weights

TOTAL = 100.0

GRID = 2.0**-46
"""The spacing of floats just below 100: sums of its multiples up to 100 have no rounding at all."""


def elicit_direct(
    points: Mapping[str, float],
    items: Sequence[str],
    parent: str = "",
    elicitation: Literal["direct", "tradeoff"] = "direct",
) -> Weights:
    """What somebody says the siblings `items` weigh, in points of their own choice: 40 and 20 means twice as much.

    `points` by criterion id, 0 or more, in any unit and order; the weights come in the order of `items` and sum
    to 1. Equal points are equal weights, zero points no weight, one criterion has all of it. `elicitation` is
    "tradeoff" for points that came out of a corrected trade-off.
    Raises InputError with every issue: unknown, missing, negative or not a number, too large, all zero.
    Source: direct rating, von Winterfeldt & Edwards (1986), Decision Analysis and Behavioral Research, ch. 8.
    """
    points = by_label(points)
    if issues := points_issues(points, items):
        raise InputError(issues)
    return sibling_weights(items, [points[key] for key in items], Source(parent, elicitation))


def normalise(points: Mapping[str, float]) -> dict[str, float]:
    """Points as fractions among siblings, summing to 1 (up to one rounding of the last bit).

    Raises ValueError when a figure is negative, NaN or infinite, or when all are zero; the callers name the place.
    """
    total = sum(points.values())
    if not (0 < total < float("inf")) or any(not value >= 0 for value in points.values()):
        raise ValueError(f"points cannot be normalised: {dict(points)}")
    return {key: value / total for key, value in points.items()}


def shift(
    points: Mapping[str, float],
    moved: str,
    to: float,
    locked: Collection[str] = frozenset(),
    remembered: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The siblings' points after one slider moved: they sum to 100, the others give way in proportion.

    Locked siblings stay (a lock on the moved one itself does not hold it); free others that are all at zero share
    what is left as they last stood to each other (`remembered`), else equally. `to` is clamped to 0 and to what the
    locks leave; with no free sibling the moved one takes the rest. The sum is exact: all points are multiples of
    `GRID` (1.4e-14). Points that do not sum to 100 are first brought to it, locked ones included; all zero means
    equal parts.
    Raises KeyError for an unknown `moved`, ValueError for a target that is no number or points that are negative.
    """
    if moved not in points:
        raise KeyError(moved)
    if to != to:
        raise ValueError("the target is not a number")
    before = _to_total(points)
    held = sum(part for key, part in before.items() if key in locked and key != moved)
    free = {key: part for key, part in before.items() if key not in locked and key != moved}
    room = max(TOTAL - held, 0.0)
    target = min(max(to, 0.0), room) if free else room
    shares = free if any(free.values()) else {key: (remembered or {}).get(key, 0.0) for key in free}
    after = before | {moved: target} | _share(room - target, shares)
    return _exact(after, max(free, key=lambda key: after[key], default=moved), moved)


def _to_total(points: Mapping[str, float]) -> dict[str, float]:
    """Points scaled to sum to 100; all zero means equal parts. What sums to 100 already stays as it is."""
    if all(part == 0 for part in points.values()):
        return {key: TOTAL / len(points) for key in points}
    scaled = {key: part * TOTAL for key, part in normalise(points).items()}
    return dict(points) if abs(sum(points.values()) - TOTAL) < 1e-9 else scaled


def _share(amount: float, points: Mapping[str, float]) -> dict[str, float]:
    """An amount among siblings in proportion to their points, equally when all are zero."""
    total = sum(points.values())
    return {key: amount * part / total if total > 0 else amount / len(points) for key, part in points.items()}


def _exact(points: Mapping[str, float], largest: str, moved: str) -> dict[str, float]:
    """Points on the grid, where their sum is exact in any order; the rest of the rounding goes to the largest free
    sibling, or to the moved one when all free ones are at zero."""
    kept = {key: round(part / GRID) * GRID for key, part in points.items()}
    taker = largest if kept[largest] > 0 else moved
    return kept | {taker: max(TOTAL - sum(part for key, part in kept.items() if key != taker), 0.0)}
