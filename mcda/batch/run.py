"""`run_batch`: the same scenarios on the same studies give the same tables, bit for bit, wherever they run.

Work is cut into parts and parts into tasks, by number alone; joblib shares the tasks out, in order of their numbers the
answers come back. A part is written as soon as it is whole, so that memory does not grow with the run.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from mcda.batch.asked import Asked
from mcda.batch.cut import Job, Parts
from mcda.batch.parts import Folder, about_of, failed_in, read_batch
from mcda.batch.rows import COLUMNS, Rows, frames_of, rows_of
from mcda.batch.workers import BACKENDS, Backend, workers
from mcda.errors import InputError, Issue, Where
from mcda.portfolio import PlanTask
from mcda.portfolio.checks import check_names
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.version import __version__

TASK, LONG_TASK = 64, 4
"""Most scenarios per task, and fewest with drawing or plans: some tenths of a second, against about a millisecond to
send."""
LABELLING, ENOUGH = 3_000, 200_000
"""Labels take as long as so many draws before any is drawn. A task has at least so many draws times measures: more than
a tenth of a second on one core of 2026."""

TASKS_PER_PART = 16


@dataclass(frozen=True)
class Batch:
    """What came of a batch: tidy tables, kept in memory or read from where they were written when asked for.

    `ranking`: a row per study, scenario and measure; `shares`: per municipality, too; `findings`: what is worth telling
    or went wrong; `summary`: a row per study and scenario, with the seed and settings that make its numbers again.
    """

    path: Path | None = None
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def ranking(self) -> pd.DataFrame:
        """A row per measure ranked."""
        return self.table("ranking")

    @property
    def shares(self) -> pd.DataFrame:
        """A row per municipality that pays for a measure."""
        return self.table("shares")

    @property
    def findings(self) -> pd.DataFrame:
        """A row per finding and per fault."""
        return self.table("findings")

    @property
    def summary(self) -> pd.DataFrame:
        """A row per scenario."""
        return self.table("summary")

    def failed(self) -> tuple[int, int]:
        """How many scenarios there are and how many of them failed; what is on disk is not read as a whole."""
        if self.path is not None:
            return failed_in(self.path)
        error = self.frames["summary"]["error"]
        return len(error), int(error.notna().sum())

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables as a fresh frame."""
        return self.frames[name].copy() if self.path is None else read_batch(self.path, name)


def run_batch(
    study: Study | Mapping[str, Study],
    scenarios: Iterable[Scenario] = (),
    *,
    what: str | Sequence[str] = ("ranking",),
    plan: PlanTask | None = None,
    draws: int = 10_000,
    seed: int = 0,
    jobs: int = -1,
    backend: Backend = "loky",
    dask: str = "",
    to: str | Path | None = None,
    resume: bool = False,
    told: Callable[[int, int], None] | None = None,
) -> Batch:
    """Evaluate every scenario on every study (one, or several by name); without scenarios each study as it stands.

    `what`: 'ranking' always, 'robustness' adds labels and rank shares from `draws` weightings and open ratings each,
    'funding' each municipality's share, 'portfolio' the best plan. `plan`: what that must keep to, which asks for it; a
    scenario's budget counts where it names none. `jobs`: workers, -1 for all cores. `backend`: 'loky' (processes),
    'threading', 'serial', or 'dask' with the client in force or the scheduler at the address `dask`. `to`: a folder for
    Parquet parts, or a file ending in .parquet; memory then does not grow with the run. `resume`: keep the parts a run
    before has finished. `told` hears how many scenarios are done, and of how many.

    The numbers hang on studies, scenarios, `what`, `plan`, `draws` and `seed` alone. A scenario that fails has its
    faults in `findings` and its first one in `summary`. Raises InputError for what cannot be meant, for a folder that
    holds something else, and where packages of the extra `batch` (or `cluster`) are missing.
    """
    named = (what,) if isinstance(what, str) else tuple(what)
    questions = (*named, *(("portfolio",) if plan is not None and "portfolio" not in named else ()))
    asked = Asked(questions, draws, seed, plan or PlanTask())
    studies = {"": study} if isinstance(study, Study) else dict(study)
    listed = (scenarios if isinstance(scenarios, Sequence) else tuple(scenarios)) or (Scenario(),)
    _check(backend, dask, jobs, studies)
    if "portfolio" in asked.what:
        for one in studies.values():
            check_names(one, asked.plan)
    per_task = _per_task(studies, asked)
    parts = Parts(tuple(studies), listed, per_task * TASKS_PER_PART)
    place = None if to is None else Path(to)
    keys = [] if place is None else [_key(part, studies, asked) for part in parts]
    with workers(backend, dask, jobs) as answers:
        folder = _folder(place, studies, listed, keys, asked, resume=resume)
        if folder is not None and folder.is_joined:
            return Batch(path=place)
        waiting = [n for n in range(len(parts)) if folder is None or not folder.is_done(n, keys[n])]
        done = parts.jobs - sum(parts.size(n) for n in waiting)
        kept: list[Rows] = []
        tasks = (_task(n, task, studies, asked) for n in waiting for task in _cut(parts[n], per_task))
        for number, rows, count in _whole_parts(answers(_answer, tasks), parts):
            done += count
            if folder is None:
                kept.append(rows)
            else:
                folder.write(number, keys[number], frames_of(rows))
            if told is not None:
                told(done, parts.jobs)
    return _finished(folder, place, kept)


