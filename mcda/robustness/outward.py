"""Figures rounded as they are said, always to the side on which the statement stays true."""

import math
from collections.abc import Callable, Iterator

FINER = 3
"""So many further digits are tried where the rounded figure is not true."""

ENOUGH = 10
"""A figure is rounded by no more than this part of the change it states: 90 % of the change is then not enough."""


def exponent_for(change: float, coarsest: int, finest: int) -> int:
    """The power of ten a changed figure is rounded to: `coarsest`, or finer (to `finest`) where little changes."""
    if change <= 0:
        return finest
    return max(min(math.floor(math.log10(change / ENOUGH) + 1e-9), coarsest), finest)


def round_to(figure: float, exponent: int, *, up: bool) -> float:
    """The next multiple of 10 ** `exponent` at or above (or below) the figure."""
    scaled = figure / 10**exponent if exponent >= 0 else figure * 10**-exponent
    steps = math.ceil(scaled - 1e-9) if up else math.floor(scaled + 1e-9)
    return float(steps * 10**exponent) if exponent >= 0 else steps / 10**-exponent


def said(
    exact: float, now: float, limit: float, coarsest: int, finest: int, true: Callable[[float], bool]
) -> float | None:
    """The figure to say for a change from `now` to `exact` or beyond, on the way to `limit`: the coarsest one that is
    `true`. None where not even the limit is."""
    for figure in _candidates(exact, now, limit, coarsest, finest):
        if true(figure):
            return figure
    return None


def significant(figure: float, digits: int = 3) -> int:
    """The power of ten of the last of so many significant digits."""
    return math.floor(math.log10(figure) + 1e-12) - digits + 1 if figure > 0 else 0


def _candidates(exact: float, now: float, limit: float, coarsest: int, finest: int) -> Iterator[float]:
    up = limit > now
    first = exponent_for(abs(exact - now), coarsest, finest)
    for exponent in range(first, max(finest, first - FINER) - 1, -1):
        rounded = round_to(exact, exponent, up=up)
        for more in range(3):
            step = more * 10.0**exponent
            figure = round_to(rounded + step if up else rounded - step, exponent, up=up)
            if figure != now and (figure <= limit if up else figure >= limit):
                yield figure
    yield limit
