"""A plan held against the tables again: money from the grant rules, sums to the cent, every rule on its own.

Nothing here looks at the rows the solver saw; a plan that passes keeps its promises whatever the solver did.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mcda.funding.choices import Choice, grant_choices
from mcda.funding.years import MeasureYears, measure_years
from mcda.portfolio.options import POINT
from mcda.portfolio.task import Number, PlanTask
from mcda.portfolio.values import plan_values
from mcda.result import Result
from mcda.study.model import Measure, Study

ZERO = Decimal(0)
FACTS = ("once.", "grants.", "excluded.", "impossible.")
"""Beginnings of keys that are no rules of a task: nothing can leave them out."""

Chosen = tuple[str, int | None, Mapping[str, Decimal]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a plan decides: measure, start year (None: no years are planned) and what each programme pays."""

    chosen: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What the tables say of a plan, recomputed. `broken`: keys of the rules it does not keep, empty for a good plan;
    'grants.ID': such grants are not to be had, 'impossible.ID': the measure cannot be planned, or not from then on.

    `value` in points, without penalties; `missed`: soft minimums, by key how many are missing. Amounts in EUR.
    """

    broken: tuple[str, ...]
    value: float
    missed: Mapping[str, int]
    own: Decimal
    whole: Decimal
    grants: Mapping[str, Decimal]
    shares: Mapping[str, Decimal]
    own_by_year: Mapping[int, Decimal]
    later_by_year: Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class _Done:
    """One chosen measure with its money looked up again."""

    measure: Measure
    start: int | None
    choice: Choice
    flow: MeasureYears | None

    def own(self, years: tuple[int, ...]) -> dict[int, Decimal]:
        """Own contribution by planned year."""
        return {y.year: y.own_contribution for y in self._years(years)}

    def share(self, who: str, years: tuple[int, ...]) -> dict[int, Decimal]:
        """One municipality's part by planned year."""
        return {y.year: y.shares.get(who, ZERO) for y in self._years(years)}

    def _years(self, years: tuple[int, ...]):  # type: ignore[no-untyped-def]
        return [y for y in (self.flow.years if self.flow else ()) if y.year in years]


def verify(result: Result, task: PlanTask, choices: Choices) -> Verified:
    """Recompute a plan from the study's tables and check every rule of the task that is not ignored."""
    study = result.study
    first = task.first_year or date.fromisoformat(result.provenance.as_of).year + 1
    years = tuple(range(first, first + task.years)) if task.years else ()
    done, broken = _looked_up(result, task, choices, years)
    ids = [one.measure.id for one in done]
    broken += [f"once.{name}" for name in dict.fromkeys(ids) if ids.count(name) > 1]
    own = _total(one.own(years) for one in done)
    later = _total(
        {y.year: y.own_contribution for y in one.flow.years if y.year > years[-1]} for one in done if one.flow
    )
    joint = sum(own.values(), ZERO) if years else sum((one.choice.money.own_contribution for one in done), ZERO)
    shares = {
        who.id: sum(
            (sum(one.share(who.id, years).values(), ZERO) if years else one.choice.money.shares.get(who.id, ZERO))
            for one in done
        )
        or ZERO
        for who in study.municipalities
    }
    grants = _total(one.choice.grants for one in done)
    value, missed = _value(result, task, done, years), _missed(study, task, done, years)
    broken += [
        *_money(task, done, years, joint, own, later, shares),
        *_pots(study, task, done, grants),
        *_staff(task, done, years),
        *_decided(result, task, done),
        *_structure(study, task, done),
        *_numbers(study, task, done, years),
    ]
    kept = tuple(key for key in broken if key.startswith(FACTS) or not _ignored(key, task.ignore))
    whole = sum((one.choice.money.own_contribution for one in done), ZERO)
    return Verified(kept, value, missed, joint, whole, grants, shares, own, later)


def _ignored(key: str, ignore: Iterable[str]) -> bool:
    return any(f"{key}.".startswith(f"{name}.") for name in ignore)


def _looked_up(
    result: Result, task: PlanTask, choices: Choices, years: tuple[int, ...]
) -> tuple[list[_Done], list[str]]:
    """Every chosen measure with the money of its grants; what the rules do not allow is named."""
    study, as_of = result.study, date.fromisoformat(result.provenance.as_of)
    without = tuple(sorted(set(result.scenario.without_programmes)))
    apart = bool(task.municipality_budgets_eur or task.municipality_budgets_by_year_eur)
    found: list[_Done] = []
    broken: list[str] = []
    books: dict[int | None, tuple[Study, Mapping[str, tuple[Choice, ...]]]] = {}
    for name, start, grants in choices.chosen:
        if name not in study.measure_by_id or not _may_start(study, study.measure_by_id[name], task, start, years):
            broken.append(f"impossible.{name}")
            continue
        if start not in books:
            books[start] = _book(study, as_of, start, years, without, task)
        moved, offered = books[start]
        choice = next((c for c in offered[name] if dict(c.grants) == dict(grants)), None)
        if choice is None:
            broken.append(f"grants.{name}")
            continue
        if not choice.money.cost_known or (apart and choice.money.share_issue):
            broken.append(f"impossible.{name}")
            continue
        flow = measure_years(moved, choice.money) if start is not None else None
        found.append(_Done(study.measure_by_id[name], start, choice, flow))
    return found, broken


