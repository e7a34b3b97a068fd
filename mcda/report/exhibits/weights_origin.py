"""How the weights came about, in sentences: of whom, how they were asked, when, and whether they were locked."""

from collections.abc import Iterator
from datetime import date

from mcda.locale import label, text
from mcda.locale.formats import day
from mcda.report.exhibits.findings import criterion_name
from mcda.report.exhibits.group_sources import source_sentences
from mcda.report.exhibits.moment import moment_text
from mcda.report.exhibits.questions import group_name as group_of
from mcda.report.exhibits.setting import changed_weights, group_name, person_name
from mcda.result import Result, Source
from mcda.scenario import GROUP
from mcda.weights.stored import people_with_answers
from mcda.workshop.room import Room
from mcda.workshop.tally import counted_votes


def weights_origin(result: Result, room: Room | None, language: str) -> tuple[str, ...]:
    """The sentences; never empty, for weights always come from somewhere."""
    if room is not None:
        return tuple(_of_room(result, room, language))
    return tuple(_of_scenario(result, language))


def _of_room(result: Result, room: Room, language: str) -> Iterator[str]:
    for parent, (_, number) in room.agreed.items():
        asked = room.rounds.get(number) if number is not None else None
        name = group_of(result.study, parent, language)
        if asked is None:
            yield text("origin.agreed", language, group=name)
        else:
            how = text(f"room.asked.{asked.asked.asked}", language)
            yield text("origin.agreed_round", language, group=name, how=how, count=len(counted_votes(room, asked)))
    if not room.agreed:
        yield text("origin.as_before", language)
    if not room.locked_at:
        yield text("origin.open", language)
        return
    yield text("origin.locked", language, at=moment_text(room.locked_at, language))
    shown = [r.revealed_at for r in room.rounds.values() if r.asked.kind == "ratings" and r.revealed_at]
    if shown and min(shown) > room.locked_at:
        yield text("origin.before_ratings", language)


def _of_scenario(result: Result, language: str) -> Iterator[str]:
    study, scenario = result.study, result.scenario
    if scenario.profile == GROUP:
        yield text("origin.group", language, group=group_name(study, scenario, language))
        yield from source_sentences(study, result.weights, scenario.people or people_with_answers(study), language)
    elif scenario.profile:
        asked = [source for source in result.weights.sources if source.people]
        yield text("origin.person", language, person=person_name(study, scenario.profile, language))
        yield from _answers(result, asked, language)
    else:
        yield text("origin.study", language)
    if changed := changed_weights(result, language):
        yield text("origin.changed", language, changed=changed)


def _answers(result: Result, asked: list[Source], language: str) -> Iterator[str]:
    """How they were asked, of which groups of criteria, and when they answered last."""
    hows = dict.fromkeys(label("elicitation", source.elicitation, language) for source in asked)
    if hows:
        yield text("origin.how", language, how=", ".join(hows))
    last = max((source.answered_at for source in asked), default="")
    if len(last) >= len("2026-12-31"):
        yield text("group_page.source_last", language, day=day(date.fromisoformat(last[:10]), language))
    open_ = [s.parent for s in result.weights.sources if not s.people and len(result.study.children[s.parent]) > 1]
    if open_:
        names = ", ".join(criterion_name(result.study, parent, language) for parent in open_)
        yield text("group_page.source_silent", language, parents=names)
