"""What a participant sees and may do: join, answer, look, try, leave. Plain pages that work without a script."""

import json
from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from mcda.errors import InputError
from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.room_protocol import person_name
from mcda.report.exhibits.room_question import measure_choices, question_of
from mcda.report.exhibits.room_ranking import move_text
from mcda.report.exhibits.room_reveal import reveal_of
from mcda.report.exhibits.score import score_text
from mcda.study.model import Study
from mcda.ui.workshop.ask import Ask, by_key, entered, html, plain_sentence, see_other, status_of
from mcda.ui.workshop.forms import kept_values, number_of, vote_from
from mcda.ui.workshop.hub import phase_of
from mcda.ui.workshop.render import local_time
from mcda.workshop import contents as c
from mcda.workshop.ballots import cells_by_round
from mcda.workshop.baseline import in_force, result_of
from mcda.workshop.desk import Loaded
from mcda.workshop.events import digest
from mcda.workshop.fold import erasable, own_events
from mcda.workshop.room import Round, Vote
from mcda.workshop.store.keys import new_key, tidy_code

SANDBOX_LINES = 10


def enter(ask: Ask) -> Response:
    """The page that asks for a code; a code sent leads to its room."""
    language = ask.language or "de"
    if ask.method == "POST":
        code = tidy_code(dict(ask.form).get("code", ""))
        return see_other(f"/w/{code or 'unknown'}")
    return html("enter.html", language)


def join(ask: Ask) -> Response:
    """The page on which people join; who has joined from this device goes straight to their own page."""
    loaded = entered(ask)
    language = ask.told_in(loaded)
    known = ask.cookies.get(f"rf_{ask.code}", "")
    if known and ask.place.desk().participant(loaded.row, known) and "again" not in ask.query:
        return see_other(f"/w/{ask.code}/p/{known}")
    fields = dict(ask.form)
    if ask.method != "POST":
        return _join_page(loaded, language, {}, "")
    try:
        said = {"role": fields.get("role", ""), "municipality": fields.get("municipality", "")}
        joined = c.Joined.model_validate(said)
        _, key = ask.place.desk().join(ask.code, joined, token=ask.token)
    except (InputError, ValueError) as error:
        told = [plain_sentence(i, language) for i in error.issues] if isinstance(error, InputError) else []
        words = " ".join(told) or text("workshop.too_long", language, most=c.LONGEST_WORD)
        return _join_page(loaded, language, kept_values(ask.form), words, 422)
    answer = see_other(f"/w/{ask.code}/p/{key}")
    answer.set_cookie(
        f"rf_{ask.code}", key, httponly=True, samesite="lax", path="/w", max_age=90 * 86400,
        secure=ask.base.startswith("https"),
    )  # fmt: skip
    return answer


def _join_page(loaded: Loaded, language: str, fields: dict[str, str], fault: str, status: int = 200) -> Response:
    homes = [(m.id, m.name) for m in loaded.study.municipalities]
    return html(
        "join.html", language, status, room=loaded.room, code=loaded.row.code, homes=homes, fields=fields, fault=fault
    )


def participant(ask: Ask) -> Response:
    """A participant's own page."""
    loaded, who = by_key(ask, of_participant=True)
    return participant_page(ask, loaded, who, {}, ())


def vote(ask: Ask) -> Response:
    """Take a vote: stored before it is acknowledged, and once however often it is sent."""
    loaded, who = by_key(ask, of_participant=True)
    language = ask.told_in(loaded)
    try:
        said = vote_from(ask.form, who, asked_cells(loaded)) | {"nonce": _nonce(ask)}
        event = ask.place.desk().act(ask.code, "participant", who, "voted", said, ask.token)
    except InputError as error:
        words = tuple(_named(loaded.study, issue, language) for issue in error.issues[:8])
        if ask.json:
            return JSONResponse({"message": " ".join(words)}, status_code=status_of(error))
        now = ask.place.load(ask.code)
        return participant_page(ask, now, who, kept_values(ask.form), words, status_of(error))
    if ask.json:
        return JSONResponse({"saved": local_time(event.at), "seq": event.seq})
    return see_other(f"/w/{ask.code}/p/{ask.key}?saved=1")


def _nonce(ask: Ask) -> str:
    """What keeps a short answer from being guessed once it is erased: known to whoever holds the key, which is stored
    nowhere, and the same when the same answer is sent again."""
    return digest(f"{ask.key} {ask.token}")[:32] if ask.token else new_key()


