"""Study + Scenario -> Result: the one flow every face calls.

study --gates, funding--> decision matrix --method--> scores --> ranking --> result
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from mcda.altered import altered
from mcda.checks.columns import Pair, alike, bounds_from_data, counted_alike, explained, skewed
from mcda.checks.criteria import (
    counted_twice,
    effective_weights,
    inconsistent,
    more_leaves_more_weight,
    without_effect,
)
from mcda.checks.grants import grants_at_risk
from mcda.checks.order import blurred, compensated, dominated, methods_disagree, rank_reversal, squared_weights
from mcda.checks.people import group_disagrees
from mcda.errors import Finding, InputError, Issue, MethodError, Param, Where, nearest
from mcda.funding.money import measure_money
from mcda.funding.records import MeasureMoney
from mcda.gates import gate
from mcda.matrix import decision_matrix, pick
from mcda.methods import METHODS, Method, method
from mcda.ranking import competition_ranks, quantise, rank_groups, ranks_within, resolution_band, tiers
from mcda.result import Array, DecisionMatrix, Gated, Provenance, Ranked, Result, Weights
from mcda.scenario import Scenario
from mcda.study.data_checks import data_findings
from mcda.study.model import Study
from mcda.study.rules import check_study
from mcda.version import __version__
from mcda.weights.tree import tree_weights

PREPARED = 16
"""So many studies are kept prepared: a dozen regions side by side, and the one on screen with some changes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What does not depend on weights or method: money, gates, the matrix of the competing measures, and what is
    worth telling about them (`dominated` measures apart, they are told last)."""

    matrix: DecisionMatrix
    money: Mapping[str, MeasureMoney]
    gated: tuple[Gated, ...]
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    dominated: tuple[Finding, ...]


def evaluate(study: Study, scenario: Scenario | None = None) -> Result:
    """Rank a study's measures under a scenario (default: the study's own weights, method and as-of date).

    Same study and scenario give the same result, byte for byte. The result's study is the one the scenario sees (see
    `altered`); its provenance names the one given. Raises InputError with all issues when the study breaks its rules
    or the scenario names what does not exist, MethodError when the method has no answer.
    """
    scenario = scenario or Scenario()
    given, study = study, altered(study, scenario)
    as_of = scenario.as_of or study.study.as_of
    prepared = prepare(study, as_of, tuple(sorted(set(scenario.without_programmes))))
    weights = tree_weights(study, scenario)
    chosen = method(scenario.method or study.study.method)
    scores = quantise(chosen.score(prepared.matrix, weights.leaf[None, :])[0])
    ranking = _ranking(study, prepared, weights, chosen, scores)
    groups = len({line.rank_group for line in ranking})
    return Result(
        study=study,
        scenario=scenario,
        method=chosen.id,
        matrix=prepared.matrix,
        weights=weights,
        ranking=ranking,
        money=prepared.money,
        gated=prepared.gated,
        findings=(
            *prepared.findings,
            *_findings(study, prepared, weights, chosen, scores),
            *blurred(groups, len(ranking)),
            *prepared.dominated,
        ),
        provenance=Provenance(
            version=__version__,
            input_hash=given.input_hash,
            file_hash=given.file_hash,
            scenario=scenario.canonical(),
            method=chosen.id,
            as_of=as_of.isoformat(),
            seed=scenario.seed,
        ),
    )


def check_rankable(study: Study) -> None:
    """Make sure that a study ranks as it stands, for every stakeholder with answers: what reading cannot know.

    Raises InputError with all issues: an unknown method or one without an answer, no measure left to rank,
    judgements that are missing or contradict each other.
    """
    issues: list[Issue] = []
    answered = {j.stakeholder for j in study.judgements} | {w.stakeholder for w in study.weights}
    for profile in ("", *sorted(answered)):
        try:
            evaluate(study, Scenario(profile=profile))
        except InputError as error:
            issues += error.issues
        except MethodError as error:
            issues.append(error.issue)
    if issues:
        raise InputError(list({(i.code, i.where, str(i.params)): i for i in issues}.values()))


@lru_cache(maxsize=PREPARED)
def prepare(study: Study, as_of: date, without: tuple[str, ...] = ()) -> Prepared:
    """Everything that stays while weights move, kept for the studies last used. `without`: programmes left out."""
    issues = check_study(study)
    if errors := [issue for issue in issues if issue.level == "error"]:
        raise InputError(errors)
    known = {*study.programme_by_id, "*"}
    if strangers := [name for name in without if name not in known]:
        raise InputError([_no_programme(study, name) for name in strangers])
    money = measure_money(study, as_of, without)
    matrix, findings = decision_matrix(study, money)
    gated = gate(study, matrix)
    out = frozenset(g.measure for g in gated)
    competing = pick(matrix, (m for m in matrix.measures if m not in out))
    if not competing.measures:
        raise InputError([Issue("no_measures_left", where=Where("measures"))])
    pairs = alike(competing)
    told = (
        *_notes(issues, findings),
        *data_findings(study),
        *grants_at_risk(study, money),
        *_column_findings(study, competing, pairs),
    )
    return Prepared(competing, money, gated, told, pairs, tuple(dominated(competing)))


def _no_programme(study: Study, name: str) -> Issue:
    choices = tuple(study.programme_by_id)
    params: dict[str, Param] = {"value": name, "allowed": choices, "nearest": nearest(name, choices)}
    return Issue("unknown_id", where=Where("scenario", column="without_programmes"), params=params)


def _notes(issues: Iterable[Issue], findings: Iterable[Finding]) -> Iterator[Finding]:
    """What the rules and the matrix told; a criterion nobody rated is not told again measure by measure."""
    notes = [issue for issue in issues if issue.level != "error"]
    unrated = {i for note in notes if note.code == "criterion_unrated" for i in _ids(note.params["criteria"])}
    yield from notes
    for finding in findings:
        if finding.code != "rating_missing" or finding.params["criterion"] not in unrated:
            yield finding


def _ids(value: Param) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _column_findings(study: Study, matrix: DecisionMatrix, pairs: tuple[Pair, ...]) -> Iterator[Finding]:
    yield from bounds_from_data(study, matrix)
    yield from skewed(study, matrix)
    yield from explained(matrix, pairs)


def _findings(study: Study, prepared: Prepared, weights: Weights, chosen: Method, scores: Array) -> tuple[Finding, ...]:
    """What the weights in force and the method bring to light, at every move of a weight."""
    matrix = prepared.matrix
    return (
        *counted_twice(study, weights),
        *counted_alike(prepared.pairs, weights),
        *inconsistent(weights),
        *weights.findings,
        *group_disagrees(weights),
        *squared_weights(chosen, matrix, weights.leaf),
        *rank_reversal(study, chosen, matrix, weights.leaf),
        *methods_disagree(chosen, matrix, weights.leaf, scores),
        *without_effect(matrix, weights),
        *effective_weights(matrix, weights),
        *more_leaves_more_weight(study, weights),
        *compensated(matrix, weights.leaf, scores),
    )


def _ranking(study: Study, prepared: Prepared, weights: Weights, chosen: Method, scores: Array) -> tuple[Ranked, ...]:
    """One record per competing measure, best first, ties in catalogue order."""
    matrix = prepared.matrix
    measures = [study.measure_by_id[m] for m in matrix.measures]
    ranks = competition_ranks(scores)
    groups = rank_groups(scores, lambda row: resolution_band(chosen, matrix, weights.leaf, row))
    decided = [m.decided_rank for m in measures]
    tier = tiers(groups, ranks, decided, study.study.tier_limits_pct)
    low, high = _score_ends(matrix, weights.leaf, chosen, scores)
    sums = quantise(METHODS["weighted_sum"].score(matrix, weights.leaf[None, :])[0])
    sum_ranks = competition_ranks(sums)
    parts = _contributions(study, matrix, weights, chosen)
    in_category = ranks_within(scores, [m.category for m in measures])
    classes = [cost_class(study, prepared.money[m.id]) for m in measures]
    in_class = ranks_within(scores, classes)
    incomplete = np.any(matrix.low < matrix.high, axis=1)
    return tuple(
        Ranked(
            measure=measures[i].id,
            rank=int(ranks[i]),
            rank_group=int(groups[i]),
            tier=int(tier[i]),
            score=float(scores[i]),
            score_low=float(low[i]),
            score_high=float(high[i]),
            weighted_sum=float(sums[i]),
            weighted_sum_rank=int(sum_ranks[i]),
            rank_in_category=int(in_category[i]),
            cost_class=classes[i],
            rank_in_cost_class=int(in_class[i]),
            decided_rank=decided[i],
            decided_reason=measures[i].decided_reason,
            contributions=parts[i],
            incomplete=bool(incomplete[i]),
        )
        for i in np.argsort(ranks, kind="stable")
    )


def cost_class(study: Study, money: MeasureMoney) -> int:
    """1 for the cheapest class; the study's limits are upper bounds of gross life-cycle cost in EUR."""
    return 1 + sum(float(money.life_cycle_gross) > limit for limit in study.study.cost_class_limits_eur)


