"""Scenarios tried on the study before anything is computed: what they make of it must keep the study's own rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import numpy as np

from mcda.altered import altered
from mcda.errors import InputError, Issue, Where
from mcda.scenario import ALTERING, Scenario
from mcda.scenario_set.designs import Draws
from mcda.scenario_set.fields import Content, change, touched
from mcda.scenario_set.numbered import Made, Scenarios
from mcda.scenario_set.steps import Steps
from mcda.study.model import Study
from mcda.study.rules import check_study
from mcda.weights.tree import tree_weights

MOST_TRIED = 10_000
"""Up to so many scenarios of a set all are tried; of more, each step of each axis beside the first of the others."""
MOST_CHANGES = 500
"""So many different sets of cells and choices are held against the rules; to try one takes a tenth of computing it."""

_CHOOSING = ("measures", "themes", "municipality")
_WEIGHING = ("weights", "profile", "people")


@dataclass(slots=True)
class _Seen:
    """What was tried already: changes of the study, and these with weights."""

    changes: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def tried(scenarios: Scenarios, study: Study) -> Iterator[Issue]:
    """What the study refuses of whole scenarios, each fault once, at the keys of the file that bring it about: values
    off their scale, criteria without weight, choices that leave nothing. Faults of the study itself are not told."""
    own = {_same(issue) for issue in check_study(study) if issue.level == "error"}
    numbers: Iterable[int] = range(len(scenarios)) if len(scenarios) <= MOST_TRIED else dict.fromkeys(_some(scenarios))
    seen, told = _Seen(), set[object]()
    for number in numbers:
        made = scenarios.made(number)
        if not _new(made.content, seen):
            continue
        for issue in _refused(study, made.content):
            if _same(issue) in own:
                continue
            issue = replace(issue, where=_place(issue, made, study))
            once = (issue.code, issue.where) if issue.where.column.startswith("random.") else _same(issue)
            if once not in told:
                told.add(once)
                yield issue


def _same(issue: Issue) -> object:
    return issue.code, issue.where, str(issue.params)


def _new(content: Content, seen: _Seen) -> bool:
    """Whether anything of these fields was not tried yet, and may be."""
    changes = str({name: content[name] for name in ("cells", *_CHOOSING) if content.get(name)})
    if changes not in seen.changes and len(seen.changes) >= MOST_CHANGES:
        return False
    before = len(seen.changes) + len(seen.whole)
    seen.changes.add(changes)
    seen.whole.add(changes + str([content.get(name) for name in _WEIGHING]))
    return len(seen.changes) + len(seen.whole) > before


def _some(scenarios: Scenarios) -> Iterator[int]:
    """Of a large set: every scenario listed, every step of each axis, and the lowest step of all weights together."""
    sizes = [block.size for block in scenarios.blocks]
    for block, steps, start in zip(scenarios.blocks, scenarios.steps, accumulate(sizes, initial=0), strict=False):
        strides = [int(np.prod([len(one) for one in steps[at + 1 :]], dtype=np.int64)) for at in range(len(steps))]
        whole = block.size // len(block.entries) if block.entries else 0
        yield from (start + entry * whole for entry in range(len(block.entries)))
        for one, stride in zip(steps, strides, strict=True):
            yield from (start + digit * stride for digit in _telling(one))
        yield start + sum(_lowest(one) * stride for one, stride in zip(steps, strides, strict=True))


def _telling(steps: Steps) -> Iterable[int]:
    """All steps of an axis; of draws the least and the greatest of each number drawn."""
    if isinstance(steps, Draws):
        return (int(row) for row in (*steps.rows.argmin(axis=0), *steps.rows.argmax(axis=0)))
    return range(len(steps))


def _lowest(steps: Steps) -> int:
    """The step with the fewest points, the first where it is about something else."""
    points = [sum(steps.change(at).get("weights", {}).values()) for at in range(len(steps))]
    return points.index(min(points))


def _refused(study: Study, content: Content) -> Sequence[Issue]:
    """Why a study cannot be looked at with these fields."""
    try:
        wish = Scenario.model_validate({name: content[name] for name in (*ALTERING, *_WEIGHING) if name in content})
        changed = altered(study, wish)
        if changed is not study and (errors := [issue for issue in check_study(changed) if issue.level == "error"]):
            return errors
        if wish.weights or wish.cells:
            tree_weights(changed, wish)
    except InputError as error:
        return error.issues
    return ()


def _place(issue: Issue, made: Made, study: Study) -> Where:
    """The keys that bring a fault about: those that do so alone, or else all that could."""
    fields = _fields_of(issue)
    every = [*touched(_plain(made.content))]
    keys = [key for key in every if key.partition(".")[0] in fields] or [key for key in every if key in _CHOOSING]
    if fields != _CHOOSING and issue.where.table == "scenario" and issue.where.column in every:
        keys = [issue.where.column]
    alone = [key for key in keys if _brings(issue, key, made.content, study)]
    same = [key for key in keys if key.startswith(f"cells.{issue.where.table}.") or _named(issue, key)]
    return Where(made.block.table, column=", ".join(dict.fromkeys(made.place(key) for key in alone or same or keys)))


def _named(issue: Issue, key: str) -> bool:
    """Whether a fault of weights is about the criterion of this key."""
    value, criterion = issue.params.get("value", ()), key.removeprefix("weights.")
    return criterion != key and isinstance(value, tuple) and criterion in value


def _fields_of(issue: Issue) -> tuple[str, ...]:
    if issue.code == "no_measures_left":
        return _CHOOSING
    return ("cells", *_WEIGHING) if issue.where.table == "weights" else ("cells",)


def _plain(content: Content) -> Content:
    return {name: value for name, value in sorted(content.items()) if value}


def _brings(issue: Issue, key: str, content: Content, study: Study) -> bool:
    name, dot, inner = key.partition(".")
    value: Any = content[name][inner] if dot else content[name]
    return _same(issue) in map(_same, _refused(study, change(key, value)))
