"""Axes along which scenarios multiply: the keys of a grid, and everything of a kind that a study has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mcda.errors import Issue, Param, Where, nearest
from mcda.scenario import Scenario
from mcda.scenario_set.fields import Content, change, change_faults, flat, only_once, said, touched, unknown_path
from mcda.study.model import Study

_DAYS = "as_of:"
_DAYS_EXAMPLE = "as_of:2026-01-01,2026-07-01"
_GRID_EXAMPLE = '"weights.cost" = [10, 20, 30]'


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that changes: the fields of each step and what its scenarios are called by it.

    `place`: where the file has it, by dotted key. `joined`: lists are added to those below instead of replacing them.
    """

    place: str
    labels: tuple[str, ...]
    changes: Sequence[Content]
    joined: bool = False

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.labels)

    def label(self, at: int) -> str:
        """What scenarios are called by this step."""
        return self.labels[at]

    def change(self, at: int) -> Content:
        """The fields this step changes."""
        return self.changes[at]


def grid_axes(grid: Any, table: str, study: Study | None, issues: list[Issue]) -> tuple[Axis, ...]:
    """The axes of a file's [grid], one for each key, in the order of the file."""
    where = Where(table, column="grid")
    if not isinstance(grid, dict):
        issues.append(Issue("not_a_table", where=where, params={"value": str(grid)}))
        return ()
    if not grid:
        issues.append(Issue("part_empty", where=where, params={"allowed": _GRID_EXAMPLE}))
    found = (_grid_axis(path, values, table, study, issues) for path, values in flat(grid))
    return tuple(axis for axis in found if axis)


def _grid_axis(path: str, values: Any, table: str, study: Study | None, issues: list[Issue]) -> Axis | None:
    place = f"grid.{path}"
    where = Where(table, column=place)
    if unknown := [*unknown_path(path, where)]:
        issues += unknown
        return None
    if not isinstance(values, list):
        params: dict[str, Param] = {"value": str(values), "allowed": _GRID_EXAMPLE}
        issues.append(Issue("not_a_list", where=where, params=params))
        return None
    if not values:
        issues.append(Issue("part_empty", where=where, params={"allowed": _GRID_EXAMPLE}))
    changes = tuple(change(path, value) for value in values)
    labels = tuple(f"{path}={said(value)}" for value in values)
    for content in changes:
        issues += change_faults(content, where, study)
    issues += only_once(labels, where)
    return Axis(place, labels, changes)


def _answered(study: Study) -> tuple[str, ...]:
    answered = {j.stakeholder for j in study.judgements} | {w.stakeholder for w in study.weights}
    return tuple(person.id for person in study.stakeholders if person.id in answered)


_KINDS: Mapping[str, tuple[str, Callable[[Study], tuple[Any, ...]]]] = {
    "municipality": ("municipality", lambda study: tuple(m.id for m in study.municipalities)),
    "stakeholder": ("profile", _answered),
    "programme": ("without_programmes", lambda study: tuple([p.id] for p in study.programmes)),
}
"""What `each` may name: the field it fills, and the values a study has for it."""


def kinds() -> tuple[str, ...]:
    """What `each` may name beside days, as far as scenarios have the field for it."""
    return tuple(kind for kind, (field, _) in _KINDS.items() if field in Scenario.model_fields)


def each_axes(each: Any, table: str, study: Study | None, issues: list[Issue]) -> tuple[Axis, ...]:
    """The axes of a file's `each`, in the order of the list."""
    where, allowed = Where(table, column="each"), (*kinds(), _DAYS_EXAMPLE)
    if not isinstance(each, list):
        params: dict[str, Param] = {"value": str(each), "allowed": f'["{kinds()[0]}"]'}
        issues.append(Issue("not_a_list", where=where, params=params))
        return ()
    if not each:
        issues.append(Issue("part_empty", where=where, params={"allowed": allowed}))
    found = []
    for wish in each:
        place = f"each.{wish}"
        where = Where(table, column=place)
        if str(wish).startswith(_DAYS):
            found.append(_days(str(wish), where, issues))
        elif wish not in kinds():
            params = {"value": str(wish), "allowed": allowed, "nearest": nearest(str(wish), kinds())}
            issues.append(Issue("not_a_choice", where=where, params=params))
        elif study is None:
            params = {"value": str(wish), "allowed": _DAYS_EXAMPLE}
            issues.append(Issue("needs_study", where=where, params=params))
        else:
            field, values = _KINDS[wish]
            found.append(_axis(place, field, values(study), joined=wish == "programme"))
            if not found[-1].labels:
                issues.append(Issue("nothing_to_expand", where=where, params={"value": wish}))
    return tuple(found)


def _days(wish: str, where: Where, issues: list[Issue]) -> Axis:
    days = [day.strip() for day in wish.removeprefix(_DAYS).split(",") if day.strip()]
    if not days:
        issues.append(Issue("part_empty", where=where, params={"allowed": _DAYS_EXAMPLE}))
    for day in days:
        issues += change_faults({"as_of": day}, where, None)
    issues += only_once(days, where)
    return _axis(where.column, "as_of", [_day(day) for day in days])


def _day(written: str) -> Any:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return written


def _axis(place: str, field: str, values: Sequence[Any], *, joined: bool = False) -> Axis:
    labels = tuple(f"{field}={said(value)}" for value in values)
    return Axis(place, labels, tuple({field: value} for value in values), joined)


def set_twice(axes: Sequence[Axis], table: str) -> Iterator[Issue]:
    """The issues of what two axes change at once: one would hide the other, and names would not be true."""
    places: dict[str, str] = {}
    for axis in axes:
        own = {key for content in axis.changes for key in touched(content)}
        for key in sorted(own & set(places)):
            params: dict[str, Param] = {"value": key, "other": places[key]}
            yield Issue("set_twice", where=Where(table, column=axis.place), params=params)
        places |= dict.fromkeys(own, axis.place)
