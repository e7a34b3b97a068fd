"""Priorities and consistency ratio of comparison matrices, beside AHPy and pymcdm in the same run.

    python benchmarks/ahp.py [--runs 9]

Every library gets the answers in the form it takes them (a table of numbers, AHPy a dictionary of pairs) and gives
weights and CR, checks of its input included. Sizes 4, 9, 15 and 100, and a hierarchy of 4 criteria with 3 sub-criteria
each and 40 alternatives below every one of them (17 matrices, priorities multiplied down the tree). pymcdm has no
CR beyond 15 criteria and no hierarchy: there it gives weights only, and the products are taken for it. Last line: one
JSON object with the milliseconds of each and the ratios `ahpy_4` ... : how many times as long the other takes.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

import ahpy
import numpy as np
from numpy.typing import NDArray
from pymcdm.weights.subjective import AHP

from mcda.weights.ahp import priorities

Array = NDArray[np.float64]
SIZES = (4, 9, 15, 100)
BRANCHES, LEAVES, ALTERNATIVES = 4, 3, 40
LARGEST_PYMCDM_RATIO = 15
SCALE = [1 / n for n in range(9, 1, -1)] + [float(n) for n in range(1, 10)]

Task = Callable[[], Any]


def main() -> None:
    """Time all three in turn and print a table for people and a line for machines."""
    parser = argparse.ArgumentParser(description="Time AHP priorities and consistency ratios.")
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    figures: dict[str, float] = {}
    print(f"{'':12} {'mcda ms':>10} {'AHPy ms':>10} {'pymcdm ms':>10} {'AHPy/mcda':>10} {'pymcdm/mcda':>12}")
    for size in SIZES:
        matrix = comparisons(size, size)
        agree(ours(matrix), theirs_ahpy(matrix), theirs_pymcdm(matrix))
        tasks = [lambda m=matrix: ours(m), lambda m=matrix: theirs_ahpy(m), lambda m=matrix: theirs_pymcdm(m)]
        figures |= row(str(size), tasks, runs)
    top, middle, below = tree()
    tasks = [
        lambda: our_tree(top, middle, below),
        lambda: ahpy_tree(top, middle, below),
        lambda: pymcdm_tree(top, middle, below),
    ]
    agree(*(task() for task in tasks))
    figures |= row(f"{BRANCHES}x{LEAVES}x{ALTERNATIVES}", tasks, max(runs // 3, 1))
    print(json.dumps(figures))


def row(name: str, tasks: list[Task], runs: int) -> dict[str, float]:
    """The three tasks timed in turn, `runs` times; one printed line and its figures."""
    took: list[list[float]] = [[seconds(task) for task in tasks] for _ in range(runs)]
    mine, ahpy_ms, pymcdm_ms = (1000 * statistics.median(column) for column in zip(*took, strict=True))
    ratio_ahpy = statistics.median(second / first for first, second, _ in took)
    ratio_pymcdm = statistics.median(third / first for first, _, third in took)
    print(f"{name:12} {mine:10.3f} {ahpy_ms:10.3f} {pymcdm_ms:10.3f} {ratio_ahpy:10.1f} {ratio_pymcdm:12.1f}")
    return {
        f"mcda_{name}_ms": round(mine, 4),
        f"ahpy_{name}_ms": round(ahpy_ms, 4),
        f"pymcdm_{name}_ms": round(pymcdm_ms, 4),
        f"ahpy_{name}": round(ratio_ahpy, 2),
        f"pymcdm_{name}": round(ratio_pymcdm, 2),
    }


def ours(matrix: Array) -> Array:
    """Eigenvector priorities and CR by mcda."""
    return priorities(matrix, how="eigenvector").weights


def theirs_ahpy(matrix: Array) -> Array:
    """The same by AHPy, at the precision its users leave it."""
    names = [str(n) for n in range(len(matrix))]
    found = ahpy.Compare("x", pairs(matrix, names))
    return np.array([found.local_weights[name] for name in names], dtype=np.float64)


def theirs_pymcdm(matrix: Array) -> Array:
    """The same by pymcdm; no CR where it has none."""
    found = AHP(matrix=matrix)
    weights: Array = np.abs(found())
    if len(matrix) <= LARGEST_PYMCDM_RATIO:
        found.get_cr()
    return weights


def our_tree(top: Array, middle: list[Array], below: list[list[Array]]) -> Array:
    """Priorities of the alternatives: multiplied down the tree, nothing rounded between levels."""
    total = np.zeros(ALTERNATIVES)
    for weight, branch, leaves in zip(ours(top), middle, below, strict=True):
        for share, leaf in zip(ours(branch), leaves, strict=True):
            total += weight * share * ours(leaf)
    return total


def ahpy_tree(top: Array, middle: list[Array], below: list[list[Array]]) -> Array:
    """The same hierarchy as AHPy builds it."""
    names = [f"a{n}" for n in range(ALTERNATIVES)]
    branches = [f"b{n}" for n in range(BRANCHES)]
    root = ahpy.Compare("root", pairs(top, branches))
    nodes = []
    for branch, matrix, leaves in zip(branches, middle, below, strict=True):
        twigs = [f"{branch}l{n}" for n in range(LEAVES)]
        node = ahpy.Compare(branch, pairs(matrix, twigs))
        node.add_children([ahpy.Compare(twig, pairs(leaf, names)) for twig, leaf in zip(twigs, leaves, strict=True)])
        nodes.append(node)
    root.add_children(nodes)
    return np.array([root.target_weights[name] for name in names], dtype=np.float64)


def pymcdm_tree(top: Array, middle: list[Array], below: list[list[Array]]) -> Array:
    """pymcdm's weights of every matrix, multiplied here."""
    total = np.zeros(ALTERNATIVES)
    for weight, branch, leaves in zip(theirs_pymcdm(top), middle, below, strict=True):
        for share, leaf in zip(theirs_pymcdm(branch), leaves, strict=True):
            total += weight * share * theirs_pymcdm(leaf)
    return total


