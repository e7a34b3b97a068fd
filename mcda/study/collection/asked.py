"""Who is asked to rate what, on which scale, and by what a returned workbook is recognised."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.locale import text
from mcda.locale.formats import day, plain
from mcda.study.counted import takes_part
from mcda.study.model import Criterion, Measure, Municipality, Study

FORM = "rangfolge-ratings-1"
"""Marks the workbook's own form; a later form gets another number."""

CLOSED = frozenset({"done", "dropped"})
MOST_LEVELS = 21
"""A scale of more levels is rated by a number between its ends, not by choosing one of them."""


def municipality_of(study: Study, municipality_id: str) -> Municipality:
    """The municipality of that id; InputError with the nearest one when there is none."""
    found = study.municipality_by_id.get(municipality_id)
    if found is None:
        known = tuple(study.municipality_by_id)
        params: dict[str, Param] = {
            "value": municipality_id,
            "allowed": known,
            "nearest": nearest(municipality_id, known),
        }
        raise InputError([Issue("unknown_id", where=Where("municipalities", column="id"), params=params)])
    return found


def asked(
    study: Study, municipality_id: str, criteria: Sequence[str] | None
) -> tuple[Municipality, tuple[Measure, ...], tuple[Criterion, ...]]:
    """Who is asked, about which measures, by which criteria; InputError when there is nothing to ask."""
    municipality, leaves = municipality_of(study, municipality_id), asked_criteria(study, criteria)
    measures = asked_measures(study, municipality_id)
    if not measures or not leaves:
        raise InputError([Issue("collection_nothing_asked", params={"value": municipality.name})])
    return municipality, measures, leaves


def asked_measures(study: Study, municipality_id: str) -> tuple[Measure, ...]:
    """The measures a municipality takes part in that compete: no mandatory, excluded, finished or dropped ones."""
    return tuple(
        m
        for m in study.measures
        if not (m.mandatory or m.knock_out or m.status in CLOSED) and takes_part(study, m, municipality_id)
    )


def asked_criteria(study: Study, criteria: Sequence[str] | None = None) -> tuple[Criterion, ...]:
    """The rated leaves the municipalities are asked about, in the order of the tree.

    `criteria` names leaves or groups of them. Without it: those municipalities have rated before; if there are
    none, those below relevance; else every rated leaf. Raises InputError for names that cannot be rated.
    """
    given = tuple(c for leaf in study.leaves if (c := study.criterion_by_id[leaf]).kind == "given")
    if criteria is not None:
        return _named(study, given, criteria)
    rated = {r.criterion for r in study.ratings if r.rater in study.municipality_by_id}
    below = tuple(c for c in given if study.top_of(c.id) == "relevance")
    return tuple(c for c in given if c.id in rated) or below or given


def _named(study: Study, given: Sequence[Criterion], names: Sequence[str]) -> tuple[Criterion, ...]:
    issues = []
    for name in names:
        if name not in study.criterion_by_id:
            known = tuple(study.criterion_by_id)
            params: dict[str, Param] = {"value": name, "allowed": known, "nearest": nearest(name, known)}
            issues.append(Issue("unknown_criterion", where=Where("criteria"), params=params))
        elif not any(name in _path(study, c) for c in given):
            issues.append(Issue("rating_not_asked", where=Where("criteria"), params={"value": name}))
    if issues:
        raise InputError(issues)
    return tuple(c for c in given if not _path(study, c).isdisjoint(names))


def _path(study: Study, leaf: Criterion) -> set[str]:
    found, node = {leaf.id}, leaf
    while node.parent:
        node = study.criterion_by_id[node.parent]
        found.add(node.id)
    return found


def levels_of(study: Study, leaf: Criterion) -> tuple[float, ...]:
    """The levels to choose from, ascending; empty where any number between the bounds may be given."""
    low, high = bounds_of(leaf)
    if leaf.step:
        count = round((high - low) / leaf.step)
        if count < MOST_LEVELS and abs(low + count * leaf.step - high) < 1e-9 * (high - low):
            return tuple(round(low + i * leaf.step, 9) for i in range(count + 1))
    worded = sorted(v.value for v in study.levels if v.criterion == leaf.id)
    return tuple(worded) if 1 < len(worded) <= MOST_LEVELS else ()


def bounds_of(leaf: Criterion) -> tuple[float, float]:
    """The lower and the upper end of a leaf's scale."""
    assert leaf.best is not None  # held by the rules of the study
    assert leaf.worst is not None
    return min(leaf.best, leaf.worst), max(leaf.best, leaf.worst)


def wording_of(study: Study, leaf: Criterion, language: str) -> str:
    """What each level means, one line a level; the two ends where levels have no wording."""
    worded = sorted((v for v in study.levels if v.criterion == leaf.id), key=lambda v: v.value)
    if worded:
        labels = [(v.label_en if language == "en" else "") or v.label_de for v in worded]
        return "\n".join(f"{plain(v.value, language)} = {label}" for v, label in zip(worded, labels, strict=True))
    return text("collection.scale_ends", language, worst=leaf.worst, best=leaf.best)


def title_in(measure: Measure, language: str) -> str:
    """A measure's title in the reader's language, or as the study has it."""
    return (measure.title_en if language == "en" else "") or measure.title


def label_in(leaf: Criterion, language: str) -> str:
    """A criterion's name in the reader's language, or as the study has it."""
    return (leaf.label_en if language == "en" else "") or leaf.label_de


def study_title(study: Study, language: str) -> str:
    """The study's title in the reader's language."""
    return (study.study.title_en if language == "en" else "") or study.study.title


def heading(study: Study, municipality: Municipality, language: str) -> str:
    """Who rates, and the study's as-of day."""
    return text("collection.by", language, name=municipality.name, as_of=day(study.study.as_of, language))


def fingerprint(study: Study) -> str:
    """SHA-256 of what ratings lean on: the measures' ids and titles and the scales. New ratings do not change it."""
    facts: dict[str, Any] = {
        "measures": sorted((m.id, m.title) for m in study.measures),
        "scales": sorted((c.id, c.best, c.worst, c.step) for c in study.criteria if c.kind == "given"),
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def identity(
    study: Study, municipality: Municipality, criteria: Sequence[Criterion], language: str
) -> Mapping[str, str]:
    """By what the returned workbook is recognised: its form, the study, its as-of day, whose ratings these are."""
    return {
        "form": FORM,
        "title": study.study.title,
        "as_of": study.study.as_of.isoformat(),
        "municipality": municipality.id,
        "criteria": ";".join(c.id for c in criteria),
        "language": language,
        "scales_and_measures": fingerprint(study),
        "input_hash": study.input_hash,
    }
