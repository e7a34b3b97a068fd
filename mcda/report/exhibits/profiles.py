"""Everybody's weights side by side: the study's, the group's and each stakeholder's, and what each puts first."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from mcda.errors import InputError, MethodError
from mcda.evaluate import evaluate
from mcda.locale import text
from mcda.locale.formats import fixed
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.revision_sentence import consistency_sentence
from mcda.report.exhibits.setting import group_name, person_name
from mcda.result import Weights
from mcda.scenario import GROUP, Scenario
from mcda.study.model import Study
from mcda.weights.agenda import spreads
from mcda.weights.stored import people_with_answers
from mcda.weights.tree import tree_weights

FIRST = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of weights. `id`: '' the study's own, '*' the group, else a stakeholder.

    `how`: in which ways the sibling groups were asked, in words; `at`: the latest answer (ISO 8601, '' if unknown);
    `contradictions`: a sentence on the pairwise answers, '' where there are none; `first`: the first measures under
    these weights.
    """

    id: str
    name: str
    weights: Weights
    how: str
    at: str
    contradictions: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One criterion of the tree: its depth (0 a main criterion), the overall weight under each profile, and over how
    wide a range the weights of all who answered about it lie, shown or not (None with fewer than two of them)."""

    criterion: str
    name: str
    depth: int
    overall: tuple[float, ...]
    span: tuple[float, float] | None


def profile_ids(study: Study) -> tuple[str, ...]:
    """The profiles there are: the study's own, the group's where two or more answered, and everybody's."""
    people = people_with_answers(study)
    return ("", *((GROUP,) if len(people) > 1 else ()), *people)


def profile(study: Study, scenario: Scenario, name: str, language: str) -> Profile:
    """One profile under the scenario's method, day and group settings, without its own weights.

    Raises InputError where the profile's answers give no weights.
    """
    wanted = scenario.model_copy(update={"profile": name, "weights": {}, "name": ""})
    weights = tree_weights(study, wanted)
    kinds = dict.fromkeys(source.elicitation for source in weights.sources)
    return Profile(
        id=name,
        name=profile_label(study, wanted, language),
        weights=weights,
        how=", ".join(text(f"elicitation.{kind}", language) for kind in kinds),
        at=max((source.answered_at for source in weights.sources), default=""),
        contradictions=_contradictions(weights, language),
        first=_first(study, wanted, language),
    )


def profile_label(study: Study, scenario: Scenario, language: str) -> str:
    """What a profile is called."""
    if scenario.profile == GROUP:
        return group_name(study, scenario, language)
    return person_name(study, scenario.profile, language) or text("board.as_study", language)


def profile_rows(study: Study, profiles: Sequence[Profile], language: str) -> tuple[ProfileRow, ...]:
    """The criteria down the tree with their overall weights under each profile."""
    ranges = {found.criterion: found for found in spreads(study, _everybody(study))}
    rows: list[ProfileRow] = []

    def walk(parent: str, depth: int) -> None:
        for criterion in study.children.get(parent, ()):
            found = ranges.get(criterion)
            span = (found.quartiles[0], found.quartiles[-1]) if found and found.people > 1 else None
            overall = tuple(one.weights.overall[criterion] for one in profiles)
            rows.append(ProfileRow(criterion, criterion_label(study, criterion, language), depth, overall, span))
            walk(criterion, depth + 1)

    walk("", 0)
    return tuple(rows)


def _everybody(study: Study) -> dict[str, Weights]:
    """The weights of all whose answers give some."""
    found = {}
    for who in people_with_answers(study):
        with suppress(InputError):
            found[who] = tree_weights(study, Scenario(profile=who))
    return found


def _contradictions(weights: Weights, language: str) -> str:
    """On the comparisons that contradict themselves most against their limit: the sentence and its figures."""
    if not weights.consistency:
        return ""
    worst = max(weights.consistency, key=lambda found: found.ratio / found.limit if found.limit else 0.0)
    sentence = consistency_sentence(worst, language)
    if worst.size < 3:
        return sentence
    figures = {"ratio": fixed(worst.ratio, language, 3), "limit": fixed(worst.limit, language, 2)}
    return f"{sentence} {text('compare_page.ratio', language, **figures)}"


def _first(study: Study, scenario: Scenario, language: str) -> tuple[str, ...]:
    """The first measures under the scenario; none where it has no result."""
    try:
        ranking = evaluate(study, scenario).ranking
    except (InputError, MethodError):
        return ()
    return tuple(
        f"{line.measure} · {title_of(study.measure_by_id[line.measure], language)}" for line in ranking[:FIRST]
    )