def _may_start(study: Study, measure: Measure, task: PlanTask, start: int | None, years: tuple[int, ...]) -> bool:
    """Whether a measure can start then: where years are planned, in its first possible one; later, as long as it is
    built within them, where starts are chosen or something begins then that it waits for."""
    if start is None or not years:
        return start is None and not years
    first = max(measure.start_year or 0, years[0])
    if start == first:
        return start <= years[-1]
    built = start + ((measure.duration_months or 12) - 1) // 12
    waits = any(start == max(study.measure_by_id[m].start_year or 0, years[0]) for m in _awaited(study, measure.id))
    return (task.schedule or waits) and start > first and built <= years[-1]


def _awaited(study: Study, name: str) -> set[str]:
    """What a measure waits for, directly or through others; what is done keeps nobody waiting."""
    direct = {m for m in study.measure_by_id[name].depends_on if study.measure_by_id[m].status != "done"}
    return direct.union(*(_awaited(study, other) for other in direct)) if direct else direct


def _book(
    study: Study, as_of: date, start: int | None, years: tuple[int, ...], without: tuple[str, ...], task: PlanTask
) -> tuple[Study, Mapping[str, tuple[Choice, ...]]]:
    """The study with everything starting in one year, and what grants can be had for that."""
    if start is None:
        return study, grant_choices(study, as_of, without=without, point=POINT[task.grants])
    moved = study.model_copy(
        update={"measures": tuple(m.model_copy(update={"start_year": start}) for m in study.measures)}
    )
    soonest = start <= max(years[0], as_of.year + 1)
    first = as_of if soonest else max(as_of, date(start - 1, 1, 1))
    last = max(as_of, date(start - 1, 12, 31))
    return moved, grant_choices(moved, first, last, without=without, point=POINT[task.grants])


def _total(parts: Iterable[Mapping]) -> dict:  # type: ignore[type-arg]
    found: dict = {}  # type: ignore[type-arg]
    for part in parts:
        for key, amount in part.items():
            found[key] = found.get(key, ZERO) + amount
    return found


def _money(
    task: PlanTask,
    done: list[_Done],
    years: tuple[int, ...],
    joint: Decimal,
    own: Mapping[int, Decimal],
    later: Mapping[int, Decimal],
    shares: Mapping[str, Decimal],
) -> Iterator[str]:
    if task.budget_eur is not None and joint > task.budget_eur:
        yield "budget"
    yield from _over(task, "budget", task.budget_by_year_eur, own, years)
    for who, limit in task.municipality_budgets_eur.items():
        if shares.get(who, ZERO) > limit:
            yield f"municipality.{who}"
    for who, limits in task.municipality_budgets_by_year_eur.items():
        yield from _over(task, f"municipality.{who}", limits, _total(one.share(who, years) for one in done), years)
    if task.later_own_eur_per_year is not None:
        yield from (f"later.{year}" for year, amount in later.items() if amount > task.later_own_eur_per_year)


def _over(
    task: PlanTask, key: str, limits: Mapping[int, Decimal], paid: Mapping[int, Decimal], years: tuple[int, ...]
) -> Iterator[str]:
    allowed = spent = ZERO
    for year in years:
        carried, before = (allowed, spent) if task.carry_over else (ZERO, ZERO)
        allowed, spent = carried + limits.get(year, ZERO), before + paid.get(year, ZERO)
        if year in limits and spent > allowed:
            yield f"{key}.{year}"


def _pots(study: Study, task: PlanTask, done: list[_Done], grants: Mapping[str, Decimal]) -> Iterator[str]:
    for programme in study.programmes:
        pot = task.pots_eur.get(programme.id, programme.pot_eur)
        if pot is None:
            continue
        if programme.id in task.yearly_pots and task.years:
            by_start: dict[int | None, Decimal] = {}
            for one in done:
                by_start[one.start] = by_start.get(one.start, ZERO) + one.choice.grants.get(programme.id, ZERO)
            yield from (f"pot.{programme.id}.{start}" for start, paid in by_start.items() if paid > pot)
        elif grants.get(programme.id, ZERO) > pot:
            yield f"pot.{programme.id}"


