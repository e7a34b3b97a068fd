"""Rules on the criteria tree: its bounds and weights, the ratings on its scales, the comparisons within it."""

import math
from collections.abc import Iterator
from functools import partial
from graphlib import CycleError, TopologicalSorter

from mcda.errors import Issue, Param, Where
from mcda.study.model import Criterion, Rating, Study
from mcda.study.rules_ids import RowOf


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
                value = f"{getattr(leaf, column):g}" if code == "bounds_not_a_share" else leaf.id
                params: dict[str, Param] = {"value": value, "best": str(leaf.best), "worst": str(leaf.worst)}
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
    elif leaf.quantity == "funding_share" and not 0 <= min(leaf.best, leaf.worst) <= max(leaf.best, leaf.worst) <= 1:
        yield "best" if not 0 <= leaf.best <= 1 else "worst", "bounds_not_a_share"
    elif leaf.step > abs(leaf.best - leaf.worst):
        yield "step", "step_above_scale"
    if leaf.value_function == "logarithmic" and min(leaf.best, leaf.worst) <= 0:
        yield "best", "bounds_not_positive"
    if leaf.value_function == "piecewise" and len(leaf.value_points) < 2:
        yield "value_points", "points_missing"


def levels_on_scale(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A worded level and a minimum level lie on the scale they belong to; only a leaf has them."""
    for index, level in enumerate(study.levels):
        leaf = study.criterion_by_id.get(level.criterion)
        if leaf is not None and (allowed := _off_scale(leaf, level.value)):
            params: dict[str, Param] = {"value": level.value, "criterion": leaf.id, "allowed": allowed}
            yield Issue("rating_off_scale", where=Where("levels", row_of("levels", index), "value"), params=params)
    for index, c in enumerate(study.criteria):
        where = Where("criteria", row_of("criteria", index), "minimum")
        if c.minimum is not None and c.id in study.children:
            yield Issue("minimum_above_leaves", where=where, params={"value": c.id})
        elif c.minimum is not None and c.kind == "given" and (allowed := _off_scale(c, c.minimum)):
            limits: dict[str, Param] = {"value": c.minimum, "criterion": c.id, "allowed": allowed}
            yield Issue("rating_off_scale", where=where, params=limits)


def _off_scale(leaf: Criterion, number: float) -> str:
    """The scale in words if the number lies outside it, else ''."""
    if leaf.best is None or leaf.worst is None:
        return ""
    low, high = sorted((leaf.best, leaf.worst))
    return "" if low <= number <= high else f"{low:g} – {high:g}"


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
        if leaf is None:
            continue
        at = partial(Where, "ratings", row_of("ratings", index))
        if leaf.kind == "computed" or leaf.id in study.children:
            yield Issue("rating_not_asked", where=at("value"), params={"value": leaf.id})
        if leaf.kind == "computed" or leaf.best is None or leaf.worst is None or leaf.best == leaf.worst:
            continue
        low, high = sorted((leaf.best, leaf.worst))
        given = [v for v in (rating.low, rating.value, rating.high) if v is not None]
        if any(not low <= v <= high for v in given):
            worst = next(v for v in given if not low <= v <= high)
            params: dict[str, Param] = {"value": worst, "allowed": f"{low:g} – {high:g}", "criterion": leaf.id}
            yield Issue("rating_off_scale", where=at("value"), params=params)
        elif given != sorted(given):
            yield Issue("interval_reversed", where=at("value"), params={"value": " / ".join(f"{v:g}" for v in given)})
        if code := _contradicts_itself(rating):
            yield Issue(code, where=at("abstain" if rating.abstain else "value"))


def _contradicts_itself(rating: Rating) -> str:
    if rating.abstain and rating.value is not None:
        return "abstain_and_value"
    bounds = rating.low is not None or rating.high is not None
    return "interval_without_value" if bounds and rating.value is None else ""


def criteria_rated(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A given criterion nobody has rated leaves its whole scale open for every measure: one warning names all."""
    rated = {r.criterion for r in study.ratings if r.value is not None and not r.abstain}
    bare = tuple(i for i in study.leaves if study.criterion_by_id[i].kind == "given" and i not in rated)
    if bare:
        yield Issue("criterion_unrated", "warning", Where("criteria"), {"criteria": bare})
