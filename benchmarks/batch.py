"""How fast batches run: 1,000 scenarios of 40 measures with 10,000 draws each, beside the bare kernel and pymcdm.

Prints scenario x measure x draw per second and CPU, what the batch costs on top of the kernel, a loop of pymcdm's
TOPSIS over the same weights, peak memory by run length when streaming, and what 11,000 municipalities would take.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import pandas as pd

from mcda.batch import Batch, run_batch
from mcda.batch.rows import COLUMNS
from mcda.batch.run import TASK, TASKS_PER_PART
from mcda.evaluate import evaluate
from mcda.methods import METHODS
from mcda.result import Array, DecisionMatrix
from mcda.robustness.labels import Labels, LabelSettings, robustness_labels
from mcda.robustness.smaa import rank_acceptability
from mcda.robustness.weight_draws import weights_around
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.study.read import read_study
from mcda.weights.tree import tree_weights

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"
SCENARIOS, DRAWS, PLAIN = 1_000, 10_000, 2_000
ALONE = 200
"""So many of the scenarios run in this process alone; their rows must be those of the run on all cores."""

KERNEL_SHARE = 50
COUNTRY, COUNTRY_DRAWS = 11_000, 100_000
MEMORY_RUNS = (4_000, 16_000)
"""Both longer than a part, which is what is held at a time; a shorter run says nothing about memory."""

CHILD = """
import resource, sys
from collections.abc import Sequence
from mcda.batch import run_batch
from mcda.scenario import Scenario
from mcda.study.read import read_study
class Sweep(Sequence):
    def __len__(self):
        return int(sys.argv[3])
    def __getitem__(self, n):
        if n >= len(self):
            raise IndexError(n)
        return Scenario(weights={"cost": 10 + n / 1000})
run_batch(read_study(sys.argv[1]), Sweep(), to=sys.argv[2], backend="serial").failed()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Measure and print; the last line is JSON."""
    study = read_study(EXAMPLE)
    count = len(evaluate(study).ranking)
    scenarios = [Scenario(weights={"cost": 5 + 60 * n / SCENARIOS}) for n in range(SCENARIOS)]
    what = ("ranking", "robustness")
    short = [one.model_copy(update={"seed": n}) for n, one in enumerate(scenarios[:: SCENARIOS // KERNEL_SHARE])]
    kernel = _cpu(lambda: [_kernel(study, one) for one in short]) / len(short)
    kept: list[Batch] = []
    alone = (
        _cpu(lambda: kept.append(run_batch(study, scenarios[:ALONE], what=what, draws=DRAWS, backend="serial"))) / ALONE
    )
    per_second = count * DRAWS / alone
    started = time.perf_counter()
    everywhere = run_batch(study, scenarios, what=what, draws=DRAWS)
    wall = time.perf_counter() - started
    same = all(_first(everywhere, name).equals(kept[0].table(name)) for name in COLUMNS)
    plain = [Scenario(weights={"cost": 5 + 60 * n / PLAIN}) for n in range(PLAIN)]
    ours = _cpu(lambda: run_batch(study, plain, backend="serial")) / PLAIN
    base, weights = evaluate(study).matrix, [tree_weights(study, one).leaf for one in plain]
    _pymcdm(base, weights[:1])  # its modules are loaded now, not while it is timed
    peer = _cpu(lambda: _pymcdm(base, weights)) / PLAIN
    memory = [_memory(n) for n in MEMORY_RUNS]
    acceptance = _cpu(lambda: _acceptance(study)) / 3
    print(f"{SCENARIOS:,} scenarios x {count} measures x {DRAWS:,} draws (weights, and open ratings with weights)")
    print(f"  serial          {1000 * alone:8.1f} ms CPU per scenario  {per_second / 1e6:8.2f} M measures x draws/s")
    print(f"  bare kernel     {1000 * kernel:8.1f} ms CPU per scenario   overhead {100 * (alone / kernel - 1):.1f} %")
    print(f"  all cores       {wall:8.1f} s wall for all of them; rows the same as in one process: {same}")
    print(f"{PLAIN:,} scenarios without draws: {1000 * ours:.2f} ms CPU each, tidy tables, money, groups and findings")
    print(f"  pymcdm TOPSIS loop, scores alone: {1000 * peer:.3f} ms CPU each")
    for n, peak in zip(MEMORY_RUNS, memory, strict=True):
        print(f"  streamed, {n:>6,} scenarios in parts of {TASK * TASKS_PER_PART:,}: peak {peak:.0f} MB")
    core_hours = COUNTRY * acceptance / 3600
    print(f"{COUNTRY:,} municipalities x {count} measures x {COUNTRY_DRAWS:,} draws, all rank shares:")
    print(f"  {acceptance:.3f} s CPU each x {COUNTRY:,} = {core_hours:.2f} core hours")
    figures = {
        "per_second": per_second,
        "overhead_pct": 100 * (alone / kernel - 1),
        "wall_s": wall,
        "same": same,
        "plain_ms": 1000 * ours,
        "pymcdm_ms": 1000 * peer,
        "peak_mb": memory,
        "country_core_hours": core_hours,
    }
    print(json.dumps(figures))


def _first(batch: Batch, name: str) -> pd.DataFrame:
    table = batch.table(name)
    return table[table["scenario"] < ALONE].reset_index(drop=True)


def _kernel(study: Study, scenario: Scenario) -> Labels:
    """What has to be computed in any case: the evaluation, labels and rank shares, without tables or seeds."""
    result = evaluate(study, scenario)
    around = weights_around(result.study, result.weights, LabelSettings().spread)
    rank_acceptability(result.matrix, METHODS[result.method], around, draws=DRAWS)
    return robustness_labels(result, LabelSettings(draws=DRAWS, data_draws=DRAWS))


def _acceptance(study: Study) -> None:
    result = evaluate(study)
    around = weights_around(result.study, result.weights, LabelSettings().spread)
    for seed in range(3):
        rank_acceptability(result.matrix, METHODS["topsis"], around, draws=COUNTRY_DRAWS, seed=seed)


def _pymcdm(matrix: DecisionMatrix, weights: Sequence[Array]) -> None:
    from pymcdm.methods import TOPSIS

    topsis = TOPSIS()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for one in weights:
            topsis(matrix.raw, one, matrix.senses)


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time, children included."""
    before = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    work()
    return time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def _memory(count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", CHILD, str(EXAMPLE), str(Path(folder) / "run"), str(count)]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(said.stdout)


if __name__ == "__main__":
    main()
