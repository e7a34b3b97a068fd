"""Whether the order hangs on the list, method by method: who changes places with one measure less or more."""

from collections.abc import Sequence

import pandas as pd

from mcda.checks.list_probes import Change
from mcda.locale import text
from mcda.report.exhibits.setting import method_name
from mcda.robustness.reversal import RankReversal

NOTHING = "–"


def reversal_table(found: Sequence[RankReversal], language: str) -> pd.DataFrame:
    """One row per method: whether others change places, whether the first place moves, and an example."""
    rows = [
        (
            method_name(one.method, language),
            _changed(one, language),
            _first(one, language),
            _example(one.examples[0], language) if one.examples else NOTHING,
        )
        for one in found
    ]
    names = ("method", "changed", "first", "example")
    return pd.DataFrame(rows, columns=[text(f"reversal.column.{name}", language) for name in names])


def _changed(one: RankReversal, language: str) -> str:
    if one.by_construction:
        return text("reversal.by_construction", language)
    if not one.tried:
        return text("reversal.untried", language)
    return text("reversal.changed" if one.changed else "reversal.never", language, changed=one.changed, tried=one.tried)


def _first(one: RankReversal, language: str) -> str:
    if not one.by_construction and not one.tried:
        return NOTHING
    if not one.first_moved:
        return text("reversal.first_kept", language)
    return text("reversal.first_moved", language, count=one.first_moved)


def _example(change: Change, language: str) -> str:
    """Who gets ahead of whom on which list; nothing where nobody does."""
    if not change.example:
        return NOTHING
    behind, ahead = change.example
    kind, measure = change.probe.kind, change.probe.measure
    return text(f"reversal.{kind}", language, measure=measure, ahead=ahead, behind=behind)
