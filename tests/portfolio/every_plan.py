"""All plans there are, one by one: an answer to the same task that knows nothing of rows and solvers.

Written from what `PlanTask` says of its fields. Money is taken from the grant rules measure by measure and added up in
whole cents; of everything else only the study's tables and the task are looked at.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod

import numpy as np
from numpy.typing import NDArray

from mcda.funding.choices import grant_choices
from mcda.funding.years import measure_years
from mcda.portfolio import Number, PlanTask
from mcda.result import Result
from mcda.study.model import Measure, Study

MOST_PLANS = 150_000
POINT = {"as_ranked": None, "sure": Decimal(0), "possible": Decimal(1)}
Whole = NDArray[np.int64]
Yes = NDArray[np.bool_]


@dataclass(frozen=True)
class Way:
    """One way to do a measure, in whole cents. `start` is None where no years are planned."""

    start: int | None
    grants: Mapping[str, int]
    own: Mapping[int, int]
    shares: Mapping[tuple[str, int], int]
    whole: int
    points: float


@dataclass(frozen=True)
class Best:
    """The most that can be reached, and the least own money over the measures' lives it can be reached with."""

    objective: float
    whole: int


def cent(amount: Decimal) -> int:
    return int((amount * 100).to_integral_exact())


def years_of(result: Result, task: PlanTask) -> tuple[int, ...]:
    first = task.first_year or date.fromisoformat(result.provenance.as_of).year + 1
    return tuple(range(first, first + (task.years or 0)))


def left_out_anyway(result: Result, measure: Measure) -> bool:
    """Excluded, done, or of unknown cost."""
    gated = any(g.measure == measure.id and not g.mandatory for g in result.gated)
    return gated or measure.status == "done" or not result.money[measure.id].cost_known


def starts_of(study: Study, measure: Measure, task: PlanTask, years: tuple[int, ...]) -> list[int | None]:
    if not years:
        return [None]
    earliest = max(measure.start_year or 0, years[0])
    if earliest > years[-1]:
        return []
    found: list[int | None] = [earliest]
    takes = ((measure.duration_months or 12) + 11) // 12
    waits = {max(study.measure_by_id[other].start_year or 0, years[0]) for other in waits_for(study, measure)}
    found += [y for y in years if (task.schedule or y in waits) and y > earliest and y + takes - 1 <= years[-1]]
    return found


def waits_for(study: Study, measure: Measure) -> Iterator[str]:
    """Ids of all that has to begin before, again and again where two ways lead to it."""
    for other in measure.depends_on:
        if study.measure_by_id[other].status != "done":
            yield other
            yield from waits_for(study, study.measure_by_id[other])


