"""The questions people are asked about weights: every one with the ranges it is about, from the worst to the best."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.levels import level_text
from mcda.study.model import Study


@dataclass(frozen=True, slots=True)
class Swing:
    """A criterion and the step it is asked about, in words: from its worst level to its best."""

    criterion: str
    name: str
    worst: str
    best: str


def swing_of(study: Study, criterion: str, language: str) -> Swing:
    """The step of a criterion from worst to best. A criterion with sub-criteria steps with all of them."""
    name = criterion_label(study, criterion, language)
    leaves = _leaves_below(study, criterion)
    if leaves != [criterion]:
        count = len(leaves)
        worst, best = (text(f"weights_page.all_{end}", language, count=count) for end in ("worst", "best"))
        return Swing(criterion, name, worst, best)
    leaf = study.criterion_by_id[criterion]
    ends = [end for end in (leaf.worst, leaf.best) if end is not None]
    words = [_level(study, criterion, end, language) for end in ends] or ["", ""]
    return Swing(criterion, name, words[0], words[-1])


def swings_of(study: Study, parent: str, language: str) -> tuple[Swing, ...]:
    """The steps of all criteria below a parent, in the study's order."""
    return tuple(swing_of(study, criterion, language) for criterion in study.children[parent])


def pair_question(study: Study, a: str, b: str, language: str) -> str:
    """'What matters more: A from .. to .. – or B from .. to ..?'"""
    first, second = (swing_sentence(swing_of(study, one, language), language) for one in (a, b))
    return text("weights_page.pair_question", language, a=first, b=second)


def swing_sentence(swing: Swing, language: str) -> str:
    """'Relevance from .. to ..'"""
    return text("weights_page.from_to", language, name=swing.name, worst=swing.worst, best=swing.best)


def group_name(study: Study, parent: str, language: str) -> str:
    """What the criteria below a parent are called together."""
    if not parent:
        return text("weights_page.main_criteria", language)
    count = len(study.children[parent])
    return text("weights_page.below", language, name=criterion_label(study, parent, language), count=count)


def question_plan(items: Sequence[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """All pairs in the order to ask them, and how many of the first are enough to begin with.

    First a ring (every criterion twice), then second neighbours, and so on: after the ring all criteria are connected
    and each was compared equally often; two rings, 2n pairs, are a near-regular plan for more than five criteria
    (Szádoczki, Bozóki & Tekile 2022). Up to five criteria all pairs are asked.
    """
    size = len(items)
    pairs: list[tuple[str, str]] = []
    for step in range(1, size // 2 + 1):
        for i in range(size):
            j = (i + step) % size
            pair = (items[min(i, j)], items[max(i, j)])
            if pair not in pairs:
                pairs.append(pair)
    return tuple(pairs), len(pairs) if size <= 5 else min(2 * size, len(pairs))


def _leaves_below(study: Study, criterion: str) -> list[str]:
    below = study.children.get(criterion, ())
    return [leaf for child in below for leaf in _leaves_below(study, child)] if below else [criterion]


def _level(study: Study, criterion: str, value: float, language: str) -> str:
    """A level in the words of its scale, else as a number with its unit."""
    worded = [row for row in study.levels if row.criterion == criterion and row.value == value]
    if worded:
        words = (worded[0].label_en if language == "en" else "") or worded[0].label_de
        return text("weights_page.worded", language, words=words)
    return level_text(study.criterion_by_id[criterion], value, language)
