"""How sure each place is, kept for the results last asked about: papers for eight councils need it eight times."""

from functools import lru_cache

from mcda.report.exhibits.result_key import ResultKey
from mcda.result import Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels


def labels_once(result: Result) -> Labels | None:
    """The labels with the usual settings; None for a method that has none and for a single measure."""
    if not has_labels(result) or len(result.ranking) < 2:
        return None
    return _found(ResultKey(result))


@lru_cache(maxsize=4)
def _found(key: ResultKey) -> Labels:
    return robustness_labels(key.result)
