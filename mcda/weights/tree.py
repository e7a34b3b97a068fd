"""Weights of the whole criteria tree: whose they are, what a scenario changes, and their product down the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.result import Source, Weights
from mcda.scenario import GROUP, LARGEST_WEIGHT, Scenario
from mcda.study.model import Study
from mcda.weights.direct import TOTAL, normalise
from mcda.weights.stored import people_with_answers, person_weights
from mcda.weights.together import OF_THE_GROUP, group_people, group_weights

Points = dict[str, float]

_NOTHING = Weights({}, {}, np.empty(0))


def tree_weights(study: Study, scenario: Scenario) -> Weights:
    """The weights a scenario gives to the study's criteria: local, combined down the tree, and per leaf.

    Start: the study's own points, or with `scenario.profile` that stakeholder's answers per sibling group, or with
    '*' those of the group (else the study's points). Then `scenario.weights` replaces single points: a sibling not
    named keeps its points (a profile's local weights times 100), and siblings are normalised. The leaf vector is in
    the order of `study.leaves`. Sources, quality, consistency and findings of every sibling group come along, as far
    as the scenario's own points have not taken the place of what was answered.
    Raises InputError with every issue: unknown profile, person or criterion (with the nearest), negative, too large
    or not finite points, a group whose points are all zero, answers that give no weights.
    """
    issues: list[Issue] = _unknown_criteria(study, scenario)
    groups = _start(study, scenario, issues)
    local: Points = {}
    for parent, siblings in study.children.items():
        points = {key: study.criterion_by_id[key].weight for key in siblings}
        if parent in groups:
            points = {key: share * TOTAL for key, share in groups[parent].local.items()}
        named = {key: amount for key, amount in scenario.weights.items() if key in siblings}
        local |= _normalised(points | named, issues)
        if named or parent not in groups:
            told = [] if parent not in groups else [f for f in groups[parent].findings if f.code in OF_THE_GROUP]
            source = Source(parent, "scenario" if named else "study")
            groups[parent] = replace(_NOTHING, sources=(source,), findings=tuple(told))
    if issues:
        raise InputError(issues)
    return _joined(study, local, [groups[parent] for parent in study.children])


def _joined(study: Study, local: Points, groups: Sequence[Weights]) -> Weights:
    """Local weights as those of the whole tree, with all that is known about each sibling group."""
    overall = combine(study, local)
    leaf = np.array([overall[leaf] for leaf in study.leaves], dtype=np.float64)
    leaf.flags.writeable = False
    return Weights(
        local={criterion.id: local[criterion.id] for criterion in study.criteria},
        overall=overall,
        leaf=leaf,
        consistency=tuple(c for group in groups for c in group.consistency),
        sources=tuple(s for group in groups for s in group.sources),
        quality=tuple(q for group in groups for q in group.quality),
        findings=tuple(f for group in groups for f in group.findings),
        bounds={key: ends for group in groups if _in_force(group, local) for key, ends in group.bounds.items()},
    )


def _in_force(group: Weights, local: Points) -> bool:
    """Whether a sibling group's weights are still those that were answered, not a scenario's own."""
    return all(abs(local[key] - share) < 1e-9 for key, share in group.local.items())


def points_of(study: Study, weights: Weights) -> Points:
    """Local weights in points, siblings summing to 100: what the sliders show. In the order of the criteria."""
    return {criterion.id: weights.local[criterion.id] * TOTAL for criterion in study.criteria}


def combine(study: Study, local: Mapping[str, float]) -> Points:
    """Overall weight of every criterion: the product of local weights from the top down; leaves sum to 1."""
    overall: Points = {}

    def walk(parent: str, share: float) -> None:
        for child in study.children.get(parent, ()):
            overall[child] = share * local[child]
            walk(child, overall[child])

    walk("", 1.0)
    return {criterion.id: overall[criterion.id] for criterion in study.criteria}


def _start(study: Study, scenario: Scenario, issues: list[Issue]) -> dict[str, Weights]:
    """What a stakeholder or the group answered, by parent; nothing where the study's own points hold."""
    if not scenario.profile:
        return {}
    if fault := profile_issue(study, scenario.profile):
        issues.append(fault)
        return {}
    issues += _unknown_groups(study, scenario.profile)
    try:
        if scenario.profile == GROUP:
            people = group_people(study, scenario.people)
            return dict(
                group_weights(study, people, scenario.voting_key, scenario.group_method, scenario.ahp_priorities)
            )
        return dict(person_weights(study, scenario.profile, scenario.ahp_priorities))
    except InputError as error:
        issues += error.issues
        return {}


def _normalised(points: Points, issues: list[Issue]) -> Points:
    """Fractions among siblings; what cannot be normalised becomes issues, and the group comes back empty."""
    wrong = {key: amount for key, amount in points.items() if not 0 <= amount <= LARGEST_WEIGHT}
    for key, amount in wrong.items():
        issues.append(_points_issue(key, amount))
    if not wrong and sum(points.values()) == 0:
        issues.append(Issue("weights_all_zero", where=Where("weights"), params={"value": tuple(points)}))
        return {}
    return {} if wrong else normalise(points)


def _points_issue(criterion: str, amount: float) -> Issue:
    """Why these cannot be a criterion's points."""
    where = Where("scenario", column=f"weights.{criterion}")
    if amount < 0:
        return Issue("weight_negative", where=where, params={"value": str(amount)})
    if LARGEST_WEIGHT < amount < float("inf"):
        allowed = f"≤ {LARGEST_WEIGHT:.0f}"
        return Issue("out_of_range", where=where, params={"value": str(amount), "allowed": allowed})
    return Issue("not_a_number", where=where, params={"value": str(amount)})


def _unknown_criteria(study: Study, scenario: Scenario) -> list[Issue]:
    known = tuple(study.criterion_by_id)
    return [
        Issue(
            "unknown_criterion",
            where=Where("scenario", column=f"weights.{key}"),
            params={"value": key, "allowed": known, "nearest": nearest(key, known)},
        )
        for key in scenario.weights
        if key not in study.criterion_by_id
    ]


def _unknown_groups(study: Study, profile: str) -> list[Issue]:
    """The profile's judgements under a parent that has no children: they would otherwise go unheard."""
    parents = dict.fromkeys(j.parent for j in study.judgements if j.stakeholder == profile)
    groups = tuple(study.children)
    wrong = [parent for parent in parents if parent not in study.children]
    return [
        Issue("judgement_unknown_group", where=Where("judgements"), params={"value": parent, "allowed": groups})
        for parent in wrong
    ]


def profile_issue(study: Study, profile: str) -> Issue | None:
    """Why this profile cannot be the starting point: unknown, or nobody entered any weights for it."""
    allowed = people_with_answers(study)
    if profile in allowed or (profile == GROUP and allowed):
        return None
    if profile == GROUP:
        return Issue("no_person_answered", where=Where("scenario", column="profile"))
    known = profile in {person.id for person in study.stakeholders}
    params: dict[str, Param] = {"value": profile, "allowed": allowed, "nearest": nearest(profile, allowed)}
    return Issue(
        "profile_without_weights" if known else "unknown_profile",
        where=Where("scenario", column="profile"),
        params=params,
    )
