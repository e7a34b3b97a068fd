"""Shares of situations as whole per cents that never claim too much: 0 and 100 % are said of none and all alone."""

from collections.abc import Sequence
from functools import lru_cache

from mcda.locale.formats import percent


def share_percent(share: float, language: str) -> str:
    """'37 %'; '< 1 %' and '> 99 %' where rounding would make it nothing or everything."""
    points = round(100 * share)
    if points == 0 and share > 0:
        return f"< {_whole(1, language)}"
    if points == 100 and share < 1:
        return f"> {_whole(99, language)}"
    return _whole(points, language)


def whole_percents(parts: Sequence[float]) -> list[int]:
    """Parts of 1 as whole percent that still sum to 100: the largest remainders get what is left."""
    whole = [int(100 * part + 1e-9) for part in parts]
    rest = sorted(range(len(parts)), key=lambda i: round(whole[i] - 100 * parts[i], 9))
    return [n + (i in rest[: 100 - sum(whole)]) for i, n in enumerate(whole)]


@lru_cache(maxsize=512)
def _whole(points: int, language: str) -> str:
    return percent(points / 100, language)
