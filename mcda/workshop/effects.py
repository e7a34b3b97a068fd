"""What a step comes to, computed from the log alone: the part of an event that a replay must find again."""

from typing import Any

from mcda.result import Result
from mcda.study.model import Study
from mcda.workshop.baseline import EFFECT_LINES, in_force, on_screen, order_effect
from mcda.workshop.room import Room
from mcda.workshop.tally import plain, tally

_RANKED_ANEW = frozenset({"weights_agreed", "ratings_agreed", "settings_set", "snapshot_restored", "undone"})


def effect_of(study: Study, before: Room | None, after: Room, kind: str, said: Any) -> dict[str, Any]:
    """The effect of a step that led from one room to the next, as JSON values; empty where it has none.

    The opening: the first ten. A reveal: the tally. Another baseline: what it did to the first ten. Tried weights:
    the first ten they would give. A snapshot: the hash of the data with what was agreed. The decision: computed and
    decided place of every measure.
    Raises InputError or MethodError where the new state has no ranking: such a step is not taken.
    """
    if before is None:
        return {"ranking": _first(in_force(study, after))}
    if kind == "round_revealed":
        return {"tally": plain(tally(study, after, after.rounds[said.round]))}
    if kind in _RANKED_ANEW:
        return order_effect(study, before, after)
    if kind == "weights_tried":
        return {"tried": _first(on_screen(study, after))}
    if kind == "snapshot_taken":
        return {"data": in_force(study, after).provenance.input_hash}
    if kind == "decision_taken":
        return {"list": decided_list(study, after)}
    return {}


def decided_list(study: Study, room: Room) -> list[dict[str, Any]]:
    """Every ranked measure with its computed and its decided place, best computed first."""
    made = room.baseline.decisions
    return [
        {
            "measure": line.measure,
            "rank": line.rank,
            "tier": line.tier,
            "score": line.score,
            "decided_rank": made[line.measure].rank if line.measure in made else None,
            "decided_tier": made[line.measure].tier if line.measure in made else None,
        }
        for line in in_force(study, room).ranking
    ]


def _first(result: Result) -> list[dict[str, Any]]:
    return [{"measure": line.measure, "rank": line.rank, "score": line.score} for line in result.ranking[:EFFECT_LINES]]
