"""Gates before scores: who does not compete, and why. Nothing is dropped silently."""

from collections.abc import Mapping

from mcda.result import DecisionMatrix, Gated
from mcda.study.model import Criterion, Measure, Study

CLOSED = ("done", "dropped")


def gate(study: Study, matrix: DecisionMatrix) -> tuple[Gated, ...]:
    """Mandatory tasks (own list), then measures excluded by a knock-out, a closed status or a minimum level.

    A measure misses a minimum level only if even the best end of its interval does; an open rating does not
    exclude. All reasons of a measure are kept, in catalogue order.
    """
    return tuple(found for measure in study.measures for found in _gates(study, matrix, measure))


def _gates(study: Study, matrix: DecisionMatrix, measure: Measure) -> list[Gated]:
    found: list[Gated] = []
    if measure.mandatory:
        found.append(Gated(measure.id, True, "mandatory", {}))
    if measure.knock_out:
        found.append(Gated(measure.id, False, "knock_out", {"reason": measure.knock_out}))
    if measure.status in CLOSED:
        found.append(Gated(measure.id, False, "closed", {"status": measure.status}))
    row = matrix.measures.index(measure.id)
    for column, leaf in enumerate(matrix.leaves):
        criterion = study.criterion_by_id[leaf]
        level = float(matrix.raw[row, column])
        open_interval = matrix.low[row, column] < matrix.high[row, column]
        if criterion.minimum is not None and not open_interval and _misses(criterion, level):
            params: Mapping[str, str | float] = {"criterion": leaf, "value": level, "minimum": criterion.minimum}
            found.append(Gated(measure.id, False, "minimum_level", params))
    return found


def _misses(criterion: Criterion, level: float) -> bool:
    assert criterion.minimum is not None
    return level < criterion.minimum if criterion.sense == "max" else level > criterion.minimum
