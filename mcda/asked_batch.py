"""What `mcda batch` was asked: many scenarios of one study or several, written as Parquet."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from mcda.asked import together
from mcda.asked_output import check_parts_place, parts_of
from mcda.asked_report import room_log
from mcda.batch import Batch, run_batch
from mcda.batch.compare import check_comparable
from mcda.batch.side_by_side import side_by_side
from mcda.errors import InputError, Issue, Where
from mcda.locale import text
from mcda.portfolio import PlanTask, read_task
from mcda.report.exhibits.compare_lists import Compared
from mcda.report.exhibits.room_weightings import Weightings, room_weightings
from mcda.scenario import Scenario
from mcda.scenario_set import Scenarios, distinct, read_scenarios
from mcda.study.model import Study
from mcda.study.read import SUFFIXES, WORKBOOKS, read_study
from mcda.workshop.fold import fold
from mcda.workshop.tally import FEWEST_SHOWN

Told = Callable[[int, int], None]


def batch_of(options: Namespace, language: str) -> Batch:
    """Run the batch asked for. Raises InputError with all that is wrong in studies, scenarios and options together."""
    studies, task, _ = together(
        lambda: studies_of(options), lambda: task_of(options), lambda: check_parts_place(options.output)
    )
    scenarios = scenarios_of(options, studies)
    with _progress(language) as told:
        return run_batch(
            studies if len(studies) > 1 else next(iter(studies.values())),
            scenarios,
            what=what_of(options),
            plan=task,
            draws=options.draws,
            seed=options.seed or 0,
            jobs=options.jobs,
            backend="dask" if options.dask else "serial" if options.jobs == 1 else "loky",
            dask=options.dask,
            to=options.output,
            resume=options.resume,
            told=told,
        )


def comparison_of(options: Namespace, protocol: bytes | None, language: str) -> Compared:
    """Run what is to be compared, in this process alone; `protocol`: the content of the workshop's file, where one is
    named.

    Raises InputError as `batch_of`, for unlike scales, and for a workshop that is none or about other criteria.
    """
    studies = studies_of(options)
    scenarios = scenarios_of(options, studies) if options.scenarios else ()
    if len(studies) > 1:
        check_comparable(studies)
    notes: tuple[str, ...] = ()
    if log := room_log(options.room, protocol, options.database):
        scenarios = scenarios or (Scenario(name=text("compare.scenario.study", language)),)
        found = room_weightings(next(iter(studies.values())), log.study, fold(log.events), scenarios[0], language)
        scenarios = distinct((*scenarios, *found.scenarios))
        notes = tuple(weightings_words(found, language))
    asked = {"what": what_of(options), "plan": task_of(options), "draws": options.draws, "seed": options.seed or 0}
    batch = run_batch(studies, scenarios, backend="serial", **asked)
    return Compared(batch, studies, notes, side_by_side(batch, studies) if len(studies) > 1 else None)


def weightings_words(found: Weightings, language: str) -> Iterator[str]:
    """What a workshop's weightings leave out, one line each."""
    if found.few:
        yield text("cli.compare.few", language, fewest=FEWEST_SHOWN)
    if found.unequal:
        yield text("cli.compare.unequal", language)
    if found.left_out:
        yield text("cli.compare.left_out", language, names=found.left_out)


def studies_of(options: Namespace) -> dict[str, Study]:
    """The studies named, by what they are called in the tables."""
    sources = (options.study, *options.also)
    names = [_name(source) for source in sources]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InputError([Issue("same_study_name", where=Where("--also"), params={"value": ", ".join(sorted(twice))})])
    return dict(zip(names, together(*(_reader(source) for source in sources)), strict=True))


def task_of(options: Namespace) -> PlanTask | None:
    """What plans must keep to, from the file named; None where none is."""
    return read_task(options.plan) if options.plan else None


def scenarios_of(options: Namespace, studies: Mapping[str, Study]) -> Sequence[Scenario]:
    """The scenarios of the file named, as the first study has them, after every study was asked what it refuses.

    With --keep-going what a study refuses is left to its scenarios. Raises InputError with all faults, each once, those
    of a further study under the file and its name.
    """
    first, *_ = studies.values()
    if options.keep_going:
        return read_scenarios(options.scenarios, first, keep_going=True)
    found: Scenarios | None = None
    issues: dict[tuple[str, Where, str], Issue] = {}
    for name, study in studies.items():
        faults = list(found.refused_by(study)) if found else []
        try:
            scenarios = read_scenarios(options.scenarios, study)
            found = found or scenarios
        except InputError as error:
            faults += error.issues
        for fault in faults:
            table = fault.where.table if study is first else f"{fault.where.table} ({name})"
            told = replace(fault, where=replace(fault.where, table=table))
            issues.setdefault((fault.code, fault.where, str(fault.params.get("value"))), told)
    if issues or found is None:
        raise InputError([*issues.values()])
    return found


def what_of(options: Namespace) -> tuple[str, ...]:
    """The questions asked; ranks are always among them."""
    return ("ranking", *(name for name in parts_of(options.what) if name != "ranking"))


def batch_words(batch: Batch, language: str) -> str:
    """How many scenarios were computed and how many failed, for the person at the terminal."""
    count, failed = batch.failed()
    said = text("cli.batch.done", language, count=count, path=str(batch.path))
    return f"{said} {text('cli.batch.failed', language, count=failed)}" if failed else said


def _name(source: str) -> str:
    """What a study is called in the tables: its folder, or its file without the ending of a table."""
    last = source.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, _, ending = last.rpartition(".")
    return stem if stem and f".{ending.lower()}" in (*WORKBOOKS, *SUFFIXES) else last


def _reader(source: str) -> Callable[[], Study]:
    return lambda: read_study(source)


@contextmanager
def _progress(language: str) -> Iterator[Told | None]:
    """A bar on standard error where somebody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(text("cli.batch.running", language)),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("")

        def told(done: int, every: int) -> None:
            bar.update(task, completed=done, total=every)

        yield told
