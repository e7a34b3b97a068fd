"""What was decided, by whom and when, in sentences: the workshop's list, the councils; or that nothing is yet."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from mcda.locale import text
from mcda.locale.formats import day
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.decided_order import decided_order, decisions_of
from mcda.report.exhibits.moment import moment_text
from mcda.result import Ranked, Result
from mcda.workshop.room import Decision, Room


def decision_sentences(result: Result, room: Room | None, language: str) -> tuple[str, ...]:
    """Whether the list was decided, whether it departs from the computed order, what councils said; never empty."""
    return tuple(_told(result, room, language))


def decided_first(result: Result, decisions: Mapping[str, Decision], language: str) -> str:
    """Who was decided to be first, where that is not the one computed to be; else empty."""
    if all(one.rank is None for one in decisions.values()):
        return ""
    first = decided_order(result.ranking, decisions)[0]
    if first.rank == 1:
        return ""
    title = title_line(result.study.measure_by_id[first.measure], language)
    return text("annex.lead_decided", language, title=title, rank=str(first.rank))


def _told(result: Result, room: Room | None, language: str) -> Iterator[str]:
    made = decisions_of(result, room)
    if room is not None:
        yield from _taken(room, language)
    moved = sum(_departs(line, made[line.measure]) for line in result.ranking if line.measure in made)
    if not made:
        yield text("decision.as_computed", language)
    if moved:
        yield text("decision.departs", language, count=moved)
    if len(made) > moved:
        yield text("decision.confirmed", language, count=len(made) - moved)
    heard = [] if room is None else [_council(result, room, name, language) for name in room.councils]
    if heard:
        yield text("decision.councils", language, councils="; ".join(heard))
        if len(heard) < len(result.study.municipalities):
            yield text("decision.others_open", language)
    elif len(result.study.municipalities) > 1:
        yield text("decision.each_council", language)
    else:
        yield text("decision.one_council", language)


def _departs(line: Ranked, made: Decision) -> bool:
    """Whether the decision gives the measure another place or tier than the computed one."""
    return made.rank not in (None, line.rank) or made.tier not in (None, line.tier)


def _taken(room: Room, language: str) -> Iterator[str]:
    if room.taken is None:
        yield text("decision.not_taken", language)
        return
    yield text("decision.taken", language, at=moment_text(room.taken.at, language))
    if room.taken.remark:
        yield text("decision.remark", language, remark=room.taken.remark)
    if replace(room.taken.baseline, pinned=()) != replace(room.baseline, pinned=()):
        yield text("decision.stale", language)


def _council(result: Result, room: Room, name: str, language: str) -> str:
    said, home = room.councils[name], result.study.municipality_by_id.get(name)
    outcome = text(f"room.outcome.{said.outcome}", language)
    on = day(date.fromisoformat(said.day), language) if said.day else ""
    return text(
        "decision.council" if on else "decision.council_undated",
        language,
        name=home.name if home else name,
        outcome=outcome,
        day=on,
    )
