"""What a comparison of scenarios says at a glance: who leads everywhere, and what moves most."""

from mcda.batch.compare import departures, rank_ranges
from mcda.locale import text
from mcda.report.exhibits.catalogue import title_line
from mcda.report.exhibits.compare_lists import Compared


def steady_sentences(found: Compared, language: str) -> tuple[str, ...]:
    """Of one study: who is first in how many scenarios, how many stay in the first tier in all, what changes most."""
    (study,) = found.studies.values()
    ranges, apart = rank_ranges(found.batch), departures(found.batch)
    summary = found.batch.summary
    count = int(summary["error"].isna().sum())
    led = (ranges["share_first"] * ranges["scenarios"]).round().astype(int)
    leaders = [title_line(study.measure_by_id[str(one)], language) for one in ranges[led == led.max()]["id"]]
    key = "leads" if len(leaders) == 1 else "lead_each"
    titles = "; ".join(text("what_if.quoted", language, name=one) for one in leaders)
    said = [text(f"compare_page.{key}", language, titles=titles, times=str(led.max()), scenarios=count)]
    everywhere = ranges[(ranges["scenarios"] == count) & (ranges["share_first_tier"] == 1)]
    said.append(text("compare_page.always", language, count=len(everywhere)))
    farthest = apart.iloc[0]
    if int(farthest["moved"]):
        told = summary[summary["scenario"] == farthest["scenario"]]["name"].iloc[0]
        said.append(text("compare_page.farthest", language, name=told, count=int(farthest["moved"])))
    else:
        said.append(text("compare_page.no_change", language))
    return tuple(said)
