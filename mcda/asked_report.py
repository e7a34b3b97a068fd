"""What `mcda report` was asked: which document of which study, or of which workshop."""

from argparse import Namespace
from dataclasses import dataclass

from mcda.arguments import DOCUMENT_FORMATS
from mcda.asked_output import check_ending, ending_of
from mcda.errors import InputError, Issue, Where
from mcda.evaluate import evaluate
from mcda.portfolio import PlanTask, plan
from mcda.report.kinds import EVERY, report
from mcda.report.request import Request
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog, read_log

SETTLED = ("weights", "profile", "method", "as_of", "seed")
"""Options a workshop has settled."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command line as far as it is read: its options, the form to write, the columns named, the template's bytes, and
    what a plan must keep to."""

    options: Namespace
    form: str
    columns: tuple[str, ...]
    template: bytes
    task: PlanTask | None = None


def document_of(call: Call, study: Study, scenario: Scenario, room: RoomLog | None, language: str) -> bytes:
    """The document asked for, as the bytes of a file. Raises InputError as `report` does, and for what a workshop has
    settled already."""
    options = call.options
    if room is not None:
        _check_settled(options, scenario)
    listed = room is not None and options.kind == "list" and call.form != "json"
    result = _result(study, scenario, room)
    request = Request(
        language=language,
        measures=tuple(options.measure),
        municipality=options.municipality,
        public=not options.non_public,
        columns=call.columns or (scenario.columns if listed else ()),
        dialect=options.dialect,
        room=room,
        template=call.template,
        plan=None if call.task is None else plan(result, call.task),
    )
    return report(result, options.kind, call.form, request)


def report_form(options: Namespace) -> str:
    """What to write: as `--to` says, else by the file's ending, else PDF; papers for every municipality come in an
    archive. Raises InputError where the ending says something else."""
    ending = ending_of(options.output)
    form = options.to or (ending if ending in DOCUMENT_FORMATS else "pdf")
    if options.municipality == EVERY:
        check_ending(options.output, ("zip",))
    else:
        check_ending(options.output, (form,) if options.to or ending in DOCUMENT_FORMATS else DOCUMENT_FORMATS)
    return str(form)


def _check_settled(options: Namespace, scenario: Scenario) -> None:
    """Raise InputError with every option that changes nothing because the workshop's own word counts."""
    given = [f"--{name.replace('_', '-')}" for name in SETTLED if getattr(options, name) not in ("", None, [])]
    if not given and scenario != Scenario(name=scenario.name, columns=scenario.columns):
        given = ["--scenario"]
    if given:
        raise InputError([Issue("room_settles", where=Where(name)) for name in given])


def room_log(name: str, content: bytes | None, database: str) -> RoomLog | None:
    """The workshop named: its protocol's file (`content`), or a room's code in the database; None where none is named.

    Raises InputError where there is neither.
    """
    if not name:
        return None
    if content is not None:
        return read_log(content, name)
    from mcda.asked_rooms import stored_log  # the store's packages are an extra, as the front end's

    return stored_log(name, database)


def _result(study: Study, scenario: Scenario, room: RoomLog | None) -> Result:
    """The ranking behind the document: the study's under the scenario, or as the workshop agreed it."""
    if room is None:
        return evaluate(study, scenario)
    if room.study.input_hash != study.input_hash:
        raise InputError([Issue("room_other_study", where=Where("--room"))])
    return in_force(room.study, fold(room.events))