class EveryPlan:
    """A study with all of its plans under one kind of years, ready for any rule."""

    def __init__(self, result: Result, task: PlanTask, worth: Mapping[str, float]) -> None:
        """Write down every way to do every measure, then every mix of them."""
        self.result, self.study, self.task = result, result.study, task
        self.years = years_of(result, task)
        self.measures = [m for m in self.study.measures if not left_out_anyway(result, m)]
        self.ways = {m.id: list(self._ways(m, worth)) for m in self.measures}
        self.dims = [len(self.ways[m.id]) + 1 for m in self.measures]
        self.count = prod(self.dims)
        if self.count <= MOST_PLANS:
            self.picked = dict(zip(self.ways, np.unravel_index(np.arange(self.count), self.dims), strict=True))

    def _ways(self, measure: Measure, worth: Mapping[str, float]) -> Iterator[Way]:
        for start in starts_of(self.study, measure, self.task, self.years):
            moved, choices = _priced(self.result, start, self.years, self.task.grants)
            for choice in choices[measure.id]:
                grants = {name: cent(amount) for name, amount in choice.grants.items()}
                points = worth[measure.id]
                if start is None:
                    shares = {(who, 0): cent(part) for who, part in choice.money.shares.items()}
                    own = cent(choice.money.own_contribution)
                    yield Way(None, grants, {0: own}, shares, own, points)
                    continue
                flow = measure_years(moved, choice.money).years
                late = start - max(measure.start_year or 0, self.years[0])
                if points > 0:
                    points *= max(1 - late * self.task.delay_pct / 100, 0)
                yield Way(
                    start,
                    grants,
                    {y.year: cent(y.own_contribution) for y in flow},
                    {(who, y.year): cent(part) for y in flow for who, part in y.shares.items()},
                    cent(choice.money.own_contribution),
                    points,
                )

    def total(self, amount: Callable[[Measure, Way], float]) -> NDArray[np.float64]:
        """The sum of something over what each plan holds."""
        found = np.zeros(self.count)
        for m in self.measures:
            sizes = np.array([0.0, *(float(amount(m, way)) for way in self.ways[m.id])])
            if sizes.any():
                found += sizes[self.picked[m.id]]
        return found

    def holds(self, name: str, when: Callable[[Way], bool] = lambda _: True) -> Yes:
        """Whether each plan holds a measure (in such a way)."""
        if name not in self.ways:
            return np.zeros(self.count, dtype=np.bool_)
        return np.array([False, *(when(way) for way in self.ways[name])])[self.picked[name]]

    def place(self, chosen: Mapping[str, tuple[int | None, Mapping[str, Decimal]]]) -> int:
        """The number of the plan that is made of these measures, starts and grants."""
        at = []
        for name, ways in self.ways.items():
            if name not in chosen:
                at.append(0)
                continue
            start, grants = chosen[name]
            told = {p: cent(amount) for p, amount in grants.items()}
            at.append(1 + next(n for n, w in enumerate(ways) if w.start == start and dict(w.grants) == told))
        assert set(chosen) <= set(self.ways)
        return int(np.ravel_multi_index(tuple(at), self.dims))

    # What is kept and what it is worth, field by field of the task.

    def kept(self) -> Yes:
        """Whether each plan keeps every rule of the task that is not ignored."""
        fine = np.ones(self.count, dtype=np.bool_)
        for key, keeps in self._rules():
            if not any(key == name or key.startswith(name + ".") for name in self.task.ignore):
                fine &= keeps
        return fine

    def _rules(self) -> Iterator[tuple[str, Yes]]:
        yield from self._decided()
        yield from self._money()
        yield from self._pots()
        yield from self._people()
        yield from self._together()
        for number in self.task.numbers:
            count = self.total(lambda m, w, n=number: self._counts(n, m, w))
            name = number.of + (f".{number.name}" if number.name else "")
            if number.least is not None and not number.soft:
                yield f"least.{name}", count >= number.least
            if number.most is not None:
                yield f"most.{name}", count <= number.most

    def _decided(self) -> Iterator[tuple[str, Yes]]:
        for m in self.study.measures:
            excluded = any(g.measure == m.id and not g.mandatory for g in self.result.gated)
            if m.mandatory and not excluded:
                yield f"mandatory.{m.id}", self.holds(m.id)
        for name in self.task.must:
            yield f"must.{name}", self.holds(name)
        for name in self.task.never:
            yield f"never.{name}", ~self.holds(name)
        for name, year in self.task.starts.items():
            yield f"start.{name}", ~self.holds(name, lambda w, year=year: w.start != year)

    def _money(self) -> Iterator[tuple[str, Yes]]:
        task, inside = self.task, self.years or (0,)
        own = {year: self.total(lambda _, w, y=year: w.own.get(y, 0)) for year in inside}
        if task.budget_eur is not None:
            yield "budget", sum(own.values()) <= cent(task.budget_eur)
        yield from self._yearly("budget", task.budget_by_year_eur, own)
        for who in {*task.municipality_budgets_eur, *task.municipality_budgets_by_year_eur}:
            part = {year: self.total(lambda _, w, y=year, who=who: w.shares.get((who, y), 0)) for year in inside}
            if who in task.municipality_budgets_eur:
                yield f"municipality.{who}", sum(part.values()) <= cent(task.municipality_budgets_eur[who])
            yield from self._yearly(f"municipality.{who}", task.municipality_budgets_by_year_eur.get(who, {}), part)
        if task.later_own_eur_per_year is not None and self.years:
            after = {y for ways in self.ways.values() for w in ways for y in w.own if y > self.years[-1]}
            for year in sorted(after):
                paid = self.total(lambda _, w, y=year: w.own.get(y, 0))
                yield f"later.{year}", paid <= cent(task.later_own_eur_per_year)

    def _yearly(
        self, key: str, limits: Mapping[int, Decimal], paid: Mapping[int, NDArray[np.float64]]
    ) -> Iterator[tuple[str, Yes]]:
        saved = np.zeros(self.count)
        for year in self.years if limits else ():
            there = saved + cent(limits[year])
            yield f"{key}.{year}", paid[year] <= there
            if self.task.carry_over:
                saved = there - paid[year]  # also what an ignored year overdraws

    def _pots(self) -> Iterator[tuple[str, Yes]]:
        for programme in self.study.programmes:
            pot = self.task.pots_eur.get(programme.id, programme.pot_eur)
            if pot is None:
                continue
            name = programme.id
            if name in self.task.yearly_pots and self.years:
                for year in self.years:
                    asked = self.total(lambda _, w, y=year, p=name: w.grants.get(p, 0) if w.start == y else 0)
                    yield f"pot.{name}.{year}", asked <= cent(pot)
            else:
                yield f"pot.{name}", self.total(lambda _, w, p=name: w.grants.get(p, 0)) <= cent(pot)

    def _people(self) -> Iterator[tuple[str, Yes]]:
        there = self.task.staff_fte
        if there is None:
            return
        if not self.years:
            yield "staff", self.total(lambda m, _: m.staff_fte or 0) <= there + 1e-6
            return

        def busy(m: Measure, w: Way, year: int) -> float:
            assert w.start is not None
            first, last = 12 * w.start, 12 * w.start + (m.duration_months or 12)
            return (m.staff_fte or 0) * max(min(last, 12 * year + 12) - max(first, 12 * year), 0) / 12

        need = {year: self.total(lambda m, w, y=year: busy(m, w, y)) for year in self.years}
        if self.task.schedule:
            for year, people in need.items():
                yield f"staff.{year}", people <= there + 1e-6
        else:
            yield "staff", sum(need.values()) / len(self.years) <= there + 1e-6

    def _together(self) -> Iterator[tuple[str, Yes]]:
        done = {m.id for m in self.study.measures if m.status == "done"}
        for m in self.measures:
            for other in m.depends_on:
                if other in done:
                    continue
                fine = ~self.holds(m.id)
                for start in {w.start for w in self.ways[m.id]}:
                    ready = self.holds(other, lambda w, start=start: start is None or (w.start or 0) <= start)
                    fine |= self.holds(m.id, lambda w, start=start: w.start == start) & ready
                yield f"requires.{m.id}.{other}", fine
            for other in m.excludes:
                a, b = sorted((m.id, other))
                yield f"excludes.{a}.{b}", ~(self.holds(a) & self.holds(b)) & ~(self.holds(m.id) & (other in done))
        for one in self.study.measures:
            for other in one.excludes if one.id in done else ():
                a, b = sorted((one.id, other))
                yield f"excludes.{a}.{b}", ~self.holds(other)

    def _counts(self, number: Number, m: Measure, w: Way) -> bool:
        if number.of == "start_at_once":
            first = not self.years or (w.start == self.years[0] and (m.start_year or 0) <= self.years[0])
            return first and m.time_horizon in ("", "short") and not m.depends_on
        if number.of == "municipality":
            return number.name in m.municipalities
        return number.of == "all" or getattr(m, number.of) == number.name

    def objective(self) -> NDArray[np.float64]:
        """Points, with synergies, less what missed minimums cost."""
        found = self.total(lambda _, w: w.points)
        for pair in self.task.synergies:
            found += pair.points * (self.holds(pair.a) & self.holds(pair.b))
        for number in self.task.numbers:
            key = f"least.{number.of}" + (f".{number.name}" if number.name else "")
            ignored = any(key == name or key.startswith(name + ".") for name in self.task.ignore)
            if number.soft and number.least is not None and not ignored:
                count = self.total(lambda m, w, n=number: self._counts(n, m, w))
                found -= number.penalty * np.maximum(number.least - count, 0)
        return found

    def best(self) -> Best | None:
        """What the best plan reaches; None where no plan keeps all rules."""
        fine = self.kept()
        if not fine.any():
            return None
        reached = np.where(fine, self.objective(), -np.inf)
        whole = self.total(lambda _, w: w.whole)
        among = reached >= reached.max() - 1e-6
        return Best(float(reached.max()), int(whole[among].min()))


_KNOWN: dict[object, object] = {}


def _priced(result: Result, start: int | None, years: tuple[int, ...], grants: str):
    """The study with everything starting then, and the grants that can be had for it: applied for in the year before,
    for the first planned year from the as-of date on."""
    as_of, study = date.fromisoformat(result.provenance.as_of), result.study
    key = id(study), start, years[:1], grants, result.scenario.without_programmes
    if key not in _KNOWN:
        moved, first, last = study, as_of, as_of
        if start is not None:
            moved = _moved(study, start)
            early = date(start - 1, 1, 1) if start > max(years[0], as_of.year + 1) else as_of
            first, last = max(early, as_of), max(date(start - 1, 12, 31), as_of)
        closed = result.scenario.without_programmes
        _KNOWN[key] = study, moved, grant_choices(moved, first, last, without=closed, point=POINT[grants])
    return _KNOWN[key][1:]


def _moved(study: Study, start: int) -> Study:
    rows = tuple(m.model_copy(update={"start_year": start}) for m in study.measures)
    return study.model_copy(update={"measures": rows})
