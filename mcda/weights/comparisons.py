"""Pairwise answers as a comparison matrix: read by label, checked cell by cell, complete or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.result import Array
from mcda.study.people import MOST_TIMES, Judgement

Flags = NDArray[np.bool_]

RECIPROCAL_TOLERANCE = 0.01
"""Two answers to one pair agree when their product is within 1 % of 1 (0.33 answers 3)."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """A reciprocal comparison matrix (n, n) of `items`: row i, column j holds how many times as important i is as j.

    `answered` (n, n) is False for pairs nobody compared, where the matrix holds 1. Both arrays are read-only.
    """

    items: tuple[str, ...]
    matrix: Array
    answered: Flags

    def __post_init__(self) -> None:
        self.matrix.setflags(write=False)
        self.answered.setflags(write=False)

    @property
    def missing(self) -> int:
        """How many pairs nobody compared."""
        return int((~self.answered).sum()) // 2

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The positions (row, column) of the answered pairs above the diagonal."""
        return tuple((int(i), int(j)) for i, j in np.argwhere(np.triu(self.answered, 1)))


def comparisons_of(judgements: Iterable[Judgement], items: Sequence[str], parent: str = "") -> Comparisons:
    """One person's answers about `items`; pairs may be open as long as the answers connect all items.

    A second answer to a pair must agree with it. Raises InputError with every issue: a criterion that is no sibling
    (with the nearest), one compared with itself, contradictory double answers, items that nothing connects.
    """
    ratios, issues = _ratios(judgements, items, parent)
    matrix, answered = np.ones((len(items), len(items))), np.eye(len(items), dtype=bool)
    for (a, b), ratio in ratios.items():
        i, j = items.index(a), items.index(b)
        matrix[i, j], matrix[j, i] = ratio, 1.0 / ratio
        answered[i, j] = answered[j, i] = True
    if not issues:
        issues += _disconnected(items, answered, parent)
    if issues:
        raise InputError(issues)
    return Comparisons(tuple(items), matrix, answered)


def read_comparisons(
    matrix: Any, items: Sequence[str] = (), parent: str = "", *, incomplete: bool = False
) -> Comparisons:
    """A square table of comparisons, such as an expert's own, checked cell by cell.

    A DataFrame is read by its labels: rows and columns are put in the order of `items` (default: of the rows), never
    taken by position. With `incomplete` an empty cell (None or NaN) is an open pair; a cell whose mirror is empty
    fills it by its reciprocal. Raises InputError naming every cell that is not a positive number, not the reciprocal
    of its mirror, or not 1 on the diagonal; labels that are missing, double or unknown; a single criterion; items
    that nothing connects.
    """
    cells, labels, issues = _labelled(matrix, items, parent)
    if issues:
        raise InputError(issues)
    if (sound := _sound(cells)) is not None:
        return Comparisons(labels, _mirrored(sound), np.ones(sound.shape, dtype=np.bool_))
    size = len(cells)
    if size == 1:
        raise InputError([Issue("comparison_single", where=Where(_TABLE, 1, labels[0]), params={"value": labels[0]})])
    numbers, open_cells = _numbers(cells)
    issues += [] if incomplete else [_cell(i, j, "–", labels) for i, j in np.argwhere(open_cells)]
    within = (numbers >= _LEAST) & (numbers <= MOST_TIMES * (1 + _EXACT))
    wrong = ~open_cells & ~within
    issues += [_cell(i, j, f"{cells[i][j]}", labels) for i, j in np.argwhere(wrong)]
    if issues:
        raise InputError(issues)
    np.fill_diagonal(open_cells, False)
    return _checked(numbers, open_cells, labels, parent)


_TABLE = "comparisons"
_EXACT = 1e-9
_LEAST = (1 - _EXACT) / MOST_TIMES


