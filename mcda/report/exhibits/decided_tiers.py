"""Which tier each measure stands in once decisions count: the decided one, else that of its place."""

from collections.abc import Mapping

import numpy as np

from mcda.ranking import tiers
from mcda.result import Result
from mcda.workshop.room import Decision


def decided_tiers(result: Result, decisions: Mapping[str, Decision]) -> Mapping[str, int]:
    """The tier of every ranked measure, by id, from 1. A decided tier counts before a decided place (design D6)."""
    ranking = result.ranking
    found = tiers(
        np.array([line.rank_group for line in ranking], dtype=np.int64),
        np.array([line.rank for line in ranking], dtype=np.int64),
        [made.rank if (made := decisions.get(line.measure)) else None for line in ranking],
        result.study.study.tier_limits_pct,
    )
    computed = {line.measure: int(tier) for line, tier in zip(ranking, found, strict=True)}
    return computed | {
        name: made.tier for name, made in decisions.items() if made.tier is not None and name in computed
    }
