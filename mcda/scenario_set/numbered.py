"""Scenarios by number: each is made when it is asked for, so that a million of them take no more room than a file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

from mcda.errors import InputError, Issue, Where
from mcda.scenario import Scenario
from mcda.scenario_set.designs import drawn
from mcda.scenario_set.fields import Content, change_faults, laid_over, touched
from mcda.scenario_set.files import Block
from mcda.scenario_set.steps import Steps
from mcda.study.model import Study


@dataclass(frozen=True, slots=True)
class Made:
    """A scenario as its file makes it: name, fields, and which of the file's axes and entries they come from."""

    block: Block
    entry: int
    name: str
    content: Content

    def place(self, key: str) -> str:
        """Where the file has a field, by dotted key, or a key of a table."""
        for axis in self.block.axes:
            if any(key in touched(content) for content in axis.changes):
                return axis.place
        if self.block.design and key in self.block.design.low:
            return f"random.ranges.{key}" if self.block.design.name != "dirichlet" else self.block.design.place
        entries = [_value(content, key) for _, content in self.block.entries]
        everywhere = all(value == entries[0] for value in entries)
        return key if everywhere else f"scenarios.{self.entry + 1}.{key}"


def _value(content: Content, key: str) -> object:
    field, dot, inner = key.partition(".")
    value = content.get(field)
    return value.get(inner) if dot and isinstance(value, dict) else value


@dataclass(frozen=True, eq=False)
class Scenarios(Sequence[Scenario]):
    """The scenarios of a set of files, in their order. A slice is a tuple; equal to any sequence of equal scenarios.

    Draws at random are kept as numbers, everything else is the file's own content.
    """

    blocks: tuple[Block, ...]

    @cached_property
    def steps(self) -> tuple[tuple[Steps, ...], ...]:
        """What the scenarios of each file are multiplied by, the last fastest."""
        return tuple((*block.axes, *([drawn(block.design)] if block.design else ())) for block in self.blocks)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """How many scenarios there are up to the end of each file."""
        return tuple(accumulate(block.size for block in self.blocks))

    def __len__(self) -> int:
        """How many there are."""
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Scenario: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Scenario, ...]: ...

    def __getitem__(self, at: int | slice) -> Scenario | tuple[Scenario, ...]:
        """The scenario of this number, made anew; or those of a slice."""
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        made = self.made(range(len(self))[at])
        return Scenario.model_validate({**made.content, "name": made.name})

    def __eq__(self, other: object) -> bool:
        """Whether the other holds equal scenarios in the same order."""
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # equal to lists, which have none

    def faults(self) -> list[Issue]:
        """What is wrong with the whole, each fault once: names that come twice, and fields that are right one by one
        and wrong together. Every scenario is made for it, none kept."""
        hashes = np.empty(len(self), dtype=np.uint64)
        found: dict[tuple[str, Where, str], Issue] = {}
        for number in range(len(self)):
            made = self.made(number)
            hashes[number] = _hash(made.name)
            try:
                Scenario.model_validate({**made.content, "name": made.name})
            except InputError as error:
                for fault in error.issues:
                    issue = replace(fault, where=Where(made.block.table, column=fault.where.column))
                    found[issue.code, issue.where, str(issue.params)] = issue
        return [*self._twice(hashes), *found.values()]

    def refused_by(self, study: Study) -> Iterator[Issue]:
        """What a further study does not know of the grids, and of what `each` found in the one read with."""
        for block in self.blocks:
            for axis in block.axes:
                for content in axis.changes:
                    yield from change_faults(content, Where(block.table, column=axis.place), study)

    def _twice(self, hashes: NDArray[np.uint64]) -> Iterator[Issue]:
        """The issues of names that more than one scenario has; equal hashes are looked at by their names."""
        ordered = np.sort(hashes)
        alike = ordered[1:][ordered[1:] == ordered[:-1]]
        suspects = np.flatnonzero(np.isin(hashes, alike)) if alike.size else ()
        seen: Counter[str] = Counter()
        for number in suspects:
            made = self.made(int(number))
            seen[made.name] += 1
            if seen[made.name] == 2:
                where = Where(made.block.table, column="name")
                yield Issue("scenario_twice", where=where, params={"value": made.name})

    def made(self, number: int) -> Made:
        """The scenario of this number as its file makes it."""
        place = next(at for at, end in enumerate(self._ends) if number < end)
        block, steps = self.blocks[place], self.steps[place]
        rest = number - (self._ends[place - 1] if place else 0)
        digits = []
        for one in reversed(steps):
            rest, digit = divmod(rest, len(one))
            digits.append(digit)
        name, content = block.entries[rest]
        labels = []
        for one, digit in zip(steps, reversed(digits), strict=True):
            labels.append(one.label(digit))
            content = laid_over(content, one.change(digit), joined=one.joined)
        return Made(block, rest, ": ".join(part for part in (name, ", ".join(labels)) if part), content)


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
