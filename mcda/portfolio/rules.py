"""What a plan must keep to, as rows over the options: each with its key, so that it can be ignored, priced and named.

Amounts stand in thousands of euros: whole cents are then a hundred times the solver's tolerance.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Literal

from mcda.portfolio.options import MONTHS, Offered, Option
from mcda.portfolio.task import Number, PlanTask, ignored
from mcda.study.model import Study

THOUSAND = Decimal(1000)
Unit = Literal["eur", "measures", "fte", ""]


@dataclass(frozen=True, slots=True)
class Row:
    """`low` <= sum of terms (coefficient by option number) <= `high`. `penalty`: what one missing below `low` costs;
    None where the row must hold. `unit` of the sum: thousands of EUR, measures, full-time people."""

    key: str
    terms: Mapping[int, float]
    low: float = -inf
    high: float = inf
    unit: Unit = ""
    penalty: float | None = None


def rows_of(study: Study, offer: Offered, task: PlanTask) -> tuple[Row, ...]:
    """Every rule of the task but those ignored, in the order: once, decided, money, pots, staff, structure, numbers."""
    made = (
        *_once(offer),
        *_decided(offer, task),
        *_joint(offer, task),
        *_apart(offer, task),
        *_later(offer, task),
        *_pots(study, offer, task),
        *_staff(study, offer, task),
        *_structure(study, offer),
        *_numbers(study, offer, task),
    )
    return tuple(row for row in made if row.key.startswith("once.") or not ignored(row.key, task.ignore))


def by_measure(offer: Offered) -> dict[str, list[int]]:
    """The numbers of each measure's options."""
    found: dict[str, list[int]] = {}
    for number, option in enumerate(offer.options):
        found.setdefault(option.measure, []).append(number)
    return found


def _terms(offer: Offered, amount: Callable[[Option], float]) -> dict[int, float]:
    """The coefficient of every option that has one."""
    found = ((number, amount(option)) for number, option in enumerate(offer.options))
    return {number: size for number, size in found if size}


def _thousands(amount: Decimal) -> float:
    return float(amount / THOUSAND)


def _once(offer: Offered) -> Iterator[Row]:
    for name, numbers in by_measure(offer).items():
        yield Row(f"once.{name}", dict.fromkeys(numbers, 1.0), high=1.0)


def _decided(offer: Offered, task: PlanTask) -> Iterator[Row]:
    own = by_measure(offer)
    for kind, names in (("mandatory", offer.mandatory), ("must", task.must)):
        for name in names:
            yield Row(f"{kind}.{name}", dict.fromkeys(own.get(name, ()), 1.0), low=1.0, unit="measures")
    for name in task.never:
        yield Row(f"never.{name}", dict.fromkeys(own.get(name, ()), 1.0), high=0.0, unit="measures")
    if offer.years:
        for name, year in task.starts.items():
            others = [n for n in own.get(name, ()) if offer.options[n].start != year]
            yield Row(f"start.{name}", dict.fromkeys(others, 1.0), high=0.0)


def _joint(offer: Offered, task: PlanTask) -> Iterator[Row]:
    if task.budget_eur is not None:
        yield Row("budget", _terms(offer, lambda o: _thousands(o.own)), high=_thousands(task.budget_eur), unit="eur")
    yield from _yearly(
        offer, "budget", task.budget_by_year_eur, task.carry_over, lambda o, y: o.own_by_year.get(y, Decimal(0))
    )


def _apart(offer: Offered, task: PlanTask) -> Iterator[Row]:
    for who, limit in task.municipality_budgets_eur.items():
        terms = _terms(offer, lambda o, who=who: _thousands(o.shares.get(who, Decimal(0))))  # type: ignore[misc]
        yield Row(f"municipality.{who}", terms, high=_thousands(limit), unit="eur")
    for who, limits in task.municipality_budgets_by_year_eur.items():
        yield from _yearly(
            offer,
            f"municipality.{who}",
            limits,
            task.carry_over,
            lambda o, y, who=who: o.shares_by_year.get((who, y), Decimal(0)),  # type: ignore[misc]
        )


def _yearly(
    offer: Offered, key: str, limits: Mapping[int, Decimal], carry: bool, amount: Callable[[Option, int], Decimal]
) -> Iterator[Row]:
    """A row for each year. With carry-over what is paid up to a year stays within the limits up to it."""
    for year in offer.years if limits else ():
        span = [y for y in offer.years if y <= year] if carry else [year]
        high = sum((limits[y] for y in span), Decimal(0))
        terms = _terms(offer, lambda o, span=span: _thousands(sum((amount(o, y) for y in span), Decimal(0))))  # type: ignore[misc]
        yield Row(f"{key}.{year}", terms, high=_thousands(high), unit="eur")


