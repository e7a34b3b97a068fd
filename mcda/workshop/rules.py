"""What may happen when: every step is checked against the room and the study before it is written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mcda.errors import InputError, Issue, Param, Where
from mcda.study.model import Study
from mcda.workshop import contents as c
from mcda.workshop.ballots import check_question, check_vote
from mcda.workshop.baseline import in_force, require_measures
from mcda.workshop.events import Event, Role
from mcda.workshop.fold import content_of, erasable, undone_steps
from mcda.workshop.room import Room, Round
from mcda.workshop.tally import RatingsTally, WeightsTally, counted_votes, tally

MOST_PEOPLE = 500
OPEN_TO_PARTICIPANTS = frozenset({"voted", "described", "withdrawn", "returned", "erased"})
AFTER_THE_END = frozenset({"undone", "council_decided", "status_set", "shown", "withdrawn", "erased", "resumed"})
SAME_POINTS = 1e-6


class Forbidden(PermissionError):
    """Somebody tried what their role or their key does not allow."""


def check_step(
    study: Study, room: Room, events: Sequence[Event], role: Role, actor: str, kind: str, said: c.Content
) -> None:
    """Make sure that a step may be taken now.

    Raises Forbidden when it is not this person's to take, InputError with the reason when the room's state does not
    allow it or what it says does not fit the study.
    """
    if role == "participant" and not _is_their_own(actor, kind, said):
        raise Forbidden(kind)
    if kind == "joined" and role == "participant" and room.door_closed_at:
        raise refused("room_door_closed")
    if room.ended_at and kind not in AFTER_THE_END:
        raise refused("room_ended", at=room.ended_at)
    if kind == "undone":
        assert isinstance(said, c.Undone)
        if said.step not in (undoable(room), redoable(room, events)) or not said.step:
            raise refused("room_nothing_to_undo")
        _require_lock_kept(room, events, said.step)
        return
    if isinstance(said, c.Erased) and set(said.seqs) - set(erasable(events, said.participant)):
        raise Forbidden(kind)
    if kind in _CHECKS:
        _CHECKS[kind](study, room, said)


def _require_lock_kept(room: Room, events: Sequence[Event], step: int) -> None:
    """Once ratings have been seen, a lock is taken back only by releasing the weights with a reason."""
    locked = step <= len(events) and events[step - 1].kind == "weights_locked"
    asked = {e.seq for e in events if e.kind == "round_opened" and content_of(e).kind == "ratings"}
    seen = any(e.kind == "round_revealed" and e.seq > step and content_of(e).round in asked for e in events)
    if locked and seen:
        raise refused("room_lock_stays")


def _is_their_own(actor: str, kind: str, said: c.Content) -> bool:
    """Whether a participant may take this step: one of those open to them, about nobody but themselves; or, as nobody
    yet, join with a phone of their own."""
    if isinstance(said, c.Joined):
        return not (actor or said.paper or said.simulated)
    return kind in OPEN_TO_PARTICIPANTS and getattr(said, "participant", actor) == actor


def undoable(room: Room) -> int:
    """The facilitator's last step that stands; 0 when there is none."""
    return room.steps[-1] if room.steps else 0


def redoable(room: Room, events: Sequence[Event]) -> int:
    """The last undoing, if no step came after it: undoing that one brings the step back. 0 when there is none."""
    gone = undone_steps(events)
    undoings = {e.seq: content_of(e).step for e in events if e.kind == "undone"}
    last = max((seq for seq, step in undoings.items() if seq not in gone and step not in undoings), default=0)
    voted_since = any(e.kind == "voted" and e.seq > last for e in events)
    return last if last > undoable(room) and not voted_since else 0


def refused(code: str, column: str = "", **params: Param) -> InputError:
    """An InputError with one issue of the room."""
    return InputError([Issue(code, where=Where("room", column=column), params=params)])


Check = Callable[[Study, Room, Any], None]


def _joined(study: Study, room: Room, said: c.Joined) -> None:
    _known_home(study, said.municipality)
    if len(room.people) >= MOST_PEOPLE:
        raise refused("room_full", most=str(MOST_PEOPLE))
    if not room.opened.anonymous and not said.role:
        raise refused("room_role_missing", "role")
    if said.simulated and not room.opened.rehearsal:
        raise refused("room_no_rehearsal")


def _described(study: Study, room: Room, said: c.Described) -> None:
    _person(study, room, said)
    _known_home(study, said.municipality)
    if not room.opened.anonymous and not said.role:
        raise refused("room_role_missing", "role")