def asked_cells(loaded: Loaded) -> dict[int, tuple[str, ...]]:
    """The ratings each round of a room asks for."""
    return cells_by_round(loaded.study, {number: one.asked for number, one in loaded.room.rounds.items()})


def _named(study: Study, issue: Any, language: str) -> str:
    """A fault of a vote with the name of what it is about."""
    names, value = issue.where.column, issue.params.get("value", "")
    if isinstance(value, tuple) and all(key in study.criterion_by_id for key in value):
        labels = tuple(criterion_label(study, key, language) for key in value)
        issue = replace(issue, params={**issue.params, "value": labels})
    elif value in study.measure_by_id:
        issue = replace(issue, params={**issue.params, "value": title_of(study.measure_by_id[str(value)], language)})
    name, words = names, plain_sentence(issue, language)
    first = name.split("|")[0]
    if name in study.criterion_by_id:
        return f"{criterion_label(study, name, language)}: {words}"
    if first in study.measure_by_id:
        rest = name.split("|")[-1]
        label = criterion_label(study, rest, language) if rest in study.criterion_by_id else ""
        return f"{first} {label}: {words}"
    if first in study.criterion_by_id:
        both = [criterion_label(study, k, language) for k in name.split("|") if k in study.criterion_by_id]
        return f"{' / '.join(both)}: {words}"
    return words


def participant_page(
    ask: Ask, loaded: Loaded, who: str, typed: dict[str, str], faults: tuple[str, ...], status: int = 200
) -> Response:
    """The page in the state the room is in, with what was typed where something was wrong with it."""
    language, room = ask.told_in(loaded), loaded.room
    person, asked = room.people[who], room.open_round
    last = list(room.rounds.values())[-1] if room.rounds else None
    mine = asked.votes.get(who) if asked else None
    context: dict[str, Any] = {
        "room": room,
        "code": ask.code,
        "link": f"/w/{ask.code}/p/{ask.key}",
        "person": person,
        "called": person_name(loaded.study, person, language),
        "homes": [(m.id, m.name) for m in loaded.study.municipalities],
        "phase": f"{phase_of(room, 'phone')}-{person.withdrawn}",
        "faults": faults,
        "saved": mine.at if mine and not faults else "",
        "asked": asked,
        "question": question_of(loaded.study, asked.asked, language) if asked else None,
        "choices": measure_choices(loaded.study, language) if asked and asked.asked.kind == "top" else (),
        "values": typed or (_values(asked, mine) if asked and mine else {}),
        "closed": last if last and last.state == "closed" else None,
        "focus": _focus(loaded.study, asked, language) if asked else "",
        "reveal": _shown_reveal(loaded, language),
    }
    return html("phone.html", language, status, **context)


def _focus(study: Study, asked: Round, language: str) -> str:
    """What a reopened round is about, in words."""
    names = [
        criterion_label(study, name, language)
        if name in study.criterion_by_id
        else title_of(study.measure_by_id[name], language)
        for name in asked.focus
        if name in study.criterion_by_id or name in study.measure_by_id
    ]
    return text("workshop.focus", language, names=" – ".join(names)) if names else ""


def _shown_reveal(loaded: Loaded, language: str) -> Any:
    """What the projector reveals right now, for those who sit far back; nothing it does not show."""
    room = loaded.at(loaded.room.paused_at)
    number = room.shown.round or 0
    if room.shown.view not in ("reveal", "agenda") or number not in room.rounds or room.open_round:
        return None
    if room.rounds[number].state != "revealed" or loaded.room.rounds.get(number) is None:
        return None
    return reveal_of(loaded.study, room, room.rounds[number], language)


def _values(asked: Round, mine: Vote) -> dict[str, str]:
    """A stored answer as the fields it came from."""
    said = mine.answer
    fields = {f"rank.{name}": str(rank) for name, rank in said.ranks.items()}
    fields |= {f"points.{name}": f"{points:g}" for name, points in said.points.items()}
    for key, ratio in said.pairs.items():
        fields[f"pair.{key}"] = f"{ratio:g}" if ratio >= 1 else f"{-1 / ratio:g}"
    for key, rated in said.ratings.items():
        fields[f"value.{key}"] = "" if rated.value is None else f"{rated.value:g}"
        fields[f"abstain.{key}"] = "1" if rated.abstain else ""
        fields[f"reason.{key}"] = rated.reason
    for measure in asked.asked.measures:
        mine_of = [key for key in said.ratings if key.split("|")[0] == measure]
        if len(mine_of) == len(asked.asked.criteria) and all(said.ratings[key].abstain for key in mine_of):
            fields |= {f"abstain.{measure}": "1"} | {f"abstain.{key}": "" for key in mine_of}
    fields |= {f"top.{place}": name for place, name in enumerate(said.top, start=1)}
    return fields | {"answer": said.answer, "reason": said.reason}


