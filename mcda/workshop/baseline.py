"""What is in force in a room, as a study and a scenario, and what it makes of the ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from mcda.errors import InputError, Issue, Where
from mcda.evaluate import evaluate
from mcda.result import Result
from mcda.scenario import Scenario, scenario_from
from mcda.study.model import Measure, Rating, Study
from mcda.workshop.room import Baseline, Room

EFFECT_LINES = 10
"""The protocol tells what a step did to so many of the first measures."""


def study_of(study: Study, baseline: Baseline) -> Study:
    """The room's study with the agreed ratings and the decided ranks put in.

    An agreed rating takes the place of everybody's own on that criterion (they stay in the study, an agreed row
    wins). Decided ranks and reasons stand beside the computed ones; a decided tier does not fit a rank and is kept in
    the room alone.
    """
    if not baseline.ratings and not baseline.decisions:
        return study
    kept = tuple(r for r in study.ratings if r.rater or (r.measure, r.criterion) not in baseline.ratings)
    new = tuple(Rating(measure=m, criterion=k, value=v) for (m, k), v in baseline.ratings.items())
    measures = tuple(_decided(measure, baseline) for measure in study.measures)
    return study.model_copy(update={"ratings": (*kept, *new), "measures": measures})


def scenario_of(room: Room, baseline: Baseline, trial: Mapping[str, float] | None = None) -> Scenario:
    """The scenario a room's baseline stands for, with points that are only tried laid over it.

    Raises InputError as a scenario file does.
    """
    start = scenario_from(room.opened.scenario)
    settings = baseline.settings
    changes: dict[str, Any] = {"weights": {**start.weights, **baseline.weights, **(trial or {})}}
    if settings:
        changes |= {
            "method": settings["method"] or start.method,
            "as_of": date.fromisoformat(settings["as_of"]) if settings["as_of"] else start.as_of,
        }
        if settings["without_programmes"] is not None:
            changes["without_programmes"] = tuple(settings["without_programmes"])
    return scenario_from(dict(start) | changes)


def result_of(study: Study, room: Room, baseline: Baseline, trial: Mapping[str, float] | None = None) -> Result:
    """The ranking under a baseline of the room, as computed: what was decided beside it changes no tier.

    Raises InputError or MethodError as `evaluate` does.
    """
    computed = replace(baseline, decisions={})
    return _evaluated(_changed(study, _Key(computed)), scenario_of(room, baseline, trial))


def in_force(study: Study, room: Room) -> Result:
    """The ranking as agreed so far: tried weights do not count."""
    return result_of(study, room, room.baseline)


def on_screen(study: Study, room: Room) -> Result:
    """The ranking with the weights that are being tried."""
    return result_of(study, room, room.baseline, room.trial)


def order_effect(study: Study, before: Room, after: Room) -> dict[str, Any]:
    """What a step did to the ranking: the first ten now with score, rank and the rank before; nothing where the
    ranking stayed as it was. Ranks are those in force, decided ones are the room's own business."""
    then, now = in_force(study, before), in_force(study, after)
    if _places(then) == _places(now):
        return {}
    was = {line.measure: line.rank for line in then.ranking}
    lines = [
        {"measure": line.measure, "rank": line.rank, "score": line.score, "was": was.get(line.measure)}
        for line in now.ranking[:EFFECT_LINES]
    ]
    moved = sum(was.get(line.measure) != line.rank for line in now.ranking)
    return {"ranking": lines, "moved": moved}


def frozen_order(study: Study, room: Room) -> tuple[str, ...]:
    """The measures in the order the projector keeps; of the ranking on screen where nothing is frozen."""
    found = on_screen(study, room) if room.frozen is None else result_of(study, room, room.frozen)
    return tuple(line.measure for line in found.ranking)


def require_measures(study: Study, names: Sequence[str]) -> None:
    """Raise InputError for measures the study does not hold."""
    strangers = [name for name in names if name not in study.measure_by_id]
    if strangers:
        allowed = tuple(study.measure_by_id)
        raise InputError(
            [Issue("unknown_id", where=Where("measures"), params={"value": s, "allowed": allowed}) for s in strangers]
        )


def _places(result: Result) -> list[tuple[str, int, float]]:
    return [(line.measure, line.rank, line.score) for line in result.ranking]


def _decided(measure: Measure, baseline: Baseline) -> Measure:
    made = baseline.decisions.get(measure.id)
    if made is None or made.rank is None:
        return measure
    return measure.model_copy(update={"decided_rank": made.rank, "decided_reason": made.reason})


class _Key:
    """A baseline's parts that change the study, to be remembered by."""

    __slots__ = ("baseline", "parts")

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        decided = tuple((name, d.rank, d.reason) for name, d in baseline.decisions.items())
        self.parts = (tuple(baseline.ratings.items()), decided)

    def __hash__(self) -> int:
        return hash(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


@lru_cache(maxsize=64)
def _changed(study: Study, key: _Key) -> Study:
    return study_of(study, key.baseline)


@lru_cache(maxsize=256)
def _evaluated(study: Study, scenario: Scenario) -> Result:
    return evaluate(study, scenario)
