"""Regions side by side: weights, programmes, labels and how good the cost figures are, as tidy tables.

All of them are those of each study's first scenario, over the measures that rank.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from mcda.batch.compare import regions, themes_by_study
from mcda.batch.first import first_results
from mcda.batch.run import Batch
from mcda.funding.costs import ZERO
from mcda.funding.records import MeasureMoney
from mcda.result import Result
from mcda.study.model import Study

LABELS = ("secure", "likely", "contested", "unlikely")
REASONS = ("weights", "people", "data", "method", "budget")
ROUGH = ("rough", "")
"""Cost figures nobody should build on: roughly estimated, or nothing is said about where they come from."""

_NAMED = ("named", "yes", "check", "no", "counted", "loans")
_GRANTS = ("grant_low_eur", "grant_eur", "grant_high_eur")


@dataclass(frozen=True)
class SideBySide:
    """Several studies beside each other: their `results` and one table per question.

    `regions` and `themes` as in `mcda.batch.compare`; `criteria`, `programmes` and `costs` as the functions below;
    `labels` is empty where labels were not asked for.
    """

    results: Mapping[str, Result]
    regions: pd.DataFrame
    themes: pd.DataFrame
    criteria: pd.DataFrame
    labels: pd.DataFrame
    programmes: pd.DataFrame
    costs: pd.DataFrame

    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables by name."""
        names = ("regions", "labels", "programmes", "themes", "criteria", "costs")
        return {name: getattr(self, name) for name in names}


def side_by_side(batch: Batch, studies: Mapping[str, Study]) -> SideBySide:
    """All tables of the studies. Raises InputError where two of them do not measure the same."""
    table = regions(batch, studies)  # first of all refuses what cannot be compared
    results = first_results(batch, studies)
    return SideBySide(
        results=results,
        regions=table,
        themes=themes_by_study(batch, studies),
        criteria=criteria_by_study(results),
        labels=labels_by_study(batch),
        programmes=programmes_by_study(results),
        costs=costs_by_study(results),
    )


def criteria_by_study(results: Mapping[str, Result]) -> pd.DataFrame:
    """Per study and criterion, from the top of its tree: the weight among its siblings and of the whole (fractions)."""
    rows = [
        {
            "study": name,
            "criterion": criterion,
            "parent": result.study.criterion_by_id[criterion].parent,
            "leaf": criterion in result.study.leaves,
            "weight_among_siblings": result.weights.local[criterion],
            "weight": result.weights.overall[criterion],
        }
        for name, result in results.items()
        for criterion in _tree(result.study, "")
    ]
    columns = ["study", "criterion", "parent", "leaf", "weight_among_siblings", "weight"]
    return pd.DataFrame(rows, columns=columns)


def _tree(study: Study, parent: str) -> Iterator[str]:
    for criterion in study.children.get(parent, ()):
        yield criterion
        yield from _tree(study, criterion)


def labels_by_study(batch: Batch) -> pd.DataFrame:
    """Per study how many measures are secure, likely, contested and unlikely, and for how many each reason is told
    (`because_...`; a measure may have several). No rows where labels were not asked for."""
    ranking = batch.ranking
    firsts = ranking.groupby("study", sort=False)["scenario"].transform("min")
    told = ranking[(ranking["scenario"] == firsts) & ranking["label"].notna()]
    rows = [_labelled(str(name), one) for name, one in told.groupby("study", sort=False)]
    return pd.DataFrame(rows, columns=["study", "measures", *LABELS, *(f"because_{name}" for name in REASONS)])


def _labelled(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    labels = Counter(rows["label"])
    reasons = Counter(reason for said in rows["reasons"].dropna() for reason in str(said).split(";"))
    return {
        "study": name,
        "measures": len(rows),
        **{label: labels[label] for label in LABELS},
        **{f"because_{reason}": reasons[reason] for reason in REASONS},
    }


def programmes_by_study(results: Mapping[str, Result]) -> pd.DataFrame:
    """Per study and programme: for how many measures it is a candidate, and with which verdict; for how many it is
    counted, and for how many it lends; its sure, counted and highest possible grants in EUR.

    Counted are the programmes of the best permitted bundles; their amounts add up to the grants of the study.
    """
    rows = [
        {"study": name, "programme": programme, **_programme(result, programme, bundles)}
        for name, result in results.items()
        for bundles in [_bundles(result)]
        for programme in result.study.programme_by_id
    ]
    return pd.DataFrame(rows, columns=["study", "programme", *_NAMED, *_GRANTS])


Bundles = Mapping[str, Mapping[str, tuple[Decimal, Decimal]]]
"""By programme and measure the sure and the highest possible grant."""


def _bundles(result: Result) -> Bundles:
    found: dict[str, dict[str, tuple[Decimal, Decimal]]] = {}
    for money in _moneys(result):
        low = {part.programme: part.grant for part in (money.sure.parts if money.sure else ())}
        best = money.possible or money.sure
        high = {part.programme: part.grant for part in (best.parts if best else ())}
        for programme in low | high:
            found.setdefault(programme, {})[money.measure] = (low.get(programme, ZERO), high.get(programme, ZERO))
    return found


def _programme(result: Result, programme: str, bundles: Bundles) -> dict[str, Any]:
    asked = [a for m in _moneys(result, known=False) for a in m.assessments if a.programme == programme and a.candidate]
    verdicts = Counter(a.verdict for a in asked)
    amounts = bundles.get(programme, {}).values()
    low, high = (sum((pair[end] for pair in amounts), ZERO) for end in (0, 1))
    point = Decimal(str(result.study.study.interval_point))
    return {
        "named": len(asked),
        "yes": verdicts["yes"],
        "check": verdicts["check"],
        "no": verdicts["no"],
        "counted": len(amounts),
        "loans": sum(programme in dict(money.loans) for money in _moneys(result)),
        "grant_low_eur": float(low),
        "grant_eur": float(low + point * (high - low)),
        "grant_high_eur": float(high),
    }


def _moneys(result: Result, *, known: bool = True) -> Iterable[MeasureMoney]:
    moneys = (result.money[line.measure] for line in result.ranking)
    return (money for money in moneys if money.cost_known or not known)


def costs_by_study(results: Mapping[str, Result]) -> pd.DataFrame:
    """Per study: how many measures, of them without any cost, with a rough figure and with one nobody says the quality
    of; `thin_share` is the share of all these."""
    rows = []
    for name, result in results.items():
        names = [line.measure for line in result.ranking]
        known = [m for m in names if result.money[m].cost_known]
        kinds = Counter(result.study.measure_by_id[m].cost_quality for m in known)
        thin = len(names) - len(known) + sum(kinds[kind] for kind in ROUGH)
        rows.append(
            {
                "study": name,
                "measures": len(names),
                "missing": len(names) - len(known),
                "rough": kinds["rough"],
                "unstated": kinds[""],
                "thin_share": thin / len(names),
            }
        )
    return pd.DataFrame(rows, columns=["study", "measures", "missing", "rough", "unstated", "thin_share"])