def _labelled(matrix: Any, items: Sequence[str], parent: str) -> tuple[Any, tuple[str, ...], list[Issue]]:
    """The cells in the order of the items, and what is wrong with shape and labels."""
    if isinstance(matrix, pd.DataFrame):
        rows, columns = [str(i) for i in matrix.index], [str(c) for c in matrix.columns]
        wanted = tuple(items) or tuple(rows)
        issues = [*_labels(rows, wanted, "row"), *_labels(columns, wanted, "column")]
        if issues or not wanted:
            size: dict[str, Param] = {"shape": f"{len(rows)} × {len(columns)}"}
            return [], wanted, issues or [Issue("comparison_size", where=Where(_TABLE, column=parent), params=size)]
        return matrix.to_numpy()[_order(rows, wanted)][:, _order(columns, wanted)], wanted, []
    if double := [name for n, name in enumerate(items) if name in items[:n]]:
        return (
            [],
            (),
            [Issue("label_twice", where=Where(_TABLE, column=name), params={"value": name}) for name in double],
        )
    square, shape = _square(matrix)
    if not square or (items and len(items) != len(matrix)):
        return [], (), [Issue("comparison_size", where=Where(_TABLE, column=parent), params={"shape": shape})]
    return matrix, tuple(items) or tuple(str(n + 1) for n in range(len(matrix))), []


