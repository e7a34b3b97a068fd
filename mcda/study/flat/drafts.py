"""One row of a flat list to the values of one measure; every cell that cannot be read becomes an issue."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from pydantic import ValidationError

from mcda.errors import Issue, Param, Where, nearest
from mcda.study.cells import Cell, CellError, convert, shown_text
from mcda.study.columns import column_name
from mcda.study.flat import values
from mcda.study.flat.mapping import FIELDS, Assigned, FlatMapping, Meaning
from mcda.study.flat.rows import MeasureRow
from mcda.study.flat.spelling import fold
from mcda.study.flat.values import Amount, Level, is_unknown, says_nothing
from mcda.study.model import Measure

ALL = re.compile(
    r"alle[rn]?( \d+)?( (mitglieds?)?(kommunen|gemeinden|mitglieder|partner))?|all( \d+)?( municipalities)?|gesamt"
)
"""Folded words for every municipality of the list."""

BULLET = re.compile(r"^([-–•*·▪]+|\d{1,2}[.)])\s+")
"""What stands before a step."""

ZERO = Decimal(0)


@dataclass(slots=True)
class Draft:
    """A measure in the making. `grant` is an amount or a rate as `grant_kind` says; `members` are names,
    `everyone` all of the list. Without `amounts` nobody stated a cost, be it 0."""

    row: int
    heading: str
    fields: dict[str, Any] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    ratings: dict[str, Level] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    everyone: bool = False
    amounts: dict[Meaning, Amount] = field(default_factory=dict)
    grant: Decimal | None = None
    grant_kind: Literal["", "amount", "rate", "open"] = ""
    issues: list[Issue] = field(default_factory=list)


def read_drafts(table: str, rows: Sequence[MeasureRow], mapping: FlatMapping) -> list[Draft]:
    """All rows read column by column, so that merged cells can be carried down and columns tell their sign."""
    drafts = [Draft(row.number, row.heading) for row in rows]
    known = {column.header for column in mapping.columns}
    for column in mapping.columns:
        cells = [row.cells.get(column.header) for row in rows]
        sign = values.sign_of(cells, column)
        last: Cell = None
        for draft, own in zip(drafts, cells, strict=True):
            last = own if own is not None else last
            cell = last if column.fill_down else own
            try:
                _READERS.get(column.meaning, _field)(draft, cell, column, sign)
            except CellError as error:
                draft.issues.append(cell_issue(error, cell, Where(table, draft.row, column.header)))
    for draft, row in zip(drafts, rows, strict=True):
        draft.extra += [(h, str(c)) for h, c in row.cells.items() if h not in known]
        _settle_costs(draft, mapping, table)
        draft.issues += _out_of_range(draft, mapping, table)
    return drafts


def cell_issue(error: CellError, cell: Cell, where: Where) -> Issue:
    """A cell's fault at its place, with the nearest valid word."""
    near = nearest(str(cell), error.allowed.split(", ")) if error.code == "not_a_choice" else ""
    params: dict[str, Param] = {"value": str(cell), "allowed": error.allowed, "nearest": near}
    return Issue(error.code, where=where, params=params)


def _field(draft: Draft, cell: Cell, column: Assigned, sign: str) -> None:
    """A cell that goes straight into a field of the measure."""
    name = FIELDS[column.meaning]
    reader = _FIELD_READERS.get(column.meaning)
    if column.meaning == "title" and says_nothing(cell):
        raise CellError("cell_missing", "")
    if reader is None:
        if not says_nothing(cell):
            draft.fields[name] = convert(Measure, name, cell, sign)
    elif not (says_nothing(cell) or is_unknown(cell)):
        draft.fields[name] = reader(cell, column, sign)


def _id(draft: Draft, cell: Cell, column: Assigned, sign: str) -> None:
    """An id carries no dots: 1.2 becomes 1-2."""
    if cell is not None:
        draft.fields["id"] = convert(Measure, "id", cell).strip(".").replace(".", "-")


def _texts(draft: Draft, cell: Cell, column: Assigned, _: str) -> None:
    if not says_nothing(cell):
        draft.fields[FIELDS[column.meaning]] = names_in(convert(Measure, "title", cell))


def _money(draft: Draft, cell: Cell, column: Assigned, sign: str) -> None:
    if not (says_nothing(cell) or is_unknown(cell)):
        draft.amounts[column.meaning] = values.amount(cell, column, sign)


def _grant(draft: Draft, cell: Cell, column: Assigned, sign: str) -> None:
    """A grant in euros goes before a rate; a word for 'nobody knows' leaves it open."""
    if says_nothing(cell) or draft.grant_kind == "amount":
        return
    if is_unknown(cell):
        draft.grant_kind = draft.grant_kind or "open"
    elif column.meaning == "grant":
        draft.grant, draft.grant_kind = values.amount(cell, column, sign).euros, "amount"
    else:
        draft.grant, draft.grant_kind = values.rate(cell, column, sign), "rate"
        if not 0 <= draft.grant <= 100:
            raise CellError("out_of_range", "0 – 100 %")


