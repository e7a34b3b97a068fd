"""Scenarios and studies side by side as listings: where measures rank, what decides, what is regretted, regions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from mcda.batch.compare import departures, rank_ranges, regions, regrets, themes_by_study
from mcda.batch.run import Batch
from mcda.locale import label, text
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.listing import Cell, Column, Kind, Listing
from mcda.study.model import Study, Theme

Columns = tuple[tuple[str, Kind, int], ...]
Cells = Callable[[Mapping[str, object]], Cell]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was run, on which studies by their names in the tables; `notes`: what was left out, and why."""

    batch: Batch
    studies: Mapping[str, Study]
    notes: tuple[str, ...] = ()


def compare_listings(found: Compared, language: str) -> tuple[Listing, ...]:
    """All that there is to compare: across scenarios where there are several, across studies where there are."""
    return tuple(_listings(found, language))


def _listings(found: Compared, language: str) -> Iterator[Listing]:
    summary = found.batch.summary
    if summary["scenario"].nunique() > 1:
        yield range_listing(found, language)
        yield departure_listing(found, language)
        yield regret_listing(found, language)
    if len(found.studies) > 1:
        yield region_listing(found, language)
        yield theme_listing(found, language)


def range_listing(found: Compared, language: str) -> Listing:
    """Where each measure ranks over the scenarios, and in which it ranks best and worst."""
    columns: Columns = (
        *(("study", "text", 14), ("id", "text", 9), ("title", "text", 40), ("best", "whole", 7)),
        *(("median", "number", 7), ("worst", "whole", 7), ("share_first", "percent", 9)),
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


def region_listing(found: Compared, language: str) -> Listing:
    """Studies beside each other: size, money, grants and how sure their rankings are."""
    columns: Columns = (
        *(("study", "text", 14), ("measures", "whole", 9), ("municipalities", "whole", 9), ("people", "whole", 10)),
        *(("own_contribution_eur", "money", 14), ("own_per_head_eur", "money", 10), ("grant_share", "percent", 9)),
        *(("secure", "whole", 9), ("contested", "whole", 9)),
    )
    return _listing("regions", regions(found.batch, found.studies), columns, {}, found, language)


def theme_listing(found: Compared, language: str) -> Listing:
    """How many measures each study has of each theme, and how many of them come first."""
    columns: Columns = (
        *(("study", "text", 14), ("theme", "text", 40), ("measures", "whole", 9), ("measures_share", "percent", 9)),
        *(("first_tier", "whole", 9), ("first_tier_share", "percent", 9)),
    )
    own: Mapping[str, Cells] = {"theme": lambda row: _theme(found, row, language)}
    return _listing("themes", themes_by_study(found.batch, found.studies), columns, own, found, language)


def _listing(
    name: str, frame: pd.DataFrame, columns: Columns, own: Mapping[str, Cells], found: Compared, language: str
) -> Listing:
    kept = [column for column in columns if column[0] != "study" or len(found.studies) > 1]
    heads = tuple(Column(key, text(f"compare.column.{key}", language), kind, width) for key, kind, width in kept)
    records: list[dict[str, object]] = [
        dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(dtype=object)
    ]
    rows = tuple(
        tuple(own[key](row) if key in own else _plain(row[key], kind) for key, kind, _ in kept) for row in records
    )
    return Listing(text(f"compare.table.{name}", language), heads, rows)


def _plain(value: object, kind: Kind) -> Cell:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, str):
        return value
    return int(str(value)) if kind == "whole" else float(str(value))


def _names(batch: Batch) -> Mapping[tuple[object, object], str]:
    told = batch.summary[["study", "scenario", "name"]].itertuples(index=False)
    return {(study, number): name or f"{number + 1}" for study, number, name in told}


def _title(found: Compared, row: Mapping[str, object], language: str) -> str:
    return title_line(found.studies[str(row["study"])].measure_by_id[str(row["id"])], language)


def _theme(found: Compared, row: Mapping[str, object], language: str) -> str:
    known: Mapping[str, Theme] = {theme.id: theme for theme in found.studies[str(row["study"])].themes}
    theme = known.get(str(row["theme"]))
    if theme is None:
        return label("compare", str(row["theme"]) or "no_theme", language)
    return (theme.label_en if language == "en" else "") or theme.label_de


def failed_sentences(found: Compared, language: str) -> tuple[str, ...]:
    """Which scenarios could not be computed, each with its reason's code in the tables."""
    summary = found.batch.summary
    names = _names(found.batch)
    failed = summary[summary["error"].notna()]
    return tuple(
        text("compare.failed", language, name=names[row.study, row.scenario], code=str(row.error))
        for row in failed.itertuples(index=False)
    )
