"""The study: what the user brings, as frozen records. One class per table, one field per column.

Column names end in their unit (`_eur`, `_pct` holding 60, `_years`, `_months`, `_fte`).
Free texts come in the study's language; the twin field `*_en` holds an English version where there is one.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mcda.study.measure import SHEET_FIELDS, CostKey, Measure
from mcda.study.people import DirectWeight, Judgement, Stakeholder
from mcda.study.programme import Eligibility, Programme, ProgrammeCall, ProgrammeCap, ProgrammeRate, Verdict
from mcda.study.record import MOST_MONEY, Day, Money, Record, Shares, Texts

__all__ = [
    "Record",
    "Money",
    "Texts",
    "Shares",
    "MOST_MONEY",
    "StudyInfo",
    "Theme",
    "Criterion",
    "ScaleLevel",
    "Municipality",
    "Measure",
    "Rating",
    "Programme",
    "ProgrammeRate",
    "ProgrammeCap",
    "ProgrammeCall",
    "Eligibility",
    "Verdict",
    "Stakeholder",
    "Judgement",
    "DirectWeight",
    "Study",
    "TABLES",
    "CostKey",
    "Sense",
    "Quantity",
]

Sense = Literal["max", "min"]
Quantity = Literal[
    "life_cycle_cost_eur",
    "investment_eur",
    "running_cost_eur_per_year",
    "funding_share",
    "grant_eur",
    "own_contribution_eur",
    "staff_fte",
]


class StudyInfo(Record):
    """Table `study`: the frame every number leans on. Written as two columns, field and value."""

    title: str
    title_en: str = ""
    region: str = ""
    as_of: Day
    horizon_years: int = Field(default=10, ge=1, le=100)
    discount_rate_pct: float = Field(default=0.0, ge=0, le=30)
    currency: Literal["EUR"] = "EUR"
    cost_key: CostKey = "equal"
    method: str = "topsis"
    language: Literal["de", "en"] = "de"
    interval_point: float = Field(default=0.5, ge=0, le=1)
    tier_limits_pct: tuple[float, ...] = (25.0, 50.0, 75.0)
    cost_class_limits_eur: tuple[float, ...] = (100_000.0, 500_000.0, 2_000_000.0)
    notice: str = ""
    notice_en: str = ""
    contact: str = ""


class Theme(Record):
    """Table `themes`: fields of action, and the words grant programmes use for them."""

    id: str
    label_de: str
    label_en: str = ""
    funding_themes: Texts = ()


class Criterion(Record):
    """Table `criteria`: a node of the criteria tree. Nodes with children carry only a weight.

    A leaf is `given` (rated on a scale from worst to best, steps of `step`) or `computed` (`quantity` says
    what). `best` and `worst` are the declared bounds; values are mapped to 0..1 by `value_function`.
    `weight` is in points among siblings. A measure below `minimum` is excluded with that reason.
    """

    id: str
    parent: str = ""
    label_de: str
    label_en: str = ""
    description_de: str = ""
    description_en: str = ""
    sense: Sense = "max"
    unit: str = ""
    kind: Literal["given", "computed"] = "given"
    quantity: Quantity | None = None
    best: float | None = None
    worst: float | None = None
    step: float = Field(default=0.0, ge=0)
    value_function: Literal["linear", "logarithmic", "piecewise"] = "linear"
    value_points: tuple[tuple[float, float], ...] = ()
    weight: float = 1.0
    minimum: float | None = None


class ScaleLevel(Record):
    """Table `levels`: the wording of one level of a criterion's scale."""

    criterion: str
    value: float
    label_de: str
    label_en: str = ""


class Municipality(Record):
    """Table `municipalities`: members, their size and where they stand for grants."""

    id: str
    name: str
    kind: str = "gemeinde"
    district: str = ""
    ags: str = ""
    population: int | None = Field(default=None, gt=0)
    population_date: Day | None = None
    voting_weight: float = Field(default=1.0, ge=0)
    areas: Texts = ()
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    not_verified: str = ""


class Rating(Record):
    """Table `ratings`: one judgement. An empty rater is the agreed one; `low`/`high` bound an unsure one."""

    measure: str
    criterion: str
    rater: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    abstain: bool = False
    reason: str = ""
    reason_en: str = ""
    illustrative: bool = False


