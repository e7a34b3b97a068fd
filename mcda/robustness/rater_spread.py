"""How far several raters' means are in doubt: what is left between them, and how strict each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mcda.result import Array
from mcda.study.model import Rating

SWEEPS = 50
"""Sweeps between cell means and rater means; balanced tables need one, lopsided ones a few."""


@dataclass(frozen=True, slots=True)
class RaterSpread:
    """The doubt about the mean ratings of one criterion: level = cell + rater + rest.

    `rater_sd`: how differently strict raters are; `rest_sd`: what remains per rating. `shares` (m, raters): each
    rater's part in a cell's mean, zero rows where fewer than two people rated.
    """

    rater_sd: float
    rest_sd: float
    shares: Array

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Deviations (k, m) of the means: a rater's strictness is drawn once and shared by all measures they rated."""
        strict = generator.standard_normal((count, self.shares.shape[1])) * self.rater_sd
        rest = generator.standard_normal((count, len(self.shares))) * self.rest_sd
        return np.asarray(strict @ self.shares.T + rest * np.sqrt((self.shares**2).sum(axis=1)))

    def wider_than(self, step: float) -> NDArray[np.bool_]:
        """Cells (m,) whose doubt is at least that of a rating rounded to `step` (standard deviation step / sqrt 12)."""
        spread = np.sqrt((self.shares**2).sum(axis=1) * (self.rater_sd**2 + self.rest_sd**2))
        return np.asarray((spread >= step / np.sqrt(12)) & self.shares.any(axis=1))


def rater_spread(cells: Sequence[Sequence[Rating]]) -> RaterSpread | None:
    """The spread in the counted ratings of one criterion (m cells), None where no cell has two raters.

    Least squares for cell and rater means by turns; the rest's variance over its degrees of freedom, the raters'
    variance less what the rest alone would give (never below zero). Source: two-way analysis of variance without
    interaction, Searle, Casella & McCulloch 1992, ch. 4 (method of moments).
    """
    several = [i for i, ratings in enumerate(cells) if len(ratings) > 1]
    names = sorted({r.rater for i in several for r in cells[i]})
    if len(names) < 2:
        return None
    marks = np.full((len(cells), len(names)), np.nan)
    for i in several:
        for rating in cells[i]:
            marks[i, names.index(rating.rater)] = rating.value if rating.value is not None else np.nan
    given = np.isfinite(marks)
    shares = given / np.maximum(given.sum(axis=1, keepdims=True), 1)
    rest, strict = _parts(marks[several], given[several])
    free = int(given.sum()) - len(several) - len(names) + 1
    rest_variance = float((rest[given[several]] ** 2).sum()) / free if free > 0 else 0.0
    each = float(given.sum()) / len(names)
    rater_variance = max(float(np.var(strict, ddof=1)) - rest_variance / each, 0.0)
    return RaterSpread(float(np.sqrt(rater_variance)), float(np.sqrt(rest_variance)), shares)


def _parts(marks: Array, given: NDArray[np.bool_]) -> tuple[Array, Array]:
    """What is left of the marks (cells, raters) and the raters' strictness (raters,)."""
    marks = np.where(given, marks, 0.0)
    per_cell, per_rater = given.sum(axis=1), np.maximum(given.sum(axis=0), 1)
    strict = np.zeros(marks.shape[1])
    cell = np.zeros(len(marks))
    for _ in range(SWEEPS):
        cell = ((marks - strict) * given).sum(axis=1) / per_cell
        strict = ((marks - cell[:, None]) * given).sum(axis=0) / per_rater
        strict -= strict.mean()
    return np.where(given, marks - cell[:, None] - strict, 0.0), strict
