"""Lessons on what comes first: kinds of measures that lead in most regions, and those that lead in none.

Some kind leads anywhere by chance. So a kind is told only where places dealt out at random would rarely lead it as far
(`mcda.batch.beyond_chance`), with the level shared among all kinds that are asked of.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mcda.batch.beyond_chance import LEVEL, Region, chance_of_as_few, chance_of_as_many, expected_first
from mcda.batch.lessons_record import Lesson
from mcda.result import Result

LEAST_REGIONS = 2
"""So many regions must have something before it is told as common to them; a title at least half of all, too."""

MARGIN = 0.10
"""A kind leads where its share in the first tier is that much above what is usual in the regions that have it."""

KINDS = ("category", "theme", "title")


@dataclass(frozen=True, slots=True)
class Place:
    """A measure that ranks: what kinds it belongs to, and whether it is in the first tier."""

    category: str
    theme: str
    title: str
    first: bool


Kinds = Mapping[str, Mapping[str, tuple[Region, ...]]]
"""By category, theme and title, in the order they are met, the regions that have each of them."""


def first_lessons(results: Mapping[str, Result]) -> Iterator[Lesson]:
    """Categories and themes ahead in most regions, titles in the first tier of most, themes first in none; only what is
    more than chance."""
    written: dict[str, str] = {}
    yield from lessons_of_places([_places(result, written) for result in results.values()])


def lessons_of_places(regions: Sequence[Sequence[Place]]) -> Iterator[Lesson]:
    """The lessons from the places of each region's measures."""
    kinds = _asked(regions)
    # a theme is asked of twice: whether it leads, and whether it never does
    level = LEVEL / max(sum(len(kinds[kind]) for kind in (*KINDS, "theme")), 1)
    for kind in ("category", "theme"):
        for name, having in kinds[kind].items():
            if _leads(having, level):
                yield Lesson("first", f"{kind}_ahead", {kind: name, **_ahead(having)})
    for title, having in kinds["title"].items():
        if _leads(having, level):
            first = sum(one.kind_first > 0 for one in having)
            yield Lesson("first", "measure_first", {"title": title, "first": first, "of": len(having)})
    for theme, having in kinds["theme"].items():
        if not any(one.kind_first for one in having) and chance_of_as_few(having) <= level:
            counts = {"measures": sum(one.of_kind for one in having), "regions": len(having)}
            yield Lesson("first", "theme_never_first", {"theme": theme, **counts})


def _leads(having: Sequence[Region], level: float) -> bool:
    """Whether a kind leads in most of these regions, by a margin, and further than chance would have it."""
    total, first = sum(one.of_kind for one in having), sum(one.kind_first for one in having)
    ahead = 2 * sum(map(_is_ahead, having)) > len(having)
    margin = first - expected_first(having) >= MARGIN * total
    return ahead and margin and chance_of_as_many(having) <= level


def _is_ahead(one: Region) -> bool:
    return one.kind_first * one.measures > one.first_tier * one.of_kind


def _ahead(having: Sequence[Region]) -> dict[str, int | float]:
    total, first = sum(one.of_kind for one in having), sum(one.kind_first for one in having)
    counts = {"ahead": sum(map(_is_ahead, having)), "of": len(having), "first_tier": first, "total": total}
    return {**counts, "first_share": first / total, "usual_share": expected_first(having) / total}


def _asked(regions: Sequence[Sequence[Place]]) -> Kinds:
    """The kinds that enough regions have. Which these are does not hang on any rank, so asking is free of choice."""
    found: dict[str, dict[str, list[Region]]] = {kind: defaultdict(list) for kind in KINDS}
    for places in regions:
        first = sum(one.first for one in places)
        for kind in KINDS:
            here: dict[str, list[bool]] = defaultdict(list)
            for one in places:
                here[getattr(one, kind)].append(one.first)
            for name, firsts in here.items():
                found[kind][name].append(Region(len(places), first, len(firsts), sum(firsts)))
    least = {kind: LEAST_REGIONS if kind != "title" else max(LEAST_REGIONS, len(regions) / 2) for kind in KINDS}
    return {
        kind: {name: tuple(having) for name, having in named.items() if name and len(having) >= least[kind]}
        for kind, named in found.items()
    }


def _places(result: Result, written: dict[str, str]) -> tuple[Place, ...]:
    """The places of a region; titles as they are `written` first, whatever their capitals and spaces."""
    found = []
    for line in result.ranking:
        measure = result.study.measure_by_id[line.measure]
        title = " ".join(measure.title.split())
        title = written.setdefault(title.casefold(), title)
        found.append(Place(measure.category, measure.theme, title, line.tier == 1))
    return tuple(found)
