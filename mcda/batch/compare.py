"""Scenarios and studies side by side: what stays, what decides, what is regretted; what regions share and how they do.

All of it reads the tables of a batch; nothing here evaluates.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from mcda.batch.run import Batch
from mcda.errors import InputError, Issue, Param, Where
from mcda.study.model import Criterion, Study

SCALE = ("kind", "unit", "quantity", "best", "worst", "sense", "value_function", "value_points")
"""What two criteria of one id must have in common for their values to mean the same."""


ABOVE_NONE = "–"
"""What stands above a criterion at the top."""


def rank_ranges(batch: Batch) -> pd.DataFrame:
    """Per study and measure: in how many scenarios it ranks, best, median and worst rank with the scenario each is
    reached in first, in what share it is first and in the first tier, how far its ranks reach. In order of the median.
    """
    ranking = batch.ranking
    if ranking.empty:
        return pd.DataFrame(columns=["study", "id", *_RANGES])
    grouped = ranking.sort_values("scenario", kind="stable").groupby(["study", "id"], sort=False)
    ranks = grouped["rank"]
    best, worst = ranks.idxmin(), ranks.idxmax()
    found = pd.DataFrame(
        {
            "scenarios": ranks.size(),
            "best": ranks.min(),
            "median": ranks.median().astype("float64"),
            "worst": ranks.max(),
            "reach": ranks.max() - ranks.min(),
            "best_in": ranking.loc[best, "scenario"].to_numpy(),
            "worst_in": ranking.loc[worst, "scenario"].to_numpy(),
            "share_first": grouped["rank"].agg(lambda one: float((one == 1).mean())),
            "share_first_tier": grouped["tier"].agg(lambda one: float((one == 1).mean())),
        }
    )
    return _named(found.reset_index().sort_values(["study", "median", "best", "worst", "id"], ignore_index=True))


_RANGES = (
    *("scenarios", "best", "median", "worst", "reach", "best_in", "worst_in"),
    *("share_first", "share_first_tier"),
)


def regrets(batch: Batch) -> pd.DataFrame:
    """Per study and measure the largest and mean regret of putting it first: the best score of a scenario less its
    own. The measure with the smallest largest regret is the one safe to begin with (minimax regret, Savage 1951).

    Points of different methods are not alike: only scenarios with the method of the study's first one count, and only
    measures that rank in all of these are told. `regret_coverage` says what is left out.
    """
    ranking = _of_first_method(batch)
    if ranking.empty:
        return pd.DataFrame(columns=["study", "id", "largest", "mean", "largest_in"])
    top = ranking.groupby(["study", "scenario"])["score"].transform("max")
    ranking = ranking.assign(regret=top - ranking["score"])
    grouped = ranking.groupby(["study", "id"])
    found = pd.DataFrame(
        {
            "largest": grouped["regret"].max(),
            "mean": grouped["regret"].mean(),
            "largest_in": ranking.loc[grouped["regret"].idxmax(), "scenario"].to_numpy(),
        }
    )
    found = found[_everywhere(ranking).loc[found.index]]
    return _named(found.reset_index().sort_values(["study", "largest", "mean", "id"], ignore_index=True))


def regret_coverage(batch: Batch) -> pd.DataFrame:
    """Per study what its regrets are of: the method that counts, in how many scenarios, how many are left out as they
    use another; how many measures rank in those that count, and how many are left out as they do not rank in all."""
    ranking, kept = batch.ranking, _of_first_method(batch)
    scenarios = ranking.groupby("study", sort=False)["scenario"].nunique()
    methods = dict(first_rows(batch)["method"])
    rows = []
    for study, of_study in kept.groupby("study", sort=False):
        counted, everywhere = int(of_study["scenario"].nunique()), _everywhere(of_study)
        row = {"study": study, "method": methods[study], "scenarios": counted}
        row |= {"other_methods": int(scenarios[study]) - counted, "measures": len(everywhere)}
        rows.append({**row, "not_everywhere": int((~everywhere).sum())})
    return _named(pd.DataFrame(rows, columns=["study", "method", *_COVERAGE]))


_COVERAGE = ("scenarios", "other_methods", "measures", "not_everywhere")


def _of_first_method(batch: Batch) -> pd.DataFrame:
    """The ranking without the scenarios whose method is not that of their study's first one."""
    ranking, summary = batch.ranking, batch.summary
    same = summary["method"] == summary["study"].map(first_rows(batch)["method"])
    wanted = pd.MultiIndex.from_frame(summary.loc[same, ["study", "scenario"]])
    return ranking[pd.MultiIndex.from_frame(ranking[["study", "scenario"]]).isin(wanted)]


