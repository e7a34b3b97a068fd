"""Synthetic regions, how long it takes to compare twelve of them in one call, and on the page from their workbooks.

A region is drawn by a seeded generator: 3 to 14 invented members of 2,000 to 60,000 people, 20 to 60 measures that cost
as such measures do (a median of about 200,000 EUR, a long tail), the criteria and grant programmes of the example.
"""

import json
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import numpy as np

from mcda.batch import run_batch
from mcda.batch.compare import rank_ranges, regions, themes_by_study
from mcda.evaluate import prepare
from mcda.report.exhibits.compare_lists import Compared, beside
from mcda.report.exhibits.listing_texts import listing_frame
from mcda.report.exhibits.region_bars import region_bars
from mcda.report.exhibits.region_lists import region_listings
from mcda.study.measure import CostKey, Measure
from mcda.study.model import Municipality, Rating, Study
from mcda.study.read import read_study
from mcda.study.write import workbook_bytes
from mcda.ui.compare_regions import compared_regions
from mcda.ui.figures.region_bars import region_bars_figure
from mcda.ui.region_files import gathered, stem, take_each

COUNT = 12
KEYS: tuple[CostKey, ...] = ("equal", "per_capita")


def region(template: Study, seed: int) -> Study:
    """The region of this seed, measured by the template's criteria and eligible for its programmes."""
    draw = np.random.default_rng([2025, seed])
    members = members_of(template, draw, f"R{seed:02d}", int(draw.integers(3, 15)))
    measures = tuple(new_measure(template, members, draw, n) for n in range(int(draw.integers(20, 61))))
    given = [leaf for leaf in template.leaves if template.criterion_by_id[leaf].kind == "given"]
    ratings = tuple(
        Rating(measure=m.id, criterion=leaf, rater=who, value=float(draw.integers(1, 6)))
        for m in measures
        for leaf in given
        for who in (m.municipalities if template.top_of(leaf) == "relevance" else ("planning_team",))
    )
    about = template.study.model_copy(
        update={
            "title": f"Musterregion {seed}",
            "title_en": f"Sample region {seed}",
            "notice": "erfunden",
            "notice_en": "",
        }
    )
    return template.model_copy(
        update={
            "study": about,
            "municipalities": members,
            "measures": measures,
            "ratings": ratings,
            **dict.fromkeys(("eligibility", "stakeholders", "judgements", "weights"), ()),
        }
    )


def members_of(template: Study, draw: np.random.Generator, name: str, count: int) -> tuple[Municipality, ...]:
    """So many invented members."""
    return tuple(
        Municipality(
            id=f"{name}M{n:02d}",
            name=f"Musterort {int(name[1:])}-{n}",
            population=int(np.clip(draw.lognormal(9.3, 0.7), 2_000, 60_000)),
            areas=template.municipalities[0].areas,
        )
        for n in range(count)
    )


def new_measure(template: Study, members: tuple[Municipality, ...], draw: np.random.Generator, number: int) -> Measure:
    """A measure of one of the template's kinds: its theme, kinds of cost and programmes; amounts and members drawn."""
    kind = template.measures[int(draw.integers(len(template.measures)))]
    taking_part = [m.id for m in members if draw.random() < 0.7] or [members[0].id]
    capex = Decimal(round(float(np.clip(draw.lognormal(12.2, 1.2), 5_000, 15_000_000)), -3))
    return Measure(
        id=f"M-{number + 1:02d}",
        title=f"{kind.title} {number + 1}",
        theme=kind.theme,
        category=kind.category,
        lead_form=kind.lead_form,
        municipalities=tuple(taking_part),
        start_year=2026,
        duration_months=int(draw.integers(6, 37)),
        capex_eur=capex,
        opex_eur_per_year=(capex * Decimal(str(round(float(draw.uniform(0, 0.15)), 3)))).quantize(Decimal(1)),
        cost_quality="estimated",
        cost_categories=kind.cost_categories,
        cost_key=KEYS[int(draw.integers(2))],
        funding_themes=kind.funding_themes,
        funding_candidates=kind.funding_candidates,
        illustrative=True,
    )


def page(studies: Mapping[str, Study]) -> tuple[float, float]:
    """Seconds the page Compare needs for workbooks that were uploaded: until all but the labels stands there, and until
    the labels do, too. Nothing is known of the studies before."""
    files = [(f"{name}.xlsx", workbook_bytes(study)) for name, study in studies.items()]
    prepare.cache_clear()
    started = time.perf_counter()
    first, *others = take_each(files, "de", date(2026, 1, 1))
    assert first.study is not None
    found = gathered(stem(first.name), first.study, others)
    assert len(found.studies) == len(studies)
    told = tuple((name, study, study.file_hash) for name, study in found.studies.items())
    _draw(compared_regions(told, labels=False))
    readable = time.perf_counter() - started
    _draw(compared_regions(told, labels=True))
    return readable, time.perf_counter() - started


def _draw(compared: Compared) -> None:
    """All tables as texts and the figure, as the page makes them."""
    side = beside(compared)
    for listing in region_listings(side, "de").values():
        listing_frame(listing, "de")
    if bars := region_bars(side):
        region_bars_figure(bars, "de").to_json()


def main() -> None:
    """Compare twelve regions and print the tables."""
    template = read_study("data/nordallianz")
    studies = {f"region-{seed:02d}": region(template, seed) for seed in range(COUNT)}
    started = time.perf_counter()
    found = run_batch(studies, what=("ranking", "robustness"))
    table, themes, ranges = regions(found, studies), themes_by_study(found, studies), rank_ranges(found)
    took = time.perf_counter() - started
    print(table.drop(columns="title").round(2).to_string(index=False))
    print(themes.groupby("theme")[["measures", "first_tier"]].sum().to_string())
    print(f"{COUNT} regions, {int(table['measures'].sum())} measures, labels from 10,000 draws: {took:.1f} s")
    readable, whole = page(studies)
    print(
        f"the page, from {COUNT} workbooks: readable after {readable:.1f} s, with labels after {whole:.1f} s (< 10 s)"
    )
    figures = {"seconds": took, "page_readable_seconds": readable, "page_seconds": whole}
    print(json.dumps({**figures, "regions": COUNT, "measures": len(ranges)}))


if __name__ == "__main__":
    main()
