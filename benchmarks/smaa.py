"""Rank acceptability: 40 alternatives x 6 criteria x 100,000 weight vectors, beside peers and the plain route.

    python benchmarks/smaa.py [--runs 7] [--no-peers]

One run is the order of all alternatives under every weight vector, counted to a table of ranks, weights given in
double precision to every route, as they are drawn. The plain route is two matrix products, a division and argsort, all
at once; unlike ours it does not add up the weights that put an alternative first. Peers are pymcdm, pyDecision,
scikit-criteria and pysensmcda, each in an environment of its own below .bench/, which this program makes; they take
fewer vectors, are counted per vector, and of three runs the quickest counts. Where the extra `fast` is installed the
machine code is timed too (compiled_*), after it is compiled. Processor time, one thread. Last line: one JSON object
with per_second (vectors times alternatives), ratio_best_peer, ratio_plain, peak_mb (beyond inputs and result) and each
peer's per_second.
"""

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402 -- the number of threads is read at import
from numpy.typing import NDArray  # noqa: E402

from mcda.methods import METHODS  # noqa: E402
from mcda.result import DecisionMatrix  # noqa: E402
from mcda.robustness.compiled_ranks import is_available  # noqa: E402
from mcda.robustness.packed_ranks import losses, rank_counts  # noqa: E402

Array = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[1]
ALTERNATIVES, CRITERIA, VECTORS = 40, 6, 100_000
SEED = 7

HEAD = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
rng = np.random.default_rng({seed})
x = rng.random(({m}, {n})); types = np.ones({n}, dtype=int)
w = rng.dirichlet(np.ones({n}), {k})
"""
"""What every peer starts from: the same matrix, and so many weight vectors."""

TAIL = """
run(w[:2])
took = []
for _ in range(3):
    start = time.process_time(); run(w); took.append(time.process_time() - start)
print(json.dumps({"seconds": min(took), "version": version}))
"""

PEERS: dict[str, tuple[str, int, str]] = {
    "pymcdm": (
        "pymcdm>=1.4",
        4000,
        """
import pymcdm; version = "1.4"
from pymcdm.methods import TOPSIS
topsis = TOPSIS()
def run(ws):
    s = np.array([topsis(x, w, types, validation=False) for w in ws])
    return np.argsort(-s, axis=1)
""",
    ),
    "pyDecision": (
        "pyDecision>=5",
        4000,
        """
version = "5"
from pyDecision.algorithm import topsis_method
kinds = ["max"] * x.shape[1]
def run(ws):
    s = np.array([topsis_method(x, list(w), kinds, graph=False, verbose=False) for w in ws])
    return np.argsort(-s, axis=1)
""",
    ),
    "scikit-criteria": (
        "scikit-criteria>=0.9",
        200,
        """
import skcriteria as skc; version = skc.__version__
from skcriteria.agg.similarity import TOPSIS
from skcriteria.pipeline import mkpipe
from skcriteria.preprocessing.scalers import VectorScaler
pipe = mkpipe(VectorScaler(target="matrix"), TOPSIS())
def run(ws):
    return [pipe.evaluate(skc.mkdm(x, [max] * x.shape[1], weights=w)).rank_ for w in ws]
""",
    ),
    "pysensmcda": (
        "pysensmcda>=2",
        4000,
        """
version = "2"
from pymcdm.methods import TOPSIS
from pysensmcda.smaa.simulate import simulate
def run(ws):
    return simulate(TOPSIS(), x, types, weights=ws, store="accumulate").rank_acceptability()
