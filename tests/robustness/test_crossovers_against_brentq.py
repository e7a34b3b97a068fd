"""5,000 random pairs (1,000 for the rarer methods): a fine scan refined by brentq finds the same crossovers."""

import numpy as np
import pytest
from scipy.optimize import brentq

from mcda.methods import METHODS
from mcda.robustness.crossover import WeightPath, crossovers
from problems import decision_matrix

SCAN = np.linspace(0.0, 1.0, 4001)
PAIRS, FEWER, ROWS = 5_000, 1_000, 9


def scanned(matrix: object, name: str, path: WeightPath) -> dict[tuple[int, int], list[float]]:
    """By pair where the difference of scores changes its sign, to 1e-12, from the scores alone."""
    method = METHODS[name]
    scores = method.score(matrix, path.at(SCAN))  # type: ignore[arg-type]
    found: dict[tuple[int, int], list[float]] = {}
    for a in range(ROWS):
        for b in range(a + 1, ROWS):
            gap = scores[:, a] - scores[:, b]
            changes = np.flatnonzero(gap[:-1] * gap[1:] < 0)

            def difference(t: float, a: int = a, b: int = b) -> float:
                at = method.score(matrix, path.at(t))[0]  # type: ignore[arg-type]
                return float(at[a] - at[b])

            found[a, b] = [brentq(difference, SCAN[i], SCAN[i + 1], xtol=1e-13) for i in changes]
    return found


@pytest.mark.parametrize("name", ["topsis", "weighted_sum", "weighted_product", "topsis_vector", "topsis_minmax"])
def test_crossovers_agree_with_brentq_on_a_fine_scan(name: str) -> None:
    generator = np.random.default_rng(20_26)
    pairs = mismatches = 0
    while pairs < (PAIRS if name in ("topsis", "weighted_sum") else FEWER):
        columns = int(generator.integers(3, 8))
        values = generator.random((ROWS, columns)) * 0.98 + 0.01
        matrix = decision_matrix(values, raw=1 + 99 * values)
        weights, moved = generator.dirichlet(np.ones(columns)), int(generator.integers(columns))
        rest = np.delete(weights, moved)
        start = np.insert(rest / rest.sum(), moved, 0.0)
        path = WeightPath(start, np.eye(columns)[moved])
        expected = scanned(matrix, name, path)
        found: dict[tuple[int, int], list[float]] = {pair: [] for pair in expected}
        for swap in crossovers(matrix, METHODS[name], path):
            a, b = sorted((matrix.measures.index(swap.a), matrix.measures.index(swap.b)))
            found[a, b].append(swap.t)
        for pair, at in expected.items():
            pairs += 1
            same = len(at) == len(found[pair]) and np.allclose(sorted(found[pair]), at, atol=1e-9, rtol=0)
            mismatches += not same
    assert mismatches == 0