def _later(offer: Offered, task: PlanTask) -> Iterator[Row]:
    if task.later_own_eur_per_year is None:
        return
    for year in sorted({year for option in offer.options for year in option.later_by_year}):
        terms = _terms(offer, lambda o, y=year: _thousands(o.later_by_year.get(y, Decimal(0))))  # type: ignore[misc]
        yield Row(f"later.{year}", terms, high=_thousands(task.later_own_eur_per_year), unit="eur")


def pots_of(study: Study, task: PlanTask) -> dict[str, Decimal]:
    """The pot of every programme that has one: the task's, or the study's where the task says nothing."""
    return {p.id: p.pot_eur for p in study.programmes if p.pot_eur is not None} | dict(task.pots_eur)


def _pots(study: Study, offer: Offered, task: PlanTask) -> Iterator[Row]:
    for programme, pot in pots_of(study, task).items():
        terms = _terms(offer, lambda o, p=programme: _thousands(o.choice.grants.get(p, Decimal(0))))  # type: ignore[misc]
        if not terms:
            continue
        if programme in task.yearly_pots and offer.years:
            for year in offer.years:
                some = {n: size for n, size in terms.items() if offer.options[n].start == year}
                if some:
                    yield Row(f"pot.{programme}.{year}", some, high=_thousands(pot), unit="eur")
        else:
            yield Row(f"pot.{programme}", terms, high=_thousands(pot), unit="eur")


def _staff(study: Study, offer: Offered, task: PlanTask) -> Iterator[Row]:
    """People at work on measures, not on running them. Where starts are not chosen, on average over the years."""
    if task.staff_fte is None:
        return
    fte = {m.id: m.staff_fte or 0.0 for m in study.measures}
    if not offer.years:
        yield Row("staff", _terms(offer, lambda o: fte[o.measure]), high=task.staff_fte, unit="fte")
    elif not task.schedule:
        span = MONTHS * len(offer.years)
        terms = _terms(offer, lambda o: fte[o.measure] * sum(o.months.get(y, 0) for y in offer.years) / span)
        yield Row("staff", terms, high=task.staff_fte, unit="fte")
    else:
        for year in offer.years:
            terms = _terms(offer, lambda o, y=year: fte[o.measure] * o.months.get(y, 0) / MONTHS)  # type: ignore[misc]
            yield Row(f"staff.{year}", terms, high=task.staff_fte, unit="fte")


def _structure(study: Study, offer: Offered) -> Iterator[Row]:
    """What a measure needs before it (a measure that is done needs nothing any more), and what excludes another."""
    own = by_measure(offer)
    done = {m.id for m in study.measures if m.status == "done"}
    for measure in study.measures:
        for needed in measure.depends_on:
            if measure.id in own and needed not in done:
                yield from _requires(offer, own, measure.id, needed)
    pairs = {tuple(sorted((m.id, other))) for m in study.measures for other in m.excludes if other != m.id}
    for a, b in sorted(pairs):
        if a in own and b in own:
            yield Row(f"excludes.{a}.{b}", dict.fromkeys([*own[a], *own[b]], 1.0), high=1.0)


def _requires(offer: Offered, own: Mapping[str, list[int]], name: str, needed: str) -> Iterator[Row]:
    """Not without the other, and where years are planned not before it."""
    key = f"requires.{name}.{needed}"
    mine, theirs = own[name], own.get(needed, [])
    starts = sorted({offer.options[n].start or 0 for n in mine})
    chosen = bool(offer.years) and len({offer.options[n].start for n in (*mine, *theirs)}) > 1
    for last in starts if chosen else starts[-1:]:
        one = {n: 1.0 for n in mine if not chosen or (offer.options[n].start or 0) <= last}
        other = {n: -1.0 for n in theirs if not chosen or (offer.options[n].start or 0) <= last}
        yield Row(key, one | other, high=0.0)


def _numbers(study: Study, offer: Offered, task: PlanTask) -> Iterator[Row]:
    for number in task.numbers:
        terms = _terms(offer, lambda o, n=number: float(counts(study, offer, n, o)))  # type: ignore[misc]
        name = f"{number.of}.{number.name}" if number.name else number.of
        if number.least is not None:
            penalty = number.penalty if number.soft else None
            yield Row(f"least.{name}", terms, low=float(number.least), unit="measures", penalty=penalty)
        if number.most is not None:
            yield Row(f"most.{name}", terms, high=float(number.most), unit="measures")


def counts(study: Study, offer: Offered, number: Number, option: Option) -> bool:
    """Whether an option is one of those a number is asked of."""
    measure = study.measure_by_id[option.measure]
    if number.of == "theme":
        return measure.theme == number.name
    if number.of == "category":
        return measure.category == number.name
    if number.of == "municipality":
        return number.name in measure.municipalities
    if number.of == "start_at_once":
        return option.measure in offer.early and not option.delay
    return True
