"""How sure each place is, kept for the results last asked about: papers for eight councils need it eight times."""

from collections.abc import Mapping
from functools import lru_cache

from mcda.portfolio import Plan
from mcda.report.exhibits.plan_doubts import plan_doubts
from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels


def labels_once(result: Result, made: Plan | None = None) -> Labels | None:
    """The labels with the usual settings; None for a method that has none and for a single measure. With a plan made on
    this result they know how near its budget line is."""
    if not has_labels(result) or len(result.ranking) < 2:
        return None
    doubts: Mapping[str, float] | None = plan_doubts(result, made)
    return _found(ResultKey(result), None if doubts is None else tuple(doubts.items()))


@lru_cache(maxsize=4)
def _found(key: ResultKey, doubts: tuple[tuple[str, float], ...] | None) -> Labels:
    return robustness_labels(key.result, budget_doubts=None if doubts is None else dict(doubts))
