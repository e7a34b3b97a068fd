"""Who computes: this process, its threads, other processes, or a cluster; joblib shares the work out."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Literal

from mcda.batch.memory import steady_memory
from mcda.errors import InputError, Issue, Where

Backend = Literal["loky", "dask", "threading", "serial"]
BACKENDS: tuple[Backend, ...] = ("loky", "dask", "threading", "serial")
PATIENCE = "10s"
"""So long a cluster may take to answer."""


Answers = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
"""The answers of a function to tasks, in the order of the tasks, whoever gives them."""


@contextmanager
def workers(backend: Backend, dask: str, jobs: int) -> Iterator[Answers]:
    """Those who compute, ready before anything is written. `dask`: the address of a scheduler, else the client in
    force. Raises InputError where no cluster answers, and where packages are missing."""
    if backend == "serial":
        yield map
        return
    joblib = _joblib()
    with ExitStack() as open_:
        if backend == "dask":
            _client(dask, open_)
        inner = {"inner_max_num_threads": 1} if backend == "loky" else {}
        open_.enter_context(joblib.parallel_config(backend=backend, **inner))

        def answers(answer: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
            one = joblib.delayed(_steadily if backend == "dask" else _plainly)
            shared: Iterator[Any] = joblib.Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(
                one(answer, task) for task in tasks
            )
            return shared

        yield answers


def _plainly(answer: Callable[[Any], Any], task: Any) -> Any:
    return answer(task)


def _steadily(answer: Callable[[Any], Any], task: Any) -> Any:
    with steady_memory():
        return answer(task)


def _client(address: str, open_: ExitStack) -> None:
    """A client of a running cluster, the one in force while the batch runs; without an address there must be one."""
    try:
        import distributed
    except ImportError:
        raise InputError([Issue("batch_missing", params={"packages": ("distributed",), "extra": "cluster"})]) from None
    connect: Any = distributed.Client if address else distributed.get_client
    try:
        if address:
            open_.enter_context(connect(address, timeout=PATIENCE))
        else:
            connect()
    except (OSError, ValueError) as error:
        issue = Issue("no_cluster", where=Where("--dask"), params={"value": address, "why": str(error)})
        raise InputError([issue if address else Issue("no_client", where=Where("backend"))]) from None


def _joblib() -> Any:
    try:
        import joblib
    except ImportError:
        raise InputError([Issue("batch_missing", params={"packages": ("joblib",), "extra": "batch"})]) from None
    return joblib
