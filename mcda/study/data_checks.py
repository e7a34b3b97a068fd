"""What a planner should look at before trusting the data, told from the study alone: one finding per check.

The checks' numbers (V09, V12, V19) are those of the engine's list of validity checks.
"""

import re
from collections.abc import Iterator

from mcda.errors import Finding, Param, Where
from mcda.study.counted import counted_ratings
from mcda.study.model import Criterion, Rating, Study

LESS_IS_BETTER = re.compile(r"kosten|aufwand|risik|dauer|cost|effort|risk|duration")
TURNED = re.compile(
    r"dauerhaft|deckung|einspar|ersparn|senk|minder|reduz|vermeid|effizien|effektiv|nutzen|wirtschaftlich|gering|niedrig"
    r"|wenig|kurz|kein|saving|reduc|avoid|efficien|effective|benefit|\blow|\bfew|short|\blittle|\bno\b|recover|mitigat"
)
"""Names of what is better the less there is of it (V09), and words that turn such a name round."""

MOST_SIBLINGS = 9
MOST_LEAVES = 12
"""More elements in one comparison, or more weighted criteria, than people weigh with care (V12, product defaults;
Miller 1956 and Saaty & Ozdemir 2003 give seven plus or minus two for one comparison)."""

PART_OF_SCALE = 0.25
"""The step (V19) of a scale that declares none, as a share of its range: a product default, as of five levels."""

NAMED = 5
"""So many measures are named in a finding about ratings; the collection report lists all."""


def data_findings(study: Study) -> tuple[Finding, ...]:
    """All findings that need the study only."""
    return (
        *half_stated_costs(study),
        *direction_against_name(study),
        *too_many(study),
        *raters_differ(study),
        *one_rater(study),
    )


def half_stated_costs(study: Study) -> Iterator[Finding]:
    """Measures with one of investment and running cost stated and the other left empty, which counts as zero."""
    half = tuple(m.id for m in study.measures if (m.capex_eur is None) != (m.opex_eur_per_year is None))
    if half:
        yield Finding("cost_part_missing", "note", Where("measures", column="capex_eur"), {"measures": half})


def direction_against_name(study: Study) -> Iterator[Finding]:
    """Criteria named like a burden of which more counts as better (V09). A criterion whose name or best level
    speaks of little of it (low, saving, avoided) is meant so."""
    doubtful = tuple(c.id for leaf in study.leaves if _against_name(study, c := study.criterion_by_id[leaf]))
    if doubtful:
        yield Finding("direction_against_name", "warning", Where("criteria", column="sense"), {"criteria": doubtful})


def _against_name(study: Study, leaf: Criterion) -> bool:
    name = f"{leaf.label_de} {leaf.label_en}".casefold()
    if leaf.sense != "max" or not LESS_IS_BETTER.search(name):
        return False
    best = [f"{v.label_de} {v.label_en}" for v in study.levels if v.criterion == leaf.id and v.value == leaf.best]
    return not TURNED.search(" ".join((name, *best)).casefold())


def too_many(study: Study) -> Iterator[Finding]:
    """More criteria side by side, or more weighted leaves, than people can weigh with care (V12)."""
    parent, ids = max(study.children.items(), key=lambda group: len(group[1]))
    if len(ids) > MOST_SIBLINGS:
        params: dict[str, Param] = {"parent": parent, "count": len(ids), "limit": MOST_SIBLINGS}
        yield Finding("many_siblings", "note", Where("criteria", column="parent"), params)
    weighted = [leaf for leaf in study.leaves if _has_weight(study, leaf)]
    if len(weighted) > MOST_LEAVES:
        yield Finding("many_leaves", "note", Where("criteria"), {"count": len(weighted), "limit": MOST_LEAVES})


def _has_weight(study: Study, criterion: str) -> bool:
    node = study.criterion_by_id[criterion]
    while node.weight > 0 and node.parent:
        node = study.criterion_by_id[node.parent]
    return node.weight > 0


def raters_differ(study: Study) -> Iterator[Finding]:
    """Cells whose raters lie more than one step apart and have not agreed (V19), the widest ones named."""
    spans = {
        cell: max(values) - min(values)
        for cell, heard in _heard_by_cell(study).items()
        if len(values := [r.value for r in heard if r.value is not None]) > 1
    }
    wide = {cell: span for cell, span in spans.items() if span > _step(study.criterion_by_id[cell[1]]) * (1 + 1e-9)}
    if wide:
        widest = sorted(wide, key=lambda cell: -wide[cell] / _range(study.criterion_by_id[cell[1]]))
        params: dict[str, Param] = {
            "count": len(wide),
            "total": len(spans),
            "criteria": tuple(leaf for leaf in study.leaves if any(cell[1] == leaf for cell in wide)),
            "measures": tuple(dict.fromkeys(measure for measure, _ in widest))[:NAMED],
        }
        yield Finding("raters_differ", "note", Where("ratings"), params)


def one_rater(study: Study) -> Iterator[Finding]:
    """Criteria that one single party rated alone (V19); agreed ratings are not asked who agreed."""
    raters: dict[str, set[str]] = {}
    for rating in study.ratings:
        if rating.value is not None:
            raters.setdefault(rating.criterion, set()).add(rating.rater)
    alone = tuple(leaf for leaf in study.leaves if len(who := raters.get(leaf, set())) == 1 and "" not in who)
    if alone:
        yield Finding("one_rater", "note", Where("ratings", column="rater"), {"criteria": alone})


def _heard_by_cell(study: Study) -> dict[tuple[str, str], tuple[Rating, ...]]:
    """The ratings that count, by measure and leaf criterion."""
    cells: dict[tuple[str, str], list[Rating]] = {}
    for rating in study.ratings:
        cells.setdefault((rating.measure, rating.criterion), []).append(rating)
    return {
        cell: counted_ratings(study, study.measure_by_id[cell[0]], ratings)
        for cell, ratings in cells.items()
        if len(ratings) > 1
    }


def _step(leaf: Criterion) -> float:
    return leaf.step or PART_OF_SCALE * _range(leaf)


def _range(leaf: Criterion) -> float:
    assert leaf.best is not None  # held by the rules of the study
    assert leaf.worst is not None
    return abs(leaf.best - leaf.worst)
