"""What other methods and other scales would make of the same ranking: compared side by side, never mixed."""

from collections.abc import Collection, Sequence
from itertools import combinations

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import fixed, percent
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.ranked_list import Cell, Column, Kind, Listing
from mcda.report.exhibits.sensitivity_lists import listing
from mcda.report.exhibits.setting import method_name
from mcda.report.exhibits.weight_lines import path_label
from mcda.result import Result
from mcda.robustness.method_agreement import MethodAgreement
from mcda.robustness.value_choices import ValueChoice

STRONG, FAIR = 0.9, 0.8
"""Kendall's tau-b from which two orders are nearly the same, and from which they are alike (product defaults)."""


def agreement_table(found: MethodAgreement, language: str) -> pd.DataFrame:
    """One row per other method: how alike its order is to the one in force, in a word and in figures."""
    rows = [
        (
            method_name(name, language),
            text(f"method_table.{_word(float(found.tau[0, i]))}", language),
            fixed(float(found.tau[0, i]), language, 2),
            fixed(float(found.ws[0, i]), language, 2),
            text("method_table.same" if found.overlap[1][0, i] == 1 else "method_table.other", language),
            *(percent(float(found.overlap[top][0, i]), language) for top in found.overlap if top > 1),
        )
        for i, name in enumerate(found.methods)
        if i
    ]
    heads = [text(f"method_table.column.{name}", language) for name in ("method", "word", "tau", "ws", "first")]
    heads += [text("method_table.column.top", language, top=top) for top in found.overlap if top > 1]
    return pd.DataFrame(rows, columns=heads)


def ranks_table(found: MethodAgreement, result: Result, shown: Sequence[str], language: str) -> pd.DataFrame:
    """The measures shown, in the order given, with their rank under every method and the span between them."""
    heads = [text("method_table.column.measure", language), *(method_name(name, language) for name in found.methods)]
    rows = []
    for measure in shown:
        at, (low, high) = found.measures.index(measure), found.rank_range(measure)
        span = str(low) if low == high else text("ui.sensitivity.rank_range", language, low=low, high=high)
        title = f"{measure} {title_of(result.study.measure_by_id[measure], language)}"
        rows.append((title, *(str(rank) for rank in found.ranks[:, at]), span))
    return pd.DataFrame(rows, columns=[*heads, text("method_table.column.span", language)])


def agreement_sentence(found: MethodAgreement, language: str) -> str:
    """Whether all methods put the same measures first, and how far the orders lie apart."""
    first = found.within(1)
    same = bool((first == first[0]).all())
    others = found.tau[0, 1:]
    if not len(others):
        return text("method_table.alone", language)
    figures = {"low": fixed(float(others.min()), language, 2), "high": fixed(float(others.max()), language, 2)}
    return text("method_table.all_first" if same else "method_table.not_all_first", language, **figures)


def agreement_pairs(found: MethodAgreement, language: str) -> pd.DataFrame:
    """Every method against every other, once: Kendall's tau-b and what it means in a word; furthest apart first."""
    names = [method_name(name, language) for name in found.methods]
    pairs = sorted(combinations(range(len(names)), 2), key=lambda pair: float(found.tau[pair]))
    rows = [
        (
            names[i],
            names[j],
            text(f"method_table.{_word(float(found.tau[i, j]))}", language),
            fixed(float(found.tau[i, j]), language, 2),
        )
        for i, j in pairs
    ]
    heads = [text(f"method_table.column.{name}", language) for name in ("method", "against", "word", "tau")]
    return pd.DataFrame(rows, columns=heads)


def apart_sentence(found: MethodAgreement, result: Result, language: str, most: int = 3) -> str:
    """The measures whose place hangs most on the method, each with its best and worst rank; empty without one."""
    told = []
    for measure in found.furthest_apart(most):
        low, high = found.rank_range(measure)
        title = title_of(result.study.measure_by_id[measure], language)
        told.append(text("method_table.place_range", language, measure=measure, title=title, low=low, high=high))
    return text("method_table.furthest", language, measures=tuple(told)) if told else ""


def unanswered(found: MethodAgreement, language: str) -> tuple[str, ...]:
    """Methods without an answer, each with its reason."""
    return tuple(
        text("method_table.without", language, method=method_name(name, language), reason=issue.sentence(language))
        for name, issue in found.without.items()
    )


def choices_table(found: Collection[ValueChoice], result: Result, language: str) -> pd.DataFrame:
    """One row per other scale: what it is, how many measures move, who moves furthest, whether the top is kept."""
    rows = [
        (
            path_label(result.study, one.criterion, language),
            text(f"value_choices.{one.choice}", language),
            str(one.moved),
            _furthest(one, language),
            text("method_table.same" if one.first_kept else "method_table.other", language),
            text("method_table.same" if one.top_kept else "method_table.other", language),
            fixed(one.tau, language, 2),
        )
        for one in found
    ]
    names = ("criterion", "choice", "moved", "furthest", "first", "top", "tau")
    top = next((one.top for one in found), 10)
    return pd.DataFrame(rows, columns=[text(f"value_choices.column.{name}", language, top=top) for name in names])


def agreement_listing(found: MethodAgreement, result: Result, language: str) -> Listing:
    """All measures with their rank under every method, for the workbook."""
    columns: list[tuple[str, Kind, int]] = [("id", "text", 9), ("title", "text", 40)]
    rows: list[tuple[Cell, ...]] = []
    for line in result.ranking:
        at, ends = found.measures.index(line.measure), found.rank_range(line.measure)
        title = title_of(result.study.measure_by_id[line.measure], language)
        rows.append((line.measure, title, *ends, *(int(rank) for rank in found.ranks[:, at])))
    columns += [("rank_best", "whole", 8), ("rank_worst", "whole", 8)]
    made = listing("agreement", columns, [row[:4] for row in rows], language)
    heads = tuple(Column(f"rank_{name}", method_name(name, language), "whole", 13) for name in found.methods)
    return Listing(made.title, (*made.columns, *heads), tuple(rows))


def _word(tau: float) -> str:
    return "nearly" if tau >= STRONG else "alike" if tau >= FAIR else "apart"


def _furthest(one: ValueChoice, language: str) -> str:
    if not one.measure:
        return "–"
    return text(
        f"value_choices.places{'_one' if one.furthest == 1 else ''}", language, measure=one.measure, count=one.furthest
    )
