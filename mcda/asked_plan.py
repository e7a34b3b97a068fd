"""What `mcda plan` was asked: a task from its file with the options laid over it, questions, and how long to search."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mcda.asked import together
from mcda.asked_output import parts_of
from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.locale import text
from mcda.portfolio import Plan, PlanTask, plan, read_task, relaxations, task_from
from mcda.portfolio.plan import SECONDS
from mcda.report.exhibits.plan_answers import QUESTIONS, answers
from mcda.report.exhibits.plan_questions import relaxation_sentences
from mcda.report.exhibits.plan_words import status_sentence
from mcda.report.exports.plan_file import plan_csv, plan_json, plan_xlsx
from mcda.report.exports.sensitivity_file import Asked
from mcda.result import Result
from mcda.study.cells import CellError, convert
from mcda.study.model import Measure
from mcda.terminal_plan import plan_lines

MOST_SECONDS = 86_400.0
EVERY = "all"
ANSWER_SECONDS = 5.0
"""So long each plan may take that an answer needs besides, at most as long as the plan itself."""


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """The task, what its file is called, the questions besides, and for how many seconds to search."""

    task: PlanTask
    origin: str = "plan"
    questions: tuple[str, ...] = ()
    seconds: float = SECONDS

    def made(self, result: Result) -> Plan:
        """The plan. Raises InputError as `plan`, under the file's name."""
        try:
            return plan(result, self.task, seconds=self.seconds)
        except InputError as error:
            named = [replace(i, where=replace(i.where, table=self.origin)) for i in error.issues]
            raise InputError(
                [new if i.where.table == "plan" else i for i, new in zip(error.issues, named, strict=True)]
            ) from None

    @property
    def each(self) -> float:
        """Seconds for every plan that an answer needs."""
        return min(ANSWER_SECONDS, self.seconds)


def plan_asked(options: argparse.Namespace) -> PlanAsked:
    """What the command line asks. Raises InputError with every option that cannot be meant."""
    task, questions, seconds = together(
        lambda: task_of(options), lambda: _questions(options.questions), lambda: _seconds(options.seconds)
    )
    origin = options.plan.replace("\\", "/").rpartition("/")[2] or "plan"
    return PlanAsked(task, origin, questions, seconds)


def named_task(name: str) -> PlanTask | None:
    """What a plan must keep to, from its file; None where none is named. Raises InputError as `read_task`."""
    return read_task(name) if name else None


def with_plan(asked: Asked, result: Result, task: PlanTask | None) -> Asked:
    """The questions on how sure a place is, with the plan for the task, whose budget line may be near. Raises
    InputError where there is no plan."""
    if task is None:
        return asked
    made = plan(result, task)
    if not made.solved:
        raise InputError([Issue(f"plan_{made.status}", where=Where("--plan"))])
    return replace(asked, plan=made)


def task_of(options: argparse.Namespace) -> PlanTask:
    """The task's file, if one was named, with the options laid over it: lists add to its lists."""
    base, budget = together(
        lambda: read_task(options.plan) if options.plan else PlanTask(), lambda: _euros(options.budget)
    )
    lists = {name: (*getattr(base, name), *_names(getattr(options, name))) for name in ("must", "never", "ignore")}
    changes: dict[str, object] = {name: tuple(dict.fromkeys(names)) for name, names in lists.items()}
    changes |= {name: value for name, value in (("budget_eur", budget), ("years", options.years)) if value is not None}
    changes |= {"schedule": True} if options.schedule else {}
    try:
        return task_from(dict(base) | changes)
    except InputError as error:  # the file is right by now: what is wrong came from an option
        options_of = {i.where.column: Where("--" + i.where.column.removesuffix("_eur")) for i in error.issues}
        raise InputError([replace(i, where=options_of[i.where.column]) for i in error.issues]) from None


def plan_content(result: Result, made: Plan, asked: PlanAsked, form: str, language: str) -> bytes:
    """The plan with the answers asked for as the bytes of a file."""
    found = answers(result, made, asked.questions, seconds=asked.each)
    if form == "json":
        return plan_json(result, made, found, language, seconds=asked.seconds)
    if form == "xlsx":
        return plan_xlsx(result, made, found, language)
    if form == "csv":
        return plan_csv(result, made, language)
    return "".join(f"{line}\n" for line in plan_lines(result, made, found, language)).encode()


def unsolved_lines(result: Result, made: Plan, asked: PlanAsked, language: str) -> list[str]:
    """That there is no plan, and which smallest changes would make one possible."""
    found = relaxations(result, made.task, seconds=asked.each) if made.status == "infeasible" else ()
    said = f"{text('cli.level.error', language)}: {status_sentence(made, language)}."
    if made.status != "infeasible":
        return [f"{text('cli.level.error', language)}: {text('finding.plan_no_answer', language)}"]
    return [said, *relaxation_sentences(found, result.study, language)]


def _names(entries: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for entry in entries for name in parts_of(entry))


def _questions(entries: Sequence[str]) -> tuple[str, ...]:
    names = _names(entries)
    if EVERY in names:
        return QUESTIONS
    allowed = (*QUESTIONS, EVERY)
    issues = []
    for name in names:
        if name not in QUESTIONS:
            params: dict[str, Param] = {"value": name, "allowed": allowed, "nearest": nearest(name, allowed)}
            issues.append(Issue("not_a_choice", where=Where("--questions"), params=params))
    if issues:
        raise InputError(issues)
    return tuple(name for name in QUESTIONS if name in names)


def _seconds(entry: str) -> float:
    try:
        found = float(entry.replace(",", ".")) if entry.strip() else SECONDS
    except ValueError:
        found = 0.0
    if not 0.0 < found <= MOST_SECONDS:
        params: dict[str, Param] = {"value": entry, "allowed": f"> 0 ... {MOST_SECONDS:.0f}"}
        raise InputError([Issue("plan_seconds", where=Where("--seconds"), params=params)])
    return found


def _euros(entry: str) -> Decimal | None:
    """An amount as people write it; None where none was given."""
    if not entry.strip():
        return None
    try:
        return Decimal(str(convert(Measure, "capex_eur", entry)))
    except CellError as error:
        params: dict[str, Param] = {"value": entry, "allowed": error.allowed}
        raise InputError([Issue(error.code, where=Where("--budget"), params=params)]) from None
