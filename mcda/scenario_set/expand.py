"""From the parts of a set's files to its scenarios: counted first, then checked one after the other."""

import math
from collections.abc import Iterator
from pathlib import Path

from mcda.errors import InputError, Issue, Param, Where
from mcda.scenario_set.files import Block, Reading, read_file, read_written
from mcda.scenario_set.numbered import Scenarios
from mcda.scenario_set.tried import tried
from mcda.study.model import Study

MOST = 1_000_000
"""Scenarios of one set: more are a slip of the pen, or days of computing that nobody looks through."""


def read_scenarios(path: str | Path, study: Study | None = None, *, keep_going: bool = False) -> Scenarios:
    """The scenarios of a file, in its order, with unique names; the format stands at the top of this package.

    A plain scenario file gives one scenario. Same file (and study), same scenarios; each is made when it is asked for.
    With a `study`, every name and cell of the file is checked against it, and its scenarios are tried on it (see
    `tried`); `each` may ask for its stakeholders, programmes and municipalities. `keep_going`: what only the study
    refuses is left to its scenarios, which then fail one by one. Raises InputError with every fault of the file and all
    it includes, naming file, key and what is allowed, also when it asks for more than `MOST` scenarios, before any is
    computed.
    """
    reading = Reading(study, checked=None if keep_going else study)
    read_file(Path(path), reading)
    return _all(reading, Path(path).name, MOST)


def scenarios_in(written: bytes, name: str, study: Study | None = None, most: int = MOST) -> Scenarios:
    """The scenarios in the bytes of a file called `name`, as `read_scenarios` reads it; JSON by the ending .json.

    Nothing else is opened: a file that includes others is refused. Raises InputError with every fault, also when it
    asks for more than `most` scenarios, before any is made.
    """
    reading = Reading(study, checked=study)
    read_written(written, name, reading)
    return _all(reading, name, most)


def _all(reading: Reading, table: str, most: int) -> Scenarios:
    if issues := [*reading.issues, *_too_many(reading.blocks, table, most)]:
        raise InputError(issues)
    scenarios = Scenarios(tuple(reading.blocks))
    if issues := scenarios.faults() or (list(tried(scenarios, reading.checked)) if reading.checked else []):
        raise InputError(issues)
    return scenarios


def _too_many(blocks: list[Block], table: str, most: int) -> Iterator[Issue]:
    """The issue of a set that is too large, with the product that makes it so."""
    factors = [block.factors for block in blocks]
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