def _known_home(study: Study, name: str) -> None:
    if name and name not in study.municipality_by_id:
        allowed = tuple(study.municipality_by_id)
        raise InputError(
            [
                Issue(
                    "unknown_id", where=Where("room", column="municipality"), params={"value": name, "allowed": allowed}
                )
            ]
        )


def _person(study: Study, room: Room, said: Any) -> None:
    if said.participant not in room.people:
        raise refused("room_unknown_person", value=said.participant)


def _round_opened(study: Study, room: Room, said: c.RoundOpened) -> None:
    if room.open_round is not None:
        raise refused("room_round_open", number=room.open_round.number)
    if said.kind == "weights" and room.locked_at:
        raise refused("room_weights_locked", at=room.locked_at)
    check_question(study, said)
    if said.key in ("municipality", "population") and not study.municipalities:
        raise refused("room_no_municipalities", "key")


def _asked(room: Room, number: int) -> Round:
    if number not in room.rounds:
        raise refused("room_unknown_round", value=str(number))
    return room.rounds[number]


def _round_closed(study: Study, room: Room, said: c.OfRound) -> None:
    if _asked(room, said.round).state != "open":
        raise refused("room_round_not_open")


def _round_reopened(study: Study, room: Room, said: c.Reopened) -> None:
    if _asked(room, said.round).state == "open":
        raise refused("room_round_open", number=room.rounds[said.round].number)
    if room.open_round is not None:
        raise refused("room_round_open", number=room.open_round.number)
    if room.locked_at and room.rounds[said.round].asked.kind == "weights":
        raise refused("room_weights_locked", at=room.locked_at)


def _round_revealed(study: Study, room: Room, said: c.Revealed) -> None:
    asked = _asked(room, said.round)
    if asked.state != "closed":
        raise refused("room_close_first" if asked.state == "open" else "room_already")
    if not counted_votes(room, asked):
        raise refused("room_no_votes")
    if asked.asked.kind == "ratings" and not room.locked_at:
        raise refused("room_lock_first")


def _voted(study: Study, room: Room, said: c.Voted) -> None:
    asked = _asked(room, said.round)
    _person(study, room, said)
    if room.people[said.participant].withdrawn:
        raise refused("vote_withdrawn")
    if asked.state != "open":
        raise refused("vote_after_close", at=asked.closed_at)
    check_vote(study, asked.asked, said)


def _weights_agreed(study: Study, room: Room, said: c.WeightsAgreed) -> None:
    if room.locked_at:
        raise refused("room_weights_locked", at=room.locked_at)
    siblings = study.children.get(said.parent, ())
    if set(said.points) != set(siblings) or not siblings:
        raise InputError(
            [
                Issue(
                    "room_points_of_all",
                    where=Where("room", column="points"),
                    params={"value": tuple(said.points), "allowed": siblings},
                )
            ]
        )
    if not sum(said.points.values()) > 0:
        raise InputError([Issue("weights_all_zero", where=Where("room", column="points"), params={"value": siblings})])
    if said.round is not None:
        _revealed(room, said.round)
        if not said.remark:
            _as_the_group_says(study, room, said)
    elif not said.remark:
        raise refused("room_reason_missing", "remark")


def _as_the_group_says(study: Study, room: Room, said: c.WeightsAgreed) -> None:
    """Points said to be the group's own must be."""
    asked = _revealed(room, said.round or 0)
    found = tally(study, room, asked)
    group = found.group if isinstance(found, WeightsTally) and found.parent == said.parent else {}
    if set(group) != set(said.points) or any(abs(100 * group[k] - said.points[k]) > SAME_POINTS for k in group):
        raise refused("room_not_the_groups", "points")


def _as_the_group_rates(study: Study, room: Room, said: c.RatingsAgreed) -> None:
    """Ratings said to be the group's own must be its means; others need a remark."""
    found = tally(study, room, _revealed(room, said.round or 0))
    cells = found.cells if isinstance(found, RatingsTally) else ()
    means = {(cell.measure, cell.criterion): cell.mean for cell in cells}
    own = all(
        (mean := means.get((r.measure, r.criterion))) is not None and abs(mean - r.value) <= SAME_POINTS
        for r in said.ratings
    )
    if not own and not said.remark:
        raise refused("room_not_the_groups_ratings", "ratings")


def _revealed(room: Room, number: int) -> Round:
    asked = _asked(room, number)
    if asked.state != "revealed":
        raise refused("room_reveal_first")
    return asked


