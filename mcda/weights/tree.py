"""Weights of the whole criteria tree: whose they are, what a scenario changes, and their product down the tree."""

from collections.abc import Mapping

import numpy as np

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.result import Consistency, Weights
from mcda.scenario import LARGEST_WEIGHT, Scenario
from mcda.study.model import Study
from mcda.weights.ahp import comparison_matrix, priorities
from mcda.weights.direct import TOTAL, normalise

Points = dict[str, float]


def tree_weights(study: Study, scenario: Scenario) -> Weights:
    """The weights a scenario gives to the study's criteria: local, combined down the tree, and per leaf.

    Start: the study's own points, or with `scenario.profile` that stakeholder's: AHP judgements per sibling group
    (else direct weights, else the study's points). Then `scenario.weights` replaces single points: a sibling not
    named keeps its points (a profile's local weights times 100), and siblings are normalised. The leaf vector is in
    the order of `study.leaves`. The consistency of each comparison matrix in use comes along.
    Raises InputError with every issue: unknown profile or criterion (with the nearest), negative, too large or not
    finite points, a group whose points are all zero, missing or contradictory judgements.
    """
    issues: list[Issue] = _unknown_criteria(study, scenario)
    points, consistency = _start(study, scenario, issues)
    named = {key: amount for key, amount in scenario.weights.items() if key in points}
    local: Points = {}
    for siblings in study.children.values():
        local |= _normalised({key: named.get(key, points[key]) for key in siblings}, issues)
    if issues:
        raise InputError(issues)
    overall = combine(study, local)
    leaf = np.array([overall[leaf] for leaf in study.leaves], dtype=np.float64)
    leaf.flags.writeable = False
    ordered = {criterion.id: local[criterion.id] for criterion in study.criteria}
    return Weights(local=ordered, overall=overall, leaf=leaf, consistency=tuple(consistency))


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


def _start(study: Study, scenario: Scenario, issues: list[Issue]) -> tuple[Points, list[Consistency]]:
    """The points before the scenario's own: the study's, or the profile's local weights times 100."""
    points = {criterion.id: criterion.weight for criterion in study.criteria}
    if not scenario.profile:
        return points, []
    if fault := _profile_issue(study, scenario.profile):
        issues.append(fault)
        return points, []
    issues += _unknown_groups(study, scenario.profile)
    consistency: list[Consistency] = []
    for parent in study.children:
        group, agreement = _group(study, scenario, parent, points, issues)
        consistency += [agreement] if agreement else []
        points |= {key: share * TOTAL for key, share in group.items()}
    return points, consistency


def _group(
    study: Study, scenario: Scenario, parent: str, points: Points, issues: list[Issue]
) -> tuple[Points, Consistency | None]:
    """One sibling group's weights in the profile's eyes: judgements, else direct weights, else the study's points."""
    siblings = study.children[parent]
    judgements = [j for j in study.judgements if j.stakeholder == scenario.profile and j.parent == parent]
    if not judgements:
        direct = {
            w.criterion: w.points for w in study.weights if w.stakeholder == scenario.profile and w.points is not None
        }
        return _normalised({key: direct.get(key, points[key]) for key in siblings}, issues), None
    try:
        found = priorities(comparison_matrix(judgements, siblings, parent), parent, scenario.ahp_priorities)
    except InputError as error:
        issues.extend(error.issues)
        return {}, None
    return dict(zip(siblings, found.weights.tolist(), strict=True)), found.consistency


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
    where = Where("weights", column=criterion)
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
            where=Where("weights", column=key),
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


def _profile_issue(study: Study, profile: str) -> Issue | None:
    """Why this profile cannot be the starting point: unknown, or nobody entered any weights for it."""
    answered = {j.stakeholder for j in study.judgements} | {w.stakeholder for w in study.weights}
    allowed = tuple(person.id for person in study.stakeholders if person.id in answered)
    if profile in allowed:
        return None
    known = profile in {person.id for person in study.stakeholders}
    params: dict[str, Param] = {"value": profile, "allowed": allowed, "nearest": nearest(profile, allowed)}
    return Issue("profile_without_weights" if known else "unknown_profile", where=Where("scenario"), params=params)
