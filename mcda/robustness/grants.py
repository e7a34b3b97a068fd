"""What the ranking owes to grants: with and without them, programme by programme, and money weighed the other way."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mcda.evaluate import evaluate
from mcda.funding.costs import ZERO
from mcda.result import Result
from mcda.scenario import Scenario
from mcda.study.model import Criterion, Study

ALL = "*"
OWN = "own_contribution"
"""The id of the criterion that stands for cost and funding together."""


@dataclass(frozen=True, slots=True)
class RankChange:
    """One measure's place in two views of the same study; `moved` is positive where it rises in the second."""

    measure: str
    rank: int
    other_rank: int
    score: float
    other_score: float

    @property
    def moved(self) -> int:
        """Places gained in the second view."""
        return self.rank - self.other_rank


@dataclass(frozen=True, slots=True)
class Closure:
    """What happens if one programme closes: the rank changes (only those), and the grants lost in all (EUR)."""

    programme: str
    changes: tuple[RankChange, ...]
    lost: Decimal
    measures: tuple[str, ...]


def without_grants(study: Study, scenario: Scenario | None = None) -> tuple[RankChange, ...]:
    """Every measure's rank with the grants in force, and with none at all, in today's order."""
    scenario = scenario or Scenario()
    return compare(evaluate(study, scenario), evaluate(study, _closing(scenario, ALL)))


@lru_cache(maxsize=8)
def if_closed(study: Study, scenario: Scenario | None = None) -> tuple[Closure, ...]:
    """Per programme that brings money today: whose rank changes if it closes, and how much money is lost.

    Programmes in table order; those that bring nothing are left out. Other programmes may step in: what is lost is the
    difference of all grants, at the declared point of their intervals.
    """
    scenario = scenario or Scenario()
    today = evaluate(study, scenario)
    used = {
        name
        for money in today.money.values()
        for bundle in (money.sure, money.possible)
        if bundle
        for name in bundle.programmes
    }
    return tuple(_closure(study, scenario, today, p.id) for p in study.programmes if p.id in used)


def hanging_on_one(closures: Sequence[Closure]) -> dict[str, tuple[str, ...]]:
    """Measures whose rank changes because the programme that closes pays for them, with those programmes."""
    found: dict[str, list[str]] = {}
    for closure in closures:
        moved = {change.measure for change in closure.changes if change.moved < 0}
        for measure in closure.measures:
            if measure in moved:
                found.setdefault(measure, []).append(closure.programme)
    return {measure: tuple(names) for measure, names in found.items()}


def own_contribution_study(study: Study) -> Study:
    """The study with one criterion, own contribution, in place of cost and funding, at their weights together.

    The second preset. Its bounds and value function are those of the cost criterion.
    Raises InputError like `evaluate` where the result cannot rank; a study without both criteria comes back as it is.
    """
    tops = study.children[""]
    if not {"cost", "funding"} <= set(tops):
        return study
    cost, funding = study.criterion_by_id["cost"], study.criterion_by_id["funding"]
    leaf = cost if cost.kind == "computed" else _leaf_below(study, "cost") or cost
    gone = {"cost", "funding", *_below(study, "cost"), *_below(study, "funding")}
    merged = leaf.model_copy(
        update={
            "id": OWN,
            "parent": "",
            "label_de": "Eigenanteil",
            "label_en": "Own contribution",
            "description_de": "",
            "description_en": "",
            "quantity": "own_contribution_eur",
            "weight": cost.weight + funding.weight,
        }
    )
    touched = {study.criterion_by_id[name].parent for name in ("cost", *gone) if name in study.criterion_by_id} | gone
    unasked = {c.id for c in study.criteria if c.parent in touched}  # nobody was asked to weigh the new criterion
    kept = tuple(merged if c.id == "cost" else c for c in study.criteria if c.id == "cost" or c.id not in gone)
    return study.model_copy(
        update={
            "criteria": kept,
            "ratings": tuple(r for r in study.ratings if r.criterion not in gone),
            "levels": tuple(v for v in study.levels if v.criterion not in gone),
            "judgements": tuple(j for j in study.judgements if j.parent not in touched),
            "weights": tuple(w for w in study.weights if w.criterion not in unasked),
        }
    )


def by_own_contribution(study: Study, scenario: Scenario | None = None) -> tuple[RankChange, ...]:
    """Every measure's rank under cost and funding, and under own contribution instead, in today's order.

    The weights in force are carried over: own contribution gets what cost and funding have together.
    """
    scenario = scenario or Scenario()
    today = evaluate(study, scenario)
    other = own_contribution_study(study)
    points = {name: 100 * today.weights.local[name] for name in today.weights.local if name in other.criterion_by_id}
    if OWN in other.criterion_by_id:
        points[OWN] = 100 * (today.weights.local["cost"] + today.weights.local["funding"])
    return compare(today, evaluate(other, scenario.model_copy(update={"weights": points, "profile": ""})))


def compare(one: Result, other: Result) -> tuple[RankChange, ...]:
    """The measures of both rankings with their two places, in the first one's order."""
    second = {line.measure: line for line in other.ranking}
    return tuple(
        RankChange(line.measure, line.rank, second[line.measure].rank, line.score, second[line.measure].score)
        for line in one.ranking
        if line.measure in second
    )


def _closing(scenario: Scenario, programme: str) -> Scenario:
    closed = tuple(sorted({*scenario.without_programmes, programme}))
    return scenario.model_copy(update={"without_programmes": closed})


def _closure(study: Study, scenario: Scenario, today: Result, programme: str) -> Closure:
    then = evaluate(study, _closing(scenario, programme))
    paid = {name: money.grant - then.money[name].grant for name, money in today.money.items()}
    changes = tuple(change for change in compare(today, then) if change.moved)
    return Closure(programme, changes, sum(paid.values(), ZERO), tuple(name for name, lost in paid.items() if lost))


def _leaf_below(study: Study, node: str) -> Criterion | None:
    leaves = [study.criterion_by_id[i] for i in _below(study, node) if i in study.leaves]
    return next((leaf for leaf in leaves if leaf.kind == "computed"), None)


def _below(study: Study, node: str) -> list[str]:
    found: list[str] = []
    ahead = list(study.children.get(node, ()))
    while ahead:
        name = ahead.pop()
        found.append(name)
        ahead += study.children.get(name, ())
    return found
