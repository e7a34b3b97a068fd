"""Rules on what people answered about the criteria: comparisons, points and places in an order."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from mcda.errors import Issue, Param, Where
from mcda.study.model import DirectWeight, Judgement, Study
from mcda.study.rules_ids import RowOf

AGREEING = 0.01
"""Two answers to one pair agree when their product is within 1 % of 1 (0.33 answers 3)."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")
"""A day, or a day and a time with its offset (ISO 8601)."""

BY_POINTS = frozenset({"direct", "swing", "tradeoff"})
TOP_OF_SWING = 100.0

Rows = list[tuple[int, Judgement]]


def judgement_pairs(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Judgements compare two different siblings below the parent they name."""
    for index, j in enumerate(study.judgements):
        siblings = study.children.get(j.parent, ())
        if (
            j.a == j.b
            or (j.a in study.criterion_by_id and j.a not in siblings)
            or (j.b in study.criterion_by_id and j.b not in siblings)
        ):
            where = Where("judgements", row_of("judgements", index), "b")
            yield Issue("not_siblings", where=where, params={"value": f"{j.a} / {j.b}", "parent": j.parent or "-"})


def judgements_agree(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Nobody answered one pair in two ways: 3 for a before b goes with 1/3 for b before a, not with 3."""
    for (who, _), rows in _answered(study).items():
        seen: dict[tuple[str, str], tuple[int, float]] = {}
        for index, j in rows:
            earlier = seen.get((j.b, j.a))
            if earlier and abs(earlier[1] * j.value - 1) > AGREEING:
                params: dict[str, Param] = {"a": j.a, "b": j.b, "first": 1 / earlier[1], "second": j.value}
                params |= {"stakeholder": who, "row": earlier[0]}
                where = Where("judgements", row_of("judgements", index), "value")
                yield Issue("judgement_contradiction_row", where=where, params=params)
            seen[j.a, j.b] = row_of("judgements", index), j.value


def judgements_connected(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Pairs may stay open, but the answers must connect all siblings; the parts nothing connects are named."""
    people = {person.id for person in study.stakeholders}
    for (who, parent), rows in _answered(study).items():
        siblings = study.children.get(parent, ()) if who in people else ()
        pairs = [(j.a, j.b) for _, j in rows if j.a in siblings and j.b in siblings]
        parts = _parts(siblings, pairs)
        sound = len(pairs) == len(rows) and all(a != b for a, b in pairs)
        if siblings and sound and len(parts) > 1:
            params: dict[str, Param] = {
                "stakeholder": who,
                "parts": tuple(" + ".join(part) for part in parts),
                "value": f"{parts[0][0]} / {parts[1][0]}",
            }
            where = Where("judgements", row_of("judgements", rows[0][0]), "a")
            yield Issue("judgements_disconnected_row", where=where, params=params)


def one_way_of_asking(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Each person was asked in one way about each sibling group."""
    first: dict[tuple[str, str], tuple[str, int, str]] = {}
    for table, who, parent, index, kind in _rows(study):
        row = row_of(table, index)
        asked = first.setdefault((who, parent), (kind, row, table))
        if asked[0] != kind:
            params: dict[str, Param] = {"value": kind, "expected": asked[0], "row": asked[1], "table": asked[2]}
            yield Issue("elicitation_mixed", where=Where(table, row, "elicitation"), params=params)


def points_or_rank(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A row of the table of weights holds points or a place in an order, as its way of asking needs."""
    for index, w in enumerate(study.weights):
        wanted, other = ("points", "rank") if w.elicitation in BY_POINTS else ("rank", "points")
        row = row_of("weights", index)
        if getattr(w, wanted) is None:
            yield Issue(f"{wanted}_missing_in_row", where=Where("weights", row, wanted), params={"value": w.criterion})
        if getattr(w, other) is not None:
            params: dict[str, Param] = {"value": getattr(w, other), "expected": wanted}
            yield Issue("points_and_rank", where=Where("weights", row, other), params=params)
        if w.elicitation == "swing" and w.points is not None and w.points > TOP_OF_SWING:
            limits: dict[str, Param] = {"value": w.points, "allowed": "0 ... 100"}
            yield Issue("out_of_range", where=Where("weights", row, "points"), params=limits)


def answers_about_all(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Swing and rank order ask about every sibling: none is left out."""
    kinds = {(w.stakeholder, study.criterion_by_id[w.criterion].parent): w.elicitation for w in _known(study)}
    given = {(w.stakeholder, w.criterion) for w in study.weights}
    for (who, parent), index in _first_rows(study).items():
        missing = tuple(c for c in study.children.get(parent, ()) if (who, c) not in given)
        if missing and kinds[who, parent] not in ("direct", "tradeoff"):
            where = Where("weights", row_of("weights", index), "criterion")
            yield Issue("answer_left_out", where=where, params={"value": missing, "stakeholder": who})


def moments(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Times of answers are written year first."""
    for table in ("judgements", "weights"):
        for index, row in enumerate(getattr(study, table)):
            if row.answered_at and not _is_moment(row.answered_at):
                params: dict[str, Param] = {"value": row.answered_at, "allowed": "2026-11-26T14:03+01:00"}
                yield Issue("not_a_moment", where=Where(table, row_of(table, index), "answered_at"), params=params)


def _is_moment(written: str) -> bool:
    """Whether it is a day, or a day and a time, that exists."""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return MOMENT.fullmatch(written) is not None


def direct_weights_usable(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Nobody's points are all zero among siblings; who named only some keeps the study's points for the rest."""
    given = {(w.stakeholder, w.criterion): w.points for w in study.weights if w.points is not None}
    for (who, parent), index in _first_rows(study).items():
        ids = study.children.get(parent, ())
        if ids and not any(given.get((who, i), study.criterion_by_id[i].weight) for i in ids):
            where = Where("weights", row_of("weights", index), "points")
            yield Issue("weights_all_zero", where=where, params={"value": f"{parent or '-'} ({who})"})


def _first_rows(study: Study) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for index, w in enumerate(study.weights):
        if w.criterion in study.criterion_by_id:
            found.setdefault((w.stakeholder, study.criterion_by_id[w.criterion].parent), index)
    return found


def _known(study: Study) -> list[DirectWeight]:
    return [w for w in study.weights if w.criterion in study.criterion_by_id]


def _rows(study: Study) -> Iterator[tuple[str, str, str, int, str]]:
    """Every answer as (table, stakeholder, parent, index, way of asking)."""
    for index, j in enumerate(study.judgements):
        yield "judgements", j.stakeholder, j.parent, index, j.elicitation
    for index, w in enumerate(study.weights):
        if w.criterion in study.criterion_by_id:
            yield "weights", w.stakeholder, study.criterion_by_id[w.criterion].parent, index, w.elicitation


def _answered(study: Study) -> dict[tuple[str, str], Rows]:
    """The comparisons of each person below each parent."""
    found: dict[tuple[str, str], Rows] = {}
    for index, j in enumerate(study.judgements):
        found.setdefault((j.stakeholder, j.parent), []).append((index, j))
    return found


def _parts(siblings: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The siblings in groups that pairs connect, each in the order of the siblings."""
    part = {name: n for n, name in enumerate(siblings)}
    for a, b in pairs:
        low, high = sorted((part[a], part[b]))
        part = {name: low if n == high else n for name, n in part.items()}
    return [[name for name in siblings if part[name] == n] for n in sorted(set(part.values()))]