def _staff(task: PlanTask, done: list[_Done], years: tuple[int, ...]) -> Iterator[str]:
    """People at work, in exact fractions: a year's need is the measure's people for its months of work in it."""
    if task.staff_fte is None:
        return
    there, need = Fraction(str(task.staff_fte)), Fraction(0)
    by_year = dict.fromkeys(years, Fraction(0))
    for one in done:
        people = Fraction(str(one.measure.staff_fte or 0))
        if one.start is None:
            need += people
            continue
        for month in range(one.measure.duration_months or 12):
            year = one.start + month // 12
            if year in by_year:
                by_year[year] += people / 12
    slack = Fraction(1, 10**6)
    if not years or not task.schedule:
        need = sum(by_year.values(), Fraction(0)) / len(years) if years else need
        if need > there + slack:
            yield "staff"
    else:
        yield from (f"staff.{year}" for year, people in by_year.items() if people > there + slack)


def _decided(result: Result, task: PlanTask, done: list[_Done]) -> Iterator[str]:
    inside = {one.measure.id: one for one in done}
    owed = {g.measure for g in result.gated if g.mandatory}
    away = {g.measure for g in result.gated if g.code in ("knock_out", "closed")}
    away |= {g.measure for g in result.gated if g.code == "minimum_level"} - owed  # a duty may rate low
    duties = [g.measure for g in result.gated if g.mandatory and g.measure not in away]
    yield from (f"mandatory.{name}" for name in duties if name not in inside)
    yield from (f"excluded.{name}" for name in away if name in inside)
    yield from (f"must.{name}" for name in task.must if name not in inside)
    yield from (f"never.{name}" for name in task.never if name in inside)
    yield from (f"start.{name}" for name, year in task.starts.items() if name in inside and inside[name].start != year)


def _structure(study: Study, task: PlanTask, done: list[_Done]) -> Iterator[str]:
    starts = {one.measure.id: one.start for one in done}
    finished = {m.id for m in study.measures if m.status == "done"}
    for one in done:
        for needed in one.measure.depends_on:
            if needed in finished:
                continue
            late = needed in starts and (starts[needed] or 0) > (one.start or 0)
            if needed not in starts or late:
                yield f"requires.{one.measure.id}.{needed}"
        apart = {*one.measure.excludes, *(m.id for m in study.measures if one.measure.id in m.excludes)}
        for other in sorted(apart - {one.measure.id}):
            if other in starts or other in finished:
                a, b = sorted((one.measure.id, other))
                yield f"excludes.{a}.{b}"


def _numbers(study: Study, task: PlanTask, done: list[_Done], years: tuple[int, ...]) -> Iterator[str]:
    for number in task.numbers:
        count, name = _count(number, done, years), f"{number.of}.{number.name}" if number.name else number.of
        if number.least is not None and not number.soft and count < number.least:
            yield f"least.{name}"
        if number.most is not None and count > number.most:
            yield f"most.{name}"


def _missed(study: Study, task: PlanTask, done: list[_Done], years: tuple[int, ...]) -> dict[str, int]:
    found = {}
    for number in task.numbers:
        name = f"{number.of}.{number.name}" if number.name else number.of
        if number.soft and number.least is not None and not _ignored(f"least.{name}", task.ignore):
            missing = number.least - _count(number, done, years)
            if missing > 0:
                found[f"least.{name}"] = missing
    return found


def _count(number: Number, done: list[_Done], years: tuple[int, ...]) -> int:
    if number.of == "theme":
        return sum(one.measure.theme == number.name for one in done)
    if number.of == "category":
        return sum(one.measure.category == number.name for one in done)
    if number.of == "municipality":
        return sum(number.name in one.measure.municipalities for one in done)
    if number.of == "start_at_once":
        return sum(_at_once(one, years) for one in done)
    return len(done)


def _at_once(one: _Done, years: tuple[int, ...]) -> bool:
    m = one.measure
    soon = not years or (one.start == years[0] and (m.start_year or 0) <= years[0])
    return soon and m.time_horizon in ("", "short") and not m.depends_on


def _value(result: Result, task: PlanTask, done: list[_Done], years: tuple[int, ...]) -> float:
    points, total = plan_values(result, task.not_doing), 0.0
    for one in done:
        worth = points[one.measure.id]
        if one.start is not None and worth > 0:
            delay = one.start - max(one.measure.start_year or years[0], years[0])
            worth *= max(1.0 - task.delay_pct / 100.0 * delay, 0.0)
        total += worth
    inside = {one.measure.id for one in done}
    return total + sum(pair.points for pair in task.synergies if pair.a in inside and pair.b in inside)
