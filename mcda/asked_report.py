"""What `mcda report` was asked: which document of which study, or of which workshop."""

from argparse import Namespace

from mcda.arguments import DOCUMENT_FORMATS
from mcda.errors import InputError, Issue, Where
from mcda.evaluate import evaluate
from mcda.report.kinds import report
from mcda.report.request import Request
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.workshop.baseline import in_force
from mcda.workshop.fold import fold
from mcda.workshop.log_file import RoomLog, read_log


def document_of(
    options: Namespace, study: Study, scenario: Scenario, room: RoomLog | None, template: bytes, language: str
) -> bytes:
    """The document asked for, as the bytes of a file. Raises InputError as `report` does."""
    request = Request(
        language=language,
        measures=tuple(options.measure),
        municipality=options.municipality,
        public=not options.non_public,
        columns=columns_of(options.columns) or scenario.columns,
        room=room,
        template=template,
    )
    return report(_result(study, scenario, room), options.kind, report_form(options), request)


def columns_of(entry: str) -> tuple[str, ...]:
    """The keys of the columns wanted, in the order given."""
    return tuple(part.strip() for part in entry.split(",") if part.strip())


def report_form(options: Namespace) -> str:
    """What to write: as `--to` says, else by the file's ending, else PDF."""
    _, dot, ending = options.output.lower().rpartition(".")
    return options.to or (ending if dot and ending in DOCUMENT_FORMATS else "pdf")


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
