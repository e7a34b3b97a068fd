"""From the parts of a set's files to its scenarios: counted first, then made one after the other."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mcda.errors import InputError, Issue, Param, Where
from mcda.scenario import Scenario
from mcda.scenario_set.axes import Axis
from mcda.scenario_set.designs import drawn
from mcda.scenario_set.fields import Content, laid_over
from mcda.scenario_set.files import Block, Reading, read_file, read_written
from mcda.study.model import Study

MOST = 1_000_000
"""Scenarios of one set: more are a slip of the pen, or days of computing that nobody looks through."""


def read_scenarios(path: str | Path, study: Study | None = None) -> tuple[Scenario, ...]:
    """The scenarios of a file, in its order, with unique names; the format stands at the top of this package.

    A plain scenario file gives one scenario. Same file (and study), same scenarios. With a `study`, criteria are
    checked against it, and `each` may ask for its stakeholders, programmes and municipalities.
    Raises InputError with every fault of the file and all it includes, naming file, key and what is allowed, also when
    it asks for more than `MOST` scenarios, before any is made.
    """
    reading = Reading(study)
    read_file(Path(path), reading)
    return _all(reading, Path(path).name, MOST)


def scenarios_in(written: bytes, name: str, study: Study | None = None, most: int = MOST) -> tuple[Scenario, ...]:
    """The scenarios in the bytes of a file called `name`, as `read_scenarios` reads it; JSON by the ending .json.

    Nothing else is opened: a file that includes others is refused. Raises InputError with every fault, also when it
    asks for more than `most` scenarios, before any is made.
    """
    reading = Reading(study)
    read_written(written, name, reading)
    return _all(reading, name, most)


def _all(reading: Reading, table: str, most: int) -> tuple[Scenario, ...]:
    issues = [*reading.issues, *_too_many(reading.blocks, table, most)]
    if issues:
        raise InputError(issues)
    return _made(reading.blocks)


def _factors(block: Block) -> list[int]:
    sizes = [len(block.entries), *(len(axis.labels) for axis in block.axes)]
    return sizes + ([block.design.count] if block.design else [])


def _too_many(blocks: list[Block], table: str, most: int) -> Iterator[Issue]:
    """The issue of a set that is too large, with the product that makes it so."""
    factors = [_factors(block) for block in blocks]
    total = sum(math.prod(sizes) for sizes in factors)
    if total > most:
        products = [" × ".join(str(size) for size in sizes if size > 1) or "1" for sizes in factors]
        told, summed = " + ".join(products), _sum(total)
        params: dict[str, Param] = {"value": told if summed == f"= {told}" else f"{told} {summed}", "allowed": most}
        yield Issue("too_many_scenarios", where=Where(table), params=params)


def _sum(total: int) -> str:
    """A large number in few signs: '= 10^9', '= 2000001' or '≈ 1.2 · 10^17'."""
    exponent = int(math.log10(total))
    if total == 10**exponent:
        return f"= 10^{exponent}"
    return f"= {total}" if exponent < 12 else f"≈ {10 ** (math.log10(total) % 1):.1f} · 10^{exponent}"


def _made(blocks: list[Block]) -> tuple[Scenario, ...]:
    """The scenarios of all files; no two may have one name."""
    made: list[Scenario] = []
    names: set[str] = set()
    faults: dict[tuple[str, Where, str], Issue] = {}
    for block in blocks:
        for name, content in _expanded(block):
            if name in names:
                issue = Issue("scenario_twice", where=Where(block.table, column="name"), params={"value": name})
                faults[issue.code, issue.where, name] = issue
            names.add(name)
            try:
                made.append(Scenario.model_validate({**content, "name": name}))
            except InputError as error:  # fields that are right one by one and wrong together
                for fault in error.issues:
                    issue = replace(fault, where=Where(block.table, column=fault.where.column))
                    faults[issue.code, issue.where, str(issue.params)] = issue
    if faults:
        raise InputError([*faults.values()])
    return tuple(made)


def _expanded(block: Block) -> Iterator[tuple[str, Content]]:
    """Name and fields of every scenario of a file, the last axis fastest."""
    axes = (*block.axes, *([drawn(block.design)] if block.design else ()))
    if not axes:
        yield from block.entries
        return
    stream: Iterator[tuple[str, Content]] = ((f"{name}: " if name else "", content) for name, content in block.entries)
    for number, axis in enumerate(axes):
        stream = _along(stream, axis, "" if number == len(axes) - 1 else ", ")
    yield from stream


def _along(stream: Iterator[tuple[str, Content]], axis: Axis, then: str) -> Iterator[tuple[str, Content]]:
    """Every scenario so far at every step of an axis."""
    steps = [(label + then, content) for label, content in zip(axis.labels, axis.changes, strict=True)]
    for head, below in stream:
        for label, content in steps:
            yield head + label, laid_over(below, content, joined=axis.joined)
