"""The facilitator's console: one page from which a room is run, with every step a form that works without a script."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from starlette.responses import JSONResponse, Response

from mcda.errors import InputError, MethodError
from mcda.locale import text
from mcda.methods import METHODS
from mcda.report.exhibits.catalogue import criterion_label
from mcda.report.exhibits.questions import group_name
from mcda.report.exhibits.room_protocol import person_name, protocol_lines, protocol_of
from mcda.report.exhibits.room_question import measure_choices, question_of, round_name
from mcda.report.exhibits.room_ranking import decision_rows, decision_state, ranking_of
from mcda.report.exhibits.room_reveal import reveal_of
from mcda.report.exhibits.run_sheet import run_sheet
from mcda.report.exhibits.setting import method_name
from mcda.study.model import Study
from mcda.ui.workshop.ask import Ask, by_key, html, plain_sentence, see_other, status_of
from mcda.ui.workshop.forms import kept_values, step_from
from mcda.ui.workshop.network import is_loopback, join_address, listens_to_network, own_addresses, phone_base
from mcda.ui.workshop.phone import asked_cells
from mcda.ui.workshop.render import local_time, minutes_since, qr
from mcda.workshop import contents as c
from mcda.workshop.baseline import in_force, result_of
from mcda.workshop.desk import FACILITATOR, Loaded
from mcda.workshop.log_file import log_json
from mcda.workshop.rehearsal import simulated_answer, simulated_people
from mcda.workshop.room import Room
from mcda.workshop.rules import Forbidden, redoable, undoable
from mcda.workshop.store.keys import new_key
from mcda.workshop.tally import RatingsTally, WeightsTally, counted_votes, tally

LATEST = 12
SCREEN_LINES = 10
COPIES = 12
"""As many ballots as a steering group has seats, where fewer have joined."""


def console(ask: Ask) -> Response:
    """The console."""
    loaded, _ = by_key(ask, of_participant=False)
    return console_page(ask, loaded, ())


def step(ask: Ask) -> Response:
    """Take one step. What cannot be done is told on the console, which stays as it was."""
    loaded, _ = by_key(ask, of_participant=False)
    language, then = ask.told_in(loaded), dict(ask.form).get("then", "")
    try:
        kind, said = step_from(ask.form, asked_cells(loaded))
        if kind == "opened" or kind not in c.CONTENTS:
            raise Forbidden(kind)
        if kind == "voted":
            said |= {"nonce": ask.token or new_key()}
        event = ask.place.desk().act(ask.code, "facilitator", FACILITATOR, kind, said, ask.token)
        _show_question(ask, kind, said, event.seq)
    except (InputError, MethodError) as error:
        issues = error.issues if isinstance(error, InputError) else (error.issue,)
        words = tuple(plain_sentence(issue, language) for issue in issues[:8])
        status = status_of(error) if isinstance(error, InputError) else 422
        if ask.json:
            return JSONResponse({"message": " ".join(words)}, status_code=status)
        if kind_of(ask) == "voted":
            return paper_page(ask, loaded, dict(ask.form).get("participant", ""), kept_values(ask.form), words, status)
        return console_page(ask, ask.place.load(ask.code), words, status)
    if ask.json:
        return JSONResponse({"saved": local_time(event.at), "seq": event.seq})
    anchor = f"#{then}" if then.isalpha() else ""
    return see_other(f"/w/{ask.code}/f/{ask.key}{anchor}")


def _show_question(ask: Ask, kind: str, said: dict[str, Any], seq: int) -> None:
    """Put a question just opened on the projector, where the form says so."""
    if kind not in ("round_opened", "round_reopened") or not dict(ask.form).get("show"):
        return
    shown = {"view": "question", "round": seq if kind == "round_opened" else said["round"]}
    token = f"{ask.token[:60]}-s" if ask.token else ""
    ask.place.desk().act(ask.code, "facilitator", FACILITATOR, "shown", shown, token)


def own_page(ask: Ask) -> Response:
    """Whoever opens the address of a form sees the console."""
    by_key(ask, of_participant=False)
    lang = f"?lang={ask.language}" if ask.query.get("lang") else ""
    return see_other(f"/w/{ask.code}/f/{ask.key}{lang}")


def preview(ask: Ask) -> Response:
    """Weights under a thumb in motion: the projector's ranking follows, nothing is stored. A stored step ends it."""
    loaded, _ = by_key(ask, of_participant=False)
    points = step_from([*ask.form, ("kind", "weights_tried")], {})[1]["points"]
    strangers = set(points) - set(loaded.study.criterion_by_id)
    if strangers:
        raise Forbidden("preview")
    result_of(loaded.study, loaded.room, loaded.room.baseline, {**loaded.room.trial, **points})
    ask.place.hub.preview(ask.code, loaded.room.seq, points)
    return Response(status_code=204)


