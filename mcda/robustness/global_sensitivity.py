"""Which open question moves a result most, over all of them at once: Sobol's variance shares. A report for experts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from mcda.result import Array, Result
from mcda.robustness.considered import Considered, played_method
from mcda.robustness.stacked import STACKED, stacked_scores
from mcda.robustness.uncertain_ratings import DOUBT, RatingDoubt, uncertain_values
from mcda.robustness.weight_draws import SPREAD, WIDEST

Model = Callable[[Array], Array]
"""A result (k,) from points (k, d) of the unit cube."""


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """`first`: the share of the variance a factor explains alone; `total`: with all it does together with others.

    Both (d,); estimates may lie a little below 0 or above 1. `variance` of the result; where it is 0 nothing moves
    the result and all shares are 0. `runs`: how often the model was computed.
    """

    factors: tuple[str, ...]
    first: Array
    total: Array
    variance: float
    runs: int
    seed: int


def sobol_indices(model: Model, factors: tuple[str, ...], *, base: int = 8192, seed: int = 0) -> SobolIndices:
    """First-order and total Sobol indices of a model whose factors are uniform on 0..1 and independent.

    `base` points (a power of 2) of a scrambled Sobol sequence, base x (factors + 2) runs. Raises ValueError for a base
    that is no power of 2. Sources: Saltelli et al. 2010, Computer Physics Communications 181, 259-270 (first order);
    Jansen 1999, ibid. 117, 35-43 (total).
    """
    from scipy.stats import qmc  # takes longer to import than most analyses take

    if base < 2 or base & (base - 1):
        raise ValueError(f"base must be a power of 2, not {base}")
    count = len(factors)
    points = qmc.Sobol(2 * count, rng=np.random.default_rng(seed)).random_base2(base.bit_length() - 1)
    one, other = points[:, :count], points[:, count:]
    of_one, of_other = model(one), model(other)
    both = np.concatenate([of_one, of_other])
    variance = float(both.var())
    first, total = np.zeros(count), np.zeros(count)
    for j in range(count):
        mixed = one.copy()
        mixed[:, j] = other[:, j]
        of_mixed = model(mixed)
        if variance > 0:
            first[j] = ((of_other - both.mean()) * (of_mixed - of_one)).mean() / variance
            total[j] = ((of_one - of_mixed) ** 2).mean() / 2 / variance
    return SobolIndices(factors, first, total, variance, base * (count + 2), seed)


def what_moves_the_lead(
    result: Result,
    *,
    spread: float = SPREAD,
    doubt: RatingDoubt = DOUBT,
    base: int = 1024,
    seed: int | None = None,
) -> SobolIndices:
    """What decides how far the first is ahead of the second: each top criterion's weight, ratings with costs, method.

    Weights vary around the present ones as in `weights_around` (gamma quantiles, so each is a factor of its own),
    ratings and costs as `doubt` says, the method between those on fixed bounds. The lead is in scores. With one
    measure, or a leader that nothing moves, all shares are 0. `seed` None: the scenario's. Raises ValueError for a
    spread that cannot be meant.
    """
    from scipy.special import gammaincinv

    if not 0 < spread < WIDEST:
        raise ValueError(f"spread must lie in 0 .. {WIDEST:.1f} points, not {spread}")
    chosen = result.scenario.seed if seed is None else seed
    tops = result.study.children[""]
    concentration = 0.1875 / (spread / 100) ** 2 - 1
    shapes = np.array([max(concentration * result.weights.local[top], 1e-9) for top in tops])
    inside = _inside(result)
    drawn = uncertain_values(result.study, result.matrix, result.money, doubt)(np.random.default_rng(chosen), 256)
    leaders = [result.matrix.measures.index(line.measure) for line in result.ranking[:2]]
    methods = tuple(dict.fromkeys((played_method(result.method, Considered(ratings=True)), *STACKED)))

    def lead(points: Array) -> Array:
        if len(leaders) < 2:
            return np.zeros(len(points))
        amounts = gammaincinv(shapes, np.clip(points[:, : len(tops)], 1e-12, 1 - 1e-12))
        weights = (amounts / amounts.sum(axis=1, keepdims=True)) @ inside
        values = drawn[np.minimum((points[:, -2] * len(drawn)).astype(int), len(drawn) - 1)][:, leaders]
        which = np.minimum((points[:, -1] * len(methods)).astype(int), len(methods) - 1)
        scores = np.stack([stacked_scores(name, values, weights) for name in methods])[which, np.arange(len(points))]
        return np.asarray(scores[:, 0] - scores[:, 1])

    return sobol_indices(lead, (*tops, "ratings", "method"), base=base, seed=chosen)


def _inside(result: Result) -> Array:
    """How each top criterion's weight is shared among its leaves (tops, n); rows sum to 1."""
    study, local = result.study, result.weights.local
    rows = []
    for top in study.children[""]:
        shares: Mapping[str, float] = _below(result, top, 1.0, local)
        rows.append([shares.get(leaf, 0.0) for leaf in result.matrix.leaves])
    return np.array(rows)


def _below(result: Result, node: str, share: float, local: Mapping[str, float]) -> dict[str, float]:
    children = result.study.children.get(node, ())
    if not children:
        return {node: share}
    return {leaf: part for c in children for leaf, part in _below(result, c, share * local[c], local).items()}
