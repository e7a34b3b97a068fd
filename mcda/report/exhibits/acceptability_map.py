"""Which rank does a measure get under how many of the situations considered."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mcda.locale import text
from mcda.locale.formats import fixed, number, percent
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.report.exhibits.shares import share_percent
from mcda.result import Array, Result
from mcda.robustness.considered import Considered, played_method
from mcda.robustness.exact_first import ExactFirst
from mcda.robustness.labels import voters
from mcda.robustness.smaa import Acceptability

LEADS = 0.005
"""Shown among the leaders from half a per cent on: below, the table would say 0 %."""

TAIL = 0.05
"""Left out at either end of a measure's ranks: what remains covers nine of ten situations."""


@dataclass(frozen=True, slots=True)
class AcceptabilityMap:
    """Shares (m, m) with rows in today's rank order and columns by rank; `method` is the one played through.

    `replaced` says that the scenario's own method is too slow to be played through and was not used.
    """

    measures: tuple[str, ...]
    ranks_today: tuple[int, ...]
    shares: Array
    largest_error: float
    draws: int
    seed: int
    method: str
    replaced: bool
    found: Acceptability


def acceptability_map(result: Result, sampled: Acceptability, considered: Considered) -> AcceptabilityMap:
    """The sampled shares in the order of today's ranking."""
    order = [sampled.measures.index(line.measure) for line in result.ranking]
    shares = sampled.shares[order]
    shares.setflags(write=False)
    played = played_method(result.method, considered)
    return AcceptabilityMap(
        measures=tuple(line.measure for line in result.ranking),
        ranks_today=tuple(line.rank for line in result.ranking),
        shares=shares,
        largest_error=float(sampled.standard_error.max(initial=0.0)),
        draws=sampled.draws,
        seed=sampled.seed,
        method=played,
        replaced=played != result.method,
        found=sampled,
    )


def likely_ranks(shares: Array) -> tuple[int, int]:
    """The ranks (from 1) a measure keeps to in nine of ten situations, from its row of shares."""
    below = np.cumsum(shares)
    low = int(np.searchsorted(below, TAIL, side="right"))
    high = int(np.searchsorted(below, 1.0 - TAIL - 1e-12, side="left"))
    last = len(shares) - 1
    return min(low, last) + 1, min(high, last) + 1


def considered_sentence(considered: Considered, result: Result, language: str) -> str:
    """What was considered: stands with every share. So many weightings of which kind, and whether ratings were open."""
    kind = text(
        f"acceptability.weightings.{considered.weightings}",
        language,
        spread=number(considered.spread, language),
        count=len(voters(result)),
        statements="; ".join(considered.statements),
    )
    sentence = "acceptability.considered_open" if considered.ratings else "acceptability.considered"
    return text(sentence, language, draws=number(considered.draws, language), kind=kind)


def acceptability_table(found: AcceptabilityMap, result: Result, language: str) -> pd.DataFrame:
    """One row per measure in today's order: shares on rank 1 and among the first 3, 5 and 10, and its likely ranks."""
    names = ("measure", "now", "first", "top3", "top5", "top10", "range")
    rows = [
        (
            f"{measure} {title_of(result.study.measure_by_id[measure], language)}",
            str(rank),
            *(share_percent(round(float(shares[:top].sum()), 12), language) for top in (1, 3, 5, 10)),
            _range(shares, language),
        )
        for measure, rank, shares in zip(found.measures, found.ranks_today, found.shares, strict=True)
    ]
    return pd.DataFrame(rows, columns=[text(f"ui.sensitivity.col_{name}", language) for name in names])


def index_table(
    found: AcceptabilityMap, result: Result, language: str, confidence: dict[str, float] | None = None
) -> pd.DataFrame:
    """For experts, one row per measure in today's order: expected rank with its standard error, holistic index,
    confidence factor where ratings were open, and the top criteria's central weights (a dash where a measure was
    never first)."""
    sampled = found.found
    expected, errors, holistic = sampled.expected_ranks(), sampled.rank_errors(), sampled.holistic()
    tops = result.study.children[""]
    heads = [text(f"acceptability.column.{name}", language) for name in ("measure", "expected", "holistic")]
    heads += [text("acceptability.column.confidence", language)] if confidence is not None else []
    heads += [
        text("acceptability.column.central", language, criterion=criterion_label(result.study, top, language))
        for top in tops
    ]
    rows = []
    for measure in found.measures:
        at = sampled.measures.index(measure)
        row = [
            f"{measure} {title_of(result.study.measure_by_id[measure], language)}",
            f"{fixed(expected[at], language, 1)} ± {fixed(errors[at], language, 2)}",
            fixed(holistic[at], language, 3),
        ]
        if confidence is not None:
            row.append(percent(confidence[measure], language) if measure in confidence else "–")
        rows.append([*row, *_central(sampled, measure, result, language)])
    return pd.DataFrame(rows, columns=heads)


def people_table(found: Mapping[str, Acceptability], result: Result, language: str) -> pd.DataFrame:
    """One row per measure that leads for somebody: how often it is first under the weights of each person alone."""
    names = {p.id: (p.label_en if language == "en" else "") or p.label_de for p in result.study.stakeholders}
    rows = []
    for line in result.ranking:
        shares = [float(one.shares[one.measures.index(line.measure), 0]) for one in found.values()]
        if max(shares, default=0.0) >= LEADS:
            title = f"{line.measure} {title_of(result.study.measure_by_id[line.measure], language)}"
            rows.append((title, *(share_percent(share, language) for share in shares)))
    heads = [text("acceptability.column.measure", language), *(names[who] for who in found)]
    return pd.DataFrame(rows, columns=heads)


def exact_table(found: ExactFirst, result: Result, language: str) -> pd.DataFrame:
    """Measures that can be first, most often first: the exact share and the central weights of the top criteria."""
    heads = [text("acceptability.column.measure", language), text("acceptability.column.exact", language)]
    heads += [
        text("acceptability.column.central", language, criterion=criterion_label(result.study, top, language))
        for top in found.criteria
    ]
    order = sorted(range(len(found.measures)), key=lambda i: -found.shares[i])
    rows = [
        (
            f"{found.measures[i]} {title_of(result.study.measure_by_id[found.measures[i]], language)}",
            percent(float(found.shares[i]), language, 1),
            *(percent(float(weight), language) for weight in found.central_weights[found.measures[i]]),
        )
        for i in order
        if found.measures[i] in found.central_weights
    ]
    return pd.DataFrame(rows, columns=heads)


def entropy_sentence(found: AcceptabilityMap, language: str) -> str:
    """How open first place is: as many equally likely leaders as the entropy stands for."""
    bits = found.found.choice_entropy()
    return text("acceptability.entropy", language, bits=fixed(bits, language, 2), leaders=fixed(2**bits, language, 1))


def _central(sampled: Acceptability, measure: str, result: Result, language: str) -> list[str]:
    """The mean weights of the top criteria under which a measure is first."""
    tops = result.study.children[""]
    if measure not in sampled.central_weights:
        return ["–"] * len(tops)
    weights = sampled.central_weights[measure]
    leaves = result.matrix.leaves
    shares = {
        top: sum(w for leaf, w in zip(leaves, weights, strict=True) if result.study.top_of(leaf) == top) for top in tops
    }
    return [percent(float(shares[top]), language) for top in tops]


def _range(shares: Array, language: str) -> str:
    low, high = likely_ranks(shares)
    return str(low) if low == high else text("ui.sensitivity.rank_range", language, low=low, high=high)