def _order(labels: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [labels.index(name) for name in wanted]


def _square(matrix: Any) -> tuple[bool, str]:
    """Whether there are as many rows as columns, and the shape for people."""
    if isinstance(matrix, np.ndarray):
        shape = matrix.shape
        return len(shape) == 2 and shape[0] == shape[1] > 0, " × ".join(str(n) for n in shape)
    rows = list(matrix) if isinstance(matrix, Sequence) and not isinstance(matrix, str) else []
    widths = {len(row) if isinstance(row, Sequence | np.ndarray) else 0 for row in rows}
    return bool(rows) and widths == {len(rows)}, f"{len(rows)} × {max(widths, default=0)}"


def _labels(labels: Sequence[str], wanted: Sequence[str], side: str) -> list[Issue]:
    """Labels that stand there twice, that nobody knows, and that are missing."""
    known = tuple(dict.fromkeys(wanted))
    double = [name for n, name in enumerate(labels) if name in labels[:n]]
    found = [Issue("label_twice", where=Where(_TABLE, column=side), params={"value": name}) for name in double]
    for name in labels:
        if name not in known:
            params: dict[str, Param] = {"value": name, "allowed": known, "nearest": nearest(name, known)}
            found.append(Issue("unknown_criterion", where=Where(_TABLE, column=side), params=params))
    where = Where(_TABLE, column=side)
    return found + [Issue("label_missing", where=where, params={"value": name}) for name in known if name not in labels]


def _numbers(cells: Sequence[Sequence[Any]]) -> tuple[Array, Flags]:
    """The cells as numbers, -1 where they are none, and which are empty."""
    try:
        numbers = np.array(cells, dtype=np.float64)
    except (TypeError, ValueError):
        numbers = np.array([[_number(cell) for cell in row] for row in cells])
    empty = np.isnan(numbers)
    return np.where(empty, -1.0, numbers), empty


def _number(cell: Any) -> float:
    try:
        return float("nan") if cell is None or cell is pd.NA else float(cell)
    except (TypeError, ValueError):
        return -1.0


def _checked(numbers: Array, empty: Flags, labels: tuple[str, ...], parent: str) -> Comparisons:
    """The matrix with mirrors filled in; raises InputError for what contradicts its mirror or is not connected."""
    diagonal = np.diag(numbers)
    issues = [
        _cell(int(i), int(i), f"{diagonal[i]:g}", labels, "comparison_diagonal")
        for i in np.flatnonzero((np.abs(diagonal - 1.0) > _EXACT) & (diagonal != -1.0))
    ]
    one_sided = empty & ~empty.T
    filled = np.where(one_sided, 1.0 / np.where(one_sided, numbers.T, 1.0), numbers)
    answered = ~(empty & empty.T)
    np.fill_diagonal(answered, True)
    wrong = answered & (np.abs(filled * filled.T - 1.0) > RECIPROCAL_TOLERANCE)
    issues += [_unequal(filled, j, i, labels) for i, j in np.argwhere(np.triu(wrong, 1))]
    issues += _disconnected(labels, answered, parent) if not issues else []
    if issues:
        raise InputError(issues)
    return Comparisons(labels, _mirrored(np.where(answered, filled, 1.0)), answered)


def _sound(cells: Any) -> Array | None:
    """The cells as numbers if nothing at all is wrong with them: the short way for most tables."""
    try:
        numbers = np.array(cells, dtype=np.float64)
    except (TypeError, ValueError):
        return None
    if len(numbers) < 2 or not (numbers.min() >= _LEAST and numbers.max() <= MOST_TIMES * (1 + _EXACT)):
        return None
    off = np.abs(numbers * numbers.T - 1.0)
    exact = bool(off.diagonal().max() <= _EXACT)
    return numbers if exact and bool(off.max() <= RECIPROCAL_TOLERANCE) else None


def _mirrored(numbers: Array) -> Array:
    """The matrix whose lower half holds the exact reciprocals of the upper one."""
    lower = np.tri(len(numbers), k=-1, dtype=np.bool_)
    matrix: Array = np.where(lower, 1.0 / numbers.T, numbers)
    np.fill_diagonal(matrix, 1.0)
    return matrix


def _unequal(filled: Array, i: int, j: int, labels: Sequence[str]) -> Issue:
    """A cell that is not the reciprocal of its mirror."""
    params: dict[str, Param] = {"value": float(filled[i, j]), "expected": float(1.0 / filled[j, i])}
    params |= {"a": labels[i], "b": labels[j], "other": float(filled[j, i])}
    return Issue("comparison_not_reciprocal", where=_place(i, j, labels), params=params)


def _place(i: int, j: int, labels: Sequence[str]) -> Where:
    return Where(_TABLE, int(i) + 1, labels[j])


def _cell(i: int, j: int, value: str, labels: Sequence[str], code: str = "comparison_not_positive") -> Issue:
    return Issue(code, where=_place(i, j, labels), params={"value": value, "a": labels[i], "b": labels[j]})


def _ratios(
    judgements: Iterable[Judgement], items: Sequence[str], parent: str
) -> tuple[dict[tuple[str, str], float], list[Issue]]:
    """One ratio per answered pair, and what is wrong with the answers. A confirming second answer is left out."""
    ratios: dict[tuple[str, str], float] = {}
    issues: list[Issue] = []
    for n, answer in enumerate(judgements):
        strangers = [name for name in (answer.a, answer.b) if name not in items]
        if strangers or answer.a == answer.b:
            params: dict[str, Param] = {"value": f"{answer.a} / {answer.b}", "parent": parent or "-"}
            params |= {"nearest": nearest(strangers[0], items) if strangers else ""}
            issues.append(Issue("not_siblings", where=Where("judgements", n + 2, "b"), params=params))
            continue
        earlier = ratios.get((answer.a, answer.b), 1.0 / ratios.get((answer.b, answer.a), 1.0 / answer.value))
        if abs(earlier / answer.value - 1) > RECIPROCAL_TOLERANCE:
            said: dict[str, Param] = {"a": answer.a, "b": answer.b, "first": earlier, "second": answer.value}
            issues.append(Issue("judgement_contradiction", where=Where("judgements", n + 2, "value"), params=said))
        elif (answer.b, answer.a) not in ratios:
            ratios.setdefault((answer.a, answer.b), answer.value)
    return ratios, issues


def components(answered: Flags) -> tuple[tuple[int, ...], ...]:
    """Groups of positions that answers connect, each in order."""
    left, found = set(range(len(answered))), []
    while left:
        ahead, group = [min(left)], set()
        while ahead:
            node = ahead.pop()
            if node not in group:
                group.add(node)
                ahead += np.flatnonzero(answered[node]).tolist()
        found.append(tuple(sorted(group)))
        left -= group
    return tuple(found)


def _disconnected(items: Sequence[str], answered: Flags, parent: str) -> list[Issue]:
    """One issue if the answers fall into parts that nothing connects, naming the parts and a pair that would."""
    parts = components(answered)
    if len(parts) == 1:
        return []
    named = tuple(" + ".join(items[i] for i in part) for part in parts)
    bridge = f"{items[parts[0][0]]} / {items[parts[1][0]]}"
    where = Where("judgements", column=parent)
    return [Issue("judgements_disconnected", where=where, params={"parts": named, "value": bridge})]
