"""A round's question in words: what is asked, of what, and between which ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from mcda.locale import text
from mcda.report.exhibits.catalogue import criterion_label, description_of, title_of
from mcda.report.exhibits.questions import Swing, group_name, swings_of
from mcda.study.model import ScaleLevel, Study
from mcda.workshop.ballots import pair_key, pairs_asked
from mcda.workshop.contents import RoundOpened


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scale with its wording."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class RatedCell:
    """One rating that is asked for: a criterion with its question and its levels, best last."""

    key: str
    criterion: str
    name: str
    question: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class RatedMeasure:
    """A measure to be rated, with what is known of it."""

    id: str
    title: str
    description: str
    cells: tuple[RatedCell, ...]


@dataclass(frozen=True, slots=True)
class PairAsked:
    """Two criteria to be compared."""

    key: str
    a: Swing
    b: Swing


@dataclass(frozen=True, slots=True)
class Question:
    """A round as people read it. Of `swings`, `pairs` and `measures` those are filled that the round asks about."""

    title: str
    how: str
    swings: tuple[Swing, ...] = ()
    pairs: tuple[PairAsked, ...] = ()
    measures: tuple[RatedMeasure, ...] = ()


def question_of(study: Study, asked: RoundOpened, language: str) -> Question:
    """The question of a round with everything needed to answer it."""
    if asked.kind == "weights":
        swings = swings_of(study, asked.parent, language)
        by_id = {swing.criterion: swing for swing in swings}
        pairs = tuple(PairAsked(pair_key(a, b), by_id[a], by_id[b]) for a, b in pairs_asked(study, asked.parent))
        title = text("room.question.weights", language, group=group_name(study, asked.parent, language))
        how = text(f"room.how.{asked.asked}", language)
        return Question(title, how, swings, pairs if asked.asked == "pairwise" else ())
    if asked.kind == "ratings":
        measures = tuple(_measure(study, measure, asked.criteria, language) for measure in asked.measures)
        return Question(
            text("room.question.ratings", language, count=len(measures)),
            text("room.how.ratings", language),
            measures=measures,
        )
    if asked.kind == "top":
        return Question(text("room.question.top", language), text("room.how.top", language))
    return Question(asked.question, text("room.how.approval", language))


def round_name(study: Study, asked: RoundOpened, language: str) -> str:
    """What a round is called in lists."""
    if asked.kind == "weights":
        name = group_name(study, asked.parent, language)
        return text("room.name.weights", language, group=name, how=text(f"room.asked.{asked.asked}", language))
    if asked.kind == "ratings":
        return text("room.name.ratings", language, measures=", ".join(asked.measures[:6]), count=len(asked.measures))
    return text("room.name.top", language) if asked.kind == "top" else asked.question


def measure_choices(study: Study, language: str) -> tuple[tuple[str, str], ...]:
    """Every measure with its id and title, in the catalogue's order."""
    return tuple((m.id, f"{m.id} {title_of(m, language)}") for m in study.measures)


def _measure(study: Study, name: str, criteria: Sequence[str], language: str) -> RatedMeasure:
    measure = study.measure_by_id[name]
    cells = tuple(_cell(study, name, criterion, language) for criterion in criteria)
    return RatedMeasure(name, title_of(measure, language), description_of(measure, language), cells)


def _cell(study: Study, measure: str, criterion: str, language: str) -> RatedCell:
    row = study.criterion_by_id[criterion]
    asked = (row.description_en if language == "en" else "") or row.description_de
    return RatedCell(
        pair_key(measure, criterion), criterion, criterion_label(study, criterion, language), asked,
        levels_of(study, criterion, language),
    )  # fmt: skip


def levels_of(study: Study, criterion: str, language: str) -> tuple[Level, ...]:
    """The levels a criterion can be rated at, the lowest number first, each with its wording where it has one."""
    row = study.criterion_by_id[criterion]
    worded = {level.value: _wording(level, language) for level in study.levels if level.criterion == criterion}
    low, high = sorted((float(row.worst or 0), float(row.best or 0)))
    step = row.step or (high - low) / 4
    count = round((high - low) / step) + 1
    values = [low + step * n for n in range(count)] if count <= 21 else sorted(worded)
    return tuple(Level(value, worded.get(value, "")) for value in values)


def _wording(level: ScaleLevel, language: str) -> str:
    return (level.label_en if language == "en" else "") or level.label_de
