"""The files of a set: read with all they include, every part of each checked, nothing expanded yet."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.scenario import Scenario, content_in, content_of
from mcda.scenario_set.axes import Axis, each_axes, grid_axes, set_twice
from mcda.scenario_set.designs import Design, design_of
from mcda.scenario_set.fields import Content, field_faults, laid_over, unknown_keys
from mcda.study.model import Study

MAKING = ("scenarios", "grid", "random", "each")
"""The parts that make scenarios; a file with none of them is one."""
PARTS = ("include", *MAKING)


@dataclass(frozen=True, slots=True)
class Block:
    """What one file adds to the set: its scenarios (name and fields), and what each is multiplied by."""

    table: str
    entries: tuple[tuple[str, Content], ...]
    axes: tuple[Axis, ...] = ()
    design: Design | None = None

    @property
    def factors(self) -> list[int]:
        """How many scenarios the file lists, how many steps each of its axes has, and how many draws."""
        return [len(self.entries), *map(len, self.axes), *([self.design.count] if self.design else [])]

    @property
    def size(self) -> int:
        """How many scenarios the file makes."""
        return math.prod(self.factors)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known so far: issues, blocks in the order of the set, and the base fields of files read to the end.

    `study`: what `each` asks for; `checked`: what names and cells are held against.
    """

    study: Study | None
    checked: Study | None
    issues: list[Issue] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    bases: dict[Path, Content] = field(default_factory=dict)


def read_file(file: Path, reading: Reading) -> None:
    """Read a set's file and all it includes into `reading`; faults become issues of `reading`, each told once."""
    _read(file, file.name, {}, reading)
    _tell_once(reading)


def read_written(written: bytes, name: str, reading: Reading) -> None:
    """The same for the bytes of one file that somebody handed over: it lies beside no other, so it includes none."""
    try:
        content = content_in(written, name)
    except InputError as error:
        reading.issues.extend(error.issues)
        return
    if "include" in content:
        params = {"value": str(content["include"])}
        reading.issues.append(Issue("include_refused", where=Where(name, column="include"), params=params))
    _taken(content, {}, name, True, reading)
    _tell_once(reading)


def _tell_once(reading: Reading) -> None:
    told = {(i.code, i.where, str(i.params)): i for i in reading.issues}
    reading.issues[:] = told.values()


def _read(file: Path, table: str, above: Mapping[Path, str], reading: Reading) -> Content:
    """The base fields of one file. `above`: the files that include it, outermost first."""
    place = _place(file)
    if place in reading.bases:
        return reading.bases[place]
    try:
        content = content_of(file)
    except InputError as error:
        reading.issues.extend([_told_by(issue, table, above) for issue in error.issues])
        reading.bases[place] = {}
        return {}
    before = len(reading.blocks)
    base = _included(content.get("include", []), file, table, {**above, place: table}, reading)
    own = any(name in Scenario.model_fields for name in content)
    base = _taken(content, base, table, not above and (own or len(reading.blocks) == before), reading)
    reading.bases[place] = base
    return base


def _taken(content: Content, base: Content, table: str, alone: bool, reading: Reading) -> Content:
    """Put what one file adds into `reading`; its base fields, laid over those it includes. `alone`: it is a
    scenario even where it has no part that makes some."""
    own = {name: value for name, value in content.items() if name in Scenario.model_fields}
    reading.issues.extend(unknown_keys(content, (*Scenario.model_fields, *PARTS), table))
    faults = [*field_faults(own, table, "", reading.checked)]
    reading.issues.extend(faults)
    if not faults:
        base = laid_over(base, own)
    if alone or any(part in content for part in MAKING):
        reading.blocks.append(_block(content, base, table, reading))
    return base


def _place(file: Path) -> Path:
    """The one path of a file however it is named; of one that cannot exist, what was written: reading tells why."""
    try:
        return file.resolve()
    except (OSError, RuntimeError, ValueError):
        return file.absolute()


def _told_by(issue: Issue, table: str, above: Mapping[Path, str]) -> Issue:
    """A file that cannot be opened is told where it is included, a fault inside it by its own name."""
    if not above:
        return issue
    if issue.code in ("file_missing", "cannot_read"):
        return replace(issue, where=Where([*above.values()][-1], column="include"))
    return replace(issue, where=replace(issue.where, table=table))


def _included(include: Any, file: Path, table: str, above: Mapping[Path, str], reading: Reading) -> Content:
    """The base fields of included files, later ones over earlier ones."""
    where = Where(table, column="include")
    base: Content = {}
    if not isinstance(include, list):
        reading.issues.append(Issue("not_a_list", where=where, params={"value": str(include), "allowed": '["a.toml"]'}))
        return base
    for name in include:
        if not isinstance(name, str):
            reading.issues.append(Issue("not_a_word", where=where, params={"value": str(name)}))
            continue
        inner, told = file.parent / name, str(PurePosixPath(table).parent / name)
        if (place := _place(inner)) in above:
            circle = [*above.values()][[*above].index(place) :]
            reading.issues.append(Issue("circle", where=where, params={"value": " → ".join((*circle, told))}))
        else:
            base = laid_over(base, _read(inner, told, above, reading))
    return base


def _block(content: Content, base: Content, table: str, reading: Reading) -> Block:
    """The scenarios of one file, with its axes and its design."""
    study, issues = reading.checked, reading.issues
    entries = tuple(_entries(content, base, table, reading))
    grid = grid_axes(content["grid"], table, study, issues) if "grid" in content else ()
    each = each_axes(content["each"], table, reading.study, issues) if "each" in content else ()
    design = design_of(content["random"], table, base, study, issues) if "random" in content else None
    issues += set_twice((*grid, *each, *([design.probe] if design else ())), table)
    return Block(table, entries, (*grid, *each), design)


def _entries(content: Content, base: Content, table: str, reading: Reading) -> Iterator[tuple[str, Content]]:
    """Name and fields of each listed scenario, or of the base where none is listed."""
    place = 1 + sum(len(block.entries) for block in reading.blocks)
    own = str(base.get("name", ""))
    if "scenarios" not in content:
        yield own if own or any(part in content for part in MAKING) else str(place), base
        return
    listed, where = content["scenarios"], Where(table, column="scenarios")
    if not isinstance(listed, list):
        reading.issues.append(
            Issue("not_a_list", where=where, params={"value": str(listed), "allowed": "[[scenarios]]"})
        )
        return
    if not listed:
        reading.issues.append(Issue("part_empty", where=where, params={"allowed": "[[scenarios]]"}))
    for number, entry in enumerate(listed):
        column = f"scenarios.{number + 1}"
        if not isinstance(entry, dict):
            where = Where(table, column=column)
            reading.issues.append(Issue("not_a_table", where=where, params={"value": str(entry)}))
            continue
        reading.issues.extend(field_faults(entry, table, f"{column}.", reading.checked))
        yield str(entry.get("name") or f"{own} {place + number}".strip()), laid_over(base, entry)