def tree() -> tuple[Array, list[Array], list[list[Array]]]:
    """The comparison matrices of the hierarchy."""
    below = [
        [comparisons(ALTERNATIVES, 100 + LEAVES * branch + leaf) for leaf in range(LEAVES)]
        for branch in range(BRANCHES)
    ]
    return comparisons(BRANCHES, 1), [comparisons(LEAVES, 10 + branch) for branch in range(BRANCHES)], below


def comparisons(size: int, seed: int) -> Array:
    """Answers on the 1-9 scale about random weights, each a step or so off."""
    generator = np.random.default_rng(seed)
    worth = np.exp(generator.uniform(0, np.log(9), size))
    matrix = np.eye(size)
    for i, j in combinations(range(size), 2):
        said = worth[i] / worth[j] * np.exp(generator.normal(0, 0.3))
        matrix[i, j] = min(SCALE, key=lambda step: abs(np.log(step / said)))
        matrix[j, i] = 1 / matrix[i, j]
    return matrix


def pairs(matrix: Array, names: list[str]) -> dict[tuple[str, str], float]:
    """A matrix as the dictionary AHPy takes."""
    return {(names[i], names[j]): float(matrix[i, j]) for i, j in combinations(range(len(names)), 2)}


def agree(mine: Array, rounded: Array, exact: Array) -> None:
    """All three found the same weights, AHPy to the four decimals it keeps."""
    np.testing.assert_allclose(mine, exact, atol=1e-9)
    np.testing.assert_allclose(mine, rounded, atol=5e-4)


def seconds(task: Task) -> float:
    """Processor time of one call, the mean of as many as take a twentieth of a second."""
    start, calls = time.process_time(), 0
    while True:
        task()
        calls += 1
        took = time.process_time() - start
        if took > 0.05:
            return took / calls


if __name__ == "__main__":
    main()
