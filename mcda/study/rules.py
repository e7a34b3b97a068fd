"""What must hold across the tables of a study: one function per rule, each yields issues."""

import math
from collections.abc import Callable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from mcda.errors import Issue, Param, Where, nearest
from mcda.study.model import Criterion, Record, Study

RowOf = Callable[[str, int], int]


def check_study(study: Study, row_of: RowOf | None = None) -> tuple[Issue, ...]:
    """All issues of a study: errors that forbid using it, and notes. `row_of` maps (table, index) to the
    row its author sees; without it, records count from row 2 (below a header)."""
    rows = row_of or (lambda _table, index: index + 2)
    return tuple(issue for rule in RULES for issue in rule(study, rows))


def duplicate_ids(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Ids are unique within their table and carry no dots or blanks at their ends."""
    for table in ("criteria", "measures", "municipalities", "programmes", "themes", "stakeholders"):
        seen: dict[str, int] = {}
        for index, record in enumerate(getattr(study, table)):
            where = Where(table, row_of(table, index), "id")
            if record.id in seen:
                yield Issue("id_twice", where=where, params={"value": record.id, "row": seen[record.id]})
            if not record.id or "." in record.id:
                yield Issue("id_form", where=where, params={"value": record.id})
            seen.setdefault(record.id, row_of(table, index))


def duplicate_rows(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """One rating per measure, criterion and rater; one finding per measure and programme; and so on."""
    keys = {
        "ratings": ("measure", "criterion", "rater"),
        "eligibility": ("measure", "programme"),
        "levels": ("criterion", "value"),
        "weights": ("stakeholder", "criterion"),
    }
    for table, fields in keys.items():
        seen: dict[tuple[object, ...], int] = {}
        for index, record in enumerate(getattr(study, table)):
            key = tuple(getattr(record, name) for name in fields)
            if key in seen:
                params: dict[str, Param] = {"value": " / ".join(str(k) for k in key), "row": seen[key]}
                yield Issue("row_twice", where=Where(table, row_of(table, index), fields[0]), params=params)
            seen.setdefault(key, row_of(table, index))


def unknown_ids(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Every id that refers to another table exists there; the nearest one is offered."""
    criteria, measures = tuple(study.criterion_by_id), tuple(study.measure_by_id)
    members, programmes = tuple(study.municipality_by_id), tuple(study.programme_by_id)
    people, themes = tuple(s.id for s in study.stakeholders), tuple(t.id for t in study.themes)
    references: list[tuple[str, str, Sequence[str]]] = [
        ("criteria", "parent", criteria),
        ("levels", "criterion", criteria),
        ("measures", "municipalities", members),
        ("measures", "units", members),
        ("measures", "benefit_shares", members),
        ("measures", "payer", members),
        ("measures", "depends_on", measures),
        ("measures", "excludes", measures),
        ("ratings", "measure", measures),
        ("ratings", "criterion", criteria),
        ("eligibility", "measure", measures),
        ("eligibility", "programme", programmes),
        ("judgements", "stakeholder", people),
        ("judgements", "parent", criteria),
        ("judgements", "a", criteria),
        ("judgements", "b", criteria),
        ("weights", "stakeholder", people),
        ("weights", "criterion", criteria),
    ]
    if themes:
        references.append(("measures", "theme", themes))
    if programmes:
        references.append(("measures", "funding_candidates", programmes))
    for table, column, known in references:
        yield from _unknown(study, table, column, known, row_of)


def _unknown(study: Study, table: str, column: str, known: Sequence[str], row_of: RowOf) -> Iterator[Issue]:
    choices = frozenset(known)
    for index, record in enumerate(getattr(study, table)):
        for value in _ids_in(record, column):
            if value not in choices:
                params: dict[str, Param] = {
                    "value": value,
                    "allowed": tuple(known[:12]),
                    "nearest": nearest(value, known),
                }
                yield Issue("unknown_id", where=Where(table, row_of(table, index), column), params=params)


def _ids_in(record: Record, column: str) -> tuple[str, ...]:
    value = getattr(record, column)
    if isinstance(value, tuple):
        return tuple(part[0] if isinstance(part, tuple) else part for part in value)
    return (value,) if value else ()


def tree_cycles(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Neither the criteria tree nor the measures' dependencies run in a circle."""
    graphs = {
        ("criteria", "parent"): {c.id: ({c.parent} if c.parent else set()) for c in study.criteria},
        ("measures", "depends_on"): {m.id: set(m.depends_on) for m in study.measures},
    }
    for (table, column), graph in graphs.items():
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            ids = [r.id for r in getattr(study, table)]
            at = ids.index(error.args[1][0]) if error.args[1][0] in ids else 0
            where = Where(table, row_of(table, at), column)
            yield Issue("circle", where=where, params={"value": " → ".join(error.args[1])})


def leaf_declarations(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Every leaf has bounds that differ, in the direction of its sense, and a computed one says of what."""
    parents = {c.parent for c in study.criteria}
    for index, leaf in enumerate(study.criteria):
        if leaf.id not in parents:
            for column, code in _leaf_faults(leaf):
                params: dict[str, Param] = {"value": leaf.id, "best": str(leaf.best), "worst": str(leaf.worst)}
                yield Issue(code, where=Where("criteria", row_of("criteria", index), column), params=params)


def _leaf_faults(leaf: Criterion) -> Iterator[tuple[str, str]]:
    if leaf.kind == "computed" and leaf.quantity is None:
        yield "quantity", "quantity_missing"
    if leaf.best is None or leaf.worst is None or not (math.isfinite(leaf.best) and math.isfinite(leaf.worst)):
        yield "best", "bounds_missing"
        return
    if leaf.best == leaf.worst:
        yield "best", "bounds_equal"
    elif (leaf.best > leaf.worst) != (leaf.sense == "max"):
        yield "sense", "bounds_against_sense"
    if leaf.value_function == "logarithmic" and min(leaf.best, leaf.worst) <= 0:
        yield "best", "bounds_not_positive"
    if leaf.value_function == "piecewise" and len(leaf.value_points) < 2:
        yield "value_points", "points_missing"


def weights_usable(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """No weight is negative or not a number, and some weight among siblings is above zero."""
    for index, c in enumerate(study.criteria):
        if not (math.isfinite(c.weight) and c.weight >= 0):
            where = Where("criteria", row_of("criteria", index), "weight")
            yield Issue("weight_negative", where=where, params={"value": str(c.weight)})
    for parent, ids in study.children.items():
        if all(study.criterion_by_id[i].weight == 0 for i in ids):
            index = next(n for n, c in enumerate(study.criteria) if c.id == ids[0])
            where = Where("criteria", row_of("criteria", index), "weight")
            yield Issue("weights_all_zero", where=where, params={"value": parent or "-"})


def ratings_on_scale(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Ratings belong to given leaves, lie on the declared scale, and their interval holds their value."""
    for index, rating in enumerate(study.ratings):
        leaf = study.criterion_by_id.get(rating.criterion)
        if leaf is None or leaf.best is None or leaf.worst is None:
            continue
        where = Where("ratings", row_of("ratings", index), "value")
        if leaf.kind == "computed" or leaf.id in study.children:
            yield Issue("rating_not_asked", where=where, params={"value": leaf.id})
            continue
        low, high = sorted((leaf.best, leaf.worst))
        given = [v for v in (rating.low, rating.value, rating.high) if v is not None]
        if any(not low <= v <= high for v in given):
            worst = next(v for v in given if not low <= v <= high)
            params: dict[str, Param] = {"value": worst, "allowed": f"{low:g} – {high:g}", "criterion": leaf.id}
            yield Issue("rating_off_scale", where=where, params=params)
        elif given != sorted(given):
            yield Issue("interval_reversed", where=where, params={"value": " / ".join(f"{v:g}" for v in given)})


def programme_dates(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A programme does not end before it begins, and its minimum is not above its maximum."""
    for index, p in enumerate(study.programmes):
        row = row_of("programmes", index)
        if p.valid_from and p.valid_to and p.valid_to < p.valid_from:
            params: dict[str, Param] = {"value": p.valid_to.isoformat(), "other": p.valid_from.isoformat()}
            yield Issue("dates_reversed", where=Where("programmes", row, "valid_to"), params=params)
        for least, most in (("min_grant_eur", "max_grant_eur"), ("min_eligible_cost_eur", "max_eligible_cost_eur")):
            low, high = getattr(p, least), getattr(p, most)
            if low is not None and high is not None and high and low > high:
                limits: dict[str, Param] = {"value": str(low), "other": str(high)}
                yield Issue("minimum_above_maximum", where=Where("programmes", row, least), params=limits)


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


def unknown_columns(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Columns the model does not know are kept and told once per table."""
    for table in Study.model_fields:
        rows = getattr(study, table)
        names = {n: None for r in (rows if isinstance(rows, tuple) else ()) for n, _ in r.extra_columns}
        if names:
            yield Issue("column_unknown", "note", Where(table), {"columns": tuple(names)})


RULES: tuple[Callable[[Study, RowOf], Iterator[Issue]], ...] = (
    duplicate_ids,
    duplicate_rows,
    unknown_ids,
    tree_cycles,
    leaf_declarations,
    weights_usable,
    ratings_on_scale,
    programme_dates,
    judgement_pairs,
    unknown_columns,
)
