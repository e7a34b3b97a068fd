"""Lessons on what comes first: kinds of measures that lead in most regions, and those that lead in none."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mcda.batch.lessons_record import Lesson
from mcda.result import Result
from mcda.study.model import Measure

LEAST_REGIONS = 2
"""So many regions must have something before it is told as common to them; a title at least half of all, too."""


KINDS: Mapping[str, Callable[[Measure], str]] = {
    "category": lambda measure: measure.category,
    "theme": lambda measure: measure.theme,
}


@dataclass(frozen=True, slots=True)
class _Tally:
    """One kind of measure over the regions: in how many there are any, in how many they do better than that region's
    measures do on the whole, how many measures, how many of them in the first tier."""

    regions: int
    ahead: int
    measures: int
    first_tier: int


def first_lessons(results: Mapping[str, Result]) -> Iterator[Lesson]:
    """Categories and themes ahead in most regions, titles in the first tier of most, themes first in none."""
    places = [line.tier == 1 for result in results.values() for line in result.ranking]
    usual = sum(places) / max(len(places), 1)
    for kind, of in KINDS.items():
        for name, tally in _tallies(results, of).items():
            share = tally.first_tier / tally.measures
            if name and tally.regions >= LEAST_REGIONS and 2 * tally.ahead > tally.regions and share > usual:
                counts = {"ahead": tally.ahead, "of": tally.regions, "first_tier": tally.first_tier}
                shares = {"total": tally.measures, "first_share": share, "usual_share": usual}
                yield Lesson("first", f"{kind}_ahead", {kind: name, **counts, **shares})
    for title, firsts in _by_title(results).items():
        common = len(firsts) >= max(LEAST_REGIONS, len(results) / 2)
        if common and 2 * sum(firsts.values()) > len(firsts):
            yield Lesson("first", "measure_first", {"title": title, "first": sum(firsts.values()), "of": len(firsts)})
    for name, tally in _tallies(results, KINDS["theme"]).items():
        if name and tally.regions >= LEAST_REGIONS and not tally.first_tier:
            counts = {"measures": tally.measures, "regions": tally.regions}
            yield Lesson("first", "theme_never_first", {"theme": name, **counts})


def _by_title(results: Mapping[str, Result]) -> dict[str, dict[str, bool]]:
    """By title, as first written, whether it is in the first tier of each study that has it."""
    written: dict[str, str] = {}
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for study, result in results.items():
        for line in result.ranking:
            title = " ".join(result.study.measure_by_id[line.measure].title.split())
            known = written.setdefault(title.casefold(), title)
            found[known][study] = found[known].get(study, False) or line.tier == 1
    return found


def _tallies(results: Mapping[str, Result], of: Callable[[Measure], str]) -> dict[str, _Tally]:
    """Kinds in the order they are met."""
    found: dict[str, _Tally] = {}
    for result in results.values():
        here: dict[str, list[bool]] = defaultdict(list)
        for line in result.ranking:
            here[of(result.study.measure_by_id[line.measure])].append(line.tier == 1)
        usual = sum(line.tier == 1 for line in result.ranking) / len(result.ranking)
        for name, firsts in here.items():
            before = found.get(name, _Tally(0, 0, 0, 0))
            found[name] = _Tally(
                before.regions + 1,
                before.ahead + (sum(firsts) / len(firsts) > usual),
                before.measures + len(firsts),
                before.first_tier + sum(firsts),
            )
    return found
