"""The projector: what the facilitator puts there and nothing else, in large type, drawn from the log alone."""

from dataclasses import replace
from typing import Any

from starlette.responses import HTMLResponse, Response

from mcda.errors import InputError, MethodError
from mcda.report.exhibits.room_question import Question, question_of, round_name
from mcda.report.exhibits.room_ranking import (
    Beats,
    beats,
    compare_snapshot,
    decision_rows,
    decision_state,
    ranking_note,
    ranking_of,
)
from mcda.report.exhibits.room_reveal import reveal_of
from mcda.report.exhibits.run_sheet import run_sheet
from mcda.study.model import Study
from mcda.ui.workshop.ask import Ask, entered, html, plain_sentence
from mcda.ui.workshop.network import join_address
from mcda.ui.workshop.render import local_time, minutes_since, page, qr, qr_svg
from mcda.workshop.baseline import in_force
from mcda.workshop.desk import Loaded
from mcda.workshop.room import Room, Round
from mcda.workshop.tally import counted_votes


def screen(ask: Ask) -> Response:
    """The projector's page; its content is drawn anew whenever the facilitator or a vote changes something."""
    loaded = entered(ask)
    language = ask.told_in(loaded)
    return html("screen.html", language, view=view_html(ask, loaded, language), room=loaded.room, code=ask.code)


def screen_view(ask: Ask) -> Response:
    """The content alone."""
    loaded = entered(ask)
    return HTMLResponse(view_html(ask, loaded, ask.told_in(loaded)))


def view_html(ask: Ask, loaded: Loaded, language: str) -> str:
    """What the projector shows of a room: as it was when the projector was paused, as it is otherwise."""
    room = loaded.at(loaded.room.paused_at)
    room = replace(room, trial={**room.trial, **ask.place.hub.previewed(loaded.row.code, room)})
    try:
        context = view_context(loaded.study, room, language)
    except (InputError, MethodError) as error:
        issue = error.issues[0] if isinstance(error, InputError) else error.issue
        context = {"view": "fault", "fault": plain_sentence(issue, language)}
    address = join_address(ask.place, ask.base, loaded.row.code)
    context |= {"room": room, "address": address, "code": loaded.row.code, "qr": qr(address)}
    return page("screen_view.html", language, **context)


def view_context(study: Study, room: Room, language: str) -> dict[str, Any]:
    """Everything the shown view needs, finished; nothing of rounds that are not revealed but counts."""
    shown = room.shown
    asked = room.rounds.get(shown.round or 0) or _latest(room)
    context: dict[str, Any] = {
        "view": shown.view,
        "asked": asked,
        "note": ranking_note(in_force(study, room), room, language),
    }
    if shown.view in ("question", "progress"):
        context |= _question(study, room, asked, language)
    elif shown.view in ("reveal", "agenda"):
        context |= _reveal(study, room, asked, language)
    elif shown.view == "ranking":
        context["ranking"] = ranking_of(study, room, shown.lines, language)
    elif shown.view == "what_if":
        context["beats"] = _what_if(study, room, language)
    elif shown.view == "compare":
        number = shown.snapshot or max(room.snapshots, default=0)
        known = number in room.snapshots
        context["compared"] = compare_snapshot(study, room, number, shown.lines, language) if known else None
    elif shown.view == "decision":
        rows = decision_rows(study, room, language)
        kept = [row for place, row in enumerate(rows) if row.differs or place < shown.lines]
        context |= {"rows": kept, "more": len(rows) - len(kept)}
        context["state"] = decision_state(room, language, local_time)
    elif shown.view == "sheet":
        context["steps"] = run_sheet(room, language, minutes_since(room.started_at))
    return context


def _latest(room: Room) -> Round | None:
    return list(room.rounds.values())[-1] if room.rounds else None


def _question(study: Study, room: Room, asked: Round | None, language: str) -> dict[str, Any]:
    question: Question | None = question_of(study, asked.asked, language) if asked else None
    voted = len(counted_votes(room, asked)) if asked else 0
    return {"question": question, "voted": voted, "people": len(room.present)}


def _reveal(study: Study, room: Room, asked: Round | None, language: str) -> dict[str, Any]:
    if asked is None or asked.state != "revealed":
        return {"view": "hidden", "name": round_name(study, asked.asked, language) if asked else ""}
    return {"reveal": reveal_of(study, room, asked, language), "name": round_name(study, asked.asked, language)}


def _what_if(study: Study, room: Room, language: str) -> Beats | None:
    """'B beats A if ...' for the two measures chosen, by default the second against the first."""
    names = room.shown.measures
    if len(names) < 2:
        names = tuple(line.measure for line in in_force(study, room).ranking[1::-1])
    if len(names) < 2:
        return None
    return beats(study, room, names[0], names[1], language)


def qr_file(ask: Ask) -> Response:
    """The QR code of a room's join address as a file."""
    entered(ask)
    return Response(qr_svg(join_address(ask.place, ask.base, ask.code)), media_type="image/svg+xml")
