"""Returned rating workbooks merged into the study, with a report of what is missing, contradicts or stands apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from mcda.errors import Issue, Param, Where
from mcda.study.collection.asked import asked_criteria, asked_measures, bounds_of
from mcda.study.collection.returned import Returned, answer_of, read_returned
from mcda.study.counted import counted_ratings, takes_part
from mcda.study.model import Criterion, Measure, Rating, Study

FAR = 0.5
"""A rating half the scale or more away from the middle of the others stands apart (a product default)."""

OTHERS = 3
"""So many others are needed to stand apart from (a product default)."""

NAMED = 5
"""So many of those standing apart are named in the sentence; the report holds all."""

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: whose it is, whether it was merged, how much it says, its issues."""

    file: str
    municipality: str
    merged: bool
    rated: int
    abstained: int
    replaced: int
    open: tuple[Cell, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Outlier:
    """A municipality's rating far from the others' of the same measure and criterion."""

    measure: str
    criterion: str
    rater: str
    value: float
    others: float


@dataclass(frozen=True, slots=True)
class CellSummary:
    """The ratings of one measure on one criterion: the value that counts (mean, or the agreed one), how far apart.

    `value`, `lowest` and `highest` are None while nobody has rated; `spread` is highest less lowest. `awaited`
    municipalities have not answered.
    """

    measure: str
    criterion: str
    value: float | None
    lowest: float | None
    highest: float | None
    spread: float
    count: int
    abstained: int
    awaited: tuple[str, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Merge:
    """The study with every sound file merged, and the report. `missing`: municipalities without a merged file."""

    study: Study
    files: tuple[FileReport, ...]
    missing: tuple[str, ...]
    outliers: tuple[Outlier, ...]
    cells: tuple[CellSummary, ...]
    issues: tuple[Issue, ...]


def merge_ratings(study: Study, files: Mapping[str, bytes]) -> Merge:
    """Merge returned rating workbooks (.xlsx or .ods, by file name) into a new study.

    A file with an error is listed and not merged at all; the others are. Two files of one municipality may
    complete each other; where they contradict, neither is merged. A new answer replaces the municipality's
    earlier one to the same cell, an empty cell leaves it. Order of the files does not matter.
    """
    returned = _against_each_other([read_returned(study, name, content) for name, content in files.items()])
    sound = [r for r in returned if _sound(r)]
    merged = _merged(study, sound)
    here = {r.municipality for r in sound}
    missing = tuple(m for m in study.municipality_by_id if m not in here and asked_measures(study, m))
    reports = tuple(_report(study, r) for r in returned)
    cells, outliers = _cells(merged), tuple(_outliers(merged))
    told = (*(i for r in reports for i in r.issues), *_overall(missing, outliers, cells))
    return Merge(merged, reports, missing, outliers, cells, told)


def _sound(returned: Returned) -> bool:
    return not any(issue.level == "error" for issue in returned.issues)


def _against_each_other(returned: Sequence[Returned]) -> list[Returned]:
    """Answers of one municipality in two files that contradict are errors of both files."""
    told: dict[str, list[Issue]] = {}
    first: dict[tuple[str, str, str], tuple[Returned, int, Rating]] = {}
    for r in filter(_sound, returned):
        for row, rating in zip(r.rows, r.ratings, strict=True):
            key = (r.municipality, rating.measure, rating.criterion)
            other, at, before = first.setdefault(key, (r, row, rating))
            if answer_of(before) != answer_of(rating):
                for mine, my_row, theirs in ((r, row, other), (other, at, r)):
                    params: dict[str, Param] = {"value": " / ".join(key[1:]), "other": theirs.file}
                    issue = Issue("collection_contradiction", where=Where(mine.file, my_row), params=params)
                    told.setdefault(mine.file, []).append(issue)
    return [replace(r, issues=(*r.issues, *told.get(r.file, ()))) for r in returned]


def _merged(study: Study, sound: Sequence[Returned]) -> Study:
    """The study with the answers in: earlier ones replaced in their place, new ones added in the order of the study."""
    by_name = sorted(sound, key=lambda r: r.file)
    new = {(g.measure, g.criterion, g.rater): g for r in by_name for g in r.ratings}
    if not new:
        return study
    kept = [new.pop((r.measure, r.criterion, r.rater), r) for r in study.ratings]
    places = [{name: i for i, name in enumerate(ids)} for ids in (study.measure_by_id, study.leaves)]
    members = {name: i for i, name in enumerate(study.municipality_by_id)}
    added = sorted(new.values(), key=lambda r: (places[0][r.measure], places[1][r.criterion], members[r.rater]))
    return study.model_copy(update={"ratings": (*kept, *added)})


def _report(study: Study, returned: Returned) -> FileReport:
    merged = _sound(returned)
    before = {(r.measure, r.criterion): r for r in study.ratings if r.rater == returned.municipality}
    changed = [
        r
        for r in returned.ratings
        if (old := before.get((r.measure, r.criterion))) is not None and answer_of(old) != answer_of(r)
    ]
    return FileReport(
        file=returned.file,
        municipality=returned.municipality,
        merged=merged,
        rated=sum(r.value is not None for r in returned.ratings),
        abstained=sum(r.abstain for r in returned.ratings),
        replaced=len(changed) if merged else 0,
        open=returned.open,
        issues=returned.issues,
    )


def _by_cell(study: Study) -> dict[Cell, list[Rating]]:
    cells: dict[Cell, list[Rating]] = {}
    for rating in study.ratings:
        cells.setdefault((rating.measure, rating.criterion), []).append(rating)
    return cells


def _cells(study: Study) -> tuple[CellSummary, ...]:
    """A summary for every measure on every criterion the municipalities rate, in the order of the study."""
    cells, leaves = _by_cell(study), asked_criteria(study)
    asked = {m.id for member in study.municipality_by_id for m in asked_measures(study, member)}
    return tuple(
        _summary(study, measure, leaf, cells.get((measure.id, leaf.id), []))
        for measure in study.measures
        if measure.id in asked
        for leaf in leaves
    )


def _summary(study: Study, measure: Measure, leaf: Criterion, ratings: Sequence[Rating]) -> CellSummary:
    agreed = any(not r.rater and r.value is not None and not r.abstain for r in ratings)
    counted = [r.value for r in counted_ratings(study, measure, ratings) if r.value is not None]
    single = [r for r in ratings if r.rater and takes_part(study, measure, r.rater)]
    values = [r.value for r in single if r.value is not None and not r.abstain]
    answered = {r.rater for r in single if r.abstain or r.value is not None}
    members = [m for m in study.municipality_by_id if takes_part(study, measure, m)]
    return CellSummary(
        measure=measure.id,
        criterion=leaf.id,
        value=fmean(counted) if counted else None,
        lowest=min(values, default=None),
        highest=max(values, default=None),
        spread=max(values) - min(values) if values else 0.0,
        count=len(values),
        abstained=sum(r.abstain for r in single),
        awaited=tuple(m for m in members if m not in answered),
        agreed=agreed,
    )


def _outliers(study: Study) -> Iterator[Outlier]:
    """Ratings half the scale or more away from the median of at least three other municipalities."""
    for (measure, criterion), ratings in _by_cell(study).items():
        part = study.measure_by_id[measure]
        given = {
            r.rater: r.value
            for r in ratings
            if r.rater in study.municipality_by_id
            and r.value is not None
            and not r.abstain
            and takes_part(study, part, r.rater)
        }
        if len(given) <= OTHERS:
            continue
        low, high = bounds_of(study.criterion_by_id[criterion])
        for rater, value in given.items():
            middle = median(v for other, v in given.items() if other != rater)
            if abs(value - middle) >= FAR * (high - low) * (1 - 1e-9):
                yield Outlier(measure, criterion, rater, value, middle)


def farthest(outliers: Sequence[Outlier]) -> list[Outlier]:
    """Those standing apart the most, as many as a sentence names."""
    return sorted(outliers, key=lambda o: -abs(o.value - o.others))[:NAMED]


def _overall(missing: Sequence[str], outliers: Sequence[Outlier], cells: Sequence[CellSummary]) -> Iterator[Issue]:
    """What concerns no single file: who has not answered, who stands apart, where an agreed rating still counts."""
    if missing:
        yield Issue("collection_missing", "warning", params={"municipalities": tuple(missing)})
    if outliers:
        named = tuple(f"{o.measure} / {o.criterion} ({o.rater})" for o in farthest(outliers))
        yield Issue("collection_outliers", "note", params={"count": len(outliers), "cells": named})
    settled = tuple(dict.fromkeys(c.measure for c in cells if c.agreed and c.count))
    if settled:
        yield Issue("collection_agreed_counts", "note", params={"measures": settled})