def _check(backend: str, dask: str, jobs: int, studies: Mapping[str, Study]) -> None:
    issues = []
    if backend not in BACKENDS:
        issues.append(Issue("not_a_choice", where=Where("backend"), params={"value": backend, "allowed": BACKENDS}))
    elif dask and backend != "dask":
        issues.append(Issue("not_a_choice", where=Where("backend"), params={"value": backend, "allowed": ("dask",)}))
    if jobs == 0:
        issues.append(Issue("out_of_range", where=Where("jobs"), params={"value": jobs, "allowed": "-1, ≥ 1"}))
    if not studies:
        issues.append(Issue("no_study", where=Where("study")))
    if issues:
        raise InputError(issues)


def _per_task(studies: Mapping[str, Study], asked: Asked) -> int:
    """How many scenarios a task has, by numbers alone: a run goes on with any number of workers."""
    if "portfolio" in asked.what:
        return LONG_TASK
    if "robustness" not in asked.what:
        return TASK
    fewest = min(len(study.measures) for study in studies.values())
    return max(LONG_TASK, min(TASK, -(-ENOUGH // max(1, fewest * (asked.draws + LABELLING)))))


def _cut(jobs: Sequence[Job], size: int) -> Iterator[Sequence[Job]]:
    return (jobs[at : at + size] for at in range(0, len(jobs), size))


def _key(part: Sequence[Job], studies: Mapping[str, Study], asked: Asked) -> str:
    """What a part answers: everything its numbers hang on."""
    tables = {name: list(kinds) for name, kinds in COLUMNS.items()}
    told = [__version__, asked.what, asked.draws, asked.seed, tables, asked.plan.canonical()]
    digest = hashlib.sha256(json.dumps(told).encode())
    for number, name, scenario in part:
        line = [number, name, studies[name].input_hash, scenario.canonical()]
        digest.update(json.dumps(line, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _folder(
    place: Path | None,
    studies: Mapping[str, Study],
    scenarios: Sequence[Scenario],
    keys: Sequence[str],
    asked: Asked,
    *,
    resume: bool,
) -> Folder | None:
    if place is None:
        return None
    _need_parquet()
    checksum = hashlib.sha256("".join(keys).encode()).hexdigest()
    hashes = {name: study.input_hash for name, study in studies.items()}
    return Folder(place, about_of(hashes, len(scenarios), checksum, asked), resume=resume)


def _finished(folder: Folder | None, place: Path | None, kept: Sequence[Rows]) -> Batch:
    if folder is None or place is None:
        rows: Rows = {name: [row for part in kept for row in part[name]] for name in COLUMNS}
        return Batch(frames=frames_of(rows))
    folder.finish()
    return Batch(path=place)


Task = tuple[int, Mapping[str, Study], Sequence[Job], Asked]
Answer = tuple[int, Rows, int]


def _task(number: int, jobs: Sequence[Job], studies: Mapping[str, Study], asked: Asked) -> Task:
    """Some scenarios of the part of this number, with the studies they are asked of and no others."""
    return number, {name: studies[name] for _, name, _ in jobs}, jobs, asked


def _answer(task: Task) -> Answer:
    """The rows of one task; what a worker does."""
    number, studies, jobs, asked = task
    rows: Rows = {name: [] for name in COLUMNS}
    for at, name, scenario in jobs:
        where = {"study": name, "scenario": at, "name": scenario.name}
        for table, found in rows_of(studies[name], where, scenario, asked.seed_of(at, scenario), asked).items():
            rows[table] += found
    return number, rows, len(jobs)


def _whole_parts(answers: Iterator[Answer], parts: Parts) -> Iterator[Answer]:
    """Answers joined to whole parts: number, rows, how many scenarios."""
    rows: Rows = {name: [] for name in COLUMNS}
    count = 0
    for number, found, some in answers:
        count += some
        for name, lines in found.items():
            rows[name] += lines
        if count == parts.size(number):
            yield number, rows, count
            rows, count = {name: [] for name in COLUMNS}, 0


def _need_parquet() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise InputError([Issue("batch_missing", params={"packages": ("pyarrow",), "extra": "batch"})]) from None
