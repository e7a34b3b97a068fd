"""What would change the first place: the nearest single steps, other people's weights, the other way of counting."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.methods import method
from mcda.report.exhibits.catalogue import title_of
from mcda.report.exhibits.challengers import MOST, challengers
from mcda.report.exhibits.result_key import ResultKey
from mcda.report.exhibits.setting import person_name
from mcda.report.exhibits.what_if_sentence import what_if_sentence, what_if_steps
from mcda.result import Result
from mcda.robustness.weight_shift import weight_shift
from mcda.robustness.what_if import what_if
from mcda.weights.stored import people_with_answers

STEPS = 2
"""Of the single changes that would do, the smallest so many."""

NEAREST = 3
"""So many measures that could take the first place are told."""


def upsets(result: Result, language: str, *, public: bool, people: bool = True) -> tuple[str, ...]:
    """Sentences on what would put another measure first; empty for a single measure.

    In public, steps that name a measure's cost or grant are left out: they tell bidders too much. `people`: also say
    whose stored weights would put another measure first.
    """
    return _told(ResultKey(result), language, public=public, people=people)


@lru_cache(maxsize=16)
def _told(key: ResultKey, language: str, *, public: bool, people: bool) -> tuple[str, ...]:
    result = key.result
    if len(result.ranking) < 2:
        return ()
    found = tuple(_steps(result, language, public=public))
    nearest = found or (_nobody(result, language),)
    told = (*nearest, *_by_method(result, language), *(_by_people(result, language) if people else ()))
    return tuple(" ".join(sentence.splitlines()) for sentence in told)


def _steps(result: Result, language: str, *, public: bool) -> Iterator[str]:
    """The next in rank by how little weight has to move, each with every single change that is enough."""
    if not method(result.method).fixed_bounds:
        return
    first = result.ranking[0].measure
    asked = [line.measure for line in result.ranking[1 : MOST + 1]]
    shifts = {name: shift for name in asked if (shift := weight_shift(result, name, first)) is not None}
    near = sorted((s.points, asked.index(n), n) for n, s in shifts.items() if s.status == "found")
    for _, _, name in near[:NEAREST]:
        found = what_if(result, name, first)
        if public:
            found = replace(found, cost=None, grant=None)
        if what_if_steps(result, found, language):
            yield what_if_sentence(result, found, language, STEPS)


def _nobody(result: Result, language: str) -> str:
    try:
        return challengers(result, language).sentence
    except MethodError as error:
        return error.issue.sentence(language)


def _by_method(result: Result, language: str) -> Iterator[str]:
    """Whoever leads when the weighted points are simply added up, where that is somebody else."""
    first = {line.measure for line in result.ranking if line.rank == 1}
    others = [line for line in result.ranking if line.weighted_sum_rank == 1 and line.measure not in first]
    if others and result.method != "weighted_sum":
        yield text("upsets.method", language, title=_title(result, others[0].measure, language))


def _by_people(result: Result, language: str) -> Iterator[str]:
    """Whose weights, alone, put which other measure first, in one sentence."""
    first = {line.measure for line in result.ranking if line.rank == 1}
    found: dict[str, list[str]] = {}
    for who in people_with_answers(result.study):
        scenario = result.scenario.model_copy(update={"profile": who, "weights": {}, "people": (), "name": ""})
        try:
            leader = evaluate(result.study, scenario).ranking[0].measure
        except (InputError, MethodError):
            continue  # answers that give no ranking put nothing first; the check of the study names them
        if leader not in first:
            found.setdefault(leader, []).append(person_name(result.study, who, language))
    if found:
        parts = (
            text("upsets.person", language, people=", ".join(people), title=_title(result, leader, language))
            for leader, people in found.items()
        )
        yield text("upsets.people", language, parts="; ".join(parts))


def _title(result: Result, measure: str, language: str) -> str:
    return title_of(result.study.measure_by_id[measure], language)
