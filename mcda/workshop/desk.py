"""The desk at which a room is run: steps are checked, written, and told to whoever listens.

One step is one write transaction: the room is read up to its last event, the step is checked against it, its effect is
computed, and event and keys are stored together or not at all. A step sent twice with the same token is stored once.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from pydantic import ValidationError

from mcda.errors import InputError, Issue, Where
from mcda.scenario import Scenario
from mcda.study.model import Study
from mcda.version import __version__
from mcda.workshop import contents as c
from mcda.workshop.effects import effect_of
from mcda.workshop.events import START, Event, Role, canonical, sealed
from mcda.workshop.fold import advance, erasable, erased_events, fold
from mcda.workshop.log_file import study_from, study_text
from mcda.workshop.room import Room
from mcda.workshop.rules import Forbidden, check_step
from mcda.workshop.store import CodeTaken, RoomRow, Store, Writing
from mcda.workshop.store.keys import hash_key, new_code, new_key, same_key

FACILITATOR = "facilitator"
KEPT_ROOMS = 32
KEPT_STUDIES = 8


class UnknownRoom(LookupError):
    """There is no such room, or the key is not one of its keys: the two are told alike."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a room is to be: title, roles to choose from, whether people may stay anonymous, how votes are counted."""

    title: str
    roles: tuple[str, ...] = ()
    anonymous: bool = True
    rehearsal: bool = False
    key: str = "equal"
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A room as it is now: its row, study, events and state."""

    row: RoomRow
    study: Study
    events: tuple[Event, ...]
    room: Room

    def at(self, seq: int) -> Room:
        """The room as it was after event `seq`; as it is now for 0."""
        return fold(self.events[:seq]) if 0 < seq < len(self.events) else self.room


Listener = Callable[[str], None]


class Desk:
    """Rooms in a store, with the last ones used kept in memory. Safe to use from several threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], str]) -> None:
        self.store = store
        self._clock = clock
        self._lock = Lock()
        self._rooms: OrderedDict[str, Loaded] = OrderedDict()
        self._studies: OrderedDict[str, Study] = OrderedDict()
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call this with a room's code after every step that was stored here."""
        self._listeners.append(listener)

    def open_room(self, study: Study, scenario: Scenario, opening: Opening, delete_after: str) -> tuple[str, str]:
        """Open a room; its code and the facilitator's key, which is kept nowhere but in its holder's link.

        `delete_after`: ISO 8601 UTC, when the room goes. Raises InputError when the study has no ranking.
        """
        now, key = self._clock(), new_key()
        said = c.Opened(
            title=opening.title[: c.LONGEST_WORD],
            study=study.input_hash,
            language="en" if opening.language == "en" else "de",
            scenario=scenario.canonical(),
            version=__version__,
            roles=opening.roles,
            anonymous=opening.anonymous,
            rehearsal=opening.rehearsal,
            key=c.Opened.model_fields["key"].default if not opening.key else opening.key,  # type: ignore[arg-type]
        )
        first = _written(None, (), study, "facilitator", FACILITATOR, "opened", said, now, "")
        while True:
            try:
                code = new_code()
                content = study_text(study)
                self.store.create_room(code, hash_key(key), study.input_hash, content, now, delete_after, [first])
            except CodeTaken:
                continue
            return code, key

    def load(self, code: str) -> Loaded:
        """The room with this code, up to its last event. Raises UnknownRoom; one whose time is up is deleted now."""
        row = self.store.room(code)
        if row is not None and row.delete_after <= self._clock():
            self.store.delete_room(row.id)
            row = None
        if row is None:
            with self._lock:
                self._rooms.pop(code, None)
            raise UnknownRoom(code)
        with self._lock:
            kept = self._rooms.get(code)
        if kept is None or kept.row.id != row.id:
            kept = Loaded(row, self._study(row.study_hash), (), _NOBODY)
        return self._kept(_further(kept, self.store.records(row.id, len(kept.events))))

    def language_of(self, code: str) -> str:
        """The language of a room that is kept in memory; '' for any other."""
        with self._lock:
            kept = self._rooms.get(code)
        return kept.room.opened.language if kept is not None else ""

    def is_facilitator(self, row: RoomRow, key: str) -> bool:
        """Whether this is the room's facilitator's key, compared in constant time."""
        return same_key(row.facilitator_hash, hash_key(key))

    def participant(self, row: RoomRow, key: str) -> str | None:
        """The id of the participant whose key this is, by its hash."""
        return self.store.participant_of(row.id, hash_key(key))

    def join(self, code: str, said: c.Joined, role: Role = "participant", token: str = "") -> tuple[str, str]:
        """Take part: the participant's id and key (empty for people without a phone, whom the facilitator enters).

        The same token again is the same person, with one more key: the first may never have arrived.
        Raises UnknownRoom, or InputError when the room does not take them.
        """
        loaded, key = self.load(code), "" if said.paper or said.simulated else new_key()
        said = said.model_copy(update={"nonce": new_key()})
        try:
            with self.store.writing(loaded.row.id) as log:
                now = _further(loaded, log.records(len(loaded.events)))
                event = self._joined_before(now, log, role, token)
                if event is None:
                    event = self._event(now, role, FACILITATOR if role == "facilitator" else "", "joined", said, token)
                    log.append(event)
                if key:
                    log.add_key(f"p{event.seq}", hash_key(key))
        except LookupError:
            raise UnknownRoom(code) from None
        self._tell(code)
        return f"p{event.seq}", key

    def act(
        self, code: str, role: Role, actor: str, kind: str, said: c.Content | Mapping[str, Any], token: str = ""
    ) -> Event:
        """Take one step; the event as it is stored. The same step with the same token again gives the event it gave
        the first time.

        Raises UnknownRoom, Forbidden, InputError with the reason, MethodError where the ranking would have no answer,
        StoreError when it could not be stored; then nothing is.
        """
        content = said if isinstance(said, c.Content) else read_content(kind, said)
        loaded = self.load(code)
        try:
            with self.store.writing(loaded.row.id) as log:
                now = _further(loaded, log.records(len(loaded.events)))
                if (before := log.token_seq(token)) is not None:
                    event = _same_step(now.events[before - 1], role, actor, kind)
                    if kind == "erased" or event.content == _said(content):
                        return event
                    token = ""  # a page out of the browser's memory: what it says now is new
                if isinstance(content, c.Erased):  # what was said since the page was drawn goes too
                    seqs = sorted({*content.seqs, *erasable(now.events, content.participant)})
                    content = content.model_copy(update={"seqs": tuple(seqs)})
                event = self._event(now, role, actor, kind, content, token)
                log.append(event)
                self._erase(log, content)
        except LookupError:
            raise UnknownRoom(code) from None
        self._tell(code)
        return event

    def delete(self, code: str) -> None:
        """Delete a room and everything said in it. Raises UnknownRoom."""
        self.store.delete_room(self.load(code).row.id)
        with self._lock:
            self._rooms.pop(code, None)
        self._tell(code)

    def _event(self, now: Loaded, role: Role, actor: str, kind: str, said: c.Content, token: str) -> Event:
        check_step(now.study, now.room, now.events, role, actor, kind, said)
        return _written(now.room, now.events, now.study, role, actor, kind, said, self._clock(), token)

    def _joined_before(self, now: Loaded, log: Writing, role: Role, token: str) -> Event | None:
        """The joining that was stored with this token, None when there is none."""
        if (before := log.token_seq(token)) is None:
            return None
        event = now.events[before - 1]
        return _same_step(event, role, FACILITATOR if role == "facilitator" else f"p{before}", "joined")

    def _erase(self, log: Writing, said: c.Content) -> None:
        if isinstance(said, c.Erased):
            log.erase_content(said.seqs)

    def _study(self, study_hash: str) -> Study:
        with self._lock:
            if study_hash in self._studies:
                self._studies.move_to_end(study_hash)
                return self._studies[study_hash]
        content = self.store.study_text(study_hash)
        if content is None:
            raise InputError([Issue("log_study_wrong", where=Where("room"), params={"detail": study_hash[:12]})])
        study = study_from(content)
        with self._lock:
            self._studies[study_hash] = study
            while len(self._studies) > KEPT_STUDIES:
                self._studies.popitem(last=False)
        return study

    def _kept(self, loaded: Loaded) -> Loaded:
        with self._lock:
            known = self._rooms.get(loaded.row.code)
            if known is None or known.row.id != loaded.row.id or len(known.events) <= len(loaded.events):
                self._rooms[loaded.row.code] = loaded
            self._rooms.move_to_end(loaded.row.code)
            while len(self._rooms) > KEPT_ROOMS:
                self._rooms.popitem(last=False)
        return loaded

    def _tell(self, code: str) -> None:
        for listener in self._listeners:
            listener(code)


