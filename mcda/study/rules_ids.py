"""Rules on ids, rows and names: what is given twice, and what refers to nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from mcda.errors import Issue, Param, Where, nearest
from mcda.study.model import Criterion, Record, Stakeholder, Study, Theme

RowOf = Callable[[str, int], int]
"""(table, index) to the row the table's author sees."""

Key = tuple[object, ...]

UNIQUE: dict[str, tuple[str, ...]] = {
    "ratings": ("measure", "criterion", "rater"),
    "programme_rates": ("programme", "rate_kind", "year", "above_eur", "condition"),
    "programme_caps": ("programme", "basis", "condition"),
    "programme_calls": ("programme", "first_day"),
    "eligibility": ("measure", "programme"),
    "levels": ("criterion", "value"),
    "weights": ("stakeholder", "criterion"),
    "judgements": ("stakeholder", "parent", "a", "b"),
}
"""Columns that name a row of a table without ids: no two rows agree in all of them."""

EVERYBODY = "*"
"""No stakeholder's id: as a profile it means the whole group."""

SELDOM = 3
"""Who rates so many times less often than somebody of nearly the same name may be the same."""

NAMES = {"measures": "title", "municipalities": "name", "programmes": "name"}
"""Columns people know a record by: the same words twice are likely one record entered twice."""

LISTS = (
    *("municipalities", "units", "benefit_shares", "fixed_shares_pct", "share_caps_eur", "opt_outs"),
    *("depends_on", "excludes", "funding_candidates"),
)
"""Lists in a cell of a measure in which every id stands once."""

SEPARATED = re.compile(r"[,/+&]|\bund\b|\band\b")
"""What else than a semicolon people write between several ids in a cell."""

HINTS = 100
"""So many wrong ids of a column get a nearest choice: looking for it takes long in a large study."""


