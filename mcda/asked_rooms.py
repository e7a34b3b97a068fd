"""What `mcda workshop` was asked about rooms: a list, a log run again, a room deleted."""

import json
from argparse import Namespace

from mcda.errors import InputError, Issue, Where
from mcda.locale import text
from mcda.terminal_workshop import replay_lines, room_lines
from mcda.workshop.desk import Desk, UnknownRoom
from mcda.workshop.log_file import RoomLog, read_log
from mcda.workshop.replay import Replay, last_hash, replay
from mcda.workshop.store import StoreError, open_store
from mcda.workshop.store.clock import this_moment
from mcda.workshop.store.keys import tidy_code


def rooms_answer(options: Namespace, file: bytes | None, language: str) -> str:
    """The answer as text. `file`: the content of the protocol file named, where one was.

    Raises InputError: no such room, no log, a log that was altered (with every place), no database.
    """
    if options.action == "replay" and file is not None:
        return _replayed(read_log(file, options.room), options.to, language)
    try:
        desk = Desk(open_store(options.database or None), this_moment)
    except StoreError as error:
        raise InputError([error.issue]) from None
    try:
        if options.action == "list":
            return _listed(desk, options.to, language)
        code = tidy_code(options.room)
        loaded = desk.load(code) if code else None
        if loaded is None:
            raise UnknownRoom(options.room)
        if options.action == "replay":
            return _replayed(RoomLog(loaded.study, loaded.events), options.to, language)
        desk.delete(code)
        return text("cli.workshop.deleted", language, code=code) + "\n"
    except StoreError as error:
        raise InputError([error.issue]) from None
    except UnknownRoom:
        issue = Issue("room_not_found", where=Where("ROOM"), params={"value": options.room})
        raise InputError([issue]) from None
    finally:
        desk.store.close()


def stored_log(room: str, database: str) -> RoomLog:
    """The log of a room in the database. Raises InputError: no such room, no database."""
    try:
        desk = Desk(open_store(database or None), this_moment)
    except StoreError as error:
        raise InputError([error.issue]) from None
    try:
        code = tidy_code(room)
        loaded = desk.load(code) if code else None
    except UnknownRoom:
        loaded = None
    except StoreError as error:
        raise InputError([error.issue]) from None
    finally:
        desk.store.close()
    if loaded is None:
        raise InputError([Issue("room_not_found", where=Where("--room"), params={"value": room})])
    return RoomLog(loaded.study, loaded.events)


def _listed(desk: Desk, form: str, language: str) -> str:
    rooms = desk.store.rooms()
    if form == "json":
        rows = [{"code": r.code, "opened_at": r.opened_at, "delete_after": r.delete_after} for r in rooms]
        return json.dumps(rows, indent=2) + "\n"
    return "".join(f"{line}\n" for line in room_lines(rooms, language))


def _replayed(log: RoomLog, form: str, language: str) -> str:
    found = replay(log.study, log.events, log.hidden)
    if found.issues:
        raise InputError(found.issues)
    if log.last_hash and log.last_hash != last_hash(found.events):  # the end was cut off: what is left is whole
        missing = len(found.events) + 1
        raise InputError([Issue("log_gap", where=Where("log", missing), params={"expected": str(missing)})])
    return _as_json(found) if form == "json" else "".join(f"{line}\n" for line in replay_lines(found, language))


def _as_json(found: Replay) -> str:
    decided = {name: made.rank for name, made in found.room.baseline.decisions.items()}
    content = {
        "whole": True,
        "steps": len(found.events),
        "not_checked": list(found.not_checked),
        "input_hash": found.room.opened.study,
        "last_hash": last_hash(found.events),
        "weights": dict(found.result.weights.local),
        "ranking": [
            {"id": line.measure, "rank": line.rank, "score": line.score, "decided_rank": decided.get(line.measure)}
            for line in found.result.ranking
        ],
    }
    return json.dumps(content, indent=2) + "\n"
