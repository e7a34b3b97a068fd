"""Who took part, by role and municipality, never by name: in the workshop, or as far as the study says."""

from collections import Counter
from collections.abc import Iterator

from mcda.locale import label, text
from mcda.report.exhibits.moment import moment_text
from mcda.report.exhibits.setting import person_name
from mcda.result import Result
from mcda.study.model import Study
from mcda.weights.stored import people_with_answers
from mcda.workshop.room import Room


def who_took_part(result: Result, room: Room | None, language: str) -> tuple[str, ...]:
    """One sentence each on who was in the room, who rated and who was asked for weights; empty where nothing is known.

    With a workshop those in it stand first, then who rated beforehand; whom the study asked for weights is then told
    only where the workshop left those as they were.
    """
    return (*_in_room(result.study, room, language), *_before(result.study, room, language))


def _in_room(study: Study, room: Room | None, language: str) -> Iterator[str]:
    if room is None or not room.people:
        return
    yield text(
        "took_part.room",
        language,
        title=room.opened.title,
        at=moment_text(room.started_at or room.opened_at, language),
        count=len(room.people),
        people="; ".join(_by_role(study, room, language)),
    )


def _by_role(study: Study, room: Room, language: str) -> Iterator[str]:
    """'Treasury (Ismaning, Eching 2)' for every role, in the order of joining; never who exactly it was."""
    found: dict[str, Counter[str]] = {}
    for person in room.people.values():
        home = study.municipality_by_id.get(person.municipality)
        homes = found.setdefault(person.role or text("room.anonymous", language), Counter())
        homes[home.name if home else ""] += 1
    for role, homes in found.items():
        named = ", ".join(f"{name} {n}" if n > 1 else name for name, n in homes.items() if name)
        alone = homes[""]
        yield role + (f" {alone}" if alone > 1 else "") + (f" ({named})" if named else "")


def _before(study: Study, room: Room | None, language: str) -> Iterator[str]:
    raters = dict.fromkeys(r.rater for r in study.ratings if r.rater and r.value is not None)
    homes = [m.id for m in study.municipalities]
    if len(homes) > 1 and all(home in raters for home in homes):
        others = "; ".join(_rater(study, who, language) for who in raters if who not in homes)
        key = "rated_all_and" if others else "rated_all"
        yield text(f"took_part.{key}", language, count=len(homes), people=others)
    elif raters:
        yield text("took_part.rated", language, people="; ".join(_rater(study, who, language) for who in raters))
    asked = people_with_answers(study)
    if asked and not (room and room.agreed):
        yield text("took_part.weighted", language, people="; ".join(person_name(study, who, language) for who in asked))


def _rater(study: Study, rater: str, language: str) -> str:
    if rater in study.municipality_by_id:
        return study.municipality_by_id[rater].name
    known = any(person.id == rater for person in study.stakeholders)
    return person_name(study, rater, language) if known else label("ui.rater", rater, language)
