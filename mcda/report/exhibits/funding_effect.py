"""What grants do to the ranking, as tables: with and without them, programme by programme, own contribution instead."""

from collections.abc import Sequence

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import money
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.programmes import programme_name
from mcda.result import Result
from mcda.robustness.grants import Closure, RankChange, hanging_on_one


def moved_text(moved: int, language: str) -> str:
    """How far a measure moves, as sign and words: '▲ 3 höher', '▼ 2 tiefer', '= gleich'."""
    if moved == 0:
        return text("funding.effect.same", language)
    return text(f"funding.effect.{'up' if moved > 0 else 'down'}", language, places=abs(moved))


def change_table(
    changes: Sequence[RankChange], result: Result, language: str, second: str, *, only_moved: bool = False
) -> pd.DataFrame:
    """Each measure's place today and in the other view, in today's order. `second` heads the other view's column."""
    rows = [
        (
            _named(result, change.measure, language),
            str(change.rank),
            str(change.other_rank),
            moved_text(change.moved, language),
        )
        for change in changes
        if change.moved or not only_moved
    ]
    heads = (*_heads(language, "measure", "rank_today"), second, text("funding.effect.moved", language))
    return pd.DataFrame(rows, columns=list(heads))


def change_sentence(changes: Sequence[RankChange], language: str) -> str:
    """How many places change in all, and how far the one that moves most."""
    moved = [abs(change.moved) for change in changes if change.moved]
    if not moved:
        return text("funding.effect.nothing_moves", language)
    return text("funding.effect.moves", language, count=len(moved), all=len(changes), most=max(moved))


def closure_table(closures: Sequence[Closure], result: Result, language: str) -> pd.DataFrame:
    """Per programme: the money lost if it closes, for how many measures, and how many places change; most money
    first."""
    rows = [
        (
            programme_name(result.study, closure.programme, language),
            money(closure.lost, language, cents=False),
            str(len(closure.measures)),
            str(len(closure.changes)),
        )
        for closure in by_loss(closures)
    ]
    return pd.DataFrame(rows, columns=_heads(language, "programme", "lost", "paid", "changes"))


def by_loss(closures: Sequence[Closure]) -> list[Closure]:
    """The programmes whose end costs most first."""
    return sorted(closures, key=lambda closure: -closure.lost)


def hanging_table(closures: Sequence[Closure], result: Result, language: str) -> pd.DataFrame:
    """The measures that fall if one programme closes: which programme, and from which place to which.

    The deepest fall first; a measure that two programmes hold up separately has a row for each.
    """
    places = {(c.programme, change.measure): change for c in closures for change in c.changes}
    found = [
        (places[programme, measure], programme)
        for measure, programmes in hanging_on_one(closures).items()
        for programme in programmes
    ]
    rows = [
        (
            _named(result, change.measure, language),
            programme_name(result.study, programme, language),
            str(change.rank),
            str(change.other_rank),
            moved_text(change.moved, language),
        )
        for change, programme in sorted(found, key=lambda pair: (pair[0].moved, pair[0].rank))
    ]
    return pd.DataFrame(rows, columns=_heads(language, "measure", "programme", "rank_today", "rank_after", "moved"))


def _named(result: Result, measure: str, language: str) -> str:
    return f"{measure} · {title_of(result.study.measure_by_id[measure], language)}"


def _heads(language: str, *names: str) -> list[str]:
    return [text(f"funding.effect.{name}", language) for name in names]