def describe(ask: Ask) -> Response:
    """Correct one's role and municipality."""
    fields = dict(ask.form)
    return _about_me(ask, "described", role=fields.get("role", ""), municipality=fields.get("municipality", ""))


def leave(ask: Ask) -> Response:
    """Withdraw: the answers no longer count, and nothing is asked any more."""
    return _about_me(ask, "withdrawn")


def come_back(ask: Ask) -> Response:
    """Take part again after withdrawing."""
    return _about_me(ask, "returned")


def _about_me(ask: Ask, kind: str, **said: str) -> Response:
    """A step about oneself; what stands against it is told on one's own page."""
    loaded, who = by_key(ask, of_participant=True)
    extra = {"nonce": _nonce(ask)} if kind == "described" else {}
    try:
        ask.place.desk().act(ask.code, "participant", who, kind, {"participant": who} | said | extra, ask.token)
    except InputError as error:
        words = tuple(plain_sentence(issue, ask.told_in(loaded)) for issue in error.issues[:8])
        return participant_page(ask, ask.place.load(ask.code), who, {}, words, status_of(error))
    return see_other(f"/w/{ask.code}/p/{ask.key}")


def own_page(ask: Ask) -> Response:
    """Whoever opens the address of a form sees the page it stands on."""
    by_key(ask, of_participant=True)
    return see_other(f"/w/{ask.code}/p/{ask.key}")


def erase(ask: Ask) -> Response:
    """Have everything one said erased; the log keeps that something was said, not what."""
    loaded, who = by_key(ask, of_participant=True)
    said = {"participant": who, "seqs": erasable(loaded.events, who)}
    ask.place.desk().act(ask.code, "participant", who, "erased", said, ask.token)
    return see_other(f"/w/{ask.code}/p/{ask.key}")


def own_data(ask: Ask) -> Response:
    """Everything stored about oneself, as a file."""
    loaded, who = by_key(ask, of_participant=True)
    rows = [
        {"number": e.seq, "time": e.at, "kind": e.kind, "content": json.loads(e.content) if e.content else None}
        for e in own_events(loaded.events, who)
    ]
    content = {"room": loaded.room.opened.title, "participant": loaded.room.people[who].number, "events": rows}
    answer = JSONResponse(content)
    answer.headers["Content-Disposition"] = 'attachment; filename="meine-angaben.json"'
    return answer


def sandbox(ask: Ask) -> Response:
    """Try own weights on the main criteria: nothing is stored, and what was agreed stays as it is."""
    loaded, _ = by_key(ask, of_participant=True)
    language, room, study = ask.told_in(loaded), loaded.at(loaded.room.paused_at), loaded.study
    if not (room.ranking_seen or room.ended_at):
        return html("try.html", language, room=room, link=f"/w/{ask.code}/p/{ask.key}", early=True)
    tops, fault = study.children[""], ""
    agreed = in_force(study, room)
    points = {name: 100 * agreed.weights.local[name] for name in tops}
    try:
        tried = {name: number_of(ask.query[f"points.{name}"]) for name in tops if ask.query.get(f"points.{name}")}
        mine = result_of(study, room, room.baseline, {**points, **tried}) if tried else agreed
        points |= tried
    except (InputError, ValueError):
        fault, mine = text("workshop.try_wrong", language), agreed
    was = {line.measure: line.rank for line in agreed.ranking}
    rows = [
        {
            "rank": line.rank,
            "title": title_of(study.measure_by_id[line.measure], language),
            "measure": line.measure,
            "shown": score_text(mine, line.score, language),
            "move": was[line.measure] - line.rank,
            "moved": move_text(was[line.measure] - line.rank, language),
        }
        for line in mine.ranking[:SANDBOX_LINES]
    ]
    weights = [(name, criterion_label(study, name, language), points[name], mine.weights.local[name]) for name in tops]
    return html(
        "try.html", language, 422 if fault else 200, room=room, link=f"/w/{ask.code}/p/{ask.key}", rows=rows,
        weights=weights, fault=fault, early=False,
    )  # fmt: skip
