"""The same bits from every way to run a batch: serial, one and two processes, Dask, and killed half-way then resumed.

1,000 scenarios of the example's 40 measures with labels and rank shares from 10,000 draws each. A table's fingerprint
is the SHA-256 of column names, kinds and every value's bytes. The run that is killed is a process of its own
with two workers, stopped by SIGKILL as soon as half of its parts stand; its Parquet files must be those of a run that
was never stopped, byte for byte, and the parts that stood must not have been computed again.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import pandas as pd

from mcda.batch import Batch, run_batch
from mcda.batch.rows import COLUMNS
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.study.read import read_study

EXAMPLE = Path(__file__).parents[1] / "data" / "nordallianz"
WHAT = ("ranking", "robustness", "funding")
WAYS = ("serial", "loky 1", "loky 2", "dask 2", "killed")
PATIENCE = 3600
"""Seconds until half of the parts must stand."""

Prints = dict[str, str]


def main() -> None:
    """Run every way asked for and compare; the last line is JSON."""
    asked = _asked()
    study = read_study(EXAMPLE)
    scenarios = scenarios_of(asked.scenarios)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        seconds: dict[str, float] = {}
        prints: dict[str, Prints] = {}
        told: dict[str, Any] = {}
        for way in asked.ways:
            started = time.perf_counter()
            batch = _run(way, study, scenarios, asked, place, told)
            seconds[way] = time.perf_counter() - started
            prints[way] = {name: fingerprint(batch.table(name)) for name in COLUMNS}
            print(f"{way:8} {seconds[way]:8.1f} s  " + "  ".join(f"{n} {p[:12]}" for n, p in prints[way].items()))
        files = _same_files(place / "loky-1", place / "killed")
    first = prints[asked.ways[0]]
    same = {way: found == first for way, found in prints.items()}
    print(f"{asked.scenarios:,} scenarios x {asked.draws:,} draws, all frames the same: {all(same.values())}")
    if told:
        print(f"killed with {told['stood']} of {told['parts']} parts, {told['kept']} of them not computed again;")
        print(f"  Parquet files compared with those of the run never stopped: {files}, all the same")
    print(json.dumps({"same": all(same.values()), "ways": same, "seconds": seconds, "files": files, **told, **first}))
    if not all(same.values()):
        sys.exit(1)


def scenarios_of(count: int) -> list[Scenario]:
    """Scenarios that differ in weights, method, costs and closed programmes."""
    methods = ("topsis", "weighted_sum")
    return [
        Scenario(
            name=f"{n}",
            weights={"cost": 5 + 60 * n / count},
            method=methods[n % 2],
            cost_factors={"*": 1.1} if n % 5 == 3 else {},
            without_programmes=("*",) if n % 7 == 4 else (),
        )
        for n in range(count)
    ]


def fingerprint(table: pd.DataFrame) -> str:
    """SHA-256 over names, kinds, and column by column what is missing and the bytes of what is there.

    The bytes below a missing value mean nothing: pandas writes a 1 there and Parquet a 0.
    """
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    for column in pyarrow.Table.from_pandas(table, preserve_index=False).itercolumns():
        for part in (column.is_valid(), column.drop_null()):
            batch = pyarrow.record_batch([part.combine_chunks()], names=["part"])
            with pyarrow.ipc.new_stream(sink, batch.schema) as stream:
                stream.write_batch(batch)
    kinds = json.dumps({name: str(kind) for name, kind in table.dtypes.items()})
    return hashlib.sha256(kinds.encode() + sink.getvalue().to_pybytes()).hexdigest()


def _run(
    way: str, study: Study, scenarios: list[Scenario], asked: argparse.Namespace, place: Path, told: dict[str, Any]
) -> Batch:
    question: dict[str, Any] = {"what": WHAT, "draws": asked.draws}
    ways: dict[str, Callable[[], Batch]] = {
        "serial": lambda: run_batch(study, scenarios, backend="serial", **question),
        "loky 1": lambda: run_batch(study, scenarios, jobs=1, to=place / "loky-1", **question),
        "loky 2": lambda: run_batch(study, scenarios, jobs=2, **question),
        "dask 2": lambda: _on_dask(study, scenarios, question),
        "killed": lambda: _killed(study, scenarios, question, place / "killed", told),
    }
    return ways[way]()


def _on_dask(study: Study, scenarios: list[Scenario], question: dict[str, Any]) -> Batch:
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster, Client(cluster):
        return run_batch(study, scenarios, backend="dask", **question)


def _killed(
    study: Study, scenarios: list[Scenario], question: dict[str, Any], place: Path, told: dict[str, Any]
) -> Batch:
    """Start the run as a process of its own, kill it and its workers half-way, and go on."""
    command = [sys.executable, __file__, "--child", str(place)]
    command += ["--scenarios", str(len(scenarios)), "--draws", str(question["draws"])]
    process = subprocess.Popen(command, start_new_session=True)
    half = (_parts_of_all(len(scenarios)) + 1) // 2
    until = time.monotonic() + PATIENCE
    while len(_stamps(place)) < half and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the run was over before it could be killed"
    stood = _stamps(place)
    batch = run_batch(study, scenarios, jobs=2, to=place, resume=True, **question)
    after = _stamps(place)
    told |= {"parts": len(after), "stood": len(stood), "kept": sum(after[n] == at for n, at in stood.items())}
    assert told["kept"] == told["stood"] < told["parts"], told
    return batch


def _parts_of_all(count: int) -> int:
    from mcda.batch.run import LONG_TASK, TASKS_PER_PART

    return -(-count // (LONG_TASK * TASKS_PER_PART))


def _stamps(place: Path) -> dict[str, int]:
    """The parts that are finished, with the time each was."""
    return {file.name: file.stat().st_mtime_ns for file in place.glob("part-*.json")}


def _same_files(one: Path, other: Path) -> int:
    """How many Parquet files two runs have in common, after making sure that they are the same."""
    if not (one.exists() and other.exists()):
        return 0
    files = {file.name: file.read_bytes() for file in one.glob("*.parquet")}
    assert files == {file.name: file.read_bytes() for file in other.glob("*.parquet")}, "Parquet files differ"
    return len(files)


def _asked() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scenarios", type=int, default=1_000)
    arguments.add_argument("--draws", type=int, default=10_000)
    arguments.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    arguments.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.child:
        run_batch(
            read_study(EXAMPLE), scenarios_of(asked.scenarios), what=WHAT, draws=asked.draws, jobs=2, to=asked.child
        )
        sys.exit(0)
    return asked


if __name__ == "__main__":
    main()
