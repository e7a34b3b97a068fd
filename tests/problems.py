"""Worked examples from the literature, and decision matrices made of plain numbers."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mcda.result import DecisionMatrix

Array = NDArray[np.float64]


@cache
def _cases() -> dict[str, Any]:
    return dict(json.loads((Path(__file__).parent / "cases" / "methods.json").read_text(encoding="utf-8")))


def case(name: str) -> dict[str, Any]:
    """One worked example: inputs, expected, tolerance, source."""
    return dict(_cases()[name])


def senses(objectives: Sequence[str]) -> Array:
    return np.array([1.0 if objective == "max" else -1.0 for objective in objectives])


def decision_matrix(
    values: ArrayLike, raw: ArrayLike | None = None, directions: ArrayLike | None = None
) -> DecisionMatrix:
    """A matrix with measures A0, A1, ... and criteria c0, c1, ...; raw figures equal the values unless given."""
    worth = np.asarray(values, dtype=np.float64)
    rows, columns = worth.shape
    return DecisionMatrix(
        measures=tuple(f"A{i}" for i in range(rows)),
        leaves=tuple(f"c{j}" for j in range(columns)),
        raw=worth if raw is None else np.asarray(raw, dtype=np.float64),
        values=worth,
        low=worth,
        high=worth,
        senses=np.ones(columns) if directions is None else np.asarray(directions, dtype=np.float64),
        steps=np.zeros(columns),
    )
