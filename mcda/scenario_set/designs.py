"""Scenarios drawn at random: a Latin hypercube over ranges, or Dirichlet weights around given points."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mcda.errors import Issue, Param, Where, nearest
from mcda.scenario_set.axes import Axis
from mcda.scenario_set.fields import (
    Content,
    change,
    change_faults,
    flat,
    laid_over,
    only_once,
    unknown_criterion,
    unknown_keys,
    unknown_path,
)
from mcda.scenario_set.known import only_whole
from mcda.study.model import Study

_PARTS = {"latin_hypercube": "ranges", "dirichlet": "weights"}
"""The designs, and the table each needs."""
DESIGNS = tuple(_PARTS)
_OF_DESIGN = {"ranges": ("ranges", "whole"), "weights": ("weights",)}
"""What else may stand beside each of these tables."""
_ALL = ("ranges", "whole", "weights")
_TOTAL = 100.0
"""Points shared out where the base has none."""
_RANGE_EXAMPLE = '"weights.cost" = [5, 40]'
_WEIGHTS_EXAMPLE = 'over = ["relevance", "cost"], concentration = 10'


@dataclass(frozen=True, slots=True)
class Design:
    """`count` draws of fields of a scenario, not yet drawn.

    `low`, `high`: by dotted key, the ends of a Latin hypercube, or the points that Dirichlet weights scatter around.
    `place`: where the file has them. `whole`: keys drawn from the whole numbers between their ends, each as often.
    """

    name: str
    count: int
    seed: int
    place: str
    low: Mapping[str, float]
    high: Mapping[str, float]
    concentration: float = 0.0
    whole: frozenset[str] = frozenset()

    @property
    def probe(self) -> Axis:
        """The design as an axis of one step, to see which keys it changes."""
        return Axis(self.place, ("",), (_fields(self, list(self.low.values())),))


def design_of(random: Any, table: str, base: Content, study: Study | None, issues: list[Issue]) -> Design | None:
    """The design of a file's [random]; None where it is faulty, with the faults among the issues."""
    where, before = Where(table, column="random"), len(issues)
    if not isinstance(random, dict):
        issues.append(Issue("not_a_table", where=where, params={"value": str(random)}))
        return None
    if not random:
        issues.append(Issue("part_empty", where=where, params={"allowed": 'design = "latin_hypercube", count = 1000'}))
        return None
    name = random.get("design")
    part = _PARTS.get(name, "") if isinstance(name, str) else ""
    issues += unknown_keys(random, ("design", "count", "seed", *_OF_DESIGN.get(part, _ALL)), table, "random.")
    issues += _design_faults(random, table)
    issues += _count_faults(random, table)
    seed = random.get("seed", 0)
    issues += change_faults({"seed": seed}, Where(table, column="random.seed"), None)
    if not part:
        return None
    content = random.get(part)
    example = _RANGE_EXAMPLE if part == "ranges" else _WEIGHTS_EXAMPLE
    issues += _part_faults(content, part, example, table)
    if not isinstance(content, dict) or not content:
        return None
    if part == "ranges":
        whole = random.get("whole", False)
        if not isinstance(whole, bool):
            params: dict[str, Param] = {"value": str(whole), "allowed": ("true", "false")}
            issues.append(Issue("not_a_choice", where=Where(table, column="random.whole"), params=params))
        ranges = [*flat(content)]
        issues += [fault for path, ends in ranges for fault in _range_faults(path, ends, table, study, bool(whole))]
    else:
        issues += _weights_faults(content, base, table, study)
    if len(issues) > before:
        return None
    return _design(name, random["count"], int(seed), content, base)


def _design(name: Any, count: int, seed: int, content: Content, base: Content) -> Design:
    if name == "latin_hypercube":
        ends = dict(flat(content))
        low = {path: float(pair[0]) for path, pair in ends.items()}
        high = {path: float(pair[1]) for path, pair in ends.items()}
        whole = frozenset(filter(only_whole, ends))
        return Design(name, count, seed, f"random.ranges.{next(iter(ends))}", low, high, whole=whole)
    points = {f"weights.{criterion}": amount for criterion, amount in _points(content["over"], base).items()}
    return Design(name, count, seed, "random.weights.over", points, points, float(content["concentration"]))


def _design_faults(random: Content, table: str) -> Iterator[Issue]:
    where, name = Where(table, column="random.design"), random.get("design")
    if name is None:
        yield Issue("key_missing", where=where, params={"value": "design", "allowed": DESIGNS})
    elif name not in DESIGNS:
        params: dict[str, Param] = {"value": str(name), "allowed": DESIGNS, "nearest": nearest(str(name), DESIGNS)}
        yield Issue("not_a_choice", where=where, params=params)


def _count_faults(random: Content, table: str) -> Iterator[Issue]:
    where, count = Where(table, column="random.count"), random.get("count")
    if count is None:
        yield Issue("key_missing", where=where, params={"value": "count", "allowed": "≥ 1"})
    elif not isinstance(count, int) or isinstance(count, bool):
        yield Issue("not_an_integer", where=where, params={"value": str(count)})
    elif count < 1:
        yield Issue("out_of_range", where=where, params={"value": str(count), "allowed": "≥ 1"})


def _part_faults(content: Any, part: str, example: str, table: str) -> Iterator[Issue]:
    where = Where(table, column=f"random.{part}")
    if content is None:
        yield Issue("key_missing", where=where, params={"value": part, "allowed": example})
    elif not isinstance(content, dict):
        yield Issue("not_a_table", where=where, params={"value": str(content)})
    elif not content:
        yield Issue("part_empty", where=where, params={"allowed": example})


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e300


