"""What an evaluation concludes, as frozen records with read-only arrays; DataFrames are made for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mcda.errors import Finding
from mcda.funding.records import MeasureMoney
from mcda.scenario import Scenario
from mcda.study.model import Study

Array = NDArray[np.float64]
Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DecisionMatrix:
    """Measures x leaf criteria. `raw` in the criterion's unit, `values` mapped to 0..1 (1 is best).

    `low` and `high` are the values at the ends of what is not known (equal to `values` where all is known).
    `senses` is +1 (more is better) or -1 per leaf. All arrays have shape (m, n) and are read-only.
    """

    measures: tuple[str, ...]
    leaves: tuple[str, ...]
    raw: Array
    values: Array
    low: Array
    high: Array
    senses: Array
    steps: Array


@dataclass(frozen=True, slots=True)
class Consistency:
    """How far the answers of one comparison matrix agree. `ratio` is CR with the named random index.

    `approximate`: pairs are `missing`, so lambda_max is that of the best completion and the random index an estimate.
    `gci` is the geometric consistency index with its limit, `koczkodaj` the index of the `worst_triad` (criterion
    ids; empty below three criteria). `circular_triads`: a over b, b over c, c over a. `order_violations`: answers
    that say a over b where the weights say b over a.
    """

    parent: str
    size: int
    lambda_max: float
    ratio: float
    limit: float
    random_index: str
    missing: int = 0
    approximate: bool = False
    gci: float = 0.0
    gci_limit: float = 0.0
    koczkodaj: float = 0.0
    worst_triad: tuple[str, ...] = ()
    circular_triads: int = 0
    order_violations: int = 0


@dataclass(frozen=True, slots=True)
class Quality:
    """One measure of how far an elicitation can be trusted: `name` is a key of the catalogue's group `quality`.

    Above `limit` (None: there is no limit) the answers deserve a second look.
    """

    name: str
    value: float
    limit: float | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the weights below one `parent` come from: how they were asked (`elicitation`, a key of the catalogue's
    group `elicitation`), of whom (ids of stakeholders) and when (the latest answer, ISO 8601, empty if unknown)."""

    parent: str
    elicitation: str
    people: tuple[str, ...] = ()
    answered_at: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a criteria tree, or of one sibling group of it, and how far they can be trusted.

    `local`: fraction among siblings, summing to 1 in each group; `overall`: product down the tree; `leaf`: overall
    weights in the order of the matrix columns (n,), read-only. For one sibling group the three hold the same
    figures. `sources`, `quality`, `consistency` and `findings` say, group by group, where the weights come from.
    `bounds`: the smallest and largest local weight by criterion that the answers allow, where they leave them open
    (an order does).
    """

    local: Mapping[str, float]
    overall: Mapping[str, float]
    leaf: Array
    consistency: tuple[Consistency, ...] = ()
    sources: tuple[Source, ...] = ()
    quality: tuple[Quality, ...] = ()
    findings: tuple[Finding, ...] = ()
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gated:
    """A measure outside the competition: a mandatory task, or excluded with its reason."""

    measure: str
    mandatory: bool
    code: str
    params: Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the ranking. Ranks are competition ranks (1, 2, 2, 4).

    `contributions`: the score split by top criterion, summing to `score` up to rounding.
    `rank_in_category` and `rank_in_cost_class` stand beside the overall rank. `tier` 1..4, 4 is later.
    """

    measure: str
    rank: int
    rank_group: int
    tier: int
    score: float
    score_low: float
    score_high: float
    weighted_sum: float
    weighted_sum_rank: int
    rank_in_category: int
    cost_class: int
    rank_in_cost_class: int
    decided_rank: int | None
    decided_reason: str
    contributions: Mapping[str, float]
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where every number comes from: enough to make it again, byte for byte."""

    version: str
    input_hash: str
    file_hash: str
    scenario: Mapping[str, Any]
    method: str
    as_of: str
    seed: int


@dataclass(frozen=True, slots=True)
class Result:
    """A study ranked under a scenario. `ranking` is in rank order, ties in catalogue order."""

    study: Study
    scenario: Scenario
    method: str
    matrix: DecisionMatrix
    weights: Weights
    ranking: tuple[Ranked, ...]
    money: Mapping[str, MeasureMoney]
    gated: tuple[Gated, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance

    def frame(self) -> pd.DataFrame:
        """The ranking as a fresh DataFrame, one row per measure in rank order: columns id, rank, score, ...

        Money columns are EUR as float, empty where no cost was stated, contributions are named `part_<top criterion>`.
        """
        return pd.DataFrame(self.rows())

    def rows(self) -> list[dict[str, Any]]:
        """The ranking as plain values, the common source of frame, JSON and exports."""
        return [self._row(line) for line in self.ranking]

    def _row(self, line: Ranked) -> dict[str, Any]:
        measure, money = self.study.measure_by_id[line.measure], self.money[line.measure]
        best = money.best

        def known(amount: Decimal) -> float | None:
            return float(amount) if money.cost_known else None

        return {
            "id": line.measure,
            "rank": line.rank,
            "rank_group": line.rank_group,
            "tier": line.tier,
            "score": line.score,
            "score_low": line.score_low,
            "score_high": line.score_high,
            "weighted_sum": line.weighted_sum,
            "weighted_sum_rank": line.weighted_sum_rank,
            "decided_rank": line.decided_rank,
            "title": measure.title,
            "theme": measure.theme,
            "category": measure.category,
            "rank_in_category": line.rank_in_category,
            "cost_class": line.cost_class,
            "rank_in_cost_class": line.rank_in_cost_class,
            "life_cycle_cost_eur": known(money.life_cycle_gross),
            "grant_eur": known(money.grant),
            "grant_low_eur": known(money.grant_low),
            "grant_high_eur": known(money.grant_high),
            "own_contribution_eur": known(money.own_contribution),
            "programme": best.programme if best else "",
            "programme_verdict": best.verdict if best else "",
            "incomplete": line.incomplete,
        } | {f"part_{top}": part for top, part in line.contributions.items()}
