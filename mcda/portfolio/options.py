"""What can be done with each measure: start in a year with some grants, each with its value and its money by year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from mcda.funding.choices import Choice, grant_choices
from mcda.funding.years import measure_years
from mcda.portfolio.task import PlanTask, ignored
from mcda.portfolio.values import plan_values
from mcda.result import Result
from mcda.study.model import Measure, Study

ZERO = Decimal(0)
MONTHS = 12
POINT: Mapping[str, Decimal | None] = {"as_ranked": None, "sure": ZERO, "possible": Decimal(1)}
"""Which point of an open grant counts; None is the study's own."""


@dataclass(frozen=True, slots=True)
class Option:
    """One measure started in `start` (None: no years are planned) with the grants of one choice.

    `factor`: what is left of the measure's value after `delay` years (1 without delay). Amounts in EUR to the cent:
    `own` is what counts against joint budgets, `shares` its parts by municipality; `own_by_year` and `shares_by_year`
    (municipality, year) hold the planned years, `later_by_year` those after them; `whole` is the own
    contribution over the measure's life. `months` of work by year, for the staff.
    """

    measure: str
    start: int | None
    delay: int
    factor: float
    choice: Choice
    own: Decimal
    shares: Mapping[str, Decimal]
    own_by_year: Mapping[int, Decimal]
    shares_by_year: Mapping[tuple[str, int], Decimal]
    later_by_year: Mapping[int, Decimal]
    whole: Decimal
    months: Mapping[int, int]

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes that are expected to pay, the largest grant first."""
        return tuple(sorted(self.choice.grants, key=lambda name: -self.choice.grants[name]))


@dataclass(frozen=True, slots=True)
class Unplannable:
    """A measure that no plan can hold. `code` with the prefix 'unplannable.' is a key of the message catalogue."""

    measure: str
    code: str


@dataclass(frozen=True, slots=True)
class Offered:
    """All that a plan chooses from: options by measure in catalogue order, and who is out. `years`: those planned.

    `values`: points (0..100) by measure; `mandatory`: what is done in any case.
    """

    options: tuple[Option, ...]
    out: tuple[Unplannable, ...]
    years: tuple[int, ...]
    values: Mapping[str, float]
    mandatory: tuple[str, ...]
    early: frozenset[str]


@lru_cache(maxsize=16)
def _money(
    study: Study, first: date, last: date, without: tuple[str, ...], grants: str
) -> Mapping[str, tuple[Choice, ...]]:
    return grant_choices(study, first, last, without=without, point=POINT[grants])


def offered(result: Result, task: PlanTask) -> Offered:
    """Everything a plan under `task` may choose from, on the measures, day and programmes of `result`.

    Left out, with the reason: excluded measures, costs nobody stated, and where a municipality has a budget of its
    own those of which nobody can tell who pays. Mandatory tasks are in. A programme pays for a start in a year if it
    takes applications in the year before (for the first planned year from the as-of date on).
    """
    study, years = result.study, planned_years(result, task)
    gated = gates_of(result)
    out = tuple(_unplannable(result, task, gated))
    away = {one.measure for one in out}
    if not years:
        day = date.fromisoformat(result.provenance.as_of)
        found = _money(study, day, day, _without(result), task.grants)
        options = [option for m in study.measures if m.id not in away for option in _timeless(m, found[m.id])]
    else:
        options = list(_timed(result, task, years, away))
    there = {option.measure for option in options} | away
    done = {one.measure for one in out if one.code == "done"}
    return Offered(
        options=tuple(options),
        out=(*out, *(Unplannable(m.id, "starts_later") for m in study.measures if m.id not in there)),
        years=years,
        values=plan_values(result, task.not_doing),
        mandatory=tuple(name for name, mandatory in gated.items() if mandatory and name not in done),
        early=frozenset(m.id for m in study.measures if starts_at_once(m, years)),
    )


def gates_of(result: Result) -> dict[str, bool]:
    """What stands outside the competition: True for duties, False for what is excluded. A duty that is knocked out or
    dropped is excluded; a low level excludes no duty."""
    duties = {g.measure for g in result.gated if g.mandatory}
    low = {g.measure for g in result.gated if g.code == "minimum_level"} - duties
    against = {g.measure for g in result.gated if g.code in ("knock_out", "closed")} | low
    return {g.measure: g.measure not in against for g in result.gated}


def planned_years(result: Result, task: PlanTask) -> tuple[int, ...]:
    """The calendar years planned, none where the task names none."""
    first = task.first_year or date.fromisoformat(result.provenance.as_of).year + 1
    return tuple(range(first, first + task.years)) if task.years else ()


def earliest_start(measure: Measure, years: tuple[int, ...]) -> int:
    """The first year a measure can start in: its own start year, not before the first planned one."""
    return max(measure.start_year or years[0], years[0])


def starts_at_once(measure: Measure, years: tuple[int, ...]) -> bool:
    """Whether nothing stands against an immediate start: a short time horizon (or none stated), no later start year,
    and no other measure it waits for."""
    late = bool(years) and measure.start_year is not None and measure.start_year > years[0]
    return measure.time_horizon in ("", "short") and not late and not measure.depends_on


def _without(result: Result) -> tuple[str, ...]:
    return tuple(sorted(set(result.scenario.without_programmes)))


def _unplannable(result: Result, task: PlanTask, gated: Mapping[str, bool]) -> Iterator[Unplannable]:
    apart = bool(task.municipality_budgets_eur or task.municipality_budgets_by_year_eur)
    for measure in result.study.measures:
        money = result.money[measure.id]
        if measure.status == "done":
            yield Unplannable(measure.id, "done")
        elif gated.get(measure.id) is False:
            yield Unplannable(measure.id, "excluded")
        elif not money.cost_known:
            yield Unplannable(measure.id, "cost_unknown")
        elif apart and money.share_issue:
            yield Unplannable(measure.id, "payer_unknown")
        elif any(not ignored(f"excludes.{a}.{b}", task.ignore) for a, b in _beside_done(result.study, measure)):
            yield Unplannable(measure.id, "excluded_by_done")


def _beside_done(study: Study, measure: Measure) -> Iterator[tuple[str, str]]:
    """The pairs with something done that cannot stand beside the measure."""
    for other in study.measures:
        if other.status == "done" and (other.id in measure.excludes or measure.id in other.excludes):
            a, b = sorted((measure.id, other.id))
            yield a, b


def _timeless(measure: Measure, choices: tuple[Choice, ...]) -> Iterator[Option]:
    for choice in choices:
        own = choice.money.own_contribution
        yield Option(measure.id, None, 0, 1.0, choice, own, choice.money.shares, {}, {}, {}, own, {})


def _timed(result: Result, task: PlanTask, years: tuple[int, ...], away: set[str]) -> Iterator[Option]:
    """The options of every measure in every year it may start in, in catalogue order."""
    study, as_of = result.study, date.fromisoformat(result.provenance.as_of)
    measures = [m for m in study.measures if m.id not in away]
    starts = {m.id: _starts(study, m, years, task.schedule) for m in measures}
    by_start: dict[int, Study] = {}
    found: dict[int, Mapping[str, tuple[Choice, ...]]] = {}
    for year in sorted({year for some in starts.values() for year in some}):
        by_start[year] = _started(study, year)
        first, last = _applied(as_of, year, years[0])
        found[year] = _money(by_start[year], first, last, _without(result), task.grants)
    for measure in measures:
        for year in starts[measure.id]:
            delay = year - starts[measure.id][0]
            factor = max(1.0 - task.delay_pct / 100.0 * delay, 0.0)
            for choice in found[year][measure.id]:
                yield _option(by_start[year], measure.id, choice, years, delay, factor)


def _starts(study: Study, measure: Measure, years: tuple[int, ...], schedule: bool) -> tuple[int, ...]:
    """The earliest year, and later ones in which it can still be built: all where starts are chosen, else those in
    which something begins that it needs."""
    first = earliest_start(measure, years)
    if first > years[-1]:
        return ()
    built = -(-(measure.duration_months or MONTHS) // MONTHS)
    later = (
        years if schedule else sorted({earliest_start(study.measure_by_id[m], years) for m in needs(study, measure)})
    )
    return (first, *(year for year in later if year > first and year + built - 1 <= years[-1]))


def needs(study: Study, measure: Measure) -> frozenset[str]:
    """Everything a measure needs that is not done yet, and what that needs in turn."""
    found: set[str] = set()
    ahead = list(measure.depends_on)
    while ahead:
        name = ahead.pop()
        if name not in found and study.measure_by_id[name].status != "done":
            found.add(name)
            ahead += study.measure_by_id[name].depends_on
    return frozenset(found)


@lru_cache(maxsize=16)
def _started(study: Study, year: int) -> Study:
    """The study as it is if every measure that may, starts in `year`."""
    moved = tuple(m if m.start_year == year else m.model_copy(update={"start_year": year}) for m in study.measures)
    return study.model_copy(update={"measures": moved})


def _applied(as_of: date, start: int, first_year: int) -> tuple[date, date]:
    """The days on which a grant for a start in `start` can be applied for."""
    first = as_of if start <= max(first_year, as_of.year + 1) else date(start - 1, 1, 1)
    return max(first, as_of), max(date(start - 1, 12, 31), as_of)


def _option(study: Study, name: str, choice: Choice, years: tuple[int, ...], delay: int, factor: float) -> Option:
    flow = measure_years(study, choice.money).years
    inside = [year for year in flow if years[0] <= year.year <= years[-1]]
    shares: dict[str, Decimal] = {}
    for year in inside:
        for who, amount in year.shares.items():
            shares[who] = shares.get(who, ZERO) + amount
    measure = study.measure_by_id[name]
    start = measure.start_year
    assert start is not None
    return Option(
        measure=name,
        start=start,
        delay=delay,
        factor=factor,
        choice=choice,
        own=sum((year.own_contribution for year in inside), ZERO),
        shares=shares,
        own_by_year={year.year: year.own_contribution for year in inside},
        shares_by_year={(who, year.year): amount for year in inside for who, amount in year.shares.items()},
        later_by_year={year.year: year.own_contribution for year in flow if year.year > years[-1]},
        whole=choice.money.own_contribution,
        months=_months(start, measure.duration_months or MONTHS),
    )


def _months(start: int, count: int) -> dict[int, int]:
    return {start + n: min(MONTHS, count - n * MONTHS) for n in range(-(-count // MONTHS))}
