"""A study as a scenario sees it: other costs, other cells, only some of the measures. Everything else stays."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from mcda.errors import InputError, Issue, Param, Where, nearest
from mcda.scenario import ALTERING, Scenario, issue_of
from mcda.study.model import TABLES, Measure, Record, Study

CENT = Decimal("0.01")
EVERY = "*"
_KEYS: Mapping[str, tuple[str, ...]] = {
    "ratings": ("measure", "criterion", "rater"),
    "eligibility": ("measure", "programme"),
    **{name: ("id",) for name, record in TABLES.items() if "id" in record.model_fields},
}
"""How a row is named in a cell's address; a rating without a rater is the agreed one."""


def altered(study: Study, scenario: Scenario) -> Study:
    """The study with the scenario's cells, cost factors and choice of measures; the same object where it has none.

    Cells first, then costs, then the choice. A factor on '*', one on a theme and one on a measure multiply; amounts
    are rounded to the cent, half up. Of a municipality's view remain the measures it takes part in, and of their
    ratings by municipalities its own, where it gave any.
    Raises InputError with every table, row, column, theme, measure or municipality the study does not hold, every
    value a cell cannot have, and where no measure is left.
    """
    if not any(getattr(scenario, name) for name in ALTERING):
        return study
    asked = {name: value for name, value in scenario.canonical().items() if name in ALTERING}
    return _altered(study, json.dumps(asked, sort_keys=True))


@lru_cache(maxsize=32)
def _altered(study: Study, asked: str) -> Study:
    """Kept for the last ones, so that what is prepared for a study is found again."""
    wish = Scenario.model_validate(json.loads(asked))
    issues = list(strangers(study, wish))
    tables: dict[str, list[Record]] = {}
    for address, value in wish.cells.items():
        issues += _set_cell(study, tables, address, value)
    if issues:
        raise InputError(issues)
    changed = study.model_copy(update={name: _table(name, rows) for name, rows in tables.items()}) if tables else study
    if wish.cost_factors:
        changed = changed.model_copy(
            update={"measures": tuple(_dearer(m, wish.cost_factors) for m in changed.measures)}
        )
    return _chosen(changed, wish)


def _table(name: str, rows: Sequence[Record]) -> object:
    return rows[0] if name == "study" else tuple(rows)


def strangers(study: Study, wish: Scenario) -> Iterator[Issue]:
    """The issues of themes, measures, municipalities and names of cost factors that the study does not hold."""
    themes, measures = tuple(t.id for t in study.themes), tuple(study.measure_by_id)
    asked = (
        ("themes", wish.themes, themes or tuple(sorted({m.theme for m in study.measures if m.theme}))),
        ("measures", wish.measures, measures),
        ("municipality", (wish.municipality,) if wish.municipality else (), tuple(study.municipality_by_id)),
        ("cost_factors", tuple(wish.cost_factors), (EVERY, *themes, *measures)),
    )
    for field, given, known in asked:
        yield from (_unknown(field, name, known) for name in given if name not in known)


def _unknown(field: str, value: str, known: Sequence[str]) -> Issue:
    params: Mapping[str, Param] = {"value": value, "allowed": tuple(known), "nearest": nearest(value, known)}
    return Issue("unknown_id", where=Where("scenario", column=field), params=params)


def cell_faults(study: Study, wish: Scenario) -> Iterator[Issue]:
    """The issues of cells the study does not hold, and of values that a cell can never have, whatever else its row
    says."""
    for address, value in wish.cells.items():
        yield from _set_cell(study, {}, address, value, alone=True)


def _set_cell(
    study: Study, tables: dict[str, list[Record]], address: str, value: object, *, alone: bool = False
) -> Iterator[Issue]:
    """Put one value into the copy of its table; what is wrong with it instead. `alone`: as far as the value itself is
    wrong, not what it makes of its row."""
    where = f"cells.{address}"
    table, _, rest = address.partition(".")
    record = TABLES.get(table)
    if record is None or table not in ("study", *_KEYS):
        yield _unknown(where, table, ("study", *_KEYS))
        return
    key, _, column = rest.rpartition(".")
    if column not in record.model_fields or column in ("extra_columns", *_KEYS.get(table, ())):
        yield _unknown(where, column, [c for c in record.model_fields if c not in ("extra_columns", "id")])
        return
    rows = tables.setdefault(table, [study.study] if table == "study" else list(getattr(study, table)))
    found = [at for at, row in enumerate(rows) if table == "study" or _named(row, _KEYS[table]) == key]
    if not found:
        yield _unknown(where, key, [_named(row, _KEYS[table]) for row in rows])
        return
    for at in found:
        try:
            rows[at] = record.model_validate({**rows[at].model_dump(), column: value})
        except ValidationError as error:
            faults = [one for one in error.errors(include_url=False) if not alone or column in one["loc"]]
            if not faults:
                return
            yield _refused(faults[0], where, value)
            return


def _refused(fault: Any, where: str, value: object) -> Issue:
    """Why a cell cannot have this value, in our own words where we have them."""
    issue = issue_of(fault, "scenario", ())
    if issue.code == "invalid_value":
        issue = Issue("cell_refused", params={"value": str(value), "why": fault["msg"]})
    return replace(issue, where=Where("scenario", column=where))


def _named(row: Record, keys: Sequence[str]) -> str:
    return ".".join(str(getattr(row, key)) for key in keys if getattr(row, key) != "")


def _dearer(measure: Measure, factors: Mapping[str, float]) -> Measure:
    factor = Decimal(1)
    for name in (EVERY, measure.theme, measure.id):
        factor *= Decimal(str(factors.get(name, 1)))
    if factor == 1:
        return measure
    amounts = {"capex_eur": measure.capex_eur, "opex_eur_per_year": measure.opex_eur_per_year}
    return measure.model_copy(
        update={
            name: (amount * factor).quantize(CENT, ROUND_HALF_UP)
            for name, amount in amounts.items()
            if amount is not None
        }
    )


def _chosen(study: Study, wish: Scenario) -> Study:
    """Only the measures asked for; what points at others loses the pointer."""
    if not (wish.measures or wish.themes or wish.municipality):
        return study
    kept = [
        m
        for m in study.measures
        if (not wish.measures or m.id in wish.measures)
        and (not wish.themes or m.theme in wish.themes)
        and (not wish.municipality or wish.municipality in m.municipalities)
    ]
    if not kept:
        raise InputError([Issue("no_measures_left", where=Where("scenario", column="measures"))])
    names = {m.id for m in kept}
    pruned = tuple(
        m.model_copy(
            update={
                "depends_on": tuple(n for n in m.depends_on if n in names),
                "excludes": tuple(n for n in m.excludes if n in names),
            }
        )
        for m in kept
    )
    ratings = tuple(r for r in study.ratings if r.measure in names)
    if wish.municipality:
        homes = {m.id for m in study.municipalities}
        own = {(r.measure, r.criterion) for r in ratings if r.rater == wish.municipality and r.value is not None}
        ratings = tuple(
            r
            for r in ratings
            if r.rater not in homes or r.rater == wish.municipality or (r.measure, r.criterion) not in own
        )
    said = tuple(e for e in study.eligibility if e.measure in names)
    return study.model_copy(update={"measures": pruned, "ratings": ratings, "eligibility": said})
