"""The minutes and the annex of a room as Word and PDF, for whoever may see its protocol."""

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec

from starlette.responses import Response

from mcda.errors import Issue
from mcda.locale import text
from mcda.report.kinds import report
from mcda.report.request import Request
from mcda.ui.workshop.ask import Ask, Handler, Later, by_key, html
from mcda.workshop.baseline import in_force
from mcda.workshop.desk import Loaded
from mcda.workshop.log_file import RoomLog

PAPERS = ("protocol", "annex")
MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
NEEDED: Mapping[str, str] = {"typst": "typst", "docx": "python-docx"}
"""Packages of the extra `report` by the name they are imported under. Drawings in a Word file are typst's too."""
NOT_SET_UP = 501


def paper_of(kind: str, form: str) -> Handler:
    """What answers with one of the papers, made from the room's log as it stands at the click."""

    def handler(ask: Ask) -> Response | Later:
        loaded, _ = by_key(ask, of_participant=False)
        language = ask.told_in(loaded)
        missing = tuple(package for name, package in NEEDED.items() if find_spec(name) is None)
        if missing:
            return _not_set_up(ask, missing, language)
        name = f"{text(f'workshop.paper_file.{kind}', language)}-{loaded.row.code}.{form}"
        key = (loaded.row.id, loaded.events[-1].hash, kind, form, language)
        return Later(key, partial(made, loaded, kind, form, language), partial(_file, name, form))

    return handler


def made(loaded: Loaded, kind: str, form: str, language: str) -> bytes:
    """The paper, with what the room agreed. Answers to rounds that are not revealed do not show.

    Raises InputError or MethodError as `report` and `evaluate` do.
    """
    room = RoomLog(loaded.study, loaded.events)
    return report(in_force(loaded.study, loaded.room), kind, form, Request(language=language, room=room))


def _file(name: str, form: str, content: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MIMES[form], headers=headers)


def _not_set_up(ask: Ask, missing: tuple[str, ...], language: str) -> Response:
    """What is missing and how to get it, with the way back to the minutes, which a browser prints as well."""
    words = Issue("report_missing", params={"packages": missing}).sentence(language)
    return html(
        "papers_missing.html", language, NOT_SET_UP,
        title=text("workshop.papers_missing", language), words=words, link=f"/w/{ask.code}/f/{ask.key}",
    )  # fmt: skip
