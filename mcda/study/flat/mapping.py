"""What each column of a flat list means, as the planner confirmed it: kept as JSON, used again next month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mcda.study.flat.spelling import bare

Meaning = Literal[
    "id",
    "title",
    "theme",
    "category",
    "description",
    "situation",
    "goal",
    "target_group",
    "milestones",
    "indicator",
    "synergies",
    "risks",
    "legal_basis",
    "lead",
    "partners",
    "municipalities",
    "municipality",
    "capex",
    "opex",
    "start",
    "duration",
    "time_horizon",
    "staff",
    "rating",
    "grant",
    "funding_rate",
    "mandatory",
    "status",
    "decided_rank",
    "remark",
    "ignore",
]
Group = Literal["", "relevance", "feasibility", "cost", "funding"]

FIELDS: Mapping[Meaning, str] = {
    "id": "id",
    "title": "title",
    "theme": "theme",
    "category": "category",
    "description": "description",
    "situation": "situation",
    "goal": "goal",
    "target_group": "target_group",
    "milestones": "milestones",
    "indicator": "indicator",
    "synergies": "synergies",
    "risks": "risks",
    "legal_basis": "legal_basis",
    "lead": "lead",
    "partners": "partners",
    "municipalities": "municipalities",
    "capex": "capex_eur",
    "opex": "opex_eur_per_year",
    "start": "start_year",
    "duration": "duration_months",
    "time_horizon": "time_horizon",
    "staff": "staff_fte",
    "mandatory": "mandatory",
    "status": "status",
    "decided_rank": "decided_rank",
}
"""The measure's field behind a meaning."""

MANY: frozenset[Meaning] = frozenset({"rating", "municipality", "remark", "ignore"})
"""Meanings several columns may share; every other belongs to one column."""

SIMILAR = 0.85
"""How alike two headers are (difflib ratio) for last month's answer to be offered for a reworded one."""


class Assigned(BaseModel):
    """A column's meaning and what must be known to read it. None marks a question nobody has answered.

    `label`, `parent`, `weight`: the criterion a rating (or cost, or grant) column becomes. `low`, `high`: its scale;
    `better`: whether more or less of it is better; `words`: what words and signs stand for (None: open).
    `factor`: 1000 for thousand euros, 12 for years, 100 for fractions of a rate. `decimal`: the decimal sign of
    its numbers written as text. `awarded`: grants are promised, not hoped for. `fill_down`: an empty cell repeats
    the one above (merged cells).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: str
    meaning: Meaning
    label: str = ""
    parent: Group = ""
    weight: float | None = Field(default=None, ge=0)
    low: float | None = None
    high: float | None = None
    better: Literal["more", "less"] | None = None
    words: tuple[tuple[str, float | None], ...] = ()
    price_basis: Literal["net", "gross"] | None = None
    factor: int | None = Field(default=1, ge=1)
    decimal: Literal["", ",", "."] = ""
    awarded: bool = False
    fill_down: bool = False

    @property
    def name(self) -> str:
        """How the planner calls it."""
        return self.label or self.header


class FlatMapping(BaseModel):
    """The whole list: its columns, and how rows with nothing but a title are read (None: not answered).

    `headerless`: the list starts without a header row. `use_weights`: a row of weights in the list counts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: tuple[Assigned, ...]
    title_only: Literal["heading", "measure"] | None = None
    headerless: bool = False
    use_weights: bool = True

    def of(self, *meanings: Meaning) -> tuple[Assigned, ...]:
        """The columns with one of these meanings, in order."""
        return tuple(column for column in self.columns if column.meaning in meanings)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An earlier mapping seen on another file: `mapping` for the columns it knows, under their new headers;
    `similar` pairs an old header with the reworded one that took its place; `new` and `gone` have no partner."""

    mapping: FlatMapping
    similar: tuple[tuple[str, str], ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def remembered(mapping: FlatMapping, headers: Sequence[str]) -> Remembered:
    """Apply a stored mapping to a file's headers, whatever their order, case and signs.

    A header that nearly matches takes over the old answer and is listed in `similar`, to be looked at.
    """
    free = {bare(h) or h: h for h in reversed(headers)}
    found: dict[str, str] = {}
    for column in mapping.columns:
        key = bare(column.header) or column.header
        if key in free:
            found[column.header] = free.pop(key)
    similar: list[tuple[str, str]] = []
    for column in mapping.columns:
        near = get_close_matches(bare(column.header), free, n=1, cutoff=SIMILAR)
        if column.header not in found and near:
            found[column.header] = free.pop(near[0])
            similar.append((column.header, found[column.header]))
    kept = tuple(c.model_copy(update={"header": found[c.header]}) for c in mapping.columns if c.header in found)
    gone = tuple(c.header for c in mapping.columns if c.header not in found)
    new = tuple(h for h in headers if h not in found.values())
    return Remembered(mapping.model_copy(update={"columns": kept}), tuple(similar), new, gone)