def kind_of(ask: Ask) -> str:
    """The kind of step a form asks for."""
    return dict(ask.form).get("kind", "")


def console_page(ask: Ask, loaded: Loaded, faults: tuple[str, ...], status: int = 200) -> Response:
    """The console with what went wrong, if anything."""
    language, room, study = ask.told_in(loaded), loaded.room, loaded.study
    address = join_address(ask.place, ask.base, loaded.row.code)
    context: dict[str, Any] = {
        "room": room,
        "code": loaded.row.code,
        "link": f"/w/{ask.code}/f/{ask.key}",
        "faults": faults,
        "address": address,
        "qr": qr(address),
        "saved": loaded.events[-1].at,
        "steps": run_sheet(room, language, minutes_since(room.started_at)),
        "latest_revealed": max((n for n, r in room.rounds.items() if r.state == "revealed"), default=0),
        "people": [(p, person_name(study, p, language)) for p in room.people.values()],
        "rounds": [_round(study, room, number, language) for number in sorted(room.rounds, reverse=True)],
        "parents": [(p, group_name(study, p, language)) for p, below in study.children.items() if len(below) > 1],
        "rated": [(k, criterion_label(study, k, language)) for k in study.leaves if _is_rated(study, k)],
        "choices": measure_choices(study, language),
        "keys": ("equal", "municipality", "population"),
        "methods": [(name, method_name(name, language)) for name in METHODS],
        "tops": _top_weights(study, room, language),
        "ranking": ranking_of(study, room, SCREEN_LINES, language),
        "decisions": decision_rows(study, room, language),
        "decided": decision_state(room, language, local_time),
        "statuses": ("idea", "checked", "decided", "running", "done", "dropped"),
        "outcomes": ("approved", "changed", "postponed", "refused", "noted"),
        "homes": [(m.id, m.name) for m in study.municipalities],
        "undo": undoable(room),
        "redo": redoable(room, loaded.events),
        "latest": protocol_lines(study, loaded.events, language, LATEST)[::-1],
        "delete_after": loaded.row.delete_after,
        "elsewhere": listens_to_network(ask.place),
    }
    return html("console.html", language, status, **context)


def _is_rated(study: Study, leaf: str) -> bool:
    return study.criterion_by_id[leaf].kind == "given"


def _top_weights(study: Study, room: Room, language: str) -> list[tuple[str, str, float, float]]:
    """The main criteria with agreed points and those that are tried."""
    local = in_force(study, room).weights.local
    return [
        (name, criterion_label(study, name, language), 100 * local[name], room.trial.get(name, 100 * local[name]))
        for name in study.children[""]
    ]


def _round(study: Study, room: Room, number: int, language: str) -> dict[str, Any]:
    """One round for the console: its state, its count, and when revealed what may be agreed from it."""
    asked = room.rounds[number]
    entry: dict[str, Any] = {
        "asked": asked,
        "name": round_name(study, asked.asked, language),
        "voted": len(counted_votes(room, asked)),
        "missing": [p for p in room.present if p.id not in asked.votes],
        "reveal": None,
        "fault": "",
        "points": [],
        "ratings": [],
        "agreed": _agreed(room, number),
    }
    if asked.state != "revealed":
        return entry
    try:
        entry["reveal"] = reveal_of(study, room, asked, language)
        found = tally(study, room, asked)
    except InputError as error:
        return entry | {"fault": plain_sentence(error.issues[0], language)}
    if isinstance(found, WeightsTally):
        entry["points"] = [(k, criterion_label(study, k, language), 100 * v) for k, v in found.group.items()]
    if isinstance(found, RatingsTally):
        entry["ratings"] = [(cell.measure, cell.criterion, cell.mean) for cell in found.cells if cell.mean is not None]
    return entry


def _agreed(room: Room, number: int) -> str:
    """'' not agreed, 'agreed', or 'stale' where votes changed since."""
    at = [seq for seq, source in room.agreed.values() if source == number]
    at += [seq for source, seq in room.agreed_ratings.items() if source == number]
    if not at:
        return ""
    return "stale" if room.rounds[number].last_vote > max(at) else "agreed"


def rehearse(ask: Ask) -> Response:
    """Fill a rehearsal room with simulated people, or let them answer the open round."""
    loaded, _ = by_key(ask, of_participant=False)
    desk, room, study = ask.place.desk(), loaded.room, loaded.study
    if not room.opened.rehearsal:
        raise Forbidden("rehearsal")
    simulated = [p for p in room.present if p.simulated]
    if not simulated:
        for home in simulated_people(study, room.opened.roles):
            desk.join(ask.code, c.Joined.model_validate(home | {"simulated": True}), role="facilitator")
    elif room.open_round is not None:
        for person in simulated:
            generator = np.random.default_rng([room.open_round.id, person.number])
            said = simulated_answer(study, room.open_round.asked, generator)
            said |= {"round": room.open_round.id, "participant": person.id}
            desk.act(ask.code, "facilitator", FACILITATOR, "voted", said)
    return see_other(f"/w/{ask.code}/f/{ask.key}")


