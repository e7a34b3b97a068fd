"""How sure each place is, kept for the results last asked about: papers for eight councils need it eight times."""

import json
from functools import lru_cache

from mcda.result import Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels


def labels_once(result: Result) -> Labels | None:
    """The labels with the usual settings; None for a method that has none and for a single measure."""
    if not has_labels(result) or len(result.ranking) < 2:
        return None
    return _found(_Key(result))


class _Key:
    """A result by what makes its labels: study and scenario."""

    __slots__ = ("parts", "result")

    def __init__(self, result: Result) -> None:
        self.result = result
        self.parts = (result.study.input_hash, json.dumps(result.provenance.scenario, sort_keys=True), result.method)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


@lru_cache(maxsize=4)
def _found(key: _Key) -> Labels:
    return robustness_labels(key.result)
