"""Every ordered pair of the example: every statement is true as it is rounded, and nine tenths of it are too little."""

from collections import Counter
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from functools import cache
from itertools import permutations

import numpy as np

from example import the_example
from mcda.evaluate import evaluate
from mcda.funding.money import measure_money
from mcda.matrix import decision_matrix
from mcda.methods import method
from mcda.methods.values import value
from mcda.ranking import quantise
from mcda.result import Array, Result
from mcda.robustness.weight_levers import points_for
from mcda.robustness.what_if import WhatIf, what_if
from mcda.scenario import Scenario
from mcda.study.model import Measure, Rating, Study

SAMPLE = 40


@cache
def result_of(name: str) -> Result:
    return evaluate(the_example(), Scenario(method=name))


@cache
def answers(name: str, every: int = 1) -> dict[tuple[str, str], WhatIf]:
    """The answers for every pair, or for one in `every`; 7 has no factor in common with the 40 measures."""
    result = result_of(name)
    pairs = list(permutations(result.matrix.measures, 2))[::every]
    return {(a, b): what_if(result, a, b) for a, b in pairs}


def scored(result: Result, values: Array, weights: Array) -> Array:
    return quantise(method(result.method).score(replace(result.matrix, values=values), weights[None, :])[0])


def ahead(result: Result, pair: tuple[str, str], scores: Array) -> bool:
    target, rival = (result.matrix.measures.index(m) for m in pair)
    return bool(scores[target] > scores[rival])


def with_cell(result: Result, target: str, leaf: str, level: float) -> Array:
    values = result.matrix.values.copy()
    j = result.matrix.leaves.index(leaf)
    values[result.matrix.measures.index(target), j] = value(level, result.study.criterion_by_id[leaf])[0]
    return values


@cache
def at_cost(target: str, cost: float) -> Array:
    """The target's row of values if it cost `cost`, from a study of all measures that name programmes, priced anew."""
    study = result_of("topsis").study
    changed = cheaper(study.measure_by_id[target], cost / float(result_of("topsis").money[target].life_cycle_gross))
    others = tuple(m for m in study.measures if m.id != target)[:1]
    alone = study.model_copy(update={"measures": (changed, *others)})
    return np.asarray(decision_matrix(alone, measure_money(alone))[0].values[0])


def cheaper(measure: Measure, share: float) -> Measure:
    factor = Decimal(share)
    amounts = {"capex_eur": measure.capex_eur, "opex_eur_per_year": measure.opex_eur_per_year}
    cent = Decimal("0.01")
    return measure.model_copy(
        update={k: None if v is None else (v * factor).quantize(cent, rounding=ROUND_DOWN) for k, v in amounts.items()}
    )


def with_cost(result: Result, target: str, cost: float) -> Array:
    values = result.matrix.values.copy()
    values[result.matrix.measures.index(target)] = at_cost(target, cost)
    return values


def holding(result: Result, pair: tuple[str, str], found: WhatIf, share: float) -> dict[str, bool]:
    """Whether the target is ahead after `share` of each stated change."""
    held, weights, now = {}, result.weights.leaf, result.matrix.values
    if found.weights is not None and found.weights.leaf is not None:
        held["weights"] = ahead(result, pair, scored(result, now, weights + share * (found.weights.leaf - weights)))
    for one in found.ratings:
        values = with_cell(result, pair[0], one.criterion, one.now + share * (one.level - one.now))
        held[f"rating {one.criterion}"] = ahead(result, pair, scored(result, values, weights))
    if found.cost is not None and found.cost.floor is not None and share == 1.0:
        held["floor"] = ahead(result, pair, scored(result, with_cost(result, pair[0], found.cost.floor), weights))
    if found.cost is not None:
        values = with_cost(result, pair[0], found.cost.now + share * (found.cost.cost - found.cost.now))
        held["cost"] = ahead(result, pair, scored(result, values, weights))
    if found.grant is not None:
        grant = found.grant.now + share * (found.grant.grant - found.grant.now)
        level = grant / float(result.money[pair[0]].life_cycle_gross)
        held["grant"] = ahead(result, pair, scored(result, with_cell(result, pair[0], "funding", level), weights))
    return held


def changed(result: Result, found: WhatIf, number: int) -> tuple[str, Result | None]:
    """One of the statements (in turn) put into the study or the scenario, evaluated as a whole."""
    study, target = result.study, found.goal.target
    ways = {
        "weights": found.weights is not None and found.weights.leaf is not None,
        "rating": bool(found.ratings),
        "cost": found.cost is not None,
    }
    open_ways = [way for way, there in ways.items() if there]
    if not open_ways:
        return "", None
    way = open_ways[number % len(open_ways)]
    scenario = Scenario(method=result.method)
    if way == "weights" and found.weights is not None and found.weights.leaf is not None:
        points = points_for(study, found.weights.leaf, result.weights.local)
        return way, evaluate(study, scenario.model_copy(update={"weights": points}))
    if way == "rating":
        needed = found.ratings[0]
        agreed = Rating(measure=target, criterion=needed.criterion, value=needed.level)
        return way, evaluate(study.model_copy(update={"ratings": (*study.ratings, agreed)}), scenario)
    assert found.cost is not None
    return way, evaluate(with_measure_at(study, target, found.cost.cost / found.cost.now), scenario)


def with_measure_at(study: Study, target: str, share: float) -> Study:
    return study.model_copy(
        update={"measures": tuple(cheaper(m, share) if m.id == target else m for m in study.measures)}
    )


def check_every_statement(name: str, every: int = 1) -> None:
    """Every statement is true as rounded; nine tenths of it flip nothing in at least 95 of 100."""
    result, told, early = result_of(name), Counter[str](), Counter[str]()
    scores = {line.measure: line.score for line in result.ranking}
    for pair, found in answers(name, every).items():
        assert found.already == (scores[pair[0]] > scores[pair[1]])
        full = holding(result, pair, found, 1.0)
        assert all(full.values()), (pair, full)
        for lever, enough in holding(result, pair, found, 0.9).items():
            kind = lever.split()[0]
            told[kind] += 1
            early[kind] += enough
    assert len(answers(name, every)) == -(-1560 // every)
    assert all(told[kind] > 100 / every for kind in ("weights", "rating", "cost", "grant"))
    assert all(early[kind] <= 0.05 * told[kind] for kind in told), (early, told)


def check_a_sample_as_a_whole(name: str, every: int = 1) -> None:
    """Statements put into study or scenario, and all of it evaluated anew."""
    result = result_of(name)
    open_pairs = [pair for pair, found in answers(name, every).items() if not found.already]
    chosen = np.random.default_rng(8).choice(len(open_pairs), SAMPLE, replace=False)
    seen = Counter[str]()
    for number, pair in enumerate(open_pairs[i] for i in chosen):
        lever, again = changed(result, answers(name, every)[pair], number)
        if again is not None:
            seen[lever] += 1
            places = {line.measure: line.score for line in again.ranking}
            assert places[pair[0]] > places[pair[1]], (pair, lever)
    assert seen["weights"]
    assert sum(seen.values()) >= 20