class Study(BaseModel):
    """A whole study. Equal studies have equal `input_hash`, whatever file they came from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    study: StudyInfo
    criteria: tuple[Criterion, ...]
    measures: tuple[Measure, ...]
    themes: tuple[Theme, ...] = ()
    levels: tuple[ScaleLevel, ...] = ()
    ratings: tuple[Rating, ...] = ()
    municipalities: tuple[Municipality, ...] = ()
    programmes: tuple[Programme, ...] = ()
    programme_rates: tuple[ProgrammeRate, ...] = ()
    programme_caps: tuple[ProgrammeCap, ...] = ()
    programme_calls: tuple[ProgrammeCall, ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    weights: tuple[DirectWeight, ...] = ()
    file_hash: str = Field(default="", exclude=True)

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of the canonical JSON of the study: rows sorted by key, decimals as text, no file facts.

        An empty field of the fact sheet counts as absent, as does a contact nobody named, so that studies from before
        these fields keep their hash.
        """
        tables = self.model_dump(mode="json")
        if not tables["study"]["contact"]:
            del tables["study"]["contact"]
        for row in tables["measures"]:
            for name in SHEET_FIELDS:
                if not row[name]:
                    del row[name]
        for name, rows in tables.items():
            if isinstance(rows, list):
                tables[name] = sorted(rows, key=_canonical)
        return hashlib.sha256(_canonical(tables).encode()).hexdigest()

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "Study":
        """A changed copy. Nothing computed from the old tables comes along: hash and look-ups are made anew."""
        copied = super().model_copy(update=update, deep=deep)
        for name in _COMPUTED:
            copied.__dict__.pop(name, None)
        return copied

    def __hash__(self) -> int:
        return hash(self.input_hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Study) and self.input_hash == other.input_hash

    @cached_property
    def criterion_by_id(self) -> Mapping[str, Criterion]:
        """Criteria by id."""
        return {c.id: c for c in self.criteria}

    @cached_property
    def measure_by_id(self) -> Mapping[str, Measure]:
        """Measures by id."""
        return {m.id: m for m in self.measures}

    @cached_property
    def municipality_by_id(self) -> Mapping[str, Municipality]:
        """Municipalities by id."""
        return {m.id: m for m in self.municipalities}

    @cached_property
    def programme_by_id(self) -> Mapping[str, Programme]:
        """Programmes by id."""
        return {p.id: p for p in self.programmes}

    @cached_property
    def ratings_by_cell(self) -> Mapping[tuple[str, str], tuple[Rating, ...]]:
        """What was said on each pair of measure and criterion, in table order."""
        found: dict[tuple[str, str], list[Rating]] = {}
        for rating in self.ratings:
            found.setdefault((rating.measure, rating.criterion), []).append(rating)
        return {cell: tuple(said) for cell, said in found.items()}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the children of each criterion, in table order; key '' holds the top criteria."""
        tree: dict[str, list[str]] = {}
        for c in self.criteria:
            tree.setdefault(c.parent, []).append(c.id)
        return {parent: tuple(ids) for parent, ids in tree.items()}

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Ids of the criteria without children, depth first: the columns of the decision matrix."""
        found: list[str] = []
        seen: set[str] = set()
        ahead = list(reversed(self.children.get("", ())))
        while ahead:
            node = ahead.pop()
            if node not in seen:  # an id given twice may lead in a circle; the rules tell it
                seen.add(node)
                below = self.children.get(node, ())
                found += [] if below else [node]
                ahead += reversed(below)
        return tuple(found)

    def top_of(self, criterion: str) -> str:
        """The top criterion above (or equal to) the given one."""
        node = self.criterion_by_id[criterion]
        while node.parent:
            node = self.criterion_by_id[node.parent]
        return node.id


_COMPUTED = tuple(name for name, entry in vars(Study).items() if isinstance(entry, cached_property))

TABLES: Mapping[str, type[Record]] = {
    "study": StudyInfo,
    "themes": Theme,
    "criteria": Criterion,
    "levels": ScaleLevel,
    "measures": Measure,
    "ratings": Rating,
    "municipalities": Municipality,
    "programmes": Programme,
    "programme_rates": ProgrammeRate,
    "programme_caps": ProgrammeCap,
    "programme_calls": ProgrammeCall,
    "eligibility": Eligibility,
    "stakeholders": Stakeholder,
    "judgements": Judgement,
    "weights": DirectWeight,
}


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
