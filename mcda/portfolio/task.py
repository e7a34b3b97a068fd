"""What is asked of a plan: money, pots, staff, what belongs together, how many of what."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator

from mcda.errors import InputError
from mcda.scenario import issue_of
from mcda.study.record import MOST_MONEY, Money

Euro = Annotated[Money, Field(ge=0, le=MOST_MONEY)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Points = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
CountedBy = Literal["all", "theme", "category", "municipality", "start_at_once"]
MOST_YEARS = 20
"""No municipality has a budget for longer."""


class Number(BaseModel):
    """How many measures of one kind: `least` and `most` of those of a theme, category or municipality (`name`), of
    those that start at once, or of all.

    `soft`: a minimum that may be missed; each measure missing then costs `penalty` points (a perfect measure is worth
    100), and the plan says what was missed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: CountedBy = "all"
    name: str = ""
    least: Count | None = None
    most: Count | None = None
    soft: bool = False
    penalty: float = Field(default=100.0, ge=0, le=1_000_000, allow_inf_nan=False)


class Synergy(BaseModel):
    """Two measures that are worth more together, or less where they do the same: `points` on top of their values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    a: str
    b: str
    points: Points


class PlanTask(BaseModel):
    """What a plan must keep to. Empty fields ask for nothing; amounts are own money in EUR unless said otherwise.

    `years`: so many calendar years from `first_year` on (default: the year after the as-of date) are planned, and own
    contributions paid in them count; without, the whole own contribution of every measure counts, as in the ranked
    list. `schedule`: starts are chosen too (they are the earliest possible otherwise); a year's delay costs `delay_pct`
    per cent of a measure's value. A measure that starts is also built within the planned years, unless it takes longer
    from its earliest start on.
    `budget_eur`: joint, over all years; `budget_by_year_eur`: joint, for every planned year, where with `carry_over`
    what is left goes into the next year. `municipality_budgets_eur`, `municipality_budgets_by_year_eur`: so for each.
    `later_own_eur_per_year`: the most that measures may cost in any year after the planned ones.
    `pots_eur`: the most a programme pays to all measures together (beside what the study states), of `yearly_pots` in
    every start year. `staff_fte`: people there are, in every year; without years for all measures together.
    `must`, `never`: decided already. `starts`: decided start years. `numbers`: how many of what.
    `not_doing`: by criterion, the level that is as good as not doing the measure (default: the worst level, which the
    plan says). `grants`: what counts of a grant that is to be checked: as ranked (the study's point), only what is
    sure, or all that is possible. `ignore`: keys of rules to leave out, such as 'budget', 'municipality.ECH',
    'requires.MV-02.DO-02'; a key's beginning names all below it.
    Raises InputError with every field that is unknown or has a value it cannot have.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    years: int | None = Field(default=None, ge=1, le=MOST_YEARS)
    first_year: int | None = Field(default=None, ge=1990, le=2100)
    schedule: bool = False
    delay_pct: float = Field(default=10.0, ge=0, le=100, allow_inf_nan=False)
    budget_eur: Euro | None = None
    budget_by_year_eur: Mapping[int, Euro] = Field(default_factory=dict)
    carry_over: bool = True
    municipality_budgets_eur: Mapping[str, Euro] = Field(default_factory=dict)
    municipality_budgets_by_year_eur: Mapping[str, Mapping[int, Euro]] = Field(default_factory=dict)
    later_own_eur_per_year: Euro | None = None
    pots_eur: Mapping[str, Euro] = Field(default_factory=dict)
    yearly_pots: tuple[str, ...] = ()
    staff_fte: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    starts: Mapping[str, int] = Field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    synergies: tuple[Synergy, ...] = ()
    not_doing: Mapping[str, float] = Field(default_factory=dict)
    grants: Literal["as_ranked", "sure", "possible"] = "as_ranked"
    ignore: tuple[str, ...] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _told(cls, content: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(content)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise InputError([issue_of(fault, "plan", _fields(fault["loc"])) for fault in faults]) from None

    def __hash__(self) -> int:
        return hash(json.dumps(self.canonical(), sort_keys=True))

    def canonical(self) -> dict[str, Any]:
        """The task as plain JSON values with sorted keys, only what it says, for provenance."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        return {
            name: dict(sorted(value.items())) if isinstance(value, dict) else value for name, value in plain.items()
        }


def _fields(place: tuple[int | str, ...]) -> tuple[str, ...]:
    """The fields there are at the place of a fault."""
    parts: Mapping[int | str, type[BaseModel]] = {"numbers": Number, "synergies": Synergy}
    return tuple(parts.get(place[0], PlanTask).model_fields) if len(place) > 1 else tuple(PlanTask.model_fields)


def ignored(key: str, ignore: Iterable[str]) -> bool:
    """Whether a rule's key is named, or begins with one that is."""
    return any(key == name or key.startswith(f"{name}.") for name in ignore)


def task_from(content: Mapping[str, Any], origin: str = "plan") -> PlanTask:
    """Build a task from plain values; every wrong field becomes an issue of one InputError."""
    try:
        return PlanTask.model_validate(content)
    except InputError as error:
        raise InputError([replace(i, where=replace(i.where, table=origin)) for i in error.issues]) from None
