"""The weightings of a workshop as scenarios: everybody's without names, the group's, what was agreed, states kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mcda.errors import InputError, Issue, Where
from mcda.locale import text
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study
from mcda.weights.direct import TOTAL
from mcda.weights.stored import person_weights
from mcda.weights.voices import voices
from mcda.workshop.baseline import scenario_of, study_of
from mcda.workshop.room import Room, Round
from mcda.workshop.tally import FEWEST_SHOWN, WeightsTally, counted_votes, tally, voted_study

Points = Mapping[str, float]
DIGITS = 9
SAME = 1e-9
NOT_MEANING = ("weight", "label_en", "description_de", "description_en", "minimum")


@dataclass(frozen=True, slots=True)
class Weightings:
    """Scenarios of a workshop beside the present one. `people`: how many of them are single people's. `few`: a round
    was answered by too few to show single answers, `unequal`: in one votes count differently; `left_out`: states kept
    in the room under other ratings."""

    scenarios: tuple[Scenario, ...]
    people: int = 0
    few: bool = False
    unequal: bool = False
    left_out: tuple[str, ...] = ()


def room_weightings(study: Study, held_on: Study, room: Room, present: Scenario, language: str) -> Weightings:
    """The weightings of a room, all else as in `present`, so that only weights differ.

    Of each question for weights counts the round revealed last; hidden answers stay hidden. Single people's
    weightings never say whose they are: they have no role, no municipality and no number by which the room knows
    them, stand in the order of the weights themselves, and a round answered by fewer than three shows none.
    Nor does one in which votes count differently: with the group's result one could work out whose weighting is whose.
    Raises InputError where the room's criteria are not the study's, so that its weights would mean something else,
    and where no weights were revealed or agreed.
    """
    if _meaning(held_on) != _meaning(study):
        raise InputError([Issue("room_other_criteria", where=Where("room"))])
    rounds = _last_revealed(room)
    enough = [one for one in rounds if len(counted_votes(room, one)) >= FEWEST_SHOWN]
    shown = [one for one in enough if _count_alike(held_on, room, one)]
    single = _single(held_on, room, shown)
    kept, left_out = _kept(study, held_on, room, language)
    made = (
        *_group(held_on, room, rounds, present, language),
        *_agreed(room, present, language),
        *(_weighed(present, points, text("compare.scenario.single", language, number=n)) for n, points in single),
        *kept,
    )
    if not made and not left_out:
        raise InputError([Issue("room_no_weights", where=Where("room"))])
    return Weightings(made, len(single), len(enough) < len(rounds), len(shown) < len(enough), left_out)


def _meaning(study: Study) -> tuple[Criterion, ...]:
    """The criteria as far as weights lean on them: all but the study's own points and the words around them."""
    plain = {name: Criterion.model_fields[name].default for name in NOT_MEANING}
    return tuple(one.model_copy(update={"label_de": "", **plain}) for one in study.criteria)


def _last_revealed(room: Room) -> tuple[Round, ...]:
    """Of each parent the round of weights that was revealed last, with somebody's answer in it."""
    found: dict[str, Round] = {}
    for one in sorted(room.rounds.values(), key=lambda r: (r.revealed_at, r.id)):
        if one.asked.kind == "weights" and one.state == "revealed" and counted_votes(room, one):
            found[one.asked.parent] = one
    return tuple(found.values())


def _count_alike(study: Study, room: Room, asked: Round) -> bool:
    """Whether every vote of a round counts as much as any other."""
    found = voices(voted_study(study, room, asked), tuple(counted_votes(room, asked)), asked.key)
    return not found.left_out and max(found.shares.values()) - min(found.shares.values()) < SAME


def _single(study: Study, room: Room, rounds: list[Round]) -> list[tuple[int, Points]]:
    """Everybody's points over all rounds, by rising place in an order that nothing but the points decides."""
    points: dict[str, dict[str, float]] = {}
    for one in rounds:
        answered = voted_study(study, room, one)
        for who in counted_votes(room, one):
            local = person_weights(answered, who)[one.asked.parent].local
            points.setdefault(who, {}).update(_points(local))
    order = sorted(points.values(), key=lambda said: [-said.get(name, -1.0) for name in study.criterion_by_id])
    return list(enumerate(order, start=1))


def _group(study: Study, room: Room, rounds: tuple[Round, ...], present: Scenario, language: str) -> Iterator[Scenario]:
    points: dict[str, float] = {}
    for one in rounds:
        found = tally(study, room, one)
        assert isinstance(found, WeightsTally)  # a round of weights
        points.update(_points(found.group))
    if points:
        yield _weighed(present, points, text("compare.scenario.group", language))


def _agreed(room: Room, present: Scenario, language: str) -> Iterator[Scenario]:
    if room.baseline.weights:
        yield _weighed(present, room.baseline.weights, text("compare.scenario.agreed", language))


def _weighed(present: Scenario, points: Points, name: str) -> Scenario:
    return present.model_copy(update={"name": name, "weights": {**present.weights, **points}})


def _points(local: Points) -> dict[str, float]:
    return {name: round(TOTAL * share, DIGITS) for name, share in local.items()}


def _kept(study: Study, held_on: Study, room: Room, language: str) -> tuple[tuple[Scenario, ...], tuple[str, ...]]:
    """The states kept in the room that rest on the study's ratings, and the names of those that do not: a scenario
    holds weights and settings, no other ratings."""
    found, left_out, ratings = [], [], set(study.ratings)
    for one in room.snapshots.values():
        if set(study_of(held_on, replace(one.baseline, decisions={})).ratings) == ratings:
            name = text("compare.scenario.kept_in_room", language, name=one.name)
            found.append(scenario_of(room, one.baseline).model_copy(update={"name": name}))
        else:
            left_out.append(one.name)
    return tuple(found), tuple(left_out)
