"""Three weights at once: which measure leads in how much of their triangle, and where its part lies."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from mcda.locale import text
from mcda.locale.formats import percent
from mcda.methods import method
from mcda.report.exhibits.catalogue import criterion_label, title_of
from mcda.result import Array, Result
from mcda.robustness.considered import played_method
from mcda.robustness.ternary import TernaryMap, TernaryRegion, ternary_map
from mcda.study.model import Study


@dataclass(frozen=True, slots=True)
class TernaryExhibit:
    """The triangle of three criteria; `replaced` says that the scenario's own method is too slow for it."""

    found: TernaryMap
    replaced: bool


def ternary_groups(study: Study) -> dict[str, tuple[str, ...]]:
    """The sibling groups a triangle can be drawn of: by parent ('' the top) those with three criteria or more."""
    return {parent: siblings for parent, siblings in study.children.items() if len(siblings) >= 3}


def heaviest_three(result: Result, parent: str = "") -> tuple[str, ...]:
    """The three criteria of a group that weigh most today, in the study's order; fewer where there are fewer."""
    siblings = result.study.children[parent]
    chosen = sorted(siblings, key=lambda key: -result.weights.local[key])[:3]
    return tuple(key for key in siblings if key in chosen)


def ternary_exhibit(result: Result, criteria: Sequence[str]) -> TernaryExhibit:
    """The triangle of three siblings under the result's method, or the default where the own one is too slow.

    Raises KeyError, ValueError and MethodError as `mcda.robustness.ternary.ternary_map` does.
    """
    name = played_method(result.method)
    found = ternary_map(result.study, result.matrix, method(name), result.weights, criteria)
    return TernaryExhibit(found, name != result.method)


def ternary_table(shown: TernaryExhibit, result: Result, language: str) -> pd.DataFrame:
    """One row per area, largest first: who leads there, its share of the triangle, the weights at its middle, and
    whether today's weights lie in it."""
    names = ("measure", "share", "centre", "today")
    rows = [_row(shown.found, region, result, language) for region in shown.found.regions]
    return pd.DataFrame(rows, columns=[text(f"ternary.col_{name}", language) for name in names])


def ternary_sentence(shown: TernaryExhibit, result: Result, language: str) -> str:
    """Who leads today, and in how much of the triangle."""
    found = shown.found
    first, criteria = _measures(found.first_now, result, language), _criteria(found, result, language)
    if found.total <= 0:
        return text("ternary.nothing", language, first=first, criteria=criteria)
    if len(found.regions) == 1:
        first = _measures(found.regions[0].measures, result, language)
        return text("ternary.same", language, first=first, criteria=criteria)
    own = next((region for region in found.regions if set(region.measures) >= set(found.first_now)), None)
    if own is None:
        return text("ternary.lead_level", language, first=first)
    return text("ternary.lead", language, first=first, criteria=criteria, share=share_text(own.share, language))


def ternary_reading(shown: TernaryExhibit, result: Result, language: str) -> str:
    """How the triangle is read, what stays, and how exact its borders are."""
    found, study = shown.found, result.study
    said = [text("ternary.reading", language, total=percent(found.total, language, 1))]
    if parent := study.criterion_by_id[found.criteria[0]].parent:
        share = percent(result.weights.overall[parent], language, 1)
        said.append(text("ternary.parent", language, parent=criterion_label(study, parent, language), share=share))
    points = found.side * (found.side + 1) // 2
    said.append(text("ternary.exact", language) if found.exact else text("ternary.grid", language, points=points))
    if shown.replaced:
        said.append(text("ternary.replaced", language))
    return " ".join(said)


def ternary_alt(shown: TernaryExhibit, result: Result, language: str) -> str:
    """What the triangle shows, for those who do not see it."""
    found = shown.found
    return text(
        "ternary.alt",
        language,
        criteria=_criteria(found, result, language),
        largest=_measures(found.regions[0].measures, result, language),
        share=share_text(found.regions[0].share, language),
        first=_measures(found.first_now, result, language),
        count=len(found.regions),
    )


def share_text(share: float, language: str) -> str:
    """A share of the triangle: whole per cent, with a decimal below ten, and never 0 or 100 per cent by rounding."""
    if share >= 1 - 1e-9:
        return percent(1.0, language)
    return percent(min(max(share, 0.001), 0.999), language, 1 if share < 0.0995 or share > 0.99 else 0)


def _row(found: TernaryMap, region: TernaryRegion, result: Result, language: str) -> tuple[str, str, str, str]:
    today = text("ternary.first_today", language) if set(region.measures) & set(found.first_now) else ""
    return (
        _measures(region.measures, result, language),
        share_text(region.share, language),
        _weights(found, region.centre, result, language),
        today,
    )


def _weights(found: TernaryMap, point: Array, result: Result, language: str) -> str:
    """'Relevanz 16 %, Kosten 30 %, ...' at a point of the triangle, as the sliders would show them."""
    return ", ".join(
        f"{criterion_label(result.study, key, language)} {percent(found.total * float(part), language)}"
        for key, part in zip(found.criteria, point, strict=True)
    )


def _measures(measures: Sequence[str], result: Result, language: str) -> str:
    return ", ".join(f"{m} {title_of(result.study.measure_by_id[m], language)}" for m in measures)


def _criteria(found: TernaryMap, result: Result, language: str) -> str:
    return ", ".join(criterion_label(result.study, key, language) for key in found.criteria)
