"""The fields of a scenario as a file of many sees them: which there are, what is wrong, one laid over another."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_origin

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.scenario import LARGEST_WEIGHT, Scenario
from mcda.scenario_set.known import unknown_names
from mcda.study.model import Study

Content = dict[str, Any]
"""Fields of a scenario with their values, as they stand in a file."""


_MEANT = dict.fromkeys(("grants", "programmes"), 'without_programmes = [[], ["*"]]')
"""What is written in place of words that suggest themselves: all grants open, and all closed."""


def tables() -> tuple[str, ...]:
    """The fields that hold values by key, such as weights."""
    return tuple(
        name for name, field in Scenario.model_fields.items() if get_origin(field.annotation) in (Mapping, dict)
    )


def paths() -> tuple[str, ...]:
    """What can be varied, for a message: every field but the name; 'weights.*' stands for one key of a table."""
    return tuple(f"{name}.*" if name in tables() else name for name in Scenario.model_fields if name != "name")


def laid_over(below: Content, above: Mapping[str, Any], *, joined: bool = False) -> Content:
    """`below` with the fields of `above` in their place. Tables are merged key by key, with `joined` lists as well."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        if isinstance(value, dict) and isinstance(under, dict):
            merged[name] = {**under, **value}
        elif joined and isinstance(under, list | tuple):
            merged[name] = list(dict.fromkeys([*under, *value]))
        else:
            merged[name] = value
    return merged


def flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries of a table by dotted key, so that 'weights.cost' may be written with quotes or without."""
    for key, value in table.items():
        if isinstance(value, dict) and value:
            yield from ((f"{key}.{inner}", deep) for inner, deep in flat(value))
        else:
            yield key, value


def change(path: str, value: Any) -> Content:
    """The fields that one value changes: 'weights.cost' is a key of a table, 'method' a field."""
    field, dot, key = path.partition(".")
    return {field: {key: value}} if dot else {field: value}


def touched(content: Mapping[str, Any]) -> Iterator[str]:
    """The dotted keys that some fields change."""
    for field, value in content.items():
        if isinstance(value, dict):
            yield from (f"{field}.{key}" for key in value)
        else:
            yield field


def unknown_path(path: str, where: Where) -> Iterator[Issue]:
    """The issue of a key that nothing in a scenario answers to."""
    field, dot, key = path.partition(".")
    known = [name for name in Scenario.model_fields if name != "name"]
    if field not in known or (dot and (field not in tables() or not key)):
        near = nearest(field, known)
        if near in tables() and dot:
            near = f"{near}.{key or '*'}"
        params: dict[str, Param] = {"allowed": paths(), "nearest": _MEANT.get(field, near)}
        yield Issue("unknown_field", where=where, params=params)


def unknown_keys(given: Iterable[str], known: Iterable[str], table: str, prefix: str = "") -> Iterator[Issue]:
    """The issues of keys that a part of a file does not have."""
    allowed = tuple(known)
    for key in given:
        if key not in allowed:
            params: dict[str, Param] = {"allowed": allowed, "nearest": nearest(key, allowed)}
            yield Issue("unknown_field", where=Where(table, column=prefix + key), params=params)


def field_faults(content: Content, table: str, prefix: str, study: Study | None) -> Iterator[Issue]:
    """What is wrong with some fields of a scenario, told at their place in the file: `prefix` before each field."""
    try:
        Scenario.model_validate(content)
    except InputError as error:
        for issue in error.issues:
            yield replace(issue, where=Where(table, column=prefix + issue.where.column))
    for issue in unknown_names(content, study):
        yield replace(issue, where=Where(table, column=prefix + issue.where.column))
    weights = content.get("weights")
    for criterion, points in weights.items() if isinstance(weights, dict) else ():
        where = Where(table, column=f"{prefix}weights.{criterion}")
        yield from unknown_criterion(criterion, where, study)
        yield from points_fault(points, where)


def change_faults(content: Content, where: Where, study: Study | None) -> Iterator[Issue]:
    """The same for fields that one place in the file changes."""
    return (replace(issue, where=where) for issue in field_faults(content, "", "", study))


def unknown_criterion(criterion: str, where: Where, study: Study | None) -> Iterator[Issue]:
    """The issue of a criterion the study does not have; without a study nobody can know."""
    if study is not None and criterion not in study.criterion_by_id:
        known = tuple(study.criterion_by_id)
        params: dict[str, Param] = {"value": criterion, "allowed": known, "nearest": nearest(criterion, known)}
        yield Issue("unknown_criterion", where=where, params=params)


def points_fault(points: Any, where: Where) -> Iterator[Issue]:
    """Why a number is too large for a criterion's points. All else that is wrong with it, the scenario tells itself."""
    if isinstance(points, int | float) and LARGEST_WEIGHT < points < math.inf:
        yield Issue("out_of_range", where=where, params={"value": str(points), "allowed": f"≤ {LARGEST_WEIGHT:.0f}"})


def said(value: Any) -> str:
    """A value as it stands in a scenario's name."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}={said(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(said(inner) for inner in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def only_once(values: Iterable[str], where: Where) -> Iterator[Issue]:
    """The issues of values that stand in a list twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield Issue("value_twice", where=where, params={"value": value})
        seen.add(value)
