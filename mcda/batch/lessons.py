"""What a programme office can learn from regions side by side: one lesson per row, each with the numbers it rests on.

A lesson is told where a declared limit is passed, and says nothing that is not counted in the tables. The limits are
the product's own.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from mcda.batch.lessons_first import first_lessons
from mcda.batch.lessons_grants import grant_lessons
from mcda.batch.lessons_record import LEAST_FOR_MEDIAN, MOST, TOPICS, Lesson, span
from mcda.batch.side_by_side import REASONS, SideBySide
from mcda.result import Result

FAR_ABOVE = 2.0
"""Own contribution per head that many times the median of all regions is far above it."""

APART_POINTS, APART_TIMES = 0.10, 2.0
"""Weights are far apart where the highest is that much and that many times above the lowest."""

THIN = 1 / 3
"""Above this share of rough or missing cost figures they are thin."""

FRAME = ("as_of", "horizon_years", "discount_rate_pct", "interval_point", "method")
"""What studies should agree on before their amounts and ranks are put beside each other."""


def lessons(found: SideBySide) -> tuple[Lesson, ...]:
    """All lessons in the order of their topics. One study teaches nothing."""
    if len(found.results) < 2:
        return ()
    told = (
        *first_lessons(found.results),
        *grant_lessons(found),
        *_money(found),
        *_weights(found),
        *_sure(found),
        *_comparable(found),
    )
    return tuple(sorted(told, key=lambda one: TOPICS.index(one.topic)))


def lesson_frame(told: tuple[Lesson, ...]) -> pd.DataFrame:
    """A row per lesson: topic, code, and its facts as JSON."""
    rows = [
        {"topic": one.topic, "code": one.code, "params": json.dumps(dict(one.params), ensure_ascii=False)}
        for one in told
    ]
    return pd.DataFrame(rows, columns=["topic", "code", "params"])


def _money(found: SideBySide) -> Iterator[Lesson]:
    """Regions that pay far more per head than the middle one; cost figures nobody should build on."""
    table = found.regions[found.regions["own_per_head_eur"].notna()]
    middle = float(table["own_per_head_eur"].median()) if len(table) >= LEAST_FOR_MEDIAN else 0.0
    records: Any = table.to_dict("records")
    for row in records:
        own = float(row["own_per_head_eur"])
        if middle and own >= FAR_ABOVE * middle:
            facts = {"own_eur": own, "median_eur": middle, "times": round(own / middle, 1)}
            yield Lesson("money", "own_high", {"study": str(row["study"]), **facts})
    counts = {name: [home.population for home in one.study.municipalities] for name, one in found.results.items()}
    for name, known in counts.items():
        if any(known) and None in known:
            yield Lesson("money", "people_incomplete", {"study": name, "missing": known.count(None), "of": len(known)})
    unknown = tuple(name for name, known in counts.items() if not any(known))
    if unknown:
        yield Lesson("money", "people_missing", {"studies": unknown, "count": len(unknown)})
    costs = found.costs
    thin, measures = int((costs[["missing", "rough", "unstated"]]).to_numpy().sum()), int(costs["measures"].sum())
    if measures and thin > THIN * measures:
        facts = {"thin": thin, "total": measures, "thin_share": thin / measures}
        facts |= {name: int(costs[name].sum()) for name in ("missing", "rough", "unstated")}
        worst = {"mostly": int((costs["thin_share"] > MOST).sum()), "of": len(costs)}
        yield Lesson("money", "costs_thin", {**facts, **worst})


def _weights(found: SideBySide) -> Iterator[Lesson]:
    """Main criteria that count very differently."""
    tops = found.criteria[found.criteria["parent"] == ""]
    for criterion, rows in tops.groupby("criterion", sort=False):
        low, high = float(rows["weight"].min()), float(rows["weight"].max())
        if high - low >= APART_POINTS and high >= APART_TIMES * low:
            yield Lesson("weights", "weights_apart", {"criterion": str(criterion), **span(rows, "weight")})


def _sure(found: SideBySide) -> Iterator[Lesson]:
    """How sure the places are, and what makes most of them doubtful; nothing where labels were not asked for."""
    labels = found.labels
    if labels.empty:
        return
    measures, contested = int(labels["measures"].sum()), int(labels["contested"].sum())
    facts: dict[str, Any] = {"contested": contested, "total": measures, "contested_share": contested / measures}
    facts |= {"secure": int(labels["secure"].sum()), "regions": len(labels)}
    yield Lesson("sure", "labels_in_all", facts)
    because = {name: int(labels[f"because_{name}"].sum()) for name in REASONS}
    often = max(because, key=lambda name: because[name])
    if because[often]:
        yield Lesson("sure", "reason_most", {"reason": often, "times": because[often], "contested": contested})


def _comparable(found: SideBySide) -> Iterator[Lesson]:
    """What stands in the way of comparing: criteria only some have, levels in other words, and frames that differ."""
    leaves = found.criteria[found.criteria["leaf"]]
    count = len(found.results)
    having = leaves.groupby("criterion", sort=False)["study"].nunique()
    partial = tuple(str(name) for name in having.index[having < count])
    if partial:
        shared = {"shared": int((having == count).sum()), "of": len(having)}
        yield Lesson("comparable", "criteria_not_shared", {**shared, "criteria": partial})
    worded = tuple(str(name) for name in having.index if _worded_otherwise(found, str(name)))
    if worded:
        yield Lesson("comparable", "levels_differ", {"criteria": worded})
    for name in FRAME:
        often = Counter(_framed(one, name) for one in found.results.values()).most_common()
        if len(often) > 1:
            values, times = tuple(value for value, _ in often), tuple(count for _, count in often)
            yield Lesson("comparable", f"differs_{name}", {"values": values, "times": times})


def _worded_otherwise(found: SideBySide, criterion: str) -> bool:
    """Whether a level of the criterion's scale is described in different words; capitals and spaces do not matter."""
    words: dict[float, set[str]] = defaultdict(set)
    for result in found.results.values():
        for level in result.study.levels:
            if level.criterion == criterion:
                words[level.value].add(" ".join(level.label_de.split()).casefold())
    return any(len(one) > 1 for one in words.values())


def _framed(result: Result, name: str) -> str:
    return str(getattr(result.provenance if name in ("as_of", "method") else result.study.study, name))