def duplicate_ids(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Ids are unique within their table and carry no dots or blanks at their ends."""
    for table in ("criteria", "measures", "municipalities", "programmes", "themes", "stakeholders"):
        seen: dict[str, int] = {}
        for index, record in enumerate(getattr(study, table)):
            where = Where(table, row_of(table, index), "id")
            if record.id in seen:
                yield Issue("id_twice", where=where, params={"value": record.id, "row": seen[record.id]})
            if not record.id or "." in record.id or (table == "stakeholders" and record.id == EVERYBODY):
                yield Issue("id_form", where=where, params={"value": record.id})
            seen.setdefault(record.id, row_of(table, index))


def duplicate_rows(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """One rating per measure, criterion and rater; one finding per measure and programme; and so on."""
    for table, fields in UNIQUE.items():
        seen: dict[Key, int] = {}
        for index, record in enumerate(getattr(study, table)):
            key = tuple(getattr(record, name) for name in fields)
            if key in seen:
                params: dict[str, Param] = {
                    "value": " / ".join(str(k) for k in key if k not in ("", None)),
                    "row": seen[key],
                }
                yield Issue("row_twice", where=Where(table, row_of(table, index), fields[0]), params=params)
            seen.setdefault(key, row_of(table, index))


def duplicate_names(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Two records with one title or name are told, one note per table; they stay two records."""
    for table, column in NAMES.items():
        ids: dict[str, list[str]] = {}
        for record in getattr(study, table):
            ids.setdefault(" ".join(getattr(record, column).casefold().split()), []).append(record.id)
        doubled = tuple(" = ".join(same) for same in ids.values() if len(same) > 1)
        if doubled:
            yield Issue("name_twice", "note", Where(table, column=column), {"table": table, "ids": doubled})


def listed_twice(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A list in a cell names nobody twice, and no share in it is below zero."""
    for index, measure in enumerate(study.measures):
        for column in LISTS:
            ids = _ids_in(measure, column)
            where = Where("measures", row_of("measures", index), column)
            for double in dict.fromkeys(i for n, i in enumerate(ids) if i in ids[:n]):
                yield Issue("listed_twice", where=where, params={"value": double})
            if column in {"units", "benefit_shares", "fixed_shares_pct", "share_caps_eur"}:
                for who, amount in getattr(measure, column):
                    if amount < 0:
                        yield Issue("share_below_zero", where=where, params={"value": f"{who}={amount}"})


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
        ("measures", "fixed_shares_pct", members),
        ("measures", "share_caps_eur", members),
        ("measures", "running_payer", members),
        ("measures", "opt_outs", members),
        ("programme_rates", "programme", programmes),
        ("programme_caps", "programme", programmes),
        ("programme_calls", "programme", programmes),
        ("measures", "depends_on", measures),
        ("measures", "excludes", measures),
        ("ratings", "measure", measures),
        ("ratings", "criterion", criteria),
        ("eligibility", "measure", measures),
        ("eligibility", "programme", programmes),
        ("stakeholders", "municipality", members),
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
    names = _names(study)
    for table, column, known in references:
        yield from _unknown(study, table, column, known, names, row_of)


def _names(study: Study) -> dict[str, str]:
    """The id behind each name, title or label: people know records by them."""
    found = {m.name: m.id for m in study.municipalities} | {p.name: p.id for p in study.programmes}
    found |= {m.title: m.id for m in study.measures}
    labelled: list[Criterion | Theme | Stakeholder] = [*study.criteria, *study.themes, *study.stakeholders]
    for record in labelled:
        found |= {label: record.id for label in (record.label_de, record.label_en) if label}
    return found


def _hint(value: str, known: Sequence[str], names: Mapping[str, str]) -> str:
    """The nearest id, or the id of the nearest name with that name; several ids with semicolons between them."""
    parts = [part.strip() for part in SEPARATED.split(value)]
    if len(parts) > 1 and all(part in known or names.get(part) in known for part in parts):
        return ";".join(part if part in known else names[part] for part in parts)
    found = nearest(value, (*known, *(name for name, i in names.items() if i in known)))
    return found if found in known or not found else f"{names[found]} ({found})"


def _unknown(
    study: Study, table: str, column: str, known: Sequence[str], names: Mapping[str, str], row_of: RowOf
) -> Iterator[Issue]:
    choices, allowed = frozenset(known), tuple(known)
    hints: dict[str, str] = {}
    for index, record in enumerate(getattr(study, table)):
        for value in _ids_in(record, column):
            if value not in choices:
                if value not in hints:
                    hints[value] = _hint(value, known, names) if len(hints) < HINTS else ""
                params: dict[str, Param] = {
                    "value": value,
                    "allowed": allowed,
                    "nearest": hints[value],
                }
                yield Issue("unknown_id", where=Where(table, row_of(table, index), column), params=params)


def _ids_in(record: Record, column: str) -> tuple[str, ...]:
    value = getattr(record, column)
    if isinstance(value, tuple):
        return tuple(part[0] if isinstance(part, tuple) else part for part in value)
    return (value,) if value else ()


def unknown_raters(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """A rater who is neither municipality nor stakeholder counts as a role of its own. Where everybody else who
    rates the criterion is a municipality, or the name is nearly that of one or of somebody who rates far more often,
    a slip of the pen is likelier."""
    members = study.municipality_by_id
    declared = {*members, *(s.id for s in study.stakeholders), ""}
    strangers: dict[str, set[str]] = {}
    asked: set[str] = set()
    for rating in study.ratings:
        if rating.rater in members:
            asked.add(rating.criterion)
        elif rating.rater not in declared:
            strangers.setdefault(rating.rater, set()).add(rating.criterion)
    words = (*members, *(m.name for m in members.values()))
    times = Counter(rating.rater for rating in study.ratings)
    unsure = tuple(
        who
        for who, criteria in strangers.items()
        if criteria & asked or nearest(who, words) or _slip_of_another(who, times)
    )
    if unsure:
        yield Issue("rater_unknown", "warning", Where("ratings", column="rater"), {"raters": unsure})


def _slip_of_another(who: str, times: Mapping[str, int]) -> bool:
    often = [other.casefold() for other, number in times.items() if other and number >= SELDOM * times[who]]
    return bool(get_close_matches(who.casefold(), often, n=1, cutoff=0.85))


def unknown_columns(study: Study, row_of: RowOf) -> Iterator[Issue]:
    """Columns the model does not know are kept and told once per table."""
    for table in Study.model_fields:
        content = getattr(study, table)
        rows = content if isinstance(content, tuple) else (content,) if isinstance(content, Record) else ()
        names = {n: None for r in rows for n, _ in r.extra_columns}
        if names:
            yield Issue("column_unknown", "note", Where(table), {"columns": tuple(names)})