def read_content(kind: str, said: Mapping[str, Any]) -> c.Content:
    """What a step says, from plain values. Raises InputError naming each field that is wrong."""
    if kind not in c.CONTENTS:
        raise Forbidden(kind)
    try:
        return c.CONTENTS[kind].model_validate(dict(said))
    except ValidationError as error:
        raise InputError(_content_issues(error)) from None


def _content_issues(error: ValidationError) -> list[Issue]:
    faults = error.errors(include_url=False)
    return [
        Issue(
            "step_field_wrong",
            where=Where("room", column=".".join(str(part) for part in fault["loc"])),
            params={"detail": str(fault["msg"]), "value": str(fault.get("input", ""))[:60]},
        )
        for fault in faults
    ]


_NOBODY = Room(c.Opened(title="", study="0" * 64, scenario={}, version=""), "", seq=0)


def _further(loaded: Loaded, new: Sequence[Event]) -> Loaded:
    """A room with the events that came since."""
    if not new:
        return loaded
    events = (*loaded.events, *new)
    if not loaded.events or any(event.kind in ("undone", "erased") for event in new):
        events = _without_erased(events)
        return replace(loaded, events=events, room=fold(events))
    room = loaded.room
    for event in new:
        room = advance(room, event)
    return replace(loaded, events=events, room=room)


def _without_erased(events: tuple[Event, ...]) -> tuple[Event, ...]:
    gone = erased_events(events)
    return tuple(replace(e, content="") if e.seq in gone else e for e in events) if gone else events


def _written(
    room: Room | None,
    events: Sequence[Event],
    study: Study,
    role: Role,
    actor: str,
    kind: str,
    said: c.Content,
    at: str,
    token: str,
) -> Event:
    """The event of a step that may be taken, with its effect, sealed after the last one."""
    content = _said(said)
    bare = Event(len(events) + 1, at, role, actor, kind, content, token=token)
    if kind == "joined" and not actor:
        bare = replace(bare, actor=f"p{bare.seq}")
    after = fold([*events, bare]) if room is None or kind == "undone" else advance(room, bare)
    effect = canonical(effect_of(study, room, after, kind, said))
    return sealed(replace(bare, effect=effect), events[-1].hash if events else START)


def _said(said: c.Content) -> str:
    """What a step says, as the log keeps it."""
    return canonical(said.model_dump(mode="json", exclude_defaults=True))


def _same_step(event: Event, role: Role, actor: str, kind: str) -> Event:
    """A step sent again is what it was; a token somebody else used gives nothing away."""
    if (event.role, event.actor, event.kind) != (role, actor, kind):
        raise Forbidden(kind)
    return event