def _score_ends(matrix: DecisionMatrix, weights: Array, chosen: Method, scores: Array) -> tuple[Array, Array]:
    """The lowest and highest score of each measure over its own open values, all others as ranked.

    Exact for methods on fixed bounds: their scores rise with every value. For others, the measure's ends are
    tried against the others' levels in force, and the score in force is always inside.
    """
    if not (matrix.low < matrix.high).any():
        return scores, scores
    if chosen.fixed_bounds:
        ends = [_at_end(matrix, end, None) for end in (matrix.low, matrix.high)]
        low, high = (quantise(chosen.score(end, weights[None, :])[0]) for end in ends)
        return np.minimum(low, scores), np.maximum(high, scores)
    low, high = scores.copy(), scores.copy()
    for row in np.flatnonzero(np.any(matrix.low < matrix.high, axis=1)):
        found = [
            float(quantise(chosen.score(_at_end(matrix, end, int(row)), weights[None, :])[0])[row])
            for end in (matrix.low, matrix.high)
        ]
        low[row], high[row] = min(*found, low[row]), max(*found, high[row])
    return low, high


def _at_end(matrix: DecisionMatrix, end: Array, row: int | None) -> DecisionMatrix:
    """The matrix with one row (or all) at one end of its open values, raw levels moved in proportion."""
    rows = slice(None) if row is None else slice(row, row + 1)
    values, raw = matrix.values.copy(), matrix.raw.copy()
    unit = np.ptp(matrix.raw, axis=0) / np.maximum(np.ptp(matrix.values, axis=0), 1e-12)
    raw[rows] += (end[rows] - values[rows]) * unit * matrix.senses
    values[rows] = end[rows]
    return DecisionMatrix(
        matrix.measures, matrix.leaves, raw, values, matrix.low, matrix.high, matrix.senses, matrix.steps
    )


def _contributions(study: Study, matrix: DecisionMatrix, weights: Weights, chosen: Method) -> list[Mapping[str, float]]:
    """Each measure's score split by top criterion, through the method's own split."""
    split = chosen.split(matrix, weights.leaf)
    tops = [study.top_of(leaf) for leaf in matrix.leaves]
    order = study.children[""]
    return [{top: float(sum(row[j] for j, t in enumerate(tops) if t == top)) for top in order} for row in split]
