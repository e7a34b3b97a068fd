"""Regions side by side as listings: lessons, the regions, how sure, programmes, themes, criteria, cost figures."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from mcda.batch.lessons import lessons
from mcda.batch.side_by_side import LABELS, REASONS, SideBySide
from mcda.locale import text
from mcda.report.exhibits.compare_listing import Cells, Columns, compare_listing
from mcda.report.exhibits.listing import Column, Listing
from mcda.report.exhibits.region_lessons import lesson_lines
from mcda.report.exhibits.region_names import criterion_word, programme_word, theme_word

INDENT = "    "


def region_listings(side: SideBySide, language: str) -> Mapping[str, Listing]:
    """By name all that is told of several studies, in reading order; how sure their places are only where that was
    asked for, programmes and themes only where there are any."""
    listings = {
        "lessons": lesson_listing(side, language),
        "regions": region_listing(side, language),
        "labels": label_listing(side, language),
        "programmes": programme_listing(side, language),
        "region_programmes": region_programme_listing(side, language),
        "theme_sums": theme_sum_listing(side, language),
        "themes": theme_listing(side, language),
        "criteria": criterion_listing(side, language),
        "weights": weight_listing(side, language),
        "costs": cost_listing(side, language),
    }
    missing = set() if (side.themes["theme"] != "").any() else {"theme_sums", "themes"}
    missing |= {name for name in ("labels", "programmes", "region_programmes") if not listings[name].rows}
    return {name: listing for name, listing in listings.items() if name not in missing}


def lesson_listing(side: SideBySide, language: str) -> Listing:
    """What can be learnt, one sentence each, with what it is about."""
    told = lesson_lines(side, lessons(side), language)
    frame = pd.DataFrame(told, columns=["topic", "lesson"])
    return compare_listing("lessons", frame, (("topic", "text", 24), ("lesson", "text", 110)), language)


def region_listing(side: SideBySide, language: str) -> Listing:
    """Studies beside each other: size, money, grants and, where it was asked for, how sure their rankings are."""
    sure: Columns = () if side.labels.empty else (("secure", "whole", 9), ("contested", "whole", 9))
    columns: Columns = (
        *(("study", "text", 18), ("measures", "whole", 9), ("municipalities", "whole", 9), ("people", "whole", 10)),
        *(("own_contribution_eur", "money", 14), ("own_per_head_eur", "money", 10), ("grant_share", "percent", 9)),
        *sure,
    )
    return compare_listing("regions", side.regions, columns, language)


def label_listing(side: SideBySide, language: str) -> Listing:
    """How many places are how sure in each study, and for how many contested ones each reason is told."""
    counts = (*LABELS, *(f"because_{name}" for name in REASONS))
    columns: Columns = (("study", "text", 18), ("measures", "whole", 9), *((name, "whole", 11) for name in counts))
    return compare_listing("labels", side.labels, columns, language)


def programme_listing(side: SideBySide, language: str) -> Listing:
    """Programmes over all studies: where and for how many measures they are named, to be checked and counted, and what
    they bring; the largest grants first. Those nobody names stand in the lessons."""
    grouped = side.programmes.groupby("programme", sort=False)
    summed = grouped[["named", "check", "counted", "grant_low_eur", "grant_eur", "grant_high_eur"]].sum()
    summed["regions"] = grouped["named"].agg(lambda named: int((named > 0).sum()))
    summed["regions_counted"] = grouped["counted"].agg(lambda counted: int((counted > 0).sum()))
    used = summed[summed["named"] > 0].reset_index()
    used = used.sort_values(["grant_eur", "named"], ascending=False, kind="stable")
    columns: Columns = (
        *(("programme", "text", 44), ("regions", "whole", 9), ("named", "whole", 11), ("check", "whole", 9)),
        *(("regions_counted", "whole", 9), ("counted", "whole", 10), ("grant_eur", "money", 14)),
        *(("grant_low_eur", "money", 14), ("grant_high_eur", "money", 14)),
    )
    return compare_listing("programmes", used, columns, language, _programmes(side, language))


def region_programme_listing(side: SideBySide, language: str) -> Listing:
    """Study by study the programmes it names, and what each brings there."""
    used = side.programmes[side.programmes["named"] > 0]
    columns: Columns = (
        *(("study", "text", 18), ("programme", "text", 44), ("named", "whole", 11), ("yes", "whole", 9)),
        *(("check", "whole", 9), ("no", "whole", 9), ("counted", "whole", 10), ("grant_eur", "money", 14)),
    )
    return compare_listing("region_programmes", used, columns, language, _programmes(side, language))


def theme_sum_listing(side: SideBySide, language: str) -> Listing:
    """Themes over all studies: in how many there are measures of them, how many, and how many of these come first."""
    grouped = side.themes.groupby("theme", sort=False)
    summed = grouped[["measures", "first_tier"]].sum()
    summed.insert(0, "regions", grouped["study"].nunique())
    for column in ("measures", "first_tier"):
        summed[f"{column}_share"] = summed[column] / max(summed[column].sum(), 1)
    columns: Columns = (
        *(("theme", "text", 40), ("regions", "whole", 9), ("measures", "whole", 9), ("measures_share", "percent", 9)),
        *(("first_tier", "whole", 9), ("first_tier_share", "percent", 9)),
    )
    return compare_listing("theme_sums", summed.reset_index(), columns, language, _themes(side, language))


def theme_listing(side: SideBySide, language: str) -> Listing:
    """How many measures each study has of each theme, and how many of them come first."""
    columns: Columns = (
        *(("study", "text", 18), ("theme", "text", 40), ("measures", "whole", 9), ("measures_share", "percent", 9)),
        *(("first_tier", "whole", 9), ("first_tier_share", "percent", 9)),
    )
    return compare_listing("themes", side.themes, columns, language, _themes(side, language))


def criterion_listing(side: SideBySide, language: str) -> Listing:
    """Each criterion once: how many studies have it, and where it counts least and most."""
    rows = []
    for criterion, depth in _merged_tree(side.criteria):
        of: Any = side.criteria[side.criteria["criterion"] == criterion]
        low, high = of.loc[of["weight"].idxmin()], of.loc[of["weight"].idxmax()]
        ends = {"low": low["weight"], "low_in": low["study"], "high": high["weight"], "high_in": high["study"]}
        name = INDENT * depth + criterion_word(side, criterion, language)
        rows.append({"criterion": name, "having": len(of), "middle": of["weight"].median(), **ends})
    columns: Columns = (
        *(("criterion", "text", 40), ("having", "whole", 9), ("low", "percent", 9), ("low_in", "text", 18)),
        *(("middle", "percent", 9), ("high", "percent", 9), ("high_in", "text", 18)),
    )
    frame = pd.DataFrame(rows, columns=[key for key, _, _ in columns])
    return compare_listing("criteria", frame, columns, language)


def weight_listing(side: SideBySide, language: str) -> Listing:
    """Each criterion once with its weight in every study; empty where a study does not have it."""
    studies = tuple(side.results)
    heads = (
        Column("criterion", text("compare.column.criterion", language), "text", 40),
        *(Column(f"study_{at}", name, "percent", 12) for at, name in enumerate(studies, start=1)),
    )
    told = side.criteria[["study", "criterion", "weight"]].itertuples(index=False, name=None)
    weights = {(study, criterion): float(weight) for study, criterion, weight in told}
    rows = tuple(
        (
            INDENT * depth + criterion_word(side, criterion, language),
            *(weights.get((name, criterion)) for name in studies),
        )
        for criterion, depth in _merged_tree(side.criteria)
    )
    return Listing(text("compare.table.weights", language), heads, rows)


def cost_listing(side: SideBySide, language: str) -> Listing:
    """How much the cost figures of each study can carry."""
    columns: Columns = (
        *(("study", "text", 18), ("measures", "whole", 9), ("missing", "whole", 9), ("rough", "whole", 9)),
        *(("unstated", "whole", 10), ("thin_share", "percent", 9)),
    )
    return compare_listing("costs", side.costs, columns, language)


def _merged_tree(criteria: pd.DataFrame, parent: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
    """The criteria of all studies as one tree, each where it is met first, with its depth."""
    first = criteria.drop_duplicates("criterion")
    for criterion in first[first["parent"] == parent]["criterion"]:
        yield str(criterion), depth
        yield from _merged_tree(criteria, str(criterion), depth + 1)


def _themes(side: SideBySide, language: str) -> Mapping[str, Cells]:
    def named(row: Mapping[str, object]) -> str:
        theme = str(row["theme"])
        return theme_word(side, theme, language) if theme else text("compare.no_theme", language)

    return {"theme": named}


def _programmes(side: SideBySide, language: str) -> Mapping[str, Cells]:
    return {"programme": lambda row: programme_word(side, str(row["programme"]), language)}