""",
    ),
}
"""Each peer: what to install, how many vectors it takes in a few seconds, and its own way to do it."""


def main() -> None:
    """Time all of them and print a table for people and a line for machines."""
    parser = argparse.ArgumentParser(description="Time rank acceptability.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    matrix, weights = problem()
    found = losses("topsis", matrix)
    assert found is not None
    packed, plain, compiled = [], [], []
    if is_available():
        rank_counts(found, weights, compiled=True)
    for _ in range(options.runs):
        if is_available():
            compiled.append(seconds(lambda: rank_counts(found, weights, compiled=True)))
        packed.append(seconds(lambda: rank_counts(found, weights)))
        plain.append(seconds(lambda: plain_counts(matrix.values, weights)))
    cells = VECTORS * ALTERNATIVES
    figures: dict[str, float] = {
        "per_second": round(cells / statistics.median(packed)),
        "plain_per_second": round(cells / statistics.median(plain)),
        "ratio_plain": round(statistics.median(b / a for a, b in zip(packed, plain, strict=True)), 2),
        "milliseconds": round(1000 * statistics.median(packed), 1),
        "peak_mb": round(peak(lambda: rank_counts(found, weights)), 2),
        "cells_apart": int(np.abs(rank_counts(found, weights)[0] - plain_counts(matrix.values, weights)).sum()),
    }
    if compiled:
        figures |= {
            "compiled_per_second": round(cells / statistics.median(compiled)),
            "compiled_ratio_plain": round(statistics.median(b / a for a, b in zip(compiled, plain, strict=True)), 2),
            "compiled_milliseconds": round(1000 * statistics.median(compiled), 1),
            "compiled_peak_mb": round(peak(lambda: rank_counts(found, weights, compiled=True)), 2),
        }
    if not options.no_peers:
        rates = {name: peer(name) for name in PEERS}
        figures |= {f"{name}_per_second": round(rate) for name, rate in rates.items()}
        figures["ratio_best_peer"] = round(figures["per_second"] / max(rates.values()), 1)
        if compiled:
            figures["compiled_ratio_best_peer"] = round(figures["compiled_per_second"] / max(rates.values()), 1)
    for name, figure in figures.items():
        print(f"{name:28} {figure:>16,}")
    print(json.dumps(figures))


def problem() -> tuple[DecisionMatrix, Array]:
    """A random matrix of values and uniform weights."""
    generator = np.random.default_rng(SEED)
    values = generator.random((ALTERNATIVES, CRITERIA))
    names = tuple(f"A{i}" for i in range(ALTERNATIVES)), tuple(f"c{j}" for j in range(CRITERIA))
    ones = np.ones(CRITERIA)
    matrix = DecisionMatrix(*names, values, values, values, values, ones, 0 * ones)
    weights = generator.dirichlet(ones, VECTORS)
    scores = METHODS["topsis"].score(matrix, weights[:100])
    assert (np.argsort(-scores, axis=1)[:, 0] < ALTERNATIVES).all()
    return matrix, weights


def plain_counts(values: Array, weights: Array) -> NDArray[np.int64]:
    """The plain route: two products, a division, argsort, one count."""
    ratio = (weights @ ((1.0 - values) ** 2).T) / (weights @ (values**2).T)
    order = ratio.argsort(axis=1)
    flat = order * ALTERNATIVES + np.arange(ALTERNATIVES)
    return np.bincount(flat.ravel(), minlength=ALTERNATIVES**2).reshape(ALTERNATIVES, ALTERNATIVES)


def peer(name: str) -> float:
    """Vectors times alternatives per second of processor time, in the peer's own environment."""
    wanted, vectors, program = PEERS[name]
    python = environment(name, wanted)
    head = HEAD.format(seed=SEED, m=ALTERNATIVES, n=CRITERIA, k=vectors)
    done = subprocess.run([python, "-c", head + program + TAIL], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} did not run:\n{done.stderr[-2000:]}")
    return vectors * ALTERNATIVES / float(json.loads(done.stdout.splitlines()[-1])["seconds"])


def environment(name: str, wanted: str) -> str:
    """The Python of a peer's environment, made on first use."""
    folder = ROOT / ".bench" / name
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wanted]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
        (folder / "ready").touch()
    return str(python)


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def peak(work: Callable[[], object]) -> float:
    """The largest working memory of one call beyond what it started with and what it returns, in MB."""
    work()
    gc.collect()
    tracemalloc.start()
    result = work()
    kept, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return (most - kept) / 1e6


if __name__ == "__main__":
    main()