def _weights_tried(study: Study, room: Room, said: c.WeightsTried) -> None:
    strangers = [name for name in said.points if name not in study.criterion_by_id]
    if strangers or not said.points:
        raise InputError(
            [
                Issue(
                    "unknown_criterion",
                    where=Where("room", column="points"),
                    params={"value": ", ".join(strangers), "allowed": tuple(study.criterion_by_id)},
                )
            ]
        )


def _weights_locked(study: Study, room: Room, said: c.Nothing) -> None:
    if room.locked_at:
        raise refused("room_weights_locked", at=room.locked_at)
    if room.open_round is not None and room.open_round.asked.kind == "weights":
        raise refused("room_round_open", number=room.open_round.number)


def _weights_unlocked(study: Study, room: Room, said: c.Reason) -> None:
    if not room.locked_at:
        raise refused("room_not_locked")
    if not said.reason:
        raise refused("room_reason_missing", "reason")


def _ratings_agreed(study: Study, room: Room, said: c.RatingsAgreed) -> None:
    if not room.locked_at:
        raise refused("room_lock_first")
    if said.round is not None:
        _as_the_group_rates(study, room, said)
    require_measures(study, [r.measure for r in said.ratings])
    for rating in said.ratings:
        leaf = study.criterion_by_id.get(rating.criterion)
        if leaf is None or leaf.kind != "given":
            raise refused("room_not_rated", "ratings", value=rating.criterion)
        ends = sorted((float(leaf.worst or 0), float(leaf.best or 0)))
        if not ends[0] <= rating.value <= ends[1]:
            raise refused("out_of_range", "ratings", value=rating.value, allowed=f"{ends[0]:g} ... {ends[1]:g}")
    if not said.ratings:
        raise refused("vote_empty", "ratings")


def _shown(study: Study, room: Room, said: c.Shown) -> None:
    if said.round is not None:
        _asked(room, said.round)
    if said.view in ("reveal", "agenda"):
        _revealed(room, said.round or 0)
    if said.snapshot is not None and said.snapshot not in room.snapshots:
        raise refused("room_unknown_snapshot", value=str(said.snapshot))
    require_measures(study, said.measures)


def _pinned(study: Study, room: Room, said: c.Pinned) -> None:
    require_measures(study, said.measures)


def _snapshot_restored(study: Study, room: Room, said: c.OfSnapshot) -> None:
    if said.snapshot not in room.snapshots:
        raise refused("room_unknown_snapshot", value=str(said.snapshot))
    if room.locked_at and room.snapshots[said.snapshot].baseline.weights != room.baseline.weights:
        raise refused("room_weights_locked", at=room.locked_at)


def _decided(study: Study, room: Room, said: c.Decided) -> None:
    require_measures(study, [said.measure])
    computed = {line.measure: line for line in in_force(study, room).ranking}
    line = computed.get(said.measure)
    if line is None:
        raise refused("room_not_ranked", "measure", value=said.measure)
    if said.rank is not None and said.rank > len(study.measures):
        raise refused("out_of_range", "rank", value=said.rank, allowed=f"1 ... {len(study.measures)}")
    as_computed = said.rank in (None, line.rank) and said.tier in (None, line.tier)
    if not said.reason and not as_computed:
        raise refused("room_reason_missing", "reason")


def _decision_taken(study: Study, room: Room, said: c.DecisionTaken) -> None:
    if said.round is not None and _revealed(room, said.round).asked.kind != "approval":
        raise refused("room_unknown_round", value=str(said.round))


def _council_decided(study: Study, room: Room, said: c.CouncilDecided) -> None:
    _known_home(study, said.municipality)


def _status_set(study: Study, room: Room, said: c.StatusSet) -> None:
    require_measures(study, [said.measure])


_CHECKS: Mapping[str, Check] = {
    "joined": _joined,
    "described": _described,
    "withdrawn": _person,
    "returned": _person,
    "erased": _person,
    "round_opened": _round_opened,
    "round_closed": _round_closed,
    "round_reopened": _round_reopened,
    "round_revealed": _round_revealed,
    "voted": _voted,
    "weights_agreed": _weights_agreed,
    "weights_tried": _weights_tried,
    "weights_locked": _weights_locked,
    "weights_unlocked": _weights_unlocked,
    "ratings_agreed": _ratings_agreed,
    "shown": _shown,
    "pinned": _pinned,
    "snapshot_restored": _snapshot_restored,
    "decided": _decided,
    "decision_taken": _decision_taken,
    "council_decided": _council_decided,
    "status_set": _status_set,
}