def _everywhere(ranking: pd.DataFrame) -> pd.Series:
    """By study and measure whether it ranks in every scenario of its study that ranks anything."""
    asked = ranking.groupby("study")["scenario"].nunique()
    whole = ranking.groupby(["study", "id"])["scenario"].nunique()
    return pd.Series([int(whole[key]) == int(asked[key[0]]) for key in whole.index], index=whole.index)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The table without the column of studies where the only one has no name."""
    return table.drop(columns="study") if (table["study"] == "").all() else table


def departures(batch: Batch, base: int | None = None) -> pd.DataFrame:
    """Per study and scenario how far its order is from the one numbered `base` (the first that was computed): who is
    first, how many measures change place and by how many places the furthest, how many pairs are swapped (Kendall's
    distance over measures both rank), and how many measures enter or leave the first tier. Farthest first.

    Raises InputError where the batch holds no such scenario; where none was computed, the table is empty.
    """
    ranking = batch.ranking
    known = tuple(str(number) for number in sorted(set(ranking["scenario"])))
    if base is not None and str(base) not in known:
        params: dict[str, Param] = {"value": str(base), "allowed": known}
        raise InputError([Issue("unknown_id", where=Where("scenario"), params=params)])
    if ranking.empty:
        return pd.DataFrame(columns=["study", "scenario", "name", *_DEPARTURES])
    rows = []
    for study, of_study in ranking.groupby("study", sort=False):
        places = {int(str(number)): one.set_index("id") for number, one in of_study.groupby("scenario")}
        start = min(places) if base is None else base
        if start not in places:
            continue
        for number, one in places.items():
            rows.append({"study": study, "scenario": number, "name": one["name"].iloc[0], **_apart(places[start], one)})
    order = ["study", "swapped", "moved", "scenario"]
    return _named(pd.DataFrame(rows).sort_values(order, ascending=[True, False, False, True], ignore_index=True))


_DEPARTURES = ("first", "moved", "furthest", "swapped", "into_first_tier", "out_of_first_tier")


def _apart(base: pd.DataFrame, other: pd.DataFrame) -> dict[str, object]:
    both = [name for name in base.index if name in other.index]
    before = base.loc[both, "rank"].to_numpy(dtype=np.int64)
    after = other.loc[both, "rank"].to_numpy(dtype=np.int64)
    gaps, others = np.sign(before[:, None] - before), np.sign(after[:, None] - after)
    moved = np.abs(after - before)
    first, firsts = set(base.index[base["tier"] == 1]), set(other.index[other["tier"] == 1])
    return {
        "first": ";".join(other.index[other["rank"] == 1]),
        "moved": int((moved > 0).sum()),
        "furthest": int(moved.max(initial=0)),
        "swapped": int((gaps * others < 0).sum() // 2),
        "into_first_tier": len(firsts - first),
        "out_of_first_tier": len(first - firsts),
    }


def check_comparable(studies: Mapping[str, Study]) -> None:
    """Make sure that the criteria of one id mean the same in all studies: same place in the tree, scale and bounds.

    Amounts need no check: a study's currency is always EUR. Raises InputError naming study, criterion and field of
    everything that differs from the first study that has the criterion, and where two studies share no criterion at
    all.
    """
    known: dict[str, tuple[str, Criterion]] = {}
    issues = []
    for name, study in studies.items():
        shared = 0
        for leaf in study.leaves:
            own = study.criterion_by_id[leaf]
            other, theirs = known.setdefault(leaf, (name, own))
            shared += other != name
            issues += [_differs(name, other, leaf, field, own, theirs) for field in SCALE if _other(own, theirs, field)]
            issues += _displaced(name, other, leaf, studies)
        if known and not shared and name != next(iter(studies)):
            params = {"value": name, "other": next(iter(studies))}
            issues.append(Issue("nothing_shared", where=Where(name, column="criteria"), params=params))
    if issues:
        raise InputError(issues)


def _other(own: Criterion, theirs: Criterion, field: str) -> bool:
    return bool(getattr(own, field) != getattr(theirs, field))


def _differs(name: str, other: str, leaf: str, field: str, own: Criterion, theirs: Criterion) -> Issue:
    params = {"value": str(getattr(own, field)), "allowed": str(getattr(theirs, field)), "other": other}
    return Issue("scales_differ", where=Where(name, column=f"criteria.{leaf}.{field}"), params=params)


def _displaced(name: str, other: str, leaf: str, studies: Mapping[str, Study]) -> list[Issue]:
    """What stands above the criterion, from the top, where that is not the same in both."""
    here, there = (_above(studies[one], leaf) for one in (name, other))
    params = {"value": here or ABOVE_NONE, "allowed": there or ABOVE_NONE, "other": other}
    where = Where(name, column=f"criteria.{leaf}.parent")
    return [] if here == there else [Issue("places_differ", where=where, params=params)]


def _above(study: Study, criterion: str) -> str:
    parent = study.criterion_by_id[criterion].parent
    return " / ".join(filter(None, (_above(study, parent), parent))) if parent else ""


def first_rows(batch: Batch) -> pd.DataFrame:
    """By study the row of the summary of its first scenario that could be computed: one scenario's whole row, with
    what it does not know missing."""
    summary = batch.summary
    return summary[summary["error"].isna()].drop_duplicates("study").set_index("study")


def regions(batch: Batch, studies: Mapping[str, Study]) -> pd.DataFrame:
    """Per study, over its first scenario: measures, people, own contribution in all and per head, share of the cost
    that grants are counted for, how many places are secure and contested (missing where labels were not asked for).
    People, and so what is paid per head, are missing unless the inhabitants of every municipality are known.

    Raises InputError as `check_comparable`.
    """
    check_comparable(studies)
    first = first_rows(batch)
    rows = []
    for name, study in studies.items():
        if name not in first.index:
            continue
        told: Any = first.loc[name]
        people = people_of(study)
        own, cost = float(told["own_contribution_eur"]), float(told["cost_eur"])
        rows.append(
            {
                "study": name,
                "title": study.study.title,
                "measures": told["measures"],
                "municipalities": len(study.municipalities),
                "people": people,
                "own_contribution_eur": own,
                "own_per_head_eur": own / people if people else None,
                "grant_share": float(told["grant_eur"]) / cost if cost else None,
                "secure": told["secure"],
                "contested": told["contested"],
            }
        )
    return pd.DataFrame(rows, columns=list(_REGIONS)).astype({"people": "Int64"})


_REGIONS = (
    *("study", "title", "measures", "municipalities", "people", "own_contribution_eur", "own_per_head_eur"),
    *("grant_share", "secure", "contested"),
)


def people_of(study: Study) -> int | None:
    """The inhabitants of all municipalities; None where there are none, or those of one are not known."""
    counts = [home.population for home in study.municipalities]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def themes_by_study(batch: Batch, studies: Mapping[str, Study]) -> pd.DataFrame:
    """Per study and theme, over its first scenario: how many measures, how many of them in the first tier, their
    shares of all and of the first tier."""
    ranking = batch.ranking
    firsts = ranking.groupby("study", sort=False)["scenario"].transform("min")
    ranking = ranking[ranking["scenario"] == firsts]
    theme = {(name, m.id): m.theme for name, study in studies.items() for m in study.measures}
    ranking = ranking.assign(theme=[theme[key] for key in zip(ranking["study"], ranking["id"], strict=True)])
    grouped = ranking.groupby(["study", "theme"], sort=False)
    found = pd.DataFrame(
        {"measures": grouped.size(), "first_tier": grouped["tier"].agg(lambda one: int((one == 1).sum()))}
    )
    found = found.reset_index()
    for column in ("measures", "first_tier"):
        found[f"{column}_share"] = found[column] / found.groupby("study")[column].transform("sum")
    return found
