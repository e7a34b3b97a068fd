"""How exact weights can be when answers are whole steps of a scale."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mcda.result import Array
from mcda.weights.comparisons import Comparisons
from mcda.weights.incomplete import logarithmic_map

HALF_STEP = 0.5
COVERED = 0.9
DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class RoundingIntervals:
    """From where to where each weight could lie: the middle `covered` share of the draws."""

    low: Mapping[str, float]
    high: Mapping[str, float]
    covered: float
    draws: int
    seed: int


def rounding_intervals(
    comparisons: Comparisons, *, draws: int = DRAWS, seed: int = 0, covered: float = COVERED
) -> RoundingIntervals:
    """Weight intervals when every answer may be half a scale step off: 3 stands for 2.5 to 3.5, 1/3 for the inverse,
    1 for 1/1.5 to 1.5.

    Answers are jittered independently and uniformly in scale steps, weights by row geometric means (open pairs: least
    squares), `draws` times with `seed`. An interval of rounding alone, not of what people may change their minds on.
    """
    generator = np.random.default_rng(seed)
    answers = comparisons.matrix[np.triu(comparisons.answered, 1)]
    steps = _steps(answers)[None, :] + generator.uniform(-HALF_STEP, HALF_STEP, (draws, len(answers)))
    logs = np.log(_ratios(steps)) @ logarithmic_map(comparisons.answered).T
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    tail = (1.0 - covered) / 2.0
    low, high = np.quantile(weights, [tail, 1.0 - tail], axis=0)
    items = comparisons.items
    return RoundingIntervals(_by(items, low), _by(items, high), covered, draws, seed)


def _steps(ratios: Array) -> Array:
    """Ratios as signed steps from equal: 3 is 2, 1/3 is -2."""
    found: Array = np.where(ratios >= 1.0, ratios - 1.0, 1.0 - 1.0 / ratios)
    return found


def _ratios(steps: Array) -> Array:
    return np.where(steps >= 0.0, 1.0 + steps, 1.0 / (1.0 - steps))


def _by(items: tuple[str, ...], values: Array) -> dict[str, float]:
    return dict(zip(items, values.tolist(), strict=True))