def _range_faults(path: str, ends: Any, table: str, study: Study | None, whole: bool) -> Iterator[Issue]:
    """A range must go up between numbers, and everything in it must be possible: both ends and a number between."""
    where = Where(table, column=f"random.ranges.{path}")
    if unknown := [*unknown_path(path, where)]:
        yield from unknown
        return
    if not (isinstance(ends, list) and len(ends) == 2 and all(map(_number, ends)) and ends[0] <= ends[1]):
        yield Issue("not_a_range", where=where, params={"value": str(ends), "allowed": "[5, 40]"})
        return
    low, high = float(ends[0]), float(ends[1])
    if only_whole(path):
        yield from _whole_faults(path, ends, where, study, whole)
        return
    at_ends = [fault for end in (low, high) for fault in change_faults(change(path, end), where, study)]
    yield from at_ends or change_faults(change(path, low + (high - low) / math.pi), where, study)


def _whole_faults(path: str, ends: list[Any], where: Where, study: Study | None, whole: bool) -> Iterator[Issue]:
    """A field of whole numbers is drawn only where the file says how, and between whole numbers."""
    if not whole:
        yield Issue("range_not_whole", where=where, params={"value": path, "allowed": "whole = true"})
        return
    broken = [end for end in ends if not float(end).is_integer()]
    yield from (Issue("not_an_integer", where=where, params={"value": str(end)}) for end in broken)
    if not broken:
        yield from (fault for end in ends for fault in change_faults(change(path, int(end)), where, study))


def _weights_faults(content: Content, base: Content, table: str, study: Study | None) -> Iterator[Issue]:
    yield from unknown_keys(content, ("over", "concentration"), table, "random.weights.")
    where, spread = Where(table, column="random.weights.concentration"), content.get("concentration")
    if spread is None:
        yield Issue("key_missing", where=where, params={"value": "concentration", "allowed": "> 0"})
    elif isinstance(spread, str | list | dict | bool):
        yield Issue("not_a_number", where=where, params={"value": str(spread)})
    elif not (_number(spread) and spread > 0):
        yield Issue("out_of_range", where=where, params={"value": str(spread), "allowed": "> 0"})
    where, over = Where(table, column="random.weights.over"), content.get("over")
    if over is None:
        yield Issue("key_missing", where=where, params={"value": "over", "allowed": '["relevance", "cost"]'})
    elif not isinstance(over, list):
        yield Issue("not_a_list", where=where, params={"value": str(over), "allowed": '["relevance", "cost"]'})
    elif not over:
        yield Issue("part_empty", where=where, params={"allowed": '["relevance", "cost"]'})
    else:
        yield from _over_faults(over, base, where, study)


def _over_faults(over: list[Any], base: Content, where: Where, study: Study | None) -> Iterator[Issue]:
    names = [name for name in over if isinstance(name, str)]
    yield from (Issue("not_a_word", where=where, params={"value": str(n)}) for n in over if not isinstance(n, str))
    yield from only_once(names, where)
    for name in names:
        yield from unknown_criterion(name, where, study)
    given = base.get("weights") or {}
    without = tuple(name for name in names if name not in given)
    if without and len(without) < len(names):
        yield Issue("points_for_some", where=where, params={"value": without})
    elif not without and all(float(given[name]) == 0 for name in names):
        yield Issue("weights_all_zero", where=where, params={"value": tuple(names)})


def _points(over: Sequence[str], base: Content) -> dict[str, float]:
    given = base.get("weights") or {}
    return {name: float(given.get(name, _TOTAL / len(over))) for name in over}


@dataclass(frozen=True, slots=True)
class Draws:
    """A design once drawn: a row of numbers for each draw."""

    design: Design
    rows: NDArray[np.float64]
    joined: bool = False

    def __len__(self) -> int:
        """How many draws there are."""
        return len(self.rows)

    def label(self, at: int) -> str:
        """What scenarios are called by this draw."""
        return f"draw={at + 1}"

    def change(self, at: int) -> Content:
        """The fields this draw changes."""
        return _fields(self.design, self.rows[at].tolist())


def drawn(design: Design) -> Draws:
    """The draws of a design. The same design gives the same numbers."""
    return Draws(design, _latin_hypercube(design) if design.name == "latin_hypercube" else _dirichlet(design))


def _latin_hypercube(design: Design) -> NDArray[np.float64]:
    """Every range in `count` equal parts, one draw in each (McKay, Beckman & Conover 1979), by scipy.

    The whole numbers of a range share it equally, the ends included.
    """
    from scipy.stats import qmc  # takes a while to load

    low, high = np.array([*design.low.values()]), np.array([*design.high.values()])
    unit = qmc.LatinHypercube(len(low), seed=design.seed).random(design.count)
    whole = np.array([path in design.whole for path in design.low])
    drawn = np.where(whole, np.floor(low + unit * (high - low + 1)), low + unit * (high - low))
    rows: NDArray[np.float64] = np.clip(drawn, low, high)
    return rows


def _dirichlet(design: Design) -> NDArray[np.float64]:
    """Shares with the given points as their mean; a criterion without points keeps none."""
    points = np.array([*design.low.values()])
    rows = np.zeros((design.count, len(points)))
    has = points > 0
    shape = design.concentration * points[has] / points.sum()
    rows[:, has] = np.random.default_rng(design.seed).dirichlet(shape, design.count) * points.sum()
    return rows


def _fields(design: Design, values: Sequence[float]) -> Content:
    content: Content = {}
    for path, value in zip(design.low, values, strict=True):
        content = laid_over(content, change(path, int(value) if path in design.whole else value))
    return content
