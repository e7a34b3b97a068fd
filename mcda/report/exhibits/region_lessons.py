"""Lessons from regions side by side as sentences: ids by their names, numbers as the reader's language writes them."""

from collections.abc import Iterable
from datetime import date

from mcda.batch.lessons_record import Fact, Lesson
from mcda.batch.side_by_side import SideBySide
from mcda.locale import label, text
from mcda.locale.formats import day, money, percent, plain
from mcda.report.exhibits.region_names import criterion_word, programme_word, theme_word
from mcda.report.exhibits.setting import method_name

NOUNS = ("measures", "regions")
"""Counts that are told with their noun."""


def lesson_lines(side: SideBySide, told: Iterable[Lesson], language: str) -> tuple[tuple[str, str], ...]:
    """Topic and sentence of each lesson."""
    return tuple((text(f"lesson.topic.{one.topic}", language), lesson_sentence(side, one, language)) for one in told)


def lesson_sentence(side: SideBySide, one: Lesson, language: str) -> str:
    """The lesson in plain words, with the numbers it rests on."""
    params = dict(one.params)
    if one.code.startswith("differs_"):
        params["values"] = _valued(one, language)
    return text(
        f"lesson.{one.code}", language, **{key: _shown(side, key, fact, language) for key, fact in params.items()}
    )


def _shown(side: SideBySide, key: str, fact: Fact, language: str) -> str:
    if isinstance(fact, tuple):
        names = {"criteria": criterion_word, "programmes": programme_word}
        said = [names[key](side, str(one), language) if key in names else str(one) for one in fact]
        return ("; " if key in names else ", ").join(said)
    if isinstance(fact, str):
        return _word(side, key, fact, language)
    if key.endswith("_eur"):
        return money(fact, language, cents=False)
    if key.endswith("_share"):
        return percent(fact, language)
    if key in NOUNS:
        return text(f"lesson.part.{key}", language, count=fact)
    return plain(fact, language)


def _word(side: SideBySide, key: str, name: str, language: str) -> str:
    match key:
        case "criterion":
            return criterion_word(side, name, language)
        case "programme":
            return programme_word(side, name, language)
        case "theme":
            return theme_word(side, name, language)
        case "category":
            return label("category", name, language)
        case "gate":
            return label("funding_gate", name, language)
        case "reason":
            return label("labels.reason", name, language)
        case _:
            return name


def _valued(one: Lesson, language: str) -> tuple[str, ...]:
    """Each value that occurs, with how many studies have it."""
    values, times = one.params["values"], one.params["times"]
    assert isinstance(values, tuple)
    assert isinstance(times, tuple)
    name = one.code.removeprefix("differs_")
    return tuple(f"{_value(name, str(v), language)} ({n})" for v, n in zip(values, times, strict=True))


def _value(name: str, value: str, language: str) -> str:
    """A value of the studies' frame in words."""
    if name == "as_of":
        return day(date.fromisoformat(value), language)
    if name == "method":
        return method_name(value, language)
    return percent(float(value), language) if name == "interval_point" else plain(float(value), language)
