"""One lesson as a record: what it is about, which studies, and its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

Topic = Literal["first", "grants", "money", "weights", "sure", "comparable"]
TOPICS: tuple[Topic, ...] = ("first", "grants", "money", "weights", "sure", "comparable")
"""What lessons are about, in the order they are told."""

MOST = 0.5
"""More than this share is 'most'."""

LEAST_FOR_MEDIAN = 3
"""With fewer regions there is no middle one, and none stands out."""

Fact = int | float | str | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. `code` with the prefix 'lesson.' is a key of the message catalogue.

    `params` carry facts for its sentence; their names say how it shows them: `*_eur` is money, `*_share` a fraction,
    `theme`, `category`, `criterion`, `programme`, `gate` and `reason` are ids, as are lists of them (`criteria`,
    `programmes`); `study`, `low_study`, `high_study` and `studies` are names of studies; `measures` and `regions` are
    counts told with their noun, the rest plain counts and words.
    """

    topic: Topic
    code: str
    params: Mapping[str, Fact] = field(default_factory=dict)


def span(table: pd.DataFrame, column: str) -> dict[str, Fact]:
    """The middle of a column of fractions, and its ends with the studies they belong to."""
    rows: Any = table
    low, high = rows.loc[table[column].idxmin()], rows.loc[table[column].idxmax()]
    return {
        "median_share": float(table[column].median()),
        "low_study": str(low["study"]),
        "low_share": float(low[column]),
        "high_study": str(high["study"]),
        "high_share": float(high[column]),
    }
