"""How sure each place of a ranked list is: where it is asked for, and unasked as long as it goes quickly."""

from collections.abc import Sequence

from mcda.portfolio import Plan
from mcda.report.exhibits.labels_once import labels_once
from mcda.report.exhibits.ranked_list import asks_how_sure
from mcda.report.exhibits.sensitivity_short import LABELLED_UP_TO
from mcda.result import Result
from mcda.robustness.labels import Labels, has_labels, robustness_labels


def list_labels(result: Result, columns: Sequence[str], made: Plan | None = None) -> Labels | None:
    """The labels for a list of these columns, empty for the usual ones; None where it shows none or there are none.
    With a plan made on this result they know how near its budget line is."""
    asked = asks_how_sure(columns) or (not columns and len(result.ranking) <= LABELLED_UP_TO)
    if not asked or not has_labels(result):
        return None
    return labels_once(result, made) or robustness_labels(result)
