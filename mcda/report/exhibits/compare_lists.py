"""Scenarios and studies side by side as listings: where measures rank, what decides, what is regretted, regions."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mcda.batch.compare import departures, rank_ranges, regrets
from mcda.batch.run import Batch
from mcda.batch.side_by_side import SideBySide, side_by_side
from mcda.errors import Issue, Where
from mcda.locale import text
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.compare_listing import Cells, Columns, compare_listing
from mcda.report.exhibits.listing import Listing
from mcda.report.exhibits.region_lists import region_listings
from mcda.study.model import Study

MOST_FAULTS = 3
"""So many faults of one scenario are told; all of them stand in the batch's findings."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was run, on which studies by their names in the tables; `notes`: what was left out, and why. Several studies
    `side` by side, where that is made already."""

    batch: Batch
    studies: Mapping[str, Study]
    notes: tuple[str, ...] = ()
    side: SideBySide | None = None


def compare_listings(found: Compared, language: str) -> Mapping[str, Listing]:
    """By name all that there is to compare, in reading order: across scenarios where there are several, across studies
    where there are."""
    across: dict[str, Listing] = {}
    if has_scenarios(found):
        across["ranges"] = range_listing(found, language)
        across["departures"] = departure_listing(found, language)
        across["regrets"] = regret_listing(found, language)
    if len(found.studies) > 1:
        across |= region_listings(beside(found), language)
    return across


def has_scenarios(found: Compared) -> bool:
    """Whether there are several scenarios to be compared."""
    return bool(found.batch.summary["scenario"].nunique() > 1)


def beside(found: Compared) -> SideBySide:
    """The studies side by side, made now unless they are already."""
    return found.side or side_by_side(found.batch, found.studies)


def range_listing(found: Compared, language: str) -> Listing:
    """In how many scenarios each measure ranks and where, and in which of them best and worst."""
    columns: Columns = (
        *(("study", "text", 14), ("id", "text", 9), ("title", "text", 40), ("scenarios", "whole", 8)),
        *(("best", "whole", 7), ("median", "number", 7), ("worst", "whole", 7), ("share_first", "percent", 9)),
        *(("share_first_tier", "percent", 9), ("best_in", "text", 30), ("worst_in", "text", 30)),
    )
    names = _names(found.batch)
    own: Mapping[str, Cells] = {
        "title": lambda row: _title(found, row, language),
        "best_in": lambda row: names[row["study"], row["best_in"]],
        "worst_in": lambda row: names[row["study"], row["worst_in"]],
    }
    return _listing("ranges", rank_ranges(found.batch), columns, own, found, language)


def departure_listing(found: Compared, language: str) -> Listing:
    """How far each scenario's order is from that of the first."""
    columns: Columns = (
        *(("study", "text", 14), ("name", "text", 40), ("leads", "text", 40), ("moved", "whole", 9)),
        *(("furthest", "whole", 9), ("swapped", "whole", 9), ("into_first_tier", "whole", 9)),
        ("out_of_first_tier", "whole", 9),
    )
    names = _names(found.batch)
    own: Mapping[str, Cells] = {
        "name": lambda row: names[row["study"], row["scenario"]],
        "leads": lambda row: "; ".join(
            _title(found, {"study": row["study"], "id": name}, language) for name in str(row["first"]).split(";")
        ),
    }
    return _listing("departures", departures(found.batch), columns, own, found, language)


def regret_listing(found: Compared, language: str) -> Listing:
    """What it costs at most, in points, to have put a measure first."""
    columns: Columns = (
        *(("study", "text", 14), ("id", "text", 9), ("title", "text", 40), ("largest", "points", 9)),
        *(("mean", "points", 9), ("largest_in", "text", 40)),
    )
    names = _names(found.batch)
    own: Mapping[str, Cells] = {
        "title": lambda row: _title(found, row, language),
        "largest": lambda row: 100 * float(str(row["largest"])),
        "mean": lambda row: 100 * float(str(row["mean"])),
        "largest_in": lambda row: names[row["study"], row["largest_in"]],
    }
    return _listing("regrets", regrets(found.batch), columns, own, found, language)


def _listing(
    name: str, frame: pd.DataFrame, columns: Columns, own: Mapping[str, Cells], found: Compared, language: str
) -> Listing:
    """A listing with a column of studies where there are several; the rows know theirs in any case."""
    kept = tuple(column for column in columns if column[0] != "study" or len(found.studies) > 1)
    whole = frame if "study" in frame else frame.assign(study=next(iter(found.studies)))
    return compare_listing(name, whole, kept, language, own)


def _names(batch: Batch) -> Mapping[tuple[object, object], str]:
    told = batch.summary[["study", "scenario", "name"]].itertuples(index=False)
    return {(study, number): name or f"{number + 1}" for study, number, name in told}


def _title(found: Compared, row: Mapping[str, object], language: str) -> str:
    return title_line(found.studies[str(row["study"])].measure_by_id[str(row["id"])], language)


def base_sentences(found: Compared, language: str) -> tuple[str, ...]:
    """Which scenario the others are held against where a study's first could not be computed, one line each."""
    names, computed = _names(found.batch), found.batch.summary[found.batch.summary["error"].isna()]
    firsts = computed.groupby("study", sort=False)["scenario"].min()
    return tuple(
        text("compare.base", language, failed=names[study, 0], name=names[study, number])
        for study, number in firsts.items()
        if number > 0
    )


def failed_sentences(found: Compared, language: str) -> tuple[str, ...]:
    """Which scenarios could not be computed, each with its first faults: place, what is wrong, and what is allowed."""
    names, findings = _names(found.batch), found.batch.findings
    faults = findings[findings["level"] == "error"].groupby(["study", "scenario"], sort=False)
    return tuple(
        text("compare.failed", language, name=names[study, number], why=" ".join(_faults(rows, language)))
        for (study, number), rows in faults
    )


def _faults(findings: pd.DataFrame, language: str) -> Iterator[str]:
    """The sentences of faults as a batch wrote them down, and how many more there are."""
    for code, written in findings[["code", "params"]].head(MOST_FAULTS).itertuples(index=False, name=None):
        params = {name: tuple(one) if isinstance(one, list) else one for name, one in json.loads(written).items()}
        where: Any = params.pop("where", {})
        yield Issue(str(code), where=Where(**where), params=params).sentence(language)
    if (rest := len(findings) - MOST_FAULTS) > 0:
        yield text("compare.more_faults", language, count=rest)
