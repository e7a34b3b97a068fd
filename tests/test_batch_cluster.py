"""A batch on a Dask cluster, and one whose process is killed: the same tables, to the bit."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from distributed import LocalCluster

from mcda.batch import run, run_batch, workers
from mcda.batch.rows import COLUMNS
from mcda.errors import InputError
from mcda.scenario import Scenario
from small import small_study
from test_batch import same

SCENARIOS = [Scenario(name=str(n), weights={"cost": 5.0 + n}, seed=n) for n in range(10)]
ASKED = {"what": ("ranking", "robustness", "funding"), "draws": 200}


def run_in_small_parts(to: Path) -> None:
    """The batch, a part on disk for each scenario; it goes on where one before it stopped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "LONG_TASK", 1)
        patch.setattr(run, "ENOUGH", 1)
        patch.setattr(run, "TASKS_PER_PART", 1)
        run_batch(small_study(), SCENARIOS, to=to, backend="serial", resume=True, **ASKED)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Workers start from the module that is main, and a page tested in this process may have taken its place."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        yield from _cluster()


def _cluster() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:  # type: ignore[no-untyped-call]
        yield str(cluster.scheduler_address)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_cluster_gives_the_same_tables(scheduler: str) -> None:
    study = small_study()
    one = run_batch(study, SCENARIOS, backend="serial", **ASKED)  # type: ignore[arg-type]
    same(run_batch(study, SCENARIOS, backend="dask", dask=scheduler, **ASKED), one)  # type: ignore[arg-type]


def test_an_address_without_a_cluster_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PATIENCE", "1s")
    for address in ("nowhere", "tcp://127.0.0.1:9"):
        with pytest.raises(InputError) as error:
            run_batch(small_study(), SCENARIOS[:1], backend="dask", dask=address)
        assert [issue.code for issue in error.value.issues] == ["no_cluster"]
        assert address in error.value.issues[0].sentence("de")


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed that way there")
def test_a_killed_process_leaves_whole_parts_and_the_run_goes_on(tmp_path: Path) -> None:
    from serving import started  # needs a system that can kill

    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run_in_small_parts(whole)
    process = started(run_in_small_parts, cut)
    while process.exitcode is None and len(list(cut.glob("part-*.json"))) < 3:
        time.sleep(0.01)
    process.kill()
    process.join()
    assert 3 <= len(list(cut.glob("part-*.json"))) <= len(SCENARIOS)
    run_in_small_parts(cut)
    for name in COLUMNS:
        for file in sorted(whole.glob(f"{name}-*.parquet")):
            assert (cut / file.name).read_bytes() == file.read_bytes(), file.name
