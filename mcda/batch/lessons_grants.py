"""Lessons on grants: how far they reach, on which programmes they hang, what is unclear, what nobody can use."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from mcda.batch.lessons_record import LEAST_FOR_MEDIAN, MOST, Fact, Lesson, span
from mcda.batch.side_by_side import SideBySide
from mcda.study.model import Verdict

LEAST_NAMED = 3
"""A programme named for fewer measures says nothing about its rules."""

ORDER = ("grant_concentrated", "rule_unclear", "programme_refused", "programme_unused")
"""What is told of single programmes: of each the one with the most measures in this order, then the rest likewise."""


def grant_lessons(found: SideBySide) -> Iterator[Lesson]:
    """What share of the cost grants cover, then programme by programme, then those nobody names."""
    table = found.regions[found.regions["grant_share"].notna()]
    if len(table):
        code = "grants_cover" if len(table) >= LEAST_FOR_MEDIAN else "grants_cover_two"
        yield Lesson("grants", code, span(table, "grant_share"))
    total = float(found.programmes["grant_eur"].sum())
    grouped = found.programmes.groupby("programme", sort=False)
    told = [(one, size) for name, rows in grouped for one, size in _programme(found, str(name), rows, total)]
    yield from _sorted(told)
    named = grouped["named"].sum()
    unnamed = tuple(str(name) for name in named.index[named == 0])
    if unnamed:
        yield Lesson("grants", "programmes_unnamed", {"programmes": unnamed, "count": len(unnamed)})


def _sorted(told: list[tuple[Lesson, int]]) -> list[Lesson]:
    ordered = [one for one, _ in sorted(told, key=lambda pair: (ORDER.index(pair[0].code), -pair[1]))]
    codes = [one.code for one in ordered]
    heads = [codes.index(code) for code in dict.fromkeys(codes)]
    return [*(ordered[at] for at in heads), *(one for at, one in enumerate(ordered) if at not in heads)]


def _programme(found: SideBySide, programme: str, rows: pd.DataFrame, total: float) -> Iterator[tuple[Lesson, int]]:
    """What is told of a programme that some region names, and of how many measures."""
    named, check, counted = (int(rows[column].sum()) for column in ("named", "check", "counted"))
    amount, regions = float(rows["grant_eur"].sum()), int((rows["named"] > 0).sum())
    about: dict[str, Fact] = {"programme": programme}
    if amount > MOST * total:
        brings: dict[str, Fact] = {"grant_eur": amount, "grant_share": amount / total, "measures": counted}
        brings["regions"] = int((rows["counted"] > 0).sum())
        yield Lesson("grants", "grant_concentrated", {**about, **brings}), counted
    if named >= LEAST_NAMED and check > MOST * named:
        counts = {"check": check, "named": named, "regions": regions}
        gate, times = _gates(found, programme, "check")[0]
        yield Lesson("grants", "rule_unclear", {**about, **counts, "gate": gate, "times": times}), check
    if named and not counted and not rows["loans"].sum():
        counts = {"measures": named, "regions": regions}
        gates = _gates(found, programme, "no")
        if gates:
            why: dict[str, Fact] = {"gate": gates[0][0], "times": gates[0][1]}
            yield Lesson("grants", "programme_refused", {**about, **counts, **why}), named
        else:
            yield Lesson("grants", "programme_unused", {**about, **counts}), named


def _gates(found: SideBySide, programme: str, verdict: Verdict) -> list[tuple[str, int]]:
    """For how many measures each gate of the programme answers so, the most frequent first; 'finding' where no gate
    does, but a person."""
    asked = (
        a
        for result in found.results.values()
        for line in result.ranking
        for a in result.money[line.measure].assessments
        if a.programme == programme and a.candidate and a.verdict == verdict
    )
    gates = Counter(g for a in asked for g in {r.gate for r in a.reasons if r.verdict == verdict} or {"finding"})
    return sorted(gates.items(), key=lambda pair: (-pair[1], pair[0]))
