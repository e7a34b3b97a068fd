"""Answers as the study stores them: one person's weights from the tables, and new answers put in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from mcda.errors import Finding, InputError, Issue, Param, Where
from mcda.result import Weights
from mcda.scenario import AhpPriorities
from mcda.study.model import DirectWeight, Judgement, Study
from mcda.weights.ahp import elicit_ahp
from mcda.weights.best_worst_rows import best_worst_of
from mcda.weights.comparisons import Comparisons, comparisons_of
from mcda.weights.direct import elicit_direct
from mcda.weights.rank_order import elicit_rank_order
from mcda.weights.swing import elicit_swing

Answer = Judgement | DirectWeight

Elicitation = Literal["", "ahp", "best_worst", "direct", "swing", "tradeoff", "roc", "rank_sum", "rank_reciprocal"]
"""The ways to ask, as the tables name them."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person answered about the criteria below one parent: comparisons, or points or places in an order."""

    judgements: tuple[Judgement, ...] = ()
    weights: tuple[DirectWeight, ...] = ()

    @property
    def elicitation(self) -> Elicitation:
        """How the person was asked; empty where nothing was answered."""
        if self.judgements:
            return self.judgements[0].elicitation
        return self.weights[0].elicitation if self.weights else ""

    @property
    def answered_at(self) -> str:
        """When the latest answer was given; empty if unknown."""
        times = [row.answered_at for row in self.judgements] + [row.answered_at for row in self.weights]
        return max(times, default="")


def people_with_answers(study: Study) -> tuple[str, ...]:
    """Ids of the stakeholders who answered anything, in the order of their table."""
    answered = {j.stakeholder for j in study.judgements} | {w.stakeholder for w in study.weights}
    return tuple(person.id for person in study.stakeholders if person.id in answered)


def answers_of(study: Study, who: str, parent: str) -> Answers:
    """The stored answers of one person about the criteria below `parent`. Comparisons go before points."""
    siblings = study.children.get(parent, ())
    return Answers(
        tuple(j for j in study.judgements if j.stakeholder == who and j.parent == parent),
        tuple(w for w in study.weights if w.stakeholder == who and w.criterion in siblings),
    )


def comparisons_answered(study: Study, who: str, parent: str) -> Comparisons | None:
    """One person's pairwise answers below `parent` as a matrix; None where they did not answer by pairs.

    Raises InputError as `comparisons_of` does.
    """
    answers = answers_of(study, who, parent)
    if answers.elicitation != "ahp":
        return None
    return comparisons_of(answers.judgements, study.children[parent], parent)


def answered_weights(study: Study, who: str, parent: str, how: AhpPriorities = "row_geometric_mean") -> Weights | None:
    """One person's weights of the criteria below `parent` from the stored answers; None where there are none.

    A single criterion needs no answer. Direct points that name only some siblings keep the study's points for the
    rest; every other elicitation needs an answer about each. Raises InputError with every issue of the answers.
    """
    answers, items = answers_of(study, who, parent), study.children[parent]
    if not answers.elicitation:
        return None
    found = _elicited(study, answers, items, parent, how)
    source = replace(found.sources[0], people=(who,), answered_at=answers.answered_at)
    return replace(found, sources=(source,))


@lru_cache(maxsize=256)
def person_weights(study: Study, who: str, how: AhpPriorities = "row_geometric_mean") -> Mapping[str, Weights]:
    """One stakeholder's weights below every parent they answered about, kept for the studies last used.

    Raises InputError with all issues.
    """
    issues: list[Issue] = []
    found: dict[str, Weights] = {}
    for parent in study.children:
        try:
            weights = answered_weights(study, who, parent, how)
        except InputError as error:
            issues += [_placed(study, who, parent, issue) for issue in error.issues]
            continue
        found |= {parent: weights} if weights is not None else {}
    if issues:
        raise InputError(list({(i.code, i.where, str(i.params)): i for i in issues}.values()))
    return found


def _placed(study: Study, who: str, parent: str, issue: Issue) -> Issue:
    """An issue of somebody's answers at the row it stands in, counted below a header; rows without a header's place
    (an answer that is missing) stand at the person's first one."""
    said, column = answers_of(study, who, parent), issue.where.column
    if said.judgements:
        mine = [n for n, j in enumerate(study.judgements) if j in said.judgements]
        about = [n for n in mine if column in (study.judgements[n].a, study.judgements[n].b)]
        same = [n for n in about if study.judgements[n].value == issue.params.get("value")]
        where = Where("judgements", (same or about or mine)[0] + 2, "value")
    else:
        mine = [n for n, w in enumerate(study.weights) if w in said.weights]
        about = [n for n in mine if study.weights[n].criterion == column]
        row = study.weights[(about or mine)[0]]
        where = Where("weights", (about or mine)[0] + 2, "points" if row.rank is None else "rank")
    return replace(issue, where=where, params=dict(issue.params) | {"stakeholder": who})


def _elicited(study: Study, answers: Answers, items: Sequence[str], parent: str, how: AhpPriorities) -> Weights:
    kind = answers.elicitation
    if kind == "ahp":
        return elicit_ahp(comparisons_of(answers.judgements, items, parent), parent, how)
    if kind == "best_worst":
        return best_worst_of(answers.judgements, items, parent)
    points = {w.criterion: w.points for w in answers.weights if w.points is not None}
    if kind == "swing":
        return elicit_swing(points, items, parent)
    if kind == "direct" or kind == "tradeoff":
        own = {key: study.criterion_by_id[key].weight for key in items}
        found = elicit_direct(own | points, items, parent, kind)
        return replace(found, findings=(*found.findings, *_partial(answers, points, items, parent)))
    assert kind  # callers ask only where something was answered
    ranks = {w.criterion: w.rank for w in answers.weights if w.rank is not None}
    return elicit_rank_order(ranks, items, parent, kind)


def _partial(answers: Answers, points: Mapping[str, float], items: Sequence[str], parent: str) -> tuple[Finding, ...]:
    """Points for some siblings only stand beside the study's for the rest, perhaps on another scale."""
    rest = tuple(key for key in items if key not in points)
    told: dict[str, Param] = {"parent": parent, "people": (answers.weights[0].stakeholder,), "criteria": rest}
    return (Finding("points_partial", "warning", Where("weights"), told),) if rest else ()


def store_answers(study: Study, who: str, parent: str, answers: Sequence[Answer]) -> Study:
    """The study with one person's answers below `parent` replaced by these; everybody else's stay.

    No answers take the person's earlier ones away. The tables stay in the order of people and criteria they had,
    new rows at the end. The rules are checked where a study is read or evaluated.
    """
    old = answers_of(study, who, parent)
    gone = {id(row) for row in (*old.judgements, *old.weights)}
    judgements = [j for j in study.judgements if id(j) not in gone]
    weights = [w for w in study.weights if id(w) not in gone]
    judgements += [row for row in answers if isinstance(row, Judgement)]
    weights += [row for row in answers if isinstance(row, DirectWeight)]
    return study.model_copy(update={"judgements": tuple(judgements), "weights": tuple(weights)})
