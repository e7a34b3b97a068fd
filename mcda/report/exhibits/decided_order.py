"""What people decided beside the computed ranking: place, tier and reason of a measure, and the order that makes."""

from collections.abc import Mapping, Sequence

from mcda.result import Ranked, Result
from mcda.workshop.room import Decision, Room


def decisions_of(result: Result, room: Room | None = None) -> Mapping[str, Decision]:
    """What was decided on the ranked measures, by measure: in the room where there is one, else what the study says."""
    ranked = {line.measure for line in result.ranking}
    if room is not None:
        return {name: made for name, made in room.baseline.decisions.items() if name in ranked}
    return {
        line.measure: Decision(line.decided_rank, None, line.decided_reason)
        for line in result.ranking
        if line.decided_rank is not None or line.decided_reason
    }


def decided_order(ranking: Sequence[Ranked], decisions: Mapping[str, Decision]) -> tuple[Ranked, ...]:
    """The ranking in the decided order: who has a decided place stands there, the others fill the gaps in their
    computed order. Two at one place stand in their computed order."""
    placed = {line.measure: decisions[line.measure].rank for line in ranking if line.measure in decisions}
    order = [line for line in ranking if placed.get(line.measure) is None]
    for line in sorted((x for x in ranking if placed.get(x.measure)), key=lambda x: placed[x.measure] or 0):
        order.insert((placed[line.measure] or 1) - 1, line)
    return tuple(order)


def decided_places(result: Result, decisions: Mapping[str, Decision]) -> Mapping[str, int]:
    """The place of every ranked measure in the decided order, from 1; empty where no place was decided."""
    if all(made.rank is None for made in decisions.values()):
        return {}
    return {line.measure: place for place, line in enumerate(decided_order(result.ranking, decisions), start=1)}
