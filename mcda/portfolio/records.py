"""What a plan says, as records."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcda.errors import Finding
from mcda.portfolio.options import Unplannable
from mcda.portfolio.rules import Unit
from mcda.portfolio.solve import Status
from mcda.portfolio.task import PlanTask
from mcda.result import Provenance


@dataclass(frozen=True, slots=True)
class Planned:
    """One measure of a plan. `own` is what counts against the joint budgets, `whole` the own contribution over its
    life, `later` the most it costs in a year after the planned ones; `grants` by programme add up to `grant`. `value`
    in points as it counts (a delay taken off). `shares` by municipality, `shares_by_year` by (municipality, year).
    `fixed`: decided beforehand or mandatory."""

    measure: str
    start: int | None
    delay: int
    programmes: tuple[str, ...]
    grants: Mapping[str, Decimal]
    cost: Decimal
    grant: Decimal
    own: Decimal
    whole: Decimal
    later: Decimal
    value: float
    shares: Mapping[str, Decimal]
    own_by_year: Mapping[int, Decimal]
    shares_by_year: Mapping[tuple[str, int], Decimal]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Use:
    """How far a limit is used: EUR, measures or full-time people. `binding`: it alone keeps
    out some measure of value, so that more of it could change the plan."""

    key: str
    unit: Unit
    used: float
    limit: float
    binding: bool

    @property
    def left(self) -> float:
        """What is left of the limit."""
        return self.limit - self.used


@dataclass(frozen=True, slots=True)
class Missed:
    """A soft minimum that the plan does not reach, and what that was taken to cost in points."""

    key: str
    wanted: int
    reached: int
    points: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, together. `chosen` by start and catalogue order; `left_out` could have been planned, `out` could not.

    `value` in points; `bound`: no plan is worth more, missed minimums taken off; `gap` the share of its value that may
    be missing (0 where it is proven best). `own` counts against joint budgets, `whole` over the measures' lives;
    `later` is the most expensive year after the planned ones. `status` 'infeasible': no plan keeps all rules;
    'no_answer': none was found in time.
    """

    status: Status
    task: PlanTask
    years: tuple[int, ...]
    chosen: tuple[Planned, ...]
    left_out: tuple[str, ...]
    out: tuple[Unplannable, ...]
    value: float
    bound: float
    gap: float
    cost: Decimal
    grant: Decimal
    own: Decimal
    whole: Decimal
    later: Decimal
    uses: tuple[Use, ...]
    missed: tuple[Missed, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance

    @property
    def measures(self) -> tuple[str, ...]:
        """The ids of what is to be done, in the plan's order."""
        return tuple(one.measure for one in self.chosen)

    @property
    def solved(self) -> bool:
        """Whether there is a plan."""
        return self.status in ("optimal", "feasible")