def _rating(draft: Draft, cell: Cell, column: Assigned, sign: str) -> None:
    rating = values.level(cell, column, sign)
    if rating is None:
        return
    low, high = column.low, column.high
    given = [v for v in (rating.low, rating.value, rating.high) if v is not None]
    if low is not None and high is not None and any(not low <= v <= high for v in given):
        raise CellError("flat_off_scale", f"{low:g} – {high:g}")
    if given != sorted(given):
        raise CellError("interval_reversed", "")
    draft.ratings[column.header] = rating


def _municipalities(draft: Draft, cell: Cell, _: Assigned, __: str) -> None:
    if says_nothing(cell) or is_unknown(cell):
        return
    for name in names_in(convert(Measure, "title", cell)):
        if ALL.fullmatch(fold(name)):
            draft.everyone = True
        else:
            draft.members.append(name)


def _municipality(draft: Draft, cell: Cell, column: Assigned, _: str) -> None:
    if values.is_marked(cell):
        draft.members.append(column.name)


def _steps(draft: Draft, cell: Cell, _: Assigned, __: str) -> None:
    """Steps as people list them: one to a line or with semicolons, with bullets or numbers before them or not."""
    if not says_nothing(cell):
        steps = (re.sub(BULLET, "", step) for step in convert(Measure, "milestones", cell))
        draft.fields["milestones"] = tuple(step for step in steps if step)


def _remark(draft: Draft, cell: Cell, column: Assigned, _: str) -> None:
    """Kept as it stands; a column called remark is the measure's, as it is when the study is read again."""
    name = column_name("measures", column.header)
    if name == "remark" and name not in draft.fields and cell is not None:
        draft.fields[name] = shown_text(cell)
    elif cell is not None:
        draft.extra.append((column.header, str(cell)))


def _ignore(draft: Draft, cell: Cell, column: Assigned, _: str) -> None:
    """Left out on purpose."""


def names_in(written: str) -> tuple[str, ...]:
    """The names of a list as people write it: 'Eching, Garching und Ismaning', 'Eching/Garching'."""
    parts = re.split(r"[;,\n/+&]|\s+(?:und|and|sowie)\s+", written)
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip(" .•-–"))))


def _settle_costs(draft: Draft, mapping: FlatMapping, table: str) -> None:
    """Net or gross belongs to the measure: the cell's own word goes before the column's; both at once are refused."""
    columns = {c.meaning: c for c in mapping.of("capex", "opex")}
    said = next((c.price_basis for c in columns.values() if c.price_basis), "gross")
    bases = {a.basis or columns[m].price_basis or said for m, a in draft.amounts.items() if a.euros}
    if len(bases) > 1:
        header = columns[next(iter(draft.amounts))].header
        draft.issues.append(Issue("flat_basis_mixed", where=Where(table, draft.row, header)))
    for meaning, amount in draft.amounts.items():
        draft.fields[FIELDS[meaning]] = amount.euros
    if bases:
        draft.fields["price_basis"] = min(bases)
    if any(amount.rough for amount in draft.amounts.values()):
        draft.fields["cost_quality"] = "rough"


def _out_of_range(draft: Draft, mapping: FlatMapping, table: str) -> Iterator[Issue]:
    """What the model does not allow, at the planner's own column."""
    headers = {FIELDS[c.meaning]: c.header for c in mapping.columns if c.meaning in FIELDS}
    try:
        Measure.model_validate({"id": "x", "title": "x"} | draft.fields)
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
            limits = [f"{signs[k]} {v}" for k, v in fault.get("ctx", {}).items() if k in signs]
            params: dict[str, Param] = {"value": str(fault["input"]), "allowed": ", ".join(limits) or fault["msg"]}
            yield Issue("out_of_range", where=Where(table, draft.row, headers.get(name, name)), params=params)


_FIELD_READERS: Mapping[Meaning, Callable[[Cell, Assigned, str], Any]] = {
    "start": values.year,
    "duration": values.months,
    "staff": values.staff,
    "time_horizon": values.horizon,
    "mandatory": lambda cell, _, __: values.is_marked(cell),
}
_READERS: Mapping[Meaning, Callable[[Draft, Cell, Assigned, str], None]] = {
    "id": _id,
    "milestones": _steps,
    "partners": _texts,
    "capex": _money,
    "opex": _money,
    "grant": _grant,
    "funding_rate": _grant,
    "rating": _rating,
    "municipalities": _municipalities,
    "municipality": _municipality,
    "remark": _remark,
    "ignore": _ignore,
}