def paper(ask: Ask) -> Response:
    """The open round's question for somebody without a phone."""
    loaded, _ = by_key(ask, of_participant=False)
    return paper_page(ask, loaded, ask.query.get("person", ""), {}, ())


def paper_page(
    ask: Ask, loaded: Loaded, who: str, typed: dict[str, str], faults: tuple[str, ...], status: int = 200
) -> Response:
    """The form in which the facilitator types somebody's answer."""
    language, asked = ask.told_in(loaded), loaded.room.open_round
    if asked is None or who not in loaded.room.people:
        return console_page(ask, loaded, faults, status)
    person = loaded.room.people[who]
    return html(
        "paper.html", language, status, room=loaded.room, link=f"/w/{ask.code}/f/{ask.key}", asked=asked, faults=faults,
        question=question_of(loaded.study, asked.asked, language), values=typed, focus="", person=person,
        choices=measure_choices(loaded.study, language), called=person_name(loaded.study, person, language),
    )  # fmt: skip


def protocol(ask: Ask) -> Response:
    """The protocol as a page to print."""
    loaded, _ = by_key(ask, of_participant=False)
    language = ask.told_in(loaded)
    found = protocol_of(loaded.study, loaded.events, language, local_time)
    room = loaded.room
    of = room.rounds.get(room.taken.round or 0) if room.taken else None
    approval = reveal_of(loaded.study, room, of, language) if of and of.state == "revealed" else None
    link = f"/w/{ask.code}/f/{ask.key}"
    return html("protocol.html", language, protocol=found, link=link, room=room, approval=approval)


def protocol_file(ask: Ask) -> Response:
    """The log as data: `mcda workshop replay` runs it again."""
    loaded, _ = by_key(ask, of_participant=False)
    answer = Response(log_json(loaded.study, loaded.events), media_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="protokoll-{loaded.row.code}.json"'
    return answer


def ballots(ask: Ask) -> Response:
    """Ballots to print, for a room without phones: weights, three measures, approval."""
    loaded, _ = by_key(ask, of_participant=False)
    language, study, asked = ask.told_in(loaded), loaded.study, loaded.room.open_round
    shown = _ballot(ask.query, asked.asked if asked else None)
    return html(
        "ballots.html", language, room=loaded.room, link=f"/w/{ask.code}/f/{ask.key}", asked=shown,
        question=question_of(study, shown, language), copies=max(len(loaded.room.present), COPIES),
        choices=measure_choices(study, language),
    )  # fmt: skip


def _ballot(query: Mapping[str, str], asked: c.RoundOpened | None) -> c.RoundOpened:
    """What to print: the kind asked for, before any question is open too; else the open question, else weights."""
    what = query.get("what", "")
    if what in ("swing", "rank_order", "pairwise"):
        return c.RoundOpened.model_validate({"kind": "weights", "asked": what})
    if what == "top":
        return c.RoundOpened(kind="top")
    if what == "approval":
        return c.RoundOpened(kind="approval", question=query.get("question", "")[: c.LONGEST_TEXT] or "…")
    return asked or c.RoundOpened(kind="weights", asked="swing")


def check(ask: Ask) -> Response:
    """Whether phones can reach this machine, and what to do where they cannot."""
    loaded, _ = by_key(ask, of_participant=False)
    base = phone_base(ask.place, ask.base)
    others = sorted(a for a in ask.place.seen_from if not is_loopback(a))
    return html(
        "check.html", ask.told_in(loaded), room=loaded.room, link=f"/w/{ask.code}/f/{ask.key}", base=base,
        listens=listens_to_network(ask.place), addresses=own_addresses(), qr=qr(f"{base}/w/hello"), others=others,
    )  # fmt: skip


def delete(ask: Ask) -> Response:
    """Delete the room, once its code was typed as a confirmation."""
    loaded, _ = by_key(ask, of_participant=False)
    if "".join(dict(ask.form).get("confirm", "").split()).upper() != loaded.row.code:
        return console_page(ask, loaded, (text("workshop.delete_confirm", ask.told_in(loaded)),), 422)
    ask.place.desk().delete(ask.code)
    language = ask.told_in(loaded)
    title, words = text("workshop.deleted_title", language), text("workshop.deleted", language)
    return html("message.html", language, title=title, words=words, again=False, home="/w")
